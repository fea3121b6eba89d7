"""People who may stand in the register twice: the list, making one of two, telling them apart."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.signatures import text
from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _
from gdprdesk.services.duplicates import DuplicateRow, list_duplicates, tell_apart
from gdprdesk.services.merging import merge_people, show_merge
from gdprdesk.services.paging import LARGEST_PAGE

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_duplicate_options(command: ArgumentParser) -> None:
    """Say what can be typed about people who stand there twice."""
    deeds = command.add_mutually_exclusive_group()
    deeds.add_argument(
        "--merge",
        nargs=2,
        type=text,
        metavar=("REF", "REF"),
        help=_("make one person of these two; the name of the first stays"),
    )
    deeds.add_argument(
        "--apart",
        nargs=2,
        type=text,
        metavar=("REF", "REF"),
        help=_("say that these two are two people"),
    )
    command.add_argument("--preview", action="store_true", help=_("only show what would happen"))


def duplicates(call: Call) -> Answer:
    """List who may stand there twice, make one person of two, or tell them apart."""
    if call.given.merge:
        return _merge(call)
    return _tell_apart(call) if call.given.apart else _list(call)


def _list(call: Call) -> Answer:
    with call.register() as desk:
        found = desk.ask(list_duplicates, limit=LARGEST_PAGE)

    def show(screen: Screen) -> None:
        headings = (_("One"), _("The other"), _("How sure"), _("Why"), _("Ref"), _("Ref"))
        if found.rows:
            screen.table(headings, map(_cells, found.rows))
        else:
            screen.words(_("Nobody stands here twice."))

    return Answer(listed(found.rows, found.total), show)


def _cells(row: DuplicateRow) -> tuple[object, ...]:
    return row.one, row.other, row.likeness, row.why, row.one_ref, row.other_ref


def _merge(call: Call) -> Answer:
    keep, other = map(SubjectRef, call.given.merge)
    with call.register() as desk:
        seen = desk.ask(show_merge, keep_ref=keep, other_ref=other)
        if not call.given.preview:
            desk.run(merge_people, keep_ref=keep, other_ref=other)

    def show(screen: Screen) -> None:
        screen.lines(
            (
                (_("Goes over to {name}").format(name=seen.keep_name), ", ".join(seen.moves)),
                (_("Both have it, so it stands there once"), ", ".join(seen.same)),
                (_("Only one of them says yes, so it does not count"), ", ".join(seen.refused)),
            )
        )
        for remark in seen.remarks:
            screen.words(remark)
        if not call.given.preview:
            screen.words(_("They are one person now."))

    return Answer(plain(seen), show)


def _tell_apart(call: Call) -> Answer:
    one, other = map(SubjectRef, call.given.apart)
    with call.register() as desk:
        desk.run(tell_apart, one_ref=one, other_ref=other)
    words = _("They stay two people.")
    return answer_with({"one": one, "other": other}, words)
