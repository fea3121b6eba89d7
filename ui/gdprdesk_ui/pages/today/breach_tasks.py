"""What breaches ask for: the running clock first of all."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.terms import BreachTask, say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.breach_log import BreachRow
from gdprdesk.services.breach_words import clock_words
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.breaches.words import title_of, tone_of
from gdprdesk_ui.pages.today.task import Task


def tasks_of_breaches(context: PageContext, view: TodayView) -> list[Task]:
    """Return what is to be done about each open breach, the clocks that run first."""
    return [_task(context, row, task) for row in view.breaches for task in row.tasks]


def _task(context: PageContext, row: BreachRow, task: BreachTask) -> Task:
    pressing = task in {BreachTask.REPORT, BreachTask.TELL_CONTROLLERS, BreachTask.TELL_PEOPLE}
    return Task(
        "siren",
        say(task),
        _sentence(row, task),
        _("Go on"),
        partial(context.open_page, "breach", breach_ref=row.ref),
        tone_of(row) if task is BreachTask.REPORT or not pressing else "danger",
        _deadline(context, row, task),
    )


def _sentence(row: BreachRow, task: BreachTask) -> str:
    if task is BreachTask.TELL_PEOPLE and row.untold:
        people = ngettext("{count} person", "{count} people", row.untold)
        return "  \N{MIDDLE DOT}  ".join((title_of(row), people.format(count=row.untold)))
    return title_of(row)


def _deadline(context: PageContext, row: BreachRow, task: BreachTask) -> str:
    if task is BreachTask.REPORT:
        return clock_words(row)
    if task is BreachTask.SUPPLEMENT and row.supplement_due is not None:
        day = format_day(row.supplement_due, short=True, today=context.today)
        return (_("Was due {day}") if row.is_supplement_late else _("Until {day}")).format(day=day)
    return "" if task is BreachTask.FINISH else _("Without delay")
