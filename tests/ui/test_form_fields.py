"""Forms ask only for what a purpose in the register needs, and where data come from."""

from __future__ import annotations

import pytest

from gdprdesk.domain.terms import FormField, Origin
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.sources import list_sources, show_usual_origin
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui.dialogs.order_form import change_order, new_order
from gdprdesk_ui.dialogs.person_form import new_person
from tests.builders import TODAY, order
from tests.ui.accessibility import nameless
from tests.ui.windows import click, opened, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


def allow(desk, *fields: FormField) -> None:
    """Let the register say that customers are kept with these fields only."""
    row = next(
        one for one in desk.ask(list_activities) if one.name == "Beställningar och bokningar"
    )
    desk.run(update_activity, activity_ref=row.ref, changes=ActivityChanges(fields=fields))


def test_a_person_is_asked_only_for_what_the_register_allows(desk, window) -> None:
    allow(desk, FormField.EMAIL)
    form = new_person(window.context)
    assert (form.email.isVisible(), form.phone.isVisible(), form.address.isVisible()) == (
        True,
        False,
        False,
    )


def test_an_order_hides_what_is_switched_off_but_shows_what_is_kept(desk, window) -> None:
    kept = order(desk, None, note="Utan marsipan")
    allow(desk, FormField.PHONE)
    form = new_order(window.context, lambda _ref: None)
    shown = (form.note.isVisible(), form.diets.diet.isVisible(), form.wanted.time.isVisible())
    assert shown == (False, False, False)
    form.reject()
    known = change_order(window.context, kept)
    assert (known.note.isVisible(), known.wanted.time.isVisible()) == (True, False)


def test_whoever_came_from_somebody_else_is_to_be_told(desk, window, qtbot) -> None:
    form = new_person(window.context)
    assert form.origin.choice.value() is desk.ask(show_usual_origin) is Origin.PERSON
    assert not form.origin.source.isVisible()
    write(form.name, "Åsa Eld")
    form.origin.choice.set_value(Origin.OTHER)
    form.origin.choice.picked.emit(Origin.OTHER)
    assert form.origin.source.isVisible()
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert form.isVisible()
    write(form.origin.source, "Bolagsverket")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: bool(desk.ask(list_sources)))
    (notice,) = desk.ask(list_sources)
    assert (notice.name, notice.source, notice.obtained_on) == ("Åsa Eld", "Bolagsverket", TODAY)
    assert [row.name for row in desk.ask(list_subjects).rows] == ["Åsa Eld"]
