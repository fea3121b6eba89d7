"""Letters that a terminal may be sent."""

from __future__ import annotations

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs"}


def visible(text: str) -> str:
    """Return a text without the characters that could steer a terminal or hide what is there."""
    kept = (c if c in "\n\t" or unicodedata.category(c) not in _UNSEEN else "\ufffd" for c in text)
    return "".join(kept)
