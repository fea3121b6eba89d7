"""Whoever turns 18 is asked herself."""

from __future__ import annotations

from functools import partial

from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.guardians import OfAgeRow
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.today.task import Task, few


def tasks_of_consents(context: PageContext, view: TodayView) -> list[Task]:
    """Return who is to be asked herself, since she turns 18 or has."""
    return list(few(view.of_age, partial(_of_age, context), partial(_many_of_age, context)))


def _of_age(context: PageContext, one: OfAgeRow) -> Task:
    day = format_day(one.of_age_on, short=True, today=context.today)
    title = _("{name} turned 18 on {day}") if one.is_grown else _("{name} turns 18 on {day}")
    sentence = (
        _("Ask her herself: {purposes}. What was said for her counts no more.")
        if one.is_grown
        else _("Ask her herself then: {purposes}")
    )
    return Task(
        "baby",
        title.format(name=one.name, day=day),
        sentence.format(purposes=", ".join(one.purposes)),
        _("Open"),
        partial(context.open_page, "person", subject_ref=one.subject_ref),
        "danger" if one.is_grown else "warn",
        day,
    )


def _many_of_age(context: PageContext, count: int) -> Task:
    title = ngettext("{count} person turns 18", "{count} people turn 18", count)
    return Task(
        "baby",
        title.format(count=format_number(count)),
        _("Ask them themselves: what was said for them counts no more from that day"),
        _("Go through"),
        partial(context.open_page, "consents"),
        "warn",
    )
