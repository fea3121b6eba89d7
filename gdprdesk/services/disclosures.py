"""What was handed out: to whom, on what ground, what and when: Articles 5(2) and 15(1)(c)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.papers import CameraClip, Disclosure
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Channel, LegalBasis, Permission, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import activity_for, find_record, find_subject
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

BY_LAW = frozenset({LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK})
"""The grounds on which something is handed out only because a law or a decision demands it."""


@dataclass(frozen=True, repr=False)
class DisclosureRow:
    """Something that was handed out.

    Attributes:
        law: The law or decision that demands it, if one does.
        name: Of the person it is about; empty if it is about nobody in particular.
        clip: The camera clip that was handed out; nothing if it was none, or has left.
        camera: Which camera the clip is from.
    """

    ref: RecordRef
    disclosed_on: date
    to_whom: str
    what: str
    basis: LegalBasis
    law: str
    channel: Channel
    subject_ref: SubjectRef | None
    name: str
    clip: RecordRef | None
    camera: str


@action("disclosure.add", N_("Data handed out"), of_restricted=True, needs=Permission.REGISTER)
def hand_out(
    work: UnitOfWork,
    *,
    to_whom: str,
    what: str,
    basis: LegalBasis,
    channel: Channel,
    law: str = "",
    on: date | None = None,
    subject_ref: SubjectRef | None = None,
    clip: RecordRef | None = None,
) -> RecordRef:
    """Write down that data were handed out.

    Args:
        work: The transaction.
        to_whom: Who got them.
        what: What it was.
        basis: On what ground.
        channel: How they were handed over.
        law: The law or decision that demands it; must be said where the ground is one.
        on: When; today, if nothing is said.
        subject_ref: About whom, if it is about one person.
        clip: Which camera clip, if it was one.

    Raises:
        DomainError: It does not say to whom, what, or by which law, or the day has not come.
    """
    if not is_visible(to_whom) or not is_visible(what):
        raise DomainError(_("Write who got it, and what it was. Nothing was saved."))
    if basis in BY_LAW and not is_visible(law):
        raise DomainError(
            _(
                "Write which law or decision demands it: without one nothing is handed out on this "
                "ground. Nothing was saved."
            )
        )
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    shown = find_record(work.session, CameraClip, clip) if clip is not None else None
    subject_id = find_subject(work.session, subject_ref).id if subject_ref is not None else None
    if subject_id is None and shown is not None:
        subject_id = shown.subject_id
    record = Disclosure(
        subject_id=subject_id,
        activity_id=activity_for(work.session, Disclosure).id,
        recorded_on=work.today,
        disclosed_on=on or work.today,
        to_whom=" ".join(to_whom.split()),
        what=what.strip(),
        channel=channel,
        basis=basis,
        law=" ".join(law.split()),
        clip=clip,
    )
    work.session.add(record)
    return record.ref


@action("disclosure.remove", N_("Removed from what was handed out"), needs=Permission.REGISTER)
def remove_disclosure(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take a line out of what was handed out that was written down by mistake."""
    work.session.delete(find_record(work.session, Disclosure, ref))


@query("disclosure.list", needs=Permission.REGISTER)
def list_disclosures(
    read: Session, *, subject_ref: SubjectRef | None = None
) -> tuple[DisclosureRow, ...]:
    """Return what was handed out, the latest first; about everybody, or about one person."""
    kind = Disclosure
    found = (
        select(kind, DataSubject)
        .outerjoin(DataSubject, DataSubject.id == kind.subject_id)
        .where(DataSubject.id.is_(None) | (DataSubject.state == SubjectState.ACTIVE))
        .order_by(kind.disclosed_on.desc(), kind.id.desc())
    )
    if subject_ref is not None:
        found = found.where(DataSubject.id == find_subject(read, subject_ref).id)
    cameras = dict(read.execute(select(CameraClip.ref, CameraClip.camera)).all())
    return tuple(_row(one, subject, cameras) for one, subject in read.execute(found))


def _row(
    one: Disclosure, subject: DataSubject | None, cameras: Mapping[RecordRef, str]
) -> DisclosureRow:
    return DisclosureRow(
        ref=one.ref,
        disclosed_on=one.disclosed_on,
        to_whom=one.to_whom,
        what=one.what,
        basis=one.basis,
        law=one.law,
        channel=one.channel,
        subject_ref=subject.ref if subject else None,
        name=subject.name if subject else "",
        clip=one.clip if one.clip in cameras else None,
        camera=cameras.get(one.clip, "") if one.clip else "",
    )
