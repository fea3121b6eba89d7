"""Who of the register is named in the vouchers of a bookkeeping file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, listed
from gdprdesk.cli.call import Call
from gdprdesk.cli.progress import watched
from gdprdesk.i18n import _, format_day
from gdprdesk.imports.sie_file import read_vouchers
from gdprdesk.services.vouchers import find_in_vouchers

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_voucher_options(command: ArgumentParser) -> None:
    """Say which file is looked through."""
    words = _("a bookkeeping file (SIE 4)")
    command.add_argument("source", type=Path, metavar=_("SIE"), help=words)


def vouchers(call: Call) -> Answer:
    """List which vouchers name people of the register; nothing is saved."""
    with watched(_("Reading …")) as bar:
        read = read_vouchers(call.given.source, progress=bar)
    with call.register() as desk, watched(_("Looking for people …")) as bar:
        found = desk.ask(find_in_vouchers, vouchers=read, progress=bar)

    def show(screen: Screen) -> None:
        cells = (
            (
                one.voucher,
                format_day(one.on, short=True) if one.on else "",
                f"{one.text[: one.start]}[{one.text[one.start : one.end]}]{one.text[one.end :]}",
                one.name if one.sure else _("{name}, perhaps").format(name=one.name),
            )
            for one in found
        )
        screen.table((_("Voucher"), _("Day"), _("Text"), _("Who is named")), cells)
        screen.words(
            _("{count} vouchers were looked through. Nothing is saved.").format(count=len(read)),
            "dim",
        )

    return Answer(listed(found), show)
