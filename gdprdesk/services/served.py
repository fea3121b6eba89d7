"""For whom the business processes data, on their instruction: Article 30(2).

Only the businesses themselves stand here. What their customers give them is kept for each of them
apart, never in this register.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import transfers
from gdprdesk.domain.base import ControllerRef, RecipientRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.requests import Instruction
from gdprdesk.domain.served import ControllerServed, ServedRecipient, missing
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.contacts import own_org_number
from gdprdesk.services.entering import checked_name, is_visible
from gdprdesk.services.finding import controller_of
from gdprdesk.services.recipients import RecipientRow, find_recipient, list_recipients
from gdprdesk.services.registry import ByField, action, query
from gdprdesk.services.templates import template
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class ControllerRow:
    """A business that is served, as the register shows it.

    Attributes:
        settled_on: When its data were returned or deleted after the end, settled_how what was done.
        recipients: The other processors that take part.
        missing: What Article 30(2) asks for and the row does not say yet, each a sentence.
    """

    ref: ControllerRef
    name: str
    org_number: str
    contact: str
    officer: str
    categories: tuple[str, ...]
    measures: tuple[str, ...]
    agreement_on: date | None
    agreement_until: date | None
    ended_on: date | None
    settled_on: date | None
    settled_how: str
    recipients: tuple[RecipientRow, ...]
    missing: tuple[str, ...]

    @property
    def wants_settling(self) -> bool:
        """Return whether the service has ended and its data are still here: Article 28(3)(g)."""
        return self.ended_on is not None and self.settled_on is None


@dataclass(frozen=True)
class ServedDefaults:
    """What a business of this trade does for everybody it serves, to begin a new row with."""

    categories: tuple[str, ...]
    measures: tuple[str, ...]
    recipients: tuple[RecipientRef, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class ControllerChanges(ByField):
    """What is known of a business that is served; what is not given stays.

    The fields are those of `ControllerServed`. An empty text or list takes a thing away.

    Attributes:
        recipients: All other processors that take part.
        no_end: The agreement runs on.
        goes_on: The service has not ended after all; what was done at its end counts no more.
    """

    name: str | None = None
    org_number: str | None = None
    contact: str | None = None
    officer: str | None = None
    categories: tuple[str, ...] | None = None
    measures: tuple[str, ...] | None = None
    agreement_on: date | None = None
    agreement_until: date | None = None
    recipients: tuple[RecipientRef, ...] | None = None
    no_end: bool = False
    goes_on: bool = False


_APART = {"recipients", "no_end", "goes_on"}
_COLUMNS = tuple(one.name for one in fields(ControllerChanges) if one.name not in _APART)


@action("served.add", N_("New customer served"), needs=Permission.REGISTER)
def add_controller(work: UnitOfWork, *, changes: ControllerChanges) -> ControllerRef:
    """Add a business that is served; what is not given begins as the trade does it for everybody.

    Raises:
        DomainError: It has no name, its org. number cannot be right, or a day is out of order.
    """
    usual = show_served_defaults(work.session)
    one = ControllerServed(name=checked_name(changes.name or ""))
    one.categories, one.measures = list(usual.categories), list(usual.measures)
    work.session.add(one)
    work.session.flush()
    _let_take_part(work.session, one, usual.recipients)
    _change(work.session, one, changes)
    return one.ref


@action("served.update", N_("Changed customer served"), needs=Permission.REGISTER)
def update_controller(
    work: UnitOfWork, *, controller_ref: ControllerRef, changes: ControllerChanges
) -> None:
    """Change what is known of a business that is served; what is not given stays.

    Raises:
        DomainError: Its org. number cannot be right, or a day is out of order.
    """
    _change(work.session, find_controller(work.session, controller_ref), changes)


@action("served.end", N_("Ended service"), needs=Permission.REGISTER)
def end_controller(
    work: UnitOfWork, *, controller_ref: ControllerRef, ended_on: date | None = None
) -> None:
    """Write down that a service has ended: its data go back or are deleted, Article 28(3)(g).

    Raises:
        DomainError: The day has not come.
    """
    day = ended_on or work.today
    if day > work.today:
        raise DomainError(_("Nothing has ended on a day that has not come. Nothing was saved."))
    one = find_controller(work.session, controller_ref)
    if one.settled_on is not None and one.settled_on < day:
        raise DomainError(
            _("Its data were returned or deleted before that day. Nothing was saved.")
        )
    one.ended_on = day


@action("served.settle", N_("Returned or deleted"), needs=Permission.REGISTER)
def settle_controller(
    work: UnitOfWork, *, controller_ref: ControllerRef, how: str, on: date | None = None
) -> None:
    """Write down that the data of a business that is no longer served went back or were deleted.

    Args:
        work: The transaction.
        controller_ref: Whose data.
        how: What was done, and how it can be shown.
        on: When; today, if nothing is said.

    Raises:
        DomainError: The service still runs, something is left to do for it, it does not say how,
            or the day comes before the end or has not come.
    """
    one, day = find_controller(work.session, controller_ref), on or work.today
    if one.ended_on is None:
        raise DomainError(
            _(
                "The service to {name} still runs, so its data stay. Nothing was saved. Write down "
                "first that the service has ended."
            ).format(name=one.name)
        )
    if not is_visible(how):
        raise DomainError(
            _("Write what was done with the data, and how it can be shown. Nothing was saved.")
        )
    if day > work.today or day < one.ended_on:
        raise DomainError(
            _("Choose a day from the end of the service until today. Nothing was saved.")
        )
    waiting = Instruction.controller_id == one.id, Instruction.answered_on.is_(None)
    if work.session.scalar(select(Instruction.id).where(*waiting).limit(1)) is not None:
        raise DomainError(
            _(
                "{name} still waits for the answer to an instruction. Nothing was saved. Answer it "
                "first."
            ).format(name=one.name)
        )
    one.settled_on, one.settled_how = day, how.strip()


@action("served.unsettle", N_("Not settled after all"), needs=Permission.REGISTER)
def unsettle_controller(work: UnitOfWork, *, controller_ref: ControllerRef) -> None:
    """Take back that the data of a business went back or were deleted: it is to be done again."""
    one = find_controller(work.session, controller_ref)
    one.settled_on, one.settled_how = None, ""


@query("served.list", needs=Permission.REGISTER)
def list_controllers(read: Session) -> tuple[ControllerRow, ...]:
    """Return the businesses that are served, and then those that were, by name."""
    others = {one.ref: one for one in list_recipients(read)}
    kind = ControllerServed
    found = read.scalars(select(kind).order_by(kind.ended_on.is_not(None), kind.name))
    return tuple(_row(one, _taking_part(read, one), others) for one in found)


@query("served.to_settle", needs=Permission.REGISTER)
def list_to_settle(read: Session) -> tuple[ControllerRow, ...]:
    """Return those whose service has ended and whose data are still to go back or be deleted."""
    if read.scalar(select(ControllerServed.id).limit(1)) is None:
        return ()
    return tuple(one for one in list_controllers(read) if one.wants_settling)


@query("served.show", needs=Permission.REGISTER)
def show_controller(read: Session, *, controller_ref: ControllerRef) -> ControllerRow:
    """Return what is known of a business that is served."""
    one = find_controller(read, controller_ref)
    others = {row.ref: row for row in list_recipients(read)}
    return _row(one, _taking_part(read, one), others)


@query("served.defaults", needs=Permission.REGISTER)
def show_served_defaults(read: Session) -> ServedDefaults:
    """Return what a business of this trade does for everybody it serves; empty if nobody."""
    controller = controller_of(read)
    rows = template(controller.trade).get("served", ())
    keys = {key for row in rows for key in row["recipients"]}
    refs = read.scalars(select(Recipient.ref).where(Recipient.key.in_(keys)))

    def texts(field: str) -> tuple[str, ...]:
        return tuple(one[controller.language] for row in rows for one in row[field])

    return ServedDefaults(texts("categories"), texts("measures"), tuple(refs))


def _change(session: Session, one: ControllerServed, changes: ControllerChanges) -> None:
    country = controller_of(session).country
    for field in _COLUMNS:
        value = getattr(changes, field)
        if field == "name" and value is not None:
            value = checked_name(value)
        elif field == "org_number" and value is not None:
            value = own_org_number(value, country)
        if value is not None:
            setattr(one, field, _kept(value))
    if changes.no_end:
        one.agreement_until = None
    if changes.goes_on:
        one.ended_on, one.settled_on, one.settled_how = None, None, ""
    begins, ends = one.agreement_on, one.agreement_until
    if ends is not None and (begins is None or ends < begins):
        raise DomainError(
            _("The agreement ends before it begins. Nothing was saved. Look at the days again.")
        )
    if changes.recipients is not None:
        _let_take_part(session, one, changes.recipients)


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    return [one.strip() for one in value if one.strip()] if isinstance(value, tuple) else value


def _let_take_part(
    session: Session, one: ControllerServed, recipients: Iterable[RecipientRef]
) -> None:
    pairs = select(ServedRecipient).where(ServedRecipient.controller_id == one.id)
    for pair in session.scalars(pairs).all():
        session.delete(pair)
    session.flush()
    for ref in dict.fromkeys(recipients):
        recipient_id = find_recipient(session, ref).id
        session.add(ServedRecipient(controller_id=one.id, recipient_id=recipient_id))


def find_controller(session: Session, ref: ControllerRef) -> ControllerServed:
    """Return a business that is served, or was."""
    found = session.scalar(select(ControllerServed).where(ControllerServed.ref == ref))
    if found is None:
        raise NotFoundError(_("This customer is not in the register any more."))
    return found


def _taking_part(read: Session, one: ControllerServed) -> list[Recipient]:
    pairs = ServedRecipient.recipient_id == Recipient.id
    found = select(Recipient).join(ServedRecipient, pairs)
    return list(
        read.scalars(found.where(ServedRecipient.controller_id == one.id).order_by(Recipient.name))
    )


def _row(
    one: ControllerServed, recipients: list[Recipient], others: dict[RecipientRef, RecipientRow]
) -> ControllerRow:
    return ControllerRow(
        ref=one.ref,
        name=one.name,
        org_number=one.org_number,
        contact=one.contact,
        officer=one.officer,
        categories=tuple(one.categories),
        measures=tuple(one.measures),
        agreement_on=one.agreement_on,
        agreement_until=one.agreement_until,
        ended_on=one.ended_on,
        settled_on=one.settled_on,
        settled_how=one.settled_how,
        recipients=tuple(others[recipient.ref] for recipient in recipients),
        missing=tuple(_(said) for said in missing(one, transfers(recipients))),
    )
