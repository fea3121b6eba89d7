import pytest

from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.terms import LegalBasis, RecipientRole, SpecialCondition, Start, Unit
from gdprdesk.services.activities import (
    list_activities,
    register_activity,
    show_activity,
)
from gdprdesk.services.notes import load_draft
from gdprdesk.services.recipients import list_recipients
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.activity_form import ActivityForm, edit_activity
from gdprdesk_ui.dialogs.draft import PAUSE_MS
from gdprdesk_ui.dialogs.recipient_form import RecipientForm, new_recipient
from tests.builders import TODAY, delivered, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("register")
        yield made


@pytest.fixture
def courses(desk):
    """A row of her own, with nothing but what a row cannot do without."""
    return desk.run(
        register_activity, name="Kurser", purpose="Håller kurser", legal_basis=LegalBasis.CONTRACT
    )


def changed(qtbot, window, ref):
    edit_activity(window.context, ref)
    return dialog(qtbot, window, ActivityForm)


def saved(qtbot, form) -> None:
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)


def ref_of(desk, name: str):
    return next(one.ref for one in desk.ask(list_activities) if one.name == name)


def test_every_field_is_saved_and_nothing_is_missing_any_more(desk, courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    assert nameless(form) == []
    form.name.setText("  Kurser i bakning ")
    form.purpose.setPlainText("Håller kurser\noch bjuder in till dem")
    form.basis.set_value(LegalBasis.CONSENT)
    form.basis_note.setPlainText("De har sagt ja.")
    form.subjects.setPlainText("Deltagare\n\n  Föräldrar  ")
    form.categories.setPlainText("Namn\nTelefon")
    form.special.setPlainText("Allergier")
    form.condition.set_value(SpecialCondition.EXPLICIT_CONSENT)
    form.sources.setText("De själva")
    form.rule.show_rule(Start.COMPLETED, "90", Unit.DAYS)
    form.measures.setPlainText("Krypterat register")
    form.responsible.setText("Ägaren")
    form.joint_controller.setText("Bageriet AB")
    form.system_of_record.setText("Kalendern")
    form.statements.setPlainText("Vi säljer aldrig uppgifter.")
    host = next(one for one in desk.ask(list_recipients) if one.name == "Banken och Swish")
    form.recipients.boxes[host.ref].setChecked(True)
    saved(qtbot, form)
    now = desk.ask(show_activity, activity_ref=courses)
    assert (now.row.name, now.row.legal_basis) == ("Kurser i bakning", LegalBasis.CONSENT)
    assert now.row.lacks == (
        "It does not say who of the two controllers answers for what",
        "No privacy notice tells of it",
    )
    assert now.purpose == "Håller kurser\noch bjuder in till dem"
    assert now.subjects == ("Deltagare", "Föräldrar")
    assert now.categories == (
        {"text": "Namn", "special": False},
        {"text": "Telefon", "special": False},
        {"text": "Allergier", "special": True},
    )
    assert now.special_condition is SpecialCondition.EXPLICIT_CONSENT
    assert (now.sources, now.responsible) == ("De själva", "Ägaren")
    assert (now.joint_controller, now.system_of_record) == ("Bageriet AB", "Kalendern")
    assert (now.measures, now.statements) == (
        ("Krypterat register",),
        ("Vi säljer aldrig uppgifter.",),
    )
    assert (now.rule.start, now.rule.count, now.rule.unit) == (Start.COMPLETED, 90, Unit.DAYS)
    assert [one.name for one in now.recipients] == ["Banken och Swish"]
    assert (now.basis_note, now.rule.law) == ("De har sagt ja.", None)


def test_what_was_not_touched_stays(desk, window, qtbot) -> None:
    orders = ref_of(desk, "Löner")
    before = desk.ask(show_activity, activity_ref=orders)
    form = changed(qtbot, window, orders)
    saved(qtbot, form)
    assert desk.ask(show_activity, activity_ref=orders) == before


def test_a_period_that_a_law_sets_is_not_asked_for(desk, window, qtbot) -> None:
    invoices = ref_of(desk, "Fakturor och bokföring")
    form = changed(qtbot, window, invoices)
    assert not form.rule.isVisible()
    before = desk.ask(show_activity, activity_ref=invoices)
    form.responsible.setText("Maja")
    saved(qtbot, form)
    now = desk.ask(show_activity, activity_ref=invoices)
    assert (now.rule, now.responsible) == (before.rule, "Maja")


@pytest.mark.parametrize("typed", ["", "two", "-3", "3.5", "36501"])
def test_a_period_is_a_number(desk, courses, window, qtbot, typed) -> None:
    form = changed(qtbot, window, courses)
    form.rule.count.setText(typed)
    click(qtbot, form.verb_button)
    assert form.isVisible()
    assert form.rule.count.hasFocus()
    assert form.rule.problem().startswith("Write how long with a number")


def test_a_half_changed_form_is_kept(desk, courses, window, qtbot) -> None:
    def kept():
        return desk.ask(load_draft, form=f"activity:{courses}", subject_ref=None)

    form = changed(qtbot, window, courses)
    write(form.responsible, "Maja")
    qtbot.waitUntil(lambda: kept().get("responsible") == "Maja", timeout=PAUSE_MS * 3)
    form.hide()  # as when the register is locked
    again = changed(qtbot, window, courses)
    assert again.responsible.text() == "Maja"
    click(qtbot, again.cancel_button)
    qtbot.waitUntil(lambda: kept() == {})
    assert desk.ask(show_activity, activity_ref=courses).responsible == ""


def test_an_own_row_is_removed_and_comes_back(desk, courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.remove_button)
    assert "Kurser" not in [one.name for one in desk.ask(list_activities)]
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: "Kurser" in [one.name for one in desk.ask(list_activities)])


