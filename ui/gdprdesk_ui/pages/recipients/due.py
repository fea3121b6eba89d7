"""What is to be arranged with a recipient, said in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gdprdesk.domain.base import RecipientRef
from gdprdesk.i18n import _, format_day
from gdprdesk.services.recipients import RecipientRow, RecipientsDue

Due = Mapping[RecipientRef, tuple[str, ...]]
"""What is to be arranged with each recipient, the most pressing first."""


def due_words(due: RecipientsDue, today: date) -> Due:
    """Return what is to be arranged with each recipient."""
    found: dict[RecipientRef, tuple[str, ...]] = {}

    def note(one: RecipientRow, words: str) -> None:
        found[one.ref] = (*found.get(one.ref, ()), words)

    for one in due.agreements:
        note(one, _("Agreement missing"))
    for one in due.running_out:
        note(one, _runs_out(one.agreement_until or today, today))
    for one in due.reviews:
        note(one, _("Look through the agreement"))
    for one in due.evidence:
        note(one, _("See that it deletes"))
    return found


def _runs_out(ends: date, today: date) -> str:
    day = format_day(ends, short=True, today=today)
    words = _("Agreement ended {day}") if ends < today else _("Agreement ends {day}")
    return words.format(day=day)
