"""Who gets the newsletter: those who say yes, without anybody who has said no to it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Decision, Permission, StopReason, SubjectState
from gdprdesk.exports.document import Column, Document, Kind, Section, Table
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.consent_texts import is_advertising
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.stop_list import stopped
from gdprdesk.store.unit_of_work import UnitOfWork

NEWSLETTER = "newsletter"
_BY_PHONE = {"sms_offers"}
"""The purposes of the templates that are sent to a number."""


@dataclass(frozen=True, repr=False)
class ReaderRow:
    """Somebody who says yes to letters, and where they are sent."""

    subject_ref: SubjectRef
    name: str
    contact: str
    said_on: date


@dataclass(frozen=True, repr=False)
class ReaderList:
    """Who gets letters for a purpose.

    Attributes:
        title: What the purpose is called.
        contact: Whether the letters go to an address or a number.
        readers: Who gets them, by name.
        unreachable: How many say yes, but no address or number of theirs is known.
        stopped: How many are left out since they object to advertising, their address is on the
            stop list, or their data are only stored.
    """

    title: str
    contact: ContactKind
    readers: tuple[ReaderRow, ...]
    unreachable: int
    stopped: int


@query("newsletter.readers", needs=Permission.EXPORT_ALL)
def list_readers(read: Session, *, purpose: str = NEWSLETTER) -> ReaderList:
    """Return who gets the letters of a purpose, and how many who say yes do not.

    Raises:
        DomainError: Nobody is asked for this, or it is not for letters.
    """
    text = find_words(read, purpose)
    contact = ContactKind.PHONE if purpose in _BY_PHONE else ContactKind.EMAIL
    people = _say_yes(read, purpose)
    willing = [one for one in people if not (one[0].objected_on or one[0].restricted_on)]
    details = _first_details(read, contact)
    known = [(who, day, details[who.id]) for who, day in willing if who.id in details]
    refused = {
        normal
        for (_contact, normal), rows in stopped(
            read, ((contact, detail.normal) for _who, _day, detail in known)
        ).items()
        if any(row.reason is StopReason.UNSUBSCRIBED for row in rows)
    }
    readers = tuple(
        ReaderRow(who.ref, who.name, detail.value, day)
        for who, day, detail in known
        if detail.normal not in refused
    )
    unreachable = len(willing) - len(known)
    left_out = len(people) - unreachable - len(readers)
    return ReaderList(text.name, contact, readers, unreachable, left_out)


@query("report.newsletter", needs=Permission.EXPORT_ALL)
def newsletter_report(
    read: Session, *, purpose: str = NEWSLETTER, language_code: str = ""
) -> Document:
    """Return who gets the letters of a purpose, as a list for the program that sends them."""
    with language(language_code or controller_of(read).language):
        found = list_readers(read, purpose=purpose)
        called = _("Phone") if found.contact is ContactKind.PHONE else _("E-mail")
        table = Table(
            columns=[
                Column(called, weight=2.0),
                Column(_("Name"), weight=2.0),
                Column(_("Said yes on"), Kind.DAY),
            ],
            rows=[(one.contact, one.name, one.said_on) for one in found.readers],
            name=_("Readers"),
        )
        return report(read, title=found.title, sections=[Section("", (table,))])


@action("export.newsletter", N_("Export"), undoable=False, needs=Permission.EXPORT_ALL)
def export_newsletter(
    work: UnitOfWork,
    *,
    to: Path,
    purpose: str = NEWSLETTER,
    format: FileFormat = FileFormat.CSV,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save who gets the newsletter; whoever has said no is left out."""
    document = newsletter_report(work.session, purpose=purpose, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite, guarded=True)


def find_words(read: Session, purpose: str) -> ConsentText:
    """Return the words that readers are asked with.

    Raises:
        DomainError: Nobody is asked for this, or it is not for letters.
    """
    text = read.scalars(
        select(ConsentText).where(
            ConsentText.purpose == purpose,
            ConsentText.replaced.is_(False),
            ConsentText.language == controller_of(read).language,
        )
    ).first()
    if text is None or not is_advertising(read, text.activity_id):
        raise DomainError(
            _("Nobody is asked for letters by this name. Look under Consents for what there is.")
        )
    return text


def _say_yes(read: Session, purpose: str) -> list[tuple[DataSubject, date]]:
    """Return who says yes to a purpose, by name, and since when."""
    said = (
        select(DataSubject, Consent.decided_on)
        .join(Consent, Consent.subject_id == DataSubject.id)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ConsentText.purpose == purpose, DataSubject.state == SubjectState.ACTIVE)
        .where(Consent.decision == Decision.GIVEN, Consent.ended_on.is_(None))
        .order_by(DataSubject.sort_key, DataSubject.id)
    )
    return [(who, day) for who, day in read.execute(said)]


def _first_details(read: Session, contact: ContactKind) -> dict[int, ContactDetail]:
    """Return the first address or number of each person, by her key in the file."""
    details = select(ContactDetail).where(
        ContactDetail.kind == contact, ContactDetail.subject_id.is_not(None)
    )
    found: dict[int, ContactDetail] = {}
    for one in read.scalars(details.order_by(ContactDetail.id)):
        if one.subject_id is not None:
            found.setdefault(one.subject_id, one)
    return found


def last_words(read: Session, purpose: str) -> dict[int, Decision]:
    """Return what each person last said to a purpose, by her key in the file."""
    said = (
        select(Consent.subject_id, Consent.decision)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ConsentText.purpose == purpose, Consent.subject_id.is_not(None))
        .order_by(Consent.id)
    )
    return {subject: decision for subject, decision in read.execute(said) if subject is not None}
