"""Saving what a person is handed out about herself: one click gives everything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef, kind_name
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import DataSubjectRequest, Masking
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import CaseStep, Permission
from gdprdesk.exports import CSV, PDF
from gdprdesk.exports.protect import check_file_password, protected
from gdprdesk.exports.target import writing
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.copy_opening import open_for_copy
from gdprdesk.services.finding import controller_of, find_subject, records_of
from gdprdesk.services.handing import ExportReceipt, name_for_log
from gdprdesk.services.person_cards import as_calendar, as_card
from gdprdesk.services.person_copy import (
    PersonCopy,
    check_mask,
    gather,
    must_give_all,
)
from gdprdesk.services.person_json import as_data
from gdprdesk.services.registry import action
from gdprdesk.services.reports.copy_readme import readme
from gdprdesk.services.reports.person import as_document
from gdprdesk.services.reports.person_tables import as_tables, each_table
from gdprdesk.services.request_handling import require_known_asker
from gdprdesk.services.requests import find_open_request, note_step
from gdprdesk.store.unit_of_work import UnitOfWork

_CHUNK = 1 << 20


class CopyFormat(StrEnum):
    """As what a person's copy can be saved: all of it in a zip, or a part alone."""

    ZIP = "zip"
    PDF = "pdf"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"
    VCF = "vcf"


_NOTHING_SEALED = {CopyFormat.ICS, CopyFormat.VCF}


@action(
    "export.person", N_("Export"), undoable=False, of_restricted=True, needs=Permission.EXPORT_ONE
)
def export_person(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    to: Path,
    format: CopyFormat | None = None,  # noqa: A002  (the word the user types)
    language_code: str = "",
    password: str | None = None,
    masked: tuple[Masking, ...] = (),
    portable: bool = False,
    request_ref: RecordRef | None = None,
    given_to: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save everything about one person: to read, for programs, for calendars, and her files.

    What is sealed about her, such as her journal, is opened by a reading with its own line in the
    log, before the file is written.

    Args:
        work: The unit of work.
        subject_ref: Who.
        to: The file.
        format: What is saved; without it, as the name of the file ends.
        language_code: The language of the sentences in it; without one, hers.
        password: To seal a zip or a PDF with, by AES-256; without one, that of the handing.
        masked: What is taken out because it is about somebody else: Article 15(4).
        portable: Only what she gave herself, by consent or contract: Article 20.
        request_ref: The request it answers: what was masked, and that it was made, stand there.
        given_to: Whom it is for, if not herself, as that history says it.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        NotAllowedError: Whoever gives it may not see all that is in it.
        DomainError: The name of the file says another format, the password is too short, what
            is to be taken out does not stand there, the request is not hers or answered, or it is
            not known yet who asks.
    """
    wanted = _format_of(to, format)
    password = work.handing.password if password is None else password
    _check_password(wanted, password)
    read = work.session
    must_give_all(read, portable=portable)
    subject = find_subject(read, subject_ref)
    request = _request_of(read, request_ref, subject)
    opened = None if wanted in _NOTHING_SEALED else open_for_copy(work, subject, portable=portable)
    for mask in masked:  # the owner is refused in her own language, not in that of the copy
        check_mask(mask, records_of(read, subject), opened)
    if request is not None:
        _note(work, request, subject, masked=masked, wanted=wanted, given_to=given_to)
    with language(language_code or subject.language or controller_of(read).language):
        copy = gather(
            read,
            subject_ref,
            masks=masked,
            portable=portable,
            bare_names=password is not None,
            opened=opened,
        )
        with writing(to, overwrite=overwrite) as file:
            if wanted is CopyFormat.ZIP:
                from gdprdesk.exports.zip_file import pack_into  # noqa: PLC0415  (heavy, seldom)

                pack_into(file, _parts(read, copy), password=password, made_at=work.now)
            else:
                file.write(_sealed(_RENDER[wanted](read, copy), to, password, work.now))
            digest = _digest(file)
    work.mention(subject_ref)
    work.note_file(name_for_log(read, to.name))
    is_sealed = password is not None
    return ExportReceipt(to.resolve(), wanted.value, len(copy.records), digest, is_sealed)


def _sealed(content: bytes, to: Path, password: str | None, made_at: datetime) -> bytes:
    return (
        content
        if password is None
        else protected(content, to.name, to.suffix.casefold(), password, made_at=made_at)
    )


def _request_of(
    read: Session, ref: RecordRef | None, subject: DataSubject
) -> DataSubjectRequest | None:
    """Return the request that a copy answers, if it answers one."""
    if ref is None:
        return None
    request = find_open_request(read, ref)
    if request.subject_id != subject.id:
        raise DomainError(
            _("Request {number} is about somebody else. Nothing was saved.").format(
                number=request.number
            )
        )
    require_known_asker(request)
    return request


def _note(
    work: UnitOfWork,
    request: DataSubjectRequest,
    subject: DataSubject,
    *,
    masked: tuple[Masking, ...],
    wanted: CopyFormat,
    given_to: str,
) -> None:
    """Write into the request that the copy was made, for whom, and what was taken out."""
    request.masked = list(masked)
    whom = " ".join(given_to.split()) or subject.name
    note = _("Saved as {format} for {whom}.").format(format=wanted.value, whom=whom)
    note_step(work, request, CaseStep.COPY, note)


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _format_of(to: Path, wanted: CopyFormat | None) -> CopyFormat:
    ending = to.suffix.casefold().removeprefix(".")
    if ending not in set(CopyFormat):
        raise DomainError(
            _(
                "A person's copy is saved as .zip, .pdf, .json, .csv, .ics or .vcf. "
                "Nothing was saved."
            )
        )
    if wanted is not None and wanted.value != ending:
        said = _("The name of the file must end in {suffix}. Nothing was saved.")
        raise DomainError(said.format(suffix=f".{wanted.value}"))
    return CopyFormat(ending)


def _check_password(wanted: CopyFormat, password: str | None) -> None:
    if password is not None and wanted not in {CopyFormat.ZIP, CopyFormat.PDF}:
        raise DomainError(_("Only a .zip or a .pdf can have a password here. Nothing was saved."))
    check_file_password(password)


def _parts(read: Session, copy: PersonCopy) -> Iterator[tuple[str, bytes]]:
    """Walk the files of a zip, each made when it is its turn."""
    yield "readme.txt", readme(read, copy)
    if not copy.portable:
        yield "copy.pdf", _RENDER[CopyFormat.PDF](read, copy)
    yield "copy.json", _RENDER[CopyFormat.JSON](read, copy)
    yield "contact.vcf", as_card(read, copy)
    yield "calendar.ics", as_calendar(read, copy)
    for kind, document in each_table(read, copy):
        yield f"tables/{kind_name(kind)}.csv", CSV.render(document)
    for record in copy.records:
        if record.ref in copy.paths:
            yield copy.paths[record.ref], copy.content(read, record)


def _as_json(read: Session, copy: PersonCopy) -> bytes:
    from gdprdesk.exports.json_file import render_value  # noqa: PLC0415

    return render_value(as_data(read, copy))


_RENDER: dict[CopyFormat, Callable[[Session, PersonCopy], bytes]] = {
    CopyFormat.PDF: lambda read, copy: PDF.render(as_document(read, copy)),
    CopyFormat.JSON: _as_json,
    CopyFormat.CSV: lambda read, copy: CSV.render(as_tables(read, copy)),
    CopyFormat.ICS: as_calendar,
    CopyFormat.VCF: as_card,
}
