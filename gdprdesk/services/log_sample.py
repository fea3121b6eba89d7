"""The monthly look at what was read: lines picked by chance, judged, concluded and signed.

HSLF-FS 2016:40 chapter 4 section 9 asks for regular checks of the log, and that they are written
down. The months are those of UTC, as in the log.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry, LogSample, SampleFinding
from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import Permission, Verdict
from gdprdesk.i18n import N_, _, format_month, ngettext
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import today_of
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.read_hints import Hints
from gdprdesk.services.registry import READINGS, action, query
from gdprdesk.store.unit_of_work import UnitOfWork

LEAST, MOST, SHARE = 10, 50, 0.05
"""At least ten readings or a twentieth of them, and at most fifty."""

_EACH_HINT = 4  # how much likelier a reading is picked for each hint
_MONTHS = 12  # how far back a missed month is asked for


@query("sample.due", needs=Permission.STAFF)
def list_samples_due(read: Session) -> tuple[date, ...]:
    """Return the months whose readings nobody has checked and signed, the latest first.

    Only where a journal is kept, and only of the last twelve months that are over.
    """
    if not keeps_journal(read):
        return ()
    this = today_of(read).replace(day=1)
    first = this.replace(year=this.year - _MONTHS // 12)
    month = func.substr(AuditEntry.at, 1, 7)
    asked = (
        select(month)
        .where(AuditEntry.action.in_(READINGS))
        .where(month >= f"{first:%Y-%m}", month < f"{this:%Y-%m}")
        .distinct()
    )
    signed = set(read.scalars(select(LogSample.month).where(LogSample.signed_at.is_not(None))))
    months = {date.fromisoformat(f"{one}-01") for one in read.scalars(asked)}
    return tuple(sorted(months - signed, reverse=True))


@action("sample.draw", N_("Sample of the log"), undoable=False, needs=Permission.STAFF)
def draw_sample(work: UnitOfWork, *, month: date) -> EditionRef:
    """Pick readings of a month by chance, rather those with something to look at.

    Whoever asks again gets the same: nobody draws until she likes what she sees.

    Args:
        work: The transaction.
        month: Any day of it.

    Raises:
        DomainError: The month is not over, or nothing was read in it.
    """
    session, first = work.session, month.replace(day=1)
    drawn = session.scalar(select(LogSample).where(LogSample.month == first))
    if drawn is not None:
        return drawn.ref
    if first >= work.today.replace(day=1):
        raise DomainError(_("This month is not over yet. Nothing was drawn."))
    lines = lines_of_month(session, first)
    if not lines:
        raise DomainError(
            _("Nothing guarded was read in {month}, so there is nothing to check.").format(
                month=format_month(first)
            )
        )
    hints = Hints(session)
    weights = [1 + _EACH_HINT * len(hints.of(one)) for one in lines]
    picked = pick(weights, sample_size(len(lines)), random.SystemRandom())
    sample = LogSample(
        month=first, drawn_at=work.now.isoformat(), entries=[lines[one].id for one in picked]
    )
    session.add(sample)
    return sample.ref


@action("sample.judge", N_("Checked a reading"), needs=Permission.STAFF)
def judge_reading(
    work: UnitOfWork, *, sample_ref: EditionRef, line: int, verdict: Verdict, words: str = ""
) -> None:
    """Write down what you think of one reading of a sample.

    Args:
        work: The transaction.
        sample_ref: The sample.
        line: The number of the line in the log.
        verdict: What you think.
        words: Why; must be said unless all is as it should be.

    Raises:
        DomainError: It is signed, the line is not in it, or it does not say why.
    """
    sample = _find_open(work.session, sample_ref)
    if line not in sample.entries:
        raise DomainError(_("This line is not in the sample. Nothing was saved."))
    if verdict is not Verdict.OK and not is_visible(words):
        raise DomainError(_("Write what is to be asked, or what is not right. Nothing was saved."))
    said = SampleFinding(verdict=verdict.value, words=words.strip())
    sample.findings = {**sample.findings, str(line): said}


@action("sample.sign", N_("Signed the check of the log"), undoable=False, needs=Permission.STAFF)
def sign_sample(work: UnitOfWork, *, sample_ref: EditionRef, conclusion: str) -> None:
    """Conclude a check of the log and sign it; it is not changed any more.

    Args:
        work: The transaction.
        sample_ref: The sample.
        conclusion: What came of it.

    Raises:
        DomainError: It is signed already, a reading is not judged, or there is no conclusion.
    """
    sample = _find_open(work.session, sample_ref)
    left = len(still_there(work.session, sample)) - len(sample.findings)
    if left > 0:
        raise DomainError(
            ngettext(
                "{count} reading is not judged yet. Nothing was signed.",
                "{count} readings are not judged yet. Nothing was signed.",
                left,
            ).format(count=left)
        )
    if not is_visible(conclusion):
        raise DomainError(_("Write what came of the check. Nothing was signed."))
    sample.conclusion = conclusion.strip()
    sample.signed_by, sample.signed_at = work.staff, work.now.isoformat()


def find_sample(session: Session, ref: EditionRef) -> LogSample:
    """Return a sample of the log."""
    sample = session.scalar(select(LogSample).where(LogSample.ref == ref))
    if sample is None:
        raise NotFoundError(_("This check of the log is not in the register any more."))
    return sample


def still_there(session: Session, sample: LogSample) -> list[AuditEntry]:
    """Return the lines of a sample, the earliest first; those let go by their rule are gone."""
    asked = select(AuditEntry).where(AuditEntry.id.in_(sample.entries)).order_by(AuditEntry.id)
    return list(session.scalars(asked))


def lines_of_month(session: Session, first: date) -> list[AuditEntry]:
    """Return the lines of a month that say that something guarded was read."""
    asked = (
        select(AuditEntry)
        .where(AuditEntry.action.in_(READINGS))
        .where(func.substr(AuditEntry.at, 1, 7) == f"{first:%Y-%m}")
        .order_by(AuditEntry.id)
    )
    return list(session.scalars(asked))


def sample_size(readings: int) -> int:
    """Return how many of so many readings are looked at."""
    return min(readings, MOST, max(LEAST, -(-readings // round(1 / SHARE))))


def pick(weights: Sequence[float], count: int, chance: random.Random) -> list[int]:
    """Pick some by chance, each at most once, in their order.

    Efraimidis and Spirakis: the largest of u ** (1 / weight) are a weighted sample.

    Args:
        weights: How likely each is beside the others.
        count: How many are picked.
        chance: Where the chance comes from.
    """
    keys = {place: chance.random() ** (1 / weight) for place, weight in enumerate(weights)}
    return sorted(sorted(keys, key=lambda one: keys[one], reverse=True)[:count])


def _find_open(session: Session, ref: EditionRef) -> LogSample:
    sample = find_sample(session, ref)
    if sample.signed_at is not None:
        raise DomainError(
            _("This check is signed, and is not changed any more. Nothing was saved.")
        )
    return sample
