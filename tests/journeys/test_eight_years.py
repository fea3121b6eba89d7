"""Eight years of a café, day by day: every record leaves on its day, and none before.

The days are worked out here by hand, from what happened, and not by the rules of the program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import BookingState, CleanUpMode, ConsentMethod
from gdprdesk.domain.terms import Decision as Answer
from gdprdesk.services.clean_up import AUTOMATIC, list_clean_ups
from gdprdesk.services.clean_up_preview import show_clean_up
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.invoices import issue_invoice, set_invoice_paid
from gdprdesk.services.notes import add_note
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects
from tests.builders import Clock, order, person


@dataclass(frozen=True)
class Customer:
    """What a customer does; days are counted from that on which the register was made.

    Attributes:
        orders: When she orders and fetches.
        note: When a note about her is written.
        invoiced: Which of her orders is invoiced, and paid the same day.
        letter: When she says yes to the newsletter, and when no.
    """

    name: str
    orders: tuple[int, ...]
    note: int | None = None
    invoiced: int | None = None
    letter: tuple[int, int] | None = None

    @property
    def days(self) -> list[date]:
        """Return every day on which she and the café have to do with each other."""
        numbers = {*self.orders, *(self.letter or ())} | ({self.note} if self.note else set())
        return [MADE_ON + timedelta(days=one) for one in sorted(numbers)]


CUSTOMERS = [
    Customer("Ada Ask", (0,)),
    Customer("Bea Björk", (3, 45), note=50),
    Customer("Cia Cedergren", (10, 101), invoiced=101),
    Customer("Dag Dahl", (20, 380), note=21, invoiced=20),
    Customer("Eva Ek", (31,), letter=(31, 400)),
    Customer("Fia Fors", (60, 400), invoiced=400, letter=(60, 70)),
    # The phone number outlives the orders, for her newsletter needs it.
    Customer("Gun Gran", (98,), note=99, letter=(99, 1500)),
    Customer("Hal Hägg", (100, 200, 300), invoiced=300),
    Customer("Ida Iris", (465,)),  # 29 February 2028
]
MADE_ON = date(2026, 11, 21)
LAST_DAY = date(2035, 1, 2)


def after_months(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day; walked, not divided."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def days() -> Iterator[date]:
    day = MADE_ON
    while day <= LAST_DAY:
        yield day
        day += timedelta(days=1)


def last_together(customer: Customer, since: date) -> date:
    """Return when she was last there, before two years without her let go of what was kept."""
    last = since
    for day in customer.days:
        if last < day <= after_months(last, 24):
            last = day
    return last


class Cafe:
    """What happens day by day, and when what it leaves behind has to be gone.

    Attributes:
        last_days: The last day of each record of each customer.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._refs: dict[str, SubjectRef] = {}
        self.last_days: dict[str, dict[RecordRef, date]] = defaultdict(dict)

    def live(self, today: date) -> None:
        """Do what the customers do on a day."""
        for customer in CUSTOMERS:
            if today in customer.days:
                self._live(customer, today)

    def leaving(self, today: date) -> set[RecordRef]:
        """Return what has its last day the day before."""
        yesterday = today - timedelta(days=1)
        return {
            ref
            for records in self.last_days.values()
            for ref, last in records.items()
            if last == yesterday
        }

    def people(self, today: date) -> set[str]:
        """Return who is in the register on a day: whoever has something left in it."""
        return {name for name, records in self.last_days.items() if max(records.values()) >= today}

    def _live(self, customer: Customer, today: date) -> None:
        number, records = (today - MADE_ON).days, self.last_days[customer.name]
        until = after_months(last_together(customer, today), 24)
        if customer.name not in self._refs:
            ref = person(self._desk, customer.name, phone=f"070-174 06 {len(self._refs):02}")
            self._refs[customer.name] = ref
            (contact,) = self._desk.ask(show_subject, subject_ref=ref).contacts
            reached = max(customer.days) if customer.letter else last_together(customer, today)
            records[contact.ref] = after_months(reached, 24)
        who = self._refs[customer.name]
        if number in customer.orders:
            booking = order(self._desk, who)
            self._desk.run(set_booking_state, ref=booking, state=BookingState.COMPLETED)
            records[booking] = until
            if number == customer.invoiced:
                invoice = self._desk.run(issue_invoice, booking_ref=booking)
                self._desk.run(set_invoice_paid, ref=invoice, paid_on=today)
                # Through the seventh year after the calendar year of the invoice.
                records[invoice] = date(today.year + 7, 12, 31)
            else:
                self._desk.run(set_booking_paid, ref=booking, paid_on=today)
        if number == customer.note:
            records[self._desk.run(add_note, subject_ref=who, text="Ringde")] = until
        if customer.letter and number in customer.letter:
            no = MADE_ON + timedelta(days=customer.letter[1])
            records[self._answer(who, yes=number == customer.letter[0])] = after_months(no, 12)

    def _answer(self, who: SubjectRef, *, yes: bool) -> RecordRef:
        if not yes:
            return self._desk.run(withdraw_consent, subject_ref=who, purpose="newsletter")
        texts = self._desk.ask(list_consent_texts)
        return self._desk.run(
            record_consent,
            subject_ref=who,
            text_ref=next(one.ref for one in texts if one.purpose == "newsletter"),
            decision=Answer.GIVEN,
            method=ConsentMethod.WEB_FORM,
        )


@pytest.mark.slow
def test_every_record_leaves_on_its_day_and_none_before(desk: Desk, clock: Clock) -> None:
    desk.run(update_organisation, clean_up=CleanUpMode.AUTOMATIC)
    cafe, days_of_leaving = Cafe(desk), 0
    for day in days():
        clock.go_to(day)
        leaving = cafe.leaving(day)
        if leaving:
            view = desk.ask(show_clean_up)
            assert {row.ref for group in view.due for row in group.rows} == leaving, day
            days_of_leaving += 1
        desk.finish()
        assert desk.unfinished == ()
        runs = desk.ask(list_clean_ups)
        assert len(runs) == days_of_leaving, day  # so nothing left on a day of its own choosing
        if leaving:
            assert runs[0].records == len(leaving)
            assert {row.name for row in desk.ask(list_subjects).rows} == cafe.people(day), day
        cafe.live(day)
    assert sum(run.records for run in runs) == sum(map(len, cafe.last_days.values()))
    assert sum(run.people for run in runs) == len(CUSTOMERS)
    assert {run.done_by for run in runs} == {AUTOMATIC}
    assert desk.check().ok
