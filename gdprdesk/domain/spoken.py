"""Passwords that can be said on the phone and typed by somebody who hears them."""

from __future__ import annotations

import secrets

_BEGIN = "bdfghklmnprstv"
_VOWELS = "aeiou"
_WORDS = 5
_SYLLABLES = 3


def spoken_password() -> str:
    """Return five made-up words, such as "tavilo-kemura": 92 bits, no letter that is misheard."""
    return "-".join("".join(_syllable() for _s in range(_SYLLABLES)) for _w in range(_WORDS))


def _syllable() -> str:
    return secrets.choice(_BEGIN) + secrets.choice(_VOWELS)
