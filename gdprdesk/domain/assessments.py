"""What the owner has weighed and written down before she began: Articles 6(1)(f) and 35."""

from __future__ import annotations

from datetime import date

from gdprdesk.domain.base import (
    Entity,
    ForeignKey,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    mapped_column,
)

ENOUGH_CRITERIA = 2
"""From so many criteria on, an assessment of the impact is normally needed: WP 248."""


class LegitimateInterestAssessment(Entity):
    """Whether the interest of the business outweighs that of the people. A new one is a new row.

    Attributes:
        purpose: What the interest is.
        necessity: Why it cannot be reached with less.
        balance: What it means for the people, and what protects them.
        outcome: What was concluded.
    """

    __tablename__ = "legitimate_interest_assessment"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    activity_id: Mapped[NotPersonal[int]] = mapped_column(
        ForeignKey("processing_activity.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[NotPersonal[str]]
    necessity: Mapped[NotPersonal[str]]
    balance: Mapped[NotPersonal[str]]
    outcome: Mapped[NotPersonal[str]]
    decided_on: Mapped[NotPersonal[date]]
    decided_by: Mapped[NotPersonal[str]] = mapped_column(default="")


class ImpactScreening(Entity):
    """Whether an assessment of the impact is needed: Article 35. A new one is a new row.

    Attributes:
        criteria: Which of the nine criteria are met, by their keys.
        conclusion: What was concluded, and why.
    """

    __tablename__ = "impact_screening"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    activity_id: Mapped[NotPersonal[int]] = mapped_column(
        ForeignKey("processing_activity.id", ondelete="CASCADE"), index=True
    )
    criteria: Mapped[NotPersonalJson[list[str]]]
    conclusion: Mapped[NotPersonal[str]]
    decided_on: Mapped[NotPersonal[date]]
