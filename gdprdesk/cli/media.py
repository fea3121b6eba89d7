"""Pictures and references: listed, taken in, published, taken down and saved."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.person import person_meant
from gdprdesk.cli.signatures import add_choice, day, text, whole
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import MediaOrigin, say
from gdprdesk.i18n import _
from gdprdesk.services.media import add_media
from gdprdesk.services.media_files import export_media, export_media_to_change, export_shown
from gdprdesk.services.media_view import MediaFilter, MediaRow, list_media, show_media
from gdprdesk.services.take_down import list_take_downs, publish_media, take_down

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

LIST, ADD, PUBLISH, DOWN, EXPORT = "list", "add", "publish", "take-down", "export"


def take_media_options(command: ArgumentParser) -> None:
    """Say what can be typed about pictures."""
    deeds = (LIST, ADD, PUBLISH, DOWN, EXPORT)
    command.add_argument("deed", nargs="?", choices=deeds, default=LIST, metavar="|".join(deeds))
    what = _("the picture to take in; or which one, by its ref")
    command.add_argument("what", nargs="?", type=text, metavar=_("FILE|REF"), help=what)
    add_choice(command, "--show", MediaFilter, _("which of them to list"), default=MediaFilter.ALL)
    command.add_argument(
        "--person",
        action="append",
        type=text,
        default=[],
        metavar=_("REF|WORDS"),
        help=_("who is in it; may be given more than once"),
    )
    add_choice(command, "--origin", MediaOrigin, _("where it comes from"), default=MediaOrigin.OWN)
    for option, words in (
        ("--title", _("what it is called")),
        ("--words", _("what a reference says")),
        ("--purpose", _("what it is shown for, such as photo")),
        ("--place", _("where it is published, such as Instagram")),
        ("--link", _("the address of it there")),
        ("--note", _("what else is worth knowing of it")),
    ):
        command.add_argument(option, type=text, default="", metavar=_("TEXT"), help=words)
    command.add_argument(
        "--to-change",
        action="store_true",
        help=_("save it to make somebody unrecognisable, not to publish it"),
    )
    command.add_argument("--on", type=day, metavar=_("DAY"), help=_("when; today, if not given"))
    command.add_argument(
        "--number", type=whole, metavar="N", help=_("which of its places, as the list counts them")
    )
    command.add_argument("--to", type=Path, metavar=_("PATH"), help=_("the file to write"))
    command.add_argument("--force", action="store_true", help=_("replace a file of that name"))


def media(call: Call) -> Answer:
    """List pictures, take one in, write down where it is, tick what is down, or save it."""
    deeds = {LIST: _list, ADD: _add, PUBLISH: _publish, DOWN: _take_down, EXPORT: _export}
    return deeds[call.given.deed](call)


def _list(call: Call) -> Answer:
    with call.register() as desk:
        rows = desk.ask(list_media, show=call.given.show, limit=10_000).rows

    def show(screen: Screen) -> None:
        headings = (
            _("What"),
            _("Kind"),
            _("Who is in it"),
            _("May be shown"),
            _("Published"),
            _("To take down"),
            _("Ref"),
        )
        if not rows:
            screen.words(_("There are no such pictures."))
            return
        cells = ((row.title, row.kind, *map(", ".join, _lists(row)), row.ref) for row in rows)
        screen.table(headings, cells)

    return Answer(listed(rows), show)


def _lists(row: MediaRow) -> tuple[tuple[str, ...], ...]:
    return row.names, row.allowed, row.shown, row.wrong


def _add(call: Call) -> Answer:
    given = call.given
    with call.register() as desk:
        ref = desk.run(
            add_media,
            title=given.title,
            path=Path(given.what) if given.what else None,
            words=given.words,
            subject_refs=tuple(person_meant(desk, one) for one in given.person),
            purpose=given.purpose,
            origin=given.origin,
            origin_link=given.link,
            taken_on=given.on,
        )
    words = _("It is in the register: {ref}").format(ref=ref)
    return answer_with({"ref": ref}, words)


def _publish(call: Call) -> Answer:
    given, ref = call.given, _ref(call)
    with call.register() as desk:
        desk.run(publish_media, ref=ref, channel=given.place, link=given.link, on=given.on)
    return answer_with({"ref": ref}, _("It is written down."))


def _take_down(call: Call) -> Answer:
    """List what has to come down, or tick one place."""
    given = call.given
    with call.register() as desk:
        if given.what:
            number = given.number or 0
            desk.run(take_down, ref=_ref(call), number=number, on=given.on, note=given.note)
        rows = desk.ask(list_take_downs)

    def show(screen: Screen) -> None:
        headings = (_("What"), _("Where"), _("Since"), _("Why"), _("Who"), _("No."), _("Ref"))
        if not rows:
            screen.words(_("Nothing has to be taken down."))
            return
        cells = (
            (
                row.title,
                f"{row.channel} {row.link}",
                row.on,
                say(row.reason),
                ", ".join(row.names),
                row.number,
                row.ref,
            )
            for row in rows
        )
        screen.table(headings, cells)

    return Answer(listed(rows), show)


def _export(call: Call) -> Answer:
    """Save a picture for a place, or to change it; without a picture, the list of all places."""
    given = call.given
    if given.to is None:
        raise DomainError(_("Say where to save it, with --to. Nothing was saved."))
    with call.register() as desk:
        if not given.what:
            saved = desk.run(export_shown, to=given.to, overwrite=given.force)
        elif given.place:
            saved = desk.run(
                export_media,
                ref=_ref(call),
                channel=given.place,
                to=given.to,
                overwrite=given.force,
            )
        elif given.to_change:
            saved = desk.run(
                export_media_to_change, ref=_ref(call), to=given.to, overwrite=given.force
            )
        else:
            raise _no_place(desk.ask(show_media, ref=_ref(call)).row)
    words = _("{name} is saved").format(name=saved.path.name)
    return answer_with(plain(saved), words)


def _no_place(row: MediaRow) -> DomainError:
    """Return that the place is missing, and which there are."""
    if not row.allowed:
        return DomainError(
            _(
                "“{title}” may be shown nowhere just now. Nothing was saved. To make somebody "
                "unrecognisable in it, save it with --to-change."
            ).format(title=row.title)
        )
    return DomainError(
        _("Say with --place where it is to be shown: {places}. Nothing was saved.").format(
            places=", ".join(row.allowed)
        )
    )


def _ref(call: Call) -> RecordRef:
    if not call.given.what:
        raise DomainError(_("Say which picture, by the ref that the list gives it."))
    return RecordRef(call.given.what)
