"""Pieces of a camera's recording that are kept longer than the rest, each until its own day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity, RetentionRule
from gdprdesk.domain.base import ActivityRef, RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.papers import CameraClip, Disclosure
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, Start, SubjectState, Unit
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import find_activity, find_record, find_subject, today_of
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_LONGEST = RetentionRule(Start.RECORDED, 12, Unit.MONTHS)
_REMIND = timedelta(days=7)
_WRITTEN = "%Y-%m-%d %H:%M"
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d)[:.](\d\d)")


@dataclass(frozen=True, repr=False)
class CameraRow:
    """Cameras as a row of the register knows them.

    Attributes:
        days: How long a recording lives there unless a piece of it is kept.
    """

    activity_ref: ActivityRef
    activity: str
    places: str
    number: int
    days: int


@dataclass(frozen=True, repr=False)
class ClipRow:
    """A piece of a recording that is kept.

    Attributes:
        from_at: When it begins, to_at when it ends: "2026-11-21 18:40".
        release_on: The last day it is kept.
        wants_deleting: It is soon to be deleted where the recordings are.
        handed_out: To whom it was handed out.
    """

    ref: RecordRef
    camera: str
    from_at: str
    to_at: str
    why: str
    release_on: date
    subject_ref: SubjectRef | None
    name: str
    wants_deleting: bool
    handed_out: tuple[str, ...]


@query("clip.cameras", needs=Permission.REGISTER)
def list_cameras(read: Session) -> tuple[CameraRow, ...]:
    """Return the cameras that the register knows of."""
    rows = read.scalars(select(ProcessingActivity).order_by(ProcessingActivity.position))
    return tuple(
        CameraRow(one.ref, one.name, one.camera["places"], one.camera["number"], one.camera["days"])
        for one in rows
        if one.camera
    )


@action("clip.keep", N_("Kept camera clip"), of_restricted=True, needs=Permission.REGISTER)
def keep_clip(
    work: UnitOfWork,
    *,
    camera: str,
    from_at: str,
    to_at: str,
    why: str,
    release_on: date,
    activity_ref: ActivityRef | None = None,
    subject_ref: SubjectRef | None = None,
) -> RecordRef:
    """Write down that a piece of a recording is kept longer than the rest, why, and until when.

    The recording itself stays where it is; the line leaves by itself the day after the last.

    Args:
        work: The transaction.
        camera: Which camera.
        from_at: When the piece begins: "2026-11-21 18:40".
        to_at: When it ends.
        why: Why it is kept.
        release_on: The last day it is kept, at most a year ahead.
        activity_ref: The row of the register the camera is in; the first one, if nothing is said.
        subject_ref: Who is to be seen, if it is one known person.

    Raises:
        DomainError: The register has no camera, something is not said, or a day is out of order.
    """
    cameras = list_cameras(work.session)
    if not cameras:
        raise DomainError(
            _(
                "The register has no camera. Nothing was saved. Add a processing for it under "
                "Register first."
            )
        )
    if not is_visible(camera) or not is_visible(why):
        raise DomainError(
            _("Write which camera it is, and why the clip is kept. Nothing was saved.")
        )
    begins, ends = read_moment(from_at), read_moment(to_at)
    if ends <= begins:
        raise DomainError(
            _("The clip ends before it begins. Nothing was saved. Look at the times.")
        )
    if begins.date() > work.today:
        raise DomainError(_("This has not been recorded yet. Nothing was saved. Look at the day."))
    _check_release(release_on, ends.date(), work.today)
    subject = find_subject(work.session, subject_ref) if subject_ref is not None else None
    place = find_activity(work.session, activity_ref or cameras[0].activity_ref)
    clip = CameraClip(
        subject_id=subject.id if subject else None,
        activity_id=place.id,
        recorded_on=work.today,
        camera=" ".join(camera.split()),
        from_at=_written(begins),
        to_at=_written(ends),
        why=why.strip(),
        release_on=release_on,
    )
    work.session.add(clip)
    return clip.ref


@action(
    "clip.prolong", N_("Camera clip kept longer"), of_restricted=True, needs=Permission.REGISTER
)
def prolong_clip(work: UnitOfWork, *, ref: RecordRef, release_on: date, why: str) -> None:
    """Decide that a clip is kept until another day, and why.

    Raises:
        DomainError: It gives no reason, or the day has passed or is too far off.
    """
    clip = find_record(work.session, CameraClip, ref)
    if not is_visible(why):
        raise DomainError(_("Write why the clip is kept until then. Nothing was changed."))
    _check_release(release_on, read_moment(clip.to_at).date(), work.today)
    clip.release_on, clip.why = release_on, why.strip()


@action(
    "clip.release",
    N_("Deleted camera clip"),
    undoable=False,
    of_restricted=True,
    needs=Permission.REGISTER,
)
def release_clip(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Write down that a clip was deleted where the recordings are: its line leaves for good."""
    work.make_final()
    work.session.delete(find_record(work.session, CameraClip, ref))


