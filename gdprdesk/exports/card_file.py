"""A person's contact details as a vCard (RFC 2426), as every address book takes it in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from gdprdesk.exports.cells import clean

_TOWN = re.compile(r"(?P<street>.+?),\s*(?P<code>\d{3}\s?\d{2}|\d{4})\s+(?P<city>[^,]+)")

_LONGEST = 75  # bytes of a line
_NO_FOLD = 10**9  # the library counts otherwise where letters have several bytes


@dataclass(frozen=True, repr=False)
class Card:
    """Who somebody is and how to reach her.

    Attributes:
        uid: The same for the same person in every file.
        others: Ways to reach her that are neither of these.
    """

    uid: str
    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    organisation: str = ""


def render(card: Card, *, made_at: datetime) -> bytes:
    """Return the card in version 3.0, which phones and mail programs of every age know."""
    import vobject  # noqa: PLC0415  (heavy, seldom)
    from vobject.vcard import Address, Name  # noqa: PLC0415

    made = vobject.vCard()
    given, _space, family = _line(card.name).rpartition(" ")
    made.add("n").value = Name(family=family if given else "", given=given or family)
    made.add("fn").value = _line(card.name)
    made.add("uid").value = f"urn:gdprdesk:{card.uid}"
    made.add("rev").value = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    for kind, values in (("tel", card.phones), ("email", card.emails), ("note", card.others)):
        for value in values:
            made.add(kind).value = _line(value)
    for value in card.addresses:
        line = _line(value)
        found = _TOWN.fullmatch(line)
        parts = found.groupdict() if found else {"street": line, "code": "", "city": ""}
        made.add("adr").value = Address(
            street=parts["street"], city=parts["city"], code=parts["code"]
        )
    if card.organisation:
        made.add("org").value = [_line(card.organisation)]
    text: str = made.serialize(lineLength=_NO_FOLD)
    return b"".join(_folded(line) for line in text.split("\r\n") if line)


def _folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 bytes, none of which ends inside a letter."""
    pieces = [b""]
    for letter in line:
        if len(pieces[-1]) + len(letter.encode()) > _LONGEST:
            pieces.append(b" ")
        pieces[-1] += letter.encode()
    return b"\r\n".join(pieces) + b"\r\n"


def _line(text: str) -> str:
    """Return a text on one line: a card has no field that needs more."""
    return " ".join(clean(text).split())
