import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.terms import LegalBasis, RecipientRole
from gdprdesk.services.activities import (
    list_activities,
    register_activity,
    show_activity,
)
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.recipients import (
    RecipientChanges,
    add_recipient,
    list_recipients,
    update_recipient,
)
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.activity_form import ActivityForm
from gdprdesk_ui.dialogs.activity_new import NewActivityForm
from gdprdesk_ui.dialogs.recipient_form import RecipientForm
from gdprdesk_ui.models.entries import EntryModel
from gdprdesk_ui.pages.register import RegisterPage
from gdprdesk_ui.pages.reports import ReportsPage
from gdprdesk_ui.widgets import Pill
from tests.builders import TODAY, delivered, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write

CONTROL = Qt.KeyboardModifier.ControlModifier
_AGREEMENT = "A processor agreement is missing"


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("register")
        yield made


def ref_of(desk, name: str):
    return next(one.ref for one in desk.ask(list_activities) if one.name == name)


def lines(page) -> list[str]:
    model = page.rows.entries
    return [model.index(row).data() for row in range(model.rowCount())]


def headings(page) -> list[str]:
    model = page.rows.entries
    return [
        model.index(row).data()
        for row in range(model.rowCount())
        if model.index(row).data(EntryModel.ENTRY) is None
    ]


def words(page) -> list[str]:
    return [one.text() for one in page.sheet.findChildren(QLabel)]


def pills(page) -> list[str]:
    return [one.text() for one in page.sheet.findChildren(Pill)]


def show_row(desk, window, qtbot, name: str):
    window.open_page("register", activity_ref=ref_of(desk, name))
    qtbot.waitUntil(window.page().sheet.isVisible)
    return window.page()


def test_everything_has_a_name_and_is_painted_in_every_look(
    desk, context, qtbot, every_look
) -> None:
    page = RegisterPage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert nameless(page) == []
    assert not page.grab().isNull()


def test_the_rows_stand_under_their_headings_and_say_what_they_lack(window) -> None:
    page = window.page()
    assert headings(page) == ["Customers", "Suppliers", "Staff", "Website", "Rights and safety"]
    assert lines(page)[1] == f"Beställningar och bokningar, {_AGREEMENT}"
    assert "Fakturor och bokföring, A processor agreement is missing" in lines(page)
    assert "Specialkost och allergier, Consent" in lines(page)
    known = window.context.desk.ask(list_activities)
    whole = sum(not one.lacks for one in known)
    assert 0 < whole < len(known)
    assert page._whole.text() == f"{whole} of {len(known)} complete"
    assert (page.progress.value(), page.progress.maximum()) == (whole, len(known))


def test_a_sheet_says_what_article_30_asks_for(desk, window, qtbot) -> None:
    person(desk)
    page = show_row(desk, window, qtbot, "Beställningar och bokningar")
    said = words(page)
    assert "Ta emot, baka och lämna ut beställningar, boka bord och ta betalt." in said
    assert "24 months after the last order or contact" in said
    assert "This register" in said
    assert "Not yet" in said
    assert pills(page)[0] == "Contract"
    assert {"Kunder", "Namn", "Telefon"} < set(pills(page))
    assert any(one.endswith("Article\N{NO-BREAK SPACE}6(1)(b).") for one in said)


def test_sensitive_data_and_transfers_are_told(desk, window, qtbot) -> None:
    page = show_row(desk, window, qtbot, "Specialkost och allergier")
    assert "Allergier och specialkost" in pills(page)
    assert "Sensitive data, allowed by: Explicit consent. Article 9." in words(page)
    page = show_row(desk, window, qtbot, "Nyhetsbrev")
    (abroad,) = [one for one in words(page) if one.startswith("Mailchimp (Intuit), United")]
    assert "Data Privacy Framework" in abroad


def test_a_missing_agreement_is_added_where_it_is_missing(desk, window, qtbot) -> None:
    page = show_row(desk, window, qtbot, "Erbjudanden via sms")
    assert page.sheet.lacks.title.text() == "One thing is missing"
    assert page.sheet.lacks.sentence.text() == f"{_AGREEMENT}."
    before = page.progress.value()
    click(qtbot, page.sheet.agreement_buttons["Sms-tjänsten"])
    form = dialog(qtbot, window, RecipientForm)
    assert form.agreement.edit.hasFocus()
    form.agreement.set_day(TODAY)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.sheet.lacks is None)
    assert "Agreement 21 Nov 2026" in pills(page)
    assert page.progress.value() == before + 1


