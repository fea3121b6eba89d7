"""Invoices made from orders, and whether they are paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.money import Line, by_rate
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import activity_for, find_record, today_of
from gdprdesk.services.paging import Page
from gdprdesk.services.registry import action, query
from gdprdesk.store.search import containing
from gdprdesk.store.unit_of_work import UnitOfWork

_DAYS_TO_PAY = 30
_FIRST_NUMBER = 1


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
    """What an invoice of an order says unless something else is wanted."""

    number: str
    buyer: str
    buyer_address: str
    due_on: date


@query("invoice.suggest")
def suggest_invoice(read: Session, *, booking_ref: RecordRef) -> InvoiceSuggestion:
    """Return what an invoice of an order would say.

    Raises:
        DomainError: The order has an invoice, no prices, or no buyer.
    """
    booking = _billable(read, booking_ref)
    name, address, _org_number = _buyer(read, booking, "")
    due = today_of(read) + timedelta(days=_DAYS_TO_PAY)
    return InvoiceSuggestion(_free_number(read, ""), name, address, due)


@action("invoice.issue", N_("New invoice"))
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
    whose original is in another system names that system, and no law holds this copy.
    """
    booking = _billable(work.session, booking_ref)
    buyer = _buyer(work.session, booking, buyer_address)
    invoice = Invoice(
        subject_id=booking.subject_id,
        activity_id=activity_for(work.session, Invoice).id,
        recorded_on=work.today,
        number=_free_number(work.session, number),
        issued_on=work.today,
        due_on=due_on or work.today + timedelta(days=_DAYS_TO_PAY),
        buyer_name=buyer[0],
        buyer_address=buyer[1],
        buyer_org_number=buyer[2],
        lines=booking.lines,
        paid_on=booking.paid_on,
        original_in=original_in.strip(),
        company_id=booking.company_id,
    )
    work.session.add(invoice)
    booking.invoice_ref = invoice.ref
    return invoice.ref


@action("invoice.set_paid", N_("Paid invoice"))
def set_invoice_paid(work: UnitOfWork, *, ref: RecordRef, paid_on: date | None) -> None:
    """Write down on which day an invoice was paid; no day takes it back."""
    invoice = find_record(work.session, Invoice, ref)
    if paid_on is not None and paid_on < invoice.issued_on:
        raise DomainError(_("An invoice cannot be paid before it was made. Look at the day again."))
    invoice.paid_on = paid_on


@query("invoice.list")
def list_invoices(
    read: Session, *, unpaid: bool = False, search: str = "", offset: int = 0, limit: int = 50
) -> Page[InvoiceRow]:
    """Return one page of the invoices, the newest first; those of hidden people are left out.

    Args:
        read: The open register.
        unpaid: Only those not paid yet.
        search: A part of the number or the buyer.
        offset: How many rows come before the page.
        limit: How many rows the page has.
    """
    found = (
        select(Invoice, DataSubject.ref, DataSubject.state)
        .outerjoin(DataSubject, DataSubject.id == Invoice.subject_id)
        .order_by(Invoice.issued_on.desc(), Invoice.id.desc())
    )
    if unpaid:
        found = found.where(Invoice.paid_on.is_(None))
    if search.strip():
        found = found.where(containing(search, Invoice.number, Invoice.buyer_name))
    rows = [
        invoice_row(invoice, ref if state is SubjectState.ACTIVE else None, today_of(read))
        for invoice, ref, state in read.execute(found)
        if state is not SubjectState.STAGED
    ]
    return Page(tuple(rows[offset : offset + limit]), len(rows))


@query("invoice.show")
def show_invoice(read: Session, *, ref: RecordRef) -> InvoiceDetail:
    """Return everything an invoice says."""
    invoice = find_record(read, Invoice, ref)
    active = DataSubject.state == SubjectState.ACTIVE
    buyer = select(DataSubject.ref).where(DataSubject.id == invoice.subject_id, active)
    return InvoiceDetail(
        row=invoice_row(invoice, read.scalar(buyer), today_of(read)),
        buyer_address=invoice.buyer_address,
        buyer_org_number=invoice.buyer_org_number,
        lines=tuple(invoice.lines),
    )


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


def _billable(session: Session, booking_ref: RecordRef) -> Booking:
    booking = find_record(session, Booking, booking_ref)
    if booking.invoice_ref is not None:
        raise DomainError(_("This order already has an invoice. Nothing was changed."))
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


def _free_number(session: Session, number: str) -> str:
    wanted = number.strip()
    if wanted and session.scalar(select(Invoice.id).where(Invoice.number == wanted)) is not None:
        raise DomainError(_("There is already an invoice with this number. Choose another."))
    if wanted:
        return wanted
    taken = session.scalars(select(Invoice.number))
    return str(max((int(n) for n in taken if n.isdecimal()), default=_FIRST_NUMBER - 1) + 1)
