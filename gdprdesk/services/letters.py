"""The letters of a request: which fit now, what they say, and saving them to print or to mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    CaseStep,
    LetterKind,
    Permission,
    RequestDecision,
    RequestKind,
    say,
)
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.files import ExportReceipt, FileFormat, save_content, write_document
from gdprdesk.services.letter_case import LetterCase, letter_case
from gdprdesk.services.registry import action, query
from gdprdesk.services.reports.letter_journal import has_bound_journal, latest_decision
from gdprdesk.services.reports.letters import LetterText, document_of, text_of
from gdprdesk.services.requests import note_step
from gdprdesk.store.unit_of_work import UnitOfWork

_DONE = {
    RequestKind.ACCESS: LetterKind.COPY_ENCLOSED,
    RequestKind.RECTIFY: LetterKind.CORRECTED,
    RequestKind.ERASE: LetterKind.ERASED,
    RequestKind.RESTRICT: LetterKind.RESTRICTED,
    RequestKind.PORT: LetterKind.COPY_ENCLOSED,
    RequestKind.OBJECT: LetterKind.OBJECTION_UPHELD,
    RequestKind.COMPLAINT: LetterKind.COMPLAINT_ANSWER,
}


class LetterFormat(StrEnum):
    """What a letter can be saved as."""

    PDF = "pdf"
    TXT = "txt"


@query("letter.list", needs=Permission.REGISTER)
def letters_of(read: Session, *, request_ref: RecordRef) -> tuple[LetterKind, ...]:
    """Return the letters that fit a request as it stands, the one to send now first."""
    return _fitting(letter_case(read, request_ref))


@query("letter.show", needs=Permission.REGISTER)
def letter_text(
    read: Session,
    *,
    request_ref: RecordRef,
    letter: LetterKind,
    language_code: str | None = None,
    own_words: str = "",
) -> LetterText:
    """Return a letter to paste into a mail, in the language of whoever gets it.

    Args:
        read: The open register.
        request_ref: The request it belongs to.
        letter: Which letter.
        language_code: sv, nb or en; without one hers, else that of the register.
        own_words: What the owner adds before the end.

    Raises:
        DomainError: The letter would not be true of the request as it stands.
    """
    case = letter_case(read, request_ref, own_words)
    with _language_of(case, language_code):
        _must_fit(case, letter)
        return text_of(case, letter)


@action(
    "export.letter", N_("Export"), undoable=False, of_restricted=True, needs=Permission.REGISTER
)
def export_letter(
    work: UnitOfWork,
    *,
    request_ref: RecordRef,
    letter: LetterKind,
    to: Path,
    format: LetterFormat = LetterFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str | None = None,
    own_words: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save a letter of a request: as PDF to print and send, or as text to mail.

    Raises:
        DomainError: The letter would not be true of the request as it stands, or the file cannot
            be written there.
    """
    case = letter_case(work.session, request_ref, own_words)
    with _language_of(case, language_code):
        _must_fit(case, letter)
        if format is LetterFormat.PDF:
            document = document_of(case, letter)
            receipt = write_document(work, document, to, FileFormat.PDF, overwrite=overwrite)
        else:
            said = text_of(case, letter)
            text = f"{said.subject}\n\n{said.body}\n"
            receipt = save_content(work, text.encode(), to, ".txt", overwrite=overwrite)
    note_step(work, case.request, CaseStep.LETTER, say(letter))
    work.mention(request_ref)
    return receipt


def _fitting(case: LetterCase) -> tuple[LetterKind, ...]:
    return tuple(dict.fromkeys(_walk_fitting(case)))


def _walk_fitting(case: LetterCase) -> Iterator[LetterKind]:
    """Yield what fits, the likeliest first."""
    request = case.request
    if request.decision is not None:
        yield from _of_decision(case, request.decision)
    if request.is_open and request.decision is None:
        yield from _of_open(case)
    if case.subject is not None and case.subject.restricted_on is not None:
        yield LetterKind.LIFTED
    if request.kind is RequestKind.ERASE and case.is_trusted:
        yield from _of_journal(case)


def _of_journal(case: LetterCase) -> Iterator[LetterKind]:
    """Yield what is written about a journal that the law binds: who decides, or what was."""
    decision = latest_decision(case)
    if decision is not None:
        yield LetterKind.JOURNAL_DESTROYED if decision.granted else LetterKind.JOURNAL_KEPT
    elif case.controller.country == "SE" and has_bound_journal(case):
        yield LetterKind.JOURNAL_TO_AUTHORITY


def _of_open(case: LetterCase) -> Iterator[LetterKind]:
    """Yield the letters of the way to the answer, then the answers that are true already."""
    request = case.request
    if case.for_another and not case.is_trusted:
        yield LetterKind.NO_AUTHORITY
    if request.doubted_on and not request.checked_on:
        yield LetterKind.WHO_ARE_YOU
    if request.extended_on:
        yield LetterKind.EXTENSION
    yield LetterKind.RECEIVED
    if case.subject is None and (case.is_trusted or not case.for_another):
        yield LetterKind.NOTHING_HELD
    elif case.is_trusted and _is_done(case):
        yield _DONE[request.kind]


def _is_done(case: LetterCase) -> bool:
    """Return whether what was asked for is done, or goes out with the letter itself."""
    subject = case.subject
    return {
        RequestKind.ACCESS: True,
        RequestKind.PORT: True,
        RequestKind.RECTIFY: bool(case.request.corrections),
        RequestKind.ERASE: True,
        RequestKind.RESTRICT: subject is not None and subject.restricted_on is not None,
        RequestKind.OBJECT: subject is not None and subject.objected_on is not None,
        RequestKind.COMPLAINT: False,
    }[case.request.kind]


def _of_decision(case: LetterCase, decision: RequestDecision) -> Iterator[LetterKind]:
    kind = case.request.kind
    if decision is RequestDecision.NOTHING_HELD:
        yield LetterKind.NOTHING_HELD
    elif decision is RequestDecision.TAKEN_BACK:
        yield LetterKind.TAKEN_BACK
    elif decision is RequestDecision.GRANTED or kind is RequestKind.COMPLAINT:
        yield _DONE[kind]
    elif decision is RequestDecision.PARTLY:
        yield LetterKind.PARTLY
    else:
        objection = kind is RequestKind.OBJECT and case.is_trusted
        yield LetterKind.OBJECTION_REFUSED if objection else LetterKind.REFUSED


def _must_fit(case: LetterCase, letter: LetterKind) -> None:
    if letter not in _fitting(case):
        raise DomainError(
            _(
                "The letter “{letter}” would not be true of request {number} as it stands. Nothing "
                "was saved. Choose another letter, or write down first what was done or decided."
            ).format(letter=say(letter), number=case.request.number)
        )


def _language_of(case: LetterCase, code: str | None) -> AbstractContextManager[None]:
    hers = case.subject.language if case.subject and not case.for_another else None
    return language(code or hers or case.controller.language)
