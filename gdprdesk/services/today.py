"""What needs attention today: orders, invoices, gaps in the register, data whose time is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, ErasureState, Permission, SubjectState
from gdprdesk.services.activities import ActivityRow, list_activities
from gdprdesk.services.backup_standing import (
    BackupStanding,
    PlaceToConnect,
    list_places_to_connect,
    show_backup_standing,
)
from gdprdesk.services.bookings import BookingFilter, BookingRow, list_bookings
from gdprdesk.services.breach_log import BreachRow, list_breaches
from gdprdesk.services.clean_up_preview import count_due
from gdprdesk.services.clips import ClipRow, list_clips
from gdprdesk.services.erasure_cases import ErasureRow, list_erasures
from gdprdesk.services.finding import today_of
from gdprdesk.services.guardians import OfAgeRow, list_of_age
from gdprdesk.services.holds import HoldRow, list_holds
from gdprdesk.services.instructions import InstructionRow, list_instructions
from gdprdesk.services.invoices import InvoiceRow, list_invoices
from gdprdesk.services.journal import NoteRow, list_drafts
from gdprdesk.services.log_sample import list_samples_due
from gdprdesk.services.new_keys import journal_key_waits
from gdprdesk.services.notice import NoticeTask, list_notice_tasks
from gdprdesk.services.paging import NO_ROWS, every_row
from gdprdesk.services.papers import PaperRow, list_papers
from gdprdesk.services.patient_law import is_patient_law_open
from gdprdesk.services.permissions import answer, may
from gdprdesk.services.recipients import RecipientsDue, list_recipients_due
from gdprdesk.services.registry import query
from gdprdesk.services.requests import RequestsDue, requests_due
from gdprdesk.services.served import ControllerRow, list_to_settle
from gdprdesk.services.sources import SourceRow, list_sources
from gdprdesk.services.staff_leaving import LeavingView, list_leaving
from gdprdesk.services.take_down import TakeDownRow, list_take_downs


@dataclass(frozen=True, repr=False)
class TodayView:
    """What the first page shows: of each kind everything there is, the oldest first.

    What whoever asks may not see is not there.

    Attributes:
        requests: What people have asked for about their own data; what is overdue there stands
            before all else.
        breaches: Breaches that are not closed, the most pressing first.
        late: Orders that were wanted before today and are still open.
        unpaid: Orders that were delivered, but neither paid nor invoiced.
        overdue: Invoices whose day has passed without payment.
        next_due: Invoices that are to be paid in the coming days.
        waiting: Erasures that wait for an order to be finished.
        over: How many records have reached their last day, or are to be decided about.
        papers: Paper whose time is over: somebody takes it out and shreds it.
        clips: Camera clips that are to be deleted within a week.
        instructions: What businesses that are served want done, and have not been answered.
        to_settle: Those served no more whose data are to go back or be deleted.
        holds: Decisions to keep something that are to be taken again.
        sources: Who is to be told where her data came from.
        notices: Published notices that are out of date, or not told to those they are for.
        lacking: Rows of the register that lack something, or with something to be done about.
        to_review: Rows of the register that are to be looked through again.
        complete: How many rows of the register lack nothing, `of` how many.
        recipients: What is to be arranged with those who get data.
        coming: The open orders after today.
        backup: How old the last copy of the register is.
        to_connect: Sticks that are to be connected, so that copies on them can be erased in.
        journal_key_waits: The keys were changed by somebody who may not read the journal, so that
            its own key waits for somebody who may.
        journal_drafts: Entries of journals that nobody has signed for some days.
        log_checks: The months whose readings of the journal nobody has checked and signed.
        take_downs: What is published and has to come down, or somebody in it to be asked.
        of_age: Children who turn 18 within a month, or have, and are to be asked themselves.
        leaving: Who has quit and of whom something is left to see to.
        patient_law_open: A journal is kept, and nobody has said whether the law on patients'
            records applies.
    """

    day: date
    people: int
    requests: RequestsDue
    breaches: tuple[BreachRow, ...]
    orders: tuple[BookingRow, ...]
    late: tuple[BookingRow, ...]
    coming: tuple[BookingRow, ...]
    unpaid: tuple[BookingRow, ...]
    overdue: tuple[InvoiceRow, ...]
    next_due: tuple[InvoiceRow, ...]
    staged: tuple[ErasureRow, ...]
    waiting: tuple[ErasureRow, ...]
    over: int
    papers: tuple[PaperRow, ...]
    clips: tuple[ClipRow, ...]
    instructions: tuple[InstructionRow, ...]
    to_settle: tuple[ControllerRow, ...]
    holds: tuple[HoldRow, ...]
    sources: tuple[SourceRow, ...]
    notices: tuple[NoticeTask, ...]
    lacking: tuple[ActivityRow, ...]
    to_review: tuple[ActivityRow, ...]
    complete: int
    of: int
    recipients: RecipientsDue
    backup: BackupStanding
    to_connect: tuple[PlaceToConnect, ...]
    journal_key_waits: bool
    journal_drafts: tuple[NoteRow, ...]
    log_checks: tuple[date, ...]
    take_downs: tuple[TakeDownRow, ...]
    of_age: tuple[OfAgeRow, ...]
    leaving: tuple[LeavingView, ...]
    patient_law_open: bool


@query("today.show", needs=None)
def show_today(read: Session) -> TodayView:
    """Return what needs attention today."""
    day = today_of(read)
    late, coming = _open_orders(read, day)
    orders = _orders(read, day=day)
    unpaid = list(_orders(read, show=BookingFilter.UNPAID))
    found = partial(answer, read, list_invoices, NO_ROWS, unpaid=True)
    invoices = sorted(every_row(found), key=lambda row: row.due_on)
    none: tuple[ActivityRow, ...] = ()
    rows = answer(read, list_activities, none)
    lacking = tuple(row for row in rows if row.lacks)
    return TodayView(
        day=day,
        people=_count_people(read) if may(read, Permission.PEOPLE) else 0,
        requests=answer(read, requests_due, RequestsDue()),
        breaches=answer(read, list_breaches, (), open_only=True),
        orders=tuple(row for row in orders if row.state is not BookingState.CANCELLED),
        late=tuple(late),
        coming=tuple(coming),
        unpaid=tuple(reversed(unpaid)),
        overdue=tuple(row for row in invoices if row.is_overdue),
        next_due=tuple(row for row in invoices if not row.is_overdue),
        staged=answer(read, list_erasures, (), state=ErasureState.STAGED),
        waiting=answer(read, list_erasures, (), state=ErasureState.WAITING),
        over=answer(read, count_due, 0),
        papers=answer(read, list_papers, (), due_only=True),
        clips=answer(read, list_clips, (), due_only=True),
        instructions=answer(read, list_instructions, (), open_only=True),
        to_settle=answer(read, list_to_settle, ()),
        holds=answer(read, list_holds, (), due_by=day),
        sources=answer(read, list_sources, ()),
        notices=answer(read, list_notice_tasks, ()),
        lacking=lacking,
        to_review=_to_review(read, rows, day),
        complete=len(rows) - len(lacking),
        of=len(rows),
        recipients=answer(read, list_recipients_due, RecipientsDue()),
        backup=answer(read, show_backup_standing, BackupStanding()),
        to_connect=answer(read, list_places_to_connect, ()),
        journal_drafts=answer(read, list_drafts, ()),
        log_checks=answer(read, list_samples_due, ()),
        of_age=answer(read, list_of_age, ()),
        take_downs=answer(read, list_take_downs, ()),
        leaving=answer(read, list_leaving, ()),
        journal_key_waits=answer(read, journal_key_waits, False),  # noqa: FBT003
        patient_law_open=answer(read, is_patient_law_open, other=False),
    )


def _count_people(read: Session) -> int:
    people = select(func.count()).select_from(DataSubject)
    return read.scalar(people.where(DataSubject.state == SubjectState.ACTIVE)) or 0


def _orders(read: Session, **wanted: Any) -> Iterator[BookingRow]:
    return every_row(partial(answer, read, list_bookings, NO_ROWS, **wanted))


def _to_review(read: Session, rows: tuple[ActivityRow, ...], day: date) -> tuple[ActivityRow, ...]:
    due = {
        one.ref
        for one in read.scalars(select(ProcessingActivity))
        if one.review_due_on is not None and one.review_due_on <= day
    }
    return tuple(row for row in rows if row.ref in due)


def _open_orders(read: Session, day: date) -> tuple[list[BookingRow], list[BookingRow]]:
    """Return the open orders that are late and those to come, by the day they are wanted."""
    late: list[BookingRow] = []
    coming: list[BookingRow] = []
    for row in _orders(read, show=BookingFilter.OPEN):
        if row.wanted_on is None:  # these come last
            break
        if row.wanted_on != day:
            (late if row.wanted_on < day else coming).append(row)
    return late, coming


@query("today.days_with_orders", needs=Permission.ORDERS)
def list_days_with_orders(read: Session) -> tuple[date, ...]:
    """Return the days for which there are open orders, to choose a day sheet from."""
    days = read.scalars(
        select(Booking.wanted_on)
        .outerjoin(DataSubject, DataSubject.id == Booking.subject_id)
        .where(Booking.wanted_on.is_not(None), Booking.state == BookingState.CONFIRMED)
        .where(DataSubject.id.is_(None) | (DataSubject.state == SubjectState.ACTIVE))
        .distinct()
        .order_by(Booking.wanted_on)
    )
    return tuple(day for day in days if day)
