"""Who has read what about a person, as the log tells it: patientdatalagen (2008:355) chapter 8:5.

The log knows a person by her ref alone, so it also answers for somebody who has been erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Permission, ReadReason, say
from gdprdesk.i18n import _, format_moment
from gdprdesk.services.finding import controller_of
from gdprdesk.services.log_findings import action_label
from gdprdesk.services.registry import READINGS, query
from gdprdesk.services.staff_names import staff_name, staff_title

EXTRACT = "export.read_log"
"""The extract is in the log as well, but shows nothing of what is kept about her."""

_OF_THE_LOG = (EXTRACT, "export.audit")


@dataclass(frozen=True, repr=False)
class ReadingRow:
    """That somebody read what is guarded about a person, or took a copy of it out.

    Attributes:
        line: The number of the line in the log.
        at: When.
        who: What whoever did it is called.
        role: What she is here.
        unit: At which business.
        what: What was done, in the language spoken.
        reason: Why, if that was asked.
    """

    line: int
    at: datetime
    who: str
    role: str
    unit: str
    what: str
    reason: ReadReason | None

    @property
    def why(self) -> str:
        """Why, in the language spoken; empty if that was not asked."""
        return say(self.reason) if self.reason else ""


@query("log.readings", needs=Permission.REGISTER)
def list_readings(read: Session, *, subject_ref: SubjectRef) -> tuple[ReadingRow, ...]:
    """Return every reading of what is guarded about a person, and every copy, the latest first.

    Args:
        read: The open register.
        subject_ref: Who; also somebody who has been erased.
    """
    return readings_of(read, subject_ref)


def readings_of(read: Session, subject_ref: SubjectRef) -> tuple[ReadingRow, ...]:
    """Return who has read what about a person, in the language spoken, the latest first."""
    copied = AuditEntry.action.startswith("export.") & AuditEntry.action.not_in(_OF_THE_LOG)
    is_one = or_(AuditEntry.action.in_(READINGS), copied)
    named = AuditEntry.refs.contains(f'"{subject_ref}"', autoescape=True)
    found = read.scalars(select(AuditEntry).where(is_one, named).order_by(AuditEntry.id.desc()))
    return tuple(rows_of_lines(read, found))


def rows_of_lines(read: Session, lines: Iterable[AuditEntry]) -> Iterator[ReadingRow]:
    """Walk lines of the log as they are told."""
    return map(_Names(read).row, lines)


def say_reading(row: ReadingRow, *, with_name: bool) -> str:
    """Return one reading as a line of a letter."""
    parts = (format_moment(row.at), row.unit, row.role, row.who if with_name else "", row.what)
    return ", ".join(part for part in (*parts, row.why) if part)


class _Names:
    """Says who did something, and asks the register only once for each."""

    def __init__(self, read: Session) -> None:
        self._read, self._unit = read, controller_of(read).name
        self._known: dict[str, tuple[str, str]] = {}

    def row(self, line: AuditEntry) -> ReadingRow:
        if line.staff not in self._known:
            said = (staff_name(self._read, line.staff), staff_title(self._read, line.staff))
            self._known[line.staff] = said
        who, role = self._known[line.staff]
        is_copy = line.action not in READINGS or line.action.startswith("export.")
        what = _("Saved to a file") if is_copy else action_label(line.action)
        at = datetime.fromisoformat(line.at)
        return ReadingRow(line.id, at, who, role, self._unit, what, line.reason)
