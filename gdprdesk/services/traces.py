"""Traces of a person in what was written about others, and masking them: Articles 17 and 19.

What is written about others is found through the word index, so that the size of the register does
not matter; only what is kept out of the index is read through. What files say is not searched,
only what they are called. Journals are sealed: `journal_traces` looks through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Any

import phonenumbers
from sqlalchemy import Column, Row, func, inspect, null, select, true
from sqlalchemy.orm import Session

from gdprdesk.domain.base import (
    PersonalJson,
    PersonalRecord,
    PersonalText,
    RecordRef,
    SubjectRef,
    kind_name,
    personal_kinds,
    searched_columns,
)
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.names import WORD, any_alike, parts_of, plain
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.retention import held_until
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Permission, SubjectState
from gdprdesk.domain.traces import Sought, Span, masked, names_in
from gdprdesk.i18n import _, language
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.finding import controller_of, find_any_subject, rules_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import query
from gdprdesk.store.search import indexed_words, people_with

_MANY = 50  # a part of a name that more people have says alone nothing
_AROUND = 45  # letters shown on each side
_AT_ONCE = 400
_SHORTEST = 4
_SPELLINGS_DIFFER_BEFORE = "aeh"  # the sound of a first letter hangs on the next: Ceder, Christer
_SURE = {True: "sure", False: "perhaps"}
_PARTS = 4


@dataclass(frozen=True, repr=False)
class Trace:
    """Something written about somebody else that speaks of a person.

    Attributes:
        ref: What to name to have it masked.
        kind: Which kind of record it stands in, and `record` which one.
        column: In which part of that.
        whose: Whom the record is about: a person or a company; empty if nobody.
        around: The words around the first place, `start` and `end` where the place is in them.
        places: How many places there are in that part.
        sure: Whether it can hardly mean anybody else.
        held: It may not be changed: an invoice, what a law keeps, what is only to be stored, or
            who said yes for a child.
    """

    ref: str
    kind: str
    record: RecordRef
    column: str
    whose: str
    around: str
    start: int
    end: int
    places: int
    sure: bool
    held: bool = False


@dataclass(frozen=True, repr=False)
class TraceSearch:
    """What a search for traces found, and how many records of each kind it covered."""

    traces: tuple[Trace, ...]
    searched: Mapping[str, int]

    @property
    def advised(self) -> tuple[str, ...]:
        """Return the traces that are masked unless the owner says otherwise."""
        return tuple(one.ref for one in self.traces if one.sure and not one.held)


@query("erasure.traces", needs=Permission.ERASE)
def list_traces(
    read: Session, *, subject_ref: SubjectRef, progress: Progress = SILENT
) -> TraceSearch:
    """Return where other people's records speak of a person, each place to be masked or left."""
    return search_traces(read, find_any_subject(read, subject_ref), progress)


def find_traces(session: Session, subject: DataSubject) -> tuple[Trace, ...]:
    """Return where other people's records speak of a person."""
    return search_traces(session, subject).traces


def search_traces(
    session: Session, subject: DataSubject, progress: Progress = SILENT
) -> TraceSearch:
    """Look through what is written about everybody else for a person."""
    who = sought_of(session, subject)
    kinds = list(personal_kinds())
    near = _people_to_read(session, subject, who)
    traces: list[Trace] = []
    for number, kind in enumerate(kinds):
        progress.step(number, len(kinds))
        traces += _traces_in(session, kind, _rows(session, kind, subject, near), who)
    progress.step(len(kinds), len(kinds))
    read = [kind for kind in kinds if next(_written(kind), None) is not None]
    others = {kind_name(kind): _count(session, kind, subject) for kind in read}
    return TraceSearch(tuple(traces), {kind: count for kind, count in others.items() if count})


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
        elif not any(part in _parts(name) for name in _names(session, bearers).values()):
            only_hers.add(part)
    return replace(who, only_hers=frozenset(only_hers), widespread=frozenset(widespread))


