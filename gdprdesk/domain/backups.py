"""Where copies of the register lie: by place and by file, so that an erasure can reach them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from gdprdesk.domain.base import (
    EditionRef,
    Entity,
    ForeignKey,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import BackupSchedule

DAILY, WEEKLY, MONTHLY = 12, 10, 9


class BackupPlace(Entity):
    """A folder or a stick that copies are made to.

    Attributes:
        folder: Where it was last found; in the folder of the register itself if it is relative.
        medium: What tells the stick or disk from another at the same place; empty if unknown.
        name: What people call it: "USB stick KAFE".
    """

    __tablename__ = "backup_place"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[EditionRef]] = mapped_column(
        init=False, default_factory=lambda: EditionRef(new_ref()), unique=True
    )
    folder: Mapped[NotPersonal[str]]
    name: Mapped[NotPersonal[str]]
    schedule: Mapped[NotPersonal[BackupSchedule]]
    medium: Mapped[NotPersonal[str]] = mapped_column(default="")


class BackupCopy(Entity):
    """A copy that was made and read again.

    Attributes:
        file: Its name in the folder of its place.
        made_at: When, in UTC as ISO text.
        size: In bytes.
        counts: How many rows of each kind it holds.
        erased_lines: How many lines of the ledger of the erased have been carried out in it.
        until: The last day it is kept, by the rotation.
        gone_on: When it was taken away; nothing while it is there, as far as is known.
    """

    __tablename__ = "backup_copy"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[EditionRef]] = mapped_column(
        init=False, default_factory=lambda: EditionRef(new_ref()), unique=True
    )
    place_id: Mapped[NotPersonal[int]] = mapped_column(ForeignKey("backup_place.id"), index=True)
    file: Mapped[NotPersonal[str]]
    made_at: Mapped[NotPersonal[str]] = mapped_column(index=True)
    size: Mapped[NotPersonal[int]]
    counts: Mapped[NotPersonalJson[dict[str, int]]]
    erased_lines: Mapped[NotPersonal[int]]
    until: Mapped[NotPersonal[date]]
    gone_on: Mapped[NotPersonal[date | None]] = mapped_column(default=None)


def kept_until(made: Iterable[datetime]) -> Mapping[datetime, date]:
    """Return the last day on which each copy of a place is kept.

    Twelve daily, ten weekly and nine monthly ones: the latest copy of a day is kept for twelve
    days, that of a week for ten weeks, that of a month for nine months, each counting its own. A
    later copy can only make the day of an earlier one come sooner.

    Args:
        made: When the copies were made, by the clock on the wall.
    """
    known = sorted(made)
    days = {one.date(): one for one in known}  # the latest of each wins
    weeks = {one.isocalendar()[:2]: one for one in known}
    months = {(one.year, one.month): one for one in known}
    return {
        one: max(
            one.date(),
            _last_day(one.date()) if days[one.date()] == one else date.min,
            _last_week(one.date()) if weeks[one.isocalendar()[:2]] == one else date.min,
            _last_month(one.date()) if months[one.year, one.month] == one else date.min,
        )
        for one in known
    }


def _last_day(day: date) -> date:
    return day + timedelta(days=DAILY - 1)


def _last_week(day: date) -> date:
    sunday = day + timedelta(days=6 - day.weekday())
    return sunday + timedelta(weeks=WEEKLY - 1)


def _last_month(day: date) -> date:
    years, month = divmod(day.month - 1 + MONTHLY - 1, 12)
    year = day.year + years
    return date(year, month + 1, monthrange(year, month + 1)[1])
