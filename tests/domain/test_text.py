"""How letters and numbers are searched and sorted."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.text import (
    digits,
    finder_of,
    fold,
    is_number,
    number_tails,
    search_words,
    sort_key,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Björk", "bjork"),
        ("Bjørk", "bjork"),
        ("BJÖRK", "bjork"),
        ("Ærla Åsgård", "aerla asgard"),
        ("Bjo\u0308rk", "bjork"),  # ö as two signs, as macOS writes it
        ("Straße", "strasse"),
        ("Łukasz Đorđe Þór Eyðis", "lukasz dorde thor eydis"),
        ("Éléonore", "eleonore"),
        ("Ǿvind", "ovind"),
    ],
)
def test_letters_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("plane", range(0x11))
def test_every_letter_there_is_has_one_folded_form(plane: int) -> None:
    letters = (chr(number) for number in range(plane << 16, (plane + 1) << 16))
    assert [one for one in letters if fold(fold(one)) != fold(one)] == []


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


SWEDISH = ["Abel", "Zeta", "Åberg", "Älv", "Ärla", "Öberg", "Østby"]
NORWEGIAN = ["Abel", "Zeta", "Ægir", "Ærlig", "Østby", "Øyen", "Åberg"]


@pytest.mark.parametrize(("alphabet", "order"), [("sv", SWEDISH), ("nb", NORWEGIAN)])
def test_names_are_sorted_as_the_language_does(alphabet: str, order: list[str]) -> None:
    keys = [sort_key(name, alphabet) for name in order]
    assert all(one < other for one, other in pairwise(keys))


def test_the_neighbours_letters_have_their_place() -> None:
    assert sort_key("Ægir", "sv") == sort_key("ägir", "sv")
    assert sort_key("Ärla", "nb") == sort_key("ærla", "nb")
    assert sort_key("O\u0308berg", "sv") == sort_key("Öberg", "sv")


def test_digits() -> None:
    assert digits("+46 (0)70-174 06 45") == "460701740645"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("174", True),
        ("174 06", True),
        ("+46 70", True),
        ("(08) 12", True),
        ("17", False),
        ("070a", False),
        ("", False),
        ("+- 1", False),
    ],
)
def test_what_looks_like_a_part_of_a_number(text: str, is_one: bool) -> None:
    assert is_number(text) is is_one


@given(st.text("0123456789", min_size=5, max_size=15), st.data())
def test_any_three_digits_of_a_number_begin_a_tail(number: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(number) - 3))
    part = number[start : start + data.draw(st.integers(3, len(number)))]
    assert any(tail.startswith(part) for tail in number_tails(f"Ring {number} efter fem"))


def test_numbers_are_one_however_they_are_grouped() -> None:
    assert next(number_tails("tel. 070-174 06 45")) == "0701740645"
    assert list(number_tails("rum 1204")) == []


def test_a_run_longer_than_any_phone_number_has_no_tails() -> None:
    assert list(number_tails("7" * 20_000)) == []
    assert list(number_tails("7 " * 16)) == []


def test_numbers_on_two_lines_are_two_numbers() -> None:
    assert list(number_tails("12345\n67890")) == ["12345", "2345", "345", "67890", "7890", "890"]


@given(st.text(st.characters(max_codepoint=0x24F, categories=["L", "Zs"]), max_size=30), st.data())
def test_what_finds_a_word_finds_it_as_folding_would(text: str, data: st.DataObject) -> None:
    words = search_words(text)
    for word in words:
        part = word[data.draw(st.integers(0, len(word) - 1)) :]
        found = finder_of(part).search(text)
        if found:
            assert part in fold(found[0])
    for word in words[:1]:
        assert finder_of(word).search(unicodedata.normalize("NFD", text.casefold()))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("somn", "SÖMNEN"),
        ("strasse", "Straße"),
        ("aerlig", "Ærlig"),
        ("bjork", "Bjørk och björk"),
        ("a.b", "a.b"),
        ("fin", "\ufb01nt"),
        ("kaffi", "ka\ufb03"),
        ("sth", "S\u00fe"),
        ("assse", "a\u00dfse"),
        ("assse", "as\u00dfe"),
    ],
)
def test_a_word_is_found_however_it_is_written(word: str, text: str) -> None:
    assert finder_of(word).search(text)
    assert not finder_of(word).search("xyz")
