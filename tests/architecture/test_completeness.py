"""Complete by construction: what the register holds about a person is found, handed out and erased.

Nothing here names a kind of record. A new kind is planted, searched, exported and erased like the
others, or a test fails: here, not at a customer's.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import JSON, inspect, select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import (
    Entity,
    Personal,
    PersonalBytes,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    PersonalTime,
    RecordRef,
    SealedBytes,
    SealedText,
    SealedValue,
    SubjectRef,
    kind_name,
    label_of,
    new_ref,
    personal_columns,
    personal_kinds,
    searched_columns,
)
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.proofs import Proof
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, ErasureState
from gdprdesk.i18n import format_day, language
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.finding import activity_for
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, person
from tests.pages import decrypted_pages, vault_key
from tests.texts import read_pdf

KINDS = list(personal_kinds())
COLUMNS = [column for table in Entity.metadata.tables.values() for column in table.columns]
LONG_AGO = date(1911, 1, 2)
# So that nothing is still needed: the order has been delivered.
# And that nobody has decided to keep any of it.
FINISHED: dict[type[PersonalRecord], dict[str, Any]] = {
    Booking: {"state": BookingState.COMPLETED},
    GiftCard: {"amount": "1.00"},
    Hold: {"target": RecordRef("gone")},
}
# What is only another spelling of a value that is handed out beside it.
DERIVED = {"sort_key", "normal"}
# What was taken out of an earlier copy: she is told why, and not what it said.
ABOUT_OTHERS = {(DataSubjectRequest, "masked")}
# The parts of a value in which somebody writes freely.
FREE_TEXT = {"text", "old", "new", "words", "reason", "note", "link"}


def word(kind: type, column: str) -> str:
    """Return a word that stands nowhere else, and begins like no other (an index shares that)."""
    number = hashlib.sha256(f"{kind.__name__}.{column}".encode()).digest()[:9]
    return "".join("bcdfghjklmnpqrtv"[half] for byte in number for half in divmod(byte, 16))


def marker(kind: type, column: str, column_type: Personal[Any], annotation: Any) -> Any:
    """Return a value of the column's own type that can be found again."""
    place = int.from_bytes(hashlib.sha256(f"{kind.__name__} {column}".encode()).digest()[:4])
    match column_type:
        case PersonalText() | SealedText():
            return word(kind, column)
        case PersonalDate():
            return LONG_AGO + timedelta(days=place % 30_000)
        case PersonalTime():
            return time(place % 24, place % 60, place % 59)
        case PersonalBytes() | SealedBytes():
            return word(kind, column).encode()
        case PersonalJson():
            return _parts(word(kind, column), get_args(annotation)[0])
    raise NotImplementedError(f"the tests cannot plant a {column_type!r}")


def _parts(said: str, shape: Any) -> Any:
    if get_origin(shape) is list:
        return [_parts(said, get_args(shape)[0])]
    if shape is str:
        return said
    if get_origin(shape) is dict:
        return {"field": said}
    return {
        field: said if field in FREE_TEXT else _plain_part(field) for field in get_type_hints(shape)
    }


def _plain_part(field: str) -> str:
    return LONG_AGO.isoformat() if field == "on" or field.endswith("_on") else "1"


def planted(kind: type[PersonalRecord], subject: DataSubject, work: UnitOfWork) -> PersonalRecord:
    """Return a record with a marker in every personal column."""
    given: dict[str, Any] = {}
    hints = get_type_hints(kind, include_extras=False)
    for column in inspect(kind).columns:
        if column.key in {"id", "ref"}:
            continue
        if isinstance(column.type, Personal):
            value = marker(kind, column.key, column.type, hints[column.key])
            sealed = isinstance(column.type, SealedValue)
            given[column.key] = work.seal(subject, column.type.area, value) if sealed else value
        elif not column.nullable and column.default is None and not is_json(column):
            given[column.key] = _plain(column, kind, subject, work)
    return kind(**{**given, **FINISHED.get(kind, {}), "subject_id": subject.id})


def is_json(column: Any) -> bool:
    """Return whether it is a value with parts that is not personal: it begins empty."""
    return isinstance(column.type, JSON)


