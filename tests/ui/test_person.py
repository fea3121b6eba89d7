import json

import pypdfium2
import pytest
import pyzipper
from PySide6.QtCore import Qt

from gdprdesk.domain.terms import (
    BookingState,
    ConsentMethod,
    ContactKind,
    Decision,
    SourceException,
)
from gdprdesk.services.companies import add_company, list_companies
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import consents_of, record_consent
from gdprdesk.services.holds import list_holds
from gdprdesk.services.notes import add_note, list_attachments, load_draft
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk.services.persons import show_subject
from gdprdesk.services.sources import add_source, list_sources
from gdprdesk.services.subjects import update_subject
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.company_form import CompanyForm
from gdprdesk_ui.dialogs.consent import ConsentForm
from gdprdesk_ui.dialogs.give_copy import GiveCopy
from gdprdesk_ui.dialogs.hold import HoldForm
from gdprdesk_ui.dialogs.note import NoteForm
from gdprdesk_ui.dialogs.order_form import OrderForm
from gdprdesk_ui.dialogs.relation_end import RelationEndForm
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded
from gdprdesk_ui.dialogs.source_notice import ToldForm, UntoldForm
from gdprdesk_ui.models.entries import EntryModel
from gdprdesk_ui.pages.page import Breadth
from gdprdesk_ui.pages.person.words import until_words
from tests.builders import TODAY, delivered, invoiced, order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import (
    click,
    click_once_shown,
    dialog,
    has_focus,
    opened,
    press,
    save_as,
    write,
)

WORDS = "tavilo-kemura"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def karin(desk):
    """Karin has a phone and an e-mail, an unpaid invoice, a note, and says yes to newsletters."""
    ref = person(desk, phone="070-174 06 45", email="karin@example.se")
    newsletter = next(t for t in desk.ask(list_consent_texts) if t.purpose == "newsletter")
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=newsletter.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.WEB_FORM,
    )
    invoiced(desk, ref, paid_on=None)
    desk.run(add_note, subject_ref=ref, text="Ringer om tårtan")
    return ref


