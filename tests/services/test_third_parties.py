"""Who else is named in a person's records, with the words around."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import Masking
from gdprdesk.services.companies import add_company
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.notes import add_note
from gdprdesk.services.third_parties import others_named
from tests.builders import TODAY, delivered, person
from tests.texts import read_pdf


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    person(desk, "Anna Nyberg", phone="0731112233", email="anna@example.com")
    person(desk, "Sten Ek")
    desk.run(add_company, name="Hotell Sjön")
    return person(desk, phone="0701740645", email="karin@example.com")


def named(desk: Desk, ref: SubjectRef, text: str) -> list[tuple[str, str]]:
    desk.run(add_note, subject_ref=ref, text=text)
    return [(one.words, one.who) for one in desk.ask(others_named, subject_ref=ref)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring Anna Nyberg", [("Anna Nyberg", "Anna Nyberg")]),
        ("anna nybergs tårta", [("anna nybergs", "Anna Nyberg")]),
        ("ring 073-111 22 33 i kväll", [("073-111 22 33", "Anna Nyberg")]),
        ("+46731112233", [("+46731112233", "Anna Nyberg")]),
        ("mejla Anna@Example.com", [("Anna@Example.com", "Anna Nyberg")]),
        ("mejla lisa@x.se", [("lisa@x.se", "")]),
        ("kom med Lisa Berg", [("Lisa Berg", "")]),
        ("hentet av Kari Nordmann", [("Kari Nordmann", "")]),
        ("came with Lisa Mary Berg", [("Lisa Mary Berg", "")]),
    ],
)
def test_others_are_found(desk: Desk, karin: SubjectRef, text: str, found: object) -> None:
    assert named(desk, karin, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Karin Holm kom själv, karin@example.com, 070-174 06 45",
        "Maja Lind tog emot",  # who answers at the business
        "levereras till Hotell Sjön",
        "en stor sten ek",
        "order 2026-11-21 18:40, 1 250,00 kr, nr 10012345",
        "Hon vill ha Prinsesstårta Rosa",
    ],
)
def test_she_herself_the_business_and_mere_words_are_not(
    desk: Desk, karin: SubjectRef, text: str
) -> None:
    assert named(desk, karin, text) == []


def test_the_words_around_are_shown_and_places_counted(desk: Desk, karin: SubjectRef) -> None:
    delivered(desk, karin, note="Hämtas av Anna Nyberg. Anna Nyberg betalar inte.")
    (one,) = desk.ask(others_named, subject_ref=karin)
    assert (one.kind, one.column, one.places) == ("booking", "note", 2)
    assert (one.before, one.after) == ("Hämtas av ", ". Anna Nyberg betalar inte.")


def test_a_mask_goes_into_every_format_with_its_reason_and_not_its_words(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    note = "Annas tårta, hämtas av Anna Nyberg (Annan)"
    delivered(desk, karin, note=note, what="Till Anna Nyberg", wanted_on=TODAY)
    (one,) = desk.ask(others_named, subject_ref=karin)
    masked = (Masking(record=one.record, words="Anna Nyberg", reason="Hennes ensak"),)
    for ending in ("json", "csv", "pdf", "ics"):
        to = tmp_path / f"copy.{ending}"
        desk.run(export_person, subject_ref=karin, to=to, masked=masked, language_code="en")
        text = read_pdf(to) if ending == "pdf" else to.read_text("utf-8-sig")
        assert "Nyberg" not in text
        assert "[masked]" in text
        if ending != "ics":
            assert "Annas tårta, hämtas av [masked] (Annan)" in text
        if ending in {"json", "pdf"}:
            assert "Hennes ensak" in text
    copied = json.loads((tmp_path / "copy.json").read_text("utf-8"))
    assert copied["masked"] == [{"record": one.record, "reason": "Hennes ensak"}]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("Anna Nyberg", " "), "Write why"),
        (("Nybergson", "Hennes"), "does not stand in that record"),
        (("", "Hennes"), "does not stand in that record"),
    ],
)
def test_a_mask_that_cannot_be_is_refused_and_nothing_written(
    desk: Desk, karin: SubjectRef, tmp_path: Path, said: tuple[str, str], sentence: str
) -> None:
    delivered(desk, karin, note="Anna Nyberg")
    (one,) = desk.ask(others_named, subject_ref=karin)
    masked = (Masking(record=one.record, words=said[0], reason=said[1]),)
    with pytest.raises(DomainError, match=sentence):
        desk.run(export_person, subject_ref=karin, to=tmp_path / "copy.pdf", masked=masked)
    assert list(tmp_path.glob("copy*")) == []
