"""Everything about one person, for herself: Articles 15 and 20."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import (
    PersonalBytes,
    PersonalRecord,
    SubjectRef,
    kind_name,
    label_of,
    personal_columns,
    personal_kinds,
)
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.domain.terms import say
from gdprdesk.exports.document import Document, Fields, Paragraph, Section
from gdprdesk.i18n import _, current_language, format_day, format_money, language
from gdprdesk.services.finding import (
    controller_of,
    find_activity,
    find_subject,
    now_of,
    records_of,
)
from gdprdesk.services.law import authority_name
from gdprdesk.services.persons import WhyRow, why_kept
from gdprdesk.services.recipients import recipients_by_activity
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.templates import phrase_book

SCHEMA = "urn:gdprdesk:person:1"


@dataclass(frozen=True, repr=False)
class PersonalFile:
    """A file that belongs to the copy: where it lies in it, and what is in it."""

    path: str
    content: bytes


@query("report.person")
def person_report(read: Session, *, subject_ref: SubjectRef, language_code: str = "") -> Document:
    """Return everything about one person as she reads it, in her language."""
    subject = find_subject(read, subject_ref)
    controller = controller_of(read)
    code = language_code or subject.language or controller.language
    with language(code):
        records = records_of(read, subject)
        sections = [_about(read, subject)]
        for kind in personal_kinds():
            some = [one for one in records if type(one) is kind]
            if some:
                blocks = [Fields(tuple(_lines(read, one))) for one in some]
                sections.append(Section(_(kind.called[1]).capitalize(), blocks))
        sections += [_why(read, subject, records), _rights(read)]
        return report(
            read,
            title=_("Your data at {name}").format(name=controller.name),
            subtitle=subject.name,
            sections=sections,
        )


def person_copy(
    read: Session, subject_ref: SubjectRef, code: str
) -> tuple[dict[str, Any], list[PersonalFile]]:
    """Return everything about one person as data by the published schema, and her files.

    Args:
        read: The open register.
        subject_ref: Who.
        code: The language of the sentences in it; without one, hers.
    """
    subject = find_subject(read, subject_ref)
    controller = controller_of(read)
    with language(code or subject.language or controller.language):
        records = records_of(read, subject)
        files = [file for one in records for file in _files(one)]
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for one in records:
            by_kind.setdefault(kind_name(type(one)), []).append(_data(read, one))
        return {
            "$schema": SCHEMA,
            "format": "gdprdesk-person",
            "version": 1,
            "made_at": now_of(read).isoformat(),
            "language": current_language(),
            "controller": _controller(read),
            "person": _person(read, subject),
            "records": by_kind,
            "why": _reasons(read, subject, records),
        }, files


def _about(read: Session, subject: DataSubject) -> Section:
    company = read.get(Company, subject.company_id) if subject.company_id else None
    lines = [(_("Name"), subject.name), (_("You are"), say(subject.kind))]
    days = ("registered_on", "active_on", "relation_ended_on")
    lines += [
        (_(DataSubject.labels[day]), format_day(known))
        for day in days
        if (known := getattr(subject, day))
    ]
    if company:
        lines.append((_("Company"), company.name))
    intro = _(
        "This is everything we hold about you. If something is wrong, tell us and we put it right."
    )
    return Section(_("About you"), (Paragraph(intro), Fields(tuple(lines))))


def _lines(read: Session, record: PersonalRecord) -> Iterator[tuple[str, str]]:
    kind = type(record)
    for column, column_type in personal_columns(kind):
        if isinstance(column_type, PersonalBytes) or column == "normal":
            continue
        value = _say(read, getattr(record, column))
        if value:
            yield _(label_of(kind, column)), value
    for column in _terms_of(kind):
        value = getattr(record, column)
        if isinstance(value, Enum):
            yield _kind_of_term(value), say(value)
    if isinstance(record, Consent):
        text = read.get_one(ConsentText, record.text_id)
        yield _("The words you were asked with"), text.text


def _say(read: Session, value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, list):
        return "\n".join(_say_part(read, one) for one in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {one}" for key, one in value.items())
    return str(value)


def _say_part(read: Session, part: Any) -> str:
    if not isinstance(part, dict):
        return str(part)
    if "net" not in part:  # such as a step of a request: its words speak for themselves
        return ", ".join(str(one) for one in part.values() if one)
    gross = Decimal(part["net"]) + Decimal(part["vat"])
    price = format_money(gross, controller_of(read).currency)
    return _("{quantity} of {text}: {price} with {rate} % VAT").format(
        quantity=part["quantity"], text=part["text"], price=price, rate=part["rate"]
    )


def _why(read: Session, subject: DataSubject, records: list[PersonalRecord]) -> Section:
    blocks = [
        Fields(
            (
                (_("What for"), reason["activity"]),
                (_("Purpose"), reason["purpose"]),
                (_("Legal basis"), reason["legal_basis"]),
                (_("How long"), reason["period"]),
                (_("Until"), _until(row)),
                (_("From"), reason["source"]),
                (_("Who else gets it"), ", ".join(reason["recipients"]) or _("Nobody else")),
            )
        )
        for row, reason in zip(
            why_kept(read, subject, records),
            _reasons(read, subject, records),
            strict=True,
        )
    ]
    return Section(_("Why we keep it"), blocks)


def _until(row: WhyRow) -> str:
    return format_day(row.until) if row.until else _("The day is not known yet")


def _rights(read: Session) -> Section:
    controller = controller_of(read)
    contact = controller.email or controller.phone or controller.address or controller.name
    said = _(
        "You may have mistakes put right, have your data erased or restricted, object to what we "
        "do with them, and take them with you. Write to {contact}. If you are not content with our "
        "answer you may complain to {authority}."
    )
    text = said.format(contact=contact, authority=authority_name(controller.country))
    return Section(_("Your rights"), (Paragraph(text),))


def _data(read: Session, record: PersonalRecord) -> dict[str, Any]:
    activity = read.get_one(ProcessingActivity, record.activity_id)
    phrase = _phrase(read)
    said: dict[str, Any] = {"ref": record.ref, "activity": phrase(activity.name)}
    for column in inspect(type(record)).columns:
        if column.primary_key or column.foreign_keys or isinstance(column.type, PersonalBytes):
            continue
        said[column.key] = _plain(getattr(record, column.key))
    if isinstance(record, Consent):
        text = read.get_one(ConsentText, record.text_id)
        for field in ("purpose", "name", "text", "version", "language"):
            said[field] = getattr(text, field)
    for file in _files(record):
        said |= {"path": file.path, "sha256": hashlib.sha256(file.content).hexdigest()}
    return said


def _files(record: PersonalRecord) -> Iterator[PersonalFile]:
    for column, column_type in personal_columns(type(record)):
        if isinstance(column_type, PersonalBytes):
            name = getattr(record, "file_name", record.ref)
            path = f"{kind_name(type(record))}/{record.ref[:8]}-{name}"
            yield PersonalFile(path, getattr(record, column))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def _controller(read: Session) -> dict[str, str]:
    known = controller_of(read)
    fields = ("name", "org_number", "address", "contact", "email", "phone", "country", "currency")
    said = {field: getattr(known, field) for field in fields}
    return said | {"authority": authority_name(known.country)}


def _person(read: Session, subject: DataSubject) -> dict[str, Any]:
    company = read.get(Company, subject.company_id) if subject.company_id else None
    return {
        "ref": subject.ref,
        "name": subject.name,
        "kind": subject.kind.value,
        "language": subject.language,
        "registered_on": _plain(subject.registered_on),
        "active_on": _plain(subject.active_on),
        "relation_ended_on": _plain(subject.relation_ended_on),
        "company": {
            "name": company.name,
            "org_number": company.org_number,
            "address": company.address,
        }
        if company
        else None,
    }


def _reasons(
    read: Session, subject: DataSubject, records: list[PersonalRecord]
) -> list[dict[str, Any]]:
    phrase, recipients = _phrase(read), recipients_by_activity(read)
    reasons = []
    for row in why_kept(read, subject, records):
        activity = find_activity(read, row.activity_ref)
        reasons.append(
            {
                "activity": phrase(activity.name),
                "purpose": phrase(activity.purpose),
                "legal_basis": say(row.legal_basis),
                "period": row.period,
                "kept_until": _plain(row.until),
                "recipients": [phrase(one.name) for one in recipients.get(activity.id, [])],
                "source": phrase(activity.sources),
            }
        )
    return reasons


def _phrase(read: Session) -> Any:
    return phrase_book(controller_of(read).trade, current_language())


def _terms_of(kind: type[PersonalRecord]) -> Iterator[str]:
    for column in inspect(kind).columns:
        if column.info.get("personal") is False and column.key != "ref":
            yield column.key


def _kind_of_term(value: Enum) -> str:
    named = {
        "ContactKind": _("Kind"),
        "Channel": _("How it reached us"),
        "BookingState": _("How far it has come"),
        "Decision": _("You said"),
        "ConsentMethod": _("How you said it"),
        "HoldGround": _("Why it is kept"),
        "SourceException": _("Why you were not told"),
    }
    return named[type(value).__name__]
