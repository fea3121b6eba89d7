"""The things to do, each with the one button that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from gdprdesk.i18n import _, format_day, format_money, format_number, ngettext
from gdprdesk.services.activities import ActivityRow
from gdprdesk.services.bookings import BookingFilter, BookingRow
from gdprdesk.services.erasure import ErasureRow
from gdprdesk.services.invoices import InvoiceRow
from gdprdesk.services.recipients import RecipientRow
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.import_people import import_people
from gdprdesk_ui.dialogs.order_days import ask_invoice_paid, ask_order_paid
from gdprdesk_ui.pages.orders.words import wanted_words
from gdprdesk_ui.tokens import Tone

BETWEEN = "  \N{MIDDLE DOT}  "
_EACH = 3
_HOUR_SECONDS = 3600

R = TypeVar("R")


@dataclass(frozen=True, repr=False)
class Task:
    """Something to do.

    Attributes:
        verb: What the button says.
        do: What it does.
        deadline: How long there is, or how late it is; shown in the tone.
    """

    icon: str
    title: str
    sentence: str
    verb: str
    do: Callable[[], object]
    tone: Tone = "neutral"
    deadline: str = ""


def tasks_of(context: PageContext, view: TodayView, currency: str) -> list[Task]:
    """Return what is to be done, the most pressing first.

    Of each kind the first few are named; when there are more, one line stands for them all.
    """
    openers = {
        "late": partial(context.open_page, "orders", show=BookingFilter.OPEN.value),
        "unpaid": partial(context.open_page, "orders", show=BookingFilter.UNPAID.value),
        "invoices": partial(context.open_page, "orders", show="invoices"),
        "register": partial(context.open_page, "register"),
    }
    found: list[Task] = []
    if not view.people:
        found.append(_first_list(context))
    found += [_erasure(context, one) for one in view.staged]
    found += [_came_back(context, one) for one in view.waiting if one.came_back]
    found += _few(view.late, partial(_late, context), partial(_many_late, openers["late"]))
    found += _few(
        view.overdue,
        partial(_overdue, context, currency),
        partial(_many_overdue, openers["invoices"]),
    )
    found += _few(
        view.unpaid,
        partial(_unpaid, context, currency),
        partial(_many_unpaid, openers["unpaid"]),
    )
    found += _few(
        view.agreements,
        partial(_agreement, openers["register"]),
        partial(_many_agreements, openers["register"]),
    )
    found += _few(view.lacking, partial(_gap, context), partial(_many_gaps, openers["register"]))
    return found


def _few(
    rows: Sequence[R], each: Callable[[R], Task], together: Callable[[int], Task]
) -> Iterator[Task]:
    if len(rows) > _EACH:
        yield together(len(rows))
    else:
        yield from map(each, rows)


def _first_list(context: PageContext) -> Task:
    return Task(
        "file-spreadsheet",
        _("Take in your customer list"),
        _("From Excel or CSV. Nothing is saved before you have looked it through."),
        _("Choose a file…"),
        partial(import_people, context),
        "accent",
    )


def _erasure(context: PageContext, row: ErasureRow) -> Task:
    return Task(
        "user-x",
        _("{name} will be erased").format(name=row.name),
        _("Hidden now, and can still be brought back"),
        _("Look"),
        partial(context.open_page, "erase", subject_ref=row.ref),
        "warn",
        hours_left(row.due_at, context.desk.now),
    )


def _came_back(context: PageContext, row: ErasureRow) -> Task:
    return Task(
        "user-x",
        _("{name} was to be erased, but has come back").format(name=row.name),
        _("There is something new since. Erase all the same, or keep?"),
        _("Look"),
        partial(context.open_page, "erase", subject_ref=row.ref),
        "warn",
    )


def hours_left(due: datetime, now: datetime) -> str:
    """Return the whole hours until a moment, never more than there are."""
    hours = max(0, int((due - now).total_seconds() // _HOUR_SECONDS))
    return ngettext("{count} hour left", "{count} hours left", hours).format(count=hours)


def _late(context: PageContext, row: BookingRow) -> Task:
    wanted = wanted_words(row.wanted_on, None, context.today)
    return Task(
        "cake-slice",
        _("Was order {number} fetched?").format(number=row.number),
        BETWEEN.join(part for part in (row.what, row.who) if part),
        _("Look"),
        partial(context.open_page, "orders", ref=row.ref),
        "danger",
        _("Wanted {day}").format(day=wanted),
    )


def _many_late(do: Callable[[], object], count: int) -> Task:
    title = ngettext(
        "{count} order was wanted before today", "{count} orders were wanted before today", count
    ).format(count=format_number(count))
    sentence = _("Handed out, or cancelled?")
    return Task("cake-slice", title, sentence, _("Go through"), do, "danger")


def _overdue(context: PageContext, currency: str, row: InvoiceRow) -> Task:
    days = (context.today - row.due_on).days
    return Task(
        "receipt-text",
        _("Invoice {number} is overdue").format(number=row.number),
        BETWEEN.join((row.buyer or _("Erased"), format_money(row.total, currency))),
        _("Paid…"),
        partial(ask_invoice_paid, context, row),
        "danger",
        ngettext("{count} day late", "{count} days late", days).format(count=format_number(days)),
    )


def _many_overdue(do: Callable[[], object], count: int) -> Task:
    title = ngettext("{count} invoice is overdue", "{count} invoices are overdue", count).format(
        count=format_number(count)
    )
    return Task(
        "receipt-text", title, _("Paid, or to be reminded of?"), _("Go through"), do, "danger",
    )  # fmt: skip


def _unpaid(context: PageContext, currency: str, row: BookingRow) -> Task:
    parts = (row.what, row.who, format_money(row.total, currency))
    return Task(
        "banknote",
        _("Order {number} is handed out, but not paid").format(number=row.number),
        BETWEEN.join(part for part in parts if part),
        _("Paid…"),
        partial(ask_order_paid, context, row),
        "warn",
    )


def _many_unpaid(do: Callable[[], object], count: int) -> Task:
    title = ngettext(
        "{count} order is handed out, but not paid",
        "{count} orders are handed out, but not paid",
        count,
    ).format(count=format_number(count))
    sentence = _("Paid, or to be invoiced?")
    return Task("banknote", title, sentence, _("Go through"), do, "warn")


def _agreement(do: Callable[[], object], row: RecipientRow) -> Task:
    return Task(
        "handshake",
        _("No agreement with {name}").format(name=row.name),
        _("Who handles personal data for you needs one: Article 28"),
        _("Add agreement"),
        do,
    )


def _many_agreements(do: Callable[[], object], count: int) -> Task:
    title = ngettext(
        "{count} supplier has no agreement", "{count} suppliers have no agreement", count
    ).format(count=format_number(count))
    sentence = _("Who handles personal data for you needs one: Article 28")
    return Task("handshake", title, sentence, _("Go through"), do)


def _gap(context: PageContext, row: ActivityRow) -> Task:
    return Task(
        "book-open",
        _("{activity} is not complete in the register").format(activity=row.name),
        row.lacks[0],
        _("Complete"),
        partial(context.open_page, "register", activity_ref=row.ref),
    )


def _many_gaps(do: Callable[[], object], count: int) -> Task:
    title = ngettext(
        "{count} row of the register is not complete",
        "{count} rows of the register are not complete",
        count,
    ).format(count=format_number(count))
    sentence = _("The authority may ask for the register: Article 30")
    return Task("book-open", title, sentence, _("Complete"), do)


def coming_of(context: PageContext, view: TodayView) -> list[tuple[str, str, Callable[[], object]]]:
    """Return the next days on which something is due: the day, what, and what opens it."""
    orders = [
        (row.wanted_on, row.what, row.ref) for row in view.coming if row.wanted_on is not None
    ]
    invoices = [
        (row.due_on, _("Invoice {number} is due").format(number=row.number), row.ref)
        for row in view.next_due
    ]
    return [
        (
            format_day(day, short=True, today=context.today),
            what,
            partial(context.open_page, "orders", ref=ref),
        )
        for day, what, ref in sorted([*orders, *invoices], key=lambda one: one[0])
    ]
