"""The example register: a made-up business lived through day by day, by the actions of a real one.

A day is one unit of work under a clock that stands on that day, so that orders, invoices, consents
and the log are as old as they say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from importlib.resources import as_file
from typing import Any

from sqlalchemy import func, select

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import CompanyRef, ControllerRef, RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, Decision, HoldGround, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.resources import resource
from gdprdesk.services import (
    example_counter,
    example_journal,
    example_letters,
    example_media,
    example_orders,
    example_rights,
)
from gdprdesk.services.activities import review_activity
from gdprdesk.services.agreements import see_evidence
from gdprdesk.services.companies import add_company
from gdprdesk.services.consent_texts import ConsentTextRow, list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.example_book import BOOKS, example_book
from gdprdesk.services.example_child import SHOWN, ask_mother, asked_on, choose_child
from gdprdesk.services.example_people import HISTORY, Calendar, PersonPlan, list_companies
from gdprdesk.services.example_plan import (
    ConsentPlan,
    ExamplePlan,
    Fate,
    NotePlan,
    OrderPlan,
    SourcePlan,
    plan_example,
)
from gdprdesk.services.holds import Decision as HoldDecision
from gdprdesk.services.holds import hold_person
from gdprdesk.services.invoices import issue_invoice, set_invoice_paid
from gdprdesk.services.notes import add_attachment, add_note
from gdprdesk.services.onboarding import Business
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.recipients import (
    RecipientChanges,
    list_recipients_due,
    recipients_by_activity,
    update_recipient,
)
from gdprdesk.services.registry import action
from gdprdesk.services.served import ControllerChanges, add_controller, end_controller
from gdprdesk.services.sources import add_source, mark_told
from gdprdesk.services.subjects import end_relation, register_subject
from gdprdesk.services.templates import extras_of
from gdprdesk.store.unit_of_work import UnitOfWork

MOST_PEOPLE = 20_000
_FIRST_INVOICE = 101
_SINCE_REVIEW = 150  # days
_DECIDED_FOR = 300  # days
_COMPLAINS = 2  # of those long gone: who has a claim of her own

Happening = Callable[[UnitOfWork], None]


class Example:
    """What happens in a made-up business, day by day, and what the register made of it so far.

    Attributes:
        days: The days on which something happens, the first first; `today` is the last.
        erased_on: The day on which somebody is erased, after which the register is tidied.
    """

    def __init__(self, trade: str, country: str, people: int, today: date) -> None:
        if not 1 <= people <= MOST_PEOPLE:
            raise DomainError(
                _("An example has between 1 and {most} people.").format(most=MOST_PEOPLE)
            )
        plan = plan_example(trade, country, people, today)
        self.erased_on = plan.erased_on
        self._book = plan.book
        self._country, self._payments = country, 0
        self._day: example_orders.Words = plan.book.get("day", {})
        self._subjects: dict[int, SubjectRef] = {}
        self._companies: list[CompanyRef] = []
        self._texts: dict[str, ConsentTextRow] = {}
        self._bookings: dict[OrderPlan, RecordRef] = {}
        self._invoices: dict[OrderPlan, RecordRef] = {}
        self._notices: dict[SourcePlan, RecordRef] = {}
        self._served: dict[int, ControllerRef] = {}
        self._happenings: dict[date, list[Happening]] = defaultdict(list)
        self._arrange(plan, today)
        self.days = tuple(sorted(self._happenings))

    def live(self, work: UnitOfWork) -> None:
        """Do all that happens on the day of a unit of work."""
        for happens in self._happenings[work.today]:
            happens(work)

    def _arrange(self, plan: ExamplePlan, today: date) -> None:
        first = min(person.joined_on for person in plan.people)
        self._on(min(first, today - timedelta(days=HISTORY)) - timedelta(days=1), self._open)
        self._arrange_people(plan)
        if self._book.get("serves"):
            self._arrange_served(plan)
        for order in sorted(plan.orders, key=lambda one: (one.taken_on, one.wanted_on)):
            self._on(order.taken_on, self._take, order)
        for order in sorted(plan.orders, key=lambda one: one.wanted_on):
            self._arrange_end(order)
        self._on(plan.erased_on, self._erase, len(plan.people) - 1)
        self._on(today - timedelta(days=HISTORY - 20), self._agree)
        self._on(today - timedelta(days=_SINCE_REVIEW), self._review)
        former = [number for number, person in enumerate(plan.people) if person.ended_on]
        for number in former[_COMPLAINS : _COMPLAINS + 1]:
            self._on(today - timedelta(days=_SINCE_REVIEW), self._keep, number)
        self._arrange_rights(plan, today)
        self._arrange_counter(plan, today)
        child = choose_child(plan, today)
        if child is not None:
            self._on(asked_on(today), self._ask_mother, child, today)
        shown = example_media.happenings(self._book, today)
        for day, happens in (*shown, *example_letters.happenings(plan, today, self._subjects)):
            self._on(day, _do, happens)
        self._arrange_days(plan, today)
        self._on(today, _rest)

    def _arrange_days(self, plan: ExamplePlan, today: date) -> None:
        """Let the first customer who stays come again and again, and others without a name."""
        number = example_orders.comes_again(plan.people)
        open_day = Calendar(today, tuple(self._book["closed"])).open_day
        for day, happens in example_orders.happenings(self._day, open_day, today):
            self._on(max(day, plan.people[number].joined_on), self._pass, happens, number)

    def _pass(self, work: UnitOfWork, happens: example_orders.Happening, number: int) -> None:
        happens(work, self._day, self._subjects[number])

    def _arrange_rights(self, plan: ExamplePlan, today: date) -> None:
        """Let customers who stay ask for their data, each thing by another of them."""
        staying = [
            number
            for number, person in enumerate(plan.people[:-1])
            if person.ended_on is None and person.company is None
        ]
        asking = iter(reversed(staying))
        for day, happens in example_rights.happenings(today):
            number = next((one for one in asking if plan.people[one].joined_on < day), None)
            if number is not None:
                self._on(day, self._exercise, happens, number)

    def _arrange_counter(self, plan: ExamplePlan, today: date) -> None:
        """Let customers who have been there for long call, and gift cards be sold and used."""
        early = today - timedelta(days=example_counter.FIRST_CALL)
        there = [
            number
            for number, person in enumerate(plan.people[:-1])
            if person.ended_on is None and person.joined_on < early
        ]
        found = example_counter.happenings(self._book, there[:6], self._subjects, today)
        for day, happens in found:
            self._on(day, _do, happens)

    def _exercise(self, work: UnitOfWork, happens: example_rights.Happening, number: int) -> None:
        happens(work, self._book["rights"], self._subjects[number])

    def _arrange_people(self, plan: ExamplePlan) -> None:
        for number, person in enumerate(plan.people):
            self._on(person.joined_on, self._register, number, person)
            if person.ended_on:
                self._on(person.ended_on, self._part, number)
        for consent in plan.consents:
            self._on(consent.on, self._consent, consent)
        for note in plan.notes:
            self._on(note.on, self._note, note)
        for number, day in plan.pictures:
            self._on(day, self._picture, number)
        for source in plan.sources:
            self._on(source.on, self._check_credit, source)
            if source.told_on:
                self._on(source.told_on, self._tell, source)

    def _arrange_served(self, plan: ExamplePlan) -> None:
        """Serve a company from its first contact on, until the last of them has left."""
        contacts: dict[int, list[PersonPlan]] = defaultdict(list)
        for person in plan.people:
            if person.company is not None:
                contacts[person.company].append(person)
        for company, people in contacts.items():
            self._on(min(one.joined_on for one in people), self._serve, company)
            ends = [one.ended_on for one in people if one.ended_on]
            if len(ends) == len(people):
                self._on(max(ends), self._serve_no_more, company)

    def _arrange_end(self, order: OrderPlan) -> None:
        if order.fate in {Fate.PAID, Fate.UNPAID, Fate.INVOICED}:
            self._on(order.wanted_on, self._deliver, order)
        if order.fate is Fate.CANCELLED:
            self._on(order.wanted_on, self._cancel, order)
        if order.invoiced_on:
            self._on(order.invoiced_on, self._invoice, order)
        if order.paid_on:
            self._on(order.paid_on, self._pay, order)

    def _on(self, day: date, happens: Callable[..., None], *about: Any) -> None:
        self._happenings[day].append(partial(_called, happens, about))

    def _open(self, work: UnitOfWork) -> None:
        example_orders.open_rooms(work, self._day)
        for one in list_companies(self._book):
            address = self._book["organisation"]["address"].partition(", ")[2]
            self._companies.append(
                add_company(work, name=one["name"], org_number=one["org_number"], address=address)
            )
        self._texts = {one.purpose: one for one in list_consent_texts(work.session)}

    def _register(self, work: UnitOfWork, number: int, person: PersonPlan) -> None:
        self._subjects[number] = register_subject(
            work,
            name=person.name,
            email=person.email,
            phone=person.phone,
            address=person.address,
            kind=person.kind,
            company_ref=None if person.company is None else self._companies[person.company],
            language=person.language,
        )

    def _serve(self, work: UnitOfWork, company: int) -> None:
        known = self._book["company"][company]
        changes = ControllerChanges(
            name=known["name"],
            org_number=known["org_number"],
            contact=f"info@{self._book['domains'][0]}",
            agreement_on=work.today,
        )
        self._served[company] = add_controller(work, changes=changes)

    def _serve_no_more(self, work: UnitOfWork, company: int) -> None:
        end_controller(work, controller_ref=self._served[company])

    def _part(self, work: UnitOfWork, number: int) -> None:
        end_relation(work, subject_ref=self._subjects[number], on=work.today)

    def _keep(self, work: UnitOfWork, number: int) -> None:
        """Keep everything about somebody who has complained, long after she was a customer."""
        again = work.today + timedelta(days=_DECIDED_FOR)
        decision = HoldDecision(HoldGround.CLAIM, self._book["hold"], again)
        hold_person(work, subject_ref=self._subjects[number], decision=decision)

    def _check_credit(self, work: UnitOfWork, source: SourcePlan) -> None:
        self._notices[source] = add_source(
            work, subject_ref=self._subjects[source.person], source=self._book["source"]
        )

    def _tell(self, work: UnitOfWork, source: SourcePlan) -> None:
        mark_told(work, ref=self._notices[source])

    def _consent(self, work: UnitOfWork, consent: ConsentPlan) -> None:
        text = self._texts[consent.purpose]
        record_consent(
            work,
            subject_ref=self._subjects[consent.person],
            text_ref=text.ref,
            decision=consent.decision,
            method=consent.method,
            channels=text.channels if consent.decision is Decision.GIVEN else (),
            evidence=consent.evidence,
            confirmed_on=example_letters.confirmed_on(work, consent),
        )

    def _ask_mother(self, work: UnitOfWork, number: int, today: date) -> None:
        text = next((self._texts[one] for one in SHOWN if one in self._texts), None)
        if text is not None:
            ask_mother(work, self._subjects[number], text, self._book["women"][3], today)

    def _note(self, work: UnitOfWork, note: NotePlan) -> None:
        ref = self._subjects[note.person]
        add_note(work, subject_ref=ref, text=note.text, channel=note.channel)

    def _picture(self, work: UnitOfWork, number: int) -> None:
        with as_file(resource(f"demo/{self._book['picture']}")) as path:
            add_attachment(work, subject_ref=self._subjects[number], path=path)

    def _take(self, work: UnitOfWork, order: OrderPlan) -> None:
        enquired = order.fate is Fate.ENQUIRY
        self._bookings[order] = add_booking(
            work,
            what=order.what,
            subject_ref=None if order.person is None else self._subjects[order.person],
            company_ref=None if order.company is None else self._companies[order.company],
            lines=order.lines,
            note=order.note,
            diet=order.diet,
            channel=order.channel,
            wanted_on=order.wanted_on,
            wanted_at=order.wanted_at,
            state=BookingState.ENQUIRY if enquired else BookingState.CONFIRMED,
            **example_orders.visit_of(self._day, work.staff, len(self._bookings)),
        )

    def _deliver(self, work: UnitOfWork, order: OrderPlan) -> None:
        set_booking_state(work, ref=self._bookings[order], state=BookingState.COMPLETED)
        if order.person is not None and "journal" in self._book:
            example_journal.write_visit(
                work,
                self._book["journal"],
                self._subjects[order.person],
                self._bookings[order],
                self.days[-1],
            )

    def _cancel(self, work: UnitOfWork, order: OrderPlan) -> None:
        set_booking_state(work, ref=self._bookings[order], state=BookingState.CANCELLED)

    def _invoice(self, work: UnitOfWork, order: OrderPlan) -> None:
        number = str(_FIRST_INVOICE + len(self._invoices))
        self._invoices[order] = issue_invoice(
            work, booking_ref=self._bookings[order], number=number
        )

    def _pay(self, work: UnitOfWork, order: OrderPlan) -> None:
        if order in self._invoices:
            set_invoice_paid(work, ref=self._invoices[order], paid_on=work.today)
        else:
            self._payments += 1
            way = example_orders.way_of(self._country, self._payments)
            set_booking_paid(work, ref=self._bookings[order], paid_on=work.today, paid_by=way)

    def _erase(self, work: UnitOfWork, number: int) -> None:
        erase_subject(work, subject_ref=self._subjects[number])

    def _agree(self, work: UnitOfWork) -> None:
        """Agree with every processor but one, so that the first page has something to say."""
        activities = recipients_by_activity(work.session).values()
        used = Counter(one.ref for some in activities for one in some if one.needs_agreement)
        for ref, _activities in used.most_common()[:-1]:
            update_recipient(
                work, recipient_ref=ref, changes=RecipientChanges(agreement_on=work.today)
            )

    def _review(self, work: UnitOfWork) -> None:
        for activity in work.session.scalars(select(ProcessingActivity)):
            review_activity(work, activity_ref=activity.ref)
        for recipient in list_recipients_due(work.session).evidence[:-1]:
            see_evidence(work, recipient_ref=recipient.ref, what=self._book["seen"])


@action("example.live", N_("Example"), undoable=False, needs=Permission.STAFF)
def live_example(work: UnitOfWork, *, example: Example) -> None:
    """Let the day of the clock pass in a made-up business.

    Raises:
        DomainError: There are people in the register who are not of the example.
    """
    known = work.session.scalar(select(func.count()).select_from(DataSubject)) or 0
    if work.today == example.days[0] and known:
        raise DomainError(_("Only a new, empty register can become the example."))
    example.live(work)


def example_business(trade: str, country: str, language: str = "") -> Business:
    """Return the made-up business of a trade and country, with its register in a language."""
    said: Mapping[str, str] = example_book(trade, country)["organisation"]
    return Business(
        name=said["name"],
        trade=trade,
        country=country,
        language=language or BOOKS[country],
        org_number=said["org_number"],
        address=said["address"],
        contact=said["contact"],
        email=said["email"],
        phone=said["phone"],
        extras=extras_of(trade),
    )


def _do(work: UnitOfWork, happens: example_counter.Happening) -> None:
    happens(work)


def _rest(_work: UnitOfWork) -> None:
    """Do nothing: the example ends today, whether somebody orders or not."""


def _called(happens: Callable[..., None], about: tuple[Any, ...], work: UnitOfWork) -> None:
    happens(work, *about)
