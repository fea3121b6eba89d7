"""What people wait for: requests that are late first of all, then those that press."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.request_rows import RequestRow
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.requests.words import time_left, who_asks
from gdprdesk_ui.pages.today.task import BETWEEN, Task, few


def tasks_of_late_requests(context: PageContext, view: TodayView) -> list[Task]:
    """Return the requests that should have been answered: each of them, nothing comes before."""
    return [_request(context, one) for one in view.requests.overdue]


def tasks_of_requests(context: PageContext, view: TodayView) -> list[Task]:
    """Return what presses: to answer within a week, to find out who asks, to tell others."""
    due = view.requests
    found = list(few(due.soon, partial(_request, context), partial(_many, context)))
    found += few(due.waiting, partial(_waiting, context), partial(_many, context))
    found += [_to_tell(context, one) for one in due.to_tell]
    return found


def _request(context: PageContext, row: RequestRow) -> Task:
    words, tone = time_left(row, context.today)
    day = format_day(row.due_on, short=True, today=context.today)
    return Task(
        "hand",
        _("Answer {name}").format(name=who_asks(row)),
        BETWEEN.join((say(row.kind), _("by {day}").format(day=day))),
        _("Open"),
        partial(context.open_page, "request", request_ref=row.ref),
        tone,
        words,
    )


def _waiting(context: PageContext, row: RequestRow) -> Task:
    title = _("Find out who asks: {name}") if row.needs_identity else _("May {name} ask this?")
    task = _request(context, row)
    return Task(
        "user-check",
        title.format(name=who_asks(row)),
        task.sentence,
        task.verb,
        task.do,
        task.tone,
        task.deadline,
    )


def _to_tell(context: PageContext, row: RequestRow) -> Task:
    title = ngettext(
        "Tell {count} recipient what was done for {name}",
        "Tell {count} recipients what was done for {name}",
        row.untold,
    ).format(count=format_number(row.untold), name=who_asks(row))
    return Task(
        "handshake",
        title,
        BETWEEN.join((say(row.kind), _("Article 19"))),
        _("Open"),
        partial(context.open_page, "request", request_ref=row.ref),
        "warn",
    )


def _many(context: PageContext, count: int) -> Task:
    title = ngettext(
        "{count} request is to be answered", "{count} requests are to be answered", count
    ).format(count=format_number(count))
    return Task(
        "hand",
        title,
        _("The nearest day first"),
        _("Look"),
        partial(context.open_page, "requests"),
        "warn",
    )
