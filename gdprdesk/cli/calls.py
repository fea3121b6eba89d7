"""Calls and messages, typed: listed, written down, made an order of."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, answer_with, listed
from gdprdesk.cli.call import Call
from gdprdesk.cli.signatures import add_options, collect, text, whole
from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.calls import CallRow, add_call, list_calls, order_from_call

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_call_options(command: ArgumentParser) -> None:
    """Say what can be typed about calls and messages."""
    command.add_argument(
        "deed", nargs="?", choices=tuple(_DEEDS), default="list", metavar="|".join(_DEEDS)
    )
    for option, words in (
        ("--search", _("words, or three or more digits of a number")),
        ("--ref", _("which call becomes an order")),
        ("--what", _("what is ordered, if not what the call was about")),
    ):
        command.add_argument(option, type=text, default="", metavar=_("TEXT"), help=words)
    command.add_argument("--limit", type=whole, default=50, metavar="N", help=_("how many at most"))
    add_options(command, add_call)


def calls(call: Call) -> Answer:
    """Do what was typed about calls and messages."""
    with call.register() as desk:
        return _DEEDS[call.given.deed](desk, call.given)


def _list(desk: Desk, given: Any) -> Answer:
    page = desk.ask(list_calls, search=given.search, limit=given.limit)

    def show(screen: Screen) -> None:
        headings = (_("Day"), _("Time"), _("Who"), _("How"), _("About"), _("Order"), _("Ref"))
        screen.table(headings, map(_cells, page.rows))

    return Answer(listed(page.rows, page.total), show)


def _cells(row: CallRow) -> tuple[object, ...]:
    who = ", ".join(part for part in (row.who, row.number) if part)
    how = f"{say(row.channel)}, {say(row.direction)}"
    return row.on, row.at, who, how, row.summary, row.booking_number, row.ref


def _add(desk: Desk, given: Any) -> Answer:
    ref = desk.run(add_call, **collect(add_call, vars(given)))
    return answer_with({"ref": ref}, _("It is written down."))


def _order(desk: Desk, given: Any) -> Answer:
    if not given.ref:
        raise DomainError(_("Say which call with --ref. Nothing was changed."))
    ref = desk.run(order_from_call, ref=RecordRef(given.ref), what=given.what)
    number = desk.ask(show_booking, ref=ref).row.number
    words = _("It is order {number} now, an enquiry as yet.").format(number=number)
    return answer_with({"ref": ref, "number": number}, words)


_DEEDS = {"list": _list, "add": _add, "order": _order}
