"""Who says yes or no for a child, until she is 18 and is asked herself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText, refused_herself
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.guardians import Guardian, grown_up_on, of_age_on
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Decision, Kinship, Permission, SubjectState
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.consent_channels import of_age_of, said_to
from gdprdesk.services.entering import checked_name
from gdprdesk.services.finding import activity_for, find_record, find_subject, today_of
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_AHEAD = timedelta(days=30)


@dataclass(frozen=True, repr=False)
class GuardianRow:
    """Somebody who says yes or no for a child.

    Attributes:
        name: Empty if the guardian was erased: then only the day is kept.
        guardian_ref: The guardian's own page in the register, if there is one.
        asked_too_on: The day the child herself was asked, too.
    """

    ref: RecordRef
    name: str
    kinship: Kinship
    reach: str
    guardian_ref: SubjectRef | None
    of_age_on: date
    asked_too_on: date | None


@dataclass(frozen=True, repr=False)
class OfAgeRow:
    """A child who turns 18, or has, and is to be asked herself.

    Attributes:
        purposes: What somebody said yes to before, by name.
        is_grown: Whether the day has come, so that none of it counts any more.
    """

    subject_ref: SubjectRef
    name: str
    of_age_on: date
    purposes: tuple[str, ...]
    is_grown: bool


@action("guardian.add", N_("New guardian"), needs=Permission.CONSENTS)
def add_guardian(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    name: str,
    born_on: date | None = None,
    kinship: Kinship = Kinship.PARENT,
    reach: str = "",
    guardian_ref: SubjectRef | None = None,
    asked_too_on: date | None = None,
) -> RecordRef:
    """Write down who says yes or no for a child.

    Args:
        work: The transaction.
        subject_ref: The child.
        name: Who says it.
        born_on: When the child was born. Only the day she turns 18 is kept; without it, the day
            that stands with another guardian of hers.
        kinship: What the guardian is to her.
        reach: How to reach the guardian.
        guardian_ref: The guardian as a person of the register.
        asked_too_on: The day the child herself was asked, too.

    Raises:
        DomainError: It is not known when she turns 18, or she has already.
    """
    child = find_subject(work.session, subject_ref)
    grown = of_age_on(born_on) if born_on else of_age_of(work.session, child)
    if grown is None:
        raise DomainError(
            _("Write when {name} was born, so that she is asked herself at 18.").format(
                name=child.name
            )
        )
    _check_is_child(work, child, born_on, grown)
    guardian = Guardian(
        subject_id=child.id,
        activity_id=activity_for(work.session, Guardian).id,
        recorded_on=work.today,
        name=checked_name(name),
        kinship=kinship,
        reach=reach.strip(),
        guardian_ref=_known(work.session, child, guardian_ref),
        of_age_on=grown,
        asked_too_on=_past(work, asked_too_on),
    )
    work.session.add(guardian)
    return guardian.ref


@action("guardian.change", N_("Changed guardian"), needs=Permission.CONSENTS)
def change_guardian(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    name: str,
    kinship: Kinship,
    reach: str = "",
    guardian_ref: SubjectRef | None = None,
    asked_too_on: date | None = None,
    born_on: date | None = None,
) -> None:
    """Put right who says yes or no for a child, how to reach whoever does, or when she is 18.

    Raises:
        DomainError: She is 18 already, or a day cannot be.
    """
    guardian = find_record(work.session, Guardian, ref)
    child = work.session.get_one(DataSubject, guardian.subject_id)
    if born_on is not None:
        grown = of_age_on(born_on)
        _check_is_child(work, child, born_on, grown)
        for one in _guardians(work.session, child):
            one.of_age_on = grown
    guardian.name, guardian.kinship = checked_name(name), kinship
    guardian.reach = reach.strip()
    guardian.guardian_ref = _known(work.session, child, guardian_ref)
    guardian.asked_too_on = _past(work, asked_too_on)


@action("guardian.remove", N_("Removed guardian"), needs=Permission.CONSENTS)
def remove_guardian(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take out somebody who says nothing for a child any more.

    Raises:
        DomainError: Nobody else is written down, and a yes that was said for her still counts:
            without the day she turns 18 it would count for ever.
    """
    guardian = find_record(work.session, Guardian, ref)
    child = work.session.get_one(DataSubject, guardian.subject_id)
    said = select(Consent).where(Consent.subject_id == child.id, Consent.given_by != "")
    is_last = len(list(_guardians(work.session, child))) == 1
    if is_last and any(one.counts for one in work.session.scalars(said)):
        raise DomainError(
            _(
                "A yes that was said for {name} still counts, and ends the day she turns 18, which "
                "stands here. Nothing was changed. Write who says it for her now, or take the yes "
                "back first."
            ).format(name=child.name)
        )
    work.session.delete(guardian)


@query("guardian.list", needs=Permission.CONSENTS)
def list_guardians(read: Session, *, subject_ref: SubjectRef) -> tuple[GuardianRow, ...]:
    """Return who says yes or no for a person; nobody for whoever does so herself.

    A guardian who is about to be erased is not named.
    """
    child = find_subject(read, subject_ref)
    return tuple(_row(read, one) for one in _guardians(read, child))


