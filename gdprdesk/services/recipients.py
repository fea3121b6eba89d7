"""Who else gets personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import EEA, ActivityRecipient, ProcessingActivity
from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.recipients import Evidence, Recipient, SubProcessor
from gdprdesk.domain.served import ServedRecipient
from gdprdesk.domain.terms import Permission, RecipientRole
from gdprdesk.i18n import N_, _, country_codes
from gdprdesk.services.entering import checked_name
from gdprdesk.services.finding import today_of
from gdprdesk.services.registry import ByField, action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_RUNNING_OUT = 60
"""So many days before an agreement ends, a new one is to be arranged."""


@dataclass(frozen=True, repr=False)
class RecipientRow:
    """A recipient as the register shows it.

    Attributes:
        runs_out: Its agreement has ended, or ends within sixty days.
        wants_review: Its agreement is to be looked through.
        wants_evidence: Nobody has seen for a year that it deletes as it says.
        used_in: The names of the activities whose data it gets.
    """

    ref: RecipientRef
    name: str
    role: RecipientRole
    service: str
    gets: str
    country: str
    outside_eea: bool
    mechanism: str
    task: str
    contact: str
    agreement_on: date | None
    agreement_until: date | None
    agreement_name: str
    review_on: date | None
    sub_processors: tuple[SubProcessor, ...]
    deletes_after: str
    evidence: tuple[Evidence, ...]
    needs_agreement: bool
    runs_out: bool
    wants_review: bool
    wants_evidence: bool
    used_in: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class RecipientsDue:
    """What is to be arranged with those who get personal data.

    Attributes:
        agreements: Processors without an agreement.
        running_out: Agreements that have ended, or end within sixty days.
        reviews: Agreements to look through.
        evidence: Processors of which nobody has seen for a year that they delete.
    """

    agreements: tuple[RecipientRow, ...] = ()
    running_out: tuple[RecipientRow, ...] = ()
    reviews: tuple[RecipientRow, ...] = ()
    evidence: tuple[RecipientRow, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class RecipientChanges(ByField):
    """What is known of a recipient from now on; what is not given stays.

    The fields are those of `Recipient`. An empty text or list takes a thing away.

    Attributes:
        agreement_ended: There is no agreement any more.
        no_end: The agreement runs on.
        no_review: It is not to be looked through.
    """

    name: str | None = None
    role: RecipientRole | None = None
    service: str | None = None
    gets: str | None = None
    country: str | None = None
    mechanism: str | None = None
    task: str | None = None
    contact: str | None = None
    agreement_on: date | None = None
    agreement_until: date | None = None
    review_on: date | None = None
    sub_processors: tuple[SubProcessor, ...] | None = None
    deletes_after: str | None = None
    agreement_ended: bool = False
    no_end: bool = False
    no_review: bool = False


_FLAGS = {"agreement_ended", "no_end", "no_review"}
_COLUMNS = tuple(one.name for one in fields(RecipientChanges) if one.name not in _FLAGS)


@action("recipient.add", N_("New recipient"), needs=Permission.REGISTER)
def add_recipient(
    work: UnitOfWork,
    *,
    name: str,
    role: RecipientRole,
    service: str = "",
    gets: str = "",
    country: str = "SE",
    mechanism: str = "",
    task: str = "",
    contact: str = "",
    agreement_on: date | None = None,
    agreement_until: date | None = None,
    review_on: date | None = None,
    sub_processors: tuple[SubProcessor, ...] = (),
    deletes_after: str = "",
) -> RecipientRef:
    """Add a supplier or an authority that gets personal data."""
    recipient = Recipient(
        name=checked_name(name),
        role=role,
        service=service.strip(),
        gets=gets.strip(),
        country=_checked_country(country),
        mechanism=mechanism.strip(),
        task=task.strip(),
        contact=contact.strip(),
        agreement_on=agreement_on,
        agreement_until=agreement_until,
        review_on=review_on,
        sub_processors=_checked_parts(sub_processors),
        deletes_after=deletes_after.strip(),
    )
    _check_days(recipient)
    work.session.add(recipient)
    return recipient.ref


@action("recipient.update", N_("Changed recipient"), needs=Permission.REGISTER)
def update_recipient(
    work: UnitOfWork, *, recipient_ref: RecipientRef, changes: RecipientChanges
) -> None:
    """Change what is known of a recipient; what is not given stays.

    Raises:
        DomainError: There is no such country, or a day is out of order.
    """
    recipient = find_recipient(work.session, recipient_ref)
    given = {field: getattr(changes, field) for field in _COLUMNS}
    for field, value in given.items():
        if value is not None:
            setattr(recipient, field, _CHECKS.get(field, _stripped)(value))
    if changes.agreement_ended:
        recipient.agreement_on = recipient.agreement_until = None
    if changes.no_end:
        recipient.agreement_until = None
    if changes.no_review:
        recipient.review_on = None
    _check_days(recipient)


@action("recipient.remove", N_("Removed recipient"), needs=Permission.REGISTER)
def remove_recipient(work: UnitOfWork, *, recipient_ref: RecipientRef) -> None:
    """Take a recipient out of the register, if no row says that it gets data.

    Raises:
        DomainError: A row of the register names it.
    """
    recipient = find_recipient(work.session, recipient_ref)
    pairs = (ActivityRecipient.recipient_id, ServedRecipient.recipient_id)
    if any(work.session.scalar(select(one).where(one == recipient.id).limit(1)) for one in pairs):
        raise DomainError(
            _(
                "{name} still gets personal data according to the register. Nothing was changed. "
                "Take it out of the rows that name it first."
            ).format(name=recipient.name)
        )
    work.session.delete(recipient)


@query("recipient.list", needs=Permission.REGISTER)
def list_recipients(read: Session) -> tuple[RecipientRow, ...]:
    """Return every recipient, by name."""
    used, today = _used_in(read), today_of(read)
    found = read.scalars(select(Recipient).order_by(Recipient.name))
    return tuple(_row(one, today, used.get(one.id, ())) for one in found)


@query("recipient.show", needs=Permission.REGISTER)
def show_recipient(read: Session, *, recipient_ref: RecipientRef) -> RecipientRow:
    """Return what is known of a recipient."""
    one = find_recipient(read, recipient_ref)
    return _row(one, today_of(read), _used_in(read).get(one.id, ()))


@query("recipient.due", needs=Permission.REGISTER)
def list_recipients_due(read: Session) -> RecipientsDue:
    """Return what is to be arranged with recipients that are in use."""
    rows = [one for one in list_recipients(read) if one.used_in]
    return RecipientsDue(
        agreements=tuple(one for one in rows if one.needs_agreement),
        running_out=tuple(one for one in rows if one.runs_out),
        reviews=tuple(one for one in rows if one.wants_review),
        evidence=tuple(one for one in rows if one.wants_evidence),
    )


def find_recipient(session: Session, ref: RecipientRef) -> Recipient:
    """Return a recipient."""
    found = session.scalar(select(Recipient).where(Recipient.ref == ref))
    if found is None:
        raise NotFoundError(_("This recipient is not in the register any more."))
    return found


def give_to(
    session: Session, activity: ProcessingActivity, recipients: Iterable[RecipientRef]
) -> None:
    """Let these and no others get the data of an activity."""
    own = select(ActivityRecipient).where(ActivityRecipient.activity_id == activity.id)
    for pair in session.scalars(own).all():
        session.delete(pair)
    session.flush()
    for ref in dict.fromkeys(recipients):
        session.add(
            ActivityRecipient(activity_id=activity.id, recipient_id=find_recipient(session, ref).id)
        )


def recipients_by_activity(session: Session) -> dict[int, list[Recipient]]:
    """Return who gets the data of each activity, by the activity's key in the file."""
    pairs = session.execute(
        select(ActivityRecipient.activity_id, Recipient)
        .join(Recipient, Recipient.id == ActivityRecipient.recipient_id)
        .order_by(Recipient.name)
    )
    found: dict[int, list[Recipient]] = {}
    for activity_id, recipient in pairs:
        found.setdefault(activity_id, []).append(recipient)
    return found


