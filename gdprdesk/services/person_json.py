"""A person's copy as data by the published schema: resources/schema/person.schema.json."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, time
from enum import Enum
from typing import Any

from sqlalchemy import Column, inspect
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity, transfers
from gdprdesk.domain.base import (
    Entity,
    PersonalBytes,
    PersonalRecord,
    SealedBytes,
    SubjectRef,
    kind_name,
)
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.requests import Masking
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.subjects import Company
from gdprdesk.domain.terms import Permission, say
from gdprdesk.i18n import current_language, language
from gdprdesk.services.finding import controller_of, find_activity, find_subject, now_of
from gdprdesk.services.law import authority_name
from gdprdesk.services.person_copy import PersonCopy, gather, must_give_all
from gdprdesk.services.persons import why_kept
from gdprdesk.services.proofs_about import proofs_about
from gdprdesk.services.recipients import recipients_by_activity
from gdprdesk.services.registry import query
from gdprdesk.services.staff_log import logged_of
from gdprdesk.services.templates import phrase_book

SCHEMA = "urn:gdprdesk:person:1"
FORMAT = "gdprdesk-person"
VERSION = 1
OF_HER = ("registered_on", "active_on", "relation_ended_on", "restricted_on", "objected_on")
OF_TEXT = ("purpose", "name", "text", "version", "language")
OF_COMPANY = ("name", "org_number", "address")
OF_CONTROLLER = ("name", "org_number")
POINTS: dict[str, tuple[str, Any]] = {
    "company_id": ("company", Company),
    "controller_id": ("controller", ControllerServed),
}


@query("person.copy", needs=Permission.EXPORT_ONE)
def person_copy(
    read: Session,
    *,
    subject_ref: SubjectRef,
    language_code: str = "",
    masked: tuple[Masking, ...] = (),
    portable: bool = False,
) -> dict[str, Any]:
    """Return everything about one person as data, by the published schema.

    Args:
        read: The open register.
        subject_ref: Who.
        language_code: The language of the sentences in it; without one, hers.
        masked: What is taken out because it is about somebody else.
        portable: Only what she gave herself, by consent or contract: Article 20.
    """
    must_give_all(read, portable=portable)  # refused in the language of the window
    subject = find_subject(read, subject_ref)
    with language(language_code or subject.language or controller_of(read).language):
        return as_data(read, gather(read, subject_ref, masks=masked, portable=portable))


def as_data(read: Session, copy: PersonCopy) -> dict[str, Any]:
    """Return a copy as data, with its sentences in the language spoken."""
    return {
        "$schema": SCHEMA,
        "format": FORMAT,
        "version": VERSION,
        "scope": "portable" if copy.portable else "everything",
        "made_at": now_of(read).isoformat(),
        "language": current_language(),
        "controller": _controller(read),
        "person": _person(read, copy),
        "records": {
            kind_name(kind): [_data(read, copy, one) for one in some]
            for kind, some in copy.of_kind()
        },
        "why": reasons(read, copy),
        "masked": [{"record": one["record"], "reason": one["reason"]} for one in copy.masks],
        "left_out": {kind_name(kind): count for kind, count in copy.left_out().items()},
        "also": [] if copy.portable else proofs_about(read, copy.known),
        "logged": [
            {"month": one.month, "action": one.action, "count": one.count}
            for one in logged_of(read, copy.records)
        ],
    }


def reasons(read: Session, copy: PersonCopy) -> list[dict[str, Any]]:
    """Return why each part is kept, until when, who else gets it, as the register says."""
    phrase, recipients = _phrase(read), recipients_by_activity(read)
    shown = {one.activity_id for one in copy.records}
    said = []
    for row in why_kept(read, copy.subject, list(copy.known)):
        activity = find_activity(read, row.activity_ref)
        getting = recipients.get(activity.id, [])
        if activity.id in shown:
            said.append(
                {
                    "activity": phrase(activity.name),
                    "purpose": phrase(activity.purpose),
                    "basis": row.legal_basis.value,
                    "legal_basis": say(row.legal_basis),
                    "period": row.period,
                    "kept_until": plain(row.until),
                    "recipients": [phrase(one.name) for one in getting],
                    "transfers": [
                        {
                            "recipient": phrase(one.name),
                            "country": one.country,
                            "safeguard": phrase(one.mechanism),
                        }
                        for one in transfers(getting)
                    ],
                    "source": phrase(activity.sources),
                    "profiling": phrase(activity.profiling),
                    "automated_decision": phrase(activity.automated_decision),
                    "objection": phrase(activity.objection),
                }
            )
    return said


def plain(value: Any) -> Any:
    """Return a value of a column as JSON knows it: terms by name, days and times as ISO text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def written_columns(kind: type[PersonalRecord]) -> Iterator[Column[Any]]:
    """Walk the columns of a kind whose value stands in the copy as it is."""
    for column in inspect(kind).columns:
        kept_out = column.primary_key or column.foreign_keys or column.info.get("only_here")
        if not kept_out and not isinstance(column.type, PersonalBytes | SealedBytes):
            yield column


def _data(read: Session, copy: PersonCopy, record: PersonalRecord) -> dict[str, Any]:
    activity = read.get_one(ProcessingActivity, record.activity_id)
    said = {
        "ref": record.ref,
        "activity": _phrase(read)(activity.name),
        "activity_key": activity.key,
    }
    for column in written_columns(type(record)):
        said[column.key] = plain(copy.value(record, column.key))
    for key, (name, kind) in POINTS.items():
        if hasattr(record, key):
            said[name] = _named(read, kind, getattr(record, key))
    if isinstance(record, Consent):
        said |= _fields(read.get_one(ConsentText, record.text_id), OF_TEXT)
    if record.ref in copy.paths:
        content = copy.content(read, record)
        said |= {"path": copy.paths[record.ref], "sha256": hashlib.sha256(content).hexdigest()}
    return said


def _named(read: Session, kind: type[Entity], key: int | None) -> Any:
    if key is None:
        return None
    fields = OF_COMPANY if kind is Company else OF_CONTROLLER
    return _fields(read.get_one(kind, key), fields)


def _fields(entity: Any, fields: Sequence[str]) -> dict[str, Any]:
    return {field: getattr(entity, field) for field in fields}


def _controller(read: Session) -> dict[str, str]:
    known = controller_of(read)
    fields = ("name", "org_number", "address", "contact", "email", "phone", "country", "currency")
    return _fields(known, fields) | {"authority": authority_name(known.country)}


def _person(read: Session, copy: PersonCopy) -> dict[str, Any]:
    subject = copy.subject
    return {
        "ref": subject.ref,
        "name": subject.name,
        "kind": subject.kind.value,
        "language": subject.language,
        **{field: plain(getattr(subject, field)) for field in OF_HER},
        "restriction": plain(subject.restriction),
        "company": _named(read, Company, subject.company_id),
    }


def _phrase(read: Session) -> Any:
    return phrase_book(controller_of(read).trade, current_language())