@query("guardian.of_age", needs=Permission.CONSENTS)
def list_of_age(read: Session) -> tuple[OfAgeRow, ...]:
    """Return who turns 18 within a month, or has, and has not answered anew; the first first."""
    today = today_of(read)
    rows = []
    for child, grown in _children(read):
        if grown <= today + _AHEAD and (purposes := tuple(_unanswered(read, child, grown))):
            rows.append(OfAgeRow(child.ref, child.name, grown, purposes, grown <= today))
    return tuple(sorted(rows, key=lambda row: (row.of_age_on, row.name)))


@action(
    "guardian.end_consents",
    N_("Asked anew at 18"),
    undoable=False,
    of_restricted=True,
    needs=Permission.CONSENTS,
)
def end_consents_of_age(work: UnitOfWork) -> None:
    """End what was said before somebody turned 18: from that day she answers herself."""
    for consent, grown in consents_of_age(work.session):
        consent.ended_on = grown


def consents_of_age(session: Session) -> list[tuple[Consent, date]]:
    """Return each yes from before somebody turned 18 that is not ended yet, and that day."""
    today = today_of(session)
    found = []
    for child, grown in _children(session):
        if grown <= today:
            said = select(Consent).where(Consent.subject_id == child.id)
            found += [
                (one, grown)
                for one in session.scalars(said)
                if one.counts and not one.counts_on(today, grown)
            ]
    return found


def check_guardian(
    session: Session,
    child: DataSubject,
    given_by: str,
    *,
    purpose: str,
    decision: Decision,
    day: date,
) -> str:
    """Return the name of whoever says something for a child, as it is written; empty for nobody.

    Raises:
        DomainError: Nobody of that name says anything for her, she is 18 and answers herself, or
            she has said no herself, which no yes of somebody else outweighs.
    """
    said_by = " ".join(given_by.split())
    if not said_by:
        return ""
    known = list(_guardians(session, child))
    names = {fold(one.name): one.name for one in known if one.name}
    if fold(said_by) not in names:
        raise DomainError(
            _(
                "{guardian} is not written down as a guardian of {name}. Nothing was saved. Write "
                "on her page who says yes or no for her, and when she was born."
            ).format(guardian=said_by, name=child.name)
        )
    grown = grown_up_on(known)
    if grown is not None and grown <= day:
        raise DomainError(
            _("{name} is 18 and answers herself. Nothing was saved. Ask her.").format(
                name=child.name
            )
        )
    no = refused_herself(said_to(session, child, purpose))
    if decision is Decision.GIVEN and no is not None:
        raise DomainError(
            _(
                "{name} said no herself on {day}, and nobody's yes outweighs that. Nothing was "
                "saved. Ask her again first."
            ).format(name=child.name, day=format_day(no.decided_on))
        )
    return names[fold(said_by)]


def _unanswered(session: Session, child: DataSubject, grown: date) -> Iterator[str]:
    """Walk what she has said yes to before her day, and not answered since."""
    said = (
        select(ConsentText.purpose, ConsentText.name, Consent)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(Consent.subject_id == child.id)
        .order_by(Consent.decided_on, Consent.id)
    )
    last = {purpose: (name, one) for purpose, name, one in session.execute(said)}
    for name, one in last.values():
        is_over = one.ended_on is None or one.ended_on == grown
        if one.decision is Decision.GIVEN and one.decided_on < grown and is_over:
            yield name


def _row(read: Session, one: Guardian) -> GuardianRow:
    own = select(DataSubject.state).where(DataSubject.ref == one.guardian_ref)
    is_hidden = read.scalar(own) is SubjectState.STAGED
    return GuardianRow(
        ref=one.ref,
        name="" if is_hidden else one.name,
        kinship=one.kinship,
        reach="" if is_hidden else one.reach,
        guardian_ref=None if is_hidden else one.guardian_ref,
        of_age_on=one.of_age_on,
        asked_too_on=one.asked_too_on,
    )


def _children(session: Session) -> Iterator[tuple[DataSubject, date]]:
    """Walk the people for whom somebody says yes or no, each with the day she turns 18."""
    rows = session.scalars(select(Guardian).where(Guardian.subject_id.is_not(None)))
    days: dict[int | None, date] = {}
    for one in rows:
        days[one.subject_id] = min(one.of_age_on, days.get(one.subject_id, date.max))
    for number, grown in days.items():
        child = session.get_one(DataSubject, number)
        if child.state is SubjectState.ACTIVE:
            yield child, grown


def _guardians(session: Session, child: DataSubject) -> Iterator[Guardian]:
    asked = select(Guardian).where(Guardian.subject_id == child.id).order_by(Guardian.id)
    yield from session.scalars(asked)


def _known(session: Session, child: DataSubject, ref: SubjectRef | None) -> SubjectRef | None:
    if ref is None:
        return None
    if ref == child.ref:
        raise DomainError(_("Nobody is her own guardian. Choose somebody else."))
    return find_subject(session, ref).ref


def _check_is_child(
    work: UnitOfWork, child: DataSubject, born_on: date | None, grown: date
) -> None:
    if born_on is not None and born_on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    if grown <= work.today:
        raise DomainError(
            _("{name} is 18 and answers herself. Nothing was saved. Ask her.").format(
                name=child.name
            )
        )


def _past(work: UnitOfWork, day: date | None) -> date | None:
    if day is not None and day > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    return day
