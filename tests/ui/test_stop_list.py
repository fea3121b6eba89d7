"""The stop list in the window: counted, looked up by typing, and left by typing."""

import pytest

from gdprdesk.domain.terms import StopReason
from gdprdesk.services.stop_list import check_stop
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.unsubscribing import refuse_letters
from gdprdesk_ui.dialogs.person_form import PersonForm
from gdprdesk_ui.dialogs.stop_list import StopListDialog
from tests.builders import person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write


@pytest.fixture
def window(desk, theme, show, clock):
    desk.run(refuse_letters, value="karin@example.com")
    with opened(desk, theme, show, clock) as made:
        made.navigate("consents")
        yield made


@pytest.fixture
def form(window, qtbot):
    click(qtbot, window.page().more.stops_button)
    return dialog(qtbot, window, StopListDialog)


def said(form):
    return [form.facts.itemAt(place).widget().value.text() for place in range(form.facts.count())]


def test_it_is_counted_and_looked_up_by_typing(form, qtbot) -> None:
    assert nameless(form) == []
    assert said(form) == [
        "Nobody",
        "1, since 21 November 2026. The last leaves after 21 November 2029.",
    ]
    write(form.value, "Karin@Example.com")
    click(qtbot, form.verb_button)
    assert form.found.title.text() == "Karin@example.com is on the stop list"
    assert form.found.sentence.text() == (
        "Said no to newsletters: since 21 November 2026, until 21 November 2029"
    )
    assert not form.add_button.isVisible()
    write(form.value, "x")
    assert not form.found.isVisible()  # what was said is about another address


def test_one_is_taken_off_and_put_back_by_typing(form, desk, qtbot) -> None:
    write(form.value, "karin@example.com")
    click(qtbot, form.verb_button)
    click(qtbot, form.remove_button)
    qtbot.waitUntil(lambda: said(form) == ["Nobody", "Nobody"])
    assert form.found.title.text() == "karin@example.com is not on the stop list"
    click(qtbot, form.add_button)
    qtbot.waitUntil(form.remove_button.isVisible)
    (row,) = desk.ask(check_stop, value="karin@example.com").found
    assert row.reason is StopReason.UNSUBSCRIBED


def test_what_is_no_address_is_said_under_the_field(form, qtbot) -> None:
    write(form.value, "12")
    click(qtbot, form.verb_button)
    assert form.field.sentence.text() == "Write the phone number like this: 070-174 06 45"
    assert not form.found.isVisible()


def test_in_every_look(form, every_look) -> None:
    form.grab()


def test_whoever_comes_back_herself_is_welcome_with_a_word_about_it(window, qtbot, desk) -> None:
    person(desk, "Bo Ek")
    window.navigate("people")
    click(qtbot, window.page().new_button)
    form = dialog(qtbot, window, PersonForm)
    write(form.name, "Karin Holm")
    write(form.email.edit, "karin@example.com")
    qtbot.waitUntil(form.stopped.isVisible)
    assert form.stopped.title.text() == (
        "This address said no to newsletters on 21 November 2026. It gets none unless she says yes "
        "again."
    )
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_subjects).total == 2)
