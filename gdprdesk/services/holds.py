"""Keeping something past its day by decision: on which ground, and when to decide again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import (
    PersonalRecord,
    RecordRef,
    SubjectRef,
    personal_kinds,
)
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import HoldGround, Permission, Start, SubjectState, Unit
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import activity_for, find_subject, today_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.staff_names import staff_name
from gdprdesk.store.unit_of_work import UnitOfWork

_USUALLY = RetentionRule(Start.RECORDED, 3, Unit.MONTHS)
_A_YEAR = RetentionRule(Start.RECORDED, 12, Unit.MONTHS)


@dataclass(frozen=True, repr=False)
class HoldRow:
    """A decision to keep something.

    Attributes:
        said: What is kept: "Order 2210", or "Everything".
        of_everything: Whether all about the person is kept, not only one record.
        subject_ref: About whom; nothing if it is about a company's order.
    """

    ref: RecordRef
    subject_ref: SubjectRef | None
    name: str
    said: str
    of_everything: bool
    ground: HoldGround
    why: str
    placed_by: str
    placed_on: date
    review_on: date


@dataclass(frozen=True, repr=False)
class Decision:
    """Why something is kept although its day has come, and when that is decided again."""

    ground: HoldGround
    why: str
    review_on: date


@dataclass(frozen=True, repr=False)
class ReviewDays:
    """When a decision to keep something is to be taken again: usually, and at the latest."""

    usual: date
    latest: date


@query("hold.review_days", needs=Permission.ERASE)
def show_review_days(read: Session) -> ReviewDays:
    """Return until when something may be kept by a decision of today."""
    today = today_of(read)
    return ReviewDays(_USUALLY.after(today), _A_YEAR.after(today))


@action("hold.place_on_person", N_("Decision to keep"), of_restricted=True, needs=Permission.ERASE)
def hold_person(work: UnitOfWork, *, subject_ref: SubjectRef, decision: Decision) -> RecordRef:
    """Keep everything about a person until it is decided again."""
    subject = find_subject(work.session, subject_ref)
    return place_hold(work, subject.id, None, decision)


@action("hold.place_on_records", N_("Decision to keep"), of_restricted=True, needs=Permission.ERASE)
def hold_records(
    work: UnitOfWork, *, refs: tuple[RecordRef, ...], decision: Decision
) -> tuple[RecordRef, ...]:
    """Keep some records until it is decided again."""
    found = records_by_ref(work.session, refs)
    return tuple(place_hold(work, found[ref].subject_id, ref, decision) for ref in refs)


@action("hold.renew", N_("Decided to keep on"), of_restricted=True, needs=Permission.ERASE)
def renew_hold(work: UnitOfWork, *, ref: RecordRef, review_on: date, why: str = "") -> None:
    """Decide that something is kept on, and when to decide again."""
    hold = _find_hold(work.session, ref)
    why = why.strip() or hold.why
    _check(work, Decision(hold.ground, why, review_on))
    hold.review_on, hold.why = review_on, why


@action("hold.lift", N_("Decided to keep no longer"), of_restricted=True, needs=Permission.ERASE)
def lift_hold(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Let the rules decide again: what is over then leaves with the next clean-up.

    Raises:
        DomainError: It keeps what is only stored: that restriction is lifted instead.
    """
    hold = _find_hold(work.session, ref)
    _must_not_restrict(work.session, hold)
    work.session.delete(hold)


@query("hold.list", needs=Permission.ERASE)
def list_holds(
    read: Session, *, subject_ref: SubjectRef | None = None, due_by: date | None = None
) -> tuple[HoldRow, ...]:
    """Return what is kept by decision, what is to be decided first standing first.

    Args:
        read: The open register.
        subject_ref: Only about this person.
        due_by: Only what is to be decided again by this day.
    """
    holds = select(Hold, DataSubject).outerjoin(DataSubject, DataSubject.id == Hold.subject_id)
    holds = holds.where(
        DataSubject.id.is_(None) | (DataSubject.state != SubjectState.STAGED)
    ).order_by(Hold.review_on, Hold.id)
    if subject_ref is not None:
        holds = holds.where(DataSubject.ref == subject_ref)
    if due_by is not None:
        holds = holds.where(Hold.review_on <= due_by)
    found = read.execute(holds).all()
    targets = {hold.target for hold, _subject in found if hold.target}
    records = records_by_ref(read, tuple(targets), all_of_them=False)
    return tuple(
        _row(hold, subject, records, staff_name(read, hold.placed_by)) for hold, subject in found
    )


