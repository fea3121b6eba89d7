"""The list of a newsletter program compared with the register, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.list_comparison import Finding, Here, judge
from gdprdesk.domain.mailing_lists import (
    MailingTool,
    Member,
    Sheet,
    has_addresses,
    read_members,
    tool_of,
)
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    ConsentMethod,
    ContactKind,
    Decision,
    Permission,
    StopReason,
    SubjectState,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.consents import record_consent
from gdprdesk.services.contacts import normalise
from gdprdesk.services.existing_customers import (
    CustomerRow,
    list_existing_customers,
    opt_out,
)
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.newsletter import (
    NEWSLETTER,
    find_words,
    last_words,
    list_readers,
)
from gdprdesk.services.registry import action, query
from gdprdesk.services.stop_list import stop_normals, stopped
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class ComparedRow:
    """One address, and what became of it.

    Attributes:
        email: As it stands there, or here if it is not there.
        normal: As it is compared.
        name: What she is called here; else there.
        left_on: The day she left there; nothing if she has not, or it does not say.
        subject_refs: Who has this address here.
    """

    email: str
    normal: str
    name: str
    finding: Finding
    left_on: date | None = None
    subject_refs: tuple[SubjectRef, ...] = ()


@dataclass(frozen=True, repr=False)
class Comparison:
    """A list compared with the register.

    Attributes:
        purpose: For which letters.
        title: What they are called.
        tool: Which program wrote the list.
        rows: Every address once, what is to be done first, then by address.
        unreadable: How many lines have something that is no address.
    """

    purpose: str
    title: str
    tool: MailingTool
    rows: tuple[ComparedRow, ...]
    unreadable: int

    def of(self, finding: Finding) -> tuple[ComparedRow, ...]:
        """Return the addresses of which something was found."""
        return tuple(one for one in self.rows if one.finding is finding)

    @property
    def counts(self) -> Mapping[Finding, int]:
        """How many addresses there are of each, in the order in which to look at them."""
        return {finding: len(self.of(finding)) for finding in Finding}


@dataclass(frozen=True, repr=False)
class ComparisonReceipt:
    """What was written down after a comparison.

    Attributes:
        withdrawn: How many yes were taken back, and how many customers opted out.
        stopped: How many addresses went on the stop list, of whoever says yes to nothing here.
    """

    withdrawn: int
    stopped: int


@query("newsletter.compare", needs=Permission.EXPORT_ALL)
def compare_list(
    read: Session,
    *,
    sheets: tuple[Sheet, ...],
    purpose: str = NEWSLETTER,
    tool: MailingTool | None = None,
) -> Comparison:
    """Return what became of every address that a newsletter program or the register knows.

    Args:
        read: The open register.
        sheets: What the program gave out.
        purpose: For which letters.
        tool: Which program it was; without it, the one whose headings these are.

    Raises:
        DomainError: There are no addresses in it, nobody can tell which program wrote it, or there
            are no letters of this name.
    """
    text = find_words(read, purpose)
    said = tool or tool_of(sheets)
    if said is None:
        raise DomainError(
            _("Say which program this list comes from: its headings do not tell. Nothing was read.")
        )
    if not any(map(has_addresses, sheets)):
        raise DomainError(
            _(
                "No column of this file holds e-mail addresses, so nothing can be compared. "
                "Nothing was changed. {advice}"
            ).format(advice=said.how_to_export)
        )
    there, unreadable = _there(read, read_members(sheets, today_of(read)))
    known = _Known(read, purpose, there)
    normals = sorted({*there, *known.expected})
    rows = [known.compare(normal, there.get(normal)) for normal in normals]
    order = list(Finding)
    rows.sort(key=lambda row: (order.index(row.finding), row.normal))
    return Comparison(purpose, text.name, said, tuple(rows), unreadable)


@action(
    "newsletter.take_over", N_("Letters compared"), of_restricted=True, needs=Permission.EXPORT_ALL
)  # only to take a yes to letters back
def take_over_comparison(
    work: UnitOfWork, *, comparison: Comparison, spared: AbstractSet[str] = frozenset()
) -> ComparisonReceipt:
    """Write down who has left there, each on her day: all of it or nothing.

    What the register says at this moment decides once more, so nothing is taken back that was said
    after the comparison. Where she left and says yes to nothing here, her address goes on the stop
    list, so that no other list signs her up again.

    Args:
        work: The unit of work.
        comparison: What was shown and approved.
        spared: The addresses, as they are compared, that the user took out.
    """
    chosen = [
        one
        for one in comparison.rows
        if one.finding in {Finding.LEFT, Finding.GONE} and one.normal not in spared
    ]
    withdrawn = 0
    standing = _standing(work.session, comparison.purpose)
    customers = _customers(work.session)
    evidence = _("It stands so in the list of {tool}.").format(tool=comparison.tool.label)
    for row in chosen:
        day = row.left_on or work.today
        for ref, text, said_on in standing.get(row.normal, ()):
            if row.finding is Finding.LEFT and said_on <= day:
                withdrawn += 1
                record_consent(
                    work,
                    subject_ref=ref,
                    text_ref=text.ref,
                    decision=Decision.WITHDRAWN,
                    method=ConsentMethod.UNSUBSCRIBED,
                    evidence=evidence,
                    decided_on=day,
                )
        for customer in customers.get(row.normal, ()):
            if row.finding is Finding.LEFT and customer.bought_on <= day:
                withdrawn += 1
                opt_out(work, ref=customer.ref, on=day)
    stops = [(ContactKind.EMAIL, one.normal) for one in chosen if one.finding is Finding.GONE]
    known = stopped(work.session, stops)
    fresh = [one for one in stops if one not in known]
    stop_normals(work, fresh, StopReason.UNSUBSCRIBED)
    return ComparisonReceipt(withdrawn, len(fresh))


def _there(read: Session, members: Iterable[Member]) -> tuple[dict[str, Member], int]:
    """Return who is on the list by address as it is compared, and how many could not be read."""
    found: dict[str, Member] = {}
    unreadable, country = 0, controller_of(read).country
    for one in members:
        try:
            normal = normalise(ContactKind.EMAIL, one.email, country)[1]
        except DomainError:
            unreadable += 1
            continue
        known = found.get(normal)
        if known is None or _stricter(one) > _stricter(known):
            found[normal] = one
    return found, unreadable


def _stricter(one: Member) -> tuple[int, date]:
    return one.status, one.left_on or date.max


_Said = tuple[SubjectRef, ConsentText, date]


def _standing(session: Session, purpose: str) -> dict[str, list[_Said]]:
    """Return every yes to a purpose that counts, by e-mail address as it is compared."""
    said = (
        select(ContactDetail.normal, DataSubject.ref, ConsentText, Consent.decided_on)
        .join(DataSubject, DataSubject.id == ContactDetail.subject_id)
        .join(Consent, Consent.subject_id == DataSubject.id)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ContactDetail.kind == ContactKind.EMAIL, DataSubject.state == SubjectState.ACTIVE)
        .where(ConsentText.purpose == purpose)
        .where(Consent.decision == Decision.GIVEN, Consent.ended_on.is_(None))
    )
    found: dict[str, list[_Said]] = {}
    for normal, ref, text, day in session.execute(said):
        found.setdefault(normal, []).append((ref, text, day))
    return found


class _Known:
    """What the register knows of addresses, asked for once."""

    def __init__(self, read: Session, purpose: str, there: Iterable[str]) -> None:
        self._standing = _standing(read, purpose)
        readers = list_readers(read, purpose=purpose).readers
        self.expected = {one.contact.casefold(): one.contact for one in readers}
        self._customers = _customers(read)
        self._people = _people(read)
        self._last_words = last_words(read, purpose)
        asked = ((ContactKind.EMAIL, one) for one in {*there, *self.expected})
        self._stops = {normal: rows for (_kind, normal), rows in stopped(read, asked).items()}

    def compare(self, normal: str, there: Member | None) -> ComparedRow:
        """Return what became of an address."""
        people = self._people.get(normal, [])
        status = there.status if there else None
        left_on = there.left_on if there else None
        name = people[0].name if people else there.name if there else ""
        return ComparedRow(
            email=there.email if there else self.expected[normal],
            normal=normal,
            name=name,
            finding=judge(self._here(normal), status, left_on),
            left_on=left_on,
            subject_refs=tuple(one.ref for one in people),
        )

    def _here(self, normal: str) -> Here:
        people = self._people.get(normal, [])
        reasons = {one.reason for one in self._stops.get(normal, ())}
        said = {self._last_words.get(one.id) for one in people}
        refused = StopReason.UNSUBSCRIBED in reasons
        since = [day for _ref, _text, day in self._standing.get(normal, ())]
        since += [one.bought_on for one in self._customers.get(normal, ())]
        return Here(
            yes_on=max(since, default=None),
            held_back=refused or any(one.restricted_on for one in people),
            erased=StopReason.ERASED in reasons,
            said_no=refused
            or not said.isdisjoint({Decision.REFUSED, Decision.WITHDRAWN})
            or any(one.objected_on for one in people),
            pending=Decision.PENDING in said,
        )


def _customers(read: Session) -> dict[str, list[CustomerRow]]:
    """Return who gets letters as an existing customer, by address as it is compared."""
    found: dict[str, list[CustomerRow]] = {}
    for one in list_existing_customers(read):
        if one.reached:
            found.setdefault(one.email.casefold(), []).append(one)
    return found


def _people(read: Session) -> dict[str, list[DataSubject]]:
    """Return who is in the register, by e-mail address as it is compared."""
    found: dict[str, list[DataSubject]] = {}
    known = (
        select(ContactDetail.normal, DataSubject)
        .join(DataSubject, DataSubject.id == ContactDetail.subject_id)
        .where(ContactDetail.kind == ContactKind.EMAIL, DataSubject.state == SubjectState.ACTIVE)
    )
    for normal, subject in read.execute(known):
        found.setdefault(normal, []).append(subject)
    return found
