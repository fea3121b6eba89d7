"""Notes and files about a person, and what is only half written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    Entity,
    Mapped,
    NotPersonal,
    PersonalBytes,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    mapped_column,
)
from gdprdesk.domain.terms import Channel, Permission, Start
from gdprdesk.i18n import N_


class WorkingNote(PersonalRecord, Entity):
    """What is worth remembering from a call or a meeting; searchable, not a journal."""

    __tablename__ = "working_note"
    needs: ClassVar[Permission] = Permission.NOTES
    called: ClassVar[tuple[str, str]] = (N_("note"), N_("notes"))
    labels: ClassVar[Mapping[str, str]] = {
        "text": N_("Note"),
        "channel": N_("How it reached us"),
    }

    text: Mapped[str] = mapped_column(PersonalText)
    channel: Mapped[NotPersonal[Channel]] = mapped_column(default=Channel.IN_PERSON)


class Attachment(PersonalRecord, Entity):
    """A file about a person, kept inside the register and nowhere else."""

    __tablename__ = "attachment"
    needs: ClassVar[Permission] = Permission.NOTES
    given_by_her: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (N_("file"), N_("files"))
    labels: ClassVar[Mapping[str, str]] = {"file_name": N_("File"), "content": N_("Content")}

    file_name: Mapped[str] = mapped_column(PersonalText)
    content: Mapped[bytes] = mapped_column(PersonalBytes, deferred=True)
    media_type: Mapped[NotPersonal[str]]
    size: Mapped[NotPersonal[int]]


class Draft(PersonalRecord, Entity):
    """A form that was left half filled in: kept through a lock, gone after seven days.

    Attributes:
        form: Which form it belongs to.
        entered: What stands in its fields.
        written_by: Who was writing, as the key file knows her; nobody else gets to see it.
    """

    __tablename__ = "draft"
    accompanies: ClassVar[bool] = True
    logged: ClassVar[bool] = False
    clock: ClassVar[Mapping[Start, str]] = {}
    called: ClassVar[tuple[str, str]] = (N_("draft"), N_("drafts"))
    labels: ClassVar[Mapping[str, str]] = {"entered": N_("Half written"), "saved_on": N_("Saved")}

    form: Mapped[NotPersonal[str]] = mapped_column(index=True)
    entered: Mapped[dict[str, Any]] = mapped_column(PersonalJson, info=NOT_SEARCHED)
    saved_on: Mapped[date] = mapped_column(PersonalDate)
    written_by: Mapped[NotPersonal[str]]
