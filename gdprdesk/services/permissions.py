"""What whoever has unlocked the register may see and do."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, personal_kinds
from gdprdesk.domain.errors import NotAllowedError
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.permissions import EVERYTHING, Role, built_in
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import BuiltInRole, Permission, say
from gdprdesk.i18n import _
from gdprdesk.services.finding import find_activity_for
from gdprdesk.store.keys import OWNER, RECOVERY


def permissions_of(session: Session) -> frozenset[Permission]:
    """Return what whoever asks or does this may see and do."""
    permissions: frozenset[Permission] = session.info["permissions"]
    return permissions


def may(session: Session, needed: Permission | None) -> bool:
    """Return whether whoever asks may see or do something; all may where nothing is needed."""
    return needed is None or needed in permissions_of(session)


def visible_kinds(session: Session) -> Iterator[type[PersonalRecord]]:
    """Walk the kinds of record of which whoever asks may know that there are any."""
    for kind in personal_kinds():
        if may(session, kind.needs):
            yield kind


def must(permissions: frozenset[Permission], needed: Permission | None) -> None:
    """Refuse what somebody may not see or do.

    Raises:
        NotAllowedError: It is not among what she may.
    """
    if needed is not None and needed not in permissions:
        raise NotAllowedError(
            _(
                "You have not been given this permission: {permission}. Nothing was shown or "
                "changed. Ask the owner, who can give it to you under Settings, Staff."
            ).format(permission=say(needed))
        )


def permissions_of_staff(session: Session, staff_id: str) -> frozenset[Permission]:
    """Return what a member of staff may see and do; nothing for somebody who has left.

    Whoever made the register may do everything until she is written down as staff; so may whoever
    has opened it with the printed recovery key.
    """
    found = select(StaffMember).where(StaffMember.staff_id == staff_id)
    member = session.scalar(found)
    if member is None:
        return EVERYTHING if staff_id in {OWNER, RECOVERY} else frozenset()
    return frozenset() if member.left_on else permissions_of_role(session, member.role)


def keeps_journal(session: Session) -> bool:
    """Return whether a journal is kept in this register: some processing is for it."""
    return find_activity_for(session, JournalNote) is not None


def permissions_of_role(session: Session, role: str) -> frozenset[Permission]:
    """Return what somebody with a role may see and do; nothing if there is no such role."""
    if role in {*BuiltInRole}:
        return built_in(BuiltInRole(role), has_journal=keeps_journal(session))
    own = session.scalar(select(Role).where(Role.ref == role))
    given = own.permissions if own else []
    return frozenset(one for one in Permission if one in given)
