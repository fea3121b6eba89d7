"""The way to a new register in four steps: what is asked, what may go on, how long it takes.

Knows no window, so that it is tested without one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _, language
from gdprdesk.services.contacts import own_org_number
from gdprdesk.services.onboarding import (
    Business,
    ProposedActivity,
    is_unusually_long,
    organisation_of,
    propose,
)
from gdprdesk.services.organisation import missing_of
from gdprdesk.services.templates import TRADES, activities_of, recipients_of, template

SUFFIX: Final = ".gdprdesk"
MOST_MONTHS: Final = 600
_NOT_IN_NAMES: Final = frozenset('\\/:*?"<>|')


class Step(IntEnum):
    """A step of the way."""

    BUSINESS = 1
    TRADE = 2
    REVIEW = 3
    PASSWORD = 4


_SECONDS: Final = {Step.BUSINESS: 30, Step.TRADE: 55, Step.REVIEW: 50, Step.PASSWORD: 55}
SKIPPABLE: Final = frozenset({Step.TRADE, Step.REVIEW})
"""The steps that have a good answer already."""


@dataclass(frozen=True)
class Offer:
    """What a new register is filled with, to be shown before it is made.

    Attributes:
        activities: How many rows of the register.
        periods: How many of them have a period of their own.
        example: One of those, in words: its name and its period.
        consents: What the texts of consents are for.
        recipients: How many others get something.
    """

    activities: int
    periods: int
    example: tuple[str, str]
    consents: tuple[str, ...]
    recipients: int


@dataclass(frozen=True)
class Trade:
    """A kind of business that there is a template for, in the words of the template."""

    key: str
    name: str
    description: str


class FirstRun:
    """What has been answered so far, and where on the way it is.

    Attributes:
        business: What the business says about itself.
        step: Which step is shown.
        parent: The folder that the register will be in.
    """

    def __init__(self, business: Business, today: date, parent: Path) -> None:
        self.business = business
        self.step = Step.BUSINESS
        self.parent = parent
        self._today = today

    @property
    def folder(self) -> Path:
        """Return where the register will be: named after the business, and never in the way."""
        name = "".join(
            letter for letter in self.business.name if letter.isprintable()
            and letter not in _NOT_IN_NAMES
        ).strip(" .")[:80]  # fmt: skip
        name = name or _("Register")
        folder, number = self.parent / f"{name}{SUFFIX}", 2
        while folder.exists():
            folder, number = self.parent / f"{name} {number}{SUFFIX}", number + 1
        return folder

    def known_names(self) -> tuple[str, ...]:
        """Return the names that anybody will know: no password may be built on them."""
        return self.business.name, self.business.contact, self.folder.stem

    @property
    def minutes_left(self) -> int:
        """Return how many minutes the steps from this one on take, rounded down, at least one."""
        return max(1, sum(_SECONDS[step] for step in Step if step >= self.step) // 60)

    def tell(self, **answers: Any) -> None:
        """Take answers, by the names of the fields of Business."""
        self.business = replace(self.business, **answers)

    def problems(self) -> dict[str, str]:
        """Return what hinders the step from being left, by field."""
        found = {}
        if self.step is Step.BUSINESS:
            if not self.business.name.strip():
                found["name"] = _("Write the name of the business.")
            try:
                own_org_number(self.business.org_number, self.business.country)
            except DomainError as error:
                found["org_number"] = str(error)
        return found

    def forward(self) -> bool:
        """Go to the next step if nothing hinders it. Returns whether it did."""
        if self.step is Step.PASSWORD or self.problems():
            return False
        self.step = Step(self.step + 1)
        return True

    def back(self) -> None:
        """Go to the step before."""
        self.step = Step(max(self.step - 1, Step.BUSINESS))

    def skip(self) -> None:
        """Leave the step as it was proposed."""
        if self.step is Step.TRADE:
            self.tell(extras=None)
        if self.step is Step.REVIEW:
            self.tell(left_out=(), rules=None, reasons=None)
        if self.step in SKIPPABLE:
            self.forward()

    def proposal(self) -> tuple[ProposedActivity, ...]:
        """Return the proposed register, for review."""
        return propose(self.business, self._today)

    def keep(self, key: str, *, wanted: bool) -> None:
        """Keep a proposed activity, or leave it out."""
        others = tuple(one for one in self.business.left_out if one != key)
        self.tell(left_out=others if wanted else (*others, key))

    def trades(self) -> tuple[Trade, ...]:
        """Return the kinds of business to choose among."""
        said = self.business.language
        return tuple(
            Trade(trade, template(trade)["name"][said], template(trade)["description"][said])
            for trade in TRADES
        )

    def choose_trade(self, trade: str) -> None:
        """Take another trade: what was chosen of the one before says nothing about it."""
        if trade != self.business.trade:
            self.tell(trade=trade, extras=None, left_out=(), rules=None, reasons=None)

    def set_months(self, key: str, months: int, reason: str = "") -> None:
        """Give an activity a period of one's own.

        Raises:
            DomainError: It is no number of months from 1 to 600, or so long without a reason.
        """
        if not 1 <= months <= MOST_MONTHS:
            raise DomainError(_("Write a number of months from 1 to 600."))
        if is_unusually_long(months) and not reason.strip():
            raise DomainError(_("Write why it is needed so long."))
        self.tell(
            rules={**(self.business.rules or {}), key: months},
            reasons={**(self.business.reasons or {}), key: reason.strip()},
        )

    def missing(self) -> tuple[str, ...]:
        """Return what Article 30(1)(a) asks for and nobody has said yet; it hinders nothing."""
        return missing_of(organisation_of(self.business))

    def offer(self) -> Offer:
        """Return what the register would be filled with now."""
        trade, said = self.business.trade, self.business.language
        chosen = activities_of(trade, self.business.has)
        keys = {one["key"] for one in chosen}
        used = {key for one in chosen for key in one["recipients"]}
        proposed = self.proposal()
        own = [one for one in proposed if one.months]
        with language(said):
            example = (own[0].name, own[0].periods[0]) if own else ("", "")
        return Offer(
            activities=len(proposed),
            periods=len(own),
            example=example,
            consents=tuple(
                text["name"][said]
                for text in template(trade)["consent_text"]
                if text["activity"] in keys
            ),
            recipients=len(
                {one["key"] for one in recipients_of(trade, self.business.country)} & used
            ),
        )
