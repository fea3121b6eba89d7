"""Who else gets the data of a row, what is missing between you, and where they go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _, format_country, format_day
from gdprdesk.services.recipients import RecipientRow
from gdprdesk_ui.pages.register.sheet_parts import said
from gdprdesk_ui.widgets import Button, IconButton, ListRow, Pill


class RecipientLines:
    """A line for each recipient, with its agreement and a way to change it.

    Attributes:
        lines: The lines, or one that says that nobody else gets the data.
        agreement_buttons: A button for each agreement that is missing, by recipient.
    """

    def __init__(
        self,
        recipients: Sequence[RecipientRow],
        today: date,
        want: Callable[[RecipientRow], object],
    ) -> None:
        self._today, self._want = today, want
        self.agreement_buttons: dict[str, Button] = {}
        self.lines = [self._line(one) for one in recipients] or [said(_("Nobody else"))]

    def _line(self, one: RecipientRow) -> QWidget:
        change = IconButton(
            "pencil", _("Change {name}").format(name=one.name), on_click=lambda: self._want(one)
        )
        return ListRow(None, one.name, one.service, *self._agreement(one), change)

    def _agreement(self, one: RecipientRow) -> list[QWidget]:
        if one.agreement_on is not None:
            return [_agreement_pill(one, one.agreement_on, self._today)]
        if not one.needs_agreement:
            return []
        button = Button(
            _("Agreement missing…"),
            icon_name="triangle-alert",
            size="small",
            on_click=lambda: self._want(one),
        )
        button.setAccessibleDescription(one.name)
        self.agreement_buttons[one.name] = button
        return [button]


def _agreement_pill(one: RecipientRow, begun: date, today: date) -> Pill:
    ends = one.agreement_until
    if ends is not None and ends < today:
        day = format_day(ends, short=True)
        return Pill(_("Ended {day}").format(day=day), "warn", "triangle-alert")
    day = format_day(begun, short=True)
    return Pill(_("Agreement {day}").format(day=day), "accent", "check")


def places_said(recipients: Sequence[RecipientRow]) -> list[QWidget]:
    """Return which data leave the EEA, and what makes that lawful."""
    words = _("{name}, {country}: {mechanism}")
    return [
        said(
            words.format(
                name=one.name,
                country=format_country(one.country),
                mechanism=one.mechanism or _("no safeguard is given"),
            )
        )
        for one in recipients
        if one.outside_eea
    ] or [said(_("No"))]


def lacks_something(one: RecipientRow, today: date) -> bool:
    """Return whether something about a recipient is to be put right before the row is."""
    return one.needs_agreement or _is_over(one, today) or (one.outside_eea and not one.mechanism)


def sentences_about(recipients: Sequence[RecipientRow], today: date) -> int:
    """Return how many of the sentences about what a row lacks speak of its recipients."""
    agreement = any(one.needs_agreement for one in recipients)
    over = any(_is_over(one, today) for one in recipients)
    transfer = any(one.outside_eea and not one.mechanism for one in recipients)
    return agreement + over + transfer


def _is_over(one: RecipientRow, today: date) -> bool:
    return one.agreement_until is not None and one.agreement_until < today
