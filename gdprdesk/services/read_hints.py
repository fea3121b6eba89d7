"""What is worth a closer look in a reading: at night, of a relative, of a colleague, without visit.

A hint proves nothing; it only makes it likelier that somebody asks.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.names import parts_of
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ReadHint
from gdprdesk.services.staff_names import staff_name
from gdprdesk.store.hiding import hiding

_NIGHT_BEGINS, _NIGHT_ENDS = 22, 6
_NEAR = timedelta(days=14)


class Hints:
    """Looks at readings; what it asks of the register again and again it remembers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people: dict[str, DataSubject | None] = {}
        self._days: dict[int, frozenset[date]] = {}
        with hiding(session, ()):  # that somebody works here is a hint also to whoever lists none
            staff = session.scalars(select(StaffMember.subject_id))
            self._staff = {one for one in staff if one is not None}

    def of(self, line: AuditEntry) -> tuple[ReadHint, ...]:
        """Return what is worth a closer look in a reading."""
        at, people = datetime.fromisoformat(line.at).astimezone(), self.people(line)
        family = parts_of(staff_name(self._session, line.staff)).family
        found = {
            ReadHint.NIGHT: at.hour >= _NIGHT_BEGINS or at.hour < _NIGHT_ENDS,
            ReadHint.FAMILY_NAME: bool(family)
            and any(parts_of(one.name).family == family for one in people),
            ReadHint.STAFF: any(one.id in self._staff for one in people),
            ReadHint.NO_VISIT: any(not self._visits(one, at.date()) for one in people),
        }
        return tuple(hint for hint, is_so in found.items() if is_so)

    def people(self, line: AuditEntry) -> list[DataSubject]:
        """Return whom a line is about, of those who are still in the register."""
        refs: list[str] = json.loads(line.refs)
        if unknown := [ref for ref in refs if ref not in self._people]:
            asked = select(DataSubject).where(DataSubject.ref.in_(unknown))
            known = {str(one.ref): one for one in self._session.scalars(asked)}
            self._people |= {ref: known.get(ref) for ref in unknown}
        return [one for ref in refs if (one := self._people[ref]) is not None]

    def _visits(self, subject: DataSubject, day: date) -> bool:
        """Return whether she was here, or was to be, near a day."""
        if subject.id not in self._days:
            booked = select(Booking.wanted_on, Booking.recorded_on)
            seen = select(JournalNote.happened_on, JournalNote.recorded_on)
            with hiding(self._session, ()):
                found = [
                    *self._session.execute(booked.where(Booking.subject_id == subject.id)),
                    *self._session.execute(seen.where(JournalNote.subject_id == subject.id)),
                ]
            self._days[subject.id] = frozenset(one or other for one, other in found)
        return any(abs(one - day) <= _NEAR for one in self._days[subject.id])
