"""People who stand in the register twice: finding them, and saying that two are two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef, new_ref
from gdprdesk.domain.duplicates import Known, Pair, ToldApart, find_pairs
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.identity import IdentityNumber
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Likeness, Permission, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import activity_for, find_subject
from gdprdesk.services.paging import Page, window
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import in_use
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class DuplicateRow:
    """Two people who may be one.

    Attributes:
        one_ref: Who was there first; `other_ref` is who came later.
        why: What they have in common, as a sentence.
    """

    one_ref: SubjectRef
    one: str
    other_ref: SubjectRef
    other: str
    likeness: Likeness
    why: str


@query("duplicate.list", needs=Permission.PEOPLE)
def list_duplicates(read: Session, *, offset: int = 0, limit: int = 50) -> Page[DuplicateRow]:
    """Return one page of those who may stand in the register twice, the surest first.

    Compared are names, also spelt otherwise, phone numbers, e-mail addresses and, for whoever may
    see them, identity numbers. Who was told apart is left out, and whose data are only stored.
    """
    people = {known.key: known for known in _people(read)}
    apart = _told_apart(read)
    pairs = [
        pair
        for pair in find_pairs(people.values())
        if frozenset((pair.one.key, pair.other.key)) not in apart
    ]
    start, count = window(offset, limit)
    shown = pairs[start : start + count]
    keys = {key for pair in shown for key in (pair.one.key, pair.other.key)}
    asked = select(DataSubject.id, DataSubject.ref).where(DataSubject.id.in_(keys))
    refs: dict[int, SubjectRef] = dict(read.execute(asked).all())
    values = _as_written(read, shown)
    return Page(tuple(_row(pair, refs, values) for pair in shown), len(pairs))


@action("duplicate.tell_apart", N_("Two different people"), needs=Permission.PEOPLE)
def tell_apart(work: UnitOfWork, *, one_ref: SubjectRef, other_ref: SubjectRef) -> None:
    """Say that two people are two, so that nobody asks again.

    Raises:
        DomainError: They are one row of the register already.
    """
    one, other = (find_subject(work.session, ref) for ref in (one_ref, other_ref))
    if one is other:
        raise DomainError(_("This is one and the same person. Nothing was saved."))
    pair = new_ref()
    for subject in (one, other):
        work.session.add(
            ToldApart(
                subject_id=subject.id,
                activity_id=activity_for(work.session, ToldApart).id,
                recorded_on=work.today,
                pair=pair,
            )
        )


def _people(read: Session) -> Iterator[Known]:
    contacts: dict[int, set[tuple[ContactKind, str]]] = defaultdict(set)
    compared = select(ContactDetail.subject_id, ContactDetail.kind, ContactDetail.normal)
    for owner, kind, normal in read.execute(compared.where(ContactDetail.normal != "")):
        if owner is not None:
            contacts[owner].add((kind, normal))
    numbers: dict[int, set[tuple[str, str]]] = defaultdict(set)
    written = select(IdentityNumber.subject_id, IdentityNumber.kind, IdentityNumber.digest)
    for owner, sort, digest in read.execute(written):
        if owner is not None:
            numbers[owner].add((sort.value, digest))
    people = select(DataSubject.id, DataSubject.name).where(
        DataSubject.state == SubjectState.ACTIVE, in_use()
    )
    for key, name in read.execute(people):
        yield Known(key, name, frozenset(contacts[key]), frozenset(numbers[key]))


def _told_apart(read: Session) -> set[frozenset[int]]:
    halves: dict[str, list[int]] = defaultdict(list)
    for pair, owner in read.execute(select(ToldApart.pair, ToldApart.subject_id)):
        if owner is not None:
            halves[pair].append(owner)
    return {frozenset(two) for owners in halves.values() for two in combinations(owners, 2)}


def _as_written(read: Session, pairs: list[Pair]) -> dict[tuple[ContactKind, str], str]:
    """Return how people read what pairs have in common."""
    normals = {normal for pair in pairs for _kind, normal in pair.shared}
    written = select(ContactDetail.kind, ContactDetail.normal, ContactDetail.value)
    found = read.execute(written.where(ContactDetail.normal.in_(normals)))
    return {(kind, normal): value for kind, normal, value in found}


def _row(
    pair: Pair, refs: dict[int, SubjectRef], values: dict[tuple[ContactKind, str], str]
) -> DuplicateRow:
    return DuplicateRow(
        one_ref=refs[pair.one.key],
        one=pair.one.name,
        other_ref=refs[pair.other.key],
        other=pair.other.name,
        likeness=pair.likeness,
        why=_why(pair, values),
    )


def _why(pair: Pair, values: dict[tuple[ContactKind, str], str]) -> str:
    if pair.same_number:
        return _("The same personal identity number.")
    shared = ", ".join(values.get(one, one[1]) for one in pair.shared)
    if not shared:
        return _("The same name, and nothing else in common.")
    if pair.likeness is Likeness.SURE:
        return _("The same name, and {contacts}.").format(contacts=shared)
    return _("Names that are alike, and {contacts}.").format(contacts=shared)
