"""Other people named in a person's records, shown for a decision before her copy is made: 15(4).

What others wrote about her is hers, so nothing is taken out by itself. What files say is not read,
only what they are called. Her journal is read by a reading of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import (
    PersonalJson,
    PersonalRecord,
    PersonalText,
    RecordRef,
    SubjectRef,
    kind_name,
    personal_columns,
)
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.mentions import Mention, addresses_in, names_among, numbers_in
from gdprdesk.domain.names import WORD, parts_of, plain
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Permission, ReadReason, SubjectState
from gdprdesk.i18n import N_
from gdprdesk.services.contacts import normalise
from gdprdesk.services.finding import controller_of, find_subject, records_of
from gdprdesk.services.journal import notes_of
from gdprdesk.services.person_copy import must_give_all
from gdprdesk.services.registry import query, reading
from gdprdesk.store.reading import Reading, Wanted
from gdprdesk.store.search import people_with

_AROUND = 45  # letters shown on each side
_NOT_FREE = {"number", "normal", "masked"}
_FEW = 50  # of more people than that a name alone says nothing


@dataclass(frozen=True, repr=False)
class OtherNamed:
    """Somebody else who stands in a record of a person.

    Attributes:
        record: In which record, and `column` in which part of it.
        words: As they stand there; what to name to have them masked.
        who: The person of the register that is meant; empty if it is nobody known here.
        before: The words before, and `after` those behind it.
        places: How often they stand in that record.
    """

    record: RecordRef
    kind: str
    column: str
    words: str
    who: str
    before: str
    after: str
    places: int


@query("person.others", needs=Permission.EXPORT_ONE)
def others_named(read: Session, *, subject_ref: SubjectRef) -> tuple[OtherNamed, ...]:
    """Return who else is named in a person's records: to be left in her copy, or to be masked."""
    must_give_all(read)
    subject = find_subject(read, subject_ref)
    records = records_of(read, subject)
    ordered = sorted(records, key=lambda one: (kind_name(type(one)), one.id))
    texts = ((one, column, text) for one in ordered for column, text in _texts(one))
    return _named_in(texts, _Search(read, subject, records))


@reading("journal.others", N_("Looked for others in a journal"), needs=Permission.JOURNAL_READ)
def others_in_journal(look: Reading, *, subject_ref: SubjectRef) -> tuple[OtherNamed, ...]:
    """Show who else is named in a person's journal, before she is given a copy of it.

    It opens all of her journal, so that is in the log first.
    """
    subject = find_subject(look.session, subject_ref)
    notes = list(reversed(notes_of(look.session, subject)))
    wanted: list[Wanted] = [(one, "text") for one in notes]
    said = look.reveal(wanted, of=[subject], reason=ReadReason.REQUEST)
    texts = [(one, "text", str(text)) for one, text in zip(notes, said, strict=True)]
    return _named_in(texts, _Search(look.session, subject, records_of(look.session, subject)))


def _named_in(
    texts: Iterable[tuple[PersonalRecord, str, str]], search: _Search
) -> tuple[OtherNamed, ...]:
    """Return who else is named, once for each record, with the words around the first place."""
    found: dict[tuple[str, str], OtherNamed] = {}
    for record, column, text in texts:
        for mention, who in search.found_in(text):
            key = (record.ref, mention.words)
            known = found.get(key)
            found[key] = OtherNamed(
                record=record.ref,
                kind=kind_name(type(record)),
                column=known.column if known else column,
                words=mention.words,
                who=who,
                before=known.before if known else _before(text, mention),
                after=known.after if known else _after(text, mention),
                places=known.places + 1 if known else 1,
            )
    return tuple(found.values())


class _Search:
    """What is known of her, so that she is not taken for somebody else, and who else there is."""

    def __init__(
        self, read: Session, subject: DataSubject, records: Iterable[PersonalRecord]
    ) -> None:
        self._read, self._subject = read, subject
        controller = controller_of(read)
        self._country = controller.country
        self._own = {
            normal
            for one in records
            if isinstance(one, ContactDetail)
            for normal in (one.normal, one.value.casefold())
        }
        self._own |= {self._phone(controller.phone), controller.email.casefold(), ""}
        names = [subject.name, controller.name, controller.contact]
        names += read.scalars(select(Company.name))
        self._hers = {plain(word) for word in WORD.findall(subject.name)}
        self._not_others = [{plain(word) for word in WORD.findall(name)} for name in names]
        self._bearers: dict[tuple[str, ...], str] = {}

    def found_in(self, text: str) -> Iterator[tuple[Mention, str]]:
        """Walk where a text speaks of somebody else, and of whom; no two lie over each other."""
        end = 0
        for mention, who in sorted(self._every(text), key=lambda one: _place(one[0])):
            if mention.start >= end:
                yield mention, who
                end = mention.end

    def _every(self, text: str) -> Iterator[tuple[Mention, str]]:
        for one in addresses_in(text):
            if one.words.casefold() not in self._own:
                yield one, self._owner(one.words.casefold())
        for one in numbers_in(text):
            normal = self._phone(one.words)
            if normal not in self._own:
                yield one, self._owner(normal)
        for one in names_among(text):
            if any(_are_all_of(one.parts, known) for known in self._not_others):
                continue
            who = self._bearer(one.parts)
            if who or (one.told and not any(_is_one_of(word, self._hers) for word in one.parts)):
                yield one, who

    def _phone(self, text: str) -> str:
        try:
            return normalise(ContactKind.PHONE, text, self._country)[1] if text else ""
        except DomainError:
            return ""

    def _owner(self, normal: str) -> str:
        asked = (
            select(DataSubject.name)
            .join(ContactDetail, ContactDetail.subject_id == DataSubject.id)
            .where(ContactDetail.normal == normal, DataSubject.state == SubjectState.ACTIVE)
        )
        return self._read.scalar(asked.limit(1)) or ""

    def _bearer(self, parts: tuple[str, ...]) -> str:
        """Return who of the register is called so; nobody if it is not a full name of anybody."""
        if parts not in self._bearers:
            self._bearers[parts] = self._look_up(parts)
        return self._bearers[parts]

    def _look_up(self, parts: tuple[str, ...]) -> str:
        spelt = [{word, word.removesuffix("s")} for word in parts]
        keys = people_with(self._read, *spelt) - {self._subject.id}
        asked = select(DataSubject.name).where(DataSubject.id.in_(sorted(keys)[:_FEW]))
        for name in self._read.scalars(asked.order_by(DataSubject.id)):
            known = parts_of(name)
            words = {*known.given, *known.family}
            named = all(said & words for said in spelt)
            if named and known.family and any(said & set(known.family) for said in spelt):
                return name
        return ""


def _texts(record: PersonalRecord) -> Iterator[tuple[str, str]]:
    for column, column_type in personal_columns(type(record)):
        told = isinstance(column_type, PersonalText | PersonalJson)
        if told and column not in _NOT_FREE:
            yield from ((column, text) for text in _strings(getattr(record, column)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _are_all_of(words: Iterable[str], known: set[str]) -> bool:
    return all(_is_one_of(word, known) for word in words)


def _is_one_of(word: str, known: set[str]) -> bool:
    return bool({word, word.removesuffix("s")} & known)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


def _before(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - _AROUND) : mention.start]


def _after(text: str, mention: Mention) -> str:
    return text[mention.end : mention.end + _AROUND]
