"""The log: who has read what about a person, and the extract that she is given."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.signatures import text
from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import LANGUAGES, _, format_moment
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.read_log import list_readings
from gdprdesk.services.read_log_letter import export_read_log

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_log_options(command: ArgumentParser) -> None:
    """Say what can be typed about the log."""
    command.add_argument("deed", choices=tuple(_DEEDS), metavar="|".join(_DEEDS))
    command.add_argument("--person", type=text, metavar="REF", help=_("whom it is about"))
    command.add_argument("--to", type=Path, metavar=_("PATH"), help=_("the file to save"))
    command.add_argument(
        "--names", action="store_true", help=_("name those who read, not only what they are here")
    )
    command.add_argument(
        "--language", choices=LANGUAGES, default="", help=_("the language of the document")
    )
    command.add_argument("--force", action="store_true", help=_("replace a file that is there"))


def log(call: Call) -> Answer:
    """Show what the log says, or save it for a person."""
    with call.register() as desk:
        return _DEEDS[call.given.deed](desk, call)


def _readings(desk: Desk, call: Call) -> Answer:
    rows = desk.ask(list_readings, subject_ref=_person(call))

    def show(screen: Screen) -> None:
        headings = (_("When"), _("Who"), _("Role"), _("What was done"), _("Why"), _("Line"))
        cells = ((format_moment(r.at), r.who, r.role, r.what, r.why, r.line) for r in rows)
        screen.table(headings, cells)

    return Answer(listed(rows), show)


def _extract(desk: Desk, call: Call) -> Answer:
    given = call.given
    if given.to is None:
        raise DomainError(_("Say where to save it, with --to. Nothing was saved."))
    is_text = given.to.suffix.casefold() == ".txt"
    receipt = desk.run(
        export_read_log,
        subject_ref=_person(call),
        to=given.to,
        format=LetterFormat.TXT if is_text else LetterFormat.PDF,
        with_names=given.names,
        language_code=given.language,
        overwrite=given.force,
    )
    return answer_with(plain(receipt), _("Saved: {path}").format(path=receipt.path))


_DEEDS: Mapping[str, Callable[[Desk, Call], Answer]] = {
    "readings": _readings,
    "extract": _extract,
}


def _person(call: Call) -> SubjectRef:
    if not call.given.person:
        raise DomainError(_("Say whom it is about, with --person. Nothing was shown or saved."))
    return SubjectRef(call.given.person)
