"""How easily a password is guessed, and passphrases that are not.

The strength is that of zxcvbn, which counts how many guesses somebody needs who knows how people
make passwords. It knows English; here it also learns what people in Sweden and Norway make them
of, and the names of the business at hand.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock
from types import ModuleType
from typing import Any

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.resources import resource
from gdprdesk.store.keys import check_password

LEAST_GUESSES = 10**10
"""So many guesses a password must be worth: at 0.5 seconds each, 150 years of one computer."""

_WORDS_OF_A_PHRASE = 5
_LANGUAGES = ("sv", "nb")
_SHORTEST_NAME, _BETWEEN = 3, (" ", "", "-", "_", ".")
_LOOKED_AT, _LOOKED_AT_OF_SIGNS = 100, 24
_LETTERLIKE, _FEW_SIGNS = frozenset("0123456789@({[<!|$+%"), 13
_YEARS = range(2049, 1939, -1)
_WITHOUT_MARKS = str.maketrans({"ø": "o", "æ": "ae"})
_asking = Lock()


def check_new_password(password: str, known: Iterable[str] = ()) -> None:
    """Refuse a new password that is too short, or that somebody would soon have guessed.

    Args:
        password: The new password.
        known: What anybody knows or finds out: names of the business, its people, the register.

    Raises:
        DomainError: It will not do; says why, and what is better.
    """
    check_password(password)
    weakness = weakness_of(password, known)
    if weakness:
        raise DomainError(weakness)


def weakness_of(password: str, known: Iterable[str] = ()) -> str | None:
    """Return why a password is easily guessed and what is better, or nothing if it is not."""
    guesses, parts = _guesses(password, known) if password else (0, [])
    if guesses >= LEAST_GUESSES:
        return None
    better = _("Take five words that have nothing to do with each other.")
    return f"{_reason(parts)} {better}"


def suggest_passphrase(language: str) -> str:
    """Return five random words of a language (60 bits), such as "anchor-mild-tempo-grape-oval".

    Args:
        language: sv, nb or en.
    """
    words = resource(f"words/phrase-{language}.txt").read_text("utf-8").split()
    return "-".join(secrets.choice(words) for _number in range(_WORDS_OF_A_PHRASE))


def _guesses(password: str, known: Iterable[str]) -> tuple[int, list[dict[str, Any]]]:
    """Return how many guesses a password is worth, and the parts it is made of."""
    text = unicodedata.normalize("NFKC", password)
    signs = len(_LETTERLIKE.intersection(text))
    # signs that stand for letters ("p@$$") are tried in all their meanings: with many different
    # ones the whole would take seconds, and the beginning is strong already
    begin = text[: _LOOKED_AT if signs <= _FEW_SIGNS else _LOOKED_AT_OF_SIGNS]
    names = list(dict.fromkeys(one for name in known for one in _spellings_of(name)))
    with _asking:  # the library keeps the names of one question in a place of its own
        found = _library().zxcvbn(begin, user_inputs=names, max_length=_LOOKED_AT)
    return int(found["guesses"]), found["sequence"]


@cache
def _library() -> ModuleType:
    """Return zxcvbn, once it has learnt our words; loaded when the first password is chosen."""
    import zxcvbn  # noqa: PLC0415
    from zxcvbn import matching  # noqa: PLC0415

    for language in _LANGUAGES:
        words = resource(f"words/{language}.txt").read_text("utf-8").split()
        both = dict.fromkeys(one for word in words for one in (word, _without_marks(word)))
        matching.add_frequency_lists({language: list(both)})
    matching.add_frequency_lists({"years": [str(year) for year in _YEARS]})
    return zxcvbn


def _spellings_of(name: str) -> Iterator[str]:
    """Yield how a name may stand in a password: whole, in one word, by word, without marks."""
    whole = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    joined = (whole.replace(" ", between) for between in _BETWEEN)
    for one in (*joined, *whole.replace("-", " ").split()):
        if len(one) >= _SHORTEST_NAME:
            yield one
            yield _without_marks(one)


def _without_marks(word: str) -> str:
    """Return a word as somebody types it who has no å, ä, ö, æ or ø."""
    parts = unicodedata.normalize("NFKD", word.translate(_WITHOUT_MARKS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _reason(parts: list[dict[str, Any]]) -> str:
    """Return what makes a password easy, by the longest part that is no accident."""
    telling = [part for part in parts if part["pattern"] != "bruteforce"]
    if not telling:
        return _("This password is too short: trying every combination does not take long.")
    part = max(telling, key=lambda one: (one.get("dictionary_name") == "user_inputs", _size(one)))
    if part["pattern"] == "dictionary":
        return _reason_of_word(part["dictionary_name"])
    reasons = {
        "spatial": _("This password follows the keys of the keyboard, and such rows are tried."),
        "repeat": _("This password repeats itself, which hardly makes it harder to guess."),
        "sequence": _("This password counts or follows the alphabet, and such rows are tried."),
    }
    return reasons.get(part["pattern"]) or _reason_of_word("years")


def _size(part: dict[str, Any]) -> int:
    return len(part["token"])


def _reason_of_word(dictionary: str) -> str:
    if dictionary == "user_inputs":
        return _(
            "This password holds a name of your business, yourself or the register, which is "
            "the first thing that anybody tries."
        )
    if dictionary == "years":
        return _("This password is built on a year or a date, and there are not many of them.")
    if dictionary == "passwords":
        return _("This password is like one that very many people use, and those are tried first.")
    return _(
        "This password is little more than an ordinary word or name. A capital letter, a year or "
        "a sign at the end is what everybody adds."
    )
