"""The journal in the window: written, signed, corrected, searched; read by way of the log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.terms import NoteKind, ReadReason
from gdprdesk.services.journal import list_notes
from gdprdesk.services.journal_reading import read_note
from gdprdesk.services.journal_writing import sign_note, write_note
from gdprdesk.services.onboarding import Business
from gdprdesk_ui.pages.journal import ClientJournalPage, JournalPage
from gdprdesk_ui.pages.journal.begin import ClientForm
from gdprdesk_ui.place import place_in
from tests.builders import CHEAP, PASSWORD, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write

SAID = "Sömnen är bättre"


@pytest.fixture
def desk(folder, clock):
    made, _recovery = Desk.create(
        folder,
        business=Business(name="Samtalsrum Norr", trade="therapy", contact="Lena Norr"),
        password=PASSWORD,
        limits=CHEAP,
        clock=clock,
    )
    yield made
    made.lock()


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as shown:
        yield shown


@pytest.fixture
def ingrid(desk):
    return person(desk, "Ingrid Dahl")


def signed(desk, who, text=SAID):
    ref = desk.run(write_note, subject_ref=who, text=text)
    desk.run(sign_note, ref=ref)
    return ref


def actions(desk):
    """Return what the log says was done, the first first."""
    return desk.ask(lambda read: read.scalars(select(AuditEntry.action)).all())


def said(desk, ref):
    return desk.read(read_note, ref=ref, reason=ReadReason.CHECK).text


def test_a_note_is_written_and_signed(qtbot, window, desk, ingrid) -> None:
    window.open_page("client_journal", subject_ref=ingrid, new=True)
    page = window.page()
    write(page.pane.writing.text, SAID)
    write(page.pane.writing.minutes, "50")
    click(qtbot, page.pane.writing.sign_button)
    qtbot.waitUntil(lambda: page.pane.reading.text.toPlainText() == SAID)
    (row,) = desk.ask(list_notes, subject_ref=ingrid)
    assert (row.is_signed, row.minutes) == (True, 50)
    assert page.pane.reading.text.isReadOnly()
    assert actions(desk)[-3:] == ["journal.write", "journal.sign", "journal.read_note"]


def test_an_entry_is_opened_after_the_log_says_so(qtbot, window, desk, ingrid) -> None:
    ref = signed(desk, ingrid)
    window.open_page("client_journal", subject_ref=ingrid)
    page = window.page()
    assert page.pane.reading.text.toPlainText() == ""
    assert "journal.read_note" not in actions(desk)
    page.reason.set_value(ReadReason.CHECK)
    page.list.choose_first()
    page.list.opened.emit(page.list.current())
    qtbot.waitUntil(lambda: page.pane.reading.text.toPlainText() == SAID)
    entry = desk.ask(lambda read: read.scalars(select(AuditEntry).order_by(AuditEntry.id)).all())[
        -1
    ]
    assert (entry.action, entry.reason) == ("journal.read_note", ReadReason.CHECK)
    assert ref in entry.refs


def test_what_was_wrong_is_corrected_beside_it(qtbot, window, desk, ingrid) -> None:
    ref = signed(desk, ingrid)
    window.open_page("client_journal", subject_ref=ingrid, note_ref=ref)
    page = window.page()
    qtbot.waitUntil(lambda: page.pane.reading.text.toPlainText() == SAID)
    click(qtbot, page.pane.reading.correct_button)
    write(page.pane.writing.text, "Den är som förut")
    click(qtbot, page.pane.writing.sign_button)
    qtbot.waitUntil(lambda: page.pane.reading.text.toPlainText() == "Den är som förut")
    kinds = {row.kind: row for row in desk.ask(list_notes, subject_ref=ingrid)}
    assert kinds[NoteKind.CORRECTION].about == ref
    assert kinds[NoteKind.NOTE].corrected
    assert said(desk, ref) == SAID


def test_a_draft_is_kept_sealed_when_the_page_is_left(qtbot, window, desk, ingrid) -> None:
    window.open_page("client_journal", subject_ref=ingrid, new=True)
    page = window.page()
    write(page.pane.writing.text, SAID)
    window.open_page("people")
    qtbot.waitUntil(lambda: bool(desk.ask(list_notes, subject_ref=ingrid)))
    assert page.pane.writing.text.toPlainText() == ""
    (row,) = desk.ask(list_notes, subject_ref=ingrid)
    assert not row.is_signed
    assert said(desk, row.ref) == SAID
    window.open_page("client_journal", subject_ref=ingrid, note_ref=row.ref)
    qtbot.waitUntil(lambda: page.pane.writing.text.toPlainText() == SAID)


def test_a_draft_that_is_thrown_away_comes_back_with_undo(qtbot, window, desk, ingrid) -> None:
    ref = desk.run(write_note, subject_ref=ingrid, text=SAID)
    window.open_page("client_journal", subject_ref=ingrid, note_ref=ref)
    page = window.page()
    qtbot.waitUntil(lambda: page.pane.writing.text.toPlainText() == SAID)
    click(qtbot, page.pane.writing.discard_button)
    qtbot.waitUntil(lambda: not desk.ask(list_notes, subject_ref=ingrid))
    desk.undo()
    assert said(desk, ref) == SAID


def test_nonsense_for_minutes_is_said_and_nothing_signed(qtbot, window, desk, ingrid) -> None:
    window.open_page("client_journal", subject_ref=ingrid, new=True)
    pane = window.page().pane.writing
    write(pane.text, SAID)
    write(pane.minutes, "en timme")
    click(qtbot, pane.sign_button)
    assert not any(row.is_signed for row in desk.ask(list_notes, subject_ref=ingrid))
    assert pane.text.toPlainText() == SAID


def test_the_list_finds_words_and_forgets_them_again(qtbot, window, desk, ingrid) -> None:
    signed(desk, ingrid)
    window.open_page("journal")
    page = window.page()
    assert isinstance(page, JournalPage)
    page.search.setText("somnen")
    page.search.returnPressed.emit()
    qtbot.waitUntil(page.found.isVisible)
    page.found.choose_first()
    found = page.found.current()
    assert found is not None
    assert (found.title, found.detail) == ("Ingrid Dahl", SAID)
    assert "journal.search" in actions(desk)
    page.search.clear()
    assert not page.found.isVisible()
    page.drafts.opened.emit(found)
    qtbot.waitUntil(lambda: isinstance(window.page(), ClientJournalPage))


def test_a_note_about_somebody_is_begun_from_the_list(qtbot, window, desk, ingrid) -> None:
    window.open_page("journal")
    click(qtbot, window.page().new_button)
    form = dialog(qtbot, window, ClientForm)
    form.person.search.setText("Ingrid")
    form.person.search.searched.emit("Ingrid")
    form.person.matches.choose_first()
    form.person.matches.opened.emit(form.person.matches.current())
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), ClientJournalPage))
    assert window.page().pane.is_writing


def test_the_pages_have_names_for_everything_and_no_words_in_their_place(
    qtbot, window, desk, ingrid
) -> None:
    ref = signed(desk, ingrid)
    for key, shown in (("journal", {}), ("client_journal", {"subject_ref": ingrid})):
        window.open_page(key, **shown)
        assert nameless(window.page()) == []
    window.open_page("client_journal", subject_ref=ingrid, note_ref=ref)
    qtbot.waitUntil(lambda: window.page().pane.reading.text.toPlainText() == SAID)
    place = place_in(window)
    assert place is not None
    assert SAID not in place.written()
    assert "Ingrid" not in place.written()
