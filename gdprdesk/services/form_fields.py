"""Which fields of the forms the register allows: only what a purpose needs, Article 5(1)(c)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import Attachment, WorkingNote
from gdprdesk.domain.subjects import ContactDetail
from gdprdesk.domain.terms import ContactKind, FormField, say
from gdprdesk.i18n import _
from gdprdesk.services.finding import activity_for
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
def allowed_fields(read: Session) -> frozenset[FormField]:
    """Return the fields that forms show: those that the processings behind the forms name.

    One that names none allows all of its forms, as the registers of earlier versions do.
    """
    allowed: set[FormField] = set()
    for kinds, named in read.execute(select(ProcessingActivity.kinds, ProcessingActivity.fields)):
        own = [fields for kind, fields in _FIELDS.items() if kind.__name__ in kinds]
        if own:
            allowed |= {FormField(one) for one in named} or frozenset[FormField]().union(*own)
    return frozenset(allowed)


def require_field(session: Session, field: FormField) -> None:
    """Refuse what the register says is not kept.

    Raises:
        DomainError: No processing behind the forms allows this field.
    """
    if field in allowed_fields(session):
        return
    kind = next(kind for kind, fields in _FIELDS.items() if field in fields)
    activity = activity_for(session, kind).name
    raise DomainError(
        _(
            "The register says that you do not keep “{field}” for “{activity}”. Nothing was saved. "
            "Change the row under Register if you need it."
        ).format(field=say(field), activity=activity)
    )
