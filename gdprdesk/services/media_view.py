"""Looking at pictures, recordings and references: who is in them, and where they may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.media import Appearance, Media
from gdprdesk.domain.terms import Decision, MediaKind, MediaOrigin, Permission, TakeDownReason
from gdprdesk.services.consent_channels import said_to
from gdprdesk.services.finding import find_subject
from gdprdesk.services.media import find_media
from gdprdesk.services.media_people import (
    allowed_places,
    is_hidden,
    lacking,
    names_of,
    people_in,
    places_for,
    purposes_shown,
    why_down,
)
from gdprdesk.services.paging import Page, window
from gdprdesk.services.registry import query

_NOT_CLEANED = {"audio/ogg", "video/mp4", "video/quicktime", "video/webm"}


class MediaFilter(StrEnum):
    """Which pictures and references a list shows."""

    ALL = "all"
    SHOWN = "shown"
    TAKE_DOWN = "take_down"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, repr=False)
class MediaRow:
    """A picture, recording or reference as a list shows it.

    Attributes:
        names: Who is in it, as far as she may be named.
        allowed: Where it may be shown today.
        shown: Where it is published now.
        wrong: Where it is published now and may not be.
        has_preview: There is a small picture of it.
    """

    ref: RecordRef
    title: str
    kind: MediaKind
    origin: MediaOrigin
    on: date
    names: tuple[str, ...]
    allowed: tuple[str, ...]
    shown: tuple[str, ...]
    wrong: tuple[str, ...]
    has_preview: bool


@dataclass(frozen=True, repr=False)
class MediaPerson:
    """Somebody in a picture, and what she has said.

    Attributes:
        decision: Her last word; nothing if she was never asked.
        places: Where she lets it be shown.
        is_stored_only: Her data are only stored for now.
    """

    subject_ref: SubjectRef
    name: str
    decision: Decision | None
    places: tuple[str, ...]
    is_stored_only: bool


@dataclass(frozen=True, repr=False)
class PublicationRow:
    """One place where it is or was published; `number` is what it is ticked off by.

    Attributes:
        reason: Why it has to come down there; nothing if it may stay, or is down.
    """

    number: int
    channel: str
    link: str
    on: date
    down_on: date | None
    asked_down_on: date | None
    note: str
    reason: TakeDownReason | None


@dataclass(frozen=True, repr=False)
class MediaView:
    """All there is to know about one picture, recording or reference.

    Attributes:
        purpose: That of the words everybody in it is asked with, `asked_for` what they are called.
        places: The places it could be shown in.
        may_tell: The file may still hold when and where it was recorded.
    """

    row: MediaRow
    purpose: str
    asked_for: str
    words: str
    origin_link: str
    file_name: str
    media_type: str
    size: int
    may_tell: bool
    taken_on: date | None
    replaced_on: date | None
    asked_on: date | None
    people: tuple[MediaPerson, ...]
    places: tuple[str, ...]
    publications: tuple[PublicationRow, ...]


@query("media.list", needs=Permission.CONSENTS)
def list_media(
    read: Session,
    *,
    subject_ref: SubjectRef | None = None,
    show: MediaFilter = MediaFilter.ALL,
    offset: int = 0,
    limit: int = 50,
) -> Page[MediaRow]:
    """Return one page of pictures and references, the newest first; of everybody, or of one."""
    found = select(Media).order_by(Media.id.desc())
    if subject_ref is not None:
        subject = find_subject(read, subject_ref)
        also = select(Appearance.media_ref).where(Appearance.subject_id == subject.id)
        found = found.where((Media.subject_id == subject.id) | Media.ref.in_(also))
    if show is not MediaFilter.ALL:
        found = found.where(Media.shown.is_(show is not MediaFilter.NOT_SHOWN))
    rows = [row_of(read, one) for one in read.scalars(found) if not is_hidden(people_in(read, one))]
    if show is MediaFilter.TAKE_DOWN:
        rows = [row for row in rows if row.wrong]
    start, count = window(offset, limit)
    return Page(tuple(rows[start : start + count]), len(rows))


@query("media.show", needs=Permission.CONSENTS)
def show_media(read: Session, *, ref: RecordRef) -> MediaView:
    """Return all there is to know about one picture, recording or reference."""
    media = find_media(read, ref)
    texts = purposes_shown(read)
    return MediaView(
        row=row_of(read, media),
        purpose=media.purpose,
        asked_for=texts.get(media.purpose, ""),
        words=media.words,
        origin_link=media.origin_link,
        file_name=media.file_name,
        media_type=media.media_type,
        size=media.size,
        may_tell=media.media_type in _NOT_CLEANED,
        taken_on=media.taken_on,
        replaced_on=media.replaced_on,
        asked_on=media.asked_on,
        people=tuple(_people(read, media)),
        places=places_for(read, media.purpose),
        publications=tuple(_publications(read, media)),
    )


@query("media.preview", needs=Permission.CONSENTS)
def read_preview(read: Session, *, ref: RecordRef) -> bytes:
    """Return the small picture as JPEG; nothing where there is none."""
    media = find_media(read, ref)
    preview = media.preview or b""
    read.expire(media, ["preview"])
    return preview


def row_of(read: Session, media: Media) -> MediaRow:
    """Return a picture or reference as a list shows it."""
    up = [one["channel"] for _number, one in media.still_up()]
    return MediaRow(
        ref=media.ref,
        title=media.title,
        kind=media.kind,
        origin=media.origin,
        on=media.taken_on or media.recorded_on,
        names=names_of(people_in(read, media)),
        allowed=allowed_places(read, media),
        shown=tuple(dict.fromkeys(up)),
        wrong=tuple(one for one in dict.fromkeys(up) if why_down(read, media, one)),
        has_preview=media.media_type.startswith("image/"),
    )


def _people(read: Session, media: Media) -> Iterator[MediaPerson]:
    without = {place: lacking(read, media, place) for place in places_for(read, media.purpose)}
    for one in people_in(read, media):
        said = said_to(read, one, media.purpose)
        yield MediaPerson(
            subject_ref=one.ref,
            name=names_of([one])[0],
            decision=said[-1].decision if said else None,
            places=tuple(place for place, people in without.items() if one not in people),
            is_stored_only=one.restricted_on is not None,
        )


def _publications(read: Session, media: Media) -> Iterator[PublicationRow]:
    for number, one in enumerate(media.publications):
        is_up = one["down_on"] is None
        yield PublicationRow(
            number=number,
            channel=one["channel"],
            link=one["link"],
            on=date.fromisoformat(one["on"]),
            down_on=_day(one["down_on"]),
            asked_down_on=_day(one["asked_down_on"]),
            note=one["note"],
            reason=why_down(read, media, one["channel"]) if is_up else None,
        )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
