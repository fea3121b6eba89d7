"""Numbers of orders, invoices, cards and cases: counted by the register, never given to two."""

from __future__ import annotations

import re
from itertools import count as counting
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.breaches import Breach
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.register import RegisterState
from gdprdesk.domain.requests import DataSubjectRequest, Instruction

Numbered = type[Booking] | type[Invoice] | type[GiftCard]

FIRST: dict[Numbered, int] = {Booking: 1001, Invoice: 1, GiftCard: 1001}
_COUNTERS: dict[Numbered, str] = {
    Booking: "last_booking_number",
    Invoice: "last_invoice_number",
    GiftCard: "last_gift_card_number",
}
_COUNTED = re.compile("[0-9]{1,18}")  # what fits into an integer of the file


def next_number(session: Session, kind: Numbered) -> str:
    """Return the number after the highest one ever given: that of an erased record stays unused."""
    number = last_number(session, kind) + 1
    while is_number_taken(session, kind, str(number)):
        number += 1
    return str(number)


def last_number(session: Session, kind: Numbered) -> int:
    """Return the highest number ever given; before the first, the one before that."""
    given: int = getattr(_state(session), _COUNTERS[kind])
    return max(given, FIRST[kind] - 1)


def give_number(session: Session, kind: Numbered) -> str:
    """Return the next number, which nobody else gets any more."""
    return use_number(session, kind, next_number(session, kind))


def give_numbers(session: Session, kind: Numbered, count: int) -> list[str]:
    """Return the next numbers, which nobody else gets any more, asking the file only once."""
    taken = set(session.scalars(select(kind.number)))
    highest = last_number(session, kind)
    free = (number for number in map(str, counting(highest + 1)) if number not in taken)
    given = list(islice(free, count))
    for number in given[-1:]:
        use_number(session, kind, number)
    return given


def use_number(session: Session, kind: Numbered, number: str) -> str:
    """Remember that a number has been given, and return it; one with letters is not counted."""
    state, counter = _state(session), _COUNTERS[kind]
    if _COUNTED.fullmatch(number):
        setattr(state, counter, max(getattr(state, counter), int(number)))
    return number


def give_case_number(session: Session) -> int:
    """Return the next number of a request, an instruction or a breach: they share one row."""
    state = _state(session)
    state.last_case_number += 1
    return state.last_case_number


def use_case_number(session: Session, number: int) -> bool:
    """Remember that a case has this number, and return whether it was free."""
    kinds = (DataSubjectRequest, Instruction, Breach)
    if any(session.scalar(select(kind.id).where(kind.number == number)) for kind in kinds):
        return False
    state = _state(session)
    state.last_case_number = max(state.last_case_number, number)
    return True


def is_number_taken(session: Session, kind: Numbered, number: str) -> bool:
    """Return whether an order, an invoice or a card has this number now."""
    return session.scalar(select(kind.id).where(kind.number == number)) is not None


def _state(session: Session) -> RegisterState:
    return session.scalars(select(RegisterState)).one()
