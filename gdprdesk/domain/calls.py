"""Calls and messages: who got in touch, when, and what it was about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import ClassVar

from gdprdesk.domain.base import (
    Entity,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalRecord,
    PersonalText,
    PersonalTime,
    RecordRef,
    mapped_column,
)
from gdprdesk.domain.terms import Channel, Direction, Permission, Start
from gdprdesk.i18n import N_


class Call(PersonalRecord, Entity):
    """A call or a message, of a person or of a number nobody knows.

    Attributes:
        channel: How it came or went: by phone, by SMS, by e-mail.
        direction: Whether they called the business, or the business them.
        number: The number or address as people read it; empty for a hidden number.
        normal: As it is compared: E.164, lower-case; empty where nothing compares.
        called_on: The day; the clock of its erasure.
        minutes: How long it took; nothing for a message, or where nobody counted.
        summary: What it was about.
        booking_ref: The order that came of it, or that it was about.
    """

    __tablename__ = "call"
    needs: ClassVar[Permission] = Permission.ORDERS
    clock: ClassVar[Mapping[Start, str]] = {
        Start.RECORDED: "called_on",
        Start.COMPLETED: "called_on",
    }
    called: ClassVar[tuple[str, str]] = (N_("call or message"), N_("calls and messages"))
    labels: ClassVar[Mapping[str, str]] = {
        "channel": N_("How it reached us"),
        "direction": N_("Who got in touch"),
        "number": N_("Number or address"),
        "normal": N_("Compared as"),
        "called_on": N_("Day"),
        "called_at": N_("Time"),
        "minutes": N_("Minutes"),
        "summary": N_("What it was about"),
    }

    called_on: Mapped[date] = mapped_column(PersonalDate, index=True)
    channel: Mapped[NotPersonal[Channel]] = mapped_column(default=Channel.PHONE)
    direction: Mapped[NotPersonal[Direction]] = mapped_column(default=Direction.IN)
    number: Mapped[str] = mapped_column(PersonalText, default="")
    normal: Mapped[str] = mapped_column(PersonalText, default="", index=True)
    called_at: Mapped[time | None] = mapped_column(PersonalTime, default=None)
    minutes: Mapped[NotPersonal[int | None]] = mapped_column(default=None)
    summary: Mapped[str] = mapped_column(PersonalText, default="")
    booking_ref: Mapped[NotPersonal[RecordRef | None]] = mapped_column(default=None, index=True)

    def active_on(self) -> date:
        """Return the day of the call."""
        return self.called_on
