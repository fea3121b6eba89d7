"""What whoever has unlocked the register may see and do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

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
from gdprdesk.services.registry import needed_for
from gdprdesk.store.hiding import hiding
from gdprdesk.store.keys import OWNER, RECOVERY

R = TypeVar("R")

_OWN_WORK = frozenset({Permission.REGISTER, Permission.STAFF})
_OF_EVERYTHING = frozenset({Permission.ERASE, Permission.EXPORT_ONE})


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


def hidden_kinds(
    permissions: frozenset[Permission], needed: Permission | None = None
) -> tuple[type[PersonalRecord], ...]:
    """Return the kinds of record that are not there for somebody who asks something.

    An erasure and a copy are of everything about a person (Articles 15 and 17): whoever was
    given these sees for them what there is.

    Args:
        permissions: What she may see and do.
        needed: What she has to be allowed, to ask or do this.
    """
    if needed in _OF_EVERYTHING:
        return ()
    return tuple(kind for kind in personal_kinds() if kind.needs not in permissions)


def answer(read: Session, query: Callable[..., R], other: R, **given: Any) -> R:
    """Return what a question within another is answered, to whoever may ask it; else the other."""
    needed = needed_for(query)
    if not may(read, needed):
        return other
    with hiding(read, hidden_kinds(permissions_of(read), needed)):
        return query(read, **given)


def must_see_all(session: Session, kinds: Iterable[type[PersonalRecord]]) -> None:
    """Refuse what has to be of everything to whoever may not see some of it.

    It depends on what the register is for, never on whether anything is kept of this person: that
    may not be told either. What the business writes down about its own work is no hindrance.

    Raises:
        NotAllowedError: Some kinds of record are hidden from her; names who may see them.
    """
    lacking = {
        kind.needs
        for kind in kinds
        if kind.needs not in {*permissions_of(session), *_OWN_WORK}
        and find_activity_for(session, kind) is not None
    }
    if lacking:
        raise NotAllowedError(
            _(
                "This has to be complete, and you may not see all of it: {areas}. Nothing was "
                "shown or saved. Ask {names}."
            ).format(
                areas=", ".join(say(one) for one in Permission if one in lacking),
                names=_who_may(session, lacking) or _("the owner"),
            )
        )


def _who_may(session: Session, needed: AbstractSet[Permission]) -> str:
    with hiding(session, ()):
        staff = session.scalars(select(StaffMember).where(StaffMember.left_on.is_(None))).all()
    return ", ".join(one.name for one in staff if needed <= permissions_of_role(session, one.role))


def must(permissions: frozenset[Permission], needed: Permission | None) -> None:
    """Refuse what somebody may not see or do.

    Raises:
        NotAllowedError: It is not among what she may.
    """
    if needed is not None and needed not in permissions:
        raise NotAllowedError(
            _(
                "You have not been given this permission: {permission}. Nothing was shown or "
                "changed. Ask the owner, who can give it to you under Settings, Users."
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
    """Return what somebody with a role may see and do; nothing if there is no such role.

    Whoever may write in the journal may read it, too: else she could not go on with her own draft.
    """
    if role in {*BuiltInRole}:
        return built_in(BuiltInRole(role), has_journal=keeps_journal(session))
    own = session.scalar(select(Role).where(Role.ref == role))
    given = own.permissions if own else []
    reads = {Permission.JOURNAL_READ} if Permission.JOURNAL_WRITE in given else set()
    return frozenset(one for one in Permission if one in given) | reads
