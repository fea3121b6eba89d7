"""What the copies of the register ask for: a new one, or a stick that is to be connected."""

from __future__ import annotations

from functools import partial

from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.backup_standing import PlaceToConnect
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.backups.words import days_ago
from gdprdesk_ui.pages.today.task import Task, few
from gdprdesk_ui.tokens import Tone


def tasks_of_backups(context: PageContext, view: TodayView) -> list[Task]:
    """Return whether a copy is to be made, and which stick is to be connected."""
    found = [_back_up(context, view)] if view.backup.is_old else []
    found += few(view.to_connect, partial(_connect, context), partial(_connect_many, context))
    return found


def _back_up(context: PageContext, view: TodayView) -> Task:
    last = view.backup.last
    title = _("Make a backup of the register")
    if last is None:
        sentence = _("There is none yet: if the computer breaks or is stolen, everything is lost")
    else:
        sentence = _("The last good one: {when}, {place}").format(
            when=days_ago(last.days), place=last.place
        )
    tone: Tone = "danger" if view.backup.is_too_old else "warn"
    go = partial(context.open_page, "backups")
    return Task("hard-drive", title, sentence, _("Back up…"), go, tone)


def _connect(context: PageContext, place: PlaceToConnect) -> Task:
    said = ngettext(
        "{count} erased person is still in the copies there",
        "{count} erased people are still in the copies there",
        place.people,
    ).format(count=format_number(place.people))
    return Task(
        "usb",
        _("Connect “{place}”").format(place=place.name),
        said if place.people else _("A copy there is kept longer than you have said"),
        _("Look"),
        partial(context.open_page, "backups"),
        "danger" if place.over else "warn",
    )


def _connect_many(context: PageContext, count: int) -> Task:
    title = ngettext(
        "Connect {count} stick or disk", "Connect {count} sticks or disks", count
    ).format(count=format_number(count))
    sentence = _("Erased people are still in the copies there, or copies are over")
    go = partial(context.open_page, "backups")
    return Task("usb", title, sentence, _("Look"), go, "warn")
