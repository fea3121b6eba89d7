"""What must not be in an order: health data, with a short life of its own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.bookings import Booking, DietNote
from gdprdesk.domain.terms import FormField, Permission
from gdprdesk.services.finding import activity_for, today_of
from gdprdesk.services.form_fields import require_field
from gdprdesk.services.permissions import must, permissions_of


def change_diet(session: Session, booking: Booking, diet: str | None) -> None:
    """Keep the diet of an order in step with its day; another diet is another note, agreed anew."""
    known = session.scalar(select(DietNote).where(DietNote.booking_ref == booking.ref))
    if diet is not None and (diet.strip() or known is not None):
        must(permissions_of(session), Permission.HEALTH)
    if known is not None and diet is not None and known.text != diet.strip():
        session.delete(known)
        known = None
    if known is not None:
        known.wanted_on = booking.wanted_on
    elif diet and diet.strip():
        require_field(session, FormField.DIET)
        session.add(_diet_note(session, booking, diet))


def _diet_note(session: Session, booking: Booking, diet: str) -> DietNote:
    return DietNote(
        subject_id=booking.subject_id,
        activity_id=activity_for(session, DietNote).id,
        recorded_on=today_of(session),
        booking_ref=booking.ref,
        text=diet.strip(),
        agreed_on=today_of(session),
        wanted_on=booking.wanted_on,
        served_on=booking.completed_on,
    )