def _plain(column: Any, kind: type[PersonalRecord], subject: DataSubject, work: UnitOfWork) -> Any:
    if column.key == "activity_id":
        try:
            return activity_for(work.session, kind).id
        except DomainError:  # consents belong to that of their words
            return work.session.scalars(select(ConsentText.activity_id)).first()
    if column.foreign_keys:
        (target,) = column.foreign_keys
        return work.session.scalar(select(target.column).limit(1))
    kinds: dict[type, Any] = {str: new_ref(), int: 0, bool: False}
    python = column.type.python_type
    return next(iter(python)) if issubclass(python, Enum) else kinds[python]


@pytest.fixture
def vera(desk: Desk, clock: Clock) -> SubjectRef:
    """A person of whom every kind of record is kept, all of it over long ago."""
    ref = person(desk, word(DataSubject, "name"))
    with UnitOfWork(desk._vault, clock) as work:
        subject = work.session.scalars(select(DataSubject)).one()
        for column, column_type in personal_columns(DataSubject):
            if isinstance(column_type, PersonalDate):
                setattr(subject, column, LONG_AGO)
        work.session.add(ControllerServed(name="Somebody served"))
        work.session.flush()
        work.session.add_all([planted(kind, subject, work) for kind in KINDS])
        work.commit("test.plant", of_restricted=True)
    return ref


def markers() -> Iterator[tuple[type[PersonalRecord], str, Personal[Any], Any]]:
    """Walk every personal column of every kind with what was planted in it."""
    for kind in KINDS:
        hints = get_type_hints(kind)
        for column, column_type in personal_columns(kind):
            yield kind, column, column_type, marker(kind, column, column_type, hints[column])


def spelt(value: Any) -> list[str]:
    """Return how a value is written in a file of text."""
    if isinstance(value, date | time):
        return [value.isoformat()]
    if isinstance(value, bytes):
        return [value.decode()]
    return [value] if isinstance(value, str) else _words_in(value)


