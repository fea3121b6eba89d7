"""The command that lets go of what the rules of the register say is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.progress import watched
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.clean_up import CleanUpRow, carry_out_clean_up
from gdprdesk.services.clean_up_preview import CleanUpView, DueGroup, DueRow, show_clean_up

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def clean_up(call: Call) -> Answer:
    """Show what is over, or let go of it and tell what went."""
    with call.register() as desk:
        view = desk.ask(show_clean_up)
        if call.given.preview:
            return _answer(view, None)
        done = None
        if view.records or view.people:
            with watched(_("Cleaning up …")) as bar:
                done = desk.run(carry_out_clean_up, progress=bar)
            desk.finish()
        return _answer(view, done)


def _answer(view: CleanUpView, done: CleanUpRow | None) -> Answer:
    value = {
        "day": view.day,
        "records": view.records,
        "people": view.people,
        "soon": view.soon,
        "due": [plain(group) for group in view.due],
        "waiting": [plain(group) for group in view.waiting],
        "by_hand": [plain(row) for row in view.by_hand],
        "done": plain(done) if done else None,
    }
    return Answer(plain(value), lambda screen: _show(screen, view, done))


def _show(screen: Screen, view: CleanUpView, done: CleanUpRow | None) -> None:
    if view.due:
        screen.table((_("Processing"), _("What"), _("Whom"), _("Until")), _rows(view.due))
    if view.waiting:
        screen.words(_("These stay although their time is over:"))
        screen.table((_("Processing"), _("What"), _("Whom"), _("Why")), _rows(view.waiting))
    for row in view.by_hand:
        screen.words(_("To take out and shred: {what}").format(what=_paper(row)))
    if done is not None:
        said = ngettext(
            "{count} record has left the register.",
            "{count} records have left the register.",
            done.records,
        )
        screen.words(said.format(count=done.records))
    elif not view.records:
        screen.words(_("Nothing is over today."))


def _paper(row: DueRow) -> str:
    return ", ".join(part for part in (row.said, row.name) if part)


def _rows(groups: tuple[DueGroup, ...]) -> list[tuple[Any, ...]]:
    return [
        (
            group.activity,
            row.said,
            row.name,
            say(row.reason) if row.reason else row.until and format_day(row.until, short=True),
        )
        for group in groups
        for row in group.rows
    ]
