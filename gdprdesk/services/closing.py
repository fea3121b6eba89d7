"""Closing the business or handing it over: what goes, what is kept where, and who is told.

The list is made of resources/templates/closing.toml and of what the register holds on that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import PersonalRecord, personal_kinds
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.closing import ClosingStep, Ending
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.law import PATIENT_JOURNAL, Law
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.papers import PaperFile
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.requests import DataSubjectRequest, Instruction
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.terms import (
    BookingState,
    Decision,
    LegalBasis,
    Permission,
    RecipientRole,
    Start,
    cite,
)
from gdprdesk.i18n import N_, _, current_language, format_day, format_number
from gdprdesk.services.consents import list_consents
from gdprdesk.services.finding import controller_of, rules_of, today_of
from gdprdesk.services.law import authority, law_name, law_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.templates import closing, phrase_book
from gdprdesk.store.unit_of_work import UnitOfWork

_NEWSLETTER = "newsletter"
Facts = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class ClosingRow:
    """A step of the list.

    Attributes:
        law: The article that asks for it; empty where none does.
        page: The page of the window where it is done; empty where it is done outside.
        done_on: When it was done; nothing while it is open.
        note: What the owner wrote about it: where something is, who has it.
    """

    key: str
    title: str
    text: str
    law: str
    page: str
    done_on: date | None
    note: str


@dataclass(frozen=True, repr=False)
class ClosingGroup:
    """Steps that belong together."""

    key: str
    title: str
    rows: tuple[ClosingRow, ...]


@dataclass(frozen=True, repr=False)
class ClosingView:
    """The whole list, in the language spoken.

    Attributes:
        held_until: The last day a law holds something in this register; nothing if none does.
        done: How many steps are done, `of` how many.
    """

    ending: Ending
    groups: tuple[ClosingGroup, ...]
    held_until: date | None
    done: int
    of: int


@dataclass(frozen=True)
class _Step:
    key: str
    group: str
    title: str
    text: str
    law: str = ""
    page: str = ""


@query("closing.show", needs=Permission.REGISTER)
def show_closing(read: Session, *, ending: Ending = Ending.CLOSE) -> ClosingView:
    """Return the list of closing or handing over the business, with what has been done of it."""
    facts = _facts(read)
    ticks = {one.key: one for one in read.scalars(select(ClosingStep))}
    steps = list(_steps(read, ending, facts))
    groups = tuple(
        ClosingGroup(
            group["key"],
            group["title"][current_language()],
            tuple(_row(one, ticks.get(one.key)) for one in steps if one.group == group["key"]),
        )
        for group in closing()["group"]
    )
    return ClosingView(
        ending=ending,
        groups=tuple(group for group in groups if group.rows),
        held_until=facts["held"],
        done=sum(one.key in ticks for one in steps),
        of=len(steps),
    )


@action("closing.tick", N_("Done of the closing list"), needs=Permission.REGISTER)
def tick_step(work: UnitOfWork, *, key: str, note: str = "", on: date | None = None) -> None:
    """Write down that a step of the list is done, when if not today, and a note.

    Raises:
        DomainError: The list has no such step, or the day has not come.
    """
    facts = _facts(work.session)
    if all(one.key != key for end in Ending for one in _steps(work.session, end, facts)):
        raise NotFoundError(_("This step is not in the list any more. Nothing was saved."))
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    step = work.session.scalar(select(ClosingStep).where(ClosingStep.key == key))
    if step is None:
        step = ClosingStep(key=key, done_on=work.today)
        work.session.add(step)
    step.done_on, step.note = on or work.today, note.strip()


@action("closing.untick", N_("Not done of the closing list"), needs=Permission.REGISTER)
def untick_step(work: UnitOfWork, *, key: str) -> None:
    """Take back that a step of the list is done."""
    step = work.session.scalar(select(ClosingStep).where(ClosingStep.key == key))
    if step is not None:
        work.session.delete(step)


def _row(step: _Step, tick: ClosingStep | None) -> ClosingRow:
    return ClosingRow(
        key=step.key,
        title=step.title,
        text=step.text,
        law=step.law,
        page=step.page,
        done_on=tick.done_on if tick else None,
        note=tick.note if tick else "",
    )


def _steps(read: Session, ending: Ending, facts: Facts) -> Iterator[_Step]:
    """Walk the steps of a list, those that are the same everywhere and those of the register."""
    owner, code = controller_of(read), current_language()
    for one in closing()["step"]:
        here = owner.country in one.get("countries", (owner.country,))
        if here and ending in one.get("endings", Ending) and facts[one.get("needs", "always")]:
            said = {**_said(one.get("needs", ""), facts), "rows": _empty(owner, facts)}
            articles = ", ".join(map(cite, one.get("article", ())))
            yield _Step(
                one["key"],
                one["group"],
                one["title"][code].format(**said),
                one["text"][code].format(**said),
                _("Article {article}").format(article=articles) if articles else "",
                one.get("page", ""),
            )
    phrase = phrase_book(owner.trade, code)
    for activity in facts["activities"]:
        if activity.id in facts["records"] or activity.system_of_record:
            text = _of_activity(read, activity, ending, facts)
            yield _Step(f"activity:{activity.ref}", "data", phrase(activity.name), text)
    others = select(Recipient).where(Recipient.role != RecipientRole.AUTHORITY)
    for other in read.scalars(others.order_by(Recipient.role.desc(), Recipient.name)):
        text = _of_recipient(other, ending)
        yield _Step(f"recipient:{other.ref}", "others", phrase(other.name), text, page="recipients")
    served = select(ControllerServed).where(ControllerServed.settled_on.is_(None))
    for one in read.scalars(served.order_by(ControllerServed.name)):
        yield _Step(
            f"served:{one.ref}",
            "others",
            one.name,
            _text("served"),
            _("Article {article}").format(article=cite("28(3)(g)")),
            "register",
        )


def _said(needs: str, facts: Facts) -> dict[str, str]:
    """Return what a step says of the register: how many, until when, where."""
    held = facts["held"]
    return {
        "count": format_number(int(facts[needs])) if needs in facts["counted"] else "",
        "day": format_day(held) if held else "",
        "places": facts["places"],
        "authority": facts["authority"],
    }


def _empty(owner: Organisation, facts: Facts) -> str:
    phrase = phrase_book(owner.trade, current_language())
    return ", ".join(phrase(one.name) for one in facts["empty"])


def _of_activity(read: Session, activity: ProcessingActivity, ending: Ending, facts: Facts) -> str:
    phrase = phrase_book(controller_of(read).trade, current_language())
    system = phrase(activity.system_of_record)
    count, held = facts["records"].get(activity.id, 0), facts["held_of"].get(activity.id)
    obliged = facts["law_of"].get(activity.id)
    over = ending is Ending.HAND_OVER
    if not count:
        return _text("elsewhere", system=system)
    if held is not None:
        key = "held_over" if over else "held"
    elif over:
        key = "consent_over" if activity.legal_basis is LegalBasis.CONSENT else "over"
    else:
        key = "erase"
    said = _text(
        key,
        count=format_number(count),
        day=format_day(held) if held else "",
        law=law_name(read, obliged) if obliged else "",
    )
    return f"{said} {_text('elsewhere', system=system)}" if system else said


def _of_recipient(other: Recipient, ending: Ending) -> str:
    if other.role is not RecipientRole.PROCESSOR:
        return _text("other")
    return _text("processor_over" if ending is Ending.HAND_OVER else "processor_close")


def _text(key: str, **said: str) -> str:
    text: str = closing()["says"][key][current_language()]
    return text.format(**said)


def _facts(read: Session) -> Facts:
    """Return what the register holds today, as far as the list depends on it."""
    ordered = select(ProcessingActivity).order_by(ProcessingActivity.position)
    activities = read.scalars(ordered).all()
    records, held = _records(read), _held(read)
    held_of = {number: until for number, (until, _law) in held.items()}
    places = read.execute(
        select(PaperFile.place, func.count()).group_by(PaperFile.place).order_by(PaperFile.place)
    ).all()
    keeps_journal = any(
        one.rule.start is Start.LAST_JOURNAL_ENTRY or one.rule.law == PATIENT_JOURNAL
        for one in activities
    )
    binds = controller_of(read).patient_law.binds
    counted = {
        "orders": _count(read, Booking.state.in_([BookingState.ENQUIRY, BookingState.CONFIRMED])),
        "requests": _count(read, DataSubjectRequest.answered_on.is_(None))
        + _count(read, Instruction.answered_on.is_(None)),
        "newsletter": list_consents(
            read, purpose=_NEWSLETTER, decision=Decision.GIVEN, limit=1
        ).total,
        "paper": sum(count for _place, count in places),
    }
    return {
        **counted,
        "counted": counted.keys(),
        "always": True,
        "activities": activities,
        "empty": [one for one in activities if one.id not in records and not one.system_of_record],
        "records": records,
        "held_of": held_of,
        "law_of": {number: law for number, (_until, law) in held.items()},
        "held": max(held_of.values(), default=None),
        "places": "; ".join(place for place, _count in places),
        "staff": any(one.group == "staff" for one in activities),
        "cameras": any(one.camera for one in activities),
        "journal_bound": keeps_journal and binds,
        "journal_free": keeps_journal and not binds,
        "authority": authority(controller_of(read).country, today_of(read)).name,
    }


def _count(read: Session, wanted: Any) -> int:
    return read.scalar(select(func.count()).where(wanted)) or 0


def _records(read: Session) -> dict[int, int]:
    """Return how many records each row of the register has."""
    found: dict[int, int] = {}
    for kind in personal_kinds():
        if kind.accompanies:
            continue
        counts = select(kind.activity_id, func.count()).group_by(kind.activity_id)
        for number, count in read.execute(counts):
            found[number] = found.get(number, 0) + count
    return found


def _held(read: Session) -> dict[int, tuple[date, str]]:
    """Return the last day a law holds what each row of the register has, and which one does."""
    law, today = law_of(read), today_of(read)
    found: dict[int, tuple[date, str]] = {}
    for number, key, last in (*_begun(read), *_journals(read, law)):
        until = (law.keep_until(key, last, today), key)
        found[number] = max(until, found.get(number, until))
    return {number: held for number, held in found.items() if held[0] >= today}


def _begun(read: Session) -> Iterator[tuple[int, str, date]]:
    """Walk the rows that a law is written down for, with the last day it counts from."""
    for number, rules in rules_of(read).items():
        for rule in rules:
            for kind in personal_kinds() if rule.law not in {None, PATIENT_JOURNAL} else ():
                column = getattr(kind, kind.clock.get(rule.start, "recorded_on"))
                last = read.scalar(select(func.max(column)).where(kind.activity_id == number))
                if last is not None and not kind.accompanies:
                    yield number, str(rule.law), last


def _journals(read: Session, law: Law) -> Iterator[tuple[int, str, date]]:
    """Walk the rows under which there is a journal that the law binds, with its last entry."""
    last: dict[int, date] = {}
    kinds: list[type[PersonalRecord]] = [JournalNote, JournalFile, PaperFile]
    for kind in kinds if law.binds_journals else ():
        for one in read.scalars(select(kind).where(kind.activity_id.not_in(law.kept_elsewhere))):
            entered = one.entered_on(today_of(read))
            if entered is not None:
                last[one.activity_id] = max(entered, last.get(one.activity_id, entered))
    for number, day in last.items():
        yield number, PATIENT_JOURNAL, day
