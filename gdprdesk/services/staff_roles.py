"""The roles there are: those of every register, and those the owner makes of permissions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RoleRef
from gdprdesk.domain.errors import DomainError, NotAllowedError, NotFoundError
from gdprdesk.domain.permissions import Role
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import BuiltInRole, Permission, say
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _, ngettext
from gdprdesk.services.entering import checked_name
from gdprdesk.services.permissions import permissions_of, permissions_of_role
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class RoleRow:
    """A role, and what whoever has it may see and do.

    Attributes:
        key: What a member of staff is given: the word of a built-in role, or the ref of an own one.
        people: How many have it.
        can_give: Whether whoever asks may give it: she holds all of it herself.
    """

    key: str
    name: str
    permissions: tuple[Permission, ...]
    is_own: bool
    people: int
    can_give: bool


@query("role.list", needs=Permission.STAFF)
def list_roles(read: Session) -> tuple[RoleRow, ...]:
    """Return the roles, those of every register first."""
    counts = select(StaffMember.role, func.count()).where(StaffMember.left_on.is_(None))
    people = dict(read.execute(counts.group_by(StaffMember.role)).all())
    mine = permissions_of(read)
    own = {one.ref: one.name for one in read.scalars(select(Role))}
    named: dict[str, str] = {
        **{one.value: say(one) for one in BuiltInRole},
        **dict(sorted(own.items(), key=lambda one: fold(one[1]))),
    }
    found = {key: permissions_of_role(read, key) for key in named}
    return tuple(
        RoleRow(
            key=key,
            name=named[key],
            permissions=in_order(given),
            is_own=key in own,
            people=people.get(key, 0),
            can_give=given <= mine,
        )
        for key, given in found.items()
    )


@action("role.add", N_("New role"), undoable=False, needs=Permission.STAFF)
def add_role(work: UnitOfWork, *, name: str, permissions: tuple[Permission, ...]) -> RoleRef:
    """Make a role of permissions.

    Raises:
        DomainError: There is one of that name, it may do nothing, or more than whoever makes it.
    """
    role = Role(name="")
    _fill(work.session, role, name, permissions)
    work.session.add(role)
    return role.ref


@action("role.change", N_("Changed role"), undoable=False, needs=Permission.STAFF)
def change_role(
    work: UnitOfWork, *, role_ref: RoleRef, name: str, permissions: tuple[Permission, ...]
) -> None:
    """Change what an own role is called and may do; it counts at once for all who have it.

    Raises:
        DomainError: As `add_role`, or it may already do more than whoever changes it.
    """
    role = _find(work.session, role_ref)
    must_hold(work.session, permissions_of_role(work.session, role.ref))
    _fill(work.session, role, name, permissions)


@action("role.remove", N_("Role removed"), undoable=False, needs=Permission.STAFF)
def remove_role(work: UnitOfWork, *, role_ref: RoleRef) -> None:
    """Take away an own role that nobody has.

    Raises:
        DomainError: Somebody has it.
    """
    role = _find(work.session, role_ref)
    have = select(StaffMember.name).where(
        StaffMember.role == role.ref, StaffMember.left_on.is_(None)
    )
    names = work.session.scalars(have).all()
    if names:
        raise DomainError(
            ngettext(
                "{names} has the role “{role}”. Nothing was changed. Give her another role first.",
                "{names} have the role “{role}”. Nothing was changed. Give them another role "
                "first.",
                len(names),
            ).format(names=", ".join(names), role=role.name)
        )
    work.session.delete(role)


def role_name(session: Session, role: str) -> str:
    """Return what a role is called; a role that is gone, or none, may see and do nothing."""
    if role in {*BuiltInRole}:
        return say(BuiltInRole(role))
    own = session.scalar(select(Role.name).where(Role.ref == role))
    return own if own is not None else _("No role")


def must_be_role(session: Session, role: str) -> frozenset[Permission]:
    """Return what a role may see and do.

    Raises:
        NotFoundError: There is no such role.
    """
    if role not in {*BuiltInRole}:
        _find(session, RoleRef(role))
    return permissions_of_role(session, role)


def must_hold(session: Session, given: Iterable[Permission]) -> None:
    """Refuse to give away, or take away, what whoever does this does not hold herself.

    Raises:
        NotAllowedError: She does not hold all of it.
    """
    lacking = in_order(frozenset(given) - permissions_of(session))
    if lacking:
        raise NotAllowedError(
            _(
                "You cannot decide about what you may not do yourself: {permissions}. Nothing was "
                "changed. Ask the owner to do it."
            ).format(permissions=", ".join(say(one) for one in lacking))
        )


def in_order(permissions: Iterable[Permission]) -> tuple[Permission, ...]:
    """Return permissions in the order in which they are always shown."""
    given = frozenset(permissions)
    return tuple(one for one in Permission if one in given)


def _find(session: Session, ref: RoleRef) -> Role:
    role = session.scalar(select(Role).where(Role.ref == ref))
    if role is None:
        raise NotFoundError(_("There is no such role any more. Nothing was changed."))
    return role


def _fill(session: Session, role: Role, name: str, permissions: tuple[Permission, ...]) -> None:
    name = checked_name(name)
    others = {fold(say(one)) for one in BuiltInRole}
    others |= {fold(one.name) for one in session.scalars(select(Role)) if one.ref != role.ref}
    if fold(name) in others:
        raise DomainError(
            _(
                "There is a role called {name} already. Nothing was saved. Choose another name."
            ).format(name=name)
        )
    if not permissions:
        raise DomainError(
            _(
                "Whoever had this role could see nothing. Nothing was saved. Choose at least one "
                "thing that she may do."
            )
        )
    must_hold(session, permissions)
    role.name, role.permissions = name, [one.value for one in in_order(permissions)]
