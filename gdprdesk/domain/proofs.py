"""What stays after an erasure: that she was asked, that she asked, and what not to take in again.

All of it is still processing of personal data, so each row belongs to an activity of the register,
says nobody's name, and has its last day.
"""

from __future__ import annotations

from datetime import date

from gdprdesk.domain.base import (
    Entity,
    ForeignKey,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    RecordRef,
    SubjectRef,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import ContactKind, StopReason


class Proof(Entity):
    """What is left of a consent or a request of somebody erased.

    Attributes:
        subject_ref: The random ref that the receipt and the ledger show too.
        kind: The kind of record it is left of: "consent".
        facts: What stays of it; days as ISO text.
        digests: Keyed hashes of the addresses she had, by which it is found if she asks again.
        until: The last day it is kept.
    """

    __tablename__ = "proof"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[RecordRef]] = mapped_column(
        init=False, default_factory=lambda: RecordRef(new_ref()), unique=True
    )
    activity_id: Mapped[NotPersonal[int]] = mapped_column(
        ForeignKey("processing_activity.id"), index=True
    )
    subject_ref: Mapped[NotPersonal[SubjectRef]] = mapped_column(index=True)
    kind: Mapped[NotPersonal[str]]
    facts: Mapped[NotPersonalJson[dict[str, str | None]]]
    made_on: Mapped[NotPersonal[date]]
    until: Mapped[NotPersonal[date]] = mapped_column(index=True)
    digests: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)


class StopEntry(Entity):
    """An address or a number that is not to be taken in again, as a keyed hash: nobody reads it.

    Attributes:
        digest: What an address or a number that comes in is compared with.
        contact: Whether it is an address or a number.
        until: The last day it is kept.
    """

    __tablename__ = "stop_entry"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[RecordRef]] = mapped_column(
        init=False, default_factory=lambda: RecordRef(new_ref()), unique=True
    )
    activity_id: Mapped[NotPersonal[int]] = mapped_column(
        ForeignKey("processing_activity.id"), index=True
    )
    digest: Mapped[NotPersonal[str]] = mapped_column(index=True)
    contact: Mapped[NotPersonal[ContactKind]]
    reason: Mapped[NotPersonal[StopReason]]
    made_on: Mapped[NotPersonal[date]]
    until: Mapped[NotPersonal[date]] = mapped_column(index=True)
