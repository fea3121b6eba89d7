"""The journal of one client: its entries, one of them open, and who can read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QTime
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import NoteKind, Permission, ReadReason, say
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.journal import NoteRow, list_notes
from gdprdesk.services.journal_files import JournalFileRow, add_file, export_journal_file
from gdprdesk.services.journal_overview import list_journal_events, list_readers, name_in_journal
from gdprdesk.services.journal_reading import OpenNote, read_note
from gdprdesk.services.journal_templates import list_templates
from gdprdesk.services.journal_writing import discard_draft, sign_note
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.read_log_form import show_read_log
from gdprdesk_ui.dialogs.save_guarded import save_guarded, saving_of_file
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.pages.journal.editing import NoteKeeper, Writing
from gdprdesk_ui.pages.journal.note_pane import NotePane, title_of
from gdprdesk_ui.pages.journal.side import SideCard
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import (
    Button,
    Card,
    Choice,
    EntryList,
    Label,
    PageHeading,
    Pill,
    column,
    holder,
    row,
)

_FILES = ("jpg", "jpeg", "png", "webp", "pdf", "mp3", "m4a", "wav", "ogg", "flac")


class ClientJournalPage(Page):
    """A journal. An entry is opened when it is chosen, after the log says so.

    Attributes:
        new_button: Begins a new entry.
        list: The entries, the latest day first, what is about one under it.
        reason: Why it is read; kept in the log.
        pane: The entry that is open.
        side: Who can read the journal, and who has.
    """

    scrolls: ClassVar[bool] = False
    changed_kinds = frozenset({JournalNote, JournalFile, DataSubject, AuditEntry})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: SubjectRef | None = None
        self._rows: dict[RecordRef, NoteRow] = {}
        self._open: NoteRow | None = None
        self._writing: Writing | None = None
        self._wanted: RecordRef | None = None
        self._begins: Writing | None = None
        self._may_write = Permission.JOURNAL_WRITE in context.desk.permissions
        self.back_button = Button(_("Journal"), "link", "arrow-left", on_click=self._back)
        self.person_button = Button(_("To the person"), icon_name="user", on_click=self._person)
        self.new_button = Button(_("New note"), "primary", "notebook-pen", on_click=self._new)
        if not self._may_write:
            self.new_button.hide()
        self.heading = PageHeading("", "", [self.person_button, self.new_button], person=" ")
        self.list, self.pane, self.side = EntryList(_("Entries"), "rows"), NotePane(), SideCard()
        self.reason: Choice[ReadReason] = Choice([(one, say(one)) for one in ReadReason])
        self.reason.setAccessibleName(_("Why you read it"))
        self._pill = row(spacing=0)
        self._keeper = NoteKeeper(context, self.pane.writing.entered, self._keep, self)
        self._connect()
        self._build()

    def _connect(self) -> None:
        self.list.opened.connect(lambda entry: self._choose(entry.key))
        reading, writing = self.pane.reading, self.pane.writing
        reading.correct_button.clicked.connect(partial(self._write_about, NoteKind.CORRECTION))
        reading.add_button.clicked.connect(partial(self._write_about, NoteKind.ADDENDUM))
        reading.sign_button.clicked.connect(self._sign_other)
        reading.files.wanted.connect(self._save_file)
        writing.files.wanted.connect(self._save_file)
        writing.typed.connect(self._keeper.touch)
        writing.sign_button.clicked.connect(self._sign)
        writing.discard_button.clicked.connect(self._discard)
        writing.file_button.clicked.connect(self._add_file)
        self.side.log_button.clicked.connect(self._show_log)

    def _build(self) -> None:
        why = column(Label(_("Why you read it"), "small", "muted"), self.reason, spacing=4)
        self._entries = Card(
            row(Label(_("Journal"), "card"), holder(self._pill), None), self.list, holder(why)
        )
        self._entries.box.setStretch(1, 1)
        panes = row(self._entries, self.pane, self.side, spacing=16)
        for number, share in enumerate((3, 7, 3)):
            panes.setStretch(number, share)
        box = column(
            row(self.back_button, None), self.heading, panes, spacing=10, margins=(28, 16, 28, 20)
        )
        box.setStretch(2, 1)
        self.setLayout(box)
        self.context.leave_out(Permission.REGISTER, self.side.log_button)

    def arrive(
        self,
        *,
        subject_ref: SubjectRef,
        note_ref: RecordRef | None = None,
        booking_ref: RecordRef | None = None,
        new: bool = False,
    ) -> None:
        """Show a journal, an entry of it, or begin a new one.

        Args:
            subject_ref: Whose journal.
            note_ref: The entry to open.
            booking_ref: The booking a new entry is about.
            new: Whether to begin one.
        """
        if subject_ref != self._ref or note_ref or new or booking_ref:
            self._leave()
            self._open = self._writing = None
            self.pane.show_nothing()
        self._ref, self._wanted = subject_ref, note_ref
        begins = Writing(subject_ref, booking_ref=booking_ref)
        self._begins = begins if (new or booking_ref) and self._may_write else None

    def refresh(self) -> None:
        assert self._ref is not None  # noqa: S101  (a person is given on arrival)
        desk = self.context.desk
        rows = desk.ask(list_notes, subject_ref=self._ref)
        self._rows = {one.ref: one for one in rows}
        readers = desk.ask(list_readers)
        name = desk.ask(name_in_journal, subject_ref=self._ref)
        self.heading.set_words(name, _count(len(rows)))
        self.heading.avatar.set_name(name)
        self._show_rows(rows)
        self._show_pill(sum(one.can_read for one in readers))
        self.side.show_readers(readers)
        self.side.show_events(desk.ask(list_journal_events, subject_ref=self._ref, limit=12))
        self.pane.writing.offer(desk.ask(list_templates) if self._may_write else ())
        wanted, self._wanted = self._wanted, None
        begins, self._begins = self._begins, None
        if begins is not None:
            self._begin(begins)
        elif wanted is not None and wanted in self._rows:
            self._choose(self._rows[wanted])

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.NEW: self._new} if self._may_write else {}

    def first_focus(self) -> QWidget | None:
        return self.pane.writing.text if self.pane.is_writing else self.list

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        self.side.setVisible(breadth is Breadth.FULL)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was written, and close what was open: it is not left standing behind."""
        self._leave()
        self._open = self._writing = None
        self.pane.show_nothing()
        super().hideEvent(event)

    def _show_rows(self, rows: tuple[NoteRow, ...]) -> None:
        under: dict[RecordRef, list[NoteRow]] = {}
        for one in reversed(rows):
            if one.about is not None and one.about in self._rows:
                under.setdefault(one.about, []).append(one)
        entries: list[Entry] = []
        for one in rows:
            if one.about not in self._rows:
                entries += [self._entry(one), *map(self._entry, under.get(one.ref, ()))]
        self.list.show_sections([Section("", tuple(entries))])

    def _entry(self, one: NoteRow) -> Entry:
        pill: tuple[str, Tone] = (_("Draft"), "warn")
        if one.is_signed:
            pill = (_("Corrected"), "info") if one.corrected else (_("Note signed"), "neutral")
        title = title_of(one.kind, one.happened_on, self.context.today)
        icon = None if one.kind is NoteKind.NOTE else "arrow-up"
        return Entry(title, one.author, icon=icon, pill=pill, key=one)

    def _show_pill(self, readers: int) -> None:
        while self._pill.count():
            item = self._pill.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        said = _("Only you") if readers < 2 else _("{count} can read").format(count=readers)  # noqa: PLR2004
        self._pill.addWidget(Pill(said, "accent", "lock"))

    def _choose(self, one: NoteRow) -> None:
        """Open an entry: the line in the log comes first."""
        if self._writing is not None and self._writing.ref == one.ref:
            return
        self._leave()
        desk, ref, reason = self.context.desk, one.ref, self.reason.value()
        self.context.perform(
            lambda _progress: desk.read(read_note, ref=ref, reason=reason),
            self._show,
            doing=_("Opening …"),
        )

    def _show(self, note: OpenNote) -> None:
        if note.row.subject_ref != self._ref or not self.isVisible():
            return
        self._open = one = note.row
        if self._may_write and not one.is_signed and one.written_by == self.context.desk.staff:
            self._writing = Writing(one.subject_ref, one.ref, one.kind, one.about)
            self.pane.writing.begin(
                one.kind,
                one.happened_on,
                self.context.today,
                text=note.text,
                minutes=one.minutes,
                files=note.files,
            )
            self.pane.show_writing()
            return
        self._writing = None
        self.pane.reading.show_note(note, may_write=self._may_write, today=self.context.today)
        self.pane.show_reading()

    def _new(self) -> None:
        assert self._ref is not None  # noqa: S101  (a person is given on arrival)
        self._leave()
        self._begin(Writing(self._ref))

    def _begin(self, writing: Writing) -> None:
        self._writing, self._open = writing, None
        self.pane.writing.begin(writing.kind, self.context.today, self.context.today)
        self.pane.show_writing()
        self.pane.writing.text.setFocus()

    def _write_about(self, kind: NoteKind, _checked: bool = False) -> None:
        one = self._open
        if one is not None:
            self._begin(Writing(one.subject_ref, kind=kind, about=one.ref))

    def _keep(self, entered: dict[str, Any]) -> None:
        """Keep what is written now, sealed."""
        writing, desk = self._writing, self.context.desk
        if writing is None or not self.pane.writing.is_right():
            return
        self.context.perform(
            lambda _progress: writing.keep(desk, **entered), lambda _kept: self._kept(writing)
        )

    def _kept(self, writing: Writing) -> None:
        if writing is self._writing:
            at = QTime.currentTime().toString("HH:mm")
            self.pane.writing.saved.setText(_("Saved {time}").format(time=at))

    def _leave(self) -> None:
        """Keep what was begun before something else is shown."""
        if self.pane.is_writing and self._writing is not None:
            self._keeper.hurry()
            self._writing = None

    def _sign(self) -> None:
        writing, desk, pane = self._writing, self.context.desk, self.pane.writing
        entered = pane.entered()
        if writing is None or not entered:
            pane.text.setFocus()
            return
        if not pane.is_right():
            pane.minutes.setFocus()
            return

        def sign() -> RecordRef:
            writing.keep(desk, **entered)
            assert writing.ref is not None  # noqa: S101  (it has just been kept)
            desk.run(sign_note, ref=writing.ref)
            return writing.ref

        self.context.perform(
            lambda _progress: sign(), self._signed, doing=_("Signing …"), button=pane.sign_button
        )

    def _signed(self, ref: RecordRef) -> None:
        self._writing = None
        self.context.toast(_("The note is signed"))
        if ref in self._rows:
            self._choose(self._rows[ref])
        else:
            self.pane.show_nothing()

    def _sign_other(self) -> None:
        one, desk = self._open, self.context.desk
        if one is not None:
            self.context.perform(
                lambda _progress: desk.run(sign_note, ref=one.ref),
                lambda _done: self._signed(one.ref),
                button=self.pane.reading.sign_button,
            )

    def _discard(self) -> None:
        writing, desk = self._writing, self.context.desk
        if writing is None:
            return
        self._writing = None
        self.pane.show_nothing()
        ref = writing.ref
        if ref is not None:
            self.context.perform(
                lambda _progress: desk.run(discard_draft, ref=ref),
                lambda _done: self.context.toast(_("The draft is thrown away"), undoable=True),
            )

    def _add_file(self) -> None:
        writing, desk = self._writing, self.context.desk
        entered = self.pane.writing.entered()
        if writing is None or not entered:
            self.pane.writing.text.setFocus()
            return
        path = ask.choose_file_to_open(
            self.context.window, _("Add a file"), [(_("Pictures, recordings, PDF"), [*_FILES])]
        )
        if path is None:
            return

        def add() -> RecordRef:
            writing.keep(desk, **entered)
            assert writing.ref is not None  # noqa: S101  (it has just been kept)
            desk.run(add_file, subject_ref=writing.subject_ref, path=path, note_ref=writing.ref)
            return writing.ref

        self._writing = None
        self.context.perform(lambda _progress: add(), self._choose_ref, doing=_("Sealing …"))

    def _choose_ref(self, ref: RecordRef) -> None:
        if ref in self._rows:
            self._choose(self._rows[ref])

    def _save_file(self, file: JournalFileRow) -> None:
        desk, reason = self.context.desk, self.reason.value()

        def write(to: Path, _kind: str) -> ExportReceipt:
            return desk.read(
                export_journal_file, ref=file.ref, to=to, reason=reason, overwrite=True
            )

        title = _("Save a copy")
        save_guarded(
            self.context, saving_of_file(title, file.file_name, export_journal_file, write)
        )

    def _back(self) -> None:
        self.context.open_page("journal")

    def _show_log(self) -> None:
        if self._ref is not None:
            name = self.context.desk.ask(name_in_journal, subject_ref=self._ref)
            show_read_log(self.context, self._ref, name)

    def _person(self) -> None:
        self.context.open_page("person", subject_ref=self._ref)


def _count(entries: int) -> str:
    return ngettext("{count} entry", "{count} entries", entries).format(count=entries)
