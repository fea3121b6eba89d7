"""What is published and has to come down."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.media_view import MediaFilter
from gdprdesk.services.take_down import TakeDownRow
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.today.task import BETWEEN, Task, few


def tasks_of_pictures(context: PageContext, view: TodayView) -> list[Task]:
    """Return what has to be taken down, or whoever is in it to be asked."""
    return list(few(view.take_downs, partial(_take_down, context), partial(_many, context)))


def _take_down(context: PageContext, one: TakeDownRow) -> Task:
    title = _("Ask about “{title}”") if one.unasked else _("Take down “{title}”")
    since = _("since {day}").format(day=format_day(one.on, short=True, today=context.today))
    said = (one.channel, say(one.reason), ", ".join(one.names))
    return Task(
        "image-off",
        title.format(title=one.title),
        BETWEEN.join(part for part in said if part),
        _("Open"),
        partial(context.open_page, "picture", ref=one.ref),
        "warn" if one.unasked else "danger",
        since,
    )


def _many(context: PageContext, count: int) -> Task:
    title = ngettext("{count} picture to take down", "{count} pictures to take down", count)
    return Task(
        "image-off",
        title.format(count=format_number(count)),
        _("Somebody in them has not said yes to where they are"),
        _("Go through"),
        partial(context.open_page, "pictures", show=MediaFilter.TAKE_DOWN.value),
        "danger",
    )