def test_the_banner_leads_to_whatever_is_missing(desk, window, qtbot) -> None:
    firm = desk.run(
        add_recipient, name="Firm & Co", role=RecipientRole.PROCESSOR, country="US", gets="names"
    )
    courses = desk.run(
        register_activity, name="Kurser", purpose="Håller kurser", legal_basis=LegalBasis.CONTRACT
    )
    desk.run(update_activity, activity_ref=courses, changes=ActivityChanges(recipients=(firm,)))
    page = show_row(desk, window, qtbot, "Kurser")
    assert page.sheet.lacks.title.text() == "6 things are missing"
    offered = [one.accessibleName() for one in page.sheet.lacks.findChildren(type(page.new_button))]
    assert offered == ["Complete Firm & Co…", "Complete…"]
    assert "Firm & Co, United States: no safeguard is given" in words(page)
    click(qtbot, page.sheet.lacks.findChildren(type(page.new_button))[1])
    assert dialog(qtbot, window, ActivityForm).controls.texts["name"].text() == "Kurser"


def test_a_changed_rule_is_seen_at_once_by_everybody(desk, window, qtbot) -> None:
    delivered(desk, person(desk))
    page = show_row(desk, window, qtbot, "Beställningar och bokningar")
    press(qtbot, Qt.Key.Key_F2)
    form = dialog(qtbot, window, ActivityForm)
    form.controls.rule.count.clear()
    write(form.controls.rule.count, "6")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "6 months after the last order or contact" in words(page))
    assert page.rows.current().title == "Beställningar och bokningar"
    assert desk.ask(list_subjects).rows[0].kept_until == TODAY.replace(year=2027, month=5)
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: "24 months after the last order or contact" in words(page))


def test_a_row_that_was_looked_through_says_when(desk, window, qtbot) -> None:
    page = window.page()
    click(qtbot, page.sheet.review_button)
    qtbot.waitUntil(lambda: "21 Nov 2026" in words(page))
    orders = ref_of(desk, "Beställningar och bokningar")
    assert desk.ask(show_activity, activity_ref=orders).reviewed_on == TODAY


def test_arrows_read_the_sheets_one_after_another(window, qtbot) -> None:
    page = window.page()
    assert page.rows.hasFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert "Frågor via telefon, e-post och Messenger" in words(page)
    press(qtbot, Qt.Key.Key_Up)
    assert "Beställningar och bokningar" in words(page)


def test_a_new_row_is_shown_with_what_it_lacks(desk, window, qtbot) -> None:
    press(qtbot, Qt.Key.Key_N, CONTROL)
    form = dialog(qtbot, window, NewActivityForm)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert [one.sentence.text() for one in form._fields[:2]] == [
        "Write what it is called.",
        "Write what it is for.",
    ]
    write(form.name, "Kurser")
    form.purpose.setPlainText("Håller kurser")
    form.group.set_value("staff")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Kurser" in words(window.page()))
    page = window.page()
    assert page.rows.current().title == "Kurser"
    assert page.sheet.lacks.title.text() == "4 things are missing"
    shown = desk.ask(show_activity, activity_ref=ref_of(desk, "Kurser"))
    assert (shown.row.group, shown.rule.count) == ("staff", 24)


def test_the_register_goes_out_as_a_workbook_and_to_the_printer(window, qtbot, tmp_path) -> None:
    page, to = window.page(), tmp_path / "register.xlsx"
    ask.next_answer(to)
    click(qtbot, page.excel_button)
    qtbot.waitUntil(window.toast.isVisible)
    cells = [cell.value for row in load_workbook(to).active for cell in row]
    assert "Beställningar och bokningar" in cells
    ask.next_answer(None)
    press(qtbot, Qt.Key.Key_E, CONTROL)
    press(qtbot, Qt.Key.Key_P, CONTROL)
    assert isinstance(window.page(), ReportsPage)
    assert window.page().choices["register"].isChecked()


def test_an_own_heading_is_listed_after_the_others(desk, window, qtbot) -> None:
    desk.run(
        register_activity,
        name="Kurser",
        purpose="Håller kurser",
        legal_basis=LegalBasis.CONTRACT,
        group="Courses",
    )
    qtbot.waitUntil(lambda: headings(window.page())[-1] == "Courses")


def test_an_agreement_that_ended_is_missing_again(desk, window, qtbot) -> None:
    sms = next(one for one in desk.ask(list_recipients) if one.name == "Sms-tjänsten")
    changes = RecipientChanges(agreement_on=TODAY)
    desk.run(update_recipient, recipient_ref=sms.ref, changes=changes)
    page = show_row(desk, window, qtbot, "Erbjudanden via sms")
    assert page.sheet.lacks is None
    page.sheet.recipient_wanted.emit(desk.ask(list_recipients)[0])
    form = dialog(qtbot, window, RecipientForm)
    form.reject()
    known = next(one for one in desk.ask(list_recipients) if one.ref == sms.ref)
    page.sheet.recipient_wanted.emit(known)
    form = dialog(qtbot, window, RecipientForm)
    form.agreement.set_day(None)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.sheet.lacks is not None)


def test_the_privacy_notice_is_a_click_away(window, qtbot) -> None:
    click(qtbot, window.page().notice_button)
    assert window._shown[0] == "notice"
