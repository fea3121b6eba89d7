"""Agreements with processors: the paper itself, its review, and what was seen of its keeping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.recipients import Evidence, Recipient
from gdprdesk.domain.terms import Permission, Start, Unit
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import check_entered, read_entered_file
from gdprdesk.services.recipients import find_recipient
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_A_YEAR = RetentionRule(Start.RECORDED, 12, Unit.MONTHS)


@dataclass(frozen=True, repr=False)
class AgreementFile:
    """The file of an agreement: what it is called, and what is in it."""

    name: str
    content: bytes


@action("recipient.add_agreement", N_("New agreement"), needs=Permission.REGISTER)
def add_agreement(work: UnitOfWork, *, recipient_ref: RecipientRef, path: Path) -> None:
    """Put a copy of the signed agreement into the register; one that was there gives way.

    Raises:
        DomainError: It cannot be read, or is larger than 25 MB.
    """
    recipient = find_recipient(work.session, recipient_ref)
    check_entered(path.name)
    _keep(recipient, path.name, read_entered_file(path))


@action("recipient.remove_agreement", N_("Removed agreement"), needs=Permission.REGISTER)
def remove_agreement(work: UnitOfWork, *, recipient_ref: RecipientRef) -> None:
    """Take the file of an agreement out of the register; its days stay."""
    _keep(find_recipient(work.session, recipient_ref), "", None)


@query("recipient.read_agreement", needs=Permission.REGISTER)
def read_agreement(read: Session, *, recipient_ref: RecipientRef) -> AgreementFile:
    """Return the file of an agreement with what is in it."""
    recipient = find_recipient(read, recipient_ref)
    if recipient.agreement_file is None:
        said = _("The agreement with {name} is not kept here.")
        raise NotFoundError(said.format(name=recipient.name))
    return AgreementFile(recipient.agreement_name, recipient.agreement_file)


@action("recipient.review", N_("Reviewed agreement"), needs=Permission.REGISTER)
def review_recipient(
    work: UnitOfWork, *, recipient_ref: RecipientRef, next_on: date | None = None
) -> None:
    """Write down that an agreement was looked through, and when next: in a year, if not given.

    Raises:
        DomainError: The next day has passed already.
    """
    wanted = next_on or _A_YEAR.after(work.today)
    if wanted <= work.today:
        raise DomainError(_("The next review must be a day to come. Nothing was saved."))
    find_recipient(work.session, recipient_ref).review_on = wanted


@action("recipient.see_evidence", N_("Seen evidence"), needs=Permission.REGISTER)
def see_evidence(
    work: UnitOfWork, *, recipient_ref: RecipientRef, what: str, seen_on: date | None = None
) -> None:
    """Write down what was seen of how a processor keeps its word, such as that it deletes.

    Raises:
        DomainError: It does not say what was seen, or the day has not come.
    """
    recipient, day = find_recipient(work.session, recipient_ref), seen_on or work.today
    if not what.strip():
        raise DomainError(_("Write what you have seen, such as a log or a letter."))
    if day > work.today:
        raise DomainError(_("Nobody has seen this on a day that has not come. Nothing was saved."))
    seen = Evidence(seen_on=day.isoformat(), what=what.strip())
    recipient.evidence = sorted([*recipient.evidence, seen], key=lambda one: one["seen_on"])


def _keep(recipient: Recipient, name: str, content: bytes | None) -> None:
    if content != recipient.agreement_file:  # which reads it, so that it can be brought back
        recipient.agreement_file = content
    recipient.agreement_name = name
