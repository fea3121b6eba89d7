"""Whom a privacy notice is for, and how to reach them: told of what changes, as was promised."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import SPOKEN_TO, ProcessingActivity
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    Audience,
    ContactKind,
    Decision,
    Permission,
    SubjectState,
)
from gdprdesk.services.paging import Page, window
from gdprdesk.services.registry import query
from gdprdesk.services.standing import in_use


@dataclass(frozen=True, repr=False)
class PersonToTell:
    """Somebody whom a notice is for; without an e-mail address she is told in another way."""

    ref: SubjectRef
    name: str
    email: str


@query("notice.people", needs=Permission.REGISTER)
def list_people_to_tell(
    read: Session, *, audience: Audience, offset: int = 0, limit: int = 200
) -> Page[PersonToTell]:
    """Return whom a notice is for, by name, but not whose data are only stored.

    Who visits a website is not in the register.
    """
    first, count = window(offset, limit)
    wanted = _concerned(read, audience)
    found = read.execute(
        select(DataSubject.id, DataSubject.ref, DataSubject.name)
        .where(wanted)
        .order_by(DataSubject.sort_key, DataSubject.id)
        .offset(first)
        .limit(count)
    ).all()
    emails = _emails(read, [number for number, _ref, _name in found])
    rows = tuple(PersonToTell(ref, name, emails.get(number, "")) for number, ref, name in found)
    return Page(rows, count_people(read, audience))


def count_people(read: Session, audience: Audience) -> int:
    """Return how many people in the register a notice is for."""
    wanted = select(func.count()).select_from(DataSubject).where(_concerned(read, audience))
    return read.scalar(wanted) or 0


def _concerned(read: Session, audience: Audience) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [DataSubject.kind.in_(SPOKEN_TO[audience])]
    if audience is Audience.NEWSLETTER:
        ways.append(_says_yes(read, audience))
    return (DataSubject.state == SubjectState.ACTIVE) & in_use() & or_(*ways)


def _says_yes(read: Session, audience: Audience) -> ColumnElement[bool]:
    """Return who says yes to letters and offers, whatever else she is to the business."""
    rows = read.execute(select(ProcessingActivity.id, ProcessingActivity.audiences))
    activities = [number for number, audiences in rows if audience in audiences]
    return DataSubject.id.in_(
        select(Consent.subject_id)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(
            ConsentText.activity_id.in_(activities),
            Consent.decision == Decision.GIVEN,
            Consent.ended_on.is_(None),
        )
    )


def _emails(read: Session, subject_ids: list[int]) -> dict[int, str]:
    """Return the first e-mail address of each person who has one."""
    found = read.execute(
        select(ContactDetail.subject_id, ContactDetail.value)
        .where(
            ContactDetail.subject_id.in_(subject_ids),
            ContactDetail.kind == ContactKind.EMAIL,
        )
        .order_by(ContactDetail.id.desc())
    )
    return {subject_id: value for subject_id, value in found if subject_id is not None}
