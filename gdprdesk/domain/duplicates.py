"""Whether two people of the register are one, written down twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import ClassVar

from gdprdesk.domain.base import Entity, Mapped, NotPersonal, PersonalRecord, mapped_column
from gdprdesk.domain.names import NameParts, any_alike, parts_of
from gdprdesk.domain.terms import ContactKind, Decision, Likeness
from gdprdesk.i18n import N_

_A_SWITCHBOARD = 30
"""So many who share a number or an address are no longer compared for it: it says nothing."""
_FULL_NAME = 2


class ToldApart(PersonalRecord, Entity):
    """Somebody looked, and said that two people are two: each of them has one half of a pair.

    Neither half names the other, so that nothing of somebody who is erased stays with her namesake.

    Attributes:
        pair: What both halves have in common, and nobody else.
    """

    __tablename__ = "told_apart"
    accompanies: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (N_("not the same person"), N_("not the same person"))

    pair: Mapped[NotPersonal[str]] = mapped_column(index=True)


@dataclass(frozen=True, repr=False)
class Known:
    """What two people are compared by.

    Attributes:
        key: Which person it is.
        contacts: Phone numbers and e-mail addresses as they are compared.
        numbers: Identity numbers, each with its sort, as they are compared.
    """

    key: int
    name: str
    contacts: frozenset[tuple[ContactKind, str]] = frozenset()
    numbers: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def parts(self) -> NameParts:
        """Return her name taken apart."""
        return parts_of(self.name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the parts of her name in an order of their own: "Holm, Anna" is "Anna Holm"."""
        return tuple(sorted({*self.parts.given, *self.parts.family}))


@dataclass(frozen=True, repr=False)
class Pair:
    """Two people who may be one, and what they have in common."""

    one: Known
    other: Known
    likeness: Likeness
    shared: tuple[tuple[ContactKind, str], ...] = ()
    same_number: bool = False


def find_pairs(people: Iterable[Known]) -> tuple[Pair, ...]:
    """Return who may be one person, the surest first.

    Only those are compared who share a number, an address or a whole name, so that a long list
    does not take long.
    """
    met: set[tuple[int, int]] = set()
    found = []
    for group in _groups(people):
        for one, other in combinations(group, 2):
            first, second = sorted((one, other), key=lambda known: known.key)
            if (first.key, second.key) in met:
                continue
            met.add((first.key, second.key))
            pair = compare(first, second)
            if pair is not None:
                found.append(pair)
    order = list(Likeness)
    return tuple(sorted(found, key=lambda pair: (order.index(pair.likeness), pair.one.words)))


def compare(one: Known, other: Known) -> Pair | None:
    """Return why two people may be one, or nothing if they hardly are.

    Two people may share a number or an address, such as a couple: without a name in common they
    stay two. Two different identity numbers of one sort are two people, whatever else is the same.
    """
    if one.numbers & other.numbers:
        return Pair(one, other, Likeness.SURE, _shared(one, other), same_number=True)
    if {kind for kind, _digest in one.numbers} & {kind for kind, _digest in other.numbers}:
        return None
    shared = _shared(one, other)
    same_name = bool(one.words) and one.words == other.words
    if shared and same_name:
        return Pair(one, other, Likeness.SURE, shared)
    if shared and _names_alike(one.parts, other.parts):
        return Pair(one, other, Likeness.LIKELY, shared)
    if same_name and len(one.words) >= _FULL_NAME:
        return Pair(one, other, Likeness.POSSIBLE)
    return None


def is_turned(name: str, other: str) -> bool:
    """Return whether a name is the other one as it stands in a list: "Holm, Anna", "Anna Holm"."""
    one, two = Known(0, name), Known(1, other)
    return "," in name and "," not in other and bool(one.words) and one.words == two.words


def strictest(said: Iterable[Decision]) -> Decision | None:
    """Return what counts when two decisions on one purpose come together.

    A no comes before a yes, and so does what still waits to be confirmed.
    """
    decisions = set(said)
    for one in (Decision.WITHDRAWN, Decision.REFUSED, Decision.PENDING, Decision.GIVEN):
        if one in decisions:
            return one
    return None


def _groups(people: Iterable[Known]) -> Iterator[list[Known]]:
    by_mark: dict[Hashable, list[Known]] = defaultdict(list)
    for known in people:
        for mark in (*known.numbers, *known.contacts):
            by_mark[mark].append(known)
        if len(known.words) >= _FULL_NAME:
            by_mark[known.words].append(known)
    for group in by_mark.values():
        if len(group) <= _A_SWITCHBOARD:
            yield group


def _shared(one: Known, other: Known) -> tuple[tuple[ContactKind, str], ...]:
    return tuple(sorted(one.contacts & other.contacts))


def _names_alike(one: NameParts, other: NameParts) -> bool:
    """Return whether two names could be one, spelt otherwise, shortened or with a slip."""
    if one.family and other.family:
        same_family = any(any_alike(part, other.family) for part in one.family)
        return same_family and any(any_alike(part, other.given) for part in one.given)
    return any(any_alike(part, (*other.given, *other.family)) for part in (*one.given, *one.family))