@pytest.fixture
def window(desk, karin, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("person", subject_ref=karin)
        yield made


@pytest.fixture
def page(window):
    return window.page()


def history(page) -> list[str]:
    model = page.history.list.entries
    entries = (model.data(model.index(n), EntryModel.ENTRY) for n in range(model.rowCount()))
    return [entry.title for entry in entries if entry is not None]


def known(desk, ref):
    return desk.ask(show_subject, subject_ref=ref)


def test_it_shows_everything_and_everything_has_a_name(page, window, every_look) -> None:
    assert page.heading.title.text() == "Karin Holm"
    assert "Customer since November 2026" in page.heading.sentence.text()
    assert set(history(page)) == {
        "Order 1001: Prinsesstårta", "Invoice 1", "Consent: Nyhetsbrev", "Ringer om tårtan",
    }  # fmt: skip
    assert nameless(page) == []
    page.contacts.edit()
    assert nameless(page) == []
    assert not window.grab().isNull()


@pytest.mark.parametrize("state", BookingState)
def test_however_far_an_order_has_come_its_history_says_so(desk, page, state) -> None:
    ann = person(desk, "Ann Ek")
    ref = order(desk, ann, wanted_on=TODAY)
    if state is not BookingState.CONFIRMED:
        desk.run(set_booking_state, ref=ref, state=state)
    page.context.open_page("person", subject_ref=ann)
    assert history(page) == ["Order 1002: Prinsesstårta"]


def test_a_consent_is_taken_back_and_undone(page, window, desk, karin, qtbot) -> None:
    row = page.consents.rows["newsletter"]
    assert row.switch.isChecked()
    assert row.sentence.text().startswith("Yes since 21 November 2026")
    click(qtbot, row.switch)
    qtbot.waitUntil(lambda: not row.switch.isChecked())
    assert row.sentence.text().startswith("Taken back 21 November 2026")
    click(qtbot, window.toast.action)
    qtbot.waitUntil(row.switch.isChecked)
    said = {one.purpose: one.decision for one in desk.ask(consents_of, subject_ref=karin)}
    assert said["newsletter"] is Decision.GIVEN


def test_who_was_not_asked_can_be_asked(page, window, qtbot) -> None:
    row = next(one for name, one in page.consents.rows.items() if name != "newsletter")
    assert row.sentence.text() == "Not asked yet"
    click(qtbot, row.ask_button)
    assert dialog(qtbot, window, ConsentForm).isVisible()


def test_contact_details_are_changed_in_place_all_at_once(page, window, desk, karin, qtbot) -> None:
    press(qtbot, Qt.Key.Key_F2)
    editor = page.contacts.editor
    assert has_focus(editor.name)
    editor.name.clear()
    write(editor.name, "Karin Åberg")
    email = next(line for line in editor.lines if line.field.kind is ContactKind.EMAIL)
    click(qtbot, email.remove_button)
    click(qtbot, editor.add_buttons[ContactKind.PHONE])
    write(editor.lines[-1].field.edit, "inget nummer")
    click(qtbot, editor.save_button)
    assert "070-174 06 45" in editor.lines[-1].field.sentence.text()
    editor.lines[-1].field.edit.setText("070-111 22 33")
    click(qtbot, editor.save_button)
    qtbot.waitUntil(lambda: not page.contacts.is_editing())
    found = known(desk, karin)
    assert found.name == "Karin Åberg"
    assert [one.value for one in found.contacts] == ["070-174 06 45", "070-111 22 33"]
    window.undo()
    qtbot.waitUntil(lambda: known(desk, karin).name == "Karin Holm")
    assert {one.value for one in known(desk, karin).contacts} == {
        "070-174 06 45", "karin@example.se",
    }  # fmt: skip


def test_half_changed_details_wait_on_her_page_alone(page, window, desk, karin, qtbot) -> None:
    other = person(desk, "Anders Nyberg")
    page.contacts.edit()
    write(page.contacts.editor.name, " Ek")
    qtbot.waitUntil(
        lambda: bool(desk.ask(load_draft, form="contacts", subject_ref=karin)), timeout=5_000
    )
    window.open_page("person", subject_ref=other)
    assert not page.contacts.is_editing()
    window.open_page("person", subject_ref=karin)
    assert page.contacts.is_editing()
    assert page.contacts.editor.name.text() == "Karin Holm Ek"
    click(qtbot, page.contacts.editor.cancel_button)
    assert known(desk, karin).name == "Karin Holm"
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="contacts", subject_ref=karin) == {})


def test_a_note_is_saved_by_enter_and_changed_and_removed(page, window, desk, karin, qtbot) -> None:
    assert has_focus(page.history.note)
    write(page.history.note, "Vill ha mindre socker")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Vill ha mindre socker" in history(page))
    assert page.history.note.text() == ""
    chosen = next(row for row in known(desk, karin).history if row.title.startswith("Vill"))
    page.history.list.choose(chosen.ref)
    page.history.list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    form = dialog(qtbot, window, NoteForm)
    form.text.setPlainText("Vill ha mindre salt")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Vill ha mindre salt" in history(page))


def test_the_history_shows_one_kind(page, qtbot) -> None:
    click(qtbot, page.history.chips.buttons["invoices"])
    assert history(page) == ["Invoice 1"]
    click(qtbot, page.history.chips.buttons["notes"])
    assert history(page) == ["Ringer om tårtan"]
    click(qtbot, page.history.chips.buttons["consents"])
    assert [one.partition(":")[0] for one in history(page)] == ["Consent"]


