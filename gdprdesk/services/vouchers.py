"""People of the register who are named in the vouchers of a bookkeeping file. Nothing is kept.

A voucher must stand as it is as long as the bookkeeping law says, so nobody can be masked in it:
the list shows what the answer to a person has to tell, and what not to write next time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.names import WORD, forms, parts_of, plain
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import Permission, SubjectState
from gdprdesk.domain.text import digits
from gdprdesk.domain.traces import names_in
from gdprdesk.imports.sie_file import Voucher
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.registry import query
from gdprdesk.services.sought import sought_of

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\+?\d(?:[ \-/().]{0,2}\d){6,14}")
_LAST_DIGITS = 7  # a number is first looked for by its end, however its beginning is written


@dataclass(frozen=True, repr=False)
class VoucherNaming:
    """A text of a voucher that names somebody.

    Attributes:
        voucher: Series and number, as the bookkeeping program shows them: "A 12".
        start: Where the name begins in the text, and `end` where it ends.
        sure: Whether it can hardly mean anybody else.
    """

    voucher: str
    on: date | None
    text: str
    start: int
    end: int
    sure: bool
    subject_ref: SubjectRef
    name: str


@query("voucher.names", needs=Permission.EXPORT_ALL)
def find_in_vouchers(
    read: Session, *, vouchers: tuple[Voucher, ...], progress: Progress = SILENT
) -> tuple[VoucherNaming, ...]:
    """Return where vouchers name people of the register, in the order of the file.

    Args:
        read: The open register.
        vouchers: What was read from the file.
        progress: Told after each person who may be meant; may stop it.
    """
    places = [(one, text) for one in vouchers for text in one.texts]
    by_word = _by_word(text for _voucher, text in places)
    found: list[tuple[int, VoucherNaming]] = []
    meant = list(_who_may_be_meant(read, by_word))
    for done, (subject, where) in enumerate(meant, 1):
        progress.step(done, len(meant))
        who = sought_of(read, subject)
        for place in sorted(where):
            voucher, text = places[place]
            for span in names_in(text, who):
                naming = VoucherNaming(
                    voucher=f"{voucher.series} {voucher.number}".strip(),
                    on=voucher.on,
                    text=text,
                    start=span.start,
                    end=span.end,
                    sure=span.sure,
                    subject_ref=subject.ref,
                    name=subject.name,
                )
                found.append((place, naming))
    return tuple(naming for _place, naming in sorted(found, key=lambda one: one[0]))


def _by_word(texts: Iterable[str]) -> dict[str, set[int]]:
    """Return in which texts each word, address and end of a number stands."""
    where: dict[str, set[int]] = {}
    for place, text in enumerate(texts):
        words = {plain(word) for word in WORD.findall(text)}
        words |= {one.casefold() for one in _EMAIL.findall(text)}
        words |= {digits(one)[-_LAST_DIGITS:] for one in _NUMBER.findall(text)}
        for word in words:
            where.setdefault(word, set()).add(place)
    return where


def _who_may_be_meant(
    read: Session, by_word: Mapping[str, set[int]]
) -> Iterator[tuple[DataSubject, set[int]]]:
    """Walk the people of whom a name, an address or a number stands in a text, with which texts."""
    reached: dict[int, list[str]] = {}
    contacts = select(ContactDetail.subject_id, ContactDetail.normal)
    for owner, normal in read.execute(contacts.where(ContactDetail.normal != "")):
        if owner is not None:
            reached.setdefault(owner, []).append(normal)
    active = select(DataSubject).where(DataSubject.state == SubjectState.ACTIVE)
    for subject in read.scalars(active.order_by(DataSubject.sort_key, DataSubject.id)):
        where = set[int]().union(*_places(by_word, _names(subject.name)))
        for normal in reached.get(subject.id, ()):
            key = normal if "@" in normal else digits(normal)[-_LAST_DIGITS:]
            where |= by_word.get(key, set())
        if where:
            yield subject, where


def _names(name: str) -> set[str]:
    parts = parts_of(name)
    family = {form for part in parts.family for form in forms(part, family=True)}
    given = {form for part in parts.given for form in forms(part, family=False)}
    return family | given


def _places(by_word: Mapping[str, set[int]], words: Iterable[str]) -> Sequence[set[int]]:
    return [by_word[word] for word in words if word in by_word]
