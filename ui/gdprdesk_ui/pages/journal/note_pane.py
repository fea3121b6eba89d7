"""One entry of a journal: to be read, or to be written."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedLayout, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.terms import NoteKind, say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.journal_files import JournalFileRow
from gdprdesk.services.journal_reading import OpenNote
from gdprdesk.services.journal_templates import TemplateRow
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Card,
    Choice,
    DateField,
    EmptyState,
    FormField,
    GuardedArea,
    Icon,
    Label,
    Line,
    ListRow,
    clear,
    column,
    holder,
    row,
)


class FileList(QWidget):
    """The files that belong to an entry.

    Signals:
        wanted: A file is to be saved outside the register; its row.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._box = column(spacing=4)
        self.setLayout(self._box)

    def show_files(self, files: tuple[JournalFileRow, ...]) -> None:
        """Show these."""
        clear(self._box)
        for one in files:
            button = Button(_("Save as…"), "link")
            button.clicked.connect(lambda _on=False, file=one: self.wanted.emit(file))
            size = _("{size} KB").format(size=-(-one.size // 1000))
            self._box.addWidget(ListRow("paperclip", one.file_name, size, button))
        self.setVisible(bool(files))


class ReadPane(QWidget):
    """A signed entry, or somebody else's draft: to be read, copied with care, and added to.

    Attributes:
        correct_button: Writes what is right instead.
        add_button: Adds something.
        sign_button: Signs somebody else's draft.
        text: What it says.
        files: What belongs to it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.correct_button = Button(_("Correct…"), icon_name="pencil")
        self.add_button = Button(_("Add…"), icon_name="plus")
        self.sign_button = Button(_("Sign"), icon_name="signature")
        self._title, self._detail = Label("", "title"), Label("", "small", "muted", wrap=True)
        self._corrected = Banner(
            "warn",
            _("This entry has been corrected"),
            _("The correction stands under it in the list. What was written stays to be read."),
        )
        self.text = GuardedArea(lines=14)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Note"))
        self.files = FileList()
        head = row(
            holder(column(self._title, self._detail, spacing=2)),
            None,
            self.add_button,
            self.correct_button,
            self.sign_button,
        )
        box = column(head, Line(), self._corrected, self.text, self.files, spacing=12)
        box.setStretch(3, 1)
        self.setLayout(box)

    def show_note(self, note: OpenNote, *, may_write: bool, today: date) -> None:
        """Show an entry.

        Args:
            note: The entry, opened.
            may_write: Whether whoever reads it may write in the journal.
            today: The day it is.
        """
        one = note.row
        self._title.setText(title_of(one.kind, one.happened_on, today))
        said = [length_of(one.minutes), one.booking and _("Booking {number}").format(
            number=one.booking)]  # fmt: skip
        said.append(
            _("signed by {name}").format(name=one.signer)
            if one.is_signed
            else _("written by {name}, not signed").format(name=one.author)
        )
        self._detail.setText("  \N{MIDDLE DOT}  ".join(part for part in said if part))
        self._corrected.setVisible(one.corrected)
        self.text.setPlainText(note.text)
        self.files.show_files(note.files)
        for button in (self.correct_button, self.add_button):
            button.setVisible(may_write and one.is_signed)
        self.sign_button.setVisible(may_write and not one.is_signed)


class WritePane(QWidget):
    """A draft of one's own.

    Attributes:
        day: The day of the visit.
        minutes: How long it took.
        template: What to begin with.
        text: What is written.
        sign_button: Locks it.
        discard_button: Throws it away.
        file_button: Adds a picture, a recording or a paper.
        saved: Says when it was last kept.

    Signals:
        typed: Something was changed.
    """

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.day, self.minutes = DateField(), QLineEdit()
        self.minutes.setAccessibleName(_("Minutes"))
        self.text = GuardedArea(_("What the client told, and what you did"), lines=14)
        self.text.setAccessibleName(_("Note"))
        self.template: Choice[str] = Choice([("", _("Template…"))])
        self.template.setAccessibleName(_("Template"))
        self.sign_button = Button(_("Sign"), "primary", "signature")
        self.file_button = Button(_("Add a file…"), "link", "paperclip")
        self.discard_button = Button(_("Throw away"), "link", "trash-2")
        self.saved, self._title = Label("", "small", "muted"), Label("", "title")
        self.files = FileList()
        self._texts: dict[str, str] = {}
        self._when = holder(
            row(
                FormField(_("Day"), self.day, check=self.day.problem),
                FormField(_("Minutes"), self.minutes, check=self._minutes_problem, optional=True),
                None,
                spacing=12,
            )
        )
        self._build()
        self.text.textChanged.connect(self.typed)
        self.day.changed.connect(self.typed)
        self.minutes.textEdited.connect(self.typed)
        self.template.picked.connect(self._begin_with)

    def _build(self) -> None:
        advice = Label(
            _("Do not write identity numbers or the names of others here."),
            "small",
            "muted",
            wrap=True,
        )
        self.minutes.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head = row(self._title, None, self.saved, self.template, self.sign_button, spacing=10)
        foot = row(Icon("info", "muted"), advice, None, self.file_button, self.discard_button)
        box = column(head, Line(), self._when, self.text, self.files, Line(), foot, spacing=10)
        box.setStretch(3, 1)
        self.setLayout(box)

    def begin(
        self,
        kind: NoteKind,
        day: date,
        today: date,
        *,
        text: str = "",
        minutes: int | None = None,
        files: tuple[JournalFileRow, ...] = (),
    ) -> None:
        """Show what is to be gone on with, or an empty entry."""
        known = self.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
        self._title.setText(title_of(kind, day, today))
        self.day.set_day(day)
        self.minutes.setText(str(minutes) if minutes else "")
        self.text.setPlainText(text)
        self.files.show_files(files)
        self._when.setVisible(kind is NoteKind.NOTE)
        self.template.setVisible(kind is NoteKind.NOTE)
        self.saved.setText("")
        self.blockSignals(known)

    def offer(self, templates: tuple[TemplateRow, ...]) -> None:
        """Offer these to begin with."""
        self._texts = {one.ref: one.text for one in templates}
        self.template.clear()
        for value, words in [("", _("Template…")), *((one.ref, one.name) for one in templates)]:
            self.template.addItem(words, value)

    def entered(self) -> dict[str, Any]:
        """Return what was written; empty where there is nothing worth keeping."""
        text = self.text.toPlainText()
        if not text.strip():
            return {}
        return {"text": text, "happened_on": self.day.day(), "minutes": self._minutes()}

    def is_right(self) -> bool:
        """Whether it can be signed as it is."""
        fields = [self.day.problem(), self._minutes_problem()]
        return not any(fields)

    def _minutes(self) -> int | None:
        said = self.minutes.text().strip()
        return int(said) if said.isdecimal() and len(said) < 5 else None  # noqa: PLR2004

    def _minutes_problem(self) -> str | None:
        said = self.minutes.text().strip()
        if said and self._minutes() is None:
            return _("Write how many minutes it took, such as 50.")
        return None

    def _begin_with(self, ref: RecordRef) -> None:
        words = self._texts.get(ref, "")
        if words:
            before = self.text.toPlainText().rstrip()
            self.text.setPlainText(f"{before}\n\n{words}" if before else words)
            self.text.setFocus()
        self.template.setCurrentIndex(0)


class NotePane(Card):
    """The middle of the page: nothing, an entry to read, or one to write.

    Attributes:
        reading: An entry to be read.
        writing: An entry to be written.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reading, self.writing = ReadPane(), WritePane()
        self._nothing = EmptyState(
            "notebook-pen",
            _("Choose an entry"),
            _("It is opened when you choose it, and that you read it is written down first."),
        )
        self._stack = QStackedLayout()
        self.add(self._stack)  # first, or the pane shown would be a window of its own
        for pane in (self._nothing, self.reading, self.writing):
            self._stack.addWidget(pane)

    def show_nothing(self) -> None:
        """Close what was open; nothing of it stays on the page."""
        self.reading.text.setPlainText("")
        self.writing.begin(NoteKind.NOTE, date.min.replace(year=2000), date.min.replace(year=2000))
        self._stack.setCurrentWidget(self._nothing)

    def show_reading(self) -> None:
        """Show what is to be read."""
        self._stack.setCurrentWidget(self.reading)

    def show_writing(self) -> None:
        """Show what is to be written."""
        self._stack.setCurrentWidget(self.writing)

    @property
    def is_writing(self) -> bool:
        """Whether something is being written."""
        return self._stack.currentWidget() is self.writing


def title_of(kind: NoteKind, day: date, today: date) -> str:
    """Return what an entry is called: the day, and what it is if it is about another."""
    said = format_day(day, short=True, today=today)
    if kind is NoteKind.NOTE:
        return said
    return _("{what} {day}").format(what=say(kind), day=said)


def length_of(minutes: int | None) -> str:
    """Return how long a visit took."""
    if not minutes:
        return ""
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
