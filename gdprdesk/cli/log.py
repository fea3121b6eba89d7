"""The log: who has read what about a person, the extract she is given, and the monthly check."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.signatures import add_choice, day, text, whole
from gdprdesk.desk import Desk
from gdprdesk.domain.base import EditionRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Verdict, say
from gdprdesk.i18n import LANGUAGES, _, format_moment, format_month
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.log_sample import (
    draw_sample,
    judge_reading,
    list_samples_due,
    sign_sample,
)
from gdprdesk.services.read_log import list_readings
from gdprdesk.services.read_log_letter import export_read_log
from gdprdesk.services.sample_view import list_samples, show_sample

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_log_options(command: ArgumentParser) -> None:
    """Say what can be typed about the log."""
    command.add_argument("deed", choices=tuple(_DEEDS), metavar="|".join(_DEEDS))
    command.add_argument("--person", type=text, metavar="REF", help=_("whom it is about"))
    command.add_argument(
        "--month", type=day, metavar=_("DAY"), help=_("any day of the month to check")
    )
    command.add_argument("--line", type=whole, metavar="N", help=_("which line is judged"))
    add_choice(command, "--verdict", Verdict, _("what you think of it"))
    command.add_argument(
        "--words", type=text, default="", help=_("what you think of it, or what came of the check")
    )
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


def _checks(desk: Desk, _call: Call) -> Answer:
    """List the months that are to be checked, and the checks that were made."""
    due, made = desk.ask(list_samples_due), desk.ask(list_samples)

    def show(screen: Screen) -> None:
        cells = [(format_month(one), _("to be checked"), "") for one in due]
        cells += [
            (format_month(one.month), one.conclusion or _("begun"), one.signed_by) for one in made
        ]
        screen.table((_("Month"), _("What came of it"), _("Signed by")), cells)

    return Answer({"due": plain(due), "checks": plain(made)}, show)


def _check(desk: Desk, call: Call) -> Answer:
    """Draw the sample of a month, or show the one that was drawn."""
    return _shown(desk, desk.run(draw_sample, month=_month(call)))


def _judge(desk: Desk, call: Call) -> Answer:
    given, ref = call.given, desk.run(draw_sample, month=_month(call))
    if given.line is None or given.verdict is None:
        raise DomainError(
            _("Say which line, with --line, and what you think, with --verdict. Nothing was saved.")
        )
    desk.run(
        judge_reading, sample_ref=ref, line=given.line, verdict=given.verdict, words=given.words
    )
    return _shown(desk, ref)


def _sign(desk: Desk, call: Call) -> Answer:
    ref = desk.run(draw_sample, month=_month(call))
    desk.run(sign_sample, sample_ref=ref, conclusion=call.given.words)
    return answer_with({"ref": ref}, _("Signed."))


def _shown(desk: Desk, ref: EditionRef) -> Answer:
    sample = desk.ask(show_sample, sample_ref=ref)

    def show(screen: Screen) -> None:
        headings = (_("Line"), _("When"), _("Who"), _("About"), _("Why"), _("Look at"), _("Found"))
        cells = (
            (
                one.reading.line,
                format_moment(one.reading.at),
                one.reading.who,
                one.whom,
                one.reading.why,
                ", ".join(map(say, one.hints)),
                say(one.verdict) if one.verdict else "",
            )
            for one in sample.lines
        )
        screen.table(headings, cells)

    return Answer(plain(sample), show)


def _month(call: Call) -> date:
    if call.given.month is None:
        raise DomainError(_("Say which month, with --month. Nothing was saved."))
    month: date = call.given.month
    return month


_DEEDS: Mapping[str, Callable[[Desk, Call], Answer]] = {
    "readings": _readings,
    "extract": _extract,
    "checks": _checks,
    "check": _check,
    "judge": _judge,
    "sign": _sign,
}


def _person(call: Call) -> SubjectRef:
    if not call.given.person:
        raise DomainError(_("Say whom it is about, with --person. Nothing was shown or saved."))
    return SubjectRef(call.given.person)
