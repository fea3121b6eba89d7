"""What the letters of a request are filled from: the case, the people, the law, the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import (
    PersonalRecord,
    RecordRef,
    counted,
    kind_name,
    personal_kinds,
)
from gdprdesk.domain.columns import is_identity_number
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.law import Authority
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.requests import Correction, DataSubjectRequest
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ContactKind, ErasureState, Requester
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of, records_of, rules_of, today_of
from gdprdesk.services.law import authority
from gdprdesk.services.subjects import first_contact

_NUMBERS = re.compile(r"(?<!\d)\d{6}(?:\d{2})?[-+ ]?\d{4,5}(?!\d)")
_HIDDEN = "\N{BULLET}" * 6
_ITSELF = {"value", "text"}  # columns that are the whole of a record


@dataclass(frozen=True, repr=False)
class LetterCase:
    """A request with what its letters say about it.

    Attributes:
        read: The open register, for what only one of the letters says.
        subject: Whom it is about; nothing if she is not in the register.
        erasure: How far her erasure has come, if one has begun.
        own_words: What the owner adds.
    """

    read: Session
    request: DataSubjectRequest
    subject: DataSubject | None
    erasure: ErasureCase | None
    controller: Organisation
    authority: Authority
    today: date
    own_words: str = ""

    @property
    def for_another(self) -> bool:
        """Whether somebody asks who says to act for the person."""
        return self.request.requester is not Requester.SELF

    @property
    def is_trusted(self) -> bool:
        """Whether it is known who asks, so that a letter may say whom the register knows."""
        request = self.request
        known = request.authority_on if self.for_another else request.checked_on
        return known is not None

    @property
    def person(self) -> str:
        """Return the name of the person whom it is about, as far as it is known."""
        if self.subject is not None and self.subject.name:
            return self.subject.name
        return "" if self.for_another else self.request.asker

    @property
    def addressee(self) -> str:
        """Return whom the letter speaks to; nobody by name whom only the register names.

        Whoever pretends to be somebody else must not learn from the letter what she is called.
        """
        if self.request.asker:
            return self.request.asker
        goes_home = not self.request.reply_to
        return self.person if not self.for_another and (self.is_trusted or goes_home) else ""

    @property
    def answer_by(self) -> date:
        """Return by when the answer goes: the own promise where that is earlier."""
        return min(self.request.due_on, self.request.promised_on or date.max)

    def address(self) -> str:
        """Return where the letter goes: as she asked, else to the street that is known."""
        if self.request.reply_to or self.subject is None or self.for_another:
            return self.request.reply_to
        return first_contact(records_of(self.read, self.subject), ContactKind.ADDRESS)

    def kept_until(self) -> date:
        """Return the last day that the request and its answer are kept."""
        last = self.request.answered_on or self.today
        return max(rule.after(last) for rule in rules_of(self.read)[self.request.activity_id])

    def corrected(self) -> list[str]:
        """Return what was corrected; the values only where nothing about health stands."""
        return [self._correction(one) for one in self.request.corrections]

    def _correction(self, one: Correction) -> str:
        record = any_record(self.read, RecordRef(one["record"]))
        what = _what(type(record) if record else DataSubject, one["column"])
        of_her = self.subject is not None and one["record"] == self.subject.ref
        if not of_her and (record is None or _is_guarded(self.read, record)):
            return _("{what}: corrected").format(what=what)
        return _("{what}: “{old}” is now “{new}”").format(
            what=what, old=without_numbers(one["old"]), new=without_numbers(one["new"])
        )


def letter_case(read: Session, ref: RecordRef, own_words: str = "") -> LetterCase:
    """Return the case of a request; of a person about to be erased too, who is told that she is.

    Raises:
        NotFoundError: There is no such request, or it went with the person it was about.
    """
    request = read.scalar(select(DataSubjectRequest).where(DataSubjectRequest.ref == ref))
    if request is None:
        raise NotFoundError(
            _(
                "This request is not in the register any more. If the person has been erased, it "
                "went with her, and the receipt of the erasure is what is left."
            )
        )
    subject = read.get(DataSubject, request.subject_id) if request.subject_id else None
    controller, today = controller_of(read), today_of(read)
    return LetterCase(
        read=read,
        request=request,
        subject=subject,
        erasure=_erasure_of(read, subject) if subject else None,
        controller=controller,
        authority=authority(controller.country, today),
        today=today,
        own_words=without_numbers(own_words.strip()),
    )


def without_numbers(text: str) -> str:
    """Return a text without the personal identity numbers in it: no letter carries one."""
    return _NUMBERS.sub(lambda one: _HIDDEN if is_identity_number(one[0]) else one[0], text)


def counted_kinds(counts: Iterable[tuple[str, int]]) -> list[str]:
    """Return how many records of which kinds, as people read it: "6 orders"."""
    kinds = {kind_name(kind): kind for kind in personal_kinds()}
    return [counted(kinds[name], count) for name, count in counts if count and name in kinds]


def _erasure_of(read: Session, subject: DataSubject) -> ErasureCase | None:
    newest = (
        select(ErasureCase)
        .where(ErasureCase.subject_ref == subject.ref, ErasureCase.state != ErasureState.UNDONE)
        .order_by(ErasureCase.id.desc())
        .limit(1)
    )
    return read.scalar(newest)


def any_record(read: Session, ref: RecordRef) -> PersonalRecord | None:
    """Return a record of any kind, if it is there still."""
    for kind in personal_kinds():
        found = read.scalar(select(kind).where(kind.ref == ref))
        if found is not None:
            return found
    return None


def _is_guarded(read: Session, record: PersonalRecord) -> bool:
    """Return whether what it says may be about health and the like: Article 9."""
    activity = read.get_one(ProcessingActivity, record.activity_id)
    special = any(category["special"] for category in activity.categories)
    return special or activity.special_condition is not None


def _what(kind: type[DataSubject | PersonalRecord], column: str) -> str:
    """Return what people call a column of a kind: "Order, what was ordered"."""
    label = _(kind.labels[column]) if column in kind.labels else ""
    if not issubclass(kind, PersonalRecord):
        return label or _("Something about you")
    called = _(kind.called[0]).capitalize()
    return called if column in _ITSELF or not label else f"{called}, {label.lower()}"
