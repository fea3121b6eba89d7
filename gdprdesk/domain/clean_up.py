"""What a clean-up took, and what is left of it: neither names anybody."""

from __future__ import annotations

from typing import TypedDict

from gdprdesk.domain.base import (
    EditionRef,
    Entity,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    mapped_column,
    new_ref,
)


class CleanedLine(TypedDict):
    """How many records of a kind left an activity, by which rule, and what was kept of them."""

    activity: str
    rule: str
    kind: str
    count: int
    anonymised: bool


class SparedLine(TypedDict):
    """A record that was due but was kept by hand: which, and on what ground."""

    kind: str
    ref: str
    ground: str


class CleanUpRun(Entity):
    """The protocol of one clean-up.

    Attributes:
        done_at: When, in UTC.
        done_by: Who started it; the program itself says "automatic".
        people: How many people left with the last of their data.
    """

    __tablename__ = "clean_up_run"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[EditionRef]] = mapped_column(
        init=False, default_factory=lambda: EditionRef(new_ref()), unique=True
    )
    done_at: Mapped[NotPersonal[str]]
    done_by: Mapped[NotPersonal[str]]
    people: Mapped[NotPersonal[int]]
    cleaned: Mapped[NotPersonalJson[list[CleanedLine]]] = mapped_column(default_factory=list)
    spared: Mapped[NotPersonalJson[list[SparedLine]]] = mapped_column(default_factory=list)


class Statistic(Entity):
    """What is left when records are made anonymous: how many in a month, and for how much.

    Attributes:
        month: Such as "2026-11"; only the year where there were few.
        amount: The sum as a decimal text, in the currency of the business.
    """

    __tablename__ = "statistic"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    activity: Mapped[NotPersonal[str]]
    kind: Mapped[NotPersonal[str]]
    month: Mapped[NotPersonal[str]] = mapped_column(index=True)
    count: Mapped[NotPersonal[int]]
    amount: Mapped[NotPersonal[str]] = mapped_column(default="0")
