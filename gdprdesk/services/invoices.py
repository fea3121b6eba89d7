"""Invoices made from orders, and whether they are paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.money import Line, by_rate
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import BookingState, ContactKind, Permission, SubjectState
from gdprdesk.domain.text import search_words
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import activity_for, find_activity_for, find_record, today_of
from gdprdesk.services.numbering import is_number_taken, next_number, use_number
from gdprdesk.services.paging import Page, window
from gdprdesk.services.permissions import may
from gdprdesk.services.registry import action, query
from gdprdesk.store.hiding import hiding
from gdprdesk.store.search import containing
from gdprdesk.store.unit_of_work import UnitOfWork

_DAYS_TO_PAY = 30
_LONGEST_NUMBER = 20


@dataclass(frozen=True, repr=False)
class InvoiceRow:
    """An invoice as a list shows it; an erased buyer has no link any more.

    Attributes:
        net: VAT: total: Sums of the lines, `total` with VAT.
        is_overdue: It is not paid and its day has passed.
    """

    ref: RecordRef
    number: str
    issued_on: date
    due_on: date
    paid_on: date | None
    buyer: str
    subject_ref: SubjectRef | None
    text: str
    net: Decimal
    vat: Decimal
    total: Decimal
    is_overdue: bool
    original_in: str


@dataclass(frozen=True, repr=False)
class InvoiceDetail:
    """Everything an invoice says."""

    row: InvoiceRow
    buyer_address: str
    buyer_org_number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, repr=False)
class InvoiceSuggestion:
    """What an invoice of an order says unless something else is wanted.

    Attributes:
        number: The next one; none where another system counts.
        system: Where invoices are written, if not here: then an order only notes the number.
    """

    number: str
    buyer: str
    buyer_address: str
    due_on: date
    system: str


@query("invoice.suggest", needs=Permission.INVOICES)
def suggest_invoice(read: Session, *, booking_ref: RecordRef) -> InvoiceSuggestion:
    """Return what an invoice of an order would say.

    Raises:
        DomainError: The order has an invoice, no prices, or no buyer.
    """
    booking = _billable(read, booking_ref)
    name, address, _org_number = _buyer(read, booking, "")
    due = today_of(read) + timedelta(days=_DAYS_TO_PAY)
    system = activity_for(read, Invoice).system_of_record
    number = "" if system else next_number(read, Invoice)
    return InvoiceSuggestion(number, name, address, due, system)


@query("invoice.system", needs=Permission.INVOICES)
def show_invoice_system(read: Session) -> str:
    """Return which other system invoices are written in; nothing if they are written here."""
    activity = find_activity_for(read, Invoice)
    return activity.system_of_record if activity else ""


@action("invoice.issue", N_("New invoice"), of_restricted=True, needs=Permission.INVOICES)
def issue_invoice(
    work: UnitOfWork,
    *,
    booking_ref: RecordRef,
    number: str = "",
    buyer_address: str = "",
    due_on: date | None = None,
    original_in: str = "",
) -> RecordRef:
    """Make an invoice of an order: buyer and lines are copied, so that the order stays ordinary.

    Without a number it gets the next one; without an address, the one in the register. An invoice
    whose original is in another system names that system, and no law holds this copy: nothing is
    counted here then, so the number is the one it has there.

    Raises:
        DomainError: The order cannot be invoiced, the number is taken or too long, or the invoice
            would have to be paid before it is made.
    """
    due = due_on or work.today + timedelta(days=_DAYS_TO_PAY)
    if due < work.today:
        raise DomainError(
            _("An invoice cannot be due before it is made. Nothing was saved. Choose a later day.")
        )
    booking = _billable(work.session, booking_ref)
    buyer = _buyer(work.session, booking, buyer_address)
    activity = activity_for(work.session, Invoice)
    invoice = Invoice(
        subject_id=booking.subject_id,
        activity_id=activity.id,
        recorded_on=work.today,
        number=_given_number(work.session, number, activity.system_of_record),
        issued_on=work.today,
        due_on=due,
        buyer_name=buyer[0],
        buyer_address=buyer[1],
        buyer_org_number=buyer[2],
        lines=booking.lines,
        paid_on=booking.paid_on,
        original_in=original_in.strip() or activity.system_of_record,
        company_id=booking.company_id,
    )
    work.session.add(invoice)
    booking.invoice_ref = invoice.ref
    return invoice.ref


@action("invoice.set_paid", N_("Paid invoice"), of_restricted=True, needs=Permission.INVOICES)
def set_invoice_paid(work: UnitOfWork, *, ref: RecordRef, paid_on: date | None) -> None:
    """Write down on which day an invoice was paid; no day takes it back."""
    invoice = find_record(work.session, Invoice, ref)
    if paid_on is not None and paid_on < invoice.issued_on:
        raise DomainError(_("An invoice cannot be paid before it was made. Look at the day again."))
    if paid_on is not None and paid_on > work.today:
        raise DomainError(_("Nobody has paid on a day that has not come. Look at the day again."))
    invoice.paid_on = paid_on


@query("invoice.list", needs=Permission.INVOICES)
def list_invoices(
    read: Session, *, unpaid: bool = False, search: str = "", offset: int = 0, limit: int = 50
) -> Page[InvoiceRow]:
    """Return one page of the invoices, the newest first; those of hidden people are left out.

    An invoice that the law holds after its buyer was erased has only its numbers here, and is found
    by its whole number alone; `invoice.show` says what it says.

    Args:
        read: The open register.
        unpaid: Only those not paid yet.
        search: A part of the number or the buyer.
        offset: How many rows come before the page.
        limit: How many rows the page has.
    """
    state = DataSubject.state
    seen = or_(state.is_(None), state == SubjectState.ACTIVE)
    held = state == SubjectState.HELD
    if search.strip():
        seen = and_(seen, containing(search, Invoice.number, Invoice.buyer_name))
        held = and_(held, func.fold(Invoice.number) == " ".join(search_words(search)))
    found = (
        select(Invoice, DataSubject.ref, state)
        .outerjoin(DataSubject, DataSubject.id == Invoice.subject_id)
        .where(or_(seen, held))
    )
    if unpaid:
        found = found.where(Invoice.paid_on.is_(None))
    with_people = may(read, Permission.PEOPLE)
    total = read.scalar(select(func.count()).select_from(found.subquery())) or 0
    start, count = window(offset, limit)
    newest = found.order_by(Invoice.issued_on.desc(), Invoice.id.desc())
    return Page(
        tuple(
            _listed(invoice, ref if with_people else None, state, today_of(read))
            for invoice, ref, state in read.execute(newest.offset(start).limit(count))
        ),
        total,
    )


@query("invoice.show", needs=Permission.INVOICES)
def show_invoice(read: Session, *, ref: RecordRef) -> InvoiceDetail:
    """Return everything an invoice says."""
    invoice = find_record(read, Invoice, ref)
    active = DataSubject.state == SubjectState.ACTIVE
    buyer = select(DataSubject.ref).where(DataSubject.id == invoice.subject_id, active)
    known = read.scalar(buyer) if may(read, Permission.PEOPLE) else None
    return InvoiceDetail(
        row=invoice_row(invoice, known, today_of(read)),
        buyer_address=invoice.buyer_address,
        buyer_org_number=invoice.buyer_org_number,
        lines=tuple(invoice.lines),
    )


def paid_before(read: Session, ref: RecordRef, day: date) -> Decimal:
    """Return what gift cards had paid of the order of an invoice when that was made."""
    with hiding(read, ()):  # also for whoever sees no orders
        orders = set(read.scalars(select(Booking.ref).where(Booking.invoice_ref == ref)))
        uses = [use for uses in read.scalars(select(GiftCard.uses)) for use in uses]
    paid = (
        Decimal(use["amount"])
        for use in uses
        if use["booking"] in orders and use["on"] <= day.isoformat()
    )
    return sum(paid, Decimal("0.00"))


def invoice_row(invoice: Invoice, subject_ref: SubjectRef | None, today: date) -> InvoiceRow:
    """Return an invoice as a list shows it."""
    sums = by_rate(invoice.lines).values()
    return InvoiceRow(
        ref=invoice.ref,
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        paid_on=invoice.paid_on,
        buyer=invoice.buyer_name,
        subject_ref=subject_ref,
        text=", ".join(line["text"] for line in invoice.lines),
        net=sum((net for net, _vat in sums), Decimal("0.00")),
        vat=sum((vat for _net, vat in sums), Decimal("0.00")),
        total=invoice.total,
        is_overdue=invoice.paid_on is None and invoice.due_on < today,
        original_in=invoice.original_in,
    )


def _listed(
    invoice: Invoice, ref: SubjectRef | None, state: SubjectState | None, today: date
) -> InvoiceRow:
    if state is SubjectState.HELD:
        return replace(invoice_row(invoice, None, today), buyer="", text="")
    return invoice_row(invoice, ref, today)


def _billable(session: Session, booking_ref: RecordRef) -> Booking:
    booking = find_record(session, Booking, booking_ref)
    if booking.invoice_ref is not None:
        raise DomainError(_("This order already has an invoice. Nothing was changed."))
    if booking.state in {BookingState.CANCELLED, BookingState.NO_SHOW}:
        raise DomainError(_("This order came to nothing, so there is nothing to invoice."))
    if not booking.lines:
        raise DomainError(_("This order has no lines with prices. Add them first."))
    return booking


def _buyer(session: Session, booking: Booking, address: str) -> tuple[str, str, str]:
    if booking.company_id is not None:
        company = session.get_one(Company, booking.company_id)
        return company.name, address.strip() or company.address, company.org_number
    if booking.subject_id is None:
        raise DomainError(_("An invoice needs a buyer. Say whose order this is first."))
    known = select(ContactDetail.value).where(
        ContactDetail.subject_id == booking.subject_id, ContactDetail.kind == ContactKind.ADDRESS
    )
    name = session.get_one(DataSubject, booking.subject_id).name
    return name, address.strip() or session.scalar(known.limit(1)) or "", ""


def _given_number(session: Session, number: str, system: str) -> str:
    """Return the number of an invoice; one that another system counts is only noted."""
    if not system:
        return use_number(session, Invoice, _free_number(session, number))
    if not number.strip():
        raise DomainError(
            _(
                "Invoices are written in {system}, so no number is given here. Nothing was saved. "
                "Write the number that the invoice has there."
            ).format(system=system)
        )
    return _free_number(session, number)


def _free_number(session: Session, number: str) -> str:
    wanted = number.strip()
    if len(wanted) > _LONGEST_NUMBER:
        raise DomainError(_("An invoice number has at most 20 letters and digits. Shorten it."))
    if wanted and is_number_taken(session, Invoice, wanted):
        raise DomainError(_("There is already an invoice with this number. Choose another."))
    return wanted or next_number(session, Invoice)