def place_hold(
    work: UnitOfWork, subject_id: int | None, target: RecordRef | None, decision: Decision
) -> RecordRef:
    """Write down a decision to keep a record, or everything about a person.

    Raises:
        DomainError: It gives no reason, or is to be decided again too late or not at all.
    """
    _check(work, decision)
    _must_be_seen(work.session, subject_id)
    hold = Hold(
        subject_id=subject_id,
        activity_id=activity_for(work.session, Hold).id,
        recorded_on=work.today,
        ground=decision.ground,
        why=decision.why.strip(),
        placed_by=work.staff,
        review_on=decision.review_on,
        target=target,
    )
    work.session.add(hold)
    return hold.ref


def records_by_ref(
    read: Session, refs: Sequence[RecordRef], *, all_of_them: bool = True
) -> dict[RecordRef, PersonalRecord]:
    """Return records of whatever kind by their refs.

    Raises:
        NotFoundError: One of them is not in the register any more, and all were wanted.
    """
    found = {
        record.ref: record
        for kind in (personal_kinds() if refs else ())
        for record in read.scalars(select(kind).where(kind.ref.in_(refs)))
    }
    if all_of_them and len(found) < len(set(refs)):
        raise NotFoundError(_("This is not in the register any more."))
    return found


def name_of_record(record: PersonalRecord) -> str:
    """Return what people call a record: "Order 2210", or where paper lies."""
    said = _(type(record).called[0]).capitalize()
    known = getattr(record, "number", "") or getattr(record, "box", "")
    return f"{said} {known}".strip()


def _must_be_seen(session: Session, subject_id: int | None) -> None:
    """Refuse whoever is hidden: what is left of her goes by its own day."""
    if subject_id is not None:
        state = session.get_one(DataSubject, subject_id).state
        if state is not SubjectState.ACTIVE:
            raise NotFoundError(_("This belongs to a person who is about to be erased."))


def _must_not_restrict(session: Session, hold: Hold) -> None:
    """Refuse to let go of somebody whose data are only stored, as long as that is so."""
    if hold.subject_id is None or hold.target is not None:
        return
    subject = session.get_one(DataSubject, hold.subject_id)
    if hold.ground is HoldGround.RESTRICTION and subject.restricted_on is not None:
        raise DomainError(
            _(
                "The data of {name} are only stored for now, and this is what keeps them. Nothing "
                "was changed. Lift the restriction on her page, after telling her."
            ).format(name=subject.name)
        )


def _find_hold(session: Session, ref: RecordRef) -> Hold:
    hold = session.scalar(select(Hold).where(Hold.ref == ref))
    if hold is None:
        raise NotFoundError(_("This decision is not in the register any more."))
    return hold


def _check(work: UnitOfWork, decision: Decision) -> None:
    if not decision.why.strip():
        raise DomainError(_("Write why it is to be kept. Nothing was changed."))
    if not work.today < decision.review_on <= _A_YEAR.after(work.today):
        raise DomainError(
            _("Choose a day within a year on which you decide again. Nothing was changed.")
        )


def _row(
    hold: Hold,
    subject: DataSubject | None,
    records: dict[RecordRef, PersonalRecord],
    placed_by: str,
) -> HoldRow:
    record = records.get(hold.target) if hold.target else None
    return HoldRow(
        ref=hold.ref,
        subject_ref=subject.ref if subject else None,
        name=subject.name if subject else "",
        said=name_of_record(record) if record else _("Everything"),
        of_everything=hold.target is None,
        ground=hold.ground,
        why=hold.why,
        placed_by=placed_by,
        placed_on=hold.recorded_on,
        review_on=hold.review_on,
    )
