"""Pictures and references of a made-up business: drawn here, of nobody who lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.media import Media
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Decision, MediaOrigin, SubjectState
from gdprdesk.imports.media_file import take_media
from gdprdesk.services.consent_channels import allowed_channels, said_to
from gdprdesk.services.consents import withdraw_consent
from gdprdesk.services.media import NewMedia, keep_media
from gdprdesk.services.media_people import places_for
from gdprdesk.services.take_down import publish_media
from gdprdesk.store.unit_of_work import UnitOfWork

_TAKEN, _TAKEN_BACK = 40, 3  # days ago
_SIZE = (600, 400)
_LINK = "https://example.com/p/{number}"
_PEOPLE = ((92, 60, 40), (200, 120, 70), (60, 90, 110), (150, 80, 100))


def happenings(
    book: Mapping[str, Any], today: date
) -> Iterator[tuple[date, Callable[[UnitOfWork], None]]]:
    """Yield what happens on which day, where this business shows people."""
    if "media" in book:
        for days, happens in ((_TAKEN, show_people), (_TAKEN_BACK, take_back)):
            yield today - timedelta(days=days), partial(happens, words=book["media"])


def show_people(work: UnitOfWork, words: Mapping[str, Any]) -> None:
    """Take pictures or references of those who say yes, and publish some of them."""
    agreed = _agreed(work.session, words["purpose"])
    for number, one in enumerate(words["piece"]):
        people = [agreed.pop(0) for _each in range(min(one["people"], len(agreed)))]
        is_post = one.get("post", False)
        if len(people) < one["people"]:
            continue
        drawn = one.get("drawn", "")
        given = NewMedia(
            title=one["title"],
            file_name=f"{drawn}.jpg" if drawn else "",
            words=one.get("words", ""),
            subject_refs=tuple(people),
            purpose="" if is_post else words["purpose"],
            origin=MediaOrigin.OWN_POST if is_post else MediaOrigin(one.get("origin", "own")),
            origin_link=_LINK.format(number=number) if is_post else "",
            taken_on=work.today - timedelta(days=number),
        )
        ref = keep_media(work, given, take_media(_drawn(drawn, one["people"])) if drawn else None)
        _publish(work, ref, people, words["purpose"], one.get("published", 0))


def take_back(work: UnitOfWork, words: Mapping[str, Any]) -> None:
    """Let the first of those who are shown take her yes back."""
    for ref in _agreed(work.session, words["purpose"], shown=True)[:1]:
        withdraw_consent(work, subject_ref=ref, purpose=words["purpose"])


def _publish(
    work: UnitOfWork, ref: RecordRef, people: list[SubjectRef], purpose: str, places: int
) -> None:
    for place in places_for(work.session, purpose)[:places]:
        publish_media(work, ref=ref, channel=place, link=_LINK.format(number=len(people)))


def _agreed(session: Session, purpose: str, *, shown: bool = False) -> list[SubjectRef]:
    """Return who says yes to every place, by name; of those shown only, if that is asked for."""
    places = set(places_for(session, purpose))
    people = select(DataSubject).where(DataSubject.state == SubjectState.ACTIVE)
    found = []
    for one in session.scalars(people.order_by(DataSubject.sort_key)):
        said = said_to(session, one, purpose)
        if said and said[-1].decision is Decision.GIVEN:
            is_shown = not shown or _is_shown(session, one)
            if is_shown and places <= allowed_channels(session, one, purpose):
                found.append(one.ref)
    return found


def _is_shown(session: Session, subject: DataSubject) -> bool:
    own = select(Media.id).where(Media.subject_id == subject.id, Media.shown)
    return session.scalar(own.limit(1)) is not None


def _drawn(what: str, people: int) -> bytes:
    """Return a drawn picture: a cake, a cup, or people from behind."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  (heavy, seldom)

    picture = Image.new("RGB", _SIZE, (246, 234, 214))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 280, *_SIZE), fill=(214, 186, 150))
    if what == "cake":
        for layer, colour in enumerate(((160, 200, 140), (240, 220, 190), (220, 130, 140))):
            left, top = 180 + 25 * layer, 250 - 55 * layer
            pen.rounded_rectangle((left, top, 600 - left, top + 70), 18, fill=colour)
        pen.ellipse((286, 108, 314, 136), fill=(190, 40, 60))
    elif what == "cup":
        pen.rounded_rectangle((210, 150, 370, 300), 30, fill=(250, 250, 248))
        pen.ellipse((225, 140, 355, 180), fill=(120, 80, 50))
        pen.arc((340, 180, 420, 260), -90, 90, fill=(250, 250, 248), width=16)
    for number in range(people):
        middle = 600 * (number + 1) // (people + 1)
        colour = _PEOPLE[number % len(_PEOPLE)]
        pen.ellipse((middle - 45, 90, middle + 45, 180), fill=colour)
        pen.rounded_rectangle((middle - 80, 185, middle + 80, 420), 60, fill=colour)
    written = BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()
