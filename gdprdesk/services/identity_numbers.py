"""Personal identity numbers: kept with a written reason, shown masked, read with a line in the log.

Without consent only where it is clearly justified: the Swedish act (2018:218) chapter 3 section 10,
section 12 of the Norwegian personopplysningsloven.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum import exceptions as stdnum_exceptions
from stdnum import luhn
from stdnum.no import fodselsnummer as norwegian
from stdnum.se import personnummer as swedish
from stdnum.util import isdigits

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.identity import IdentityNumber
from gdprdesk.domain.register import RegisterState
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area, NumberKind, Permission, ReadReason, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import (
    activity_for,
    controller_of,
    find_record,
    find_subject,
    today_of,
)
from gdprdesk.services.registry import action, query, reading
from gdprdesk.store.keys import derive
from gdprdesk.store.reading import Reading
from gdprdesk.store.unit_of_work import UnitOfWork

_LABEL = "identity numbers"
_COORDINATED = 60  # is added to the day in a samordningsnummer
_D = 40  # to the day in a D-nummer


@dataclass(frozen=True, repr=False)
class NumberRow:
    """An identity number as it is shown without asking: masked.

    Attributes:
        shown: "850101-****".
        why: Why the business must know it.
        also: Who else of the register has the same number; nobody may.
    """

    ref: RecordRef
    kind: NumberKind
    shown: str
    why: str
    also: tuple[SubjectRef, ...]


@dataclass(frozen=True, repr=False)
class CheckedNumber:
    """A number that can be right: as people write it, and as it is shown without asking."""

    kind: NumberKind
    number: str
    shown: str


@query("number.list", needs=Permission.NUMBERS)
def list_numbers(read: Session, *, subject_ref: SubjectRef) -> tuple[NumberRow, ...]:
    """Return the identity numbers of a person, masked, and why they are known."""
    subject = find_subject(read, subject_ref)
    asked = select(IdentityNumber).where(IdentityNumber.subject_id == subject.id)
    return tuple(
        NumberRow(one.ref, one.kind, one.shown, one.why, _others(read, one.digest, subject))
        for one in read.scalars(asked.order_by(IdentityNumber.id))
    )


@query("number.same", needs=Permission.NUMBERS)
def find_same_number(read: Session, *, number: str) -> tuple[SubjectRef, ...]:
    """Return who of the register has a number, so that nobody is written down twice.

    Raises:
        DomainError: It cannot be right.
    """
    checked = check_number(number, controller_of(read).country, today_of(read))
    return _others(read, digest_of_number(read, checked.number), None)


@action("number.add", N_("Identity number"), needs=Permission.NUMBERS)
def add_number(work: UnitOfWork, *, subject_ref: SubjectRef, number: str, why: str) -> RecordRef:
    """Write down a personnummer, samordningsnummer, fødselsnummer or D-nummer, and why.

    Args:
        work: The unit of work.
        subject_ref: Whose.
        number: In any way of writing it.
        why: Why the business must know it; the law asks for a clear reason.

    Raises:
        DomainError: It cannot be right, there is no reason, or she has one already.
    """
    session, subject = work.session, find_subject(work.session, subject_ref)
    reason = _reason(why)
    checked = check_number(number, controller_of(session).country, work.today)
    digest = digest_of_number(session, checked.number)
    own = select(IdentityNumber.id).where(IdentityNumber.subject_id == subject.id)
    if session.scalar(own.where(IdentityNumber.kind == checked.kind)) is not None:
        raise DomainError(
            _("She has such a number already. Nothing was saved. Change that one instead.")
        )
    made = IdentityNumber(
        subject_id=subject.id,
        activity_id=activity_for(session, IdentityNumber, subject.kind).id,
        recorded_on=work.today,
        kind=checked.kind,
        number=work.seal(subject, Area.GUARDED, checked.number),
        shown=checked.shown,
        digest=digest,
        why=reason,
    )
    session.add(made)
    return made.ref


@action("number.change", N_("Changed identity number"), needs=Permission.NUMBERS)
def change_number(work: UnitOfWork, *, ref: RecordRef, number: str = "", why: str = "") -> None:
    """Change an identity number or the reason for it; what is not said stays.

    Raises:
        DomainError: It cannot be right.
    """
    one = find_record(work.session, IdentityNumber, ref)
    if why:
        one.why = _reason(why)
    if number:
        subject = work.session.get_one(DataSubject, one.subject_id)
        checked = check_number(number, controller_of(work.session).country, work.today)
        one.kind, one.shown = checked.kind, checked.shown
        one.number = work.seal(subject, Area.GUARDED, checked.number)
        one.digest = digest_of_number(work.session, checked.number)


@action("number.remove", N_("Removed identity number"), needs=Permission.NUMBERS)
def remove_number(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take an identity number out of the register."""
    work.session.delete(find_record(work.session, IdentityNumber, ref))


