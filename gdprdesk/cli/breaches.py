"""The log of breaches: what stands in it, a new one, and what is saved of them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.exporting import chosen_format, saved
from gdprdesk.cli.signatures import add_choice, moment, text
from gdprdesk.desk import Desk
from gdprdesk.domain.base import BreachRef, ControllerRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BreachKind, say
from gdprdesk.i18n import _, format_moment
from gdprdesk.services.breach_files import (
    export_breach,
    export_breach_letter,
    export_breach_letters,
    export_breaches,
)
from gdprdesk.services.breach_log import BreachRow, list_breaches, show_breach
from gdprdesk.services.breach_words import clock_words
from gdprdesk.services.breaches import start_breach
from gdprdesk.services.files import ExportReceipt, FileFormat

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

LIST, ADD = "list", "add"
AddExport = Callable[..., ArgumentParser]


def take_breach_options(command: ArgumentParser) -> None:
    """Say what can be typed about the log of breaches."""
    command.add_argument(
        "deed", nargs="?", choices=(LIST, ADD), default=LIST, metavar=f"{LIST}|{ADD}"
    )
    add_choice(command, "--kind", BreachKind, _("what has happened"))
    command.add_argument(
        "--known-at",
        type=moment,
        metavar="YYYY-MM-DDTHH:MM",
        help=_("when you learnt of it; now, if not given"),
    )


def add_breach_exports(add: AddExport, formats: tuple[str, ...]) -> None:
    """Add what is written about breaches to what can be saved."""
    breach = add("breach", save_breach, _("what the authority asks about one"), formats)
    add("breaches", save_breaches, _("the log of all breaches"), formats)
    words = _("a letter about a breach, or a notice to all")
    letter = add("breach-letter", save_breach_letter, words, formats)
    letter.add_argument("--person", type=text, metavar="REF", help=_("to this person"))
    letter.add_argument("--controller", type=text, metavar="REF", help=_("to this customer served"))
    words = _("a letter to each person chosen, in a zip")
    letters = add("breach-letters", save_breach_letters, words)
    for command in (breach, letter, letters):
        command.add_argument("--breach", type=text, required=True, metavar="REF")


def breaches(call: Call) -> Answer:
    """List all breaches, or write down that something has happened."""
    return _add(call) if call.given.deed == ADD else _list(call)


def _list(call: Call) -> Answer:
    with call.register() as desk:
        rows = desk.ask(list_breaches)

    def show(screen: Screen) -> None:
        headings = (_("No."), _("Kind"), _("Became known"), _("Clock"), _("To do"), _("Ref"))
        screen.table(headings, map(_cells, rows))
        if not rows:
            screen.words(_("No breach has been written down."))

    return Answer(listed(rows), show)


def _cells(row: BreachRow) -> tuple[object, ...]:
    known = format_moment(row.clock.known_at)
    to_do = "; ".join(map(say, row.tasks))
    return row.number, say(row.kind), known, clock_words(row), to_do, row.ref


def _add(call: Call) -> Answer:
    given = call.given
    if given.kind is None:
        raise DomainError(_("Say what has happened, with --kind. Nothing was saved."))
    with call.register() as desk:
        ref = desk.run(start_breach, kind=given.kind, known_at=given.known_at)
        one = desk.ask(show_breach, breach_ref=ref)
    words = _("Written down. Report it by {moment}.").format(
        moment=format_moment(one.row.clock.due_at)
    )
    return answer_with(plain(one), words)


def save_breach(call: Call) -> Answer:
    """Save everything about a breach, in the order of the authority's form."""
    ref, wanted = BreachRef(call.given.breach), chosen_format(call, FileFormat.PDF)
    return saved(
        call, lambda desk, common: desk.run(export_breach, breach_ref=ref, format=wanted, **common)
    )


def save_breaches(call: Call) -> Answer:
    """Save the log of all breaches."""
    wanted = chosen_format(call, FileFormat.XLSX)
    return saved(call, lambda desk, common: desk.run(export_breaches, format=wanted, **common))


def save_breach_letter(call: Call) -> Answer:
    """Save a letter about a breach: to a person, to a customer served, or a notice to all."""
    given, wanted = call.given, chosen_format(call, FileFormat.PDF)
    return saved(
        call,
        lambda desk, common: desk.run(
            export_breach_letter,
            breach_ref=BreachRef(given.breach),
            subject_ref=SubjectRef(given.person) if given.person else None,
            controller_ref=ControllerRef(given.controller) if given.controller else None,
            format=wanted,
            **common,
        ),
    )


def save_breach_letters(call: Call) -> Answer:
    """Save a letter to each person chosen who was not told yet."""
    given = call.given

    def save(desk: Desk, common: dict[str, Any]) -> ExportReceipt:
        return desk.run(
            export_breach_letters,
            breach_ref=BreachRef(given.breach),
            to=common["to"],
            overwrite=common["overwrite"],
        )

    return saved(call, save)
