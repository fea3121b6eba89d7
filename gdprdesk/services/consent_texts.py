"""The exact words people are asked with: never changed, only replaced."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import ConsentTextRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Audience, Decision, Permission, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import in_use
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ConsentTextRow:
    """The words of one purpose, and how many say yes to it.

    Attributes:
        is_advertising: Whether letters or offers are sent to those who say yes.
    """

    ref: ConsentTextRef
    purpose: str
    name: str
    text: str
    version: str
    language: str
    channels: tuple[str, ...]
    icon: str
    yes: int
    is_advertising: bool


@action("consent_text.replace", N_("New consent text"), needs=Permission.REGISTER)
def replace_consent_text(
    work: UnitOfWork, *, text_ref: ConsentTextRef, text: str
) -> ConsentTextRef:
    """Ask with new words from now on. What was said to the old words stays as it was said."""
    old = find_text(work.session, text_ref)
    if not text.strip():
        raise DomainError(_("Write the words that the person is asked with."))
    versions = work.session.scalar(
        select(func.count())
        .select_from(ConsentText)
        .where(ConsentText.purpose == old.purpose, ConsentText.language == old.language)
    )
    new = ConsentText(
        activity_id=old.activity_id,
        purpose=old.purpose,
        version=str((versions or 0) + 1),
        language=old.language,
        name=old.name,
        text=text.strip(),
        channels=old.channels,
        icon=old.icon,
    )
    old.replaced = True
    work.session.add(new)
    return new.ref


@query("consent_text.list", needs=Permission.CONSENTS)
def list_consent_texts(read: Session, *, language: str = "") -> tuple[ConsentTextRow, ...]:
    """Return the words in use, one for each purpose, in a language or that of the register."""
    wanted = language or controller_of(read).language
    yes = dict(
        read.execute(
            select(ConsentText.purpose, func.count())
            .join(Consent, Consent.text_id == ConsentText.id)
            .join(DataSubject, DataSubject.id == Consent.subject_id)
            .where(Consent.decision == Decision.GIVEN, Consent.ended_on.is_(None))
            .where(DataSubject.state == SubjectState.ACTIVE, in_use())
            .group_by(ConsentText.purpose)
        ).all()
    )
    texts = read.scalars(
        select(ConsentText)
        .join(ProcessingActivity, ProcessingActivity.id == ConsentText.activity_id)
        .where(ConsentText.replaced.is_(False), ConsentText.language == wanted)
        .order_by(ProcessingActivity.position, ConsentText.id)
    )
    return tuple(
        ConsentTextRow(
            text.ref,
            text.purpose,
            text.name,
            text.text,
            text.version,
            text.language,
            tuple(text.channels),
            text.icon,
            yes.get(text.purpose, 0),
            is_advertising(read, text.activity_id),
        )
        for text in texts
    )


def is_advertising(session: Session, activity_id: int) -> bool:
    """Return whether a processing sends letters or offers: its notice speaks to their readers."""
    activity = session.get_one(ProcessingActivity, activity_id)
    return Audience.NEWSLETTER in activity.audiences


def find_text(session: Session, ref: ConsentTextRef) -> ConsentText:
    """Return the words of a ref.

    Raises:
        NotFoundError: They are gone.
    """
    text = session.scalar(select(ConsentText).where(ConsentText.ref == ref))
    if text is None:
        raise NotFoundError(_("This consent text is not in the register any more."))
    return text