def mask_traces(session: Session, subject: DataSubject, refs: Iterable[str]) -> int:
    """Put other words in the place of a person in other people's records; returns how many places.

    What has gone or was written anew meanwhile has nothing left to mask, and what must stay as it
    is stays. The words are in the language of the register, since they stay there.

    Raises:
        NotFoundError: There is no such trace.
    """
    places = [_read_ref(ref) for ref in refs]
    if not places:
        return 0
    words = words_instead(session)
    who, done = sought_of(session, subject), 0
    for place in places:
        record = session.scalar(select(place.kind).where(place.kind.ref == place.record))
        if (
            record is None
            or record.subject_id == subject.id
            or _stays(session, record, place.column)
        ):
            continue
        owner = _parts(_names(session, [record.subject_id]).get(record.subject_id, ""))

        def spans(text: str, owner: set[str] = owner, place: _Place = place) -> list[Span]:
            return [one for one in _spans(text, who, owner) if one.sure is place.sure]

        value = getattr(record, place.column)
        found = sum(len(spans(text)) for text in texts_in(value))
        if found:
            new = changed_texts(value, lambda text: masked(text, spans(text), words))
            setattr(record, place.column, new)
            done += found
    return done


def words_instead(session: Session) -> str:
    """Return what stands in the place of a person, in the language of the register."""
    with language(controller_of(session).language):
        return _("[erased]")


def check_masks(refs: Iterable[str]) -> tuple[str, ...]:
    """Return the traces that are to be masked, each once.

    Raises:
        NotFoundError: One of them is no trace.
    """
    known = tuple(dict.fromkeys(refs))
    for ref in known:
        _read_ref(ref)
    return known


def is_held(session: Session, record: PersonalRecord) -> bool:
    """Return whether a record must stay as it is.

    An invoice, what a law keeps, and what somebody has asked only to be stored: Article 18.
    """
    today, number = today_of(session), record.subject_id
    rules = rules_of(session)[record.activity_id]
    until = held_until(record, rules, law_of(session), today)
    by_law = until is not None and until >= today
    stored = number is not None and session.get_one(DataSubject, number).restricted_on is not None
    return record.carries_name or by_law or stored


def _stays(session: Session, record: PersonalRecord, column: str) -> bool:
    """Return whether a part of a record must stay as it is, as what proves a consent must."""
    return is_held(session, record) or "proof" in inspect(type(record)).columns[column].info


@dataclass(frozen=True)
class _Place:
    kind: type[PersonalRecord]
    record: RecordRef
    column: str
    sure: bool

    @property
    def ref(self) -> str:
        return ":".join((kind_name(self.kind), self.record, self.column, _SURE[self.sure]))


def _read_ref(ref: str) -> _Place:
    said, kinds = ref.split(":"), {kind_name(kind): kind for kind in personal_kinds()}
    if len(said) == _PARTS and said[0] in kinds and said[3] in _SURE.values():
        place = _Place(kinds[said[0]], RecordRef(said[1]), said[2], said[3] == _SURE[True])
        if place.column in {column.key for column in _written(place.kind)}:
            return place
    raise NotFoundError(_("There is no such trace. Nothing was changed. Look at the list again."))


def _normal(session: Session, subject: DataSubject) -> dict[ContactKind, list[str]]:
    asked = select(ContactDetail.kind, ContactDetail.normal).where(
        ContactDetail.subject_id == subject.id, ContactDetail.normal != ""
    )
    found: dict[ContactKind, list[str]] = {ContactKind.PHONE: [], ContactKind.EMAIL: []}
    for kind, normal in session.execute(asked.order_by(ContactDetail.id)):
        found.setdefault(kind, []).append(normal)
    return found


def _parts(name: str) -> set[str]:
    parts = parts_of(name)
    return {*parts.given, *parts.family}


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    asked = select(DataSubject.id, DataSubject.name).where(DataSubject.id.in_(list(ids)))
    return dict(session.execute(asked).all())


