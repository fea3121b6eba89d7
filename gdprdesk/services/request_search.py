"""Looking through everything for somebody who asks, and answering that nothing is held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import phonenumbers
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import (
    PersonalJson,
    PersonalRecord,
    PersonalText,
    RecordRef,
    SubjectRef,
    kind_name,
    personal_kinds,
)
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.names import heard
from gdprdesk.domain.proofs import Proof, StopEntry
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    ContactKind,
    Permission,
    SubjectState,
)
from gdprdesk.domain.text import digits, fold
from gdprdesk.domain.traces import Sought, names_in
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.contacts import normalise
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.requests import (
    find_request,
)
from gdprdesk.services.stop_list import digest_of, stopped
from gdprdesk.store.hiding import hiding

_BETWEEN = re.compile(r"[,;\n]")
_ENDING = 4
_AT_ONCE = 400


@dataclass(frozen=True, repr=False)
class SearchHit:
    """A place where somebody who asks may be meant.

    Attributes:
        subject_ref: Whose record it is; nothing if it is nobody's.
        name: Of whom; empty if nobody's, or of somebody hidden.
        kind: Which kind of record it stands in; "person" for the name itself.
        words: The words that were found.
        sure: Whether it can hardly mean anybody else.
    """

    subject_ref: SubjectRef | None
    name: str
    kind: str
    words: str
    sure: bool


@dataclass(frozen=True, repr=False)
class SearchOutcome:
    """What was looked through for somebody, and what was found.

    Attributes:
        searched: How many people, records of each kind, entries of the stop list and proofs.
        found: Where she may be meant, the surest first.
        stopped: How many of her addresses and numbers the stop list knows.
        proofs: How many proofs are left of an erasure of hers.
    """

    searched: tuple[tuple[str, int], ...]
    found: tuple[SearchHit, ...]
    stopped: int
    proofs: int


@query("request.search", needs=Permission.REGISTER)
def search_everywhere(
    read: Session,
    *,
    request_ref: RecordRef,
    also: tuple[str, ...] = (),
    progress: Progress = SILENT,
) -> SearchOutcome:
    """Look through everything for whoever a request is about: name, e-mail and telephone.

    Args:
        read: The open register.
        request_ref: Her request; it is looked for by the name and the address in it.
        also: Other names, addresses and numbers of hers.
        progress: Told how far it has come.
    """
    request = find_request(read, request_ref)
    said = (request.asker, request.reply_to, *also)
    return search_for(read, said, leave_out=request_ref, progress=progress)


def search_for(
    read: Session,
    said: Iterable[str],
    *,
    leave_out: RecordRef | None = None,
    progress: Progress = SILENT,
) -> SearchOutcome:
    """Look through everything for somebody, by names, addresses and numbers, also misspelt.

    Args:
        read: The open register.
        said: What she is called, and where she is reached; several in a text between commas.
        leave_out: Her own request, in which all of it stands.
        progress: Told how far it has come.
    """
    with hiding(read, ()):  # an answer that nothing was found has to be true of everything
        return _search_everything(read, said, leave_out, progress)


def _search_everything(
    read: Session, said: Iterable[str], leave_out: RecordRef | None, progress: Progress
) -> SearchOutcome:
    country = controller_of(read).country
    parts = [part for text in said for part in _BETWEEN.split(text)]
    given = [text.strip() for text in parts if text.strip()]
    normals = [found for text in given if (found := _normal(text, country))]
    names = [text for text in given if _normal(text, country) is None]
    sought = [_sought(name, normals) for name in names] or [_sought("", normals)]
    kinds = list(personal_kinds())
    hits = list(_people(read, sought))
    searched = {"person": _count(read, DataSubject)}
    for number, kind in enumerate(kinds):
        progress.step(number, len(kinds))
        own = kind is DataSubjectRequest and leave_out is not None
        hits += [one for ref, one in _records(read, kind, sought) if ref != leave_out]
        searched[kind_name(kind)] = _count(read, kind) - own
    progress.step(len(kinds), len(kinds))
    searched |= {"stop_entry": _count(read, StopEntry), "proof": _count(read, Proof)}
    digests = {digest_of(read, *one) for one in normals}
    return SearchOutcome(
        searched=tuple((kind, count) for kind, count in searched.items() if count),
        found=tuple(sorted(dict.fromkeys(hits), key=lambda one: not one.sure)),
        stopped=len(stopped(read, normals)),
        proofs=sum(bool(digests & set(one)) for one in read.scalars(select(Proof.digests))),
    )


def _normal(text: str, country: str) -> tuple[ContactKind, str] | None:
    """Return an e-mail address or a number as it is compared; nothing for a name or a street."""
    looks_like = "@" in text or (digits(text) and not any(one.isalpha() for one in text))
    kind = ContactKind.EMAIL if "@" in text else ContactKind.PHONE
    try:
        return (kind, normalise(kind, text, country)[1]) if looks_like else None
    except DomainError:
        return None


def _sought(name: str, normals: Iterable[tuple[ContactKind, str]]) -> Sought:
    known = list(normals)
    return Sought(
        name=name,
        phones=tuple(
            str(phonenumbers.parse(value).national_number)
            for kind, value in known
            if kind is ContactKind.PHONE
        ),
        emails=tuple(value for kind, value in known if kind is ContactKind.EMAIL),
    )


def _people(read: Session, sought: list[Sought]) -> Iterator[SearchHit]:
    """Walk the people of the register who are called so."""
    people = select(DataSubject.ref, DataSubject.name, DataSubject.state)
    for ref, name, state in read.execute(people.where(DataSubject.name != "")):
        for words, sure in _found(name, sought):
            shown = name if state is SubjectState.ACTIVE else ""
            yield SearchHit(ref, shown, "person", words, sure)


def _records(
    read: Session, kind: type[PersonalRecord], sought: list[Sought]
) -> Iterator[tuple[RecordRef, SearchHit]]:
    """Walk the records of a kind in whose words she may be meant."""
    columns = [
        column
        for column in inspect(kind).columns
        if isinstance(column.type, PersonalText | PersonalJson)
    ]
    if not columns:
        return
    person = (DataSubject.ref, DataSubject.name, DataSubject.state)
    rows = select(kind.ref, *person, *columns).outerjoin(
        DataSubject, DataSubject.id == kind.subject_id
    )
    for row in read.execute(rows.execution_options(yield_per=_AT_ONCE)):
        values: list[Any] = list(row)
        ref, owner, name, state = values[:4]
        shown = name if state is SubjectState.ACTIVE else ""
        for text in _strings(values[4:]):
            for words, sure in _found(text, sought):
                yield ref, SearchHit(owner, shown, kind_name(kind), words, sure)


def _found(text: str, sought: list[Sought]) -> Iterator[tuple[str, bool]]:
    """Walk where a text may mean her: surely, or with a given and a family name like hers."""
    folded = fold(text)
    for who in sought:
        if _may_be_in(folded, who):
            for span in names_in(text, who):
                words = text[span.start : span.end]
                if span.sure or len(words.split()) > 1:
                    yield words, span.sure


def _may_be_in(folded: str, who: Sought) -> bool:
    """Return whether it is worth looking closer; most words of a register are about others."""
    sounds = {_sound(word[:2]) for word in folded.split()}
    names = (who.parts.given, who.parts.family)
    begin = [{_sound(part[:2]) for part in parts} for parts in names if parts]
    return (
        (bool(begin) and all(sounds & one for one in begin))
        or any(one in folded for one in who.emails)
        or any(one[-_ENDING:] in digits(folded) for one in who.phones)
    )


@cache
def _sound(beginning: str) -> str:
    """Return the first sound of a word, by its first letters."""
    return heard(beginning)[:1]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(part)


def _count(read: Session, kind: Any) -> int:
    return read.scalar(select(func.count()).select_from(kind)) or 0