def test_a_row_with_data_under_it_stays(desk, window, qtbot) -> None:
    delivered(desk, person(desk))
    form = changed(qtbot, window, ref_of(desk, "Beställningar och bokningar"))
    with ask.hearing_errors() as told:
        click(qtbot, form.remove_button)
        qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("There is data under this processing")
    assert form.isVisible()


def test_a_new_recipient_is_ticked_where_it_was_asked_for(desk, courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    click(qtbot, form.recipients.new_button)
    other = dialog(qtbot, window, RecipientForm)
    assert nameless(other) == []
    click(qtbot, other.verb_button)
    assert other._fields[0].sentence.text() == "Enter a name."
    write(other.name, "Kurskalendern")
    other.agreement.set_day(TODAY)
    with qtbot.waitSignal(other.accepted):
        click(qtbot, other.verb_button)
    form.activateWindow()
    saved(qtbot, form)
    (now,) = desk.ask(show_activity, activity_ref=courses).recipients
    assert (now.name, now.role, now.country) == ("Kurskalendern", RecipientRole.PROCESSOR, "SE")
    assert (now.agreement_on, now.outside_eea) == (TODAY, False)


def test_only_what_the_law_asks_of_a_recipient_is_asked(desk, window, qtbot) -> None:
    made: list[RecipientRef] = []
    new_recipient(window.context, made.append)
    form = dialog(qtbot, window, RecipientForm)
    assert form.agreement.isVisible()
    assert not form.mechanism.isVisible()
    form.role.set_value(RecipientRole.AUTHORITY)
    form.role.picked.emit(RecipientRole.AUTHORITY)
    assert not form.agreement.isVisible()
    form.country.set_value("US")
    form.country.picked.emit("US")
    assert form.mechanism.isVisible()
    form.name.setText("Office")
    form.mechanism.setPlainText("Adequacy decision")
    form.task.setPlainText("Write to them")
    saved(qtbot, form)
    known = next(one for one in desk.ask(list_recipients) if one.ref == made[0])
    assert (known.country, known.outside_eea) == ("US", True)
    assert (known.mechanism, known.task) == ("Adequacy decision", "Write to them")
