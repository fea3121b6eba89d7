"""Reading what is guarded: first the line in the log, then the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, RecordRef, Sealed, SealedBytes, SealedValue
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area, ReadReason
from gdprdesk.store.unit_of_work import UnitOfWork

Wanted = tuple[PersonalRecord, str]
"""A record, and which of its sealed columns is to be read."""


class Reading:
    """One reading, which leaves one line in the log before anything is shown.

    Attributes:
        session: Answers questions, as for a query.
        logged: Whether the line is in the log, so that something may be shown.
        handing: What was chosen for the file that this reading writes, if it writes one.
    """

    def __init__(self, work: UnitOfWork, name: str) -> None:
        self._work, self._name = work, name
        self._told: set[tuple[str, str]] = set()
        self.session: Session = work.session
        self.logged = False
        self.handing = work.handing

    def note_file(self, name: str) -> None:
        """Let the line in the log name the file that is about to be written; see UnitOfWork."""
        self._work.note_file(name)

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
        self.announce(wanted, of=of, reason=reason)
        return [self.open(record, column) for record, column in wanted]

    def announce(
        self,
        wanted: Iterable[Wanted],
        *,
        of: Iterable[DataSubject],
        reason: ReadReason | None = None,
    ) -> None:
        """Write in the log who is about to read what, for large files that are opened in turn.

        Raises:
            DomainError: It may not be read, or the line cannot be kept.
        """
        told = {(record.ref, column) for record, column in wanted}
        self._keep_line({ref for ref, _column in told}, of, reason)
        self._told = {(str(ref), column) for ref, column in told}

    def open(self, record: PersonalRecord, column: str) -> str | bytes:
        """Return what was announced: text, or the bytes of a file.

        Raises:
            DomainError: It may not be read, or was changed outside the program.
        """
        if (record.ref, column) not in self._told:
            raise RuntimeError("what is read stands in the log first")
        column_type = inspect(type(record)).columns[column].type
        if not isinstance(column_type, SealedValue):
            raise TypeError(f"{column} is not sealed")
        subject = self.session.get_one(DataSubject, record.subject_id)
        opened = self._work.sealer.open(subject, column_type.area, getattr(record, column))
        return opened if isinstance(column_type, SealedBytes) else opened.decode()

    def search(
        self,
        sought: Select[RecordRef, int | None, Sealed],
        matches: Callable[[str], bool],
        *,
        of: Iterable[DataSubject] = (),
        most: int | None = None,
    ) -> dict[RecordRef, str]:
        """Look into texts of the journal in memory, and show those that match.

        The line in the log names whom and what is shown. What does not match was seen by the
        program only, for the blink of an eye; that all of it was looked through, the name of the
        reading says.

        Args:
            sought: Which texts: the ref, the key of the person, and the sealed text of each.
            matches: Whether a text is to be shown.
            of: Whom it is about, also where nothing is found.
            most: After so many it is enough; without it, all are looked into.

        Returns:
            What those say that match, by their refs, in the order they were asked for.

        Raises:
            DomainError: It may not be read, or the line cannot be kept: nothing is shown.
        """
        people = {one.id: one for one in self.session.scalars(_people_of(sought))}
        found: dict[RecordRef, str] = {}
        shown: dict[int, DataSubject] = {}
        for ref, number, sealed in self.session.execute(sought):
            subject = people[number or 0]
            text = self._work.sealer.open(subject, Area.JOURNAL, sealed).decode()
            if matches(text):
                found[ref], shown[subject.id] = text, subject
                if len(found) == most:
                    break
        self._keep_line(set(found), (*of, *shown.values()), None)
        return found

    def _keep_line(
        self, refs: set[RecordRef], of: Iterable[DataSubject], reason: ReadReason | None
    ) -> None:
        if self.logged:
            raise RuntimeError("a reading is one line in the log")
        for ref in (*(subject.ref for subject in of), *refs):
            self._work.mention(ref)
        self._work.commit(self._name, reason=reason, of_restricted=True)
        self.logged = True


def _people_of(sought: Select[RecordRef, int | None, Sealed]) -> Select[DataSubject]:
    keys = sought.with_only_columns(sought.selected_columns[1]).order_by(None)
    return select(DataSubject).where(DataSubject.id.in_(keys.scalar_subquery()))
