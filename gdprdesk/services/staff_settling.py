"""Rows and key file brought together again, after a crash or a restored copy."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_
from gdprdesk.services.finding import controller_of, find_activity_for, folder_of
from gdprdesk.services.law import law_of
from gdprdesk.services.onboarding import Business, activity_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.staff_leaving import leave
from gdprdesk.services.staff_rows import working, write_down, write_down_owner
from gdprdesk.services.templates import template
from gdprdesk.store.keys import Slot, staff_in
from gdprdesk.store.unit_of_work import UnitOfWork

NO_ROLE = ""
"""Of somebody with a key of whom the register does not know what she may do: nothing."""


@query("staff.is_unsettled", needs=Permission.STAFF)
def is_unsettled(read: Session) -> bool:
    """Return whether rows and slots do not say the same, as after a crash between the two."""
    slots, rows = _both(read)
    joined = {one.id for one in slots.values() if one.invited_until is None}
    waiting = any(one.joined_on is None and one.staff_id in joined for one in rows.values())
    return waiting or bool(rows.keys() - slots.keys()) or bool(joined - rows.keys())


def slots_of_nobody(read: Session) -> tuple[str, ...]:
    """Return the slots of those who have left, and of invitations that were never written down.

    Only a crash between the two leaves such. They open the file, but nobody was told the code.
    """
    slots, rows = _both(read)
    left = set(read.scalars(select(StaffMember.staff_id))) - rows.keys()
    return tuple(
        one.id
        for one in slots.values()
        if one.id not in rows and (one.id in left or one.invited_until is not None)
    )


@action("staff.settle", N_("Tidying"), undoable=False, needs=Permission.STAFF)
def settle_staff(work: UnitOfWork) -> None:
    """Let the rows say what the key file says: who has a password, who is let in no more.

    The owner of a register of an earlier version is written down. Somebody with a password of whom
    nothing is known may do nothing until she is given a role.
    """
    if find_activity_for(work.session, StaffMember) is None:
        _add_the_log(work)
    slots, rows = _both(work.session)
    unknown = [one for one in slots.values() if one.id not in rows and one.invited_until is None]
    if unknown and not work.session.scalar(select(func.count()).select_from(StaffMember)):
        write_down_owner(work, unknown.pop(0).id, controller_of(work.session))
    for slot in unknown:
        write_down(work, slot.id, slot.name, NO_ROLE).joined_on = work.today
    for staff_id, member in rows.items():
        if staff_id not in slots:
            _end(work, member)
        elif slots[staff_id].invited_until is None and member.joined_on is None:
            member.joined_on = work.today


def _end(work: UnitOfWork, member: StaffMember) -> None:
    if member.joined_on is None:
        work.session.delete(member)
    else:
        leave(work, member)


def _both(session: Session) -> tuple[dict[str, Slot], dict[str, StaffMember]]:
    slots = {one.id: one for one in staff_in(folder_of(session))}
    return slots, {one.staff_id: one for one in working(session)}


def _add_the_log(work: UnitOfWork) -> None:
    """Add the row of the template under which staff are written down, where it was taken out."""
    controller, kind = controller_of(work.session), StaffMember.__name__
    business = Business(
        name=controller.name,
        trade=controller.trade,
        country=controller.country,
        language=controller.language,
        year_ends_in=controller.year_ends_in,
    )
    rows = enumerate(template(business.trade)["activity"])
    position, row = next((place, one) for place, one in rows if kind in one["kinds"])
    work.session.add(activity_of(row, position, business, law_of(work.session)))
    work.session.flush()
