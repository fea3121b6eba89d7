from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.terms import Channel
from gdprdesk.i18n import use_language
from gdprdesk.services.bookings import list_bookings, show_booking
from gdprdesk.services.companies import add_company
from gdprdesk.services.invoices import issue_invoice, suggest_invoice
from gdprdesk.services.notes import load_draft
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui.dialogs.invoice_form import InvoiceForm
from gdprdesk_ui.dialogs.order_form import OrderForm, change_order, new_order
from gdprdesk_ui.dialogs.wanted import read_time, write_time
from tests.builders import TODAY, order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, press, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


@pytest.fixture
def form(window, qtbot):
    click(qtbot, window.page().order_button)
    return dialog(qtbot, window, OrderForm)


def latest(desk):
    """Return everything about the only order."""
    (row,) = desk.ask(list_bookings).rows
    return desk.ask(show_booking, ref=row.ref)


def search(qtbot, form, words: str) -> None:
    with qtbot.waitSignal(form.customer.search.searched):
        write(form.customer.search, words)


def found(form) -> list[str]:
    entries = form.customer.matches.entries
    return [
        entries.index(line).data(entries.ENTRY).title
        for line in range(entries.rowCount())
        if entries.index(line).data(entries.ENTRY)
    ]


@pytest.mark.parametrize(
    ("typed", "time"),
    [("11", "11:00"), ("9.5", ""), ("9:05", "09:05"), ("1130", "11:30"), ("24", ""), ("x", "")],
)
def test_times_are_read_as_people_write_them(typed: str, time: str) -> None:
    assert write_time(read_time(typed)) == time


def test_a_known_guest_orders_by_keyboard_alone(desk, window, qtbot) -> None:
    karin = person(desk, "Karin Holm", phone="070-174 06 45")
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = dialog(qtbot, window, OrderForm)
    assert QApplication.focusWidget() is form.customer.search
    search(qtbot, form, "1740645")
    assert found(form) == ["Karin Holm", "New person: 1740645"]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert form.isVisible()
    write(form.what, "Cake for 12")
    write(form.lines.lines[0].text, "Prinsesstårta")
    write(form.lines.lines[0].price, "520,50")
    assert form.lines.total.text() == "SEK520.50"
    click(qtbot, form.lines.add_button)
    write(form.lines.lines[1].text, "Ljus")
    form.lines.lines[1].quantity.clear()
    write(form.lines.lines[1].quantity, "2")
    write(form.lines.lines[1].price, "10")
    assert form.lines.lines[1].sum.text() == "SEK20.00"
    assert form.lines.total.text() == "SEK540.50"
    write(form.wanted.day.edit, "28/11/2026")
    write(form.wanted.time, "11.30")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 1)
    shown = latest(desk)
    assert (shown.row.subject_ref, shown.row.what) == (karin, "Cake for 12")
    assert [(line["quantity"], line["price"]) for line in shown.lines] == [
        ("1", "520.50"),
        ("2", "10.00"),
    ]
    assert (shown.row.wanted_on.isoformat(), f"{shown.row.wanted_at:%H:%M}") == (
        "2026-11-28",
        "11:30",
    )
    assert shown.channel is Channel.PHONE
    qtbot.waitUntil(lambda: window.toast.words.text() == "Order 1001 is saved")
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 0)


def test_enter_in_the_search_takes_the_first_match_and_does_not_save(desk, form, qtbot) -> None:
    person(desk, "Karin Holm")
    write(form.customer.search, "holm")
    press(qtbot, Qt.Key.Key_Return)
    assert form.customer.customer().subject_ref is not None
    assert form.isVisible()
    click(qtbot, form.customer.change_button)
    assert form.customer.customer().subject_ref is None
    assert QApplication.focusWidget() is form.customer.search


