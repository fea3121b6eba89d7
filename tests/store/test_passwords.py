"""What is refused as a password, why, and what is offered instead."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource
from gdprdesk.store.passwords import check_new_password, suggest_passphrase, weakness_of

KNOWN = ("Solsidans Bokhandel AB", "Åsa Nyström", "café-lund")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Sommar2026!", "ordinary word"),
        ("Lösenord123", "ordinary word"),
        ("losenord-123", "ordinary word"),
        ("Passord2026!", "ordinary word"),
        ("Göteborg1987", "ordinary word"),
        ("Tromsø-2025", "ordinary word"),
        ("Ingrid2014!!", "ordinary word"),
        ("Solsidans Bokhandel AB 2026", "name of your business"),
        ("solsidansbokhandelab26", "name of your business"),
        ("Solsidans-Bokhandel-AB-2026", "name of your business"),
        ("Bokhandel2026!", "name of your business"),
        ("AsaNystrom1979!", "name of your business"),
        ("Cafe-Lund-2026", "name of your business"),
        ("qwertyuiop12", "very many people use"),
        ("zxcvbhjkl;'", "keys of the keyboard"),
        ("kattkattkatt", "repeats itself"),
        ("abcdefghijkl", "alphabet"),
        ("19870612-19", "year or a date"),
        ("k7#Qz2m", "too short. Choose at least 10"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused_and_says_why(password, said) -> None:
    with pytest.raises(DomainError, match=said) as refused:
        check_new_password(password, KNOWN)
    assert "words" in str(refused.value)
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    "password",
    [
        "häst batteri gul moln båt",
        "blåbær-måne-tog-vindu-fjell",
        "xK9#mQ2$vL",  # 10 signs of 95: what 10^10 guesses are for the library
        "en lång mening om min mormors katt",
        "solsidan möter höstens gröna traktor",
    ],
)
def test_a_password_of_several_words_or_of_pure_chance_is_taken(password) -> None:
    assert weakness_of(password, KNOWN) is None


def test_a_few_signs_of_pure_chance_are_too_few() -> None:
    assert "trying every combination" in str(weakness_of("k7#Qz2m"))
    assert "trying every combination" in str(weakness_of(""))


def test_a_name_makes_a_password_weak_only_where_it_is_known() -> None:
    assert weakness_of("Vreeswijkska kiosken") is None
    assert "name of your business" in str(
        weakness_of("Vreeswijkska kiosken", ["Vreeswijkska Kiosken"])
    )
    assert weakness_of("Vreeswijkska kiosken") is None  # the name of one is nobody else's


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passphrase_is_five_words_of_its_own_language(language) -> None:
    words = resource(f"words/phrase-{language}.txt").read_text("utf-8").split()
    phrase = suggest_passphrase(language)
    assert len(phrase.split("-")) == 5
    assert set(phrase.split("-")) <= set(words)
    assert weakness_of(phrase, KNOWN) is None
    assert len({suggest_passphrase(language) for _number in range(50)}) == 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_passphrase_are_enough_and_typed_on_any_keyboard(language) -> None:
    words = resource(f"words/phrase-{language}.txt").read_text("utf-8").split()
    assert 5 * math.log2(len(set(words))) >= 60
    assert len(words) == len(set(words))
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 8 for word in words)


@pytest.mark.parametrize("password", ["a" * 1000, "4@8({[<3691!|0$5+7%2" * 50, "ab1!" * 250])
def test_a_very_long_password_is_judged_soon(password) -> None:
    begun = time.thread_time()
    weakness_of(password, KNOWN)
    assert time.thread_time() - begun < 5


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_and_any_name_get_an_answer(password, names) -> None:
    assert weakness_of(password, names) is None or weakness_of(password, names)