def _words_in(value: Any) -> list[str]:
    text = json.dumps(value)
    return [part for part in text.split('"') if len(part) > 15]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_says_whether_it_is_personal_and_is_reached_by_the_walk(column) -> None:
    personal = isinstance(column.type, Personal)
    assert personal != (column.info.get("personal") is False)
    if personal:
        assert column.table in {inspect(kind).local_table for kind in (DataSubject, *KINDS)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_for_itself_and_for_each_personal_column(kind) -> None:
    assert all(kind.called)
    assert all(label_of(kind, column) for column, _type in personal_columns(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_start_of_a_rule_is_a_column(kind) -> None:
    assert set(kind.clock.values()) <= set(inspect(kind).columns.keys())


def test_every_word_is_found_but_of_columns_not_searched(desk: Desk, vera: SubjectRef) -> None:
    hidden = 0
    for kind, column, column_type, value in markers():
        if isinstance(column_type, PersonalText | PersonalJson):
            searched = inspect(kind).columns[column] in searched_columns(kind)
            hidden += not searched
            for one in spelt(value):
                found = desk.ask(list_subjects, search=one[:9]).rows
                assert [row.ref for row in found] == [vera] * searched, (kind, column)
    assert hidden


def test_health_and_what_is_half_written_is_not_searched() -> None:
    kinds: list[type[Entity | PersonalRecord]] = [DataSubject, *KINDS]
    hidden = {
        f"{kind.__name__}.{column.key}"
        for kind in kinds
        for column in inspect(kind).columns
        if isinstance(column.type, PersonalText | PersonalJson)
        and column.key not in {one.key for one in searched_columns(kind)}
    }
    assert hidden == {
        "DietNote.text",
        "Draft.entered",
        "GiftCard.uses",
        "Consent.evidence",
        "Consent.given_by",
        "Guardian.reach",
        "Hold.why",
        "SourceNotice.source",
        "SourceNotice.why",
        "BreachNotice.note",
        "CameraClip.from_at",
        "CameraClip.to_at",
        "CameraClip.why",
        "DataSubjectRequest.asker",
        "DataSubjectRequest.authority",
        "DataSubjectRequest.corrections",
        "DataSubjectRequest.doubt",
        "DataSubjectRequest.extension_note",
        "DataSubjectRequest.identity_note",
        "DataSubjectRequest.masked",
        "DataSubjectRequest.refusal_note",
        "DataSubjectRequest.reply_to",
        "DataSubjectRequest.steps",
        "DataSubjectRequest.wish",
        "Disclosure.to_whom",
        "Disclosure.what",
        "Instruction.done_how",
        "Instruction.scope",
        "Media.origin_link",
        "Media.publications",
        "Media.words",
        "PaperFile.what",
        "IdentityNumber.shown",
        "IdentityNumber.digest",
        "IdentityNumber.why",
        "StaffMember.name",
        "StaffMember.leaving",
        "DestructionDecision.decided_by",
        "DestructionDecision.case_number",
        "DestructionDecision.why",
    }


def test_everything_is_in_the_copy_for_programs(
    desk: Desk, vera: SubjectRef, tmp_path: Path
) -> None:
    desk.run(export_person, subject_ref=vera, to=tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        copied = json.loads(packed.read("copy.json"))
        files = b"".join(packed.read(n) for n in packed.namelist() if n.startswith("files/"))
    assert copied["person"]["name"] == word(DataSubject, "name")
    for column, column_type in personal_columns(DataSubject):
        if isinstance(column_type, PersonalDate):
            assert copied["person"][column] == LONG_AGO.isoformat()
    for kind, column, column_type, value in markers():
        (record,) = copied["records"][kind_name(kind)]
        if inspect(kind).columns[column].info.get("only_here"):
            assert column not in record
        elif isinstance(column_type, PersonalBytes | SealedBytes):
            assert value in files
        else:
            said = record[column]
            if (kind, column) in ABOUT_OTHERS:
                assert [one["reason"] for one in said] == [one["reason"] for one in value]
                assert not [one for one in said if word(kind, column) in one["words"]]
                continue
            assert said == (value.isoformat() if isinstance(value, date | time) else value)


def test_everything_is_in_the_copy_for_people(desk: Desk, vera: SubjectRef, tmp_path: Path) -> None:
    file = tmp_path / "copy.pdf"
    desk.run(export_person, subject_ref=vera, to=file, language_code="sv")
    text = read_pdf(file)
    for kind, column, column_type, value in markers():
        is_file = isinstance(column_type, PersonalBytes | SealedBytes)
        only_here = inspect(kind).columns[column].info.get("only_here")
        if column in DERIVED or is_file or only_here:
            continue
        with language("sv"):
            said = format_day(value) if isinstance(value, date) else None
        said = value.strftime("%H:%M") if isinstance(value, time) else said
        for one in [said] if said else spelt(value):
            assert one in text, (kind, column)


def proved(desk: Desk) -> set[str]:
    """Return the facts that stay as proof of a consent and a request, which name nobody."""
    facts = desk.ask(lambda read: read.scalars(select(Proof.facts)).all())
    return {said for one in facts for said in one.values() if said}


def test_nothing_of_an_erased_person_is_left_in_any_page(
    desk: Desk, vera: SubjectRef, folder: Path
) -> None:
    key = vault_key(folder)
    before = decrypted_pages(folder, key)
    for kind, column, _type, value in markers():
        plain = not isinstance(_type, SealedValue)
        assert all((one.encode() in before) is plain for one in spelt(value)), (kind, column)
    desk.run(erase_subject, subject_ref=vera, acknowledge_journal=True)
    desk.finish()
    assert desk.ask(show_receipt, subject_ref=vera).state is ErasureState.DONE
    after = decrypted_pages(folder, key)
    stays = proved(desk)
    assert min(date.fromisoformat(one) for one in stays if one.count("-") == 2) > LONG_AGO
    for kind, column, _type, value in markers():
        left = [one for one in spelt(value) if one.encode() in after]
        assert left == [one for one in spelt(value) if one in stays], (kind, column)
    assert word(DataSubject, "name").encode() not in after


def test_of_a_person_with_an_invoice_only_the_invoice_is_left(
    desk: Desk, vera: SubjectRef, folder: Path, clock: Clock
) -> None:
    with UnitOfWork(desk._vault, clock) as work:
        work.session.scalars(select(Invoice)).one().issued_on = TODAY
        work.commit("test.issue", of_restricted=True)
    desk.run(erase_subject, subject_ref=vera, acknowledge_journal=True)
    desk.finish()
    assert desk.ask(show_receipt, subject_ref=vera).state is ErasureState.HELD
    after = decrypted_pages(folder, vault_key(folder))
    stays = proved(desk)
    for kind, column, _type, value in markers():
        kept = kind is Invoice and column != "issued_on"
        for one in spelt(value):
            assert (one.encode() in after) is (kept or one in stays), (kind, column)
    assert word(DataSubject, "name").encode() not in after