def _used_in(read: Session) -> dict[int, tuple[str, ...]]:
    """Return the names of the activities whose data each recipient gets, by its key in the file."""
    pairs = read.execute(
        select(ActivityRecipient.recipient_id, ProcessingActivity.name)
        .join(ProcessingActivity, ProcessingActivity.id == ActivityRecipient.activity_id)
        .order_by(ProcessingActivity.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for recipient_id, name in pairs:
        found[recipient_id] = (*found.get(recipient_id, ()), name)
    return found


def _row(one: Recipient, today: date, used_in: tuple[str, ...]) -> RecipientRow:
    return RecipientRow(
        ref=one.ref,
        name=one.name,
        role=one.role,
        service=one.service,
        gets=one.gets,
        country=one.country,
        outside_eea=one.country not in EEA,
        mechanism=one.mechanism,
        task=one.task,
        contact=one.contact,
        agreement_on=one.agreement_on,
        agreement_until=one.agreement_until,
        agreement_name=one.agreement_name,
        review_on=one.review_on,
        sub_processors=tuple(one.sub_processors),
        deletes_after=one.deletes_after,
        evidence=tuple(one.evidence),
        needs_agreement=one.needs_agreement,
        runs_out=one.runs_out(today, _RUNNING_OUT),
        wants_review=one.wants_review(today),
        wants_evidence=one.wants_evidence(today),
        used_in=used_in,
    )


def _check_days(one: Recipient) -> None:
    if one.agreement_until is None:
        return
    if one.agreement_on is None:
        raise DomainError(_("Say from which day the agreement applies, too. Nothing was saved."))
    if one.agreement_until < one.agreement_on:
        raise DomainError(
            _("The agreement ends before it begins. Nothing was saved. Look at the days again.")
        )


def _checked_country(code: str) -> str:
    """Return the ISO code of a country: by it a transfer out of the EEA is known."""
    code = code.strip().upper()
    if code not in country_codes():
        raise DomainError(
            _("Write the country as its code of two letters, such as SE. Nothing was saved.")
        )
    return code


def _checked_parts(parts: Iterable[SubProcessor]) -> list[SubProcessor]:
    return [
        SubProcessor(
            name=checked_name(one["name"]),
            country=_checked_country(one["country"]),
            service=one["service"].strip(),
        )
        for one in parts
    ]


def _stripped(value: Any) -> Any:
    is_text = isinstance(value, str) and not isinstance(value, RecipientRole)
    return value.strip() if is_text else value


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "name": checked_name,
    "country": _checked_country,
    "sub_processors": _checked_parts,
}
"""How a field is checked before it is kept; the others are only stripped of blanks."""
