"""Traces of a person in what was written about others, and masking them: Articles 17 and 19.

What is written about others is found through the word index, so that the size of the register does
not matter; only what is kept out of the index is read through. What files say is not searched,
only what they are called. Journals are sealed: `journal_traces` looks through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
from gdprdesk.domain.names import WORD, plain
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.retention import held_until
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.domain.traces import Sought, Span, masked, names_in
from gdprdesk.i18n import _, language
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.finding import controller_of, find_any_subject, rules_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import query
from gdprdesk.services.sought import name_parts, names_of, people_to_read, sought_of

_AROUND = 45  # letters shown on each side
_AT_ONCE = 400
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
    near = people_to_read(session, subject, who)
    traces: list[Trace] = []
    for number, kind in enumerate(kinds):
        progress.step(number, len(kinds))
        traces += _traces_in(session, kind, _rows(session, kind, subject, near), who)
    progress.step(len(kinds), len(kinds))
    read = [kind for kind in kinds if next(_written(kind), None) is not None]
    others = {kind_name(kind): _count(session, kind, subject) for kind in read}
    return TraceSearch(tuple(traces), {kind: count for kind, count in others.items() if count})


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
        owner = name_parts(names_of(session, [record.subject_id]).get(record.subject_id, ""))

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
    name = names_of(session, [record.subject_id]).get(record.subject_id, "")
    kind, texts = type(record), list(texts_in(getattr(record, column)))
    spans = [(text, span) for text in texts for span in _spans(text, who, name_parts(name))]
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