def test_files_are_added_saved_and_removed_with_undo(page, window, karin, qtbot, tmp_path) -> None:
    desk = window.context.desk
    path = tmp_path / "tårta.txt"
    path.write_bytes(b"en bild")
    ask.next_answer(path)
    click(qtbot, page.files.add_button)
    qtbot.waitUntil(
        lambda: (one := page.files.save_buttons.get("tårta.txt")) is not None and one.isVisible()
    )
    copy = tmp_path / "kopia.zip"
    click(qtbot, page.files.save_buttons["tårta.txt"])
    form = dialog(qtbot, window, SaveGuarded)
    assert form.guard.protect.isChecked()
    save_as(qtbot, window, copy, password=WORDS)
    qtbot.waitUntil(lambda: form.saved is not None)
    with pyzipper.AESZipFile(copy) as packed:
        packed.setpassword(WORDS.encode())
        assert packed.read("kopia.txt") == b"en bild"
    form.reject()
    click(qtbot, page.files.remove_buttons["tårta.txt"])
    qtbot.waitUntil(lambda: desk.ask(list_attachments, subject_ref=karin) == ())
    qtbot.waitUntil(lambda: window.toast.words.text() == "tårta.txt is removed")
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: "tårta.txt" in page.files.save_buttons)


def test_a_file_that_is_too_large_is_refused(page, qtbot, tmp_path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate((25 << 20) + 1)
    with ask.hearing_errors() as told:
        page.files.add_file(path)
        qtbot.waitUntil(lambda: bool(told))
    assert "larger than 25 MB" in told[0]


def test_the_next_and_the_one_before_by_keyboard(page, window, desk, qtbot) -> None:
    person(desk, "Anders Nyberg")
    qtbot.waitUntil(lambda: page._place.text() == "2 of 2")
    assert not page.next_button.isEnabled()
    press(qtbot, Qt.Key.Key_Up, ALT)
    assert page.heading.title.text() == "Anders Nyberg"
    assert not page.previous_button.isEnabled()
    click(qtbot, page.next_button)
    assert page.heading.title.text() == "Karin Holm"


def test_the_company_opens_from_the_person(page, window, desk, karin, qtbot) -> None:
    company = desk.run(add_company, name="Sjöviks Båtklubb")
    desk.run(update_subject, subject_ref=karin, company_ref=company)
    qtbot.waitUntil(page.contacts.company_button.isVisible)
    click(qtbot, page.contacts.company_button)
    form = dialog(qtbot, window, CompanyForm)
    write(form.address, "Hamngatan 1")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_companies)[0].address == "Hamngatan 1")


def test_an_order_and_an_erasure_begin_here(page, window, qtbot) -> None:
    click(qtbot, page.order_button)
    assert dialog(qtbot, window, OrderForm).isVisible()
    dialog(qtbot, window, OrderForm).reject()
    click(qtbot, page.erase_button)
    assert window._shown[0] == "erase"


def test_the_cards_stand_under_each_other_where_it_is_narrow(page) -> None:
    page.set_breadth(Breadth.NARROW)
    page.layout().activate()
    assert page.history.y() > page.files.y()
    page.set_breadth(Breadth.FULL)
    page.layout().activate()
    assert page.history.y() == page.contacts.y()


def test_a_copy_is_handed_over_in_a_zip_with_a_password(page, window, qtbot, tmp_path) -> None:
    click(qtbot, page.copy_button)
    form = dialog(qtbot, window, GiveCopy)
    assert nameless(form) == []
    form.language.set_value("sv")
    form.guard.protect.setChecked(True)
    write(form.guard.password.edit, "kort")
    write(form.guard.repeat.edit, "långt")
    click(qtbot, form.verb_button)
    assert "not the same password" in form.guard.repeat_field.sentence.text()
    form.guard.repeat.edit.setText("kort")
    to = tmp_path / "karin.zip"
    ask.next_answer(to)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "10 letters" in form.guard.password_field.sentence.text())
    qtbot.waitUntil(form.verb_button.isEnabled)
    assert not to.exists()
    for field in (form.guard.password, form.guard.repeat):
        field.edit.setText("ett långt lösenord")
    ask.next_answer(to)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    assert form.saved.name.text() == "karin.zip"
    with pyzipper.AESZipFile(to) as packed:
        packed.setpassword("ett långt lösenord".encode())
        copied = json.loads(packed.read("copy.json"))
    assert "Karin Holm" in json.dumps(copied, ensure_ascii=False)


