"""Letters to existing customers: no consent, an exception of its own with a free way to say no.

Directive 2002/58/EC Article 13(2), marknadsföringslagen 19 §, markedsføringsloven § 15: who bought,
and was told then that she can say no, may get letters about the business's own similar goods until
she does. The list is one of its own and is never mixed with those who said yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.domain.newsletters import ExistingCustomer, ListHandover
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    ContactKind,
    Decision,
    LegalBasis,
    Permission,
    StopReason,
    SubjectState,
)
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import (
    activity_for,
    find_activity_for,
    find_record,
    find_subject,
)
from gdprdesk.services.newsletter import NEWSLETTER, ReaderRow, last_words
from gdprdesk.services.newsletter_export import (
    Mailing,
    MailingReceipt,
    hand_over,
    last_handover,
)
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import in_use
from gdprdesk.services.stop_list import stop, stopped
from gdprdesk.store.unit_of_work import UnitOfWork

_NO = {Decision.REFUSED, Decision.WITHDRAWN}
CUSTOMERS = "existing_customers"
"""What a list of existing customers is called where lists are told apart by purpose."""


@dataclass(frozen=True, repr=False)
class CustomerRow:
    """Somebody who may get letters as a customer, or has said no to them.

    Attributes:
        email: Where they go; empty if no address of hers is known.
        bought: What she bought.
        told_on: When she was told that she can say no.
        opted_out_on: When she did; nothing if she has not.
        reached: Whether the list for the program has her on it.
    """

    ref: RecordRef
    subject_ref: SubjectRef
    name: str
    email: str
    bought: str
    bought_on: date
    told_on: date
    opted_out_on: date | None
    reached: bool


@query("existing_customer.list", needs=Permission.CONSENTS)
def list_existing_customers(read: Session) -> tuple[CustomerRow, ...]:
    """Return who may get letters as a customer, by name; of each what she bought last."""
    newest = select(func.max(ExistingCustomer.id)).group_by(ExistingCustomer.subject_id)
    known = read.execute(
        select(ExistingCustomer, DataSubject)
        .join(DataSubject, DataSubject.id == ExistingCustomer.subject_id)
        .where(ExistingCustomer.id.in_(newest), DataSubject.state == SubjectState.ACTIVE, in_use())
        .order_by(DataSubject.sort_key)
    ).all()
    details = _addresses(read)
    stops = stopped(read, ((ContactKind.EMAIL, one.normal) for one in details.values()))
    refused = {
        normal
        for (_kind, normal), rows in stops.items()
        if any(row.reason is StopReason.UNSUBSCRIBED for row in rows)
    }
    said_no = {who for who, word in last_words(read, NEWSLETTER).items() if word in _NO}
    return tuple(
        _row(one, who, details.get(who.id), refused if who.id not in said_no else None)
        for one, who in known
    )


@query("existing_customer.is_used", needs=Permission.CONSENTS)
def uses_the_exception(read: Session) -> bool:
    """Return whether the register has a row that says why customers get letters unasked."""
    return find_activity_for(read, ExistingCustomer) is not None


@action("existing_customer.add", N_("Customer gets letters"), needs=Permission.CONSENTS)
def add_existing_customer(
    work: UnitOfWork, *, subject_ref: SubjectRef, bought: str, bought_on: date, told_on: date
) -> RecordRef:
    """Write down that somebody bought, and was told that she can say no to letters about the like.

    Args:
        work: The transaction.
        subject_ref: Who bought.
        bought: What; the letters are about the business's own similar goods only.
        bought_on: When.
        told_on: When she was told; at the latest the day she bought.

    Raises:
        DomainError: It does not say what, a day has not come, she was told too late, she has said
            no to letters, or the register has no row that says why.
    """
    activity = activity_for(work.session, ExistingCustomer)
    subject = find_subject(work.session, subject_ref)
    if not is_visible(bought):
        raise DomainError(_("Write what she bought. Nothing was saved."))
    if max(bought_on, told_on) > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    if told_on > bought_on:
        raise DomainError(
            _(
                "She was told too late: the law asks for it when she gives her address, at the "
                "latest at the sale. Nothing was saved. Ask her for a yes instead."
            )
        )
    said_no = _said_no_on(work.session, subject)
    if said_no is not None:
        raise DomainError(
            _(
                "{name} has said no to letters on {day}, so she gets none as a customer either. "
                "Nothing was saved. Only a yes of hers changes that."
            ).format(name=subject.name, day=format_day(said_no))
        )
    record = ExistingCustomer(
        subject_id=subject.id,
        activity_id=activity.id,
        recorded_on=work.today,
        bought=" ".join(bought.split()),
        bought_on=bought_on,
        told_on=told_on,
    )
    work.session.add(record)
    return record.ref


@action(
    "existing_customer.opt_out", N_("Wants no letters"), of_restricted=True,
    needs=Permission.CONSENTS,
)  # fmt: skip
def opt_out(work: UnitOfWork, *, ref: RecordRef, on: date | None = None) -> None:
    """Write down that a customer wants no letters: at once, and her address is stopped.

    Raises:
        DomainError: She has said so before, or the day has not come.
    """
    record = find_record(work.session, ExistingCustomer, ref)
    if record.opted_out_on is not None:
        raise DomainError(
            _("She has said no on {day} already. Nothing was changed.").format(
                day=format_day(record.opted_out_on)
            )
        )
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    hers = select(ExistingCustomer).where(
        ExistingCustomer.subject_id == record.subject_id, ExistingCustomer.opted_out_on.is_(None)
    )
    for one in work.session.scalars(hers):
        one.opted_out_on = on or work.today
    details = select(ContactDetail).where(
        ContactDetail.subject_id == record.subject_id, ContactDetail.kind == ContactKind.EMAIL
    )
    stop(work, work.session.scalars(details), StopReason.UNSUBSCRIBED)


@action("export.existing_customers", N_("Export"), undoable=False, needs=Permission.EXPORT_ALL)
def export_existing_customers(
    work: UnitOfWork, *, tool: MailingTool, to: Path, overwrite: bool = False
) -> MailingReceipt:
    """Save the customers who may get letters, as a list of its own, and beside it who may not.

    Raises:
        DomainError: There is nobody, the file must end otherwise, or is there already.
    """
    activity = activity_for(work.session, ExistingCustomer)
    rows = list_existing_customers(work.session)
    staying = [
        ReaderRow(one.subject_ref, one.name, one.email, one.bought_on)
        for one in rows
        if one.reached
    ]
    kept = {one.contact.casefold() for one in staying}
    off = [one.email for one in rows if one.email and not one.reached]
    off += _set_aside_since(work.session, last_handover(work.session, CUSTOMERS, tool))
    left = [one for one in off if one.casefold() not in kept]
    title = activity.name
    mailing = Mailing(tool, CUSTOMERS, title, activity.id, LegalBasis.LEGITIMATE_INTEREST)
    return hand_over(work, mailing, staying, left, to, overwrite=overwrite)


def _row(
    one: ExistingCustomer,
    who: DataSubject,
    detail: ContactDetail | None,
    refused: set[str] | None,
) -> CustomerRow:
    """Return a customer; without the addresses that are stopped she has said no herself."""
    may = one.opted_out_on is None and who.objected_on is None and refused is not None
    return CustomerRow(
        ref=one.ref,
        subject_ref=who.ref,
        name=who.name,
        email=detail.value if detail else "",
        bought=one.bought,
        bought_on=one.bought_on,
        told_on=one.told_on,
        opted_out_on=one.opted_out_on,
        reached=may and detail is not None and detail.normal not in (refused or ()),
    )


def _set_aside_since(read: Session, last: ListHandover | None) -> list[str]:
    """Return the addresses on a list of customers whose data are only stored since it was made."""
    if last is None:
        return []
    found = select(DataSubject.id).where(
        DataSubject.restricted_on >= last.handed_on,
        DataSubject.state == SubjectState.ACTIVE,
        DataSubject.id.in_(
            select(ExistingCustomer.subject_id).where(
                ExistingCustomer.opted_out_on.is_(None),
                ExistingCustomer.recorded_on <= last.handed_on,
            )
        ),
    )
    details = _addresses(read)
    return [details[who].value for who in read.scalars(found) if who in details]


def _addresses(read: Session) -> dict[int, ContactDetail]:
    """Return the first e-mail address of each customer who may get letters, by her key."""
    found: dict[int, ContactDetail] = {}
    customers = select(ExistingCustomer.subject_id)
    details = select(ContactDetail).where(
        ContactDetail.kind == ContactKind.EMAIL, ContactDetail.subject_id.in_(customers)
    )
    for one in read.scalars(details.order_by(ContactDetail.id)):
        if one.subject_id is not None:
            found.setdefault(one.subject_id, one)
    return found


def _said_no_on(session: Session, subject: DataSubject) -> date | None:
    """Return since when somebody wants no letters; nothing if she has not said so."""
    if subject.objected_on is not None:
        return subject.objected_on
    last = session.scalars(
        select(Consent)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ConsentText.purpose == NEWSLETTER, Consent.subject_id == subject.id)
        .order_by(Consent.id.desc())
    ).first()
    if last is not None and last.decision in _NO:
        return last.decided_on
    details = session.scalars(
        select(ContactDetail).where(
            ContactDetail.subject_id == subject.id, ContactDetail.kind == ContactKind.EMAIL
        )
    )
    found = stopped(session, ((one.kind, one.normal) for one in details))
    said = [
        row.made_on
        for rows in found.values()
        for row in rows
        if row.reason is StopReason.UNSUBSCRIBED
    ]
    return min(said, default=None)
