"""The commonest answer, "we have nothing about you": searched for, written down, sent, in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import (
    PersonalRecord,
    RecordRef,
    SubjectRef,
    kind_name,
    personal_kinds,
    searched_columns,
)
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    LetterKind,
    Permission,
    RequestDecision,
    RequestKind,
    SubjectState,
)
from gdprdesk.domain.text import fold, is_number
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import checked_name
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.letters import LetterFormat, export_letter
from gdprdesk.services.registry import action, query
from gdprdesk.services.request_search import search_for
from gdprdesk.services.requests import close_request, find_open_request, note_step, open_request
from gdprdesk.store.hiding import hiding
from gdprdesk.store.search import matching
from gdprdesk.store.unit_of_work import UnitOfWork

_OWN_WORK = {DataSubjectRequest, Draft}
"""Kinds that only this program makes while somebody asks or types."""

_SHOWN = 5


@dataclass(frozen=True, repr=False)
class PossibleRow:
    """A person who may be the one that asks, or in whose records her name or address stands.

    Attributes:
        name: What she is called, or what a record is called that is of nobody in the register.
        ref: Of the person; nothing for such a record.
    """

    name: str
    ref: SubjectRef | None = None


@dataclass(frozen=True, repr=False)
class Search:
    """What was searched for somebody, and who was found.

    Attributes:
        searched: How many records of each kind were looked through.
    """

    possible: tuple[PossibleRow, ...]
    searched: tuple[tuple[str, int], ...]


@query("letter.search", needs=Permission.REGISTER)
def search_register(read: Session, *, name: str, reply_to: str = "") -> Search:
    """Return whom somebody who asks may be, before it is said that there is nothing about her.

    By her name, and by the addresses and numbers she gives: whoever is called so or reached there,
    in whose orders or notes it stands, or of whom an invoice is still kept; what is of nobody; and
    whoever is spelt nearly so.
    """
    name = checked_name(name)
    with hiding(read, ()):  # that there is nothing has to be true of everything
        found = dict.fromkeys((*_possible(read, name, reply_to), *_alike(read, name, reply_to)))
        return Search(tuple(found), tuple(_counts(read)))


@action(
    "letter.nothing_held", N_("Answer: nothing held"), undoable=False, needs=Permission.REGISTER
)
def answer_nothing_held(
    work: UnitOfWork,
    *,
    to: Path,
    asker: str = "",
    reply_to: str = "",
    request_ref: RecordRef | None = None,
    received_on: date | None = None,
    channel: Channel = Channel.EMAIL,
    answered_by: Channel = Channel.EMAIL,
    wish: str = "",
    none_of_them: bool = False,
    format: LetterFormat = LetterFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str | None = None,
    own_words: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Search the register, write down that nothing is held, and save the letter that says so.

    Args:
        work: The transaction.
        to: The file of the letter.
        asker: Who asks.
        reply_to: Where the answer goes.
        request_ref: Her open request; without one it is written down now.
        received_on: When she asked; today, if nothing is said.
        channel: How she asked.
        answered_by: How the letter goes.
        wish: What she wrote or said.
        none_of_them: You have looked at the people found, and none is the one who asks.
        format: A PDF to print, or text to mail.
        language_code: sv, nb or en; without one that of the register.
        own_words: What you add.
        overwrite: Replace a file that is there.

    Raises:
        DomainError: Somebody was found who may be the one who asks, the request is about a person
            of the register, or the file cannot be written.
    """
    request = find_open_request(work.session, request_ref) if request_ref else None
    if request is not None and request.subject_id is not None:
        raise DomainError(
            _(
                "This request is about a person who is in the register, so it would not be true "
                "that you have nothing. Nothing was saved."
            )
        )
    name = request.asker if request else asker
    search = search_register(
        work.session, name=name, reply_to=request.reply_to if request else reply_to
    )
    if search.possible and not none_of_them:
        raise DomainError(_who_was_found(name, search.possible))
    if request is None:
        row = open_request(
            work,
            kind=RequestKind.ACCESS,
            received_on=received_on or work.today,
            channel=channel,
            asker=asker,
            reply_to=reply_to,
            wish=wish,
        )
        request = find_open_request(work.session, row.ref)
    request.searched = dict(search.searched)
    note_step(work, request, CaseStep.SEARCHED)
    close_request(
        work,
        request_ref=request.ref,
        decision=RequestDecision.NOTHING_HELD,
        answered_by=answered_by,
    )
    return export_letter(
        work,
        request_ref=request.ref,
        letter=LetterKind.NOTHING_HELD,
        to=to,
        format=format,
        language_code=language_code,
        own_words=own_words,
        overwrite=overwrite,
    )


def _possible(read: Session, name: str, reply_to: str) -> Iterator[PossibleRow]:
    given = [part.strip() for part in re.split(r"[,;\n]", reply_to)]
    wanted = [name, *(part for part in given if "@" in part or is_number(part))]
    for words in wanted:
        people = select(DataSubject).where(matching(read, words)).order_by(DataSubject.sort_key)
        yield from (PossibleRow(one.name, one.ref) for one in read.scalars(people))
    for record in _outside_the_index(read):
        columns = [column.key for column in searched_columns(type(record))]
        said = fold(" ".join(str(getattr(record, column)) for column in columns)).split()
        if any(set(fold(words).split()) <= set(said) for words in wanted):
            called = _(type(record).called[0]).capitalize()
            yield PossibleRow(f"{called} {getattr(record, 'number', '')}".strip())


def _alike(read: Session, name: str, reply_to: str) -> Iterator[PossibleRow]:
    """Walk the people in whose records a name like hers, an address or a number of hers stands."""
    for hit in search_for(read, (name, reply_to)).found:
        if hit.subject_ref is not None and hit.name:
            yield PossibleRow(hit.name, hit.subject_ref)


def _outside_the_index(read: Session) -> Iterator[PersonalRecord]:
    """Walk what no person in the register is found by: of nobody, or kept of somebody erased."""
    held = select(DataSubject.id).where(DataSubject.state == SubjectState.HELD)
    for kind in personal_kinds():
        if kind not in _OWN_WORK:
            of_nobody = or_(kind.subject_id.is_(None), kind.subject_id.in_(held))
            yield from read.scalars(select(kind).where(of_nobody))


def _counts(read: Session) -> Iterator[tuple[str, int]]:
    """Walk how many records of each kind there are that could be about anybody."""
    for kind in personal_kinds():
        if kind not in _OWN_WORK and (count := read.scalar(select(func.count(kind.id)))):
            yield kind_name(kind), count


def _who_was_found(name: str, possible: tuple[PossibleRow, ...]) -> str:
    shown = ", ".join(one.name for one in possible[:_SHOWN])
    more = len(possible) - _SHOWN
    if more > 0:
        shown = _("{names} and {count} more").format(names=shown, count=more)
    return _(
        "{name} may be in the register: {found}. Nothing was saved. Look there first. If none of "
        "it is about {name}, say so, and answer again."
    ).format(name=name, found=shown)
