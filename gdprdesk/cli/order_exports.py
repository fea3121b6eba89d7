"""Saving orders: the slip of one, the sheet of a week, a calendar for other programs."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from gdprdesk.cli.answers import Answer
from gdprdesk.cli.call import Call
from gdprdesk.cli.exporting import chosen_format, saved
from gdprdesk.cli.signatures import add_choice, day, text
from gdprdesk.domain.base import RecordRef
from gdprdesk.i18n import _
from gdprdesk.services.files import FileFormat
from gdprdesk.services.order_files import export_calendar, export_slip, export_week_sheet
from gdprdesk.services.reports.slip import SlipCopy

AddExport = Callable[..., ArgumentParser]


def add_order_exports(export: AddExport, formats: tuple[str, ...]) -> None:
    """Add what is saved of the orders to the things one can export."""
    words = _("orders and visits for a calendar program (iCalendar), without names")
    calendar = export("calendar", save_calendar, words)
    for option, said in (("--since", _("the first day")), ("--until", _("the last day"))):
        calendar.add_argument(option, type=day, required=True, metavar=_("DAY"), help=said)
    calendar.add_argument(
        "--with-names", action="store_true", help=_("with names and what was ordered")
    )
    week = export("week-sheet", save_week_sheet, _("the orders of a week"), formats)
    week.add_argument(
        "--day", type=day, metavar=_("DAY"), help=_("any day of the week; this week, if not given")
    )
    slip = export("slip", save_slip, _("the slip of an order"))
    slip.add_argument("--ref", type=text, required=True, metavar="REF")
    add_choice(slip, "--copy", SlipCopy, _("whom it is for"), default=SlipCopy.CUSTOMER)
    slip.add_argument("--with-diet", action="store_true", help=_("with what must not be in it"))


def save_calendar(call: Call) -> Answer:
    """Save the orders of some days as iCalendar."""
    given = call.given
    return saved(
        call,
        lambda desk, common: desk.run(
            export_calendar,
            since=given.since,
            until=given.until,
            with_names=given.with_names,
            **common,
        ),
    )


def save_week_sheet(call: Call) -> Answer:
    """Save the orders of a week for the wall."""
    wanted = chosen_format(call, FileFormat.PDF)
    return saved(
        call,
        lambda desk, common: desk.run(
            export_week_sheet, day=call.given.day, format=wanted, **common
        ),
    )


def save_slip(call: Call) -> Answer:
    """Save the slip of an order."""
    given = call.given
    return saved(
        call,
        lambda desk, common: desk.run(
            export_slip,
            ref=RecordRef(given.ref),
            copy=given.copy,
            with_diet=given.with_diet,
            **common,
        ),
    )
