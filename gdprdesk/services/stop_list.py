"""The stop list: who was erased does not come back with a list, who said no gets no newsletter.

It holds keyed hashes of addresses and numbers, so nobody can read it: only an address that comes
in, or that somebody types, is found on it. It is personal data still, so the register says why and
how long, each entry leaves by itself after its last day, and it is looked in when a person asks.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.proofs import StopEntry
from gdprdesk.domain.register import RegisterState
from gdprdesk.domain.retention import describe_rules
from gdprdesk.domain.subjects import ContactDetail
from gdprdesk.domain.terms import ContactKind, Permission, StopReason
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.contacts import normalise
from gdprdesk.services.finding import (
    controller_of,
    find_activity_for,
    rules_of,
    today_of,
)
from gdprdesk.services.law import law_of
from gdprdesk.services.paging import Page, window
from gdprdesk.services.registry import action, query
from gdprdesk.store.keys import derive
from gdprdesk.store.unit_of_work import UnitOfWork

Normal = tuple[ContactKind, str]
"""What an address or a number is, and how it is compared: `ContactDetail.normal`."""

_LABEL = "stop list"
_AT_ONCE = 500


@dataclass(frozen=True, repr=False)
class StopRow:
    """That an address or a number is on the list; nobody can read which.

    Attributes:
        made_on: Since when.
        until: The last day it is on the list.
    """

    ref: RecordRef
    contact: ContactKind
    reason: StopReason
    made_on: date
    until: date


@dataclass(frozen=True, repr=False)
class StopCount:
    """How many entries there are for a reason.

    Attributes:
        since: The day of the oldest; nothing if there is none.
        until: The day on which the last of them leaves; nothing if there is none.
    """

    reason: StopReason
    count: int
    since: date | None
    until: date | None


@dataclass(frozen=True, repr=False)
class StopList:
    """The list as its owner may see it.

    Attributes:
        period: How long an entry stays, as a sentence; nothing if the register has no row for the
            list, so that nothing is put there.
        counts: How many entries there are for each reason.
    """

    period: str
    counts: tuple[StopCount, ...]


@dataclass(frozen=True, repr=False)
class StopCheck:
    """What the list knows of an address or a number that somebody typed.

    Attributes:
        shown: The address or number as people read it.
        found: Why it is on the list, an erasure first; nothing if it is not.
    """

    contact: ContactKind
    shown: str
    found: tuple[StopRow, ...]


def digest_of(session: Session, contact: ContactKind, normal: str) -> str:
    """Return the keyed hash by which an address or a number is recognised, and not read.

    Its key comes from the one that signs the ledger of the erased, so it outlives a new vault key
    and travels with every backup.

    Args:
        session: The open register.
        contact: An e-mail address or a phone number.
        normal: As it is compared: lower-case, or E.164.
    """
    return _digest(_key(session), (contact, normal))


def stop(work: UnitOfWork, contacts: Iterable[ContactDetail], reason: StopReason) -> None:
    """Put the addresses and numbers of a person on the list, until the register's rule is over.

    Without a row of the register that says why, nothing may be put there: then nothing is, and
    what the user does goes on.
    """
    stop_normals(work, ((one.kind, one.normal) for one in contacts), reason)


def stop_normals(work: UnitOfWork, normals: Iterable[Normal], reason: StopReason) -> None:
    """Put addresses and numbers on the list that may be nobody's in the register."""
    session = work.session
    activity = find_activity_for(session, StopEntry)
    if activity is None:
        return
    until = max(rule.after(work.today) for rule in rules_of(session)[activity.id])
    key = _key(session)
    wanted = {_digest(key, one): one[0] for one in normals if one[1]}
    known = {one.digest: one for one in _entries(session, wanted) if one.reason is reason}
    for digest, contact in wanted.items():
        if digest in known:
            known[digest].made_on, known[digest].until = work.today, until
        else:
            session.add(
                StopEntry(
                    activity_id=activity.id,
                    digest=digest,
                    contact=contact,
                    reason=reason,
                    made_on=work.today,
                    until=until,
                )
            )


def lift(work: UnitOfWork, contacts: Iterable[ContactDetail]) -> None:
    """Take the addresses and numbers of a person off the list; the log names the entries."""
    key = _key(work.session)
    wanted = [_digest(key, (one.kind, one.normal)) for one in contacts if one.normal]
    for entry in _entries(work.session, wanted):
        work.session.delete(entry)


def stopped(session: Session, normals: Iterable[Normal]) -> Mapping[Normal, tuple[StopRow, ...]]:
    """Return which of some addresses and numbers are on the list, an erasure first."""
    key, today = _key(session), today_of(session)
    wanted = {_digest(key, one): one for one in normals if one[1]}
    found: dict[Normal, tuple[StopRow, ...]] = {}
    for entry in _entries(session, wanted):
        if entry.until >= today:
            rows = (*found.get(wanted[entry.digest], ()), _row(entry))
            found[wanted[entry.digest]] = tuple(sorted(rows, key=lambda row: row.reason))
    return found


def list_expired_stops(session: Session) -> list[StopEntry]:
    """Return the entries whose last day has passed."""
    return list(session.scalars(select(StopEntry).where(StopEntry.until < today_of(session))))


