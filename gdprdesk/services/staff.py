"""Who works with the register: written down, given a role, told of the log, and ended.

These are the rows. What lets somebody open the file is her slot in the key file; `StaffKeys` keeps
the two together, and `staff_settling` puts right what a crash between them left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.permissions import JOURNAL
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BuiltInRole, FactorKind, Permission
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import checked_name
from gdprdesk.services.finding import find_subject, folder_of
from gdprdesk.services.permissions import permissions_of, permissions_of_role
from gdprdesk.services.registry import action, query
from gdprdesk.services.staff_leaving import leave
from gdprdesk.services.staff_roles import in_order, must_be_role, must_hold, role_name
from gdprdesk.services.staff_rows import find_staff, working, write_down
from gdprdesk.store.keys import Slot, staff_in
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class StaffRow:
    """A member of staff as the list shows her.

    Attributes:
        staff_id: As the key file and the log know her.
        subject_ref: Her own page as a person, if she has one.
        permissions: What her role lets her see and do.
        invited_until: The last day of her one-time code; nothing once she has a password.
        factors: What she needs beside her password.
        lacks_journal_key: Her role lets her into the journal, but nobody has given her its key.
        to_see_to: What is left of the list of her leaving.
    """

    ref: RecordRef
    staff_id: str
    subject_ref: SubjectRef | None
    name: str
    role: str
    role_name: str
    permissions: tuple[Permission, ...]
    joined_on: date | None
    left_on: date | None
    told_on: date | None
    invited_until: date | None
    factors: tuple[FactorKind, ...]
    lacks_journal_key: bool
    to_see_to: int


@dataclass(frozen=True, repr=False)
class SeenAs:
    """As whom the register is looked at.

    Attributes:
        name: Who; empty for anybody with the role.
        permissions: What is then seen.
    """

    name: str
    role_name: str
    permissions: frozenset[Permission]


@query("staff.list", needs=Permission.STAFF)
def list_staff(read: Session) -> tuple[StaffRow, ...]:
    """Return who works with the register, those who have left last."""
    slots = {one.id: one for one in staff_in(folder_of(read))}
    order = (StaffMember.left_on.is_not(None), StaffMember.id)
    rows = read.scalars(select(StaffMember).order_by(*order))
    return tuple(_row(read, one, slots.get(one.staff_id)) for one in rows)


@query("staff.view_as", needs=Permission.STAFF)
def show_seen_as(read: Session, *, role: str, name: str = "") -> SeenAs:
    """Return what somebody with a role sees, of what whoever asks sees herself.

    Raises:
        NotFoundError: There is no such role.
    """
    may = must_be_role(read, role) & permissions_of(read)
    return SeenAs(name, role_name(read, role), may)


@action("staff.invite", N_("Invitation"), undoable=False, needs=Permission.STAFF)
def write_down_invited(
    work: UnitOfWork, *, slot: str, name: str, role: str, subject_ref: SubjectRef | None = None
) -> RecordRef:
    """Write down whom a slot of the key file was made for, and what she may do.

    Raises:
        DomainError: There is no such slot, or as `check_invitation`.
    """
    name, session = check_invitation(work.session, name=name, role=role), work.session
    slots = {one.id for one in staff_in(folder_of(session))}
    if slot not in slots or slot in {one.staff_id for one in working(session)}:
        raise DomainError(
            _(
                "There is no new key for her, so she could not open the register. Nothing was "
                "saved. Invite her under Settings, Users, or with: gdprdesk staff FILE invite"
            )
        )
    member = write_down(work, slot, name, role)
    if subject_ref is not None:
        member.subject_id = find_subject(session, subject_ref).id
    return member.ref


@action("staff.renew", N_("New one-time code"), undoable=False, needs=Permission.STAFF)
def note_renewal(work: UnitOfWork, *, staff_ref: RecordRef) -> None:
    """Write in the log that somebody was given a new one-time code."""
    member = check_change(work.session, staff_ref=staff_ref)
    work.mention(member.ref)


@action("staff.set_role", N_("Another role"), undoable=False, needs=Permission.STAFF)
def set_staff_role(work: UnitOfWork, *, staff_ref: RecordRef, role: str) -> None:
    """Give a member of staff another role.

    Raises:
        DomainError: It may do more than whoever gives it, or she is the last owner.
    """
    check_role(work.session, staff_ref=staff_ref, role=role).role = role
    work.mention(staff_ref)


@action("staff.rename", N_("Another name"), undoable=False, needs=Permission.STAFF)
def rename_staff(work: UnitOfWork, *, staff_ref: RecordRef, name: str) -> None:
    """Change what people call a member of staff.

    Raises:
        DomainError: The name is empty or somebody else's.
    """
    member = check_change(work.session, staff_ref=staff_ref)
    member.name = check_name(work.session, name=name, own=member.ref)


@action("staff.tell", N_("Told of the log"), undoable=False, needs=Permission.STAFF)
def note_told(work: UnitOfWork, *, staff_ref: RecordRef, on: date | None = None) -> None:
    """Write down that somebody was told what of her work is logged, how long and why.

    Raises:
        DomainError: The day has not come.
    """
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    find_staff(work.session, staff_ref).told_on = on or work.today


@action("staff.link", N_("Page of a member of staff"), undoable=False, needs=Permission.STAFF)
def link_staff(
    work: UnitOfWork, *, staff_ref: RecordRef, subject_ref: SubjectRef | None = None
) -> None:
    """Say which page of a person is hers; without one she has no page here.

    With a page, what is here about her as staff is in her copy of everything.
    """
    member = find_staff(work.session, staff_ref)
    subject = find_subject(work.session, subject_ref) if subject_ref else None
    member.subject_id = subject.id if subject else None


@action("staff.end", N_("Access ended"), undoable=False, needs=Permission.STAFF)
def end_staff(work: UnitOfWork, *, staff_ref: RecordRef) -> None:
    """End what somebody may do here. Whoever has been let in gets a list of what to see to.

    Raises:
        DomainError: She is the last owner, or may do more than whoever ends it.
    """
    member = check_end(work.session, staff_ref=staff_ref)
    if member.joined_on is None:
        work.session.delete(member)
    else:
        leave(work, member)


def check_invitation(session: Session, *, name: str, role: str) -> str:
    """Return the name as it is kept of somebody who may be invited.

    Raises:
        DomainError: The name is empty or taken, or the role may do more than who invites.
    """
    must_hold(session, must_be_role(session, role))
    return check_name(session, name=name)


def check_name(session: Session, *, name: str, own: RecordRef | None = None) -> str:
    """Return a name as it is kept, which nobody else has who works here.

    Raises:
        DomainError: It is empty or taken.
    """
    name = checked_name(name)
    others = [one for one in working(session) if one.ref != own]
    if fold(name) in {fold(one.name) for one in others}:
        raise DomainError(
            _(
                "Somebody called {name} works with this register already. Nothing was saved. "
                "Choose another name, such as one with a surname."
            ).format(name=name)
        )
    return name


def check_change(session: Session, *, staff_ref: RecordRef) -> StaffMember:
    """Return a member of staff about whom whoever asks may decide.

    Raises:
        DomainError: She has left, or may do more than whoever asks.
    """
    member = find_staff(session, staff_ref)
    if member.left_on is not None:
        raise DomainError(
            _(
                "{name} does not work with the register any more. Nothing was changed. Invite her "
                "if she has come back."
            ).format(name=member.name)
        )
    must_hold(session, permissions_of_role(session, member.role))
    return member


def check_role(session: Session, *, staff_ref: RecordRef, role: str) -> StaffMember:
    """Return a member of staff who may be given a role.

    Raises:
        DomainError: As `check_change`; or the role may do more than whoever gives it; or she is
            the last owner.
    """
    member = check_change(session, staff_ref=staff_ref)
    must_hold(session, must_be_role(session, role))
    if role != BuiltInRole.OWNER:
        _must_not_be_last(session, member)
    return member


def check_end(session: Session, *, staff_ref: RecordRef) -> StaffMember:
    """Return a member of staff whose access may be ended.

    Raises:
        DomainError: As `check_change`, or she is the last owner.
    """
    member = check_change(session, staff_ref=staff_ref)
    _must_not_be_last(session, member)
    return member


def reads_journal(session: Session, *, role: str) -> bool:
    """Return whether somebody with a role is to hold the key of the journal."""
    return not JOURNAL.isdisjoint(permissions_of_role(session, role))


def _must_not_be_last(session: Session, member: StaffMember) -> None:
    owners = [one for one in working(session) if one.role == BuiltInRole.OWNER and one.joined_on]
    if owners == [member]:
        raise DomainError(
            _(
                "{name} is the last owner of this register: nobody could decide about it without "
                "her. Nothing was changed. Make somebody else an owner first."
            ).format(name=member.name)
        )


def _row(read: Session, member: StaffMember, slot: Slot | None) -> StaffRow:
    may = permissions_of_role(read, member.role)
    subject = read.get(DataSubject, member.subject_id) if member.subject_id else None
    lacks_journal = slot is not None and not slot.holds_journal and not may.isdisjoint(JOURNAL)
    return StaffRow(
        ref=member.ref,
        staff_id=member.staff_id,
        subject_ref=subject.ref if subject else None,
        name=member.name,
        role=member.role,
        role_name=role_name(read, member.role),
        permissions=in_order(may),
        joined_on=member.joined_on,
        left_on=member.left_on,
        told_on=member.told_on,
        invited_until=slot.invited_until if slot else None,
        factors=tuple(slot.factors) if slot else (),
        lacks_journal_key=lacks_journal,
        to_see_to=sum(not one["done_on"] for one in member.leaving),
    )
