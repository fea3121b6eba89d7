"""Copies of the register on the command line: make one, put one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.passwords import password, recovery_key
from gdprdesk.cli.progress import watched
from gdprdesk.door import register_at
from gdprdesk.i18n import _, format_day, format_moment, ngettext
from gdprdesk.services.restoring import (
    RestorePreview,
    RestoreReceipt,
    preview_restore,
    restore,
)
from gdprdesk.store.copy_keys import Opening
from gdprdesk.store.keys import RECOVERY

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def back_up(call: Call) -> Answer:
    """Make a copy of the register in a folder and read it again."""
    with call.register() as desk, watched(_("Copying …")) as bar:
        receipt = desk.backup(call.given.folder, bar)

    def show(screen: Screen) -> None:
        said = _("The backup was made and read again: {path}")
        screen.words(said.format(path=receipt.path))
        for note in receipt.notes:
            screen.words(note)
        for file in receipt.let_go:
            screen.words(_("Taken away, its last day was over: {file}").format(file=file), "dim")

    return Answer(plain(receipt), show)


def put_back(call: Call) -> Answer:
    """Put a backup back, or only show what would come back and what would be lost."""
    given = call.given
    opening = (
        Opening(RECOVERY, recovery_key(), call.limits)
        if given.recovery_key
        else Opening(given.staff, password(), call.limits)
    )
    folder = register_at(given.file)
    with watched(_("Reading the backup …")) as bar:
        if given.preview:
            preview = preview_restore(
                given.backup, folder, opening=opening, clock=call.clock, progress=bar
            )
            return Answer(plain(preview), lambda screen: _show_preview(screen, preview))
        receipt = restore(given.backup, folder, opening=opening, clock=call.clock, progress=bar)
    return Answer(plain(receipt), lambda screen: _show_receipt(screen, receipt))


def _show_preview(screen: Screen, preview: RestorePreview) -> None:
    said = _("Nothing was changed. The register would be as it was {moment}.")
    screen.words(said.format(moment=format_moment(preview.made_at)), "bold")
    screen.heading(_("Comes back"))
    headings = (_("What"), _("In the backup"), _("Now"))
    screen.table(headings, ((one.said, one.then, one.now) for one in preview.counts))
    screen.heading(_("Is lost"))
    if not preview.known:
        screen.words(_("There is no register to compare with, or it cannot be read."))
    lost = ((format_day(one.day), one.said, one.count) for one in preview.lost)
    screen.table((_("Day"), _("Done"), _("Times")), lost)
    _show_erased(screen, len(preview.erased_again))
    for warning in preview.warnings:
        screen.words(warning, "bold")


def _show_receipt(screen: Screen, receipt: RestoreReceipt) -> None:
    said = _("The register is at {place}, as it was {moment}.")
    moment = format_moment(receipt.made_at)
    screen.words(said.format(place=receipt.folder, moment=moment), "bold")
    if receipt.aside:
        said = _(
            "The register that was there is at {place}. Delete it when you have seen that all is "
            "as it should be: it holds the same people."
        )
        screen.words(said.format(place=receipt.aside))
    _show_erased(screen, len(receipt.erased_again))
    for warning in receipt.warnings:
        screen.words(warning, "bold")


def _show_erased(screen: Screen, count: int) -> None:
    if count:
        said = ngettext(
            "One person was erased since the backup, and is erased from it before anybody "
            "opens it.",
            "{count} people were erased since the backup, and are erased from it before anybody "
            "opens it.",
            count,
        )
        screen.words(said.format(count=count))
