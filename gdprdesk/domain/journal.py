"""The journal: what a practitioner writes about a client, and nobody else may read.

What is written is sealed once more inside the encrypted file. A signed note is never changed: what
was wrong is corrected by a new entry that leaves the old one to be read (patientdatalagen 2008:355
chapter 3 section 14; the Norwegian pasientjournalforskriften).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, TypedDict

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    EditionRef,
    Entity,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    RecordRef,
    Sealed,
    SealedBytes,
    SealedText,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import Area, DestructionAsker, NoteKind, Permission, Start
from gdprdesk.i18n import N_


class JournalNote(PersonalRecord, Entity):
    """One entry in the journal.

    Attributes:
        text: What it says.
        kind: A note, something added to one, or the correction of one.
        about: The note it is added to or corrects.
        happened_on: The day of the visit or call it is about.
        minutes: How long that took; nothing if it was not said.
        booking_ref: The booking it belongs to.
        written_by: Who wrote it, as the key file knows her.
        written_at: When it was last written, in UTC.
        signed_by: Who signed it; empty while it is a draft.
        signed_at: When, in UTC; from then on it is never changed.
    """

    __tablename__ = "journal_note"
    clock: ClassVar[Mapping[Start, str]] = {Start.LAST_JOURNAL_ENTRY: "happened_on"}
    needs: ClassVar[Permission] = Permission.JOURNAL_READ
    called: ClassVar[tuple[str, str]] = (N_("journal note"), N_("journal notes"))
    labels: ClassVar[Mapping[str, str]] = {
        "text": N_("Note"),
        "happened_on": N_("Day of the visit"),
    }

    text: Mapped[Sealed] = mapped_column(SealedText(Area.JOURNAL))
    happened_on: Mapped[date] = mapped_column(PersonalDate)
    kind: Mapped[NotPersonal[NoteKind]] = mapped_column(default=NoteKind.NOTE)
    about: Mapped[NotPersonal[RecordRef | None]] = mapped_column(default=None, index=True)
    minutes: Mapped[NotPersonal[int | None]] = mapped_column(default=None)
    booking_ref: Mapped[NotPersonal[RecordRef | None]] = mapped_column(default=None, index=True)
    written_by: Mapped[NotPersonal[str]] = mapped_column(default="")
    written_at: Mapped[NotPersonal[str]] = mapped_column(default="")
    signed_by: Mapped[NotPersonal[str]] = mapped_column(default="")
    signed_at: Mapped[NotPersonal[str | None]] = mapped_column(default=None)

    def entered_on(self, _today: date) -> date:
        """Return the last day it was written or signed, or the day it is about if that is later."""
        written = filter(None, map(_day_of, (self.written_at, self.signed_at)))
        return max(self.recorded_on, self.happened_on, *written)


def _day_of(moment: str | None) -> date | None:
    """Return the day of a moment; nothing if another program wrote none that can be read."""
    try:
        return datetime.fromisoformat(moment or "").astimezone().date()
    except (OverflowError, ValueError):
        return None


class JournalFile(PersonalRecord, Entity):
    """A picture, a recording or a paper that belongs to the journal.

    Attributes:
        file_name: What it is called.
        content: The file itself.
        note_ref: The note it belongs to, if to one.
    """

    __tablename__ = "journal_file"
    clock: ClassVar[Mapping[Start, str]] = {Start.LAST_JOURNAL_ENTRY: "recorded_on"}
    needs: ClassVar[Permission] = Permission.JOURNAL_READ
    called: ClassVar[tuple[str, str]] = (N_("file in the journal"), N_("files in the journal"))
    labels: ClassVar[Mapping[str, str]] = {"file_name": N_("File"), "content": N_("Content")}

    file_name: Mapped[Sealed] = mapped_column(SealedText(Area.JOURNAL))
    content: Mapped[Sealed] = mapped_column(SealedBytes(Area.JOURNAL), deferred=True)
    media_type: Mapped[NotPersonal[str]]
    size: Mapped[NotPersonal[int]]
    note_ref: Mapped[NotPersonal[RecordRef | None]] = mapped_column(default=None, index=True)
    added_by: Mapped[NotPersonal[str]] = mapped_column(default="")

    def entered_on(self, _today: date) -> date:
        """Return the day it was put into the journal."""
        return self.recorded_on


class JournalTemplate(Entity):
    """What a note can begin with: headings and questions, about nobody."""

    __tablename__ = "journal_template"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[EditionRef]] = mapped_column(
        init=False, default_factory=lambda: EditionRef(new_ref()), unique=True
    )
    name: Mapped[NotPersonal[str]]
    text: Mapped[NotPersonal[str]]


class TestAnswers(TypedDict):
    """What a practice in Norway has found before it decides itself, and who wants it."""

    asked_by: str
    harmless: bool
    wrong: bool
    burden: bool
    unneeded: bool


@dataclass(frozen=True, kw_only=True)
class DestructionTest:
    """The test of section 43 of the Norwegian Health Personnel Act, as Helsedirektoratet tells it.

    That no archive act forbids it is not asked: those are for public bodies.

    Attributes:
        asked_by: Who wants it destroyed.
        harmless: No public interest speaks against it: supervision, proof in a claim, research.
        wrong: What stands there is wrong or misleading, and `burden` it is felt as a strain by
            whom it is about: both together are one ground.
        unneeded: It is obviously not needed to help the client, or belongs elsewhere: the other.
    """

    asked_by: DestructionAsker
    harmless: bool
    wrong: bool = False
    burden: bool = False
    unneeded: bool = False

    @property
    def passes(self) -> bool:
        """Whether it has to be destroyed; without that it must not be."""
        return self.harmless and ((self.wrong and self.burden) or self.unneeded)

    def answers(self) -> TestAnswers:
        """Return it as it is kept with the decision."""
        return TestAnswers(
            asked_by=self.asked_by.value,
            harmless=self.harmless,
            wrong=self.wrong,
            burden=self.burden,
            unneeded=self.unneeded,
        )


class DestructionDecision(PersonalRecord, Entity):
    """What was decided when somebody wanted her journal destroyed.

    In Sweden only IVO may order it (patientdatalagen chapter 8 section 4); in Norway the practice
    decides by its own test, and a refusal can be appealed (helsepersonelloven section 43).

    Attributes:
        granted: Whether it is to be destroyed.
        decided_on: The day of the decision.
        decided_by: Whose it was: the authority, or who in the practice.
        case_number: The number of the decision.
        why: The reasons.
        note_refs: The entries it is about; empty is the whole journal.
        carried_out_on: When they were destroyed.
        test: What was found before, where the practice decides itself; nothing of an authority's.
    """

    __tablename__ = "destruction_decision"
    clock: ClassVar[Mapping[Start, str]] = {Start.COMPLETED: "decided_on"}
    needs: ClassVar[Permission] = Permission.JOURNAL_READ
    called: ClassVar[tuple[str, str]] = (
        N_("decision on a journal"),
        N_("decisions on a journal"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "decided_on": N_("Decided"),
        "decided_by": N_("By whom"),
        "case_number": N_("Number of the decision"),
        "why": N_("Why"),
    }

    granted: Mapped[NotPersonal[bool]]
    decided_on: Mapped[date] = mapped_column(PersonalDate)
    decided_by: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    case_number: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED, default="")
    why: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED, default="")
    note_refs: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    carried_out_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    test: Mapped[NotPersonalJson[TestAnswers | None]] = mapped_column(default=None)

    @property
    def is_about_all(self) -> bool:
        """Whether the whole journal is to go."""
        return not self.note_refs

    def covers(self, record: PersonalRecord) -> bool:
        """Return whether a part of a journal is to be destroyed by it."""
        hers = self.granted and record.subject_id == self.subject_id
        return hers and (self.is_about_all or record.ref in self.note_refs)
