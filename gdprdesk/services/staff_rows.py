"""The rows of those who work with the register, found and written."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import BuiltInRole
from gdprdesk.i18n import _, language
from gdprdesk.services.finding import activity_for
from gdprdesk.store.unit_of_work import UnitOfWork


def working(session: Session) -> Iterator[StaffMember]:
    """Walk who may unlock the register, or is invited to."""
    yield from session.scalars(
        select(StaffMember).where(StaffMember.left_on.is_(None)).order_by(StaffMember.id)
    )


def find_staff(session: Session, ref: RecordRef) -> StaffMember:
    """Return a member of staff, also one who has left."""
    member = session.scalar(select(StaffMember).where(StaffMember.ref == ref))
    if member is None:
        raise NotFoundError(_("She is not in the register any more. Nothing was changed."))
    return member


def write_down(work: UnitOfWork, staff_id: str, name: str, role: str) -> StaffMember:
    """Write down who has a slot of the key file, and what she may do."""
    member = StaffMember(
        subject_id=None,
        activity_id=activity_for(work.session, StaffMember).id,
        recorded_on=work.today,
        staff_id=staff_id,
        name=name,
        role=role,
    )
    work.session.add(member)
    return member


def write_down_owner(work: UnitOfWork, staff_id: str, business: Organisation) -> None:
    """Write down whose register it is: whom the business names for questions about privacy."""
    with language(business.language):
        name = business.contact or _("Owner")
    write_down(work, staff_id, name, BuiltInRole.OWNER.value).joined_on = work.today
