"""The records of a person's copy, written into a register with what they belong to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
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
    kind_name,
    personal_columns,
    personal_kinds,
    sealed_columns,
)
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.identity import IdentityNumber
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.requests import DataSubjectRequest, Instruction
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.domain.terms import LegalBasis
from gdprdesk.domain.text import fold
from gdprdesk.i18n import LANGUAGES, _
from gdprdesk.imports.person_file import PersonPackage
from gdprdesk.imports.source import refusal
from gdprdesk.services.copy_values import read_columns
from gdprdesk.services.finding import activity_for, controller_of
from gdprdesk.services.identity_numbers import digest_of_number
from gdprdesk.services.numbering import (
    give_case_number,
    give_number,
    is_number_taken,
    use_case_number,
    use_number,
)
from gdprdesk.services.person_json import OF_COMPANY, OF_TEXT, POINTS, written_columns
from gdprdesk.services.templates import phrase_book
from gdprdesk.store.unit_of_work import UnitOfWork

_REF = re.compile("[a-z2-7]{26}")
_BESIDE = {"ref", "activity", "activity_key", "path", "sha256"}


class RecordWriter:
    """Writes the records of one person; asks for what is the same for all of them only once.

    Attributes:
        remarks: What is not as it was where she came from, each a sentence.
    """

    def __init__(self, work: UnitOfWork, package: PersonPackage, subject: DataSubject) -> None:
        self.remarks: list[str] = []
        self._work, self._session = work, work.session
        self._package, self._subject = package, subject
        self._kinds = {kind_name(kind): kind for kind in personal_kinds()}
        self._refs: set[str] = set()
        self._activities = _activities_by_name(work.session)

    def add(self, name: str, said: Mapping[str, Any]) -> None:
        """Write one record of a kind.

        Raises:
            DomainError: This version does not know such a record, or it cannot be as it says.
        """
        kind = self._kinds.get(name)
        if kind is None:
            raise _too_new(name)
        columns = list(written_columns(kind))
        pointed = {field for field, _kind in POINTS.values()}
        known = {column.key for column in columns} | _BESIDE | pointed
        if set(said) - known - (set(OF_TEXT) if kind is Consent else set()):
            raise _too_new(name)
        sealed = {column for column, _type in sealed_columns(kind)}
        own = [column for column in columns if column.key not in {"ref", *sealed}]
        try:
            values = read_columns(kind, own, said)
        except ValueError:
            raise not_whole(name) from None
        values |= self._pointers(kind, said) | self._content(kind, said)
        values |= self._sealed(kind, said)
        record = kind(
            subject_id=self._subject.id, activity_id=self._activity(kind, said).id, **values
        )
        record.ref = self._ref(kind, said)
        self._number(record)
        self._session.add(record)
        self._session.flush()

    def _ref(self, kind: type[PersonalRecord], said: Mapping[str, Any]) -> RecordRef:
        ref = said.get("ref")
        if not is_ref(ref) or ref in self._refs:
            raise not_whole(kind_name(kind))
        self._refs.add(str(ref))
        if self._session.scalar(select(kind.id).where(kind.ref == ref)) is not None:
            raise refusal(
                _("A record of this copy is in the register already, of somebody else."),
                _("What is here stays as it is."),
            )
        return RecordRef(str(ref))

    def _number(self, record: PersonalRecord) -> None:
        """Give a case or an order a new number if its own is taken; an invoice must keep it."""
        session = self._session
        if isinstance(record, Invoice):
            if is_number_taken(session, Invoice, record.number):
                raise refusal(
                    _("There is another invoice {number} here.").format(number=record.number),
                    _("The number of an invoice may not be changed, so both stay where they are."),
                )
            use_number(session, Invoice, record.number)
        elif isinstance(record, GiftCard):
            if not record.is_sound:
                raise not_whole(kind_name(GiftCard))
            if is_number_taken(session, GiftCard, record.number):
                raise refusal(
                    _("There is another gift card {number} here.").format(number=record.number),
                    _("Its number stands on the card itself, so both stay where they are."),
                )
            use_number(session, GiftCard, record.number)
        elif isinstance(record, Booking):
            if is_number_taken(session, Booking, record.number):
                self._renumber(record, give_number(session, Booking))
            use_number(session, Booking, record.number)
        elif isinstance(record, DataSubjectRequest | Instruction) and not use_case_number(
            session, record.number
        ):
            self._renumber(record, give_case_number(session))

    def _renumber(self, record: Any, number: str | int) -> None:
        one = _(type(record).called[0])
        said = _("{what} {old} has number {new} here, since the old one was taken.")
        self.remarks.append(said.format(what=one.capitalize(), old=record.number, new=number))
        record.number = number

    def _sealed(self, kind: type[PersonalRecord], said: Mapping[str, Any]) -> dict[str, Any]:
        """Seal the texts of a record with the keys of this register."""
        values: dict[str, Any] = {}
        for column, shape in sealed_columns(kind):
            if isinstance(shape, SealedText):
                if not isinstance(said.get(column), str):
                    raise not_whole(kind_name(kind))
                values[column] = self._work.seal(self._subject, shape.area, said[column])
        if kind is IdentityNumber:
            values["digest"] = digest_of_number(self._session, said["number"])
        return values

    def _content(self, kind: type[PersonalRecord], said: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column, shape in personal_columns(kind):
            is_file = isinstance(shape, PersonalBytes | SealedBytes)
            if not is_file or inspect(kind).columns[column].info.get("only_here"):
                continue
            path, digest = said.get("path"), said.get("sha256")
            if path is None and inspect(kind).columns[column].nullable:
                continue
            if not isinstance(path, str):
                raise not_whole(kind_name(kind))
            content = self._package.content(path)
            if hashlib.sha256(content).hexdigest() != digest:
                raise refusal(
                    _("The file “{path}” of the copy was changed.").format(path=path),
                    _("Ask for the copy once more."),
                )
            is_sealed = isinstance(shape, SealedBytes)
            values[column] = (
                self._work.seal(self._subject, shape.area, content) if is_sealed else content
            )
            if "size" in inspect(kind).columns:
                values["size"] = len(content)
        return values

    def _pointers(self, kind: type[PersonalRecord], said: Mapping[str, Any]) -> dict[str, Any]:
        columns = inspect(kind).columns
        values: dict[str, Any] = {}
        if "company_id" in columns:
            company = company_of(self._session, said.get("company"))
            values["company_id"] = company.id if company else None
        if "controller_id" in columns:
            values["controller_id"] = _served(self._session, said.get("controller")).id
        if kind is Consent:
            values["text_id"] = self._text(said).id
        return values

    def _text(self, said: Mapping[str, Any]) -> ConsentText:
        """Return the words she was asked with; unknown ones are added as replaced already."""
        given: dict[str, Any] = {field: said.get(field) for field in OF_TEXT}
        if not all(isinstance(one, str) for one in given.values()):
            raise not_whole("consent")
        if given["language"] not in LANGUAGES:
            raise not_whole("consent")
        asked = select(ConsentText).where(
            *(getattr(ConsentText, field) == given[field] for field in OF_TEXT)
        )
        known = self._session.scalar(asked.order_by(ConsentText.id).limit(1))
        if known is None:
            activity = self._activity(Consent, said)
            known = ConsentText(activity_id=activity.id, replaced=True, **given)
            self._session.add(known)
            self._session.flush()
        return known

    def _activity(self, kind: type[PersonalRecord], said: Mapping[str, Any]) -> ProcessingActivity:
        key, name = said.get("activity_key"), said.get("activity")
        if isinstance(key, str) and key:
            found = self._session.scalar(
                select(ProcessingActivity).where(ProcessingActivity.key == key).limit(1)
            )
            if found is not None:
                return found
        if isinstance(name, str) and fold(name) in self._activities:
            return self._activities[fold(name)]
        if kind is Consent:
            return self._of_consents(said)
        return activity_for(self._session, kind, self._subject.kind)

    def _of_consents(self, said: Mapping[str, Any]) -> ProcessingActivity:
        session = self._session
        same = select(ConsentText.activity_id).where(ConsentText.purpose == said.get("purpose"))
        any_of = select(ProcessingActivity.id).where(
            ProcessingActivity.legal_basis == LegalBasis.CONSENT
        )
        number = session.scalar(same.limit(1)) or session.scalar(
            any_of.order_by(ProcessingActivity.position).limit(1)
        )
        return (
            session.get_one(ProcessingActivity, number)
            if number
            else activity_for(session, Consent)
        )


def company_of(session: Session, said: Any) -> Company | None:
    """Return the company a copy names, added if it is not here yet; nothing for none.

    Raises:
        DomainError: What it says is no company.
    """
    if said is None:
        return None
    given = _named(said, OF_COMPANY)
    for one in session.scalars(select(Company).order_by(Company.id)):
        if fold(one.name) == fold(given["name"]) and one.org_number == given["org_number"]:
            return one
    company = Company(**given)
    session.add(company)
    session.flush()
    return company


def is_ref(said: Any) -> bool:
    """Return whether something can be the random number of a person or a record."""
    return isinstance(said, str) and _REF.fullmatch(said) is not None


def not_whole(kind: str) -> DomainError:
    """Return the error for a copy in which something is missing or cannot be."""
    return refusal(
        _("The copy is not whole, or was changed: look at “{kind}”.").format(kind=kind),
        _("Ask for it once more."),
    )


def _served(session: Session, said: Any) -> ControllerServed:
    given = _named(said, ("name", "org_number"))
    for one in session.scalars(select(ControllerServed).order_by(ControllerServed.id)):
        if fold(one.name) == fold(given["name"]):
            return one
    served = ControllerServed(**given)
    session.add(served)
    session.flush()
    return served


def _named(said: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    given = {field: said.get(field, "") for field in fields} if isinstance(said, dict) else {}
    if not given.get("name") or not all(isinstance(one, str) for one in given.values()):
        raise not_whole("company")
    return given


def _activities_by_name(session: Session) -> dict[str, ProcessingActivity]:
    """Return every activity by what it is called in each language."""
    trade, found = controller_of(session).trade, {}
    rows = session.scalars(select(ProcessingActivity).order_by(ProcessingActivity.id.desc()))
    for one in rows:
        for code in LANGUAGES:
            found[fold(phrase_book(trade, code)(one.name))] = one
    return found


def _too_new(kind: str) -> DomainError:
    return refusal(
        _("The copy holds something that this version does not know: “{kind}”.").format(kind=kind),
        _("Install the newest version first, so that nothing is lost."),
    )
