"""What a person is looked for by in other people's records, and whose records may speak of her."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from string import ascii_lowercase

import phonenumbers
from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.names import any_alike, parts_of
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, SubjectState
from gdprdesk.domain.traces import Sought
from gdprdesk.store.search import indexed_words, people_with

_MANY = 50  # a part of a name that more people have says alone nothing
_SHORTEST = 4
_SPELLINGS_DIFFER_BEFORE = "aeh"  # the sound of a first letter hangs on the next: Ceder, Christer


def sought_of(session: Session, subject: DataSubject) -> Sought:
    """Return what a person is looked for by in other people's records."""
    normal = _normal(session, subject)
    who = Sought(
        name=subject.name,
        phones=tuple(str(one.national_number) for one in _numbers(normal[ContactKind.PHONE])),
        emails=tuple(normal[ContactKind.EMAIL]),
    )
    only_hers, widespread = set(), set()
    for part in {*who.parts.given, *who.parts.family}:
        bearers = people_with(session, [part]) - {subject.id}
        if len(bearers) > _MANY:
            widespread.add(part)
        elif not any(part in name_parts(name) for name in names_of(session, bearers).values()):
            only_hers.add(part)
    return replace(who, only_hers=frozenset(only_hers), widespread=frozenset(widespread))


def people_to_read(session: Session, subject: DataSubject, who: Sought) -> list[int]:
    """Return the keys of people whose words may speak of her, and of those not in the index."""
    given, family = _spellings(session, who)
    initials = {part[0] for part in who.parts.given}
    alone = {form for form, part in who.family_forms.items() if part in who.widespread}
    only = {form for form, part in who.given_forms.items() if part in who.only_hers}
    phones = _numbers(_normal(session, subject)[ContactKind.PHONE])
    numbers = {spelt for number in phones for spelt in _spelt(number)}
    found = people_with(session, family, given | initials)
    for words in (family - alone, only, numbers, who.emails):
        found |= people_with(session, words)
    unseen = [state for state in SubjectState if state is not SubjectState.ACTIVE]
    hidden = select(DataSubject.id).where(DataSubject.state.in_(unseen))
    return sorted((found | set(session.scalars(hidden))) - {subject.id})


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return what people are called, by their keys."""
    asked = select(DataSubject.id, DataSubject.name).where(DataSubject.id.in_(list(ids)))
    return dict(session.execute(asked).all())


def name_parts(name: str) -> set[str]:
    """Return the given and family names that a name is made of."""
    parts = parts_of(name)
    return {*parts.given, *parts.family}


def _spellings(session: Session, who: Sought) -> tuple[set[str], set[str]]:
    """Return how her given names and her family name are spelt anywhere in the index."""
    given, family = set(who.given_forms), set(who.family_forms)
    for letter in ascii_lowercase:
        if not any(who.may_begin(letter + after) for after in _SPELLINGS_DIFFER_BEFORE):
            continue
        for word, _people in indexed_words(session, letter):
            if len(word) >= _SHORTEST and who.may_begin(word):
                given |= {word} if any_alike(word, who.parts.given) else set()
                family |= {word} if any_alike(word, who.parts.family) else set()
    return given, family


def _normal(session: Session, subject: DataSubject) -> dict[ContactKind, list[str]]:
    asked = select(ContactDetail.kind, ContactDetail.normal).where(
        ContactDetail.subject_id == subject.id, ContactDetail.normal != ""
    )
    found: dict[ContactKind, list[str]] = {ContactKind.PHONE: [], ContactKind.EMAIL: []}
    for kind, normal in session.execute(asked.order_by(ContactDetail.id)):
        found.setdefault(kind, []).append(normal)
    return found


def _numbers(normal: Iterable[str]) -> Iterator[phonenumbers.PhoneNumber]:
    for one in normal:
        with suppress(phonenumbers.NumberParseException):  # such as a row of an older import
            yield phonenumbers.parse(one)


def _spelt(number: phonenumbers.PhoneNumber) -> set[str]:
    """Return a number as the index has it: its digits, and groups of them as people write it."""
    styles = phonenumbers.PhoneNumberFormat
    written = (styles.NATIONAL, styles.INTERNATIONAL)
    grouped = {phonenumbers.format_number(number, style) for style in written}
    return {str(number.national_number), *grouped}
