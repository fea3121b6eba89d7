"""What people said yes or no to, and the proof of it: Article 7."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    ConsentTextRef,
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
    new_ref,
)
from gdprdesk.domain.terms import ConsentMethod, Decision, Permission, Start
from gdprdesk.i18n import N_


class ConsentText(Entity):
    """The exact words a person is asked with. Never changed: new words are a new version.

    Attributes:
        purpose: What it is for; the versions and languages of one purpose share it.
        name: What lists call it.
        channels: Where what she agrees to may appear.
        replaced: A newer version is asked with instead; old consents still point here.
    """

    __tablename__ = "consent_text"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[ConsentTextRef]] = mapped_column(
        init=False, default_factory=lambda: ConsentTextRef(new_ref()), unique=True
    )
    activity_id: Mapped[NotPersonal[int]] = mapped_column(ForeignKey("processing_activity.id"))
    purpose: Mapped[NotPersonal[str]] = mapped_column(index=True)
    version: Mapped[NotPersonal[str]]
    language: Mapped[NotPersonal[str]]
    name: Mapped[NotPersonal[str]]
    text: Mapped[NotPersonal[str]]
    channels: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    icon: Mapped[NotPersonal[str]] = mapped_column(default="signature")
    replaced: Mapped[NotPersonal[bool]] = mapped_column(default=False)


class Consent(PersonalRecord, Entity):
    """One decision of one person. A withdrawal is a new row; the old one stays as proof.

    Attributes:
        text_id: The exact words she was asked with.
        evidence: Where the proof is: who heard it, which form, which mail.
        ended_on: The day it stopped to count, from which its erasure counts.
    """

    __tablename__ = "consent"
    needs: ClassVar[Permission] = Permission.CONSENTS
    given_by_her: ClassVar[bool] = True
    clock: ClassVar[Mapping[Start, str]] = {Start.CONSENT_WITHDRAWN: "ended_on"}
    called: ClassVar[tuple[str, str]] = (N_("consent"), N_("consents"))
    labels: ClassVar[Mapping[str, str]] = {
        "decision": N_("You said"),
        "method": N_("How you said it"),
        "decided_on": N_("Said on"),
        "channels": N_("Where"),
        "evidence": N_("Proof"),
        "ended_on": N_("Counted until"),
    }

    text_id: Mapped[NotPersonal[int]] = mapped_column(ForeignKey("consent_text.id"), index=True)
    decision: Mapped[NotPersonal[Decision]]
    method: Mapped[NotPersonal[ConsentMethod]]
    decided_on: Mapped[date] = mapped_column(PersonalDate)
    channels: Mapped[list[str]] = mapped_column(PersonalJson, default_factory=list)
    evidence: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    ended_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)

    @property
    def counts(self) -> bool:
        """Whether she says yes to this day."""
        return self.decision is Decision.GIVEN and self.ended_on is None

    def active_on(self) -> date:
        """Return the day she said it."""
        return self.decided_on

    def proof(self) -> Mapping[str, str | None]:
        """Return that she was asked and what she said: Article 7(1)."""
        return {
            "decision": self.decision.value,
            "method": self.method.value,
            "decided_on": self.decided_on.isoformat(),
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
        }

    def proves_others(self) -> bool:
        """Return that it is kept as long as what she said yes to: Article 7(1)."""
        return True

    def wants_contact(self) -> bool:
        """Return that whoever says yes to letters has to be reached."""
        return self.counts
