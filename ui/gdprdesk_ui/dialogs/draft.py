"""Half-filled forms are kept in the register, so that locking loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from gdprdesk.domain.base import SubjectRef
from gdprdesk.services.notes import load_draft, save_draft
from gdprdesk_ui.context import PageContext

PAUSE_MS = 1_000


class DraftKeeper(QObject):
    """Keeps what stands in a form, a second after the last key.

    Attributes:
        form: Which form it is.
        subject_ref: Whom it is about.

    Args:
        context: The open register.
        form: Which form it is.
        read: Returns what was entered; empty where there is nothing worth keeping.
        parent: The form.
        subject_ref: Whom the form is about; nobody for a new person.
    """

    def __init__(
        self,
        context: PageContext,
        form: str,
        read: Callable[[], dict[str, Any]],
        parent: QObject,
        *,
        subject_ref: SubjectRef | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self.form, self._read = context, form, read
        self.subject_ref = subject_ref
        self._is_kept = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def follow(self, subject_ref: SubjectRef | None) -> dict[str, Any]:
        """Turn to the form of another person and return what was entered there."""
        self.hurry()
        self.subject_ref = subject_ref
        entered = self._context.desk.ask(load_draft, form=self.form, subject_ref=subject_ref)
        self._is_kept = bool(entered)
        return entered

    def touch(self) -> None:
        """Keep what is entered soon: something was typed."""
        self._pause.start()

    def hurry(self) -> None:
        """Keep now what would be kept soon: the register is about to be locked."""
        if self._pause.isActive():
            self.keep()

    def keep(self) -> None:
        """Keep what is entered now."""
        self._pause.stop()
        self._save(self._read())

    def forget(self) -> None:
        """Forget what was entered: it was saved, or is not wanted."""
        self._pause.stop()
        self._save({})

    def _save(self, entered: dict[str, Any]) -> None:
        if self._context.desk.seen_as is not None or not (entered or self._is_kept):
            return  # while the register is only looked at, nothing is kept
        self._is_kept = bool(entered)
        form, subject_ref, desk = self.form, self.subject_ref, self._context.desk
        self._context.perform(
            lambda _progress: desk.run(
                save_draft, form=form, entered=entered, subject_ref=subject_ref
            )
        )
