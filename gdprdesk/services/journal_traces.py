"""Traces of a person in the journals of others: found in memory, shown, and never masked.

A signed entry is never changed, so what it says of somebody who was erased stays; whoever wrote it
can add to it. Names are found as they are spelt, with other endings, but not misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from gdprdesk.domain.base import RecordRef, Sealed, SubjectRef
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.domain.text import finder_of
from gdprdesk.domain.traces import Sought, names_in
from gdprdesk.i18n import N_
from gdprdesk.services.finding import find_any_subject
from gdprdesk.services.journal import NoteRow, notes_by_ref, rows_of_notes
from gdprdesk.services.permissions import keeps_journal, may
from gdprdesk.services.registry import reading
from gdprdesk.services.sought import sought_of
from gdprdesk.store.reading import Reading
from gdprdesk.store.unit_of_work import UnitOfWork

_NAME = "journal.traces"
_AROUND = 45  # letters shown on each side
_REACHED = re.compile(r"@|\d(?:\D{0,2}\d){4}")  # an address, or a number


@dataclass(frozen=True, repr=False)
class JournalTrace:
    """An entry in somebody else's journal that speaks of a person.

    Attributes:
        around: The words around the first place, which stands from `start` to `end`.
        places: How many places there are.
        sure: Whether the first can hardly mean anybody else.
    """

    row: NoteRow
    around: str
    start: int
    end: int
    places: int
    sure: bool


@reading(_NAME, N_("Searched journals for traces"), needs=Permission.JOURNAL_READ)
def list_journal_traces(look: Reading, *, subject_ref: SubjectRef) -> tuple[JournalTrace, ...]:
    """Show which journals of others speak of a person, before she is erased; in the log first.

    The log names her, and the entries that are shown.
    """
    subject = find_any_subject(look.session, subject_ref)
    who = sought_of(look.session, subject)
    found = look.search(_of_others(subject), _speaks_of(who), of=[subject])
    rows = rows_of_notes(look.session, notes_by_ref(look.session, list(found)))
    return tuple(_trace(row, found[row.ref], who) for row in rows)


def count_journal_traces(work: UnitOfWork, subject: DataSubject) -> tuple[int, int] | None:
    """Look through the journals of others for a person who is about to be erased.

    It is a reading with its own line in the log; nothing may have been changed before it.

    Returns:
        How many entries there are, and how many speak of her; nothing if no journals are kept, or
        whoever erases her may not read them.
    """
    allowed = may(work.session, Permission.JOURNAL_READ) and work.holds_journal
    if not allowed or not keeps_journal(work.session):
        return None
    sought = _of_others(subject)
    count = work.session.scalar(select(func.count()).select_from(sought.subquery())) or 0
    if not count:
        return 0, 0
    who = sought_of(work.session, subject)
    return count, len(Reading(work, _NAME).search(sought, _speaks_of(who), of=[subject]))


def _of_others(subject: DataSubject) -> Select[RecordRef, int | None, Sealed]:
    columns = (JournalNote.ref, JournalNote.subject_id, JournalNote.text)
    latest_first = JournalNote.happened_on.desc(), JournalNote.id.desc()
    return select(*columns).where(JournalNote.subject_id != subject.id).order_by(*latest_first)


def _speaks_of(who: Sought) -> Callable[[str], bool]:
    """Return what tells whether a text speaks of somebody; most are seen at a glance not to."""
    forms = [finder_of(form) for form in {*who.given_forms, *who.family_forms}]

    def speaks(text: str) -> bool:
        worth_a_look = _REACHED.search(text) or any(form.search(text) for form in forms)
        return bool(worth_a_look and names_in(text, who))

    return speaks


def _trace(row: NoteRow, text: str, who: Sought) -> JournalTrace:
    spans = names_in(text, who)
    first = spans[0]
    begin = max(0, first.start - _AROUND)
    return JournalTrace(
        row=row,
        around=text[begin : first.end + _AROUND],
        start=first.start - begin,
        end=first.end - begin,
        places=len(spans),
        sure=first.sure,
    )
