"""The things to do, each with the one button that does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _, format_day, format_money, format_number, ngettext
from gdprdesk.services.bookings import BookingFilter, BookingRow
from gdprdesk.services.erasure_cases import ErasureRow
from gdprdesk.services.invoices import InvoiceRow
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.import_people import import_people
from gdprdesk_ui.dialogs.order_days import ask_invoice_paid, ask_order_paid
from gdprdesk_ui.pages.orders.words import wanted_words
from gdprdesk_ui.pages.today.breach_tasks import tasks_of_breaches
from gdprdesk_ui.pages.today.consent_tasks import tasks_of_consents
from gdprdesk_ui.pages.today.log_tasks import tasks_of_log
from gdprdesk_ui.pages.today.picture_tasks import tasks_of_pictures
from gdprdesk_ui.pages.today.register_tasks import tasks_of_people, tasks_of_register
from gdprdesk_ui.pages.today.request_tasks import tasks_of_late_requests, tasks_of_requests
from gdprdesk_ui.pages.today.task import BETWEEN, Task, few

_HOUR_SECONDS = 3600
_PRESSING = {"danger": 0, "warn": 1}


def tasks_of(context: PageContext, view: TodayView, currency: str) -> list[Task]:
    """Return what is to be done, the most pressing first.

    Whatever has a legal deadline that runs out leads, then what is late, then what soon will be.
    Of each kind the first few are named; when there are more, one line stands for them all.
    """
    openers = {
        "late": partial(context.open_page, "orders", show=BookingFilter.OPEN.value),
        "unpaid": partial(context.open_page, "orders", show=BookingFilter.UNPAID.value),
        "invoices": partial(context.open_page, "orders", show="invoices"),
    }
    first = tasks_of_log(context)
    first += [*tasks_of_late_requests(context, view), *tasks_of_breaches(context, view)]
    if not view.people and context.may(Permission.EXPORT_ALL):
        first.append(_first_list(context))
    found = tasks_of_requests(context, view)
    first += [one for one in found if one.tone in _PRESSING]
    found = [one for one in found if one.tone not in _PRESSING]
    found += [_erasure(context, one) for one in view.staged]
    found += [_came_back(context, one) for one in view.waiting if one.came_back]
    found += few(view.late, partial(_late, context), partial(_many_late, openers["late"]))
    found += few(
        view.overdue,
        partial(_overdue, context, currency),
        partial(_many_overdue, openers["invoices"]),
    )
    found += few(
        view.unpaid,
        partial(_unpaid, context, currency),
        partial(_many_unpaid, openers["unpaid"]),
    )
    found += tasks_of_consents(context, view)
    found += tasks_of_pictures(context, view)
    found += [*tasks_of_people(context, view), *tasks_of_register(context, view)]
    return [*first, *sorted(found, key=lambda one: _PRESSING.get(one.tone, len(_PRESSING)))]


def _first_list(context: PageContext) -> Task:
    return Task(
        "file-spreadsheet",
        _("Take in your customer list"),
        _("From Excel, CSV or vCard. Nothing is saved before you have looked it through."),
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
        context.names.orders_icon,
        context.names.either(
            _("Was order {number} fetched?"), _("Did booking {number} take place?")
        ).format(number=row.number),
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
    parts = (row.what, row.who, format_money(row.to_pay, currency))
    return Task(
        "banknote",
        context.names.either(
            _("Order {number} is handed out, but not paid"),
            _("Booking {number} is done, but not paid"),
        ).format(number=row.number),
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
