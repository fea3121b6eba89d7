"""Who works with the register: people in it like the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, TypedDict

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    Entity,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    mapped_column,
)
from gdprdesk.domain.terms import Permission, Reason, Start
from gdprdesk.i18n import N_


class LeavingStep(TypedDict):
    """One thing to see to when somebody quits; days as ISO text, empty while it is not done."""

    key: str
    done_on: str
    done_by: str
    note: str


class StaffMember(PersonalRecord, Entity):
    """Somebody who may unlock the register, or could.

    Attributes:
        staff_id: As the key file and the log know her.
        name: What she is called.
        role: What she may see and do: a built-in role, or the ref of an own one.
        joined_on: Since when she may unlock it; nothing while the invitation is open.
        left_on: Since when she may not any more.
        told_on: When she was told that what she does here is logged, how long and why: Article 13.
        leaving: What was seen to when she quit.
    """

    __tablename__ = "staff_member"
    # The log names nobody who has left for longer than it keeps the last of what she did.
    clock: ClassVar[Mapping[Start, str]] = {
        Start.RECORDED: "left_on",
        Start.RELATION_ENDED: "left_on",
    }
    needs: ClassVar[Permission] = Permission.STAFF
    called: ClassVar[tuple[str, str]] = (N_("member of staff"), N_("members of staff"))
    labels: ClassVar[Mapping[str, str]] = {
        "name": N_("Name"),
        "joined_on": N_("May unlock the register since"),
        "left_on": N_("May not any more since"),
        "told_on": N_("Was told of the log"),
        "leaving": N_("Seen to when she quit"),
    }

    staff_id: Mapped[NotPersonal[str]] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    role: Mapped[NotPersonal[str]]
    joined_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    left_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    told_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    leaving: Mapped[list[LeavingStep]] = mapped_column(
        PersonalJson, default_factory=list, info=NOT_SEARCHED
    )

    def needed_for(self) -> Reason | None:
        """Return that the log has to say who it was as long as she may unlock the register."""
        return None if self.left_on else Reason.STILL_NEEDED
