"""Who wants no letters any more, by address: the consent taken back, the address stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import ConsentTextRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.proofs import StopEntry
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    ConsentMethod,
    ContactKind,
    Decision,
    Permission,
    StopReason,
    SubjectState,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.consent_texts import is_advertising
from gdprdesk.services.consents import record_consent
from gdprdesk.services.finding import activity_for
from gdprdesk.services.registry import action
from gdprdesk.services.stop_list import stop_normals, typed_contact
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class StandingYes:
    """A yes to letters that counts."""

    subject_ref: SubjectRef
    name: str
    text_ref: ConsentTextRef
    decided_on: date


def standing_yes(session: Session) -> Mapping[str, tuple[StandingYes, ...]]:
    """Return who says yes to letters, by e-mail address as it is compared."""
    said = (
        select(
            ContactDetail.normal,
            DataSubject.ref,
            DataSubject.name,
            ConsentText.ref,
            Consent.decided_on,
            Consent.activity_id,
        )
        .join(DataSubject, DataSubject.id == ContactDetail.subject_id)
        .join(Consent, Consent.subject_id == DataSubject.id)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(DataSubject.state == SubjectState.ACTIVE, ContactDetail.kind == ContactKind.EMAIL)
        .where(Consent.decision == Decision.GIVEN, Consent.ended_on.is_(None))
    )
    advertising: dict[int, bool] = {}
    found: dict[str, tuple[StandingYes, ...]] = {}
    for normal, ref, name, text, day, activity in session.execute(said):
        if activity not in advertising:
            advertising[activity] = is_advertising(session, activity)
        if advertising[activity]:
            found[normal] = (*found.get(normal, ()), StandingYes(ref, name, text, day))
    return found


@action("stop_list.add", N_("Wants no letters"), of_restricted=True, needs=Permission.CONSENTS)
def refuse_letters(work: UnitOfWork, *, value: str) -> None:
    """Put an address or a number on the stop list because its owner wants no letters.

    She need not be in the register; if she is and had said yes to letters, that is taken back.

    Raises:
        DomainError: It is no phone number and no e-mail address, or the register has no row that
            says why it would be kept.
    """
    activity_for(work.session, StopEntry)
    contact, _shown, normal = typed_contact(work.session, value)
    if contact is ContactKind.EMAIL:
        unsubscribe(work, {normal: work.today}, _("She has told us."))
    else:
        stop_normals(work, [(contact, normal)], StopReason.UNSUBSCRIBED)


def unsubscribe(work: UnitOfWork, said_no: Mapping[str, date], evidence: str) -> None:
    """Write down that the owners of some e-mail addresses want no letters.

    Whoever has said yes again since keeps getting them.

    Args:
        work: The unit of work.
        said_no: When each said so, by the address as it is compared.
        evidence: Where that is written.
    """
    yes = standing_yes(work.session) if said_no else {}
    stays: set[str] = set()
    for normal, day in said_no.items():
        for one in yes.get(normal, ()):
            if one.decided_on > day:
                stays.add(normal)
                continue
            record_consent(
                work,
                subject_ref=one.subject_ref,
                text_ref=one.text_ref,
                decision=Decision.WITHDRAWN,
                method=ConsentMethod.UNSUBSCRIBED,
                evidence=evidence,
                decided_on=day,
            )
    stopped = ((ContactKind.EMAIL, normal) for normal in said_no if normal not in stays)
    stop_normals(work, stopped, StopReason.UNSUBSCRIBED)
