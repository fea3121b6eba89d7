"""What may be entered at all, whatever the action: refused with a sentence, and nothing saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import func, select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import RecipientRole
from gdprdesk.services.bookings import BookingFilter, list_bookings
from gdprdesk.services.companies import add_company, list_companies
from gdprdesk.services.consents import list_consents
from gdprdesk.services.entering import check_entered
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.erasure_cases import complete_outside_task, show_receipt
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.notes import add_attachment, add_note, list_attachments
from gdprdesk.services.onboarding import propose
from gdprdesk.services.recipients import (
    RecipientChanges,
    add_recipient,
    list_recipients,
    update_recipient,
)
from gdprdesk.services.registry import ACTIONS
from gdprdesk.services.subjects import list_subjects, update_subject
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, person

LONG = "x" * 10_000


@pytest.mark.parametrize(
    "value",
    [
        "a\0b", "\x1b[2J", "\x7f", "\x9f", "half\udcff", "bell\a", LONG + "x",
        date(1899, 12, 31), date(2101, 1, 1), date.min, date.max, Path("a\0b"),
        ("fine", ["a\0b"]), {"field": ["a\0b"]}, {"a\0b": 1}, replace(CAFE, phone="a\0b"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(value: Any) -> None:
    with pytest.raises(DomainError, match="Nothing was saved"):
        check_entered(value)


@pytest.mark.parametrize(
    "value",
    ["", LONG, "one\ttwo\nthree", "Åse Ærø 🎂", date(1900, 1, 1), date(2100, 12, 31), 7, None, CAFE,
     Path("Tårta.pdf"), b"\0", RecipientRole.PROCESSOR],
)  # fmt: skip
def test_what_people_write_is_kept(value: Any) -> None:
    check_entered(value)


def wrong(hint: Any) -> Iterator[Any]:
    """Walk values of a type with something wrong in them; none for what holds no text or day."""
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    parts, origin = get_args(hint), get_origin(hint)
    if origin in {Union, UnionType}:
        yield from (one for part in parts for one in wrong(part))
    elif origin is tuple:
        yield from ((one,) for one in wrong(parts[0]))
    elif origin is Mapping:
        yield from ({"field": one} for one in wrong(parts[1]))
    elif isinstance(hint, type) and is_dataclass(hint):
        named = [field.name for field in fields(hint)]
        for name, of in get_type_hints(hint).items():
            yield from (hint(**{**dict.fromkeys(named), name: one}) for one in wrong(of))
    elif hint in {str, Any}:
        yield from ("a\0b", "half\udcff", LONG + "x")
    elif hint is date:
        yield date.max
    elif hint is Path:
        yield Path("a\0b")


def log_lines(desk: Desk) -> int:
    return desk.ask(lambda read: read.scalar(select(func.count()).select_from(AuditEntry))) or 0


def test_no_action_lets_in_what_cannot_be_kept(desk: Desk) -> None:
    before, tried = log_lines(desk), 0
    for function in ACTIONS.values():
        for argument, hint in list(get_type_hints(function).items())[1:]:
            for value in wrong(hint) if argument != "return" else ():
                tried += 1
                with pytest.raises(DomainError):
                    desk.run(function, **{argument: value})
    assert tried > 200
    assert log_lines(desk) == before


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u200b \u2060", "\ufeff"])
def test_a_name_that_cannot_be_seen_is_none(desk: Desk, name: str) -> None:
    karin = person(desk)
    with pytest.raises(DomainError, match="Enter a name"):
        person(desk, name)
    with pytest.raises(DomainError, match="Enter a name"):
        desk.run(update_subject, subject_ref=karin, name=name)
    with pytest.raises(DomainError, match="Enter a name"):
        desk.run(add_company, name=name)
    with pytest.raises(DomainError, match="Enter a name"):
        desk.run(add_recipient, name=name, role=RecipientRole.PROCESSOR)
    assert [row.name for row in desk.ask(list_subjects).rows] == ["Karin Holm"]
    assert desk.ask(list_companies) == ()


def test_a_letter_is_in_a_language_there_is(desk: Desk) -> None:
    with pytest.raises(DomainError, match="sv, nb, en"):
        person(desk, language="de")
    karin = person(desk, language="nb")
    with pytest.raises(DomainError, match="sv, nb, en"):
        desk.run(update_subject, subject_ref=karin, language="de")


def test_the_name_of_a_file_is_a_text_too(desk: Desk, tmp_path: Path) -> None:
    karin, file = person(desk), tmp_path / "rosa\x1b.txt"
    file.write_text("rosa")
    with pytest.raises(DomainError, match="signs in it"):
        desk.run(add_attachment, subject_ref=karin, path=file)
    assert desk.ask(list_attachments, subject_ref=karin) == ()


def test_a_country_is_written_in_one_way(desk: Desk) -> None:
    ref = desk.run(add_recipient, name="Frakt", role=RecipientRole.PROCESSOR, country=" dk ")
    rows = {row.ref: row for row in desk.ask(list_recipients)}
    assert (rows[ref].country, rows[ref].outside_eea) == ("DK", False)
    for code in ("", "xx", "Danmark", "../se"):
        with pytest.raises(DomainError, match="two letters"):
            desk.run(update_recipient, recipient_ref=ref, changes=RecipientChanges(country=code))
    desk.run(update_recipient, recipient_ref=ref, changes=RecipientChanges(country="us"))
    assert {row.ref: row for row in desk.ask(list_recipients)}[ref].outside_eea


@pytest.mark.parametrize(
    "said",
    [
        {"name": "\u200b"}, {"country": "DK"}, {"country": "xx/../se"}, {"language": "de"},
        {"year_ends_in": 0}, {"year_ends_in": 13}, {"extras": ("q",)}, {"rules": {"orders": -5}},
        {"rules": {"orders": 10**9}}, {"trade": "bank"},
    ],
)  # fmt: skip
def test_a_business_that_cannot_be_makes_no_register(folder: Path, said: dict[str, Any]) -> None:
    business = replace(CAFE, **said)
    with pytest.raises(DomainError):
        Desk.create(folder, business=business, password=PASSWORD, limits=CHEAP)
    assert not folder.exists()
    if "name" not in said:
        with pytest.raises(DomainError):
            propose(business, TODAY)


def test_a_recipient_who_got_nothing_cannot_be_done(desk: Desk) -> None:
    karin = person(desk)
    desk.run(stage_erasure, subject_ref=karin)
    before = desk.ask(show_receipt, subject_ref=karin).outside
    with pytest.raises(DomainError, match="at this recipient"):
        desk.run(complete_outside_task, subject_ref=karin, recipient="nobody")
    assert desk.ask(show_receipt, subject_ref=karin).outside == before


@pytest.mark.parametrize("offset", [-1, -(10**30), 10**30])
@pytest.mark.parametrize("limit", [-1, 0, 10**30])
def test_a_page_is_never_asked_too_much(desk: Desk, offset: int, limit: int) -> None:
    person(desk)
    page = desk.ask(list_subjects, offset=offset, limit=limit)
    assert (page.total, len(page.rows)) == (1, int(offset < 0 < limit))
    assert desk.ask(list_consents, purpose="newsletter", offset=offset, limit=limit).rows == ()
    assert desk.ask(list_invoices, offset=offset, limit=limit).rows == ()
    for show in BookingFilter:
        assert desk.ask(list_bookings, show=show, offset=offset, limit=limit).rows == ()


def test_a_long_note_is_kept_whole(desk: Desk) -> None:
    assert desk.run(add_note, subject_ref=person(desk), text=LONG)