@reading("number.read", N_("Read identity number"), needs=Permission.NUMBERS)
def read_number(look: Reading, *, ref: RecordRef, reason: ReadReason) -> str:
    """Show all of an identity number; that it was read, and why, is in the log first.

    Raises:
        DomainError: The line cannot be kept: nothing is shown.
    """
    one = find_record(look.session, IdentityNumber, ref)
    subject = look.session.get_one(DataSubject, one.subject_id)
    (number,) = look.reveal([(one, "number")], of=[subject], reason=reason)
    return str(number)


def check_number(number: str, country: str, today: date) -> CheckedNumber:
    """Return an identity number as people write it, and masked.

    A business has clients from the country beside, so both kinds are known; that of its own is
    tried first.

    Args:
        number: In any way of writing it.
        country: Where the business is: SE or NO.
        today: Nobody is born after it.

    Raises:
        DomainError: It is none of these numbers, or mistyped.
    """
    first, second = (_swedish, _norwegian) if country == "SE" else (_norwegian, _swedish)
    for read in (first, second):
        with suppress(stdnum_exceptions.ValidationError, ValueError):
            return read(number, today)
    raise DomainError(
        _(
            "This is no personnummer, samordningsnummer, fødselsnummer or D-nummer. Nothing was "
            "saved. Look at the digits again: one of them is probably mistyped."
        )
    )


def digest_of_number(session: Session, number: str) -> str:
    """Return what equals that of the same number of somebody else; with a key, so nobody reads it.

    Its key comes from the one that signs the ledger of the erased, so it outlives a new vault key.
    """
    key = derive(session.scalars(select(RegisterState.ledger_key)).one(), _LABEL)
    return hashlib.blake2b(number.encode(), key=key, digest_size=32).hexdigest()


def _swedish(number: str, today: date) -> CheckedNumber:
    typed = swedish.compact(number)
    digits = typed[:-5] + typed[-4:]
    if len(digits) not in {10, 12} or not isdigits(digits) or typed[-5] not in "-+":
        raise stdnum_exceptions.InvalidFormat
    luhn.validate(digits[-10:])
    day = int(typed[-7:-5])
    coordinated = day > _COORDINATED
    born = swedish.get_birth_date(
        f"{typed[:-7]}{day - _COORDINATED:02}{typed[-5:]}" if coordinated else typed
    )
    if born > today:
        raise stdnum_exceptions.InvalidComponent
    kind = NumberKind.SAMORDNINGSNUMMER if coordinated else NumberKind.PERSONNUMMER
    return CheckedNumber(
        kind=kind,
        number=f"{born.year // 100}{digits[-10:-4]}-{digits[-4:]}",
        shown=f"{digits[-10:-4]}-****",
    )


def _norwegian(number: str, today: date) -> CheckedNumber:
    digits = norwegian.validate(number)
    if norwegian.get_birth_date(digits) > today:
        raise stdnum_exceptions.InvalidComponent
    kind = NumberKind.D_NUMMER if int(digits[:2]) > _D else NumberKind.FODSELSNUMMER
    return CheckedNumber(kind, norwegian.format(digits), f"{digits[:6]} *****")


def _others(session: Session, digest: str, subject: DataSubject | None) -> tuple[SubjectRef, ...]:
    asked = (
        select(DataSubject.ref)
        .join(IdentityNumber, IdentityNumber.subject_id == DataSubject.id)
        .where(IdentityNumber.digest == digest, DataSubject.state == SubjectState.ACTIVE)
        .order_by(DataSubject.id)
    )
    return tuple(ref for ref in session.scalars(asked) if subject is None or ref != subject.ref)


def _reason(why: str) -> str:
    if not is_visible(why):
        raise DomainError(
            _(
                "Write why you must know the number: the law asks for a clear reason. Nothing was "
                "saved. An invoice or a booking alone is none."
            )
        )
    return why.strip()
