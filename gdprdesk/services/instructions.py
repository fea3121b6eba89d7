"""What businesses that are served ask to be done with their people's data: Article 28(3)(a), (e).

An instruction says what is to be done and for whom there; the data themselves are in the register
of that business, never in this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import ControllerRef, RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import Instruction
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.terms import Permission, RequestKind
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import activity_for, find_record, today_of
from gdprdesk.services.numbering import give_case_number
from gdprdesk.services.registry import action, query
from gdprdesk.services.served import find_controller
from gdprdesk.store.unit_of_work import UnitOfWork

USUAL_TIME = timedelta(days=14)
"""How long one has where the agreement says nothing: the other two weeks are the customer's."""


@dataclass(frozen=True, repr=False)
class InstructionRow:
    """Something a business that is served wants done.

    Attributes:
        number: What letters call it.
        contact: Where to write to the business.
        scope: What is to be done, with whose data.
        done_how: What was done, and what could not be.
        answered_on: When the business was told; nothing while it waits.
        is_late: Whether its day has passed and it has not been answered.
    """

    ref: RecordRef
    number: int
    controller_ref: ControllerRef
    controller: str
    contact: str
    kind: RequestKind
    received_on: date
    due_on: date
    scope: str
    done_on: date | None
    done_how: str
    answered_on: date | None
    is_late: bool


@action("instruction.take", N_("New instruction"), needs=Permission.REGISTER)
def take_instruction(
    work: UnitOfWork,
    *,
    controller_ref: ControllerRef,
    kind: RequestKind,
    scope: str,
    received_on: date | None = None,
    due_on: date | None = None,
) -> RecordRef:
    """Write down what a business that is served wants done.

    Args:
        work: The transaction.
        controller_ref: Which business.
        kind: Which right of its people it is about.
        scope: What is to be done, with whose data.
        received_on: When it came; today, if nothing is said.
        due_on: By when, by the agreement; two weeks later, if nothing is said.

    Raises:
        DomainError: Nothing is said to be done, a day is out of order, or nothing of that business
            is here any more.
    """
    controller = find_controller(work.session, controller_ref)
    if controller.settled_on is not None:
        raise DomainError(
            _(
                "The data of {name} were returned or deleted when the service ended: nothing can "
                "be done with them here. Nothing was saved."
            ).format(name=controller.name)
        )
    if not is_visible(scope):
        raise DomainError(_("Write what is to be done, and with whose data. Nothing was saved."))
    came_on = received_on or work.today
    if came_on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    record = Instruction(
        subject_id=None,
        activity_id=activity_for(work.session, Instruction).id,
        recorded_on=work.today,
        number=give_case_number(work.session),
        controller_id=controller.id,
        kind=kind,
        received_on=came_on,
        due_on=_due(came_on, due_on),
        scope=scope.strip(),
    )
    work.session.add(record)
    return record.ref


@action("instruction.done", N_("Instruction carried out"), needs=Permission.REGISTER)
def carry_out_instruction(
    work: UnitOfWork, *, ref: RecordRef, how: str, on: date | None = None
) -> None:
    """Write down what was done for an instruction, or why it could not be.

    Raises:
        DomainError: It has been answered, does not say what, or the day is out of order.
    """
    record = _open(work.session, ref)
    if not is_visible(how):
        raise DomainError(_("Write what was done, or why it could not be. Nothing was saved."))
    record.done_on = _day(on, record.received_on, work.today)
    record.done_how = how.strip()


@action("instruction.answered", N_("Instruction answered"), needs=Permission.REGISTER)
def answer_instruction(work: UnitOfWork, *, ref: RecordRef, on: date | None = None) -> None:
    """Write down that the business was told what was done: the case is closed.

    Raises:
        DomainError: Nothing has been done yet, or the day is out of order.
    """
    record = _open(work.session, ref)
    if record.done_on is None:
        raise DomainError(
            _("Write first what was done, or why it could not be. Nothing was saved.")
        )
    record.answered_on = _day(on, record.done_on, work.today)


@action("instruction.reopen", N_("Instruction opened again"), needs=Permission.REGISTER)
def reopen_instruction(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take back that an instruction was answered: there is more to do for it."""
    find_record(work.session, Instruction, ref).answered_on = None


@action("instruction.postpone", N_("New day of an instruction"), needs=Permission.REGISTER)
def move_instruction(work: UnitOfWork, *, ref: RecordRef, due_on: date) -> None:
    """Move the day by which an instruction is to be carried out, as agreed with the business.

    Raises:
        DomainError: It has been answered, or the day comes before it was received.
    """
    record = _open(work.session, ref)
    record.due_on = _due(record.received_on, due_on)


@query("instruction.list", needs=Permission.REGISTER)
def list_instructions(
    read: Session, *, controller_ref: ControllerRef | None = None, open_only: bool = False
) -> tuple[InstructionRow, ...]:
    """Return what businesses want done: what waits, the nearest day first, and then what is closed.

    Args:
        read: The open register.
        controller_ref: Only of this business.
        open_only: Leave out what has been answered.
    """
    kind = Instruction
    found = (
        select(kind, ControllerServed)
        .join(ControllerServed, ControllerServed.id == kind.controller_id)
        .order_by(kind.answered_on.is_not(None), kind.answered_on.desc(), kind.due_on, kind.id)
    )
    if controller_ref is not None:
        found = found.where(ControllerServed.ref == controller_ref)
    if open_only:
        found = found.where(kind.answered_on.is_(None))
    today = today_of(read)
    return tuple(_row(one, controller, today) for one, controller in read.execute(found))


@query("instruction.show", needs=Permission.REGISTER)
def show_instruction(read: Session, *, ref: RecordRef) -> InstructionRow:
    """Return one instruction with all that is known of it."""
    one = find_record(read, Instruction, ref)
    return _row(one, read.get_one(ControllerServed, one.controller_id), today_of(read))


def _open(session: Session, ref: RecordRef) -> Instruction:
    record = find_record(session, Instruction, ref)
    if record.answered_on is not None:
        raise DomainError(
            _("This instruction has been answered. Nothing was changed. Open it again first.")
        )
    return record


def _due(received_on: date, wanted: date | None) -> date:
    if wanted is not None and wanted < received_on:
        raise DomainError(
            _("It cannot be due before it came. Nothing was saved. Look at the days again.")
        )
    return wanted or received_on + USUAL_TIME


def _day(wanted: date | None, earliest: date, today: date) -> date:
    day = wanted or today
    if not earliest <= day <= today:
        raise DomainError(
            _("This day is out of order: it has not come, or is too early. Nothing was saved.")
        )
    return day


def _row(one: Instruction, controller: ControllerServed, today: date) -> InstructionRow:
    return InstructionRow(
        ref=one.ref,
        number=one.number,
        controller_ref=controller.ref,
        controller=controller.name,
        contact=controller.contact,
        kind=one.kind,
        received_on=one.received_on,
        due_on=one.due_on,
        scope=one.scope,
        done_on=one.done_on,
        done_how=one.done_how,
        answered_on=one.answered_on,
        is_late=one.answered_on is None and one.due_on < today,
    )
