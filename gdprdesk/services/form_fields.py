"""Which fields of the forms the register allows: only what a purpose needs, Article 5(1)(c)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import Attachment, WorkingNote
from gdprdesk.domain.subjects import ContactDetail
from gdprdesk.domain.terms import ContactKind, FormField, SubjectKind, say
from gdprdesk.i18n import _
from gdprdesk.services.finding import activities_for, activity_for
from gdprdesk.services.registry import query

_FIELDS: dict[type[PersonalRecord], frozenset[FormField]] = {
    ContactDetail: frozenset(
        {
            FormField.PHONE,
            FormField.EMAIL,
            FormField.ADDRESS,
            FormField.OTHER_CONTACT,
            FormField.COMPANY,
            FormField.LANGUAGE,
        }
    ),
    Booking: frozenset({FormField.ORDER_NOTE, FormField.ORDER_TIME, FormField.DIET}),
    WorkingNote: frozenset({FormField.NOTES}),
    Attachment: frozenset({FormField.FILES}),
}
CONTACT_FIELDS = {
    ContactKind.PHONE: FormField.PHONE,
    ContactKind.EMAIL: FormField.EMAIL,
    ContactKind.ADDRESS: FormField.ADDRESS,
    ContactKind.OTHER: FormField.OTHER_CONTACT,
}


@query("activity.allowed_fields", needs=None)
def allowed_fields(
    read: Session, *, of: SubjectKind = SubjectKind.CUSTOMER
) -> frozenset[FormField]:
    """Return the fields that forms show: those that the processings behind the forms name.

    One that names none allows all of its forms, as the registers of earlier versions do.

    Args:
        read: The open register.
        of: What the person is to the business.
    """
    allowed: set[FormField] = set()
    for kind, fields in _FIELDS.items():
        for activity in activities_for(read, kind, of):
            named = {FormField(one) for one in activity.fields}
            allowed |= fields & named if named else fields
    return frozenset(allowed)


def require_field(
    session: Session, field: FormField, of: SubjectKind = SubjectKind.CUSTOMER
) -> None:
    """Refuse what the register says is not kept of such a person.

    Raises:
        DomainError: No processing behind the forms allows this field.
    """
    if field in allowed_fields(session, of=of):
        return
    kind = next(kind for kind, fields in _FIELDS.items() if field in fields)
    activity = activity_for(session, kind, of).name
    raise DomainError(
        _(
            "The register says that you do not keep “{field}” for “{activity}”. Nothing was saved. "
            "Change the row under Register if you need it."
        ).format(field=say(field), activity=activity)
    )
