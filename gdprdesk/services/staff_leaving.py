"""When somebody quits: what is to be seen to, until all of it is ticked.

The list is made of resources/templates/leaving.toml and of the suppliers the register names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.retention import Relation, kept_until
from gdprdesk.domain.staff import LeavingStep, StaffMember
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, RecipientRole
from gdprdesk.i18n import LANGUAGES, N_, _, current_language, format_day
from gdprdesk.services.finding import controller_of, rules_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.registry import action, query
from gdprdesk.services.staff_names import staff_name
from gdprdesk.services.staff_roles import role_name
from gdprdesk.services.staff_rows import find_staff
from gdprdesk.services.templates import leaving_list, phrase_book
from gdprdesk.store.unit_of_work import UnitOfWork

ACCESS, KEYS = "access", "keys"
_SYSTEM = "system:"
_SOCIAL = {"social_media", "meta"}
_PHOTOS = "photos"


@dataclass(frozen=True, repr=False)
class LeavingRow:
    """A thing to see to.

    Attributes:
        page: The page of the window where it is done; empty where it is done outside.
        done_on: When it was done; nothing while it is open.
        done_by: Who says so, by name.
    """

    key: str
    title: str
    text: str
    page: str
    done_on: date | None
    done_by: str
    note: str


@dataclass(frozen=True, repr=False)
class LeavingView:
    """Somebody who has quit, and what is to be seen to.

    Attributes:
        subject_ref: Her own page as a person, if she has one.
        named_until: The last day on which the log says who she was.
        done: How many steps are done.
    """

    ref: RecordRef
    name: str
    role_name: str
    left_on: date
    subject_ref: SubjectRef | None
    named_until: date | None
    rows: tuple[LeavingRow, ...]
    done: int


@query("staff.leaving", needs=Permission.STAFF)
def show_leaving(read: Session, *, staff_ref: RecordRef) -> LeavingView:
    """Return what is to be seen to since somebody quit, and what has been.

    Raises:
        NotFoundError: She works here still, or is not in the register any more.
    """
    return _view(read, _left(read, staff_ref))


@query("staff.list_leaving", needs=Permission.STAFF)
def list_leaving(read: Session) -> tuple[LeavingView, ...]:
    """Return those who have quit and of whom something is left to see to."""
    left = select(StaffMember).where(StaffMember.left_on.is_not(None)).order_by(StaffMember.left_on)
    views = [_view(read, one) for one in read.scalars(left)]
    return tuple(one for one in views if one.done < len(one.rows))


@action("staff.tick_leaving", N_("Seen to"), needs=Permission.STAFF)
def tick_leaving(
    work: UnitOfWork, *, staff_ref: RecordRef, key: str, note: str = "", on: date | None = None
) -> None:
    """Write down that a step was seen to, when if not today, and a note.

    Raises:
        DomainError: The list has no such step, or the day has not come.
    """
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    day = (on or work.today).isoformat()
    _change(
        work, staff_ref, LeavingStep(key=key, done_on=day, done_by=work.staff, note=note.strip())
    )


@action("staff.untick_leaving", N_("Not seen to"), needs=Permission.STAFF)
def untick_leaving(work: UnitOfWork, *, staff_ref: RecordRef, key: str) -> None:
    """Take back that a step was seen to.

    Raises:
        NotFoundError: The list has no such step.
    """
    _change(work, staff_ref, _open(key))


def leave(work: UnitOfWork, member: StaffMember) -> None:
    """Write down that somebody may not unlock the register any more, and what to see to now."""
    member.left_on = work.today
    ended = LeavingStep(key=ACCESS, done_on=work.today.isoformat(), done_by=work.staff, note="")
    member.leaving = [ended if key == ACCESS else _open(key) for key in _keys(work.session)]


def tick_keys(work: UnitOfWork) -> None:
    """Write down for everybody who has left that the keys were changed since."""
    left = work.session.scalars(select(StaffMember).where(StaffMember.left_on.is_not(None)))
    for member in left.all():
        member.leaving = [
            {**one, "done_on": work.today.isoformat(), "done_by": work.staff}
            if one["key"] == KEYS and not one["done_on"]
            else one
            for one in member.leaving
        ]


def step_words(read: Session, member: StaffMember, key: str) -> tuple[str, str]:
    """Return what a step is called, and what is to be done, in the language spoken."""
    until, code = named_until(read, member), current_language()
    said = {
        "name": member.name,
        "day": format_day(until) if until else "",
        "system": _system(read, key.removeprefix(_SYSTEM)) if key.startswith(_SYSTEM) else "",
    }
    words = _words(key)
    return words["title"][code].format(**said), words["text"][code].format(**said)


def named_until(session: Session, member: StaffMember) -> date | None:
    """Return the last day on which the log says who somebody was; nothing while she works here."""
    today = today_of(session)
    rules, law = rules_of(session)[member.activity_id], law_of(session)
    return kept_until(member, rules, law, Relation(today), today).until


def _open(key: str) -> LeavingStep:
    return LeavingStep(key=key, done_on="", done_by="", note="")


def _keys(session: Session) -> Iterator[str]:
    """Walk what there is to see to in this register."""
    recipients = list(_systems(session))
    has = {
        "": True,
        "journal": keeps_journal(session),
        "photos": session.scalar(select(exists().where(ProcessingActivity.key == _PHOTOS))),
        "social": any(one.key in _SOCIAL for one in recipients),
    }
    for step in leaving_list()["step"]:
        if has[step.get("needs", "")]:
            yield step["key"]
        if step["key"] == "mailbox":
            yield from (f"{_SYSTEM}{one.ref}" for one in recipients if one.key not in _SOCIAL)


def _systems(session: Session) -> Iterator[Recipient]:
    """Walk those in whose systems somebody who works here may have a password."""
    others = select(Recipient).where(
        (Recipient.role == RecipientRole.PROCESSOR) | Recipient.key.in_(_SOCIAL)
    )
    yield from session.scalars(others.order_by(Recipient.name))


def _left(session: Session, staff_ref: RecordRef) -> StaffMember:
    member = find_staff(session, staff_ref)
    if member.left_on is None:
        raise NotFoundError(
            _("{name} works with the register, so there is nothing to see to.").format(
                name=member.name
            )
        )
    return member


def _change(work: UnitOfWork, staff_ref: RecordRef, step: LeavingStep) -> None:
    member = _left(work.session, staff_ref)
    if step["key"] not in {one["key"] for one in member.leaving}:
        raise NotFoundError(_("This step is not in the list any more. Nothing was saved."))
    member.leaving = [step if one["key"] == step["key"] else one for one in member.leaving]


def _view(read: Session, member: StaffMember) -> LeavingView:
    subject = read.get(DataSubject, member.subject_id) if member.subject_id else None
    assert member.left_on is not None  # noqa: S101  (`_left` and `list_leaving` have seen to it)
    return LeavingView(
        ref=member.ref,
        name=member.name,
        role_name=role_name(read, member.role),
        left_on=member.left_on,
        subject_ref=subject.ref if subject else None,
        named_until=named_until(read, member),
        rows=tuple(_row(read, member, one) for one in member.leaving),
        done=sum(bool(one["done_on"]) for one in member.leaving),
    )


def _row(read: Session, member: StaffMember, step: LeavingStep) -> LeavingRow:
    title, text = step_words(read, member, step["key"])
    day = step["done_on"]
    return LeavingRow(
        key=step["key"],
        title=title,
        text=text,
        page=_words(step["key"]).get("page", ""),
        done_on=date.fromisoformat(day) if day else None,
        done_by=staff_name(read, step["done_by"]) if step["done_by"] else "",
        note=step["note"],
    )


def _words(key: str) -> Mapping[str, Any]:
    """Return what a step says; one of a later version of the program only its key."""
    if key.startswith(_SYSTEM):
        own: Mapping[str, Any] = leaving_list()["system"]
        return own
    bare = dict.fromkeys(LANGUAGES, key), dict.fromkeys(LANGUAGES, "")
    known = {one["key"]: one for one in leaving_list()["step"]}
    found: Mapping[str, Any] = known.get(key, {"title": bare[0], "text": bare[1]})
    return found


def _system(read: Session, ref: str) -> str:
    name, code = read.scalar(select(Recipient.name).where(Recipient.ref == ref)), current_language()
    gone: str = leaving_list()["system"]["gone"][code]
    return gone if name is None else phrase_book(controller_of(read).trade, code)(name)
