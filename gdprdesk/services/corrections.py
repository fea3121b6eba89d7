"""Putting right what is wrong about a person, with both values kept: Articles 16 and 19."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from gdprdesk.domain.base import (
    Entity,
    Personal,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    PersonalTime,
    RecordRef,
    personal_columns,
)
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.requests import Correction, DataSubjectRequest
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import CaseStep, Permission, RequestKind
from gdprdesk.i18n import N_, _
from gdprdesk.services.contacts import normalise
from gdprdesk.services.entering import checked_name, is_visible
from gdprdesk.services.finding import controller_of, records_of
from gdprdesk.services.holds import name_of_record, records_by_ref
from gdprdesk.services.registry import action, query
from gdprdesk.services.request_handling import require_known_asker
from gdprdesk.services.request_rows import RequestRow, row_of
from gdprdesk.services.requests import find_open_request, find_request, note_step, person_of
from gdprdesk.services.telling import note_recipients
from gdprdesk.store.unit_of_work import UnitOfWork

_OWN_PAPERS = (DataSubjectRequest, Draft, Hold)
"""What the business writes for its own use: no correction of hers reaches it."""
_DERIVED: Final = {"normal", "sort_key", "recorded_on"}
_OF_PERSON: Final = {"name": N_("Name")}
_TYPES = (PersonalText, PersonalDate, PersonalTime)


@dataclass(frozen=True, repr=False)
class CorrectableRow:
    """Something about a person that can be put right.

    Attributes:
        record_ref: The record it stands in; nothing if it is her name.
        said: What people call the record: "Order 2210".
        column: Which part of it, and `label` what that is called.
        value: What it says now; a day or a time as ISO text.
    """

    record_ref: RecordRef | None
    said: str
    column: str
    label: str
    value: str


@query("request.correctable", needs=Permission.REGISTER)
def list_correctable(read: Session, *, request_ref: RecordRef) -> tuple[CorrectableRow, ...]:
    """Return what can be put right about the person of a request, her name first."""
    subject = person_of(read, find_request(read, request_ref))
    if subject is None:
        return ()
    rows = [CorrectableRow(None, _("Person"), "name", _(_OF_PERSON["name"]), subject.name)]
    for record in records_of(read, subject):
        if not isinstance(record, (Invoice, Consent, *_OWN_PAPERS)):
            rows += _rows(record)
    return tuple(rows)


@action("request.correct", N_("Corrected"), of_restricted=True, needs=Permission.REGISTER)
def correct_record(
    work: UnitOfWork, *, request_ref: RecordRef, record_ref: RecordRef, column: str, new: str
) -> RequestRow:
    """Put right what a record says about a person; the old value stays in her request.

    Those who got such records are then to be told: Article 19.

    Args:
        work: The transaction.
        request_ref: Her open request to have something corrected.
        record_ref: Which record.
        column: Which part of it.
        new: What is right; a day as 2026-11-22, a time as 14:30.

    Raises:
        DomainError: The record is not hers, must stay as it is, or the value is none of its kind.
    """
    request, subject = _to_correct(work.session, request_ref)
    (record,) = records_by_ref(work.session, (record_ref,)).values()
    if record.subject_id != subject.id:
        raise DomainError(
            _("This is not about {name}. Nothing was changed.").format(name=subject.name)
        )
    _refuse_what_stays(record)
    kind = dict(_columns(type(record))).get(column)
    if kind is None:
        raise DomainError(
            _("This part cannot be corrected here. Nothing was changed. Change it where it stands.")
        )
    old = getattr(record, column)
    value = _read(record, column, kind, new.strip())
    if isinstance(record, ContactDetail) and column == "value":
        country = controller_of(work.session).country
        value, record.normal = normalise(record.kind, new, country)
    setattr(record, column, value)
    _write_down(
        work,
        request,
        Correction(record=record.ref, column=column, old=_shown(old), new=_shown(value)),
    )
    note_recipients(work, request, [record])
    return row_of(work.session, request)


@action("request.correct_name", N_("Corrected"), of_restricted=True, needs=Permission.REGISTER)
def correct_name(work: UnitOfWork, *, request_ref: RecordRef, new: str) -> RequestRow:
    """Put right what a person is called; the old name stays in her request.

    Invoices keep the name they were made with.
    """
    request, subject = _to_correct(work.session, request_ref)
    old, name = subject.name, checked_name(new)
    subject.rename(name, controller_of(work.session).language)
    _write_down(work, request, Correction(record=subject.ref, column="name", old=old, new=name))
    note_recipients(work, request, records_of(work.session, subject))
    return row_of(work.session, request)


def _to_correct(session: Session, ref: RecordRef) -> tuple[DataSubjectRequest, DataSubject]:
    request = find_open_request(session, ref)
    subject = person_of(session, request)
    if subject is None or request.kind is not RequestKind.RECTIFY:
        raise DomainError(
            _(
                "Request {number} does not ask to correct what is here about a person. Nothing was "
                "changed. Open such a request first: it keeps the old value too."
            ).format(number=request.number)
        )
    require_known_asker(request)
    return request, subject


def _refuse_what_stays(record: PersonalRecord) -> None:
    if isinstance(record, Invoice):
        raise DomainError(
            _(
                "Bookkeeping keeps an invoice as it went out, so it is not corrected. Nothing was "
                "changed. Send a credit note and a new invoice from your invoicing program, and "
                "tell her so."
            )
        )
    if isinstance(record, Consent):
        raise DomainError(
            _(
                "What she said to a consent is kept as she said it. Nothing was changed. Ask her "
                "anew, and write down what she says now."
            )
        )
    if isinstance(record, _OWN_PAPERS):
        raise DomainError(
            _("This is your own note of a case. Nothing was changed. Write a remark to it instead.")
        )


def _read(record: PersonalRecord, column: str, kind: Personal[Any], new: str) -> Any:
    """Return a value as its column holds it; empty where there may be nothing."""
    old = getattr(record, column)
    if new == _shown(old):
        raise DomainError(_("That is what it says already. Nothing was changed."))
    nullable = inspect(type(record)).columns[column].nullable
    if not new and nullable:
        return None
    if not is_visible(new) and old:
        raise DomainError(
            _("Write what is right. Nothing was changed. What is to go is erased, not corrected.")
        )
    try:
        return _READ[type(kind)](new)
    except ValueError:
        raise DomainError(
            _(
                "Write a day like this: 2026-11-22, and a time like this: 14:30. Nothing was "
                "changed."
            )
        ) from None


_READ: Final[dict[type, Any]] = {
    PersonalText: str,
    PersonalDate: date.fromisoformat,
    PersonalTime: time.fromisoformat,
}


def _columns(kind: type[Entity | PersonalRecord]) -> Iterator[tuple[str, Personal[Any]]]:
    for column, column_type in personal_columns(kind):
        if isinstance(column_type, _TYPES) and column not in _DERIVED:
            yield column, column_type


def _rows(record: PersonalRecord) -> Iterator[CorrectableRow]:
    said = name_of_record(record)
    for column, _kind in _columns(type(record)):
        label = _(type(record).labels[column])
        yield CorrectableRow(record.ref, said, column, label, _shown(getattr(record, column)))


def _shown(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    return value or ""


def _write_down(work: UnitOfWork, request: DataSubjectRequest, one: Correction) -> None:
    request.corrections = [*request.corrections, one]
    note_step(work, request, CaseStep.CORRECTED)
