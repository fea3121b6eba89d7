"""Pictures, recordings and references, who is in them, and where they are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar, TypedDict

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    ONLY_HERE,
    Entity,
    Mapped,
    NotPersonal,
    PersonalBytes,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    RecordRef,
    mapped_column,
)
from gdprdesk.domain.terms import MediaKind, MediaOrigin, Permission, Reason, Start
from gdprdesk.i18n import N_


class Publication(TypedDict):
    """One place where something is or was published; days as ISO text.

    The keys: `channel`, such as "Instagram"; `link`, the address of it, or which leaflet; `on`,
    the day; `down_on`, the day it was taken down; `asked_down_on`, the day somebody else who had
    shown it further was asked to; `note`, what came of it.
    """

    channel: str
    link: str
    on: str
    down_on: str | None
    asked_down_on: str | None
    note: str


class Media(PersonalRecord, Entity):
    """A picture, a recording or a reference.

    It rests on the consent of everybody in it, for its purpose and for each place; but for a post
    that she has put out herself.

    Attributes:
        subject_id: Whom it shows, or the first of them; nobody, if it is a stranger's own post.
        purpose: That of the words she is asked with; empty for her own post.
        media_type: What the file is, such as "image/jpeg"; empty if there is none.
        size: Of the file, in bytes.
        content: The file, without what a camera writes beside a picture.
        preview: A small picture of it, for this register alone.
        words: What a reference says.
        origin_link: Where it first stood.
        replaced_on: Since when something else is shown in its place.
        asked_on: Since when she wants her own post taken down again.
        shown: It is still published somewhere.
    """

    __tablename__ = "media"
    needs: ClassVar[Permission] = Permission.CONSENTS
    given_by_her: ClassVar[bool] = True
    clock: ClassVar[Mapping[Start, str]] = {Start.REPLACED: "replaced_on"}
    cut_short: ClassVar[Start | None] = Start.REPLACED
    called: ClassVar[tuple[str, str]] = (
        N_("picture or reference"),
        N_("pictures and references"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "title": N_("What it is called"),
        "kind": N_("What it is"),
        "origin": N_("Where it comes from"),
        "file_name": N_("File"),
        "content": N_("Content"),
        "preview": N_("Small picture"),
        "words": N_("What it says"),
        "taken_on": N_("From"),
        "origin_link": N_("Where it first stood"),
        "publications": N_("Where it was published"),
        "replaced_on": N_("Replaced on"),
        "asked_on": N_("Asked to take it down on"),
    }

    title: Mapped[str] = mapped_column(PersonalText)
    kind: Mapped[NotPersonal[MediaKind]]
    origin: Mapped[NotPersonal[MediaOrigin]]
    media_type: Mapped[NotPersonal[str]]
    size: Mapped[NotPersonal[int]]
    purpose: Mapped[NotPersonal[str]] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(PersonalText, default="")
    content: Mapped[bytes | None] = mapped_column(PersonalBytes, default=None, deferred=True)
    preview: Mapped[bytes | None] = mapped_column(
        PersonalBytes, default=None, deferred=True, info=ONLY_HERE
    )
    words: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    taken_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    origin_link: Mapped[str] = mapped_column(PersonalText, default="", info=NOT_SEARCHED)
    publications: Mapped[list[Publication]] = mapped_column(
        PersonalJson, default_factory=list, info=NOT_SEARCHED
    )
    replaced_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    asked_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    shown: Mapped[NotPersonal[bool]] = mapped_column(default=False, index=True)

    def still_up(self) -> Iterator[tuple[int, Publication]]:
        """Walk the places where it is published now, each with its number in the list."""
        for number, one in enumerate(self.publications):
            if one["down_on"] is None:
                yield number, one

    def active_on(self) -> date:
        """Return the day it was made or written down, whichever is later."""
        return max(self.recorded_on, self.taken_on or self.recorded_on)

    def open_outside(self) -> Reason | None:
        """Return that it is published: it is taken down first, or nobody would know where."""
        return Reason.STILL_NEEDED if self.shown else None


class Appearance(PersonalRecord, Entity):
    """That somebody else is in a picture, too: what becomes of the picture is also hers to say.

    Attributes:
        media_ref: The picture or recording.
        shown: It is still published somewhere, as the picture itself says.
    """

    __tablename__ = "appearance"
    needs: ClassVar[Permission] = Permission.CONSENTS
    given_by_her: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (
        N_("picture together with others"),
        N_("pictures together with others"),
    )

    media_ref: Mapped[NotPersonal[RecordRef]] = mapped_column(index=True)
    shown: Mapped[NotPersonal[bool]] = mapped_column(default=False)

    def open_outside(self) -> Reason | None:
        """Return that the picture is published: it is taken down first."""
        return Reason.STILL_NEEDED if self.shown else None
