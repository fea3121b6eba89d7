"""How it stands with the copies: how old the last one is, and which stick is to be connected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.backups import BackupCopy, BackupPlace
from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.services.backup_catalogue import LastCopy, last_good_copy
from gdprdesk.services.backup_places import BESIDE, OWN, is_reachable, name_of
from gdprdesk.services.finding import today_of
from gdprdesk.services.registry import query

OLD_DAYS, TOO_OLD_DAYS = 7, 30
HANDFUL = 5
"""So many people can be written down once more; from then on a copy is missed."""


@dataclass(frozen=True, repr=False)
class BackupStanding:
    """How it stands with the copies.

    Attributes:
        last: The newest copy that was read again; nothing if there is none.
        is_old: It is high time for a new one.
        is_too_old: Much would be lost without a new one, or there is none at all.
    """

    last: LastCopy | None = None
    is_old: bool = False
    is_too_old: bool = False


@dataclass(frozen=True, repr=False)
class PlaceToConnect:
    """A place out of reach at which something is to be done in the copies.

    Attributes:
        people: How many erased people are still in them.
        over: How many copies are kept longer than was said.
    """

    ref: EditionRef
    name: str
    people: int
    over: int


@query("backup.standing", needs=Permission.BACKUPS)
def show_backup_standing(read: Session) -> BackupStanding:
    """Return how it stands with the copies; quick, for every page shows it."""
    last = last_good_copy(read)
    if last is None:
        people = read.scalars(select(DataSubject.id).limit(HANDFUL + 1)).all()
        is_missed = len(people) > HANDFUL
        return BackupStanding(None, is_old=is_missed, is_too_old=is_missed)
    return BackupStanding(last, last.days > OLD_DAYS, last.days > TOO_OLD_DAYS)


@query("backup.to_connect", needs=Permission.BACKUPS)
def list_places_to_connect(read: Session) -> tuple[PlaceToConnect, ...]:
    """Return the sticks and folders that are to be connected, so that copies can be erased in."""
    copies = read.execute(
        select(BackupCopy, BackupPlace)
        .join(BackupPlace, BackupPlace.id == BackupCopy.place_id)
        .where(BackupCopy.gone_on.is_(None), BackupPlace.folder.not_in([OWN, BESIDE]))
        .order_by(BackupPlace.id)
    ).all()
    if not copies:
        return ()
    held = _held_in(read, since=min(copy.made_at for copy, _place in copies))
    asking: dict[BackupPlace, list[BackupCopy]] = defaultdict(list)
    for copy, place in copies:
        if copy.until < today_of(read) or held.get((copy.file, name_of(place))):
            asking[place].append(copy)
    return tuple(
        _to_connect(read, place, waiting, held)
        for place, waiting in asking.items()
        if not is_reachable(read, place)
    )


def _held_in(read: Session, since: str) -> dict[tuple[str, str], set[int]]:
    """Return which erasures are not carried out yet in which file of which place."""
    held: dict[tuple[str, str], set[int]] = defaultdict(set)
    for case in read.scalars(select(ErasureCase).where(ErasureCase.deleted_at >= since)):
        for line in case.copies:
            if line["done_on"] is None:
                held[line["file"], line["place"]].add(case.id)
    return held


def _to_connect(
    read: Session,
    place: BackupPlace,
    waiting: Iterable[BackupCopy],
    held: dict[tuple[str, str], set[int]],
) -> PlaceToConnect:
    name, people, over = name_of(place), set[int](), 0
    for copy in waiting:
        people |= held.get((copy.file, name), set())
        over += copy.until < today_of(read)
    return PlaceToConnect(place.ref, name, len(people), over)
