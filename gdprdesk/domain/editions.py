"""What the register and the notice said on a day: frozen, dated, never changed."""

from __future__ import annotations

from datetime import date
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
from gdprdesk.domain.terms import Audience


class FrozenRow(TypedDict):
    """A row of the register as it was: by what it is known, its name, and each field as text."""

    ref: str
    name: str
    fields: dict[str, str]


class RegisterSnapshot(Entity):
    """The whole register as it was on a day.

    Attributes:
        name: Why it was taken: "For the yearly review".
        language: What it is written in.
        rows: One for the business, each activity, each recipient and each controller served.
    """

    __tablename__ = "register_snapshot"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[EditionRef]] = mapped_column(
        init=False, default_factory=lambda: EditionRef(new_ref()), unique=True
    )
    name: Mapped[NotPersonal[str]]
    taken_on: Mapped[NotPersonal[date]]
    language: Mapped[NotPersonal[str]]
    rows: Mapped[NotPersonalJson[list[FrozenRow]]]


class FrozenPart(TypedDict):
    """A part of a notice: its heading, how deep it stands, and its lines.

    Attributes:
        lines: Each a list of texts. The first says what kind of line it is: see `notice.Form`.
    """

    heading: str
    level: int
    lines: list[list[str]]


class NoticeVersion(Entity):
    """A privacy notice as it was given out.

    Attributes:
        number: Counts up for each audience and language.
        told_on: When those concerned were told of it; nothing if they were not yet.
    """

    __tablename__ = "notice_version"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[EditionRef]] = mapped_column(
        init=False, default_factory=lambda: EditionRef(new_ref()), unique=True
    )
    audience: Mapped[NotPersonal[Audience]] = mapped_column(index=True)
    language: Mapped[NotPersonal[str]]
    number: Mapped[NotPersonal[int]]
    made_on: Mapped[NotPersonal[date]]
    parts: Mapped[NotPersonalJson[list[FrozenPart]]]
    told_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)
