"""Where pictures are published, and what has to come down: Articles 7(3), 17(1) and 21."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.media import Media, Publication
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import MediaOrigin, Permission, TakeDownReason
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.consent_channels import said_to
from gdprdesk.services.media import find_media
from gdprdesk.services.media_people import (
    is_hidden,
    lacking,
    names_of,
    people_in,
    places_for,
    settle,
    why_down,
)
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class TakeDownRow:
    """One place where something has to come down.

    Attributes:
        number: What the place is ticked off by.
        names: Who has not said yes to it, as far as she may be named.
        unasked: All of them only have never been asked: a yes would do as well.
    """

    ref: RecordRef
    title: str
    number: int
    channel: str
    link: str
    on: date
    reason: TakeDownReason
    names: tuple[str, ...]
    unasked: bool


@dataclass(frozen=True, repr=False)
class ShownRow:
    """One place where something is or was published, for the list of all of them."""

    ref: RecordRef
    title: str
    names: tuple[str, ...]
    channel: str
    link: str
    on: date
    down_on: date | None
    reason: TakeDownReason | None


@action("media.publish", N_("Published"), needs=Permission.CONSENTS)
def publish_media(
    work: UnitOfWork, *, ref: RecordRef, channel: str, link: str = "", on: date | None = None
) -> None:
    """Write down that something was published, where and when.

    Args:
        work: The transaction.
        ref: What was published.
        channel: Where: one of the places people are asked about, such as "Instagram".
        link: The address of it, or which leaflet.
        on: When; today, if nothing is said.

    Raises:
        DomainError: Somebody in it has not said yes to this place, or the day has not come.
    """
    media = find_media(work.session, ref)
    must_be_allowed(work.session, media, channel)
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    day = (on or work.today).isoformat()
    one = Publication(
        channel=channel, link=link.strip(), on=day, down_on=None, asked_down_on=None, note=""
    )
    media.publications = [*media.publications, one]
    settle(work.session, media)


@action("media.take_down", N_("Taken down"), of_restricted=True, needs=Permission.CONSENTS)
def take_down(
    work: UnitOfWork, *, ref: RecordRef, number: int, on: date | None = None, note: str = ""
) -> None:
    """Tick that something was taken down in one place.

    Args:
        work: The transaction.
        ref: The picture or reference.
        number: Which of its places.
        on: When; today, if nothing is said.
        note: What else is worth knowing of it.

    Raises:
        DomainError: There is no such place, or the day is out of order.
    """
    media = find_media(work.session, ref)
    one = _publication(media, number)
    day = _day_after(work.today, on, one)
    changed: Publication = {**one, "down_on": day, "note": note.strip() or one["note"]}
    _write(work.session, media, number, changed)


@action(
    "media.ask_down", N_("Asked to take it down"), of_restricted=True, needs=Permission.CONSENTS
)
def ask_down(work: UnitOfWork, *, ref: RecordRef, number: int, on: date | None = None) -> None:
    """Write down that somebody else who has it, too, was asked to take it down: Article 17(2)."""
    media = find_media(work.session, ref)
    one = _publication(media, number)
    _write(work.session, media, number, {**one, "asked_down_on": _day_after(work.today, on, one)})


@action(
    "media.request_down",
    N_("Own post to be taken down"),
    of_restricted=True,
    needs=Permission.CONSENTS,
)
def request_down(work: UnitOfWork, *, ref: RecordRef, on: date | None = None) -> None:
    """Write down that whoever wrote a post wants it taken down again: Article 21.

    Raises:
        DomainError: It rests on a consent, which is taken back instead, or she has asked before.
    """
    media = find_media(work.session, ref)
    if media.origin is not MediaOrigin.OWN_POST:
        raise DomainError(
            _(
                "This rests on the yes of those in it. Nothing was changed. Write down on her page "
                "that she takes it back."
            )
        )
    if media.asked_on is not None:
        raise DomainError(
            _("She has asked for it on {day}. Nothing was changed.").format(
                day=format_day(media.asked_on)
            )
        )
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    media.asked_on = on or work.today


@query("media.take_downs", needs=Permission.CONSENTS)
def list_take_downs(read: Session) -> tuple[TakeDownRow, ...]:
    """Return what is published and has to come down, what stands longest first."""
    found = [row for media in _shown(read) for row in _to_take_down(read, media)]
    return tuple(sorted(found, key=lambda row: row.on))


@query("media.shown", needs=Permission.CONSENTS)
def list_shown(read: Session) -> tuple[ShownRow, ...]:
    """Return what is or was published where, the latest first."""
    rows: list[ShownRow] = []
    for media in read.scalars(select(Media).order_by(Media.id.desc())):
        people = people_in(read, media)
        if media.publications and not is_hidden(people):
            rows += _shown_rows(read, media, people)
    return tuple(sorted(rows, key=lambda row: row.on, reverse=True))


def must_be_allowed(session: Session, media: Media, channel: str) -> None:
    """Refuse to show something where not everybody in it has said yes.

    Raises:
        DomainError: Names the place, and who has not.
    """
    if channel not in places_for(session, media.purpose):
        raise DomainError(
            _(
                "Nobody is asked about “{place}”. Nothing was saved. Choose one of: {places}."
            ).format(place=channel, places=", ".join(places_for(session, media.purpose)))
        )
    if media.replaced_on is not None:
        raise DomainError(
            _("This was replaced on {day} and is not shown any more. Nothing was saved.").format(
                day=format_day(media.replaced_on)
            )
        )
    if media.asked_on is not None:
        raise DomainError(
            _("She has asked on {day} that this is not shown any more. Nothing was saved.").format(
                day=format_day(media.asked_on)
            )
        )
    if why_down(session, media, channel) is TakeDownReason.OVER:
        raise DomainError(
            _("Its time is over by the register, so it is not shown any more. Nothing was saved.")
        )
    names = names_of(lacking(session, media, channel))
    if names:
        raise DomainError(
            _(
                "There is no yes to {place} of: {names}. Nothing was saved. Ask first, or choose "
                "another picture."
            ).format(place=channel, names=", ".join(names))
        )


def _shown(read: Session) -> Iterator[Media]:
    up = select(Media).where(Media.shown.is_(True)).order_by(Media.id)
    for media in read.scalars(up):
        if not is_hidden(people_in(read, media)):
            yield media


def _to_take_down(read: Session, media: Media) -> Iterator[TakeDownRow]:
    for number, one in media.still_up():
        reason = why_down(read, media, one["channel"])
        if reason is None:
            continue
        without = lacking(read, media, one["channel"])
        yield TakeDownRow(
            ref=media.ref,
            title=media.title,
            number=number,
            channel=one["channel"],
            link=one["link"],
            on=date.fromisoformat(one["on"]),
            reason=reason,
            names=names_of(without),
            unasked=reason is TakeDownReason.NO_CONSENT and _never_asked(read, media, without),
        )


def _never_asked(read: Session, media: Media, people: list[DataSubject]) -> bool:
    return not any(one.restricted_on or said_to(read, one, media.purpose) for one in people)


def _shown_rows(read: Session, media: Media, people: list[DataSubject]) -> Iterator[ShownRow]:
    wrong = {row.number: row.reason for row in _to_take_down(read, media)}
    for number, one in enumerate(media.publications):
        yield ShownRow(
            ref=media.ref,
            title=media.title,
            names=names_of(people),
            channel=one["channel"],
            link=one["link"],
            on=date.fromisoformat(one["on"]),
            down_on=date.fromisoformat(one["down_on"]) if one["down_on"] else None,
            reason=wrong.get(number),
        )


def _publication(media: Media, number: int) -> Publication:
    if not 0 <= number < len(media.publications):
        raise NotFoundError(_("It is not published in such a place. Nothing was changed."))
    return media.publications[number]


def _day_after(today: date, on: date | None, one: Publication) -> str:
    day = on or today
    if not date.fromisoformat(one["on"]) <= day <= today:
        raise DomainError(
            _(
                "It was published on {day}, and taken down is what is down today. Nothing was "
                "saved. Look at the day."
            ).format(day=format_day(date.fromisoformat(one["on"])))
        )
    return day.isoformat()


def _write(session: Session, media: Media, number: int, one: Publication) -> None:
    before, after = media.publications[:number], media.publications[number + 1 :]
    media.publications = [*before, one, *after]
    settle(session, media)
