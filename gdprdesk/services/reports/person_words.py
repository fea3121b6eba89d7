"""What a record about a person says, in words she reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalBytes, PersonalRecord, SealedBytes, label_of
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.staff import LeavingStep, StaffMember
from gdprdesk.domain.terms import (
    CaseStep,
    ConsentMethod,
    ContactKind,
    Decision,
    RequestDecision,
    RequestKind,
    StopReason,
    say,
)
from gdprdesk.i18n import _, format_day, format_money
from gdprdesk.services.finding import controller_of
from gdprdesk.services.person_copy import PersonCopy
from gdprdesk.services.proofs_about import STOPPED
from gdprdesk.services.staff_leaving import step_words
from gdprdesk.services.staff_names import staff_name, staff_title

_BY = {"placed_by", "checked_by"}
_POINTERS = {"record", "column", "by"}
_TERMS: Mapping[tuple[str, str], type[Enum]] = {
    ("consent", "decision"): Decision,
    ("consent", "method"): ConsentMethod,
    ("data_subject_request", "request"): RequestKind,
    ("data_subject_request", "decision"): RequestDecision,
    (STOPPED, "contact"): ContactKind,
    (STOPPED, "reason"): StopReason,
}


def shown_columns(kind: type[PersonalRecord]) -> Iterator[str]:
    """Walk the columns of a kind that a person reads; how a value is compared is not for her."""
    for column in inspect(kind).columns:
        named = column.key in kind.labels or column.key == "recorded_on"
        compared = column.key == "normal" or column.info.get("only_here")
        is_file = isinstance(column.type, PersonalBytes | SealedBytes)
        if named and not compared and not is_file:
            yield column.key


def lines_of(read: Session, copy: PersonCopy, record: PersonalRecord) -> Iterator[tuple[str, str]]:
    """Walk what a record says: what each thing is called, and what it is."""
    for column in shown_columns(type(record)):
        value = _say_column(read, copy, record, column)
        if value:
            yield _(label_of(type(record), column)), value
    if isinstance(record, Consent):
        yield _("The words you were asked with"), read.get_one(ConsentText, record.text_id).text
    if isinstance(record, JournalNote):
        yield from _lines_of_note(read, record)
    if record.ref in copy.paths:
        yield _("Lies in the copy as"), copy.paths[record.ref]


def _say_column(read: Session, copy: PersonCopy, record: PersonalRecord, column: str) -> str:
    value = copy.value(record, column)
    if column in _BY:
        return staff_title(read, value) if value else ""
    if isinstance(record, StaffMember) and column == "leaving":
        return "\n".join(_say_leaving(read, record, step) for step in value)
    return say_value(read, value)


def _say_leaving(read: Session, member: StaffMember, step: LeavingStep) -> str:
    title, _text = step_words(read, member, step["key"])
    day = _say_word(step["done_on"]) or _("not yet")
    return ", ".join(part for part in (f"{title}: {day}", step["note"]) if part)


def _lines_of_note(read: Session, note: JournalNote) -> Iterator[tuple[str, str]]:
    """Walk who wrote a note in her journal and who signed it, and whether it corrects another."""
    yield _("Kind"), say(note.kind)
    yield _("Written by"), staff_name(read, note.written_by)
    signer = staff_name(read, note.signed_by) if note.signed_at else _("Not signed: a draft")
    yield _("Signed by"), signer
    if note.minutes is not None:
        yield _("Took"), _("{count} minutes").format(count=note.minutes)


def say_value(read: Session, value: Any) -> str:
    """Return a value of a column in the language spoken; nothing for nothing."""
    if isinstance(value, Enum):
        return say(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, list):
        return "\n".join(_say_part(read, one) for one in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {one}" for key, one in value.items())
    return "" if value is None else str(value)


def say_proof(proof: Mapping[str, Any]) -> str:
    """Return what is kept beside the records: what it says, and until when."""
    kind, facts = proof["kind"], proof["facts"]
    said = ", ".join(_say_fact(kind, field, word) for field, word in facts.items() if word)
    until = format_day(date.fromisoformat(proof["until"]))
    return _("{what}. Kept until {day}.").format(what=said, day=until)


def _say_fact(kind: str, field: str, word: str) -> str:
    term = _TERMS.get((kind, field))
    return say(term(word)) if term else _say_word(word)


def _say_part(read: Session, part: Any) -> str:
    if not isinstance(part, dict):
        return str(part)
    if "net" not in part:  # such as a step of a request: its words speak for themselves
        words = (_say_step(one) if key == "what" else _say_word(one) for key, one in _said(part))
        return ", ".join(words)
    gross = Decimal(part["net"]) + Decimal(part["vat"])
    price = format_money(gross, controller_of(read).currency)
    return _("{quantity} of {text}: {price} with {rate} % VAT").format(
        quantity=part["quantity"], text=part["text"], price=price, rate=part["rate"]
    )


def _said(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((key, one) for key, one in part.items() if one and key not in _POINTERS)


def _say_step(word: str) -> str:
    return say(CaseStep(word)) if word in set(CaseStep) else word


def _say_word(word: str) -> str:
    try:
        return format_day(date.fromisoformat(word))
    except ValueError:
        return word
