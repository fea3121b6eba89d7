"""Identity numbers: checked, with a reason, masked, and read by way of the log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import NumberKind, ReadReason
from gdprdesk.services.identity_numbers import (
    add_number,
    change_number,
    check_number,
    find_same_number,
    list_numbers,
    read_number,
    remove_number,
)
from tests.builders import TODAY, person

WHY = "Försäkringskassan kräver det på intyget."
# Made up; the check digits were worked out by hand by the rules of each kind.
ANNA = "850101-1236"


@pytest.mark.parametrize(
    ("typed", "kind", "number", "shown"),
    [
        (ANNA, "personnummer", "19850101-1236", "850101-****"),
        ("8501011236", "personnummer", "19850101-1236", "850101-****"),
        ("19850101 1236", "personnummer", "19850101-1236", "850101-****"),
        (" 198501011236 ", "personnummer", "19850101-1236", "850101-****"),
        ("201013+1239", "personnummer", "19201013-1239", "201013-****"),
        ("850161-1233", "samordningsnummer", "19850161-1233", "850161-****"),
        ("19850161-1233", "samordningsnummer", "19850161-1233", "850161-****"),
        ("151086 95088", "fodselsnummer", "151086 95088", "151086 *****"),
        ("15108695088", "fodselsnummer", "151086 95088", "151086 *****"),
        ("151086-95088", "fodselsnummer", "151086 95088", "151086 *****"),
        ("55108610092", "d_nummer", "551086 10092", "551086 *****"),
    ],
)
@pytest.mark.parametrize("country", ["SE", "NO"])
def test_a_number_is_known_however_it_is_typed(typed, kind, number, shown, country) -> None:
    checked = check_number(typed, country, TODAY)
    assert (checked.kind, checked.number, checked.shown) == (NumberKind(kind), number, shown)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "hej", "850101-1237", "851301-1238", "850132-1234", "15108695077", "99108695000"),
        *("8501011236850101", "20850101-1236", "850101-123", "-", "0000000000"),
    ],
)
def test_what_cannot_be_right_is_refused(desk: Desk, typed: str) -> None:
    anna = person(desk, "Anna Ek")
    with pytest.raises(DomainError, match="This is no personnummer"):
        desk.run(add_number, subject_ref=anna, number=typed, why=WHY)
    assert desk.ask(list_numbers, subject_ref=anna) == ()


def test_a_number_needs_a_reason_and_is_shown_masked(desk: Desk) -> None:
    anna = person(desk, "Anna Ek")
    with pytest.raises(DomainError, match="Write why you must know the number"):
        desk.run(add_number, subject_ref=anna, number=ANNA, why="  ")
    desk.run(add_number, subject_ref=anna, number=ANNA, why=WHY)
    (row,) = desk.ask(list_numbers, subject_ref=anna)
    assert (row.shown, row.why, row.also) == ("850101-****", WHY, ())
    with pytest.raises(DomainError, match="has such a number already"):
        desk.run(add_number, subject_ref=anna, number=ANNA, why=WHY)


def test_a_number_is_read_by_way_of_the_log(desk: Desk) -> None:
    anna = person(desk, "Anna Ek")
    ref = desk.run(add_number, subject_ref=anna, number=ANNA, why=WHY)
    number = desk.read(read_number, ref=ref, reason=ReadReason.IDENTITY)
    assert number == "19850101-1236"
    last = desk.ask(lambda r: r.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first())
    assert last is not None
    assert (last.action, last.reason) == ("number.read", ReadReason.IDENTITY)
    assert anna in last.refs
    assert ref in last.refs


def test_the_same_number_of_somebody_else_is_found(desk: Desk) -> None:
    anna, twin = person(desk, "Anna Ek"), person(desk, "Anna Eek")
    desk.run(add_number, subject_ref=anna, number=ANNA, why=WHY)
    assert desk.ask(find_same_number, number="198501011236") == (anna,)
    assert desk.ask(find_same_number, number="850161-1233") == ()
    desk.run(add_number, subject_ref=twin, number="198501011236", why=WHY)
    assert desk.ask(list_numbers, subject_ref=twin)[0].also == (anna,)


def test_a_number_is_changed_taken_out_and_that_undone(desk: Desk) -> None:
    anna = person(desk, "Anna Ek")
    ref = desk.run(add_number, subject_ref=anna, number=ANNA, why=WHY)
    desk.run(change_number, ref=ref, number="850161-1233")
    desk.run(change_number, ref=ref, why="Intyg")
    (row,) = desk.ask(list_numbers, subject_ref=anna)
    assert (row.kind, row.shown, row.why) == (NumberKind.SAMORDNINGSNUMMER, "850161-****", "Intyg")
    assert desk.read(read_number, ref=ref, reason=ReadReason.CHECK) == "19850161-1233"
    desk.run(remove_number, ref=ref)
    assert desk.ask(list_numbers, subject_ref=anna) == ()
    desk.undo()
    assert desk.read(read_number, ref=ref, reason=ReadReason.CHECK) == "19850161-1233"
