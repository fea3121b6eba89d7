"""Who says yes or no for a child, and from when on the child is asked herself."""

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
    SubjectRef,
    mapped_column,
)
from gdprdesk.domain.terms import Kinship, Permission
from gdprdesk.i18n import N_

OF_AGE = 18
"""Who is as old as this answers for herself, in Sweden as in Norway."""


class Guardian(PersonalRecord, Entity):
    """Somebody who says yes or no for a child: she is the person it belongs to.

    Attributes:
        name: Who it is; empty once the guardian was erased, the child's consents keep it as proof.
        reach: How to reach the guardian.
        guardian_ref: The guardian as a person of this register, if she is one.
        of_age_on: The day the child turns 18: the day she was born is not needed, so it is not
            kept.
        asked_too_on: The day the child herself was asked, too.
    """

    __tablename__ = "guardian"
    needs: ClassVar[Permission] = Permission.CONSENTS
    accompanies: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (N_("guardian"), N_("guardians"))
    labels: ClassVar[Mapping[str, str]] = {
        "name": N_("Says yes or no for you"),
        "kinship": N_("Who this is"),
        "reach": N_("Reached by"),
        "of_age_on": N_("You turn 18 on"),
        "asked_too_on": N_("You were asked, too, on"),
    }

    name: Mapped[str] = mapped_column(PersonalText)
    kinship: Mapped[NotPersonal[Kinship]]
    of_age_on: Mapped[date] = mapped_column(PersonalDate)
    reach: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    guardian_ref: Mapped[NotPersonal[SubjectRef | None]] = mapped_column(default=None, index=True)
    asked_too_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)

    def forget_who(self) -> None:
        """Leave nothing of the guardian, but that the child is asked herself one day."""
        self.name, self.reach, self.guardian_ref = "", "", None


def of_age_on(born: date) -> date:
    """Return the day somebody turns 18.

    Whoever was born on 29 February does so on 28 February where the year has no such day: the
    earlier of the two days one could mean asks her herself the sooner.
    """
    year = born.year + OF_AGE
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def grown_up_on(guardians: Iterable[Guardian]) -> date | None:
    """Return the day a child turns 18, the earliest if two are written; nothing for others."""
    return min((one.of_age_on for one in guardians), default=None)
