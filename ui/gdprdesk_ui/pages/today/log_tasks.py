"""What somebody did to the file without the program, until it has been looked at."""

from __future__ import annotations

from functools import partial

from gdprdesk.i18n import _
from gdprdesk.services.log_findings import LogFindingRow, accept_findings
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.today.task import Task


def tasks_of_log(context: PageContext) -> list[Task]:
    """Return what was found in the log and in the rows that it knows."""
    return [_found(context, one) for one in context.desk.log_findings]


def _found(context: PageContext, row: LogFindingRow) -> Task:
    return Task(
        "shield-alert",
        _("The register was changed without the program"),
        row.sentence,
        _("Look"),
        partial(_look, context, row),
        "danger",
    )


def _look(context: PageContext, row: LogFindingRow) -> None:
    """Tell what to do; whoever keeps the staff can say that she has seen it."""
    words = f"{row.sentence}\n\n{row.advice}"
    if not context.may(accept_findings):
        ask.tell_error(context.window, words)
        return
    title = _("The register was changed without the program")
    if ask.confirm_irreversible(context.window, title, words, _("I have seen it")):
        context.perform(
            lambda _progress: context.desk.run(accept_findings, keys=(row.key,)),
            lambda _done: context.open_page("today"),
        )
