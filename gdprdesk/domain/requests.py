"""What people ask for about their own data, and what customers' customers do: Articles 12 to 22."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, TypedDict

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    Entity,
    ForeignKey,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    mapped_column,
)
from gdprdesk.domain.terms import (
    Channel,
    ErasureGround,
    ExtensionReason,
    IdentityCheck,
    Permission,
    Reason,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    Start,
)
from gdprdesk.i18n import N_

_ALWAYS = (RefusalGround.UNFOUNDED, RefusalGround.IDENTITY, RefusalGround.NO_AUTHORITY)
_GROUNDS: Mapping[RequestKind, tuple[RefusalGround, ...]] = {
    RequestKind.ACCESS: (RefusalGround.OTHERS,),
    RequestKind.RECTIFY: (RefusalGround.LAW_OBLIGES,),
    RequestKind.ERASE: (
        RefusalGround.LAW_OBLIGES,
        RefusalGround.CLAIM,
        RefusalGround.STILL_NEEDED,
    ),
    RequestKind.PORT: (RefusalGround.OTHERS,),
    RequestKind.OBJECT: (RefusalGround.COMPELLING, RefusalGround.CLAIM),
}


def refusal_grounds(kind: RequestKind) -> tuple[RefusalGround, ...]:
    """Return on which grounds a request of this kind may be refused, the likeliest first."""
    return (*_GROUNDS.get(kind, ()), *_ALWAYS)


class Correction(TypedDict):
    """What was wrong and what is right: which record, which column, and both values as text."""

    record: str
    column: str
    old: str
    new: str


class ToldRecipient(TypedDict):
    """A recipient who has to be told of a correction, an erasure or a restriction: Article 19."""

    recipient: str
    told_on: str | None


class Masking(TypedDict):
    """Somebody else's words or name taken out of a copy: in which record, what, and why."""

    record: str
    words: str
    reason: str


class RequestStep(TypedDict):
    """One thing that happened in a case: the day as ISO text, what it was, who did it, a remark."""

    on: str
    what: str
    by: str
    note: str


