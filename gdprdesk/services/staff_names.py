"""What people call whoever did something, known to the log and the rows by an id alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.staff import StaffMember
from gdprdesk.i18n import _
from gdprdesk.services.finding import staff_of
from gdprdesk.services.registry import query
from gdprdesk.services.staff_roles import role_name
from gdprdesk.store.hiding import hiding
from gdprdesk.store.keys import OWNER, RECOVERY

_REF = re.compile("[a-z2-7]{26}")


@dataclass(frozen=True, repr=False)
class WhoWorks:
    """Who works with the register now: her name, and what she is here."""

    name: str
    role: str


@query("staff.self", needs=None)
def show_who_works(read: Session) -> WhoWorks:
    """Return who has unlocked the register."""
    staff = staff_of(read)
    return WhoWorks(staff_name(read, staff), staff_title(read, staff))


def staff_title(session: Session, staff_id: str) -> str:
    """Return what somebody is here, for a customer: "Assistant". Her name is not the customer's."""
    found = select(StaffMember.role).where(StaffMember.staff_id == staff_id)
    with hiding(session, ()):
        role = session.scalar(found.order_by(StaffMember.id.desc()).limit(1))
    return role_name(session, role) if role is not None else staff_name(session, staff_id)


def staff_name(session: Session, staff_id: str) -> str:
    """Return the name of a member of staff, also of one who has left, to whoever works here.

    Words that are no id, such as the name of a firm that shreds, say themselves who it was.
    """
    if staff_id == RECOVERY:
        return _("the printed recovery key")
    found = select(StaffMember.name).where(StaffMember.staff_id == staff_id)
    with hiding(session, ()):  # a name beside what was done is not the list of the staff
        name = session.scalar(found.order_by(StaffMember.id.desc()).limit(1))
    if name is not None:
        return name
    if staff_id == OWNER:
        return _("The owner")
    if _REF.fullmatch(staff_id):
        return _("somebody who is not in the register any more")
    return staff_id
