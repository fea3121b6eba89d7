"""Somebody who stands in the register twice, in the window."""

from __future__ import annotations

import pytest

from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.duplicates import list_duplicates
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui.dialogs.merge_form import MergeForm, PickTwo
from gdprdesk_ui.pages.duplicates import DuplicatesPage
from tests.builders import order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened


@pytest.fixture
def twice(desk):
    one = person(desk, "Karin Holm", phone="070-174 06 45")
    other = person(desk, "Karin Holm", phone="070-174 06 45", email="karin@example.se")
    order(desk, other)
    return one, other


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("people")
        yield made


@pytest.fixture
def page(twice, window, qtbot):
    click(qtbot, window.page().twice_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), DuplicatesPage))
    return window.page()


def test_two_rows_become_one_person_and_can_be_taken_back(desk, window, page, qtbot) -> None:
    (line,) = page.lines
    click(qtbot, line.compare_button)
    form = dialog(qtbot, window, MergeForm)
    assert [one.text() for one in form.names] == ["Karin Holm", "Karin Holm"]
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_subjects).total == 1)
    qtbot.waitUntil(page.empty.isVisible)
    window.undo()
    qtbot.waitUntil(lambda: len(page.lines) == 1)


def test_the_name_in_its_usual_order_is_proposed(desk, window, qtbot) -> None:
    person(desk, "Holm, Karin", phone="070-174 06 45")
    person(desk, "Karin Holm", phone="070-174 06 45")
    window.open_page("duplicates")
    click_once_shown(qtbot, lambda: window.page().lines[0].compare_button)
    form = dialog(qtbot, window, MergeForm)
    assert [one.isChecked() for one in form.names] == [False, True]
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: [one.name for one in desk.ask(list_subjects).rows] == ["Karin Holm"])


def test_the_name_that_is_chosen_stays(desk, window, qtbot) -> None:
    person(desk, "Karin Holm", phone="070-174 06 45")
    person(desk, "Carin Holm", phone="070-174 06 45")
    window.open_page("duplicates")
    click_once_shown(qtbot, lambda: window.page().lines[0].compare_button)
    form = dialog(qtbot, window, MergeForm)
    form.names[1].setChecked(True)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: [one.name for one in desk.ask(list_subjects).rows] == ["Carin Holm"])


def test_a_no_is_said_before_they_become_one(desk, twice, page, window, qtbot) -> None:
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == "newsletter")
    for who, decision in zip(twice, (Decision.GIVEN, Decision.REFUSED), strict=True):
        desk.run(
            record_consent,
            subject_ref=who,
            text_ref=text.ref,
            decision=decision,
            method=ConsentMethod.ORALLY,
        )
    click_once_shown(qtbot, lambda: page.lines[0].compare_button)
    form = dialog(qtbot, window, MergeForm)
    said = " ".join(one.text() for one in form.findChildren(type(form.title)))
    assert "Only one of them says yes, so it does not count" in said
    assert text.name in said
    assert nameless(form) == []


def test_two_people_stay_two(desk, page, window, qtbot) -> None:
    assert nameless(page) == []
    click_once_shown(qtbot, lambda: page.lines[0].apart_button)
    qtbot.waitUntil(lambda: desk.ask(list_duplicates).total == 0)
    qtbot.waitUntil(page.empty.isVisible)
    assert desk.ask(list_subjects).total == 2


def test_any_two_can_be_chosen(desk, window, page, qtbot) -> None:
    person(desk, "Siv Ek")
    click(qtbot, page.pick_button)
    form = dialog(qtbot, window, PickTwo)
    assert not form.verb_button.isEnabled()
    rows = {one.name: one for one in desk.ask(list_subjects).rows}
    form.one.choose(rows["Siv Ek"])
    form.other.choose(rows["Siv Ek"])
    assert not form.verb_button.isEnabled()
    form.other.choose(rows["Karin Holm"])
    click(qtbot, form.verb_button)
    assert dialog(qtbot, window, MergeForm).names[0].text() == "Siv Ek"
