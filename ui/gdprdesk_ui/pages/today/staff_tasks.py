"""Who has quit, as long as something is left to see to."""

from __future__ import annotations

from functools import partial

from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.staff_leaving import LeavingView
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.today.task import Task, few


def tasks_of_staff(context: PageContext, view: TodayView) -> list[Task]:
    """Return what is left to see to of those who have quit."""
    return list(few(view.leaving, partial(_leaving, context), partial(_many_leaving, context)))


def _leaving(context: PageContext, one: LeavingView) -> Task:
    left = len(one.rows) - one.done
    said = ngettext("{count} thing left to see to", "{count} things left to see to", left)
    return Task(
        "log-out",
        _("{name} has left").format(name=one.name),
        said.format(count=format_number(left)),
        _("Go on"),
        partial(context.open_page, "leaving", staff_ref=one.ref),
        "warn",
        format_day(one.left_on, short=True, today=context.today),
    )


def _many_leaving(context: PageContext, count: int) -> Task:
    title = ngettext("{count} person has left", "{count} people have left", count)
    return Task(
        "log-out",
        title.format(count=format_number(count)),
        _("Keys, phones and accounts are to be seen to"),
        _("Go through"),
        partial(context.open_page, "staff"),
        "warn",
    )