def test_somebody_new_is_made_with_the_order(desk, form, qtbot) -> None:
    search(qtbot, form, "070 174 06 45")
    press(qtbot, Qt.Key.Key_Return)
    assert form.customer.phone.edit.text() == "070 174 06 45"
    assert QApplication.focusWidget() is form.customer.name
    write(form.what, "Cake")
    click(qtbot, form.verb_button)
    assert form.customer._fields[0].sentence.text() == "Write a name."
    assert desk.ask(list_subjects).total == 0
    write(form.customer.name, "Åsa Öberg")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 1)
    (asa,) = desk.ask(list_subjects).rows
    assert (asa.name, asa.phone) == ("Åsa Öberg", "070-174 06 45")
    assert latest(desk).row.subject_ref == asa.ref


def test_a_company_orders(desk, form, qtbot) -> None:
    desk.run(add_company, name="Sjöviks Båtklubb")
    search(qtbot, form, "båt")
    assert found(form) == ["Sjöviks Båtklubb", "New person: båt", "Only a first name: båt"]
    press(qtbot, Qt.Key.Key_Return)
    write(form.what, "Coffee")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 1)
    assert latest(desk).row.who == "Sjöviks Båtklubb"
    assert latest(desk).row.subject_ref is None


def test_who_works_at_a_company_orders_for_it_or_for_herself(desk, form, qtbot) -> None:
    company = desk.run(add_company, name="Sjöviks Båtklubb")
    person(desk, "Örjan Ek", company_ref=company)
    search(qtbot, form, "örjan")
    press(qtbot, Qt.Key.Key_Return)
    assert form.customer.customer().company_ref == company
    form.customer.for_company.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert form.customer.customer().company_ref is None


def test_what_is_wrong_stands_under_its_field(desk, form, qtbot) -> None:
    click(qtbot, form.verb_button)
    assert form._what_field.sentence.text() == "Write what is ordered."
    assert QApplication.focusWidget() is form.what
    write(form.customer.search, "zlatan")
    write(form.what, "Cake")
    click(qtbot, form.verb_button)
    assert form._customer_field.sentence.text().startswith("Choose somebody from the list")
    form.customer.search.clear()
    write(form.lines.lines[0].price, "12,x")
    write(form.wanted.time, "25")
    click(qtbot, form.verb_button)
    assert form._lines_field.sentence.text().startswith("Every line needs a text")
    assert QApplication.focusWidget() is form.lines.lines[0].text
    write(form.lines.lines[0].text, "Cake")
    click(qtbot, form.verb_button)
    assert form._lines_field.sentence.text().startswith("Write amounts with digits only")
    assert form.lines.total.text() == "–"  # noqa: RUF001
    assert form.wanted.fields[0].sentence.text() == "Say which day the time is for."
    assert form.wanted.fields[1].sentence.text() == "Write the time like this: 11:30"
    assert desk.ask(list_bookings).total == 0


def test_a_line_can_go_and_the_last_one_comes_back_empty(form, qtbot) -> None:
    lines = form.lines
    write(lines.lines[0].text, "Cake")
    click_once_shown(qtbot, lambda: lines.lines[0].remove_button)
    assert lines.entries() == ()
    assert len(lines.lines) == 1


def test_a_diet_is_only_kept_after_a_yes(desk, form, qtbot) -> None:
    write(form.what, "Cake")
    assert not form.diets.agreed_field.isVisible()
    write(form.diets.diet, "nuts")
    assert form.diets.agreed_field.isVisible()
    click(qtbot, form.verb_button)
    assert form.diets.agreed_field.sentence.text().startswith("Ask the guest first")
    assert QApplication.focusWidget() is form.diets.agreed
    assert desk.ask(list_bookings).total == 0
    form._draft.keep()
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="order").get("what") == "Cake")
    assert desk.ask(load_draft, form="order")["diet"] == ""
    press(qtbot, Qt.Key.Key_Space)
    click(qtbot, form.verb_button)
    assert form.diets.field.sentence.text().startswith("Say for which day")
    write(form.wanted.day.edit, "28/11/2026")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 1)
    assert latest(desk).row.diet == "nuts"


