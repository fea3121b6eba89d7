"""Where copies of the register lie: by place and by file, so that an erasure can reach them."""

from __future__ import annotations

from datetime import date

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


class BackupPlace(Entity):
    """A folder or a stick that copies are made to.

    Attributes:
        folder: Where it was last found.
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
