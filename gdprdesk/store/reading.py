"""Reading what is guarded: first the line in the log, then the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, SealedBytes, SealedValue
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ReadReason
from gdprdesk.store.unit_of_work import UnitOfWork

Wanted = tuple[PersonalRecord, str]
"""A record, and which of its sealed columns is to be read."""


class Reading:
    """One reading, which leaves one line in the log before anything is shown.

    Attributes:
        session: Answers questions, as for a query.
        logged: Whether the line is in the log, so that something may be shown.
    """

    def __init__(self, work: UnitOfWork, name: str) -> None:
        self._work, self._name = work, name
        self.session: Session = work.session
        self.logged = False

    def reveal(
        self,
        wanted: Sequence[Wanted],
        *,
        of: Iterable[DataSubject],
        reason: ReadReason | None = None,
    ) -> list[str | bytes]:
        """Write in the log who reads what about whom, keep that, and only then open it.

        Args:
            wanted: What is to be read, all at once: a reading is one line.
            of: Whom it is about, also where nothing is found.
            reason: Why.

        Returns:
            What each says, in the order asked for: text, or the bytes of a file.

        Raises:
            DomainError: It may not be read, or the line cannot be kept: nothing is shown.
        """
        if self.logged:
            raise RuntimeError("a reading is one line in the log")
        for subject in of:
            self._work.mention(subject.ref)
        for record, _column in wanted:
            self._work.mention(record.ref)
        self._work.commit(self._name, reason=reason, of_restricted=True)
        self.logged = True
        return [self._open(record, column) for record, column in wanted]

    def _open(self, record: PersonalRecord, column: str) -> str | bytes:
        column_type = inspect(type(record)).columns[column].type
        if not isinstance(column_type, SealedValue):
            raise TypeError(f"{column} is not sealed")
        subject = self.session.get_one(DataSubject, record.subject_id)
        opened = self._work.sealer.open(subject, column_type.area, getattr(record, column))
        return opened if isinstance(column_type, SealedBytes) else opened.decode()
