"""Orders and visits: the list, a new one, and what becomes of one."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.person import person_meant
from gdprdesk.cli.signatures import add_choice, clock_time, day, parts, text, whole
from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import BookingState, Channel, Every, PaidBy, say
from gdprdesk.domain.visits import minutes_between
from gdprdesk.i18n import _, format_amount, format_day, ngettext
from gdprdesk.services.bookings import (
    BookingFilter,
    BookingRow,
    Owed,
    list_bookings,
    show_booking,
    sum_owed,
)
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.order_repeats import MOST_TIMES, plan_repeats, repeat_in_series
from gdprdesk.services.order_taking import GuestEntry, add_booking
from gdprdesk.services.paging import Page, every_row

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

LIST, ADD, REPEAT, PAID = "list", "add", "repeat", "paid"
_STATES = {
    "confirm": BookingState.CONFIRMED,
    "done": BookingState.COMPLETED,
    "cancel": BookingState.CANCELLED,
    "no-show": BookingState.NO_SHOW,
}
_DEEDS = (LIST, ADD, *_STATES, PAID, REPEAT)


def take_order_options(command: ArgumentParser) -> None:
    """Say what can be typed about orders."""
    command.add_argument("deed", nargs="?", choices=_DEEDS, default=LIST, metavar="|".join(_DEEDS))
    command.add_argument(
        "order", nargs="?", type=text, metavar=_("ORDER"), help=_("its number or its ref")
    )
    which = command.add_mutually_exclusive_group()
    which.add_argument("--open", action="store_true", help=_("only what is still to be done"))
    which.add_argument("--unpaid", action="store_true", help=_("only what is owed, with the sum"))
    command.add_argument("--day", type=day, metavar=_("DAY"), help=_("for which day, or on which"))
    command.add_argument("--search", type=text, default="", metavar=_("TEXT"))
    command.add_argument("--limit", type=whole, metavar="N", help=_("how many at most"))
    _take_new_options(command)
    add_choice(command, "--by", PaidBy, _("how it is paid"))
    add_choice(command, "--every", Every, _("how often"))
    command.add_argument("--times", type=whole, metavar="N", help=_("how many times again"))
    command.add_argument("--last-day", type=day, metavar=_("DAY"), help=_("not after this day"))
    command.add_argument(
        "--skip", type=day, action="append", default=[], metavar=_("DAY"), help=_("not on this day")
    )
    command.add_argument("--preview", action="store_true", help=_("only show what would happen"))
    command.add_argument("--later", action="store_true", help=_("and the later ones of its series"))


def _take_new_options(command: ArgumentParser) -> None:
    for option, shape, words in (
        ("--what", _("TEXT"), _("what is ordered")),
        ("--person", _("REF|WORDS"), _("whose it is, if she is in the register")),
        ("--first-name", _("NAME"), _("what a passer-by calls herself")),
        ("--note", _("TEXT"), _("what else is to be known")),
        ("--with", "ID", _("who receives the visitor")),
        ("--room", _("TEXT"), _("where")),
    ):
        command.add_argument(
            option, dest=_kept_as(option), type=text, default="", metavar=shape, help=words
        )
    for option, words in (("--at", _("when it begins")), ("--until", _("when a visit ends"))):
        command.add_argument(option, type=clock_time, metavar="HH:MM", help=words)
    command.add_argument("--minutes", type=whole, metavar="N", help=_("how long a visit is"))
    add_choice(command, "--channel", Channel, _("how it came"), default=Channel.PHONE)
    command.add_argument("--enquiry", action="store_true", help=_("it is only asked for"))
    for option, kind, shape, words in (
        ("--line", LineEntry, "TEXT;QUANTITY;PRICE;RATE", _("a line with its price")),
        ("--guest", GuestEntry, "TEXT;NOTE", _("a line about guests of a group")),
    ):
        command.add_argument(
            option,
            type=_reader_of(kind),
            action="append",
            default=[],
            metavar=shape,
            help=words,
        )


def _reader_of(kind: type) -> Callable[[str], object]:
    return lambda typed: parts(kind, typed)


def _kept_as(option: str) -> str:
    return "receiver" if option == "--with" else option.removeprefix("--").replace("-", "_")


def orders(call: Call) -> Answer:
    """List the orders, take one, or say what became of one."""
    deeds = {LIST: _list, ADD: _add, PAID: _pay, REPEAT: _repeat}
    return deeds.get(call.given.deed, _move)(call)


def _list(call: Call) -> Answer:
    given = call.given
    show = BookingFilter.OPEN if given.open else BookingFilter.ALL
    with call.register() as desk:

        def found(*, offset: int = 0, limit: int = 0) -> Page[BookingRow]:
            return desk.ask(
                list_bookings,
                show=BookingFilter.UNPAID if given.unpaid else show,
                search=given.search,
                day=given.day,
                offset=offset,
                limit=limit,
            )

        rows = tuple(islice(every_row(found), given.limit))
        total = found().total
        owed = desk.ask(sum_owed) if given.unpaid else None

    def show_rows(screen: Screen) -> None:
        headings = (_("No."), _("What"), _("Who"), _("Wanted"), _("Total"), _("State"), _("Paid"))
        if not rows:
            screen.words(_("No orders."))
            return
        screen.table(headings, map(_cells, rows))
        if owed is not None:
            screen.words(_owed_words(owed))

    return Answer(listed(rows, total), show_rows)


def _add(call: Call) -> Answer:
    given = call.given
    minutes = given.minutes
    if given.until is not None:
        if given.at is None:
            raise DomainError(_("Say when the visit begins, with --at. Nothing was saved."))
        minutes = minutes_between(given.at, given.until)
    with call.register() as desk:
        ref = desk.run(
            add_booking,
            what=given.what,
            subject_ref=person_meant(desk, given.person) if given.person else None,
            first_name=given.first_name,
            lines=tuple(given.line),
            guests=tuple(given.guest),
            note=given.note,
            channel=given.channel,
            wanted_on=given.day,
            wanted_at=given.at,
            minutes=minutes,
            practitioner=given.receiver,
            room=given.room,
            state=BookingState.ENQUIRY if given.enquiry else BookingState.CONFIRMED,
        )
        return _answer(desk, ref)


def _move(call: Call) -> Answer:
    with call.register() as desk:
        ref = _find(desk, call.given.order)
        state = _STATES[call.given.deed]
        desk.run(set_booking_state, ref=ref, state=state, later=call.given.later)
        return _answer(desk, ref)


def _pay(call: Call) -> Answer:
    with call.register() as desk:
        ref = _find(desk, call.given.order)
        paid_on = call.given.day or desk.today
        desk.run(set_booking_paid, ref=ref, paid_on=paid_on, paid_by=call.given.by)
        return _answer(desk, ref)


def _repeat(call: Call) -> Answer:
    given = call.given
    if given.every is None or (given.times is None and given.last_day is None):
        raise DomainError(
            _(
                "Say how often with --every, and how long with --times or --last-day. Nothing was "
                "saved."
            )
        )
    times = MOST_TIMES if given.times is None else given.times
    with call.register() as desk:
        ref = _find(desk, given.order)
        if given.preview:
            planned = desk.ask(
                plan_repeats, ref=ref, every=given.every, times=times, until=given.last_day
            )
            return Answer(
                listed(planned),
                lambda screen: screen.table(
                    (_("Day"), _("Remark")),
                    ((one.day, _("public holiday") if one.is_holiday else "") for one in planned),
                ),
            )
        refs = desk.run(
            repeat_in_series,
            ref=ref,
            every=given.every,
            times=times,
            until=given.last_day,
            skipped=tuple(given.skip),
        )
        rows = [desk.ask(show_booking, ref=one).row for one in refs]
    said = ngettext("{count} order is saved", "{count} orders are saved", len(rows))
    return answer_with(listed(rows), said.format(count=len(rows)))


def _find(desk: Desk, typed: str | None) -> RecordRef:
    """Return which order is meant by its number or its ref."""
    if not typed:
        raise DomainError(_("Say which order, by its number. Nothing was changed."))
    found = every_row(partial(desk.ask, list_bookings, search=typed))
    ref = next((row.ref for row in found if row.number == typed), RecordRef(typed))
    try:
        return desk.ask(show_booking, ref=ref).row.ref
    except NotFoundError:
        raise NotFoundError(_("There is no order with this number. Nothing was changed.")) from None


def _answer(desk: Desk, ref: RecordRef) -> Answer:
    """Return an order as it is now, and a sentence about it."""
    row = desk.ask(show_booking, ref=ref).row
    said = _("Order {number}: {state}").format(number=row.number, state=say(row.state))
    paid = f", {_paid(row)}" if row.paid_on else ""
    return answer_with(plain(row), said + paid)


def _paid(row: BookingRow) -> str:
    if row.paid_on is None:
        return ""
    way = f" ({say(row.paid_by)})" if row.paid_by else ""
    return _("paid {day}").format(day=format_day(row.paid_on, short=True)) + way


def _cells(row: BookingRow) -> tuple[object, ...]:
    when = " ".join(
        part
        for part in (
            row.wanted_on.isoformat() if row.wanted_on else "",
            f"{row.wanted_at:%H:%M}" if row.wanted_at else "",
        )
        if part
    )
    total = format_amount(row.total) if row.total else ""
    return row.number, row.what, row.who, when, total, row.state, _paid(row)


def _owed_words(owed: Owed) -> str:
    if owed.since is None:
        return _("Nobody owes anything.")
    return _("{total} altogether, the oldest since {day}").format(
        total=format_amount(owed.total), day=format_day(owed.since, short=True)
    )
