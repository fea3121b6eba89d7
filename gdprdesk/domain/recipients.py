"""Who else gets personal data: Article 30(1)(d)."""

from __future__ import annotations

from datetime import date

from gdprdesk.domain.base import Entity, Mapped, NotPersonal, RecipientRef, mapped_column, new_ref
from gdprdesk.domain.terms import RecipientRole


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
    key: Mapped[NotPersonal[str]] = mapped_column(default="")

    @property
    def needs_agreement(self) -> bool:
        """Whether the agreement that Article 28(3) asks for is still missing."""
        return self.role is RecipientRole.PROCESSOR and self.agreement_on is None
