"""What was done to the file without the program, told in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gdprdesk.domain.base import counted, kind_name, personal_kinds
from gdprdesk.domain.log_findings import ELSEWHERE, LogFault, LogFinding
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _, format_moment, ngettext
from gdprdesk.services.log_watch import ACCEPTING
from gdprdesk.services.registry import ACTIONS, READINGS, about, action
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class LogFindingRow:
    """Something that was found, as a list shows it.

    Attributes:
        key: What it is known by once somebody has looked at it.
        sentence: What happened and since when; names nobody.
        advice: What to do.
    """

    key: str
    sentence: str
    advice: str


_LINES = {
    LogFault.LINE_CHANGED: N_("Line {line} of the log was changed outside the program."),
    LogFault.LINE_MOVED: N_("Line {line} of the log stands in a wrong place: lines were swapped."),
    LogFault.LINE_PUT_IN: N_("Line {line} of the log was put in outside the program."),
}
_ROWS = {
    LogFault.ROW_CHANGED: N_("Changed outside the program: {what}."),
    LogFault.ROW_OLD: N_("An old part of the file was mixed with a newer one: {what}."),
    LogFault.ROW_PUT_IN: N_("Put in outside the program, the log does not know it: {what}."),
}
_ELSEWHERE = {*ELSEWHERE, LogFault.COPY_KNOWS_MORE}


@action(ACCEPTING, N_("Looked at the log"), undoable=False, needs=Permission.STAFF)
def accept_findings(work: UnitOfWork, *, keys: tuple[str, ...] = ()) -> None:
    """Write down that somebody has seen what was found in the log, so that it is not told again.

    A register that is older than what this computer last saw is then taken as it is.

    Args:
        work: The transaction.
        keys: What was seen.
    """
    for key in keys:
        work.mention(key)


@action("log.seal", N_("Tied the records to the log"), undoable=False, needs=Permission.STAFF)
def seal_register(_work: UnitOfWork) -> None:
    """Tie every record of a register of an earlier version to the log.

    The first line that this version writes does it; here it is a line of its own.
    """


def rows_of_findings(findings: Iterable[LogFinding]) -> tuple[LogFindingRow, ...]:
    """Return what was found, as it is told."""
    return tuple(LogFindingRow(one.key, sentence_of(one), advice_for(one)) for one in findings)


def sentence_of(finding: LogFinding) -> str:
    """Return what was done and since when, in the language spoken; names nobody."""
    if finding.fault in _ELSEWHERE:
        return _elsewhere(finding)
    if finding.fault in _ROWS:
        said = _(_ROWS[finding.fault]).format(what=_counted(finding))
        later = N_("The program last wrote this {moment}.")
    elif finding.fault is LogFault.ROW_MISSING:
        said = ngettext(
            "Something that “{what}” wrote was taken out outside the program.",
            "{count} things that “{what}” wrote were taken out outside the program.",
            finding.count,
        ).format(count=finding.count, what=action_label(finding.what))
        later = N_("The program last wrote this {moment}.")
    else:
        said = _of_lines(finding)
        later = N_("The lines before, until {moment}, are as they were written.")
    moment = moment_of(finding.since)
    return f"{said} {_(later).format(moment=moment)}" if moment else said


def advice_for(finding: LogFinding) -> str:
    """Return what to do about it."""
    if finding.fault in _ELSEWHERE:
        return _(
            "Nothing was changed. If you put an older file in place yourself, say so below. If "
            "not, lock the register and look for the newer one: a folder that is synchronised, or "
            "a stick, may hold it. Else put back your newest backup."
        )
    return _(
        "Your data are shown as they are in the file now. Keep a copy of the folder as it is, and "
        "put back a backup from before. If none of you did this, change your passwords: somebody "
        "else could open the file."
    )


def moment_of(at: str) -> str:
    """Return a moment of the log as people write it; nothing if it says none."""
    try:
        return format_moment(datetime.fromisoformat(at))
    except ValueError:
        return ""


def action_label(name: str) -> str:
    """Return what people call what a line of the log says was done, in the language spoken."""
    known = ACTIONS.get(name) or READINGS.get(name)
    if known is not None:
        return _(about(known).label)
    return {"undo": _("Undone"), "redo": _("Done again")}.get(name, name)


def _of_lines(finding: LogFinding) -> str:
    if finding.fault in _LINES:
        return _(_LINES[finding.fault]).format(line=finding.line)
    if finding.fault is LogFault.TAIL_CUT:
        said = ngettext(
            "The end of the log is missing: line {line} was cut off, but what it did is there.",
            "The end of the log is missing: {count} lines from {line} on were cut off, but what "
            "they did is there.",
            finding.count,
        )
    else:
        said = ngettext(
            "Line {line} of the log is missing: it was taken out outside the program.",
            "{count} lines of the log are missing, from line {line} on: they were taken out "
            "outside the program.",
            finding.count,
        )
    return said.format(count=finding.count, line=finding.line)


def _elsewhere(finding: LogFinding) -> str:
    moment = moment_of(finding.since)
    if finding.fault is LogFault.OLDER:
        said = ngettext(
            "This register is older than what this computer last saw, {moment}: one action is "
            "missing at the end. It ends {ends}.",
            "This register is older than what this computer last saw, {moment}: {count} actions "
            "are missing at the end. It ends {ends}.",
            finding.count,
        )
        return said.format(moment=moment, count=finding.count, ends=moment_of(finding.what))
    if finding.fault is LogFault.OTHER:
        return _(
            "This register is not the one that this computer last saw, {moment}: somebody went on "
            "working in an older copy, or the log was written anew from line {line} or before."
        ).format(moment=moment, line=finding.line)
    return _(
        "The backup “{name}” of {moment} holds actions that this register does not have: the "
        "register is older, or its log was written anew."
    ).format(name=finding.what, moment=moment)


def _counted(finding: LogFinding) -> str:
    for kind in personal_kinds():
        if kind_name(kind) == finding.what:
            return counted(kind, finding.count)
    people = ngettext("one person", "{count} people", finding.count)
    return people.format(count=finding.count)
