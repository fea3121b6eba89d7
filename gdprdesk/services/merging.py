"""Making one person of two that are the same: everything of both stays, with its own clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, SubjectRef, counted, sealed_columns
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.duplicates import ToldApart, is_turned, strictest
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.identity import IdentityNumber
from gdprdesk.domain.media import Appearance, Media
from gdprdesk.domain.newsletters import ExistingCustomer
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.papers import DestructionRecord
from gdprdesk.domain.proofs import Proof
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import Area, ConsentMethod, Decision, ErasureState, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.consent_channels import names_of_channels
from gdprdesk.services.finding import find_subject, records_of
from gdprdesk.services.objections import end_advertising
from gdprdesk.services.permissions import may, visible_kinds
from gdprdesk.services.registry import action, query
from gdprdesk.store.hiding import hiding
from gdprdesk.store.unit_of_work import UnitOfWork

_Places = Mapping[int, Mapping[str, str]]  # what each text calls a place: as the register does


@dataclass(frozen=True, repr=False)
class MergePreview:
    """What becomes of two people when they are made one; nothing has been changed.

    Attributes:
        other_reads_better: Both names say the same, and hers who goes over as one says it.
        moves: What goes over, each kind with its number: "6 orders". Of what whoever asks may see.
        same: What both have and then stands there once: phone numbers, addresses.
        refused: The purposes to which only one of them says yes, which counts no more then.
        remarks: What to mind, each a sentence.
    """

    keep_name: str
    other_name: str
    other_reads_better: bool
    moves: tuple[str, ...]
    same: tuple[str, ...]
    refused: tuple[str, ...]
    remarks: tuple[str, ...]


@query("duplicate.preview", needs=Permission.PEOPLE)
def show_merge(read: Session, *, keep_ref: SubjectRef, other_ref: SubjectRef) -> MergePreview:
    """Show what becomes of two people when they are made one.

    Args:
        read: The open register.
        keep_ref: Whose name stays.
        other_ref: Whose records go over to her.

    Raises:
        DomainError: They cannot be made one; says why.
    """
    keep, other = _two(read, keep_ref, other_ref)
    shown = set(visible_kinds(read))
    moving = [one for one in records_of(read, other) if type(one) in shown]
    same = [one.value for one in _same_details(read, keep, other)]
    kinds = dict.fromkeys(type(one) for one in moving if not one.accompanies)
    return MergePreview(
        keep.name,
        other.name,
        other_reads_better=is_turned(keep.name, other.name),
        moves=tuple(counted(kind, sum(type(one) is kind for one in moving)) for kind in kinds),
        same=tuple(same),
        refused=tuple(
            _names(read, (one.purpose for one in _conflicts(read, keep, other) if one.is_no))
        ),
        remarks=tuple(_remarks(keep, other)),
    )


@action("duplicate.merge", N_("Made one person of two"), needs=Permission.PEOPLE)
def merge_people(work: UnitOfWork, *, keep_ref: SubjectRef, other_ref: SubjectRef) -> SubjectRef:
    """Make one person of two that are the same.

    Every record goes over with its own days, rules and decisions to keep. Of two decisions on a
    purpose the stricter one counts; the earlier ones stay as proof.

    Args:
        work: The unit of work.
        keep_ref: Whose name stays.
        other_ref: Whose records go over to her.

    Raises:
        DomainError: They cannot be made one: one is about to be erased, her data are only stored,
            or her journal is closed to whoever asks. Nothing was changed.
    """
    session = work.session
    with hiding(session, ()):
        keep, other = _two(session, keep_ref, other_ref)
        said_again = [
            one.settle(keep, work.today, names_of_channels(session, one.purpose))
            for one in _conflicts(session, keep, other)
        ]
        for detail in _same_details(session, keep, other):
            session.delete(detail)
        _drop_second(session, keep, other)
        session.flush()
        for record in records_of(session, other):
            _move(work, record, keep, other)
        session.add_all(filter(None, said_again))
        _point_to(session, keep, other)
        _join(keep, other)
        _refuse_letters(session, keep)
        session.flush()
        session.delete(other)
        session.flush()
        if keep.objected_on is not None:  # so that the lists of other programs lose her, too
            end_advertising(work, keep, ConsentMethod.UNSUBSCRIBED, "")
    return keep.ref


def _two(
    session: Session, keep_ref: SubjectRef, other_ref: SubjectRef
) -> tuple[DataSubject, DataSubject]:
    keep, other = (find_subject(session, ref) for ref in (keep_ref, other_ref))
    if keep is other:
        raise DomainError(_("This is one and the same person. Nothing was changed."))
    waiting = select(ErasureCase.id).where(
        ErasureCase.subject_ref.in_([keep.ref, other.ref]),
        ErasureCase.state.in_([ErasureState.STAGED, ErasureState.WAITING]),
    )
    if session.scalar(waiting.limit(1)) is not None:
        raise DomainError(
            _(
                "An erasure of one of them has begun, so they cannot be made one person. Nothing "
                "was changed. Undo that erasure first, or let it be finished."
            )
        )
    return keep, other


def _move(work: UnitOfWork, record: PersonalRecord, keep: DataSubject, other: DataSubject) -> None:
    areas = {shape.area for _column, shape in sealed_columns(type(record))}
    if Area.JOURNAL in areas and not _reads_journals(work):
        raise DomainError(
            _(
                "There is a journal of {name}, and only who may read journals can take it "
                "over. Nothing was changed. Ask the owner."
            ).format(name=other.name)
        )
    work.hand_over(record, other, keep)


def _reads_journals(work: UnitOfWork) -> bool:
    return work.holds_journal and may(work.session, Permission.JOURNAL_READ)


def _same_details(session: Session, keep: DataSubject, other: DataSubject) -> list[ContactDetail]:
    """Return the ways to reach the other that are those of the one who stays, too."""
    own = select(ContactDetail).where(ContactDetail.subject_id == keep.id)
    known = {(one.kind, one.normal or one.value) for one in session.scalars(own)}
    hers = select(ContactDetail).where(ContactDetail.subject_id == other.id)
    return [one for one in session.scalars(hers) if (one.kind, one.normal or one.value) in known]


def _drop_second(session: Session, keep: DataSubject, other: DataSubject) -> None:
    """Let go of what only one person can have one of, and of that they were told apart."""
    own = select(IdentityNumber.digest).where(IdentityNumber.subject_id == keep.id)
    hers = IdentityNumber.subject_id == other.id
    twice = select(IdentityNumber).where(hers, IdentityNumber.digest.in_(own))
    drafts = select(Draft).where(Draft.subject_id == other.id)
    pairs = [
        set(session.scalars(select(ToldApart.pair).where(ToldApart.subject_id == one.id)))
        for one in (keep, other)
    ]
    apart = select(ToldApart).where(ToldApart.pair.in_(set.intersection(*pairs)))
    hers_too = select(Media.ref).where(Media.subject_id.in_([keep.id, other.id]))
    seen_by_keep = select(Appearance.media_ref).where(Appearance.subject_id == keep.id)
    in_picture = select(Appearance).where(
        or_(
            Appearance.subject_id.in_([keep.id, other.id]) & Appearance.media_ref.in_(hers_too),
            (Appearance.subject_id == other.id) & Appearance.media_ref.in_(seen_by_keep),
        )
    )
    for asked in (twice, drafts, apart, in_picture):
        for gone in session.scalars(asked):
            session.delete(gone)


def _point_to(session: Session, keep: DataSubject, other: DataSubject) -> None:
    """Let the one who stays be meant wherever the other is: in proofs, and as a guardian."""
    cases = session.scalars(select(ErasureCase).where(ErasureCase.subject_ref == other.ref))
    proofs = session.scalars(select(Proof).where(Proof.subject_ref == other.ref))
    burnt = select(DestructionRecord).where(DestructionRecord.subject_ref == other.ref)
    for one in (*cases, *proofs, *session.scalars(burnt)):
        one.subject_ref = keep.ref
    for child in session.scalars(select(Guardian).where(Guardian.guardian_ref == other.ref)):
        child.guardian_ref = keep.ref


def _join(keep: DataSubject, other: DataSubject) -> None:
    """Let the one who stays be both: known since the first day, and as strict as the stricter."""
    keep.registered_on = _first(keep.registered_on, other.registered_on)
    keep.objected_on = _first(keep.objected_on, other.objected_on)
    keep.active_on = max(filter(None, (keep.active_on, other.active_on)), default=None)
    ended = (keep.relation_ended_on, other.relation_ended_on)
    keep.relation_ended_on = max(filter(None, ended)) if all(ended) else None
    keep.language = keep.language or other.language
    keep.company_id = keep.company_id or other.company_id
    keep.former_refs = [*keep.former_refs, other.ref, *other.former_refs]


def _refuse_letters(session: Session, keep: DataSubject) -> None:
    """Let a no to letters as a customer be a no to all of them."""
    session.flush()
    hers = select(ExistingCustomer).where(ExistingCustomer.subject_id == keep.id)
    said = session.scalars(hers).all()
    no = min((one.opted_out_on for one in said if one.opted_out_on), default=None)
    for one in said:
        one.opted_out_on = one.opted_out_on or no


def _first(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)


def _newest(session: Session, subject: DataSubject) -> dict[str, Consent]:
    said = (
        select(ConsentText.purpose, Consent)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(Consent.subject_id == subject.id)
        .order_by(Consent.id)
    )
    return dict(session.execute(said).all())


@dataclass(frozen=True, repr=False)
class _Conflict:
    """What two rows of one person said to the same purpose, at least one of them a yes."""

    purpose: str
    first: Consent
    last: Consent

    @property
    def is_no(self) -> bool:
        return strictest((self.first.decision, self.last.decision)) is not Decision.GIVEN

    def settle(self, keep: DataSubject, today: date, names: _Places) -> Consent | None:
        """Let the stricter one count; return what has to be written anew so that it does.

        Of two yes the places both name count. What was said before stays as it was said.
        """
        if not self.is_no:
            return self._both(keep, today, names)
        yes, no = self.first, self.last
        if no.counts:
            yes, no = no, yes
        yes.ended_on = today
        again = _said_again(no, keep, today)
        again.ended_on = no.ended_on or today
        return None if no is self.last else again

    def _both(self, keep: DataSubject, today: date, names: _Places) -> Consent | None:
        own = names[self.first.text_id]
        places = {own.get(one, one) for one in self.first.channels}
        theirs = names[self.last.text_id]
        left = [one for one in self.last.channels if theirs.get(one, one) in places]
        day = max(self.first.decided_on, self.last.decided_on)
        self.first.ended_on = today
        if left == self.last.channels and day == self.last.decided_on:
            return None
        self.last.ended_on = today
        again = _said_again(self.last, keep, today)
        again.channels, again.decided_on = left, day
        return again


def _said_again(consent: Consent, keep: DataSubject, today: date) -> Consent:
    """Return a decision once more, as the last one: what was said last is what counts."""
    return Consent(
        subject_id=keep.id,
        activity_id=consent.activity_id,
        recorded_on=today,
        text_id=consent.text_id,
        decision=consent.decision,
        method=consent.method,
        decided_on=consent.decided_on,
        channels=list(consent.channels),
        evidence=consent.evidence,
        given_by=consent.given_by,
        confirmed_on=consent.confirmed_on,
    )


def _conflicts(session: Session, keep: DataSubject, other: DataSubject) -> Iterator[_Conflict]:
    hers, theirs = _newest(session, keep), _newest(session, other)
    for purpose in sorted(hers.keys() & theirs.keys()):
        first, last = sorted((hers[purpose], theirs[purpose]), key=lambda one: one.id)
        if first.counts or last.counts:
            yield _Conflict(purpose, first, last)


def _names(session: Session, purposes: Iterable[str]) -> list[str]:
    asked = select(ConsentText.name).where(ConsentText.purpose.in_(list(purposes)))
    return sorted(set(session.scalars(asked)))


def _remarks(keep: DataSubject, other: DataSubject) -> Iterator[str]:
    if keep.kind is not other.kind:
        yield _(
            "They are in the register as different kinds of people. {name} stays as she is."
        ).format(name=keep.name)
    if (keep.objected_on is None) != (other.objected_on is None):
        yield _("One of them wants no advertising, so neither gets any.")
    if keep.company_id and other.company_id and keep.company_id != other.company_id:
        yield _("They are contacts of two companies. The one of {name} stays.").format(
            name=keep.name
        )