def test_a_copy_can_be_a_pdf_alone(page, window, karin, qtbot, tmp_path) -> None:
    delivered(window.context.desk, karin)
    click(qtbot, page.copy_button)
    form = dialog(qtbot, window, GiveCopy)
    form.kind.set_value("pdf")
    form.kind.activated.emit(form.kind.currentIndex())
    assert not form.guard.protect.isEnabled()
    to = tmp_path / "karin.pdf"
    ask.next_answer(to)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None, timeout=20_000)
    with pypdfium2.PdfDocument(to) as pdf:
        assert "Karin Holm" in pdf[0].get_textpage().get_text_range()


def test_everything_is_kept_by_decision_and_let_go_again(page, window, desk, karin, qtbot) -> None:
    click(qtbot, page.why.hold_button)
    form = dialog(qtbot, window, HoldForm)
    write(form.why, "Hon har reklamerat")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(page.why.holds) == 1)
    assert {until_words(why) for why in known(desk, karin).why} == {"Until you decide"}
    assert not page.why.hold_button.isVisible()
    qtbot.waitUntil(page.why.holds[0].lift_button.isVisible)
    assert nameless(page) == []
    click_once_shown(qtbot, lambda: page.why.holds[0].lift_button)
    qtbot.waitUntil(lambda: page.why.holds == [])
    assert desk.ask(list_holds) == ()
    qtbot.waitUntil(page.why.hold_button.isVisible)


def test_the_relation_has_ended_and_goes_on_again(page, window, desk, karin, qtbot) -> None:
    click(qtbot, page.why.end_button)
    form = dialog(qtbot, window, RelationEndForm)
    write(form.day.edit, "01/01/2030")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "has not come" in form._field.sentence.text())
    form.day.set_day(TODAY)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: known(desk, karin).relation_ended_on == TODAY)
    qtbot.waitUntil(lambda: page.why.end_button.accessibleName() == "Change the end…")
    click(qtbot, page.why.end_button)
    form = dialog(qtbot, window, RelationEndForm)
    form.day.edit.clear()
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: known(desk, karin).relation_ended_on is None)


@pytest.mark.parametrize("name", ["letter.pdf", "letter.docx"])
def test_a_letter_says_where_her_data_came_from(page, karin, qtbot, tmp_path, name) -> None:
    page.context.desk.run(add_source, subject_ref=karin, source="Credit check")
    qtbot.waitUntil(page.source.isVisible)
    ask.next_answer(tmp_path / name)
    click(qtbot, page.source.letter_button)
    qtbot.waitUntil((tmp_path / name).exists)


def test_where_her_data_came_from_is_told_or_excused(page, window, desk, karin, qtbot) -> None:
    assert not page.source.isVisible()
    desk.run(add_source, subject_ref=karin, source="Credit check")
    qtbot.waitUntil(page.source.isVisible)
    assert nameless(page) == []
    click(qtbot, page.source.told_button)
    form = dialog(qtbot, window, ToldForm)
    form.day.edit.clear()
    click(qtbot, form.verb_button)
    assert form.isVisible()
    form.day.set_day(TODAY)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: not page.source.isVisible())
    (told,) = desk.ask(list_sources, subject_ref=karin, open_only=False)
    assert (told.told_on, told.exception) == (TODAY, None)
    click(qtbot, window.toast.action)
    qtbot.waitUntil(page.source.isVisible)
    click(qtbot, page.source.untold_button)
    form = dialog(qtbot, window, UntoldForm)
    click(qtbot, form.verb_button)
    assert form.isVisible()  # no reason was written
    form.exceptions[SourceException.LAW].setChecked(True)
    write(form.why, "Penningtvättslagen")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: not page.source.isVisible())
    (excused,) = desk.ask(list_sources, subject_ref=karin, open_only=False)
    assert (excused.exception, excused.why) == (SourceException.LAW, "Penningtvättslagen")
