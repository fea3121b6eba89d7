"""Records as plain values, without a register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.bookings import Booking, DietNote
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.law import CountsFrom, Law, LawRow
from gdprdesk.domain.money import make_line
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import ContactDetail
from gdprdesk.domain.terms import BookingState, ConsentMethod, ContactKind, Decision, Start, Unit
from tests.builders import TODAY

SINCE = date(1990, 1, 1)
NAMES = {"sv": "bokföringslagen", "nb": "bokføringsloven", "en": "the Bookkeeping Act"}
SWEDISH = LawRow("bookkeeping", "SE", 84, CountsFrom.CALENDAR_YEAR, SINCE, "test", NAMES)
NORWEGIAN = LawRow("bookkeeping", "NO", 60, CountsFrom.FINANCIAL_YEAR, SINCE, "test", NAMES)

HOLD = RetentionRule(Start.FINANCIAL_YEAR_END, 24, Unit.MONTHS, "bookkeeping")
ORDERS = RetentionRule(Start.LAST_ACTIVITY, 24, Unit.MONTHS)
DIETS = RetentionRule(Start.COMPLETED, 7, Unit.DAYS)
CONSENTS = RetentionRule(Start.CONSENT_WITHDRAWN, 12, Unit.MONTHS)
RULES = {1: (ORDERS,), 2: (HOLD,), 3: (DIETS,), 4: (CONSENTS,)}


def law(country: str = "SE", year_ends_in: int = 12) -> Law:
    return Law((SWEDISH, NORWEGIAN), country, year_ends_in)


def booking(state: BookingState = BookingState.COMPLETED, **known: Any) -> Booking:
    said = {"recorded_on": TODAY, "number": "1", "what": "", **known}
    return Booking(subject_id=1, activity_id=1, state=state, **said)


def unpaid_booking() -> Booking:
    line = make_line("Tårta", Decimal(1), Decimal(400), Decimal(12))
    return booking(completed_on=TODAY, lines=[line])


def diet(served_on: date | None = None, wanted_on: date | None = None) -> DietNote:
    return DietNote(
        subject_id=1,
        activity_id=3,
        recorded_on=TODAY,
        booking_ref=RecordRef("r"),
        text="nötter",
        agreed_on=TODAY,
        served_on=served_on,
        wanted_on=wanted_on,
    )


def contact() -> ContactDetail:
    return ContactDetail(
        subject_id=1, activity_id=1, recorded_on=TODAY, kind=ContactKind.PHONE, value="070"
    )


def note(recorded_on: date = TODAY) -> WorkingNote:
    return WorkingNote(subject_id=1, activity_id=1, recorded_on=recorded_on, text="")


def consent(ended_on: date | None = None) -> Consent:
    return Consent(
        subject_id=1,
        activity_id=4,
        recorded_on=TODAY,
        text_id=1,
        decision=Decision.GIVEN,
        method=ConsentMethod.ORALLY,
        decided_on=TODAY,
        ended_on=ended_on,
    )


def invoice(
    issued_on: date = TODAY, paid_on: date | None = TODAY, original_in: str = ""
) -> Invoice:
    return Invoice(
        subject_id=1,
        activity_id=2,
        recorded_on=issued_on,
        number="1",
        issued_on=issued_on,
        due_on=issued_on,
        buyer_name="",
        buyer_address="",
        lines=[],
        paid_on=paid_on,
        original_in=original_in,
    )
