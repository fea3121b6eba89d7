"""Who else gets personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import EEA, ActivityRecipient
from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import RecipientRole
from gdprdesk.i18n import N_, _, country_codes
from gdprdesk.services.entering import checked_name
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecipientRow:
    """A recipient as the register shows it."""

    ref: RecipientRef
    name: str
    role: RecipientRole
    service: str
    gets: str
    country: str
    outside_eea: bool
    mechanism: str
    task: str
    agreement_on: date | None
    needs_agreement: bool


@action("recipient.add", N_("New recipient"))
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
    agreement_on: date | None = None,
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
        agreement_on=agreement_on,
    )
    work.session.add(recipient)
    return recipient.ref


@action("recipient.update", N_("Changed recipient"))
def update_recipient(
    work: UnitOfWork,
    *,
    recipient_ref: RecipientRef,
    name: str | None = None,
    role: RecipientRole | None = None,
    service: str | None = None,
    gets: str | None = None,
    country: str | None = None,
    mechanism: str | None = None,
    task: str | None = None,
    agreement_on: date | None = None,
    agreement_ended: bool = False,
) -> None:
    """Change what is known of a recipient; what is not given stays."""
    recipient = find_recipient(work.session, recipient_ref)
    given = {
        "name": None if name is None else checked_name(name),
        "role": role,
        "service": service,
        "gets": gets,
        "country": None if country is None else _checked_country(country),
        "mechanism": mechanism,
        "task": task,
        "agreement_on": agreement_on,
    }
    for field, value in given.items():
        if value is not None:
            setattr(recipient, field, value)
    if agreement_ended:
        recipient.agreement_on = None


@query("recipient.list")
def list_recipients(read: Session) -> tuple[RecipientRow, ...]:
    """Return every recipient, by name."""
    found = read.scalars(select(Recipient).order_by(Recipient.name))
    return tuple(recipient_row(one) for one in found)


def find_recipient(session: Session, ref: RecipientRef) -> Recipient:
    """Return a recipient."""
    found = session.scalar(select(Recipient).where(Recipient.ref == ref))
    if found is None:
        raise NotFoundError(_("This recipient is not in the register any more."))
    return found


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


def recipient_row(one: Recipient) -> RecipientRow:
    """Return a recipient as the register shows it."""
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
        agreement_on=one.agreement_on,
        needs_agreement=one.needs_agreement,
    )


def _checked_country(code: str) -> str:
    """Return the ISO code of a country: by it a transfer out of the EEA is known."""
    code = code.strip().upper()
    if code not in country_codes():
        raise DomainError(
            _("Write the country as its code of two letters, such as SE. Nothing was saved.")
        )
    return code
