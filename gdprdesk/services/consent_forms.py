"""The paper form of a consent: printed with the exact words, signed, and scanned back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import ConsentTextRef, RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ConsentMethod, Decision, Permission, SignedAs, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.imports.scan_file import read_scan
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.consent_channels import said_to
from gdprdesk.services.consent_texts import find_text
from gdprdesk.services.consents import record_consent
from gdprdesk.services.files import (
    ExportReceipt,
    FileFormat,
    save_content,
    write_document,
)
from gdprdesk.services.finding import find_record
from gdprdesk.services.registry import action, query
from gdprdesk.services.reports.consent_form import consent_form
from gdprdesk.store.unit_of_work import UnitOfWork

_OF_PERSON, _OF_WORDS = 12, 4
# A code has the letters and the figures 2 to 7: these are letters that look like figures.
_MISREAD = str.maketrans("018", "oib")
_SUFFIX = {SignedAs.PNG: ".png", SignedAs.JPEG: ".jpg", SignedAs.PDF: ".pdf"}


@dataclass(frozen=True, repr=False)
class FormRow:
    """Whose a printed form is, and to which words.

    Attributes:
        title: What she was asked for.
        consent_ref: What she last said to it, if that is written down: there the scan belongs.
        places: The places she was asked about, each with a box of its own.
        decision: What is written down; nothing if nothing is.
        channels: The places she said yes to, as far as is written down.
        is_signed: Whether that has its signature already.
    """

    subject_ref: SubjectRef
    name: str
    text_ref: ConsentTextRef
    title: str
    version: str
    language: str
    consent_ref: RecordRef | None
    places: tuple[str, ...] = ()
    decision: Decision | None = None
    channels: tuple[str, ...] = ()
    is_signed: bool = False


@dataclass(frozen=True, repr=False)
class SignedForm:
    """A signature or a scanned form; `media_type` such as "image/png"."""

    content: bytes
    media_type: str
    suffix: str


@action("export.consent_form", N_("Export"), undoable=False, needs=Permission.CONSENTS)
def export_consent_form(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    text_ref: ConsentTextRef,
    to: Path,
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the form to print and sign, in the language of its words: PDF."""
    document = consent_form(work.session, subject_ref=subject_ref, text_ref=text_ref)
    work.mention(subject_ref)
    return write_document(work, document, to, FileFormat.PDF, overwrite=overwrite)


@action("consent.attach", N_("Scanned form"), of_restricted=True, needs=Permission.CONSENTS)
def attach_form(
    work: UnitOfWork, *, ref: RecordRef, path: Path, progress: Progress = SILENT
) -> None:
    """Keep the scan of a signed form with the very answer it proves. The file itself stays.

    Raises:
        UnreadableFileError: It is no PDF, JPEG or PNG, is damaged, or larger than 15 MB.
        DomainError: This answer has a signature already.
    """
    consent = find_record(work.session, Consent, ref)
    if consent.signed_type is not None:
        raise DomainError(
            _(
                "This answer has its signature already, and a proof is not replaced. Nothing was "
                "saved. If she has signed anew, write that down as a new answer."
            )
        )
    scan = read_scan(path, progress=progress)
    consent.signed, consent.signed_type = scan.content, scan.kind
    consent.method = ConsentMethod.SIGNATURE


