"""The slip of one order, on a small sheet: one for the customer, one for the shop or kitchen."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.money import total
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Permission, say
from gdprdesk.exports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    PaperSize,
    Paragraph,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_day, format_money, format_weekday, language
from gdprdesk.services.bookings import BookingDetail, show_booking
from gdprdesk.services.finding import controller_of
from gdprdesk.services.order_calendar import harmless_texts
from gdprdesk.services.organisation import PageNames, show_page_names
from gdprdesk.services.permissions import may, must, permissions_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.standing import only_stored


class SlipCopy(StrEnum):
    """Whom the slip of an order is for."""

    CUSTOMER = "customer"
    SHOP = "shop"
    KITCHEN = "kitchen"


@query("report.slip", needs=Permission.ORDERS)
def order_slip(
    read: Session,
    *,
    ref: RecordRef,
    copy: SlipCopy = SlipCopy.CUSTOMER,
    with_diet: bool = False,
    language_code: str = "",
) -> Document:
    """Return the slip of an order on a sheet half as large as A4.

    The customer's has no name, note or diet: it lies about on tables. The shop's says who she is
    and her telephone; the kitchen's has the note and, if asked for, what must not be in it. Words
    of health in what was ordered are for the kitchen alone.

    Raises:
        NotAllowedError: The diet is asked for by whoever may not see health.
    """
    if with_diet:
        must(permissions_of(read), Permission.HEALTH)
    controller = controller_of(read)
    with language(language_code or controller.language):
        order, names = show_booking(read, ref=ref), show_page_names(read)
        blocks: list[Block] = [Fields(_facts(read, order, copy))]
        said = [order.row.what, *(line["text"] for line in order.lines)]
        if copy is not SlipCopy.KITCHEN:
            said = harmless_texts(read, ref, said)
        blocks += _ordered(order, said, names, with_price=copy is not SlipCopy.KITCHEN)
        if copy is SlipCopy.KITCHEN:
            blocks += _for_the_kitchen(order, with_diet=with_diet)
        else:
            blocks.append(Paragraph(_payment(order, controller.currency), strong=True))
        if copy is not SlipCopy.CUSTOMER:
            blocks.append(Paragraph(_shredded(names), muted=True))
        return report(
            read,
            title=names.either(_("Order {number}"), _("Booking {number}")).format(
                number=order.row.number
            ),
            sections=[Section("", blocks)],
            paper=PaperSize.A5,
        )


def _facts(read: Session, order: BookingDetail, copy: SlipCopy) -> list[tuple[str, str]]:
    row = order.row
    lines = [
        (_("Day"), _day(order)),
        (_("Time"), f"{row.wanted_at:%H:%M}" if row.wanted_at else ""),
    ]
    if copy is SlipCopy.SHOP:
        lines += [(_("For"), _who(read, order)), (_("Telephone"), _phone(read, order))]
        lines.append((_("How it came"), say(order.channel)))
    return [(label, said) for label, said in lines if said]


def _day(order: BookingDetail) -> str:
    day = order.row.wanted_on
    if day is None:
        return ""
    same_year = day.year == order.recorded_on.year
    return format_weekday(day) if same_year else format_day(day)


def _who(read: Session, order: BookingDetail) -> str:
    if not may(read, Permission.PEOPLE):
        return ""
    return only_stored() if order.row.is_restricted else order.row.who


def _phone(read: Session, order: BookingDetail) -> str:
    """Return her first number, for the shop to ring when she does not come."""
    row = order.row
    if row.subject_ref is None or row.is_restricted:
        return ""
    found = (
        select(ContactDetail.value)
        .join(DataSubject, DataSubject.id == ContactDetail.subject_id)
        .where(DataSubject.ref == row.subject_ref, ContactDetail.kind == ContactKind.PHONE)
        .order_by(ContactDetail.id)
        .limit(1)
    )
    return read.scalar(found) or ""


def _shredded(names: PageNames) -> str:
    return names.either(
        _("Put this slip in the shredder when the order is fetched."),
        _("Put this slip in the shredder when the visit is over."),
    )


def _ordered(
    order: BookingDetail, said: list[str], names: PageNames, *, with_price: bool
) -> list[Block]:
    """Return what is ordered: its text, and its lines with or without what they cost.

    Args:
        order: It.
        said: What may be said of it, and then of each line; nothing where nothing may.
        names: Whether it is an order or a booking.
        with_price: Whether it says what each costs.
    """
    what, *texts = said
    columns = [
        Column(_("Quantity"), Kind.NUMBER, weight=0.8),
        Column(names.either(_("Order"), _("Booking")), weight=3.4),
        *([Column(_("Amount"), Kind.MONEY, weight=1.4)] if with_price else []),
    ]
    rows: list[list[Cell]] = [
        [line["quantity"], text, *([total([line])] if with_price else [])]
        for line, text in zip(order.lines, texts, strict=True)
    ]
    whole: list[Cell] | None = [None, _("Total with VAT"), order.row.total] if with_price else None
    table = Table(columns, rows, total=whole, name=_("Lines"))
    is_said = not what or order.row.what == ", ".join(line["text"] for line in order.lines)
    title = [] if is_said else [Paragraph(what, strong=True)]
    return [*title, *([table] if rows else [])]


def _for_the_kitchen(order: BookingDetail, *, with_diet: bool) -> list[Block]:
    row = order.row
    note = "" if row.is_restricted else row.note
    lines = [(_("Note"), note), *([(_("Special diet"), row.diet)] if with_diet else [])]
    said = [(label, text) for label, text in lines if text]
    return [Fields(said)] if said else []


def _payment(order: BookingDetail, currency: str) -> str:
    row = order.row
    if row.paid_on is not None:
        return _("Paid {day}").format(day=format_day(row.paid_on))
    if row.is_invoiced:
        return _("To be paid by invoice")
    if not row.total:
        return _("Not paid")
    if not row.to_pay:
        return _("Paid by gift card")
    return _("To pay: {amount}").format(amount=format_money(row.to_pay, currency))
