"""A person's bookings for her calendar and her contact details for an address book."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from gdprdesk.domain.bookings import Booking, DietNote
from gdprdesk.domain.diet_words import tells_of_health
from gdprdesk.domain.subjects import Company, ContactDetail
from gdprdesk.domain.terms import BookingState, ContactKind
from gdprdesk.exports import calendar_file, card_file
from gdprdesk.exports.calendar_file import Event, EventState
from gdprdesk.exports.card_file import Card
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of, now_of
from gdprdesk.services.organisation import PageNames, show_page_names
from gdprdesk.services.person_copy import PersonCopy

ZONES = {"SE": "Europe/Stockholm", "NO": "Europe/Oslo"}
EVENT_STATES = {
    BookingState.ENQUIRY: EventState.TENTATIVE,
    BookingState.CONFIRMED: EventState.CONFIRMED,
    BookingState.COMPLETED: EventState.CONFIRMED,
    BookingState.CANCELLED: EventState.CANCELLED,
    BookingState.NO_SHOW: EventState.CONFIRMED,
}


def as_calendar(read: Session, copy: PersonCopy) -> bytes:
    """Return her orders and visits that have a day, as iCalendar.

    What she must not eat is not in it, nor the note of an order: a calendar is seen by many.
    """
    controller = controller_of(read)
    return calendar_file.render(
        list(_events(copy, controller.name, show_page_names(read))),
        name=controller.name,
        zone=ZONES[controller.country],
        made_at=now_of(read),
    )


def as_card(read: Session, copy: PersonCopy) -> bytes:
    """Return who she is and how to reach her, as vCard."""
    subject = copy.subject
    company = read.get(Company, subject.company_id) if subject.company_id else None
    card = Card(
        subject.ref,
        subject.name,
        phones=_contacts(copy, ContactKind.PHONE),
        emails=_contacts(copy, ContactKind.EMAIL),
        addresses=_contacts(copy, ContactKind.ADDRESS),
        others=_contacts(copy, ContactKind.OTHER),
        organisation=company.name if company else "",
    )
    return card_file.render(card, made_at=now_of(read))


def _events(copy: PersonCopy, place: str, names: PageNames) -> Iterator[Event]:
    numbered = names.either(_("Order {number}"), _("Booking {number}"))
    diets = [one.text for one in copy.known if isinstance(one, DietNote)]
    for one in copy.records:
        if isinstance(one, Booking) and one.wanted_on:
            title = numbered.format(number=one.number)
            what = copy.value(one, "what")
            if not tells_of_health(what, diets):
                title = f"{title}: {what}"
            state = EVENT_STATES[one.state]
            yield Event(f"{one.ref}@gdprdesk", title, one.wanted_on, one.wanted_at, state, place)


def _contacts(copy: PersonCopy, kind: ContactKind) -> tuple[str, ...]:
    return tuple(
        copy.value(one, "value")
        for one in copy.records
        if isinstance(one, ContactDetail) and one.kind is kind
    )
