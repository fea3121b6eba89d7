"""Where what a person agreed to may be shown, asked each time before it is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.consents import Consent, ConsentText, allowed
from gdprdesk.domain.guardians import Guardian, grown_up_on
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import SubjectState
from gdprdesk.services.finding import controller_of, today_of


def allowed_channels(session: Session, subject: DataSubject, purpose: str) -> frozenset[str]:
    """Return where what a person agreed to for a purpose may be shown today: nowhere if in doubt.

    Each place is called as the words in the language of the register call it. The strictest of
    what she said wins. What her guardian said counts no more once she is 18, and nothing of
    whoever is about to be erased or is only stored may be shown.
    """
    if not _may_be_shown(subject):
        return frozenset()
    said, names = said_to(session, subject, purpose), names_of_channels(session, purpose)
    return allowed(
        said,
        today_of(session),
        of_age_of(session, subject),
        places=lambda one: [names[one.text_id].get(place, place) for place in one.channels],
    )


def said_to(session: Session, subject: DataSubject, purpose: str) -> list[Consent]:
    """Return all a person ever said to a purpose, the oldest first."""
    asked = (
        select(Consent)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.subject_id == subject.id, ConsentText.purpose == purpose)
    )
    return list(session.scalars(asked.order_by(Consent.decided_on, Consent.id)))


def names_of_channels(session: Session, purpose: str) -> dict[int, dict[str, str]]:
    """Return what the places of each text of a purpose are called in the register's language.

    The words of each language name the same places in the same order.
    """
    own_language = controller_of(session).language
    texts = list(session.scalars(select(ConsentText).where(ConsentText.purpose == purpose)))
    own = [one.channels for one in texts if one.language == own_language and not one.replaced]
    return {
        text.id: dict(zip(text.channels, own[0], strict=True))
        if own and len(own[0]) == len(text.channels)
        else {}
        for text in texts
    }


def of_age_of(session: Session, subject: DataSubject) -> date | None:
    """Return the day a child turns 18; nothing for whoever has no guardian."""
    return grown_up_on(session.scalars(select(Guardian).where(Guardian.subject_id == subject.id)))


def _may_be_shown(subject: DataSubject) -> bool:
    return subject.state is SubjectState.ACTIVE and subject.restricted_on is None