def _people_to_read(session: Session, subject: DataSubject, who: Sought) -> list[int]:
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


def _rows(
    session: Session, kind: type[PersonalRecord], subject: DataSubject, near: list[int]
) -> Iterator[Row[Any]]:
    """Walk what may speak of her in a kind: ref, whose it is, and the columns it is written in."""
    columns = list(_written(kind))
    if not columns:
        return
    free = ContactDetail.normal == "" if kind is ContactDetail else true()
    every = select(kind.ref, kind.subject_id, *columns).where(free)
    for start in range(0, len(near), _AT_ONCE):
        yield from session.execute(every.where(kind.subject_id.in_(near[start : start + _AT_ONCE])))
    if kind is not Draft:  # a half-written form about nobody that names her goes as a whole
        yield from session.execute(every.where(kind.subject_id.is_(None)))
    indexed, seen = {one.key for one in searched_columns(kind)}, {subject.id, *near}
    apart = [null().label(one.key) if one.key in indexed else one for one in columns]
    if not {one.key for one in columns} <= indexed:
        rest = select(kind.ref, kind.subject_id, *apart).where(kind.subject_id.is_not(None), free)
        rows = session.execute(rest.execution_options(yield_per=_AT_ONCE))
        yield from (row for row in rows if row.subject_id not in seen)


def _written(kind: type[PersonalRecord]) -> Iterator[Column[Any]]:
    for column in inspect(kind).columns:
        if isinstance(column.type, PersonalText | PersonalJson):
            yield column


def _traces_in(
    session: Session, kind: type[PersonalRecord], rows: Iterable[Row[Any]], who: Sought
) -> Iterator[Trace]:
    columns = [column.key for column in _written(kind)]
    for row in rows:
        for column in columns:
            if any(names_in(text, who) for text in texts_in(getattr(row, column))):
                record = session.scalars(select(kind).where(kind.ref == row.ref)).one()
                yield from _traces_of(session, record, column, who)


def _traces_of(
    session: Session, record: PersonalRecord, column: str, who: Sought
) -> Iterator[Trace]:
    name = _names(session, [record.subject_id]).get(record.subject_id, "")
    kind, texts = type(record), list(texts_in(getattr(record, column)))
    spans = [(text, span) for text in texts for span in _spans(text, who, _parts(name))]
    for sure in (True, False):
        found = [(text, span) for text, span in spans if span.sure is sure]
        if found:
            text, span = found[0]
            begin, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
            yield Trace(
                ref=_Place(kind, record.ref, column, sure).ref,
                kind=kind_name(kind),
                record=record.ref,
                column=column,
                whose=name or _company(session, record),
                around=text[begin:end],
                start=span.start - begin,
                end=span.end - begin,
                places=len(found),
                sure=sure,
                held=_stays(session, record, column),
            )


def _spans(text: str, who: Sought, owner: set[str]) -> list[Span]:
    """Return where a text speaks of her, but not where it means the one it is about."""
    return [
        span for span in names_in(text, who) if not _is_named(text[span.start : span.end], owner)
    ]


def _is_named(said: str, owner: set[str]) -> bool:
    """Return whether every word of a name is one of the one a record is about."""
    words = [plain(word) for word in WORD.findall(said)]
    return bool(words) and all({word, word.removesuffix("s")} & owner for word in words)


def _company(session: Session, record: PersonalRecord) -> str:
    number = getattr(record, "company_id", None)
    return session.get_one(Company, number).name if number is not None else ""


def texts_in(value: Any) -> Iterator[str]:
    """Walk every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(part)


def changed_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value with every text in it changed; the value itself stays as it is."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: changed_texts(part, change) for key, part in value.items()}
    return [changed_texts(part, change) for part in value] if isinstance(value, list) else value


def _count(session: Session, kind: type[PersonalRecord], subject: DataSubject) -> int:
    others = select(func.count()).select_from(kind)
    own = others.where(kind.subject_id == subject.id)
    return (session.scalar(others) or 0) - (session.scalar(own) or 0)
