"""What a person is handed out about herself, whatever format it takes: Articles 15 and 20."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import (
    PersonalBytes,
    PersonalRecord,
    RecordRef,
    SealedBytes,
    SealedText,
    SealedValue,
    SubjectRef,
    kind_name,
    personal_columns,
    personal_kinds,
    sealed_columns,
)
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import DataSubjectRequest, Masking
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import LegalBasis, Origin
from gdprdesk.exports.zip_file import safe_names
from gdprdesk.i18n import _
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import find_subject, records_of
from gdprdesk.services.media_people import picture_of
from gdprdesk.services.permissions import must_see_all

_PORTABLE = {LegalBasis.CONSENT, LegalBasis.CONTRACT}


@dataclass(frozen=True, repr=False)
class Opened:
    """What was opened of what is sealed about a person, after the log said so.

    Attributes:
        texts: What each column of each record says, by the ref of the record and its name.
        file: Opens a file when it is its turn: there may be many, and large ones.
    """

    texts: Mapping[tuple[str, str], str]
    file: Callable[[PersonalRecord, str], bytes]

    def holds(self, record: PersonalRecord) -> bool:
        """Return whether all that is sealed in a record can be read."""
        texts = (
            name for name, kind in sealed_columns(type(record)) if isinstance(kind, SealedText)
        )
        return all((record.ref, name) in self.texts for name in texts)


@dataclass(frozen=True, repr=False)
class PersonCopy:
    """Everything about a person as it is handed out.

    Attributes:
        records: By kind, in the order they were written down.
        known: All records of hers, also those left out: they say how long the others are kept.
        masks: Words about others that are taken out of a record, each with the reason: 15(4).
        paths: Where each file lies in the copy, by the ref of its record.
        opened: What was opened of what is sealed; a record that was not opened is left out.
        portable: It is only what she gave herself, by consent or contract: Article 20.
    """

    subject: DataSubject
    records: tuple[PersonalRecord, ...]
    known: tuple[PersonalRecord, ...]
    masks: tuple[Masking, ...] = ()
    paths: Mapping[RecordRef, str] = field(default_factory=dict)
    opened: Opened | None = None
    portable: bool = False

    def value(self, record: PersonalRecord, column: str) -> Any:
        """Return what a column of a record says in the copy."""
        said = self._said(record, column)
        if isinstance(record, DataSubjectRequest) and column == "masked":
            return [{**one, "words": _("[masked]")} for one in said]
        words = [one["words"] for one in self.masks if one["record"] == record.ref]
        if words and column == "normal":  # the same words, spelt so that they compare
            return said if self.value(record, "value") == getattr(record, "value", "") else ""
        return _without(said, words) if words else said

    def content(self, read: Session, record: PersonalRecord) -> bytes:
        """Return the file of a record, and let go of it: there may be many, and large ones."""
        shown = picture_of(read, record)
        if shown is not None:  # also hers who is in it, and to whom it does not belong
            record = shown
        ((column, column_type),) = _file_columns(type(record))
        if self.opened and isinstance(column_type, SealedValue):
            content = self.opened.file(record, column)
        else:
            content = getattr(record, column)
        read.expire(record, [column])
        return content

    def _said(self, record: PersonalRecord, column: str) -> Any:
        opened = self.opened.texts if self.opened else {}
        return opened.get((record.ref, column), getattr(record, column))

    def of_kind(self) -> Iterator[tuple[type[PersonalRecord], list[PersonalRecord]]]:
        """Walk the kinds of record that are in the copy."""
        for kind in personal_kinds():
            if some := [one for one in self.records if type(one) is kind]:
                yield kind, some

    def left_out(self) -> Mapping[type[PersonalRecord], int]:
        """Return how many records of each kind are not in the copy."""
        return Counter(map(type, self.known)) - Counter(map(type, self.records))


def gather(
    read: Session,
    subject_ref: SubjectRef,
    *,
    masks: Sequence[Masking] = (),
    portable: bool = False,
    bare_names: bool = False,
    opened: Opened | None = None,
) -> PersonCopy:
    """Return everything about a person, for a copy of it.

    Args:
        read: The open register.
        subject_ref: Who.
        masks: What is taken out because it is about somebody else.
        portable: Only what she gave herself, by consent or contract.
        bare_names: Files are only numbered: a sealed zip shows their names to everybody.
        opened: What was opened of what is sealed; without it, that is left out.

    Raises:
        NotAllowedError: Whoever gives it may not see all that is in it.
        DomainError: What is to be masked does not stand there, or no reason is given.
    """
    must_give_all(read, portable=portable)
    subject = find_subject(read, subject_ref)
    known = tuple(sorted(records_of(read, subject), key=lambda one: (kind_of(one), one.id)))
    records = tuple(
        one
        for one in known
        if (not portable or is_portable(read, one)) and _can_be_read(one, opened)
    )
    shut = {one.ref for one in known if not _can_be_read(one, opened)}
    for mask in masks:
        if mask["record"] not in shut:
            check_mask(mask, known, opened)
    shown = {one.ref for one in records}
    masked = tuple(one for one in masks if one["record"] in shown)
    copy = PersonCopy(subject, records, known, masked, opened=opened, portable=portable)
    return replace(copy, paths=_paths(read, copy, bare_names=bare_names))


def must_give_all(read: Session, *, portable: bool = False) -> None:
    """Refuse a copy to whoever may not see all that belongs in it, for it would not be one.

    A copy is of everything (Article 15), and what is left out by oversight is left out for good:
    the person cannot know of it. So nobody hands out half of one.

    Raises:
        NotAllowedError: Names what she may not see, and who may.
    """
    must_see_all(read, (one for one in personal_kinds() if one.given_by_her or not portable))


def kind_of(record: PersonalRecord) -> str:
    """Return what files call the kind of a record."""
    return kind_name(type(record))


def _can_be_read(record: PersonalRecord, opened: Opened | None) -> bool:
    """Return whether nothing of a record is sealed, or all that is was opened."""
    is_sealed = any(sealed_columns(type(record)))
    return not is_sealed or (opened is not None and opened.holds(record))


def _file_columns(kind: type[PersonalRecord]) -> list[tuple[str, Any]]:
    return [
        (column, said)
        for column, said in personal_columns(kind)
        if isinstance(said, PersonalBytes | SealedBytes)
        and not inspect(kind).columns[column].info.get("only_here")
    ]


def _holds_file(read: Session, record: PersonalRecord) -> bool:
    """Return whether there is a file in a record; a consent may be signed or not."""
    record = picture_of(read, record) or record
    return any(
        read.scalar(select(getattr(type(record), name).is_not(None)).filter_by(id=record.id))
        for name, _type in _file_columns(type(record))
    )


def _paths(read: Session, shown: PersonCopy, *, bare_names: bool) -> dict[RecordRef, str]:
    holding = [one for one in shown.records if _holds_file(read, one)]
    names = []
    for number, one in enumerate(holding, 1):
        name = _file_name(read, shown, one)
        ending = PurePosixPath(name).suffix
        names.append(f"files/{number}{ending}" if bare_names else f"files/{name}")
    safe = safe_names([_as_one_name(name) for name in names])
    return {one.ref: path for one, path in zip(holding, safe, strict=True)}


def _file_name(read: Session, shown: PersonCopy, record: PersonalRecord) -> str:
    if hasattr(record, "file_name"):
        return str(shown.value(record, "file_name"))
    media = picture_of(read, record)  # its own name may speak of the others in it
    return kind_of(record) + (PurePosixPath(media.file_name).suffix if media else "")


def _as_one_name(path: str) -> str:
    """Return a path whose file is in the folder itself, however it is called."""
    folder, _slash, name = path.partition("/")
    plain = re.sub(r"[/\\]", "_", name)
    return f"{folder}/{plain}" if plain.strip(". ") else f"{folder}/file"


def is_portable(read: Session, record: PersonalRecord) -> bool:
    """Return whether she may take a record along: she gave it, by consent or contract."""
    activity = read.get_one(ProcessingActivity, record.activity_id)
    return (
        record.given_by_her
        and activity.legal_basis in _PORTABLE
        and activity.collected_from is Origin.PERSON
    )


def check_mask(
    mask: Masking, records: Sequence[PersonalRecord], opened: Opened | None = None
) -> None:
    """Refuse to take out what does not stand in these records, or without a reason.

    Raises:
        DomainError: One of the two.
    """
    if not is_visible(mask["reason"]):
        raise DomainError(
            _("Write why “{words}” is taken out of the copy. Nothing was saved.").format(
                words=mask["words"]
            )
        )
    found = [one for one in records if one.ref == mask["record"]]
    words, texts = mask["words"], opened.texts if opened else {}
    if not is_visible(words) or not any(_stands_in(words, one, texts) for one in found):
        raise DomainError(
            _(
                "“{words}” does not stand in that record, so it cannot be taken out of the copy. "
                "Nothing was saved. Look through the names of others again."
            ).format(words=mask["words"])
        )


def _stands_in(words: str, record: PersonalRecord, opened: Mapping[tuple[str, str], str]) -> bool:
    columns = (column for column, _type in readable_columns(type(record)))
    said = (opened.get((record.ref, one), getattr(record, one)) for one in columns)
    return any(_without(one, [words]) != one for one in said)


def readable_columns(kind: type[PersonalRecord]) -> Iterator[tuple[str, Any]]:
    """Walk the personal columns of a kind but its file: name and type."""
    for column, said in personal_columns(kind):
        if not isinstance(said, PersonalBytes | SealedBytes):
            yield column, said


def _without(value: Any, words: Sequence[str]) -> Any:
    """Return a value without some words, in every text of it."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        longest_first = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
        return re.sub(rf"(?<!\w)(?:{longest_first})(?!\w)", lambda _found: _("[masked]"), value)
    if isinstance(value, list):
        return [_without(one, words) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, words) for key, one in value.items()}
    return value
