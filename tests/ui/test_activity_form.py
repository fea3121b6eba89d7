import pytest
from PySide6.QtCore import Qt

from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.terms import (
    AtEnd,
    Audience,
    FormField,
    LegalBasis,
    Origin,
    RecipientRole,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.services.activities import (
    list_activities,
    register_activity,
    show_activity,
)
from gdprdesk.services.notes import load_draft
from gdprdesk.services.recipients import list_recipients
from gdprdesk_ui.dialogs.activity_form import ActivityForm, edit_activity
from gdprdesk_ui.dialogs.draft import PAUSE_MS
from gdprdesk_ui.dialogs.recipient_form import RecipientForm, new_recipient
from tests.builders import TODAY, delivered, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write


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
    form.controls.texts["name"].setText("  Kurser i bakning ")
    form.controls.texts["purpose"].setPlainText("Håller kurser\noch bjuder in till dem")
    form.controls.basis.set_value(LegalBasis.CONSENT)
    form.controls.texts["basis_note"].setPlainText("De har sagt ja.")
    form.controls.texts["subjects"].setPlainText("Deltagare\n\n  Föräldrar  ")
    form.controls.plain.setPlainText("Namn\nTelefon")
    form.controls.special.setPlainText("Allergier")
    form.controls.condition.set_value(SpecialCondition.EXPLICIT_CONSENT)
    form.controls.texts["sources"].setPlainText("De själva")
    form.controls.rule.show_rule(Start.COMPLETED, "90", Unit.DAYS)
    form.controls.texts["measures"].setPlainText("Krypterat register")
    form.controls.texts["responsible"].setText("Ägaren")
    form.controls.texts["joint_controller"].setText("Bageriet AB")
    form.controls.texts["joint_arrangement"].setPlainText("Bageriet svarar på frågor")
    form.controls.texts["system_of_record"].setText("Kalendern")
    form.controls.texts["statements"].setPlainText("Vi säljer aldrig uppgifter.")
    host = next(one for one in desk.ask(list_recipients) if one.name == "Banken och Swish")
    form.controls.recipients.boxes[host.ref].setChecked(True)
    form.controls.audiences.boxes[Audience.CUSTOMERS].setChecked(True)
    saved(qtbot, form)
    now = desk.ask(show_activity, activity_ref=courses)
    assert (now.row.name, now.row.legal_basis) == ("Kurser i bakning", LegalBasis.CONSENT)
    assert now.row.lacks == ()
    assert now.joint_arrangement == "Bageriet svarar på frågor"
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
    assert not form.controls.rule.isVisible()
    before = desk.ask(show_activity, activity_ref=invoices)
    form.controls.texts["responsible"].setText("Maja")
    saved(qtbot, form)
    now = desk.ask(show_activity, activity_ref=invoices)
    assert (now.rule, now.responsible) == (before.rule, "Maja")


@pytest.mark.parametrize("typed", ["", "two", "-3", "3.5", "36501"])
def test_a_period_is_a_number(desk, courses, window, qtbot, typed) -> None:
    form = changed(qtbot, window, courses)
    form.controls.rule.count.setText(typed)
    click(qtbot, form.verb_button)
    assert form.isVisible()
    assert form.controls.rule.count.hasFocus()
    assert form.controls.rule.problem().startswith("Write how long with a number")


def test_a_half_changed_form_is_kept(desk, courses, window, qtbot) -> None:
    def kept():
        return desk.ask(load_draft, form=f"activity:{courses}", subject_ref=None)

    form = changed(qtbot, window, courses)
    write(form.controls.texts["responsible"], "Maja")
    qtbot.waitUntil(lambda: kept().get("responsible") == "Maja", timeout=PAUSE_MS * 3)
    form.hide()  # as when the register is locked
    again = changed(qtbot, window, courses)
    assert again.controls.texts["responsible"].text() == "Maja"
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
    click(qtbot, form.remove_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert form.problem.title.text().startswith("There is data under this processing")
    assert form.isVisible()


def test_a_new_recipient_is_ticked_where_it_was_asked_for(desk, courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    open_part(form, "others")
    click(qtbot, form.controls.recipients.new_button)
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


def open_part(form, key):
    form.open_section(key)
    return form.controls


def test_what_it_says_further_is_saved(desk, courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    on = open_part(form, "basics")
    click(qtbot, on.further.add_button)
    (part,) = on.further.parts
    part.controls["purpose"].setText("Bokföring av avgiften")
    part.controls["legal_basis"].set_value(LegalBasis.LEGITIMATE_INTEREST)
    part.controls["rule"].count.setText("6")
    open_part(form, "data")
    on.origin.set_value(Origin.OTHER)
    on.fields.boxes[FormField.PHONE].setChecked(True)
    open_part(form, "time")
    on.rule.show_rule(Start.COMPLETED, "3", Unit.MONTHS, "4")
    on.reason.setPlainText("Reklamationer")
    on.at_end.set_value(AtEnd.ASK)
    on.review_months.setText("6")
    on.texts["profiling"].setPlainText("Vad hon gillar")
    on.texts["objection"].setPlainText("Hon ringer")
    open_part(form, "place")
    click(qtbot, on.cookies.add_button)
    for key, words in {"name": "_ga", "life": "2 år", "purpose": "Statistik"}.items():
        on.cookies.parts[0].controls[key].setText(words)
    on.camera.watches.click()
    on.camera.number.setText("2")
    on.camera.days.setText("7")
    on.camera.places.setText("Entrén")
    saved(qtbot, form)
    now = desk.ask(show_activity, activity_ref=courses)
    (further,) = now.further_purposes
    assert (further["purpose"], further["count"]) == ("Bokföring av avgiften", 6)
    assert further["legal_basis"] == "legitimate_interest"
    assert (now.collected_from, now.fields) == (Origin.OTHER, (FormField.PHONE,))
    rule = (now.rule.count, now.rule.most, now.rule.reason, now.rule.at_end)
    assert rule == (3, 4, "Reklamationer", AtEnd.ASK)
    assert (now.review_months, now.profiling, now.objection) == (6, "Vad hon gillar", "Hon ringer")
    assert [one["name"] for one in now.cookies] == ["_ga"]
    assert now.camera == {
        "number": 2, "places": "Entrén", "days": 7, "sign": False, "sound": False
    }  # fmt: skip


def test_what_it_said_further_is_taken_away_again(desk, window, qtbot) -> None:
    web = ref_of(desk, "Webbplats: kakor och statistik")
    form = changed(qtbot, window, web)
    on = open_part(form, "place")
    assert desk.ask(show_activity, activity_ref=web).cookies
    for part in [*on.cookies.parts]:
        click(qtbot, part.remove_button)
    saved(qtbot, form)
    assert desk.ask(show_activity, activity_ref=web).cookies == ()


def test_the_section_with_something_wrong_opens_and_says_it(desk, courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    on = open_part(form, "place")
    on.camera.watches.click()
    on.camera.number.setText("0")
    open_part(form, "basics")
    click(qtbot, form.verb_button)
    assert form.sections.current().key == "place"
    assert form.sections.current().detail == "Something is to be put right"
    assert on.camera.isVisible()
    assert on.camera.problem().startswith("Say how many cameras there are")
    assert desk.ask(show_activity, activity_ref=courses).camera is None


@pytest.mark.parametrize(
    ("most", "sentence"),
    [("3", "The range ends before it begins."), ("x", "Write how long with a number")],
)
def test_a_range_begins_with_the_smaller_number(courses, window, qtbot, most, sentence) -> None:
    form = changed(qtbot, window, courses)
    form.controls.rule.show_rule(Start.COMPLETED, "4", Unit.MONTHS, most)
    click(qtbot, form.verb_button)
    assert form.sections.current().key == "time"
    assert form.controls.rule.problem().startswith(sentence)


def test_what_the_register_refuses_is_said_and_nothing_is_lost(
    desk, courses, window, qtbot
) -> None:
    form = changed(qtbot, window, courses)
    open_part(form, "protection").texts["profiling"].setPlainText("Vad hon gillar")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert form.problem.title.text().startswith("Whoever is profiled may object")
    assert form.controls.texts["profiling"].toPlainText() == "Vad hon gillar"
    form.controls.texts["objection"].setPlainText("Hon ringer")
    saved(qtbot, form)


def test_a_half_changed_list_is_kept_in_all_its_parts(desk, courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    on = open_part(form, "basics")
    click(qtbot, on.further.add_button)
    write(on.further.parts[0].controls["purpose"], "Reklam")
    on.further.parts[0].controls["legal_basis"].set_value(LegalBasis.CONSENT)
    form._draft.keep()
    kept = {"form": f"activity:{courses}", "subject_ref": None}
    qtbot.waitUntil(lambda: bool(desk.ask(load_draft, **kept)))
    form.hide()  # as when the register is locked
    again = changed(qtbot, window, courses)
    (part,) = again.controls.further.parts
    assert part.controls["purpose"].text() == "Reklam"
    assert part.controls["legal_basis"].value() is LegalBasis.CONSENT
    again.reject()
    qtbot.waitUntil(lambda: not desk.ask(load_draft, **kept))


def test_every_section_has_names_and_is_reached_by_arrows(courses, window, qtbot) -> None:
    form = changed(qtbot, window, courses)
    form.sections.setFocus()
    for _section in range(6):
        assert nameless(form) == []
        press(qtbot, Qt.Key.Key_Down)
    assert form.sections.current().key == "promises"
    assert form.controls.audiences.isVisible()
