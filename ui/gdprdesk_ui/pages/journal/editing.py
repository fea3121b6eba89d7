"""What is being written: kept, sealed, while one writes, and when the register is locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import NoteKind
from gdprdesk.services.journal_writing import add_to_note, correct_note, write_note
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper

KEPT_AFTER_MS = 10_000


@dataclass(repr=False)
class Writing:
    """A draft that is being written.

    Attributes:
        subject_ref: In whose journal.
        ref: The draft; nothing until it is kept for the first time.
        kind: A note, or what is added to a signed one or corrects it.
        about: The signed entry it is about.
        booking_ref: The booking a new note belongs to.
    """

    subject_ref: SubjectRef
    ref: RecordRef | None = None
    kind: NoteKind = NoteKind.NOTE
    about: RecordRef | None = None
    booking_ref: RecordRef | None = None

    def keep(self, desk: Desk, text: str, happened_on: date | None, minutes: int | None) -> None:
        """Keep what was written so far, sealed. Called on the worker thread, one after another."""
        if self.ref is None and self.about is not None:
            begin = correct_note if self.kind is NoteKind.CORRECTION else add_to_note
            self.ref = desk.run(begin, ref=self.about, text=text, sign=False)
            return
        self.ref = desk.run(
            write_note,
            subject_ref=self.subject_ref,
            text=text,
            ref=self.ref,
            happened_on=happened_on,
            minutes=minutes,
            booking_ref=self.booking_ref,
        )


class NoteKeeper(DraftKeeper):
    """Keeps a note a while after the last key, when it is left, and when the register is locked.

    Unlike other forms it keeps nothing beside the journal: the draft is sealed like the rest.
    """

    def __init__(
        self,
        context: PageContext,
        read: Callable[[], dict[str, Any]],
        keep: Callable[[dict[str, Any]], object],
        parent: QObject,
    ) -> None:
        super().__init__(context, "journal", read, parent)
        self._keep = keep
        self._pause.setInterval(KEPT_AFTER_MS)

    def _save(self, entered: dict[str, Any]) -> None:
        if entered:
            self._keep(entered)
