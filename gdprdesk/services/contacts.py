"""Phone numbers, e-mail addresses and org. numbers: as people write them and as compared."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session
from stdnum import exceptions as stdnum_exceptions
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind
from gdprdesk.domain.text import digits
from gdprdesk.i18n import _
from gdprdesk.services.finding import activity_for, controller_of, today_of
from gdprdesk.services.form_fields import CONTACT_FIELDS, require_field
from gdprdesk.services.registry import query


@dataclass(frozen=True, repr=False)
class ContactEntry:
    """A way to reach a person as the user typed it; without a ref it is new."""

    kind: ContactKind
    value: str
    ref: RecordRef | None = None


@query("contact.check", needs=None)
def check_contact(read: Session, *, kind: ContactKind, value: str) -> str:
    """Return a contact detail as it would be kept; nothing for nothing.

    Raises:
        DomainError: It is no phone number or no e-mail address; says how to write it.
    """
    return normalise(kind, value, controller_of(read).country)[0] if value.strip() else ""


@query("org_number.check", needs=None)
def check_org_number(read: Session, *, value: str) -> str:
    """Return the org. number of a company as it would be kept; nothing for nothing.

    Raises:
        DomainError: Its check digit is wrong, or it is that of a sole trader.
    """
    return org_number(value, controller_of(read).country)


def contact_detail(
    session: Session, subject: DataSubject, kind: ContactKind, value: str
) -> ContactDetail:
    """Return a way to reach a person, checked and as it is compared.

    Raises:
        DomainError: It is no phone number or no e-mail address; says how to write it.
    """
    require_field(session, CONTACT_FIELDS[kind], subject.kind)
    read, normal = normalise(kind, value, controller_of(session).country)
    return ContactDetail(
        subject_id=subject.id,
        activity_id=activity_for(session, ContactDetail, subject.kind).id,
        recorded_on=today_of(session),
        kind=kind,
        value=read,
        normal=normal,
    )


def normalise(kind: ContactKind, value: str, country: str) -> tuple[str, str]:
    """Return a contact detail as people read it and as it is compared."""
    value = " ".join(value.split())
    if kind is ContactKind.PHONE:
        return _phone(value, country)
    if kind is ContactKind.EMAIL:
        return _email(value)
    return value, ""


def org_number(value: str, country: str) -> str:
    """Return the org. number of a customer as people write it.

    Raises:
        DomainError: Its check digit is wrong, or it is that of a sole trader, who is a person.
    """
    checked = own_org_number(value, country)
    if country == "SE" and checked and int(checked[2]) < 2:  # noqa: PLR2004  (a month)
        raise DomainError(
            _(
                "This is the org. number of a sole trader, which is a personal number. "
                "Nothing was saved. Add her as a person instead, without the number."
            )
        )
    return checked


def own_org_number(value: str, country: str) -> str:
    """Return the org. number of the business itself as people write it; she may be a sole trader.

    Raises:
        DomainError: Its check digit is wrong.
    """
    if not value.strip():
        return ""
    checker = swedish if country == "SE" else norwegian
    try:
        compact: str = checker.validate(digits(value)[-10:])
    except stdnum_exceptions.ValidationError:
        raise DomainError(
            _("This org. number cannot be right: its check digit does not fit. Look at it again.")
        ) from None
    formatted: str = checker.format(compact)
    return formatted


def _phone(value: str, country: str) -> tuple[str, str]:
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        example = "070-174 06 45" if country == "SE" else "22 12 34 56"
        raise DomainError(_("Write the phone number like this: {example}").format(example=example))
    home = phonenumbers.country_code_for_region(country) == number.country_code
    formats = phonenumbers.PhoneNumberFormat
    read = phonenumbers.format_number(number, formats.NATIONAL if home else formats.INTERNATIONAL)
    return read, phonenumbers.format_number(number, formats.E164)


def _email(value: str) -> tuple[str, str]:
    try:
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise DomainError(_("Write the e-mail address like this: name@example.com")) from None
    return checked.normalized, checked.normalized.casefold()