def test_a_half_written_order_comes_back_and_goes_when_it_is_saved(desk, window, qtbot) -> None:
    karin = person(desk)
    form = new_order(window.context, lambda _ref: None)
    form = dialog(qtbot, window, OrderForm)
    search(qtbot, form, "karin")
    press(qtbot, Qt.Key.Key_Return)
    write(form.what, "Cake")
    write(form.lines.lines[0].text, "Cake")
    write(form.lines.lines[0].price, "400")
    write(form.note, "pink")
    write(form.wanted.day.edit, "28/11/2026")
    form._draft.hurry()
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="order") != {})
    form.done(2)
    again = new_order(window.context, lambda _ref: None)
    assert again.customer.customer().subject_ref == karin
    assert (again.what.text(), again.note.toPlainText()) == ("Cake", "pink")
    assert again.lines.entries() == (LineEntry("Cake", "1", "400", "6"),)
    assert again.wanted.day.day() == date(2026, 11, 28)
    click(qtbot, again.verb_button)
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="order") == {})
    assert latest(desk).row.subject_ref == karin


def test_cancelling_forgets_the_draft(desk, form, qtbot) -> None:
    write(form.what, "Cake")
    form._draft.keep()
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="order") != {})
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="order") == {})


def test_an_order_is_changed(desk, window, qtbot) -> None:
    ref = order(desk, person(desk), diet="nuts", wanted_on=TODAY)
    change_order(window.context, ref)
    form = dialog(qtbot, window, OrderForm)
    assert form.title.text() == "Change order 1001"
    assert form.lines.entries() == (LineEntry("Prinsesstårta", "1", "400.00", "12"),)
    assert not form.diets.agreed_field.isVisible()
    write(form.diets.diet, " and milk")
    assert form.diets.agreed_field.isVisible()
    form.diets.agreed.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    form.what.clear()
    write(form.what, "Smaller cake")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: latest(desk).row.what == "Smaller cake")
    assert latest(desk).row.diet == "nuts and milk"
    assert latest(desk).row.wanted_on == TODAY
    assert len(latest(desk).lines) == 1


def test_the_lines_of_an_invoiced_order_stay(desk, window, qtbot) -> None:
    ref = order(desk, person(desk))
    desk.run(issue_invoice, booking_ref=ref)
    change_order(window.context, ref)
    form = dialog(qtbot, window, OrderForm)
    assert not form.lines.lines[0].isEnabled()
    assert not form.lines.add_button.isVisible()
    write(form.note, "Back door")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: latest(desk).row.note == "Back door")


def test_the_rate_of_the_latest_order_is_offered(desk, window, qtbot) -> None:
    order(desk)
    form = new_order(window.context, lambda _ref: None)
    assert form.lines.lines[0].rate.value() == "12"
    form.reject()


def test_everything_has_a_name_and_is_painted_in_every_look(desk, context, every_look) -> None:
    context.window.resize(1280, 800)
    ref = order(desk, person(desk))
    known = desk.ask(show_booking, ref=ref)
    made: list[RecordRef] = []
    forms = (
        OrderForm(context, made.append),
        OrderForm(context, made.append, known),
        InvoiceForm(context, known.row, desk.ask(suggest_invoice, booking_ref=ref), made.append),
    )
    for form in forms:
        form.show()
        assert nameless(form) == []
        assert not form.grab().isNull()
        form.reject()


def test_a_price_is_shown_again_as_the_language_writes_it(window, desk, qtbot) -> None:
    ref = order(desk)
    use_language("sv")
    try:
        change_order(window.context, ref)
        form = dialog(qtbot, window, OrderForm)
        price = form.lines.lines[0].price.text()
        assert price == "400,00"
        before = desk.ask(show_booking, ref=ref).lines
        click(qtbot, form.verb_button)
        qtbot.waitUntil(window.toast.isVisible)
        assert desk.ask(show_booking, ref=ref).lines == before
    finally:
        use_language("en")
