"""A sample of the log as whoever checks it sees it, and the checks that were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry, LogSample
from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, ReadHint, SubjectState, Verdict
from gdprdesk.i18n import _
from gdprdesk.services.finding import staff_of
from gdprdesk.services.log_sample import find_sample, lines_of_month, still_there
from gdprdesk.services.read_hints import Hints
from gdprdesk.services.read_log import ReadingRow, rows_of_lines
from gdprdesk.services.registry import query
from gdprdesk.services.staff_names import staff_name


@dataclass(frozen=True, repr=False)
class SampleLine:
    """A reading that was picked.

    Attributes:
        whom: Whom it is about, by name.
        hints: What is worth a closer look.
        verdict: What was thought of it; nothing while it is not judged.
        words: What was written about it.
    """

    reading: ReadingRow
    whom: str
    hints: tuple[ReadHint, ...]
    verdict: Verdict | None
    words: str


@dataclass(frozen=True, repr=False)
class SampleView:
    """A check of the log.

    Attributes:
        month: The first day of the month.
        readings: How many readings there were in it.
        lines: Those that were picked, the earliest first.
        only_own: Whoever looks at it is the only one who has read: somebody else should check.
        signed_by: Who has signed it; empty while nobody has.
    """

    ref: EditionRef
    month: date
    readings: int
    lines: tuple[SampleLine, ...]
    only_own: bool
    conclusion: str
    signed_by: str
    signed_at: datetime | None

    @property
    def numbers(self) -> list[int]:
        """The numbers of the lines that were picked."""
        return [one.reading.line for one in self.lines]

    @property
    def left(self) -> int:
        """How many are not judged yet."""
        return sum(one.verdict is None for one in self.lines)

    @property
    def not_right(self) -> tuple[SampleLine, ...]:
        """The readings that were found not to be right: it may be a breach, Article 33."""
        return tuple(one for one in self.lines if one.verdict is Verdict.NOT_OK)


@query("sample.show", needs=Permission.STAFF)
def show_sample(read: Session, *, sample_ref: EditionRef) -> SampleView:
    """Return a check of the log: who read what about whom, and what was thought of it."""
    return _view(read, find_sample(read, sample_ref))


@query("sample.list", needs=Permission.STAFF)
def list_samples(read: Session) -> tuple[SampleView, ...]:
    """Return the checks of the log that were begun or made, the latest month first."""
    samples = read.scalars(select(LogSample).order_by(LogSample.month.desc()))
    return tuple(_view(read, one) for one in samples)


def _view(read: Session, sample: LogSample) -> SampleView:
    hints, lines = Hints(read), still_there(read, sample)
    rows = zip(lines, rows_of_lines(read, lines), strict=True)
    month = lines_of_month(read, sample.month)
    return SampleView(
        ref=sample.ref,
        month=sample.month,
        readings=len(month),
        lines=tuple(_line(sample, hints, line, row) for line, row in rows),
        only_own={one.staff for one in month} == {staff_of(read)},
        conclusion=sample.conclusion,
        signed_by=staff_name(read, sample.signed_by) if sample.signed_at else "",
        signed_at=datetime.fromisoformat(sample.signed_at) if sample.signed_at else None,
    )


def _line(sample: LogSample, hints: Hints, line: AuditEntry, row: ReadingRow) -> SampleLine:
    said = sample.findings.get(str(line.id))
    names = [_name(one) for one in hints.people(line)]
    return SampleLine(
        reading=row,
        whom=", ".join(names) or _("somebody who was erased"),
        hints=hints.of(line),
        verdict=Verdict(said["verdict"]) if said else None,
        words=said["words"] if said else "",
    )


def _name(subject: DataSubject) -> str:
    if subject.state is SubjectState.ACTIVE:
        return subject.name
    return _("somebody who was erased")
