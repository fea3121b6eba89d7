"""Closing the business, or handing it over: what was done of the list."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from gdprdesk.domain.base import Entity, FreeText, Mapped, NotPersonal, mapped_column


class Ending(StrEnum):
    """How the business ends for whoever runs it."""

    CLOSE = "close"
    HAND_OVER = "hand_over"


class ClosingStep(Entity):
    """A step of closing or handing over that has been done.

    Attributes:
        key: Which step of the list, and of what in the register: "recipient:ab12".
        note: What the owner wrote about it.
    """

    __tablename__ = "closing_step"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    key: Mapped[NotPersonal[str]] = mapped_column(unique=True)
    done_on: Mapped[NotPersonal[date]]
    note: Mapped[FreeText] = mapped_column(default="")
