"""Gift cards: a promise by number, worth what has not been used of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar, TypedDict

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    Entity,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    RecordRef,
    mapped_column,
)
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission, Reason, Start
from gdprdesk.i18n import N_, _, format_amount, format_day

_NOTHING = Decimal("0.00")
_MOST = Decimal(1_000_000)


class Use(TypedDict):
    """What was paid with a card: the day as ISO text, the amount as decimal text, for which order.

    `booking` is the ref of the order; nothing if the card was used without one.
    """

    on: str
    amount: str
    booking: RecordRef | None


def checked_amount(amount: Decimal) -> Decimal:
    """Return an amount with its cents.

    Raises:
        DomainError: It is nothing, less than that, more than any card is worth, or has parts of
            a cent.
    """
    right = amount.is_finite() and 0 < amount <= _MOST and amount == amount.quantize(_NOTHING)
    if not right:
        raise DomainError(_("Write an amount, such as 250.00. Nothing was saved."))
    return amount.quantize(_NOTHING)


class GiftCard(PersonalRecord, Entity):
    """A gift card, by its number only or with whoever bought it.

    It is whoever's who has the number, so one with money on it outlives the erasure of its buyer.

    Attributes:
        number: Counted by the register, or as it stands on a printed card.
        amount: What it was sold for, as decimal text.
        valid_until: The last day it may be used; nothing if the business sets no end.
        uses: What was paid with it so far.
        voided_on: Since when it is stopped; nothing if it is not.
        void_reason: Why.
    """

    __tablename__ = "gift_card"
    needs: ClassVar[Permission] = Permission.ORDERS
    called: ClassVar[tuple[str, str]] = (N_("gift card"), N_("gift cards"))
    labels: ClassVar[Mapping[str, str]] = {
        "number": N_("Gift card number"),
        "sold_on": N_("Sold on"),
        "valid_until": N_("Valid until"),
        "uses": N_("Used"),
        "voided_on": N_("Stopped on"),
        "void_reason": N_("Why it was stopped"),
    }

    number: Mapped[str] = mapped_column(PersonalText, unique=True)
    amount: Mapped[NotPersonal[str]]
    sold_on: Mapped[date] = mapped_column(PersonalDate)
    valid_until: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    uses: Mapped[list[Use]] = mapped_column(PersonalJson, default_factory=list, info=NOT_SEARCHED)
    voided_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    void_reason: Mapped[str] = mapped_column(PersonalText, default="")

    @property
    def left(self) -> Decimal:
        """Return what has not been used; a stopped card is worth nothing."""
        return _NOTHING if self.voided_on is not None else self.unused

    @property
    def unused(self) -> Decimal:
        """Return what has not been used, also of a stopped card."""
        used = (Decimal(use["amount"]) for use in self.uses)
        return Decimal(self.amount) - sum(used, _NOTHING)

    @property
    def is_open(self) -> bool:
        """Whether there is money on it, whatever the day is."""
        return self.left > 0

    @property
    def is_sound(self) -> bool:
        """Whether its amounts and days can be read, and no more was used than it was sold for."""
        try:
            amounts = [checked_amount(Decimal(use["amount"])) for use in self.uses]
            whole = checked_amount(Decimal(self.amount))
            days = [date.fromisoformat(use["on"]) for use in self.uses]
        except (ArithmeticError, DomainError, ValueError):
            return False
        return sum(amounts, _NOTHING) <= whole and len(days) == len(amounts)

    def is_usable(self, today: date) -> bool:
        """Return whether something can be paid with it on a day."""
        return self.is_open and (self.valid_until is None or self.valid_until >= today)

    def use(self, amount: Decimal, on: date, booking: RecordRef | None = None) -> None:
        """Pay with it, at most what is left.

        Raises:
            DomainError: It is stopped, its last day has passed, or there is less on it.
        """
        amount = checked_amount(amount)
        if not self.is_usable(on):
            raise DomainError(self._why_not(on))
        if amount > self.left:
            raise DomainError(
                _(
                    "Gift card {number} has only {left} left. Nothing was taken from it. "
                    "Take at most that, and let the rest be paid in another way."
                ).format(number=self.number, left=format_amount(self.left))
            )
        self.uses = [*self.uses, Use(on=on.isoformat(), amount=str(amount), booking=booking)]

    def take_back(self, place: int) -> Use:
        """Put back on it what one use took, such as one typed by mistake; return that use.

        Raises:
            DomainError: There is no such use.
        """
        if not 0 <= place < len(self.uses):
            raise DomainError(_("The card was not used then. Nothing was changed."))
        taken = self.uses[place]
        self.uses = [use for at, use in enumerate(self.uses) if at != place]
        return taken

    def void(self, on: date, reason: str) -> None:
        """Stop it: nothing is left on it from then on.

        Raises:
            DomainError: It is stopped already, or it does not say why.
        """
        if self.voided_on is not None:
            raise DomainError(self._why_not(on))
        if not reason.strip():
            raise DomainError(_("Write why the card is stopped. Nothing was changed."))
        self.voided_on, self.void_reason = on, reason.strip()

    def _why_not(self, today: date) -> str:
        if self.voided_on is not None:
            return _(
                "Gift card {number} was stopped on {day}: {reason}. Nothing was changed."
            ).format(number=self.number, day=format_day(self.voided_on), reason=self.void_reason)
        if not self.is_open:
            return _("There is nothing left on gift card {number}. Nothing was changed.").format(
                number=self.number
            )
        return _(
            "Gift card {number} was valid until {day}. Nothing was changed. "
            "Give it a later day first if you take it all the same."
        ).format(number=self.number, day=format_day(self.valid_until or today))

    def active_on(self) -> date:
        """Return the last day it was sold, used or stopped, or may be used if it still can be."""
        days = [self.sold_on, *(date.fromisoformat(use["on"]) for use in self.uses)]
        if self.voided_on is not None:
            days.append(self.voided_on)
        elif self.is_open and self.valid_until is not None:
            days.append(self.valid_until)
        return max(days)

    def started_on(self, start: Start) -> date | None:  # noqa: ARG002  (all begin alike)
        """Return the day a rule counts from: not before it is used up, stopped or run out."""
        if self.is_open and self.valid_until is None:
            return None
        return self.active_on()

    def needed_for(self) -> Reason | None:
        """Return that whoever has it may still come with it."""
        return Reason.STILL_NEEDED if self.is_open and self.valid_until is None else None

    def wants_contact(self) -> bool:
        """Return that nobody has to be reached for it: the number is enough."""
        return False

    def outlives_her(self) -> bool:
        """Return whether there is money on it, which belongs to whoever has the number."""
        return self.is_open

    def worth(self) -> Decimal:
        """Return what it was sold for; nothing, if it was stopped."""
        return _NOTHING if self.voided_on is not None else Decimal(self.amount)
