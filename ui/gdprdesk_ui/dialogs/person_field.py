"""Whom something is about, as a field of a form whose draft is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import SubjectRow, list_subjects
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.person_picker import PersonPicker

_ENOUGH = 50


class PersonField(PersonPicker):
    """Chooses a person, and is read and filled like the other controls of a form.

    Signals:
        changed: Somebody was chosen, or the choice taken back.
    """

    changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.picked.connect(lambda _row: self.changed.emit())

    def entered(self) -> str:
        """Return the ref of whoever is chosen; empty if nobody is."""
        return self.ref or ""

    def show_entered(self, value: str) -> None:
        """Choose the person with this ref, if she is still in the register."""
        row = self._row_of(SubjectRef(value)) if value else None
        if row is not None:
            self.choose(row)

    def _row_of(self, ref: SubjectRef) -> SubjectRow | None:
        desk = self._context.desk
        try:
            name = desk.ask(show_subject, subject_ref=ref).name
        except NotFoundError:
            return None
        rows = desk.ask(list_subjects, search=name, limit=_ENOUGH).rows
        return next((row for row in rows if row.ref == ref), None)
