"""What those who work with the register are called: log and records know only their keys."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.staff import StaffMember
from gdprdesk.i18n import _
from gdprdesk.store.keys import OWNER


def staff_name(session: Session, staff_id: str) -> str:
    """Return what somebody is called who works with the register, or did."""
    name = session.scalar(select(StaffMember.name).where(StaffMember.staff_id == staff_id))
    return name or (_("The owner") if staff_id == OWNER else staff_id)