@query("stop_list.show", needs=Permission.CONSENTS)
def show_stop_list(read: Session) -> StopList:
    """Return how many addresses and numbers are on the list and how long they stay there."""
    activity, today = find_activity_for(read, StopEntry), today_of(read)
    counted = {
        reason: (count, since, until)
        for reason, count, since, until in read.execute(
            select(
                StopEntry.reason,
                func.count(),
                func.min(StopEntry.made_on),
                func.max(StopEntry.until),
            )
            .where(StopEntry.until >= today)
            .group_by(StopEntry.reason)
        )
    }
    counts = (StopCount(reason, *counted.get(reason, (0, None, None))) for reason in StopReason)
    rules = rules_of(read)[activity.id] if activity else ()
    return StopList(describe_rules(rules, law_of(read), today), tuple(counts))


@query("stop_list.list", needs=Permission.CONSENTS)
def list_stops(read: Session, *, offset: int = 0, limit: int = 50) -> Page[StopRow]:
    """Return one page of the list, the newest first: since when and until when, never whose."""
    valid = select(StopEntry).where(StopEntry.until >= today_of(read))
    total = read.scalar(select(func.count()).select_from(valid.subquery())) or 0
    start, count = window(offset, limit)
    rows = read.scalars(valid.order_by(StopEntry.id.desc()).offset(start).limit(count))
    return Page(tuple(map(_row, rows)), total)


@query("stop_list.check", needs=Permission.PEOPLE)
def check_stop(read: Session, *, value: str) -> StopCheck:
    """Return whether an address or a number is on the list: for you, or when its owner asks.

    Raises:
        DomainError: It is no phone number and no e-mail address; says how to write it.
    """
    contact, shown, normal = typed_contact(read, value)
    return StopCheck(contact, shown, stopped(read, [(contact, normal)]).get((contact, normal), ()))


@query("stop_list.explain", needs=Permission.CONSENTS)
def explain_stops(read: Session, *, email: str = "", phone: str = "") -> str:
    """Return what to know when somebody on the list comes back herself; nothing if she is not.

    She is never stopped: only lists are.
    """
    given = ((ContactKind.EMAIL, email), (ContactKind.PHONE, phone))
    country = controller_of(read).country
    normals = []
    for contact, value in given:
        with suppress(DomainError):  # half typed
            normals.append((contact, normalise(contact, value, country)[1]))
    found = sorted(
        (row for rows in stopped(read, normals).values() for row in rows),
        key=lambda row: row.reason,
    )
    return _explained(found[0]) if found else ""


@action("stop_list.remove", N_("Removed from the stop list"), needs=Permission.REGISTER)
def remove_stop(work: UnitOfWork, *, value: str) -> None:
    """Take an address or a number off the list, by typing it: nobody can pick it from the list.

    Raises:
        DomainError: It is no phone number and no e-mail address, or not on the list.
    """
    contact, shown, normal = typed_contact(work.session, value)
    digest = digest_of(work.session, contact, normal)
    entries = list(_entries(work.session, [digest]))
    if not entries:
        raise NotFoundError(
            _("{contact} is not on the stop list. Nothing was changed.").format(contact=shown)
        )
    for entry in entries:
        work.session.delete(entry)


def typed_contact(session: Session, value: str) -> tuple[ContactKind, str, str]:
    """Return what somebody typed: an address or a number, as people read it, as it is compared.

    Raises:
        DomainError: It is no phone number and no e-mail address; says how to write it.
    """
    if not value.strip():
        raise DomainError(_("Write the number or address first."))
    contact = ContactKind.EMAIL if "@" in value else ContactKind.PHONE
    return contact, *normalise(contact, value, controller_of(session).country)


def _explained(row: StopRow) -> str:
    said = {
        (StopReason.ERASED, ContactKind.EMAIL): _(
            "This address was erased at its owner's request on {day}. She may come back herself, "
            "but gets no newsletters unless she says yes again."
        ),
        (StopReason.ERASED, ContactKind.PHONE): _(
            "This number was erased at its owner's request on {day}. She may come back herself, "
            "but gets no newsletters unless she says yes again."
        ),
        (StopReason.UNSUBSCRIBED, ContactKind.EMAIL): _(
            "This address said no to newsletters on {day}. It gets none unless she says yes again."
        ),
        (StopReason.UNSUBSCRIBED, ContactKind.PHONE): _(
            "This number said no to newsletters on {day}. It gets none unless she says yes again."
        ),
    }
    return said[row.reason, row.contact].format(day=format_day(row.made_on))


def _row(entry: StopEntry) -> StopRow:
    return StopRow(entry.ref, entry.contact, entry.reason, entry.made_on, entry.until)


def _entries(session: Session, digests: Iterable[str]) -> Iterator[StopEntry]:
    """Walk the entries of some hashes, a few hundred at a time: a list may be long."""
    left = iter(digests)
    while some := tuple(islice(left, _AT_ONCE)):
        yield from session.scalars(select(StopEntry).where(StopEntry.digest.in_(some)))


def _key(session: Session) -> bytes:
    return derive(session.scalars(select(RegisterState.ledger_key)).one(), _LABEL)


def _digest(key: bytes, contact: Normal) -> str:
    """Hash what is compared, whatever its letters, spaces and ways to write å."""
    kind, normal = contact
    plain = "".join(unicodedata.normalize("NFKC", normal).casefold().split())
    return hashlib.blake2b(f"{kind}\0{plain}".encode(), key=key, digest_size=32).hexdigest()
