"""Signing up in two steps: who asks for letters confirms it from the address they go to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Decision, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.consents import mind_the_stop_list
from gdprdesk.services.finding import find_subject, today_of
from gdprdesk.services.newsletter import NEWSLETTER
from gdprdesk.services.registry import action
from gdprdesk.store.unit_of_work import UnitOfWork


@action("consent.confirm", N_("Sign-up confirmed"), of_restricted=True, needs=Permission.CONSENTS)
def confirm_sign_up(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    purpose: str = NEWSLETTER,
    confirmed_on: date | None = None,
) -> RecordRef:
    """Write down that somebody confirmed that she wants letters: from now on it is a yes.

    Raises:
        DomainError: She has not signed up, or the day is before that or has not come.
    """
    subject = find_subject(work.session, subject_ref)
    waiting = work.session.scalars(
        select(Consent)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ConsentText.purpose == purpose, Consent.subject_id == subject.id)
        .where(Consent.decision == Decision.PENDING, Consent.ended_on.is_(None))
    ).first()
    if waiting is None:
        raise DomainError(_("There is no sign-up that waits to be confirmed. Nothing was changed."))
    day = confirmed_on or work.today
    if not waiting.decided_on <= day <= work.today:
        raise DomainError(
            _("It was confirmed on a day from the sign-up until today. Nothing was saved.")
        )
    waiting.decision, waiting.confirmed_on = Decision.GIVEN, day
    mind_the_stop_list(work, subject, waiting)
    return waiting.ref


def list_lapsed_sign_ups(session: Session) -> list[Consent]:
    """Return who signed up and never confirmed in time: of that nothing is kept."""
    waiting = session.scalars(select(Consent).where(Consent.decision == Decision.PENDING))
    today = today_of(session)
    return [one for one in waiting if (last := one.ends_on()) is not None and last < today]
