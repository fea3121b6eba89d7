"""Taking in a person with all her records from the copy another register handed out: Article 20."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    ContactKind,
    Permission,
    RestrictionGround,
    StopReason,
    SubjectKind,
    SubjectState,
)
from gdprdesk.domain.text import fold
from gdprdesk.i18n import LANGUAGES, N_, _
from gdprdesk.imports.person_file import PersonPackage
from gdprdesk.imports.source import refusal
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.copy_records import RecordWriter, company_of, is_ref, not_whole
from gdprdesk.services.copy_values import read_value
from gdprdesk.services.entering import checked_name
from gdprdesk.services.finding import controller_of
from gdprdesk.services.people_review import say_erased
from gdprdesk.services.person_json import OF_HER
from gdprdesk.services.registry import action, query
from gdprdesk.services.stop_list import Normal, stopped
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class CopyReview:
    """What would come of a copy; nothing has been saved.

    Attributes:
        counts: How many records of each kind it has.
        stopped: Why she stays out unless she has asked to come back herself; empty if she may.
        remarks: What else there is to know, each a sentence.
    """

    name: str
    counts: Mapping[str, int]
    stopped: str
    remarks: tuple[str, ...]

    @property
    def total(self) -> int:
        """Return how many records it has."""
        return sum(self.counts.values())


@dataclass(frozen=True, repr=False)
class CopyReceipt:
    """Who was taken in.

    Attributes:
        records: How many records of hers.
        remarks: What is not as it was where she came from, each a sentence.
    """

    ref: SubjectRef
    name: str
    records: int
    remarks: tuple[str, ...]


@query("import.review_copy", needs=Permission.EXPORT_ALL)
def review_copy(read: Session, *, package: PersonPackage) -> CopyReview:
    """Return what would come of a person's copy: who she is, and whether anything speaks against.

    Raises:
        DomainError: It is not a whole copy, or she is in the register already.
    """
    person, records = _parts(package)
    name = checked_name(_text(person, "name"))
    _check_unknown_here(read, SubjectRef(_text(person, "ref")))
    normals = list(_normals(records))
    found = [row for rows in stopped(read, normals).values() for row in rows]
    erased = [row.made_on for row in found if row.reason is StopReason.ERASED]
    remarks = list(_same_name(read, name))
    if any(row.reason is StopReason.UNSUBSCRIBED for row in found):
        remarks.append(_("She has said no to newsletters here. That stays as it is."))
    return CopyReview(
        name=name,
        counts={kind: len(some) for kind, some in records.items() if some},
        stopped=say_erased(min(erased)) if erased else "",
        remarks=tuple(remarks),
    )


@action("import.copy", N_("Import"), of_restricted=True, needs=Permission.EXPORT_ALL)
def import_copy(
    work: UnitOfWork,
    *,
    package: PersonPackage,
    again: bool = False,
    progress: Progress = SILENT,
) -> CopyReceipt:
    """Take in a person with everything her copy says, all of it or nothing.

    Args:
        work: The unit of work.
        package: The copy that was opened.
        again: She was erased here, or is on the stop list, and has asked to come back herself.
        progress: Told after every record; may stop it, and then nothing is saved.

    Raises:
        DomainError: She is here already or was erased here, an invoice number is taken, or the
            copy is not whole. Nothing was saved.
    """
    review = review_copy(work.session, package=package)
    person, records = _parts(package)
    ref = SubjectRef(_text(person, "ref"))
    erased_here = work.is_in_ledger(ref)
    if not again and (review.stopped or erased_here):
        raise refusal(
            review.stopped or _("She was erased here."),
            _("If she has asked to come back herself, say so and try again."),
        )
    # Whom the ledger names, it erases for ever: she comes back as somebody new.
    subject = _subject(work, person, None if erased_here else ref)
    writer = RecordWriter(work, package, subject)
    every = [(kind, said) for kind, some in records.items() for said in some]
    for done, (kind, said) in enumerate(every, 1):
        progress.step(done, len(every))
        writer.add(kind, said)
    work.session.flush()
    return CopyReceipt(subject.ref, subject.name, len(every), (*review.remarks, *writer.remarks))


def _subject(work: UnitOfWork, person: Mapping[str, Any], ref: SubjectRef | None) -> DataSubject:
    session = work.session
    try:
        days = {field: read_value(person.get(field), date | None) for field in OF_HER}
        language = person.get("language")
        subject = DataSubject(
            name="",
            sort_key="",
            kind=SubjectKind(person.get("kind", SubjectKind.CUSTOMER)),
            language=language if language in LANGUAGES else None,
            restriction=read_value(person.get("restriction"), RestrictionGround | None),
            **days,
        )
    except (ValueError, TypeError):
        raise not_whole("person") from None
    subject.rename(checked_name(_text(person, "name")), controller_of(session).language)
    company = company_of(session, person.get("company"))
    subject.company_id = company.id if company else None
    subject.ref = ref or subject.ref
    session.add(subject)
    session.flush()
    return subject


def _parts(package: PersonPackage) -> tuple[Mapping[str, Any], Mapping[str, list[Any]]]:
    person, records = package.copied.get("person"), package.copied.get("records")
    if not isinstance(person, dict) or not isinstance(records, dict):
        raise not_whole("person")
    for kind, some in records.items():
        if not isinstance(some, list) or not all(isinstance(one, dict) for one in some):
            raise not_whole(kind)
    return person, records


def _text(person: Mapping[str, Any], field: str) -> str:
    said = person.get(field)
    if not isinstance(said, str):
        raise not_whole("person")
    return said


def _check_unknown_here(read: Session, ref: SubjectRef) -> None:
    if not is_ref(ref):
        raise not_whole("person")
    state = read.scalar(select(DataSubject.state).where(DataSubject.ref == ref))
    if state is None:
        return
    sentences = {
        SubjectState.ACTIVE: _("This person is in the register already."),
        SubjectState.STAGED: _("This person is about to be erased here. Undo that first."),
        SubjectState.HELD: _("This person has been erased here, and a law still keeps some of it."),
    }
    raise refusal(sentences[state], _("What is here stays as it is."))


def _normals(records: Mapping[str, list[Any]]) -> Iterator[Normal]:
    kinds = set(ContactKind)
    for one in records.get("contact_detail", []):
        kind, normal = one.get("kind"), one.get("normal")
        if kind in kinds and isinstance(normal, str) and normal:
            yield ContactKind(kind), normal


def _same_name(read: Session, name: str) -> Iterator[str]:
    active = select(DataSubject.name).where(DataSubject.state == SubjectState.ACTIVE)
    if any(fold(one) == fold(name) for one in read.scalars(active)):
        yield _("Somebody else called {name} is here already; they stay two people.").format(
            name=name
        )
