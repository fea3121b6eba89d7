"""How a request is said in a line: who, and how long there is."""

from __future__ import annotations

from datetime import date

from gdprdesk.domain.terms import Requester, say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.request_rows import RequestRow
from gdprdesk_ui.tokens import Tone

_NEAR = 7


def who_asks(row: RequestRow) -> str:
    """Return the person, and who asks for her if that is another; no name of somebody hidden."""
    name = row.name or row.asker or _("Somebody not in the register")
    if row.requester is Requester.SELF or not row.asker:
        return name
    other = f"{row.asker} ({say(row.requester)})"
    return f"{row.name}, {other}" if row.name else other


def time_left(row: RequestRow, today: date) -> tuple[str, Tone]:
    """Return how long there is, rounded down, and how pressing that is."""
    if row.days_left is None:
        day = format_day(row.answered_on or row.received_on, short=True, today=today)
        return _("Answered {day}").format(day=day), "neutral"
    if row.days_left < 0:
        late = ngettext("{days} day late", "{days} days late", -row.days_left)
        return late.format(days=-row.days_left), "danger"
    if row.is_paused:
        return _("Waits for proof of who asks"), "info"
    left = ngettext("{days} day left", "{days} days left", row.days_left)
    tone: Tone = "warn" if row.days_left <= _NEAR else "neutral"
    return left.format(days=row.days_left) if row.days_left else _("Today"), tone
