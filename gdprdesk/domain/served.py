"""For whom the business processes data, and on whose instruction: Article 30(2).

What their customers give them is never in this register: each of them has one of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gdprdesk.domain.base import (
    ControllerRef,
    Entity,
    ForeignKey,
    FreeText,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.recipients import Recipient
from gdprdesk.i18n import N_


class ControllerServed(Entity):
    """A business on whose behalf this one processes personal data.

    Attributes:
        contact: Who answers there.
        officer: Its data protection officer or representative, if it has one.
        categories: What is done for it.
        measures: How the data are protected.
        agreement_until: The last day the agreement is in force; nothing if it runs on.
        ended_on: When the service ended; from then its data are returned or deleted.
        settled_on: When they were returned or deleted: Article 28(3)(g).
        settled_how: What was done and how it can be shown.
    """

    __tablename__ = "controller_served"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[ControllerRef]] = mapped_column(
        init=False, default_factory=lambda: ControllerRef(new_ref()), unique=True
    )
    name: Mapped[NotPersonal[str]]
    org_number: Mapped[NotPersonal[str]] = mapped_column(default="")
    contact: Mapped[NotPersonal[str]] = mapped_column(default="")
    officer: Mapped[NotPersonal[str]] = mapped_column(default="")
    categories: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    measures: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    agreement_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    agreement_until: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    ended_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    settled_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
    settled_how: Mapped[FreeText] = mapped_column(default="")


class ServedRecipient(Entity):
    """That another processor takes part in what is done for a controller: Article 28(2)."""

    __tablename__ = "served_recipient"

    controller_id: Mapped[NotPersonal[int]] = mapped_column(
        ForeignKey("controller_served.id", ondelete="CASCADE"), primary_key=True
    )
    recipient_id: Mapped[NotPersonal[int]] = mapped_column(
        ForeignKey("recipient.id", ondelete="CASCADE"), primary_key=True
    )


def missing(served: ControllerServed, abroad: Sequence[Recipient]) -> tuple[str, ...]:
    """Return what a row still lacks, in English, as Articles 30(2) and 28(3) ask for it.

    Args:
        served: The business that is served.
        abroad: The other processors outside the EEA.
    """
    lacks = (
        (not served.contact.strip(), N_("It does not say how to reach the customer")),
        (not served.categories, N_("It does not say what you do for the customer")),
        (not served.measures, N_("The protection is missing")),
        (served.agreement_on is None, N_("A processor agreement is missing")),
        (
            any(not one.mechanism for one in abroad),
            N_("A transfer outside the EEA has no safeguard"),
        ),
    )
    return tuple(sentence for lacking, sentence in lacks if lacking)
