"""Who else gets personal data: Article 30(1)(d)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict

from gdprdesk.domain.base import (
    Entity,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    RecipientRef,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import RecipientRole

_EVIDENCE_LASTS = timedelta(days=365)


class SubProcessor(TypedDict):
    """Whom a processor uses in its turn: Article 28(2)."""

    name: str
    country: str
    service: str


class Evidence(TypedDict):
    """What the owner has seen of how a processor keeps its word; the day as ISO text."""

    seen_on: str
    what: str


class Recipient(Entity):
    """A supplier, an authority or another business that gets personal data.

    Attributes:
        key: Its place in the template it came from; empty if the owner added it.
        service: What it does for the business.
        gets: What it is given.
        country: Where the data go, as an ISO code.
        mechanism: What makes a transfer outside the EEA lawful: Articles 44-49.
        task: What the owner does there when a person is erased; empty if nothing.
        agreement_on: The day of the processor agreement: Article 28(3).
        agreement_until: The last day it is in force; nothing if it runs on.
        agreement_name: What the file of the agreement is called; empty if it is not kept here.
        agreement_file: The agreement itself.
        contact: Where to write to it about privacy.
        review_on: When the agreement is to be looked through next.
        deletes_after: How soon it deletes, as it says itself: "3-4 months".
        evidence: What the owner has seen of that, the latest last.
    """

    __tablename__ = "recipient"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[RecipientRef]] = mapped_column(
        init=False, default_factory=lambda: RecipientRef(new_ref()), unique=True
    )
    name: Mapped[NotPersonal[str]]
    role: Mapped[NotPersonal[RecipientRole]]
    service: Mapped[NotPersonal[str]] = mapped_column(default="")
    gets: Mapped[NotPersonal[str]] = mapped_column(default="")
    country: Mapped[NotPersonal[str]] = mapped_column(default="SE")
    mechanism: Mapped[NotPersonal[str]] = mapped_column(default="")
    task: Mapped[NotPersonal[str]] = mapped_column(default="")
    agreement_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    agreement_until: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    agreement_name: Mapped[NotPersonal[str]] = mapped_column(default="")
    agreement_file: Mapped[NotPersonal[bytes | None]] = mapped_column(default=None, deferred=True)
    contact: Mapped[NotPersonal[str]] = mapped_column(default="")
    review_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    sub_processors: Mapped[NotPersonalJson[list[SubProcessor]]] = mapped_column(
        default_factory=list
    )
    deletes_after: Mapped[NotPersonal[str]] = mapped_column(default="")
    evidence: Mapped[NotPersonalJson[list[Evidence]]] = mapped_column(default_factory=list)
    key: Mapped[NotPersonal[str]] = mapped_column(default="")

    @property
    def needs_agreement(self) -> bool:
        """Whether the agreement that Article 28(3) asks for is still missing."""
        return self.role is RecipientRole.PROCESSOR and self.agreement_on is None

    def runs_out(self, today: date, days: int) -> bool:
        """Return whether its agreement ends within some days, or has ended."""
        ends = self.agreement_until
        return ends is not None and ends <= today + timedelta(days=days)

    def wants_review(self, today: date) -> bool:
        """Return whether its agreement is to be looked through."""
        return self.review_on is not None and self.review_on <= today

    def wants_evidence(self, today: date) -> bool:
        """Return whether nobody has seen for a year that it deletes as it says."""
        if self.role is not RecipientRole.PROCESSOR or not self.deletes_after:
            return False
        seen = [date.fromisoformat(one["seen_on"]) for one in self.evidence]
        return not seen or max(seen) + _EVIDENCE_LASTS < today