class DataSubjectRequest(PersonalRecord, Entity):
    """A request from a person about her own data, from the first word to the answer.

    A person of whom nothing is kept, and whoever asks for somebody else, is known by what stands
    in the request alone.

    Attributes:
        number: What letters call it.
        received_on: When it came; not counted in the month.
        channel: How it came.
        requester: Who asks.
        asker: The name of whoever asks, where she is not the person herself.
        reply_to: Where the answer goes, where no address of hers is kept.
        wish: What she wrote or said.
        due_on: The last day the law allows, extension and pause included.
        promised_on: The last day by the own promise, which nothing moves; nothing without one.
        checked_on: When it was made sure who asks; nothing while that is open.
        checked_by: Who made sure of it.
        doubted_on: When proof of who she is was asked for; the days until it comes do not count.
        doubt: Why it was doubted.
        authority_on: When it was checked that whoever asks may act for the person.
        authority: How.
        extended_on: When she was told that it takes longer: within the first month.
        erasable_on: From when what is refused can be erased; nothing if no day is known.
        answered_on: When the answer went; nothing while the case is open.
        answered_by: How the answer went.
        searched: How many records of each kind were looked through.
        masked: What was taken out of her copy because it is about somebody else.
        told: Who else has to be told, and when that was done.
        steps: Everything that happened, the oldest first.
    """

    __tablename__ = "data_subject_request"
    needs: ClassVar[Permission] = Permission.REGISTER
    clock: ClassVar[Mapping[Start, str]] = {Start.COMPLETED: "answered_on"}
    called: ClassVar[tuple[str, str]] = (N_("request"), N_("requests"))
    labels: ClassVar[Mapping[str, str]] = {
        "number": N_("Case number"),
        "kind": N_("What it is about"),
        "received_on": N_("Received on"),
        "channel": N_("How it reached us"),
        "requester": N_("Who asked"),
        "asker": N_("Asked by"),
        "reply_to": N_("Answer to"),
        "wish": N_("What was asked"),
        "due_on": N_("To answer by"),
        "promised_on": N_("Promised by"),
        "erasure_ground": N_("Ground for erasure"),
        "checked_on": N_("Identity checked on"),
        "checked_by": N_("Checked by"),
        "identity": N_("How it was checked"),
        "identity_note": N_("About the identity"),
        "doubted_on": N_("Proof of identity asked for on"),
        "doubt": N_("Why it was doubted"),
        "authority_on": N_("Authority checked on"),
        "authority": N_("About the authority"),
        "extended_on": N_("Extended on"),
        "extension": N_("Reason for the extension"),
        "extension_note": N_("Why it takes longer"),
        "decision": N_("What became of it"),
        "refusal": N_("Ground of the refusal"),
        "refusal_note": N_("Why it is refused"),
        "erasable_on": N_("Can be erased from"),
        "answered_on": N_("Answered on"),
        "answered_by": N_("How the answer went"),
        "told": N_("Who else was told"),
        "corrections": N_("Corrected"),
        "masked": N_("Taken out of the copy"),
        "steps": N_("What happened"),
    }

    number: Mapped[NotPersonal[int]] = mapped_column(unique=True)
    kind: Mapped[NotPersonal[RequestKind]]
    received_on: Mapped[date] = mapped_column(PersonalDate)
    channel: Mapped[NotPersonal[Channel]]
    due_on: Mapped[date] = mapped_column(PersonalDate, index=True)
    promised_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    requester: Mapped[NotPersonal[Requester]] = mapped_column(default=Requester.SELF)
    asker: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    reply_to: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    wish: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    erasure_ground: Mapped[NotPersonal[ErasureGround | None]] = mapped_column(default=None)
    checked_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    checked_by: Mapped[NotPersonal[str]] = mapped_column(default="")
    identity: Mapped[NotPersonal[IdentityCheck | None]] = mapped_column(default=None)
    identity_note: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    doubted_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    doubt: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    authority_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    authority: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    extended_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    extension: Mapped[NotPersonal[ExtensionReason | None]] = mapped_column(default=None)
    extension_note: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    decision: Mapped[NotPersonal[RequestDecision | None]] = mapped_column(default=None)
    refusal: Mapped[NotPersonal[RefusalGround | None]] = mapped_column(default=None)
    refusal_note: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    erasable_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    answered_on: Mapped[date | None] = mapped_column(PersonalDate, default=None, index=True)
    answered_by: Mapped[NotPersonal[Channel | None]] = mapped_column(default=None)
    corrections: Mapped[list[Correction]] = mapped_column(
        PersonalJson, default_factory=list, info=NOT_SEARCHED
    )
    masked: Mapped[list[Masking]] = mapped_column(
        PersonalJson, default_factory=list, info=NOT_SEARCHED
    )
    searched: Mapped[NotPersonalJson[dict[str, int]]] = mapped_column(default_factory=dict)
    told: Mapped[NotPersonalJson[list[ToldRecipient]]] = mapped_column(default_factory=list)
    steps: Mapped[list[RequestStep]] = mapped_column(
        PersonalJson, default_factory=list, info=NOT_SEARCHED
    )

    @property
    def is_open(self) -> bool:
        """Whether she still waits for an answer."""
        return self.answered_on is None

    @property
    def needs_authority(self) -> bool:
        """Whether somebody else asks, of whom it is not known yet that she may."""
        return self.requester is not Requester.SELF and self.authority_on is None

    @property
    def is_paused(self) -> bool:
        """Whether the month of the law stands still until proof of who asks has come."""
        return self.is_open and self.doubted_on is not None and self.checked_on is None

    def paused_days(self, today: date) -> int:
        """Return how many days were spent waiting for proof of who asks; they do not count."""
        if self.doubted_on is None:
            return 0
        return max(0, ((self.checked_on or self.answered_on or today) - self.doubted_on).days)

    @property
    def wants_erasure(self) -> bool:
        """Whether it is answered by her erasure itself."""
        return self.is_open and self.kind is RequestKind.ERASE

    def active_on(self) -> date:
        """Return the day she asked, or was answered."""
        return self.answered_on or self.received_on

    def needed_for(self) -> Reason | None:
        """Return that she has to be answered; her erasure is what answers a wish for it."""
        return Reason.STILL_NEEDED if self.is_open and not self.wants_erasure else None

    def proof(self) -> Mapping[str, str | None]:
        """Return what she asked for and that she was answered in time: Article 5(2)."""
        return {
            "number": str(self.number),
            "request": self.kind.value,
            "received_on": self.received_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "answered_on": self.answered_on.isoformat() if self.answered_on else None,
            "decision": self.decision.value if self.decision else None,
        }


class Instruction(PersonalRecord, Entity):
    """What a business that is served asks to be done with its people's data: Article 28(3)(a), (e).

    Attributes:
        number: What letters call it.
        scope: What is to be done, with whose data.
        due_on: By when; by the agreement, or in time for the controller's own month.
        done_on: When it was done.
        done_how: What was done, and what could not be.
        answered_on: When the controller was told.
    """

    __tablename__ = "instruction"
    needs: ClassVar[Permission] = Permission.REGISTER
    clock: ClassVar[Mapping[Start, str]] = {Start.COMPLETED: "answered_on"}
    called: ClassVar[tuple[str, str]] = (N_("instruction"), N_("instructions"))
    labels: ClassVar[Mapping[str, str]] = {
        "number": N_("Case number"),
        "kind": N_("What it is about"),
        "received_on": N_("Received on"),
        "scope": N_("What is to be done"),
        "due_on": N_("To do by"),
        "done_on": N_("Done on"),
        "done_how": N_("What was done"),
        "answered_on": N_("Answered on"),
    }

    number: Mapped[NotPersonal[int]] = mapped_column(unique=True)
    controller_id: Mapped[NotPersonal[int]] = mapped_column(
        ForeignKey("controller_served.id"), index=True
    )
    kind: Mapped[NotPersonal[RequestKind]]
    received_on: Mapped[date] = mapped_column(PersonalDate)
    due_on: Mapped[date] = mapped_column(PersonalDate, index=True)
    scope: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    done_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    done_how: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    answered_on: Mapped[date | None] = mapped_column(PersonalDate, default=None, index=True)

    def active_on(self) -> date:
        """Return the day it came, or was answered."""
        return self.answered_on or self.received_on

    def needed_for(self) -> Reason | None:
        """Return that it is to be carried out and answered first."""
        return None if self.answered_on else Reason.STILL_NEEDED
