"""What goes out can come in: a copy taken in by an empty register goes out again the same."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest
import pyzipper
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlalchemy import inspect, select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import (
    PersonalRecord,
    SealedBytes,
    SealedValue,
    SubjectRef,
    personal_kinds,
)
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.money import Line
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.imports.person_file import open_person
from gdprdesk.resources import resource
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.copy_import import import_copy
from gdprdesk.services.finding import find_activity_for
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAFE, CHEAP, PASSWORD, Clock, person

SEALED = "a very long password"
SCHEMA = json.loads(resource("schema/person.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
# What says when and for whom the copy was made, and what only that register knows.
OF_THE_COPY = {"made_at", "controller", "why", "also"}
LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S"])
TEXTS = st.text(LETTERS, min_size=1, max_size=8)
NUMBERS = itertools.count(7_000_001)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    desk, _key = Desk.create(folder, business=CAFE, password=PASSWORD, limits=CHEAP, clock=Clock())
    try:
        yield desk
    finally:
        desk.lock()


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    """Two registers of the same trade: one that hands out, and one that takes in."""
    folder = tmp_path_factory.mktemp("trip")
    with opened(folder / "one.gdprdesk") as one, opened(folder / "two.gdprdesk") as two:
        with UnitOfWork(one._vault, Clock()) as work:
            work.session.add_all([Company(name="Hotell Sjön"), ControllerServed(name="Berg")])
            work.commit("test.plant")
        yield one, two


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A register of the same trade with nobody in it."""
    with opened(tmp_path / "other.gdprdesk") as desk:
        yield desk


def value_of(shape: Any) -> st.SearchStrategy[Any]:
    """Return whatever a column of this type can hold."""
    shape = getattr(shape, "__supertype__", shape)
    origin, parts = get_origin(shape), get_args(shape)
    if type(None) in parts:
        return st.none() | value_of(next(one for one in parts if one is not type(None)))
    if origin is list:
        return st.lists(value_of(parts[0]), max_size=1)
    if origin is dict:
        return st.dictionaries(TEXTS, value_of(parts[1]), max_size=1)
    if is_typeddict(shape):
        fields = get_type_hints(shape).items()
        return st.fixed_dictionaries({key: field_of(shape, key, hint) for key, hint in fields})
    if isinstance(shape, type) and issubclass(shape, Enum):
        return st.sampled_from(list(shape))
    return SIMPLE[shape]


SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    Any: TEXTS | st.integers(0, 9) | st.booleans(),
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(1, 10**6),
    date: DAYS,
    time: st.times().map(lambda at: at.replace(microsecond=0)),
    bytes: st.binary(max_size=200),
}


def field_of(shape: Any, key: str, hint: Any) -> st.SearchStrategy[Any]:
    """Return what a part can hold: amounts and days are text there."""
    if shape is Line and key != "text":
        return st.decimals(0, 9999, places=2).map(str)
    if key == "on" or key.endswith("_on"):
        days = DAYS.map(date.isoformat)
        return st.none() | days if type(None) in get_args(hint) else days
    return value_of(hint)


def made(kind: type[PersonalRecord], draw: Any, work: UnitOfWork, subject: DataSubject) -> Any:
    """Return a record of a kind with whatever its columns can hold."""
    said: dict[str, Any] = {}
    sizes: list[int] = []
    hints = get_type_hints(kind)
    for column in inspect(kind).columns:
        if column.key in {"id", "ref"} or column.foreign_keys:
            continue
        if isinstance(column.type, SealedValue):
            plain = draw(value_of(bytes if isinstance(column.type, SealedBytes) else str))
            said[column.key] = work.seal(subject, column.type.area, plain)
            sizes.append(len(plain))
        else:
            said[column.key] = draw(value_of(get_args(hints[column.key])[0]))
    if kind is GiftCard:
        said["amount"] = str(draw(st.decimals(1000, 9999, places=2)))
        said["uses"] = [{"on": "2026-11-21", "amount": "120.50", "booking": None}]
    if isinstance(said.get("number"), int | str):
        said["number"] = type(said["number"])(next(NUMBERS))
    if "size" in said:
        said["size"] = sizes[-1] if sizes else len(said["content"] or b"")
    for key, target in (("text_id", ConsentText), ("company_id", Company)):
        if key in inspect(kind).columns:
            said[key] = work.session.scalars(select(target.id)).first()
    if "controller_id" in inspect(kind).columns:
        said["controller_id"] = work.session.scalars(select(ControllerServed.id)).first()
    activity = find_activity_for(work.session, kind)  # a consent belongs to that of its words
    words = work.session.scalars(select(ConsentText.activity_id).limit(1)).one()
    activity_id = activity.id if activity else words
    return kind(**said, subject_id=subject.id, activity_id=activity_id)


def handed_out(desk: Desk, ref: SubjectRef, file: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what a copy says of her, and her files."""
    desk.run(export_person, subject_ref=ref, to=file, password=SEALED, overwrite=True)
    with pyzipper.AESZipFile(file) as packed:
        packed.setpassword(SEALED.encode())
        copied = json.loads(packed.read("copy.json"))
        files = {n: packed.read(n) for n in packed.namelist() if n.startswith("files/")}
    VALIDATOR.validate(copied)
    return {key: one for key, one in copied.items() if key not in OF_THE_COPY}, files


@pytest.mark.parametrize("kind", list(personal_kinds()))
@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],  # shrinking a register takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_every_kind_of_record_goes_out_comes_in_and_goes_out_the_same(
    registers: tuple[Desk, Desk],
    tmp_path: Path,
    kind: type[PersonalRecord],
    data: st.DataObject,
) -> None:
    one, two = registers
    name = f"{next(NUMBERS)} {data.draw(TEXTS)}"
    ref = person(one, " ".join(name.split()))
    with UnitOfWork(one._vault, Clock()) as work:
        subject = work.session.scalars(select(DataSubject).where(DataSubject.ref == ref)).one()
        work.session.add(made(kind, data.draw, work, subject))
        work.commit("test.plant")
    before = handed_out(one, ref, tmp_path / "copy.zip")
    receipt = two.run(import_copy, package=open_person(tmp_path / "copy.zip", password=SEALED))
    assert (receipt.ref, receipt.records, receipt.remarks) == (ref, 1, ())
    assert handed_out(two, ref, tmp_path / "again.zip") == before
