"""What is kept past its day by hand, because somebody has decided so and may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    Entity,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    RecordRef,
    mapped_column,
)
from gdprdesk.domain.terms import HoldGround, Reason
from gdprdesk.i18n import N_


class Hold(PersonalRecord, Entity):
    """A decision not to let go of something yet. Lifting it takes the row away.

    Attributes:
        target: The record that is kept; nothing if it is everything about the person.
        ground: Which of the few allowed reasons it is.
        why: What the owner wrote about it.
        placed_by: Who decided.
        review_on: When it is to be decided again, at most a year later.
    """

    __tablename__ = "hold"
    accompanies: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (N_("decision to keep"), N_("decisions to keep"))
    labels: ClassVar[Mapping[str, str]] = {
        "ground": N_("Why it is kept"),
        "why": N_("Why"),
        "placed_by": N_("Decided by"),
        "review_on": N_("To decide again"),
    }

    ground: Mapped[NotPersonal[HoldGround]]
    why: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    placed_by: Mapped[NotPersonal[str]]
    review_on: Mapped[date] = mapped_column(PersonalDate, index=True)
    target: Mapped[NotPersonal[RecordRef | None]] = mapped_column(default=None, index=True)

    def holds(self, other: PersonalRecord) -> Reason | None:
        """Return why a record of the same person may not leave, if this is about it."""
        return self.ground.reason if self.target in {None, other.ref} else None

    def is_about(self, others: Iterable[PersonalRecord]) -> bool:
        """Return whether it keeps one of these records, and not everything about her."""
        return any(self.target == other.ref for other in others)