@query("clip.list", needs=Permission.REGISTER)
def list_clips(read: Session, *, due_only: bool = False) -> tuple[ClipRow, ...]:
    """Return the clips that are kept, the first to be deleted standing first.

    Args:
        read: The open register.
        due_only: Only what is to be deleted within a week.
    """
    today = today_of(read)
    found = (
        select(CameraClip, DataSubject)
        .outerjoin(DataSubject, DataSubject.id == CameraClip.subject_id)
        .where(DataSubject.id.is_(None) | (DataSubject.state == SubjectState.ACTIVE))
        .order_by(CameraClip.release_on, CameraClip.id)
    )
    if due_only:
        found = found.where(CameraClip.release_on <= today + _REMIND)
    told = _handed_out(read)
    return tuple(_row(clip, subject, told, today) for clip, subject in read.execute(found))


def read_moment(typed: str) -> datetime:
    """Return day and time as they were typed, by the clock of the camera.

    Raises:
        DomainError: They cannot be read.
    """
    written = _MOMENT.sub(r"\1 \2:\3", typed.strip())
    try:
        return datetime.strptime(written, _WRITTEN)  # noqa: DTZ007  (the clock of the camera)
    except ValueError:
        raise DomainError(
            _("Write day and time like this: 2026-11-21 18:40. Nothing was saved.")
        ) from None


def _handed_out(read: Session) -> Mapping[RecordRef, tuple[str, ...]]:
    """Return to whom each clip was handed out."""
    found: dict[RecordRef, tuple[str, ...]] = {}
    lines = select(Disclosure.clip, Disclosure.to_whom).order_by(Disclosure.id)
    for clip, whom in read.execute(lines.where(Disclosure.clip.is_not(None))):
        ref = RecordRef(str(clip))
        found[ref] = (*found.get(ref, ()), whom)
    return found


def _row(
    clip: CameraClip,
    subject: DataSubject | None,
    told: Mapping[RecordRef, tuple[str, ...]],
    today: date,
) -> ClipRow:
    return ClipRow(
        ref=clip.ref,
        camera=clip.camera,
        from_at=clip.from_at,
        to_at=clip.to_at,
        why=clip.why,
        release_on=clip.release_on,
        subject_ref=subject.ref if subject else None,
        name=subject.name if subject else "",
        wants_deleting=clip.release_on <= today + _REMIND,
        handed_out=told.get(clip.ref, ()),
    )


def _written(moment: datetime) -> str:
    return moment.strftime(_WRITTEN)


def _check_release(release_on: date, ends_on: date, today: date) -> None:
    if release_on < ends_on:
        raise DomainError(
            _(
                "The last day to keep the clip comes before the clip itself ends. Nothing was "
                "saved. Look at the days."
            )
        )
    if release_on < today:
        raise DomainError(
            _("This day has passed: the clip would be gone at once. Nothing was saved.")
        )
    if release_on > _LONGEST.after(today):
        raise DomainError(
            _(
                "A clip is kept for at most a year at a time. Nothing was saved. Choose an earlier "
                "day; it can be moved later."
            )
        )
