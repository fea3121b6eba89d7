"""Newsletters: a list of the program that sends them compared, and a survey that is anonymous."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.handing import handing_of
from gdprdesk.cli.progress import watched
from gdprdesk.cli.signatures import add_choice, text
from gdprdesk.domain.list_comparison import Finding
from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_day
from gdprdesk.imports import read_grid
from gdprdesk.imports.mailing_file import read_mailing
from gdprdesk.services.comparison_report import export_comparison
from gdprdesk.services.existing_customers import CUSTOMERS, export_existing_customers
from gdprdesk.services.files import FileFormat
from gdprdesk.services.newsletter import NEWSLETTER
from gdprdesk.services.newsletter_comparison import (
    Comparison,
    ComparisonReceipt,
    compare_list,
    take_over_comparison,
)
from gdprdesk.services.newsletter_export import export_mailing, preview_mailing
from gdprdesk.services.survey import SurveyCheck, check_survey, save_cleaned

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

_SILENT = {Finding.ALIKE, Finding.GONE}


def add_reader_options(command: ArgumentParser) -> None:
    """Say what can be typed where the list of readers is saved."""
    command.add_argument(
        "--purpose",
        type=text,
        default=NEWSLETTER,
        metavar="KEY",
        help=_("another kind of letters, such as sms_offers, or existing_customers"),
    )
    _add_tool(command, _("as this program takes it in, with those who left beside it"))


def _add_tool(command: ArgumentParser, words: str) -> None:
    add_choice(command, "--tool", MailingTool, words)


def take_newsletter_options(command: ArgumentParser) -> None:
    """Say what can be typed about newsletters."""
    command.add_argument("deed", choices=tuple(_DEEDS), metavar="|".join(_DEEDS))
    words = _("the file from the program that sends them, or from the survey")
    command.add_argument("source", type=Path, metavar=_("SOURCE"), help=words)
    command.add_argument(
        "--purpose",
        type=text,
        default=NEWSLETTER,
        metavar="KEY",
        help=_("another kind of letters, such as tips"),
    )
    _add_tool(command, _("which program it comes from, if it is not recognised"))
    command.add_argument(
        "--apply",
        action="store_true",
        help=_("write down who has left there; otherwise only look"),
    )
    command.add_argument(
        "--report", type=Path, metavar=_("PATH"), help=_("save what is to be done, as PDF or CSV")
    )
    command.add_argument(
        "--to", type=Path, metavar=_("PATH"), help=_("save a copy of a survey that is anonymous")
    )
    command.add_argument(
        "--keep",
        action="append",
        type=text,
        default=[],
        metavar=_("COLUMN"),
        help=_("a column of a survey that stays all the same"),
    )
    command.add_argument("--force", action="store_true", help=_("replace a file that is there"))


def save_mailing(call: Call) -> Answer:
    """Save the readers as a program expects them, and those who left beside it."""
    given = call.given
    common = {"tool": given.tool, "to": given.to, "overwrite": given.force}
    with call.register() as desk, desk.handing_out(handing_of(call)):
        if given.purpose == CUSTOMERS:
            said = desk.run(export_existing_customers, **common)
            warnings: tuple[str, ...] = ()
        else:
            warnings = desk.ask(preview_mailing, tool=given.tool, purpose=given.purpose).warnings
            said = desk.run(export_mailing, purpose=given.purpose, **common)
    paths = (said.path, said.left_path) if said.left_path else (said.path,)
    lines = [_("Saved: {path}").format(path=path) for path in paths]
    lines += [given.tool.how_to_import, *warnings]

    def show(screen: Screen) -> None:
        for line in lines:
            screen.words(line)

    return Answer(plain(said) | {"warnings": list(warnings)}, show)


def newsletter(call: Call) -> Answer:
    """Do what was asked for about newsletters."""
    return _DEEDS[call.given.deed](call)


def _compare(call: Call) -> Answer:
    given = call.given
    with call.register() as desk:
        with watched(_("Reading …")) as bar:
            sheets = read_mailing(given.source, progress=bar)
        found = desk.ask(compare_list, sheets=sheets, purpose=given.purpose, tool=given.tool)
        receipt = desk.run(take_over_comparison, comparison=found) if given.apply else None
        if given.report is not None:
            wanted = FileFormat.CSV if given.report.suffix.casefold() == ".csv" else FileFormat.PDF
            desk.run(
                export_comparison,
                comparison=found,
                to=given.report,
                format=wanted,
                overwrite=given.force,
            )
    return Answer(_value(found, receipt), lambda screen: _show(screen, found, receipt))


def _value(found: Comparison, receipt: ComparisonReceipt | None) -> dict[str, Any]:
    return {
        "tool": found.tool.value,
        "purpose": found.purpose,
        "total": len(found.rows),
        "unreadable": found.unreadable,
        "counts": {finding.value: count for finding, count in found.counts.items()},
        "rows": [
            {"email": one.email, "finding": one.finding.value, "left_on": plain(one.left_on)}
            for one in found.rows
            if one.finding not in _SILENT
        ],
        "applied": plain(receipt),
    }


def _show(screen: Screen, found: Comparison, receipt: ComparisonReceipt | None) -> None:
    counted = ((count, one.label, one.advice) for one, count in found.counts.items() if count)
    screen.table((_("Count"), _("What was found"), _("What to do")), counted)
    rows = [
        (one.email, one.finding.label, one.left_on and format_day(one.left_on, short=True))
        for one in found.rows
        if one.finding not in _SILENT
    ]
    if rows:
        screen.table((_("E-mail"), _("What was found"), _("Left on")), rows)
    if receipt is None:
        screen.words(_("Nothing is written down yet. With --apply, who has left there is."))
        return
    screen.words(
        _("{withdrawn} yes taken back, {stopped} addresses put on the stop list.").format(
            withdrawn=receipt.withdrawn, stopped=receipt.stopped
        )
    )


def _survey(call: Call) -> Answer:
    """Look whether a survey is anonymous; the register is opened for its owner, and not changed."""
    given = call.given
    with call.register(), watched(_("Reading …")) as bar:
        check = check_survey(read_grid(given.source, progress=bar))
        keep = [
            one.place for one in check.columns if fold(one.heading) in set(map(fold, given.keep))
        ]
        left_out = None
        if given.to is not None:
            left_out = save_cleaned(check, given.to, keep=keep, overwrite=given.force)
    value = {
        "answers": check.answers,
        "anonymous": not check.columns,
        "columns": [plain(one) for one in check.columns],
        "saved": str(given.to) if given.to else None,
        "left_out": left_out,
    }
    return Answer(value, lambda screen: _show_survey(screen, check, given.to))


def _show_survey(screen: Screen, check: SurveyCheck, saved: Path | None) -> None:
    if not check.columns:
        screen.words(_("Nothing in these answers tells whose they are."))
    else:
        headings = (_("Column"), _("What was found"), _("Answers"), _("Rows"))
        screen.table(
            headings,
            (
                (
                    one.heading,
                    ", ".join(trace.label for trace in one.traces),
                    one.rows,
                    ", ".join(map(str, one.row_numbers)),
                )
                for one in check.columns
            ),
        )
        screen.words(_("This survey is not anonymous as it stands."), "bold")
    if saved is not None:
        screen.words(_("Saved: {path}").format(path=saved))


_DEEDS = {"compare": _compare, "survey": _survey}
