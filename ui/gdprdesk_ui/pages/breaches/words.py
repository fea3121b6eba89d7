"""How a breach is shown in a row: its sign, its clock and what is to be done next."""

from __future__ import annotations

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_moment
from gdprdesk.services.breach_log import BreachRow
from gdprdesk.services.breach_words import clock_words
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import Pill

SOON = 24
"""Hours left from which on the clock is red."""


def title_of(row: BreachRow) -> str:
    """Return what a breach is called."""
    return _("{number}: {kind}").format(number=row.number, kind=say(row.kind))


def sentence_of(row: BreachRow) -> str:
    """Return when it became known, and what is to be done next."""
    known = _("Known since {moment}").format(moment=format_moment(row.clock.known_at))
    next_one = say(row.tasks[0]) if row.tasks else ""
    return "  \N{MIDDLE DOT}  ".join(part for part in (known, next_one) if part)


def tone_of(row: BreachRow) -> Tone:
    """Return how pressing a breach is."""
    if row.clock.is_late or row.is_supplement_late or (row.clock.runs and row.clock.left < SOON):
        return "danger"
    if row.clock.runs:
        return "warn"
    return "neutral" if row.closed_on else "info"


def clock_pill(row: BreachRow) -> Pill:
    """Return how the clock stands, as a pill."""
    return Pill(clock_words(row), tone_of(row), "clock" if row.clock.runs else "check")
