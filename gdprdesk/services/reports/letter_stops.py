"""What is left of somebody who is erased, told to whoever asks from an address she had."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.proofs import Proof
from gdprdesk.domain.terms import ContactKind
from gdprdesk.exports.document import Paragraph
from gdprdesk.i18n import _, format_day
from gdprdesk.services.contacts import normalise
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.letter_case import LetterCase
from gdprdesk.services.stop_list import Normal, digest_of, stopped


def stop_text(case: LetterCase) -> Iterator[Paragraph]:
    """Yield that the stop list or a proof knows an address or a number of whoever asks.

    "We have nothing" is not true of her without it.
    """
    given = list(_given(case.read, case.request.reply_to))
    stops = [row.until for rows in stopped(case.read, given).values() for row in rows]
    if stops:
        said = _(
            "One thing we do have: a mark made from your address or number, which nobody can read. "
            "It sees to it that you are not taken in again or written to by mistake. It is kept "
            "until {day}."
        )
        yield Paragraph(said.format(day=format_day(max(stops))))
    proofs = _proofs(case.read, given)
    if proofs:
        said = _(
            "We also have proof, without your name, of what you once agreed to or asked for. It is "
            "kept until {day}."
        )
        yield Paragraph(said.format(day=format_day(max(one.until for one in proofs))))


def _given(read: Session, text: str) -> Iterator[Normal]:
    """Walk the e-mail addresses and phone numbers in a text; a street is neither."""
    country = controller_of(read).country
    for part in re.split(r"[,;\n]", text):
        kind = ContactKind.EMAIL if "@" in part else ContactKind.PHONE
        try:
            yield kind, normalise(kind, part, country)[1]
        except DomainError:
            continue


def _proofs(read: Session, given: list[Normal]) -> list[Proof]:
    digests = {digest_of(read, *one) for one in given}
    if not digests:
        return []
    valid = select(Proof).where(Proof.until >= today_of(read))
    return [one for one in read.scalars(valid) if digests & set(one.digests)]
