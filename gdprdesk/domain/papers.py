"""Paper in the locked cabinet, what was shredded, and what was handed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    EditionRef,
    Entity,
    FreeText,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    RecordRef,
    SubjectRef,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import Channel, LegalBasis, Permission, Reason, Start
from gdprdesk.i18n import N_


class PaperFile(PersonalRecord, Entity):
    """A folder or box of paper: where it stands, what is in it, from when until when.

    It is about one person, or about many: then it belongs to nobody.

    Attributes:
        place: Where: "Locked cabinet in the office".
        box: Which folder or box.
        what: What is in it.
        from_on: The day of the oldest paper, to_on that of the newest.
        journal: Whether it is a journal on paper, or part of one.
    """

    __tablename__ = "paper_file"
    needs: ClassVar[Permission] = Permission.REGISTER
    clock: ClassVar[Mapping[Start, str]] = {
        start: "to_on" for start in Start if start is not Start.RECORDED
    }
    by_hand: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (N_("paper file"), N_("paper files"))
    labels: ClassVar[Mapping[str, str]] = {
        "place": N_("Where it stands"),
        "box": N_("Folder or box"),
        "what": N_("What is in it"),
        "from_on": N_("Oldest paper"),
        "to_on": N_("Newest paper"),
    }

    place: Mapped[NotPersonal[str]]
    box: Mapped[str] = mapped_column(PersonalText)
    what: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    from_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    to_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    journal: Mapped[NotPersonal[bool]] = mapped_column(default=False)

    def active_on(self) -> date:
        """Return the day of the newest paper."""
        return self.to_on or self.recorded_on

    def entered_on(self, today: date) -> date | None:
        """Return the day of the newest paper of a journal; today while more is put into it."""
        return (self.to_on or today) if self.journal else None

    def needed_for(self) -> Reason | None:
        """Return that a box of many people's paper is still filled."""
        filled = self.subject_id is None and self.to_on is None
        return Reason.STILL_NEEDED if filled else None


class DestructionRecord(Entity):
    """That paper was destroyed: what, how much, how, by whom. Names nobody.

    Attributes:
        what: What kind of paper.
        amount: How many sheets or folders, in words.
        how: How: "Cross-cut shredder".
        digitised_by: Who checked the scan, where paper goes because it was scanned.
        paper: The paper file it was.
        subject_ref: Whose erasure it belongs to, by the random ref of the receipt.
    """

    __tablename__ = "destruction_record"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[EditionRef]] = mapped_column(
        init=False, default_factory=lambda: EditionRef(new_ref()), unique=True
    )
    done_on: Mapped[NotPersonal[date]] = mapped_column(index=True)
    done_by: Mapped[NotPersonal[str]]
    what: Mapped[FreeText]
    amount: Mapped[FreeText]
    how: Mapped[FreeText]
    digitised_by: Mapped[NotPersonal[str]] = mapped_column(default="")
    paper: Mapped[NotPersonal[RecordRef | None]] = mapped_column(default=None)
    subject_ref: Mapped[NotPersonal[SubjectRef | None]] = mapped_column(default=None, index=True)


class Disclosure(PersonalRecord, Entity):
    """That data were handed out: to whom, on what ground, what.

    Attributes:
        to_whom: Who got them.
        what: What was handed out.
        basis: On what ground.
        law: The law or decision that demands it, if one does.
        clip: The camera clip that was handed out, if it was one.
    """

    __tablename__ = "disclosure"
    needs: ClassVar[Permission] = Permission.REGISTER
    called: ClassVar[tuple[str, str]] = (N_("disclosure"), N_("disclosures"))
    labels: ClassVar[Mapping[str, str]] = {
        "disclosed_on": N_("Handed out on"),
        "to_whom": N_("To whom"),
        "what": N_("What"),
        "channel": N_("How it was handed out"),
        "basis": N_("Legal basis"),
        "law": N_("Law or decision"),
    }

    disclosed_on: Mapped[date] = mapped_column(PersonalDate, index=True)
    to_whom: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    what: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    channel: Mapped[NotPersonal[Channel]]
    basis: Mapped[NotPersonal[LegalBasis]]
    law: Mapped[NotPersonal[str]] = mapped_column(default="")
    clip: Mapped[NotPersonal[RecordRef | None]] = mapped_column(default=None)

    def active_on(self) -> date:
        """Return the day it was handed out."""
        return self.disclosed_on


class CameraClip(PersonalRecord, Entity):
    """A piece of a camera's recording that is kept longer than the rest.

    Attributes:
        camera: Which camera.
        from_at: When it begins, to_at when it ends: "2026-11-21 18:40".
        why: Why it is kept.
        release_on: The last day it is kept.
    """

    __tablename__ = "camera_clip"
    needs: ClassVar[Permission] = Permission.REGISTER
    clock: ClassVar[Mapping[Start, str]] = dict.fromkeys(Start, "release_on")
    called: ClassVar[tuple[str, str]] = (N_("camera clip"), N_("camera clips"))
    labels: ClassVar[Mapping[str, str]] = {
        "from_at": N_("Begins"),
        "to_at": N_("Ends"),
        "camera": N_("Camera"),
        "why": N_("Why it is kept"),
        "release_on": N_("Kept until"),
    }

    camera: Mapped[NotPersonal[str]]
    from_at: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    to_at: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    why: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    release_on: Mapped[date] = mapped_column(PersonalDate, index=True)

    def ends_on(self) -> date:
        """Return the last day it is kept."""
        return self.release_on