@action("consent.record_form", N_("Signed form"), of_restricted=True, needs=Permission.CONSENTS)
def record_form(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    text_ref: ConsentTextRef,
    decision: Decision,
    path: Path,
    channels: tuple[str, ...] = (),
    decided_on: date | None = None,
    given_by: str = "",
    progress: Progress = SILENT,
) -> RecordRef:
    """Write down what stands on a signed form, and keep its scan with it: both or neither.

    Args:
        work: The transaction.
        subject_ref: Whose form it is.
        text_ref: The words on it.
        decision: What is ticked; not confirmed, if nothing is, or if it is not signed.
        path: The scan. The file itself stays.
        channels: The places that are ticked; to the others she says no.
        decided_on: The day on it; without one, today.
        given_by: Who signed it for a child: one of her guardians.
        progress: Asked whether to go on while the scan is read.

    Raises:
        UnreadableFileError: The scan cannot be read.
        DomainError: The day cannot be, a place is none of the form, or whoever says yes for her
            may not.
    """
    offered = find_text(work.session, text_ref).channels
    if unknown := set(channels) - set(offered):
        raise DomainError(
            _("The form does not ask about {place}. Nothing was saved.").format(
                place=", ".join(sorted(unknown))
            )
        )
    ref = record_consent(
        work,
        subject_ref=subject_ref,
        text_ref=text_ref,
        decision=decision,
        method=ConsentMethod.SIGNATURE,
        channels=channels if decision is Decision.GIVEN else (),
        decided_on=decided_on,
        given_by=given_by,
    )
    work.session.flush()
    attach_form(work, ref=ref, path=path, progress=progress)
    return ref


@query("consent.signed", needs=Permission.CONSENTS)
def read_signed(read: Session, *, ref: RecordRef) -> SignedForm:
    """Return the signature or the scanned form that is kept with an answer.

    Raises:
        NotFoundError: There is none.
    """
    consent = find_record(read, Consent, ref)
    if consent.signed is None or consent.signed_type is None:
        raise NotFoundError(_("No signature is kept with this answer."))
    kind = consent.signed_type
    return SignedForm(consent.signed, kind.value, _SUFFIX[kind])


@action(
    "export.signed_form",
    N_("Export"),
    undoable=False,
    of_restricted=True,
    needs=Permission.CONSENTS,
)
def export_signed_form(
    work: UnitOfWork, *, ref: RecordRef, to: Path, overwrite: bool = False
) -> ExportReceipt:
    """Save the signature or the scanned form of an answer as it is kept."""
    signed = read_signed(work.session, ref=ref)
    work.mention(ref)
    return save_content(work, signed.content, to, signed.suffix, overwrite=overwrite, rows=1)


@query("consent.of_form", needs=Permission.CONSENTS)
def find_form(read: Session, *, code: str) -> FormRow:
    """Return whose a printed form is, by the code at its foot.

    Raises:
        NotFoundError: The code belongs to nobody here, or is not whole.
    """
    typed = "".join(one for one in code.casefold() if one.isalnum()).translate(_MISREAD)
    person, words = typed[:_OF_PERSON], typed[_OF_PERSON:]
    subjects = _whose(read, person)
    texts = read.scalars(
        select(ConsentText).where(ConsentText.ref.startswith(words, autoescape=True))
    ).all()
    whole = len(typed) == _OF_PERSON + _OF_WORDS
    if not whole or len(subjects) != 1 or len(texts) != 1:
        raise NotFoundError(
            _(
                "No form of anybody in the register has this code. Look at the foot of the form "
                "again; whoever was erased since has none."
            )
        )
    subject, text = subjects[0], texts[0]
    said = [one for one in said_to(read, subject, text.purpose) if one.text_id == text.id]
    return FormRow(
        subject.ref,
        subject.name,
        text.ref,
        text.name,
        text.version,
        text.language,
        said[-1].ref if said else None,
        places=tuple(text.channels),
        decision=said[-1].decision if said else None,
        channels=tuple(said[-1].channels) if said else (),
        is_signed=bool(said) and said[-1].signed_type is not None,
    )


def _whose(read: Session, beginning: str) -> list[DataSubject]:
    """Return whose ref, or that of whoever was found to be her, begins like this."""
    active = select(DataSubject).where(DataSubject.state == SubjectState.ACTIVE)
    own = DataSubject.ref.startswith(beginning, autoescape=True)
    if found := list(read.scalars(active.where(own))):
        return found
    merged = read.scalars(active.where(DataSubject.former_refs != []))
    return [one for one in merged if any(ref.startswith(beginning) for ref in one.former_refs)]
