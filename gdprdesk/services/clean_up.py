"""Letting go of what the rules of the register say is over: Article 5(1)(e)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity, RetentionRule
from gdprdesk.domain.base import (
    EditionRef,
    PersonalRecord,
    RecordRef,
    kind_name,
)
from gdprdesk.domain.clean_up import CleanedLine, CleanUpRun, SparedLine, Statistic
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.retention import describe_rule
from gdprdesk.domain.terms import AtEnd, CleanUpMode, Permission
from gdprdesk.i18n import N_, _, language
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.due import Found, find_due, leaves
from gdprdesk.services.erasure import drafts_naming
from gdprdesk.services.erasure_cases import close_case
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.holds import Decision, place_hold, records_by_ref
from gdprdesk.services.law import law_of
from gdprdesk.services.media_people import held_by_others, tied_to
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

AUTOMATIC = "automatic"
_ENOUGH = 5


@dataclass(frozen=True, repr=False)
class Spared:
    """A record that was due and is kept by decision."""

    ref: RecordRef
    decision: Decision


@dataclass(frozen=True, repr=False)
class CleanUpRow:
    """A clean-up that was done, as its protocol says; names nobody."""

    ref: EditionRef
    done_at: datetime
    done_by: str
    people: int
    cleaned: tuple[CleanedLine, ...]
    spared: tuple[SparedLine, ...]

    @property
    def records(self) -> int:
        """Return how many records left."""
        return sum(line["count"] for line in self.cleaned)


@action(
    "clean_up.carry_out", N_("Clean-up"), undoable=False, of_restricted=True, needs=Permission.ERASE
)
def carry_out_clean_up(
    work: UnitOfWork,
    *,
    refs: tuple[RecordRef, ...] | None = None,
    spared: tuple[Spared, ...] = (),
    automatic: bool = False,
    progress: Progress = SILENT,
) -> CleanUpRow:
    """Let go of what is over, for good, and write the protocol.

    Args:
        work: The transaction.
        refs: Only these, if they are over; without it all that needs no decision by the owner.
        spared: What is kept all the same, each with the decision why.
        automatic: That the program does it by itself.
        progress: Told how far it has come.
    """
    kept = {one.ref for one in spared}
    _place_holds(work, spared)
    work.session.flush()
    taken: list[tuple[Found, PersonalRecord, RetentionRule]] = []
    found = list(find_due(work.session, work.today))
    for one in found:
        for item in one.due:
            wanted = item.leaves_unasked if refs is None else item.record.ref in refs
            if wanted and not item.record.by_hand and item.record.ref not in kept:
                if any(held_by_others(work.session, item.record)):
                    continue  # a picture stays as long as somebody in it has to
                taken.append((one, item.record, item.rule))
    lines = _cleaned_lines(work.session, taken)
    _keep_statistics(work, taken)
    _delete(work, taken, progress)
    people = _let_people_go(work, found, {record.ref for _one, record, _rule in taken})
    run = CleanUpRun(
        done_at=work.now.isoformat(),
        done_by=AUTOMATIC if automatic else work.staff,
        people=people,
        cleaned=lines,
        spared=_spared_lines(work.session, spared),
    )
    if lines or people or spared:
        work.session.add(run)
        work.make_final()
    return _run_row(run)


@query("clean_up.list", needs=Permission.ERASE)
def list_clean_ups(read: Session) -> tuple[CleanUpRow, ...]:
    """Return the clean-ups that were done, the latest first."""
    runs = read.scalars(select(CleanUpRun).order_by(CleanUpRun.id.desc()))
    return tuple(_run_row(run) for run in runs)


@query("clean_up.protocol", needs=Permission.ERASE)
def show_protocol(read: Session, *, ref: EditionRef) -> CleanUpRow:
    """Return one clean-up as its protocol says it."""
    run = read.scalar(select(CleanUpRun).where(CleanUpRun.ref == ref))
    if run is None:
        raise NotFoundError(_("This clean-up is not in the register."))
    return _run_row(run)


def is_clean_up_due(read: Session) -> bool:
    """Return whether the program is to clean up by itself, and something is over."""
    if controller_of(read).clean_up is not CleanUpMode.AUTOMATIC:
        return False
    found = find_due(read, today_of(read))
    return any(one.is_over or any(item.leaves_unasked for item in one.due) for one in found)


def _place_holds(work: UnitOfWork, spared: Iterable[Spared]) -> None:
    wanted = {one.ref: one.decision for one in spared}
    for ref, record in records_by_ref(work.session, tuple(wanted)).items():
        place_hold(work, record.subject_id, ref, wanted[ref])


def _delete(
    work: UnitOfWork,
    taken: list[tuple[Found, PersonalRecord, RetentionRule]],
    progress: Progress,
) -> None:
    for number, (one, record, _rule) in enumerate(taken, 1):
        progress.step(number, len(taken))
        if one.subject is not None:  # what is gone can no longer say when it was
            one.subject.active_on = one.relation.last_on
        work.session.delete(record)
    for record in tied_to(work.session, [record for _one, record, _rule in taken]):
        work.session.delete(record)


def _let_people_go(work: UnitOfWork, found: Iterable[Found], taken: set[RecordRef]) -> int:
    """Erase those of whom nothing is left; an old copy must not bring them back."""
    people = 0
    for one in found:
        if one.subject is not None and leaves(one, taken):
            for record in one.records:
                if record.accompanies:
                    work.session.delete(record)
                elif record.outlives_her() and record.ref not in taken:
                    record.release()
            for draft in drafts_naming(work.session, one.subject, one.records):
                work.session.delete(draft)
            work.session.flush()
            work.session.delete(one.subject)
            work.erase_for_good(one.subject.ref)
            close_case(work, one.subject.ref)
            people += 1
    return people


def _cleaned_lines(
    session: Session, taken: Iterable[tuple[Found, PersonalRecord, RetentionRule]]
) -> list[CleanedLine]:
    law, today = law_of(session), today_of(session)
    counts = Counter(
        (record.activity_id, rule, kind_name(type(record))) for _one, record, rule in taken
    )
    with language(controller_of(session).language):  # whoever opens it, the names beside are in it
        return [
            CleanedLine(
                activity=session.get_one(ProcessingActivity, number).name,
                rule=describe_rule(rule, law, today),
                kind=kind,
                count=count,
                anonymised=rule.at_end is AtEnd.ANONYMISE,
            )
            for (number, rule, kind), count in counts.items()
        ]


def _spared_lines(session: Session, spared: tuple[Spared, ...]) -> list[SparedLine]:
    found = records_by_ref(session, tuple(one.ref for one in spared))
    return [
        SparedLine(
            kind=kind_name(type(found[one.ref])), ref=one.ref, ground=one.decision.ground.value
        )
        for one in spared
    ]


def _keep_statistics(
    work: UnitOfWork, taken: Iterable[tuple[Found, PersonalRecord, RetentionRule]]
) -> None:
    """Add what is to be made anonymous to the figures of its month."""
    counts: Counter[tuple[str, str, str]] = Counter()
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for _one, record, rule in taken:
        if rule.at_end is AtEnd.ANONYMISE:
            activity = work.session.get_one(ProcessingActivity, record.activity_id).name
            key = (activity, kind_name(type(record)), f"{record.active_on():%Y-%m}")
            counts[key] += 1
            sums[key] += record.worth()
    for activity, kind, month in counts:
        count = counts[activity, kind, month]
        span = month if count >= _ENOUGH else month[:4]  # few in a month could be told apart
        known = work.session.scalar(
            select(Statistic).where(
                Statistic.activity == activity, Statistic.kind == kind, Statistic.month == span
            )
        )
        if known is None:
            known = Statistic(activity=activity, kind=kind, month=span, count=0)
            work.session.add(known)
        known.count += count
        known.amount = str(Decimal(known.amount) + sums[activity, kind, month])


def _run_row(run: CleanUpRun) -> CleanUpRow:
    return CleanUpRow(
        ref=run.ref,
        done_at=datetime.fromisoformat(run.done_at),
        done_by=run.done_by,
        people=run.people,
        cleaned=tuple(run.cleaned),
        spared=tuple(run.spared),
    )
