"""Who is in a picture or a recording, and where she lets it be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.media import Appearance, Media
from gdprdesk.domain.retention import Relation, kept_until
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import MediaOrigin, SubjectState, TakeDownReason
from gdprdesk.i18n import _
from gdprdesk.services.consent_channels import allowed_channels
from gdprdesk.services.finding import controller_of, rules_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.standing import only_stored


def people_in(session: Session, media: Media) -> list[DataSubject]:
    """Return everybody in a picture, the one it belongs to first."""
    first = [media.subject_id] if media.subject_id is not None else []
    others = [one.subject_id for one in appearances_of(session, media)]
    return [session.get_one(DataSubject, one) for one in (*first, *others) if one is not None]


def appearances_of(session: Session, media: Media) -> list[Appearance]:
    """Return that others are in a picture, too, in the order they were named."""
    found = select(Appearance).where(Appearance.media_ref == media.ref)
    return list(session.scalars(found.order_by(Appearance.id)))


def is_hidden(people: Iterable[DataSubject]) -> bool:
    """Return whether somebody among them is about to be erased, so that nobody sees it."""
    return any(one.state is not SubjectState.ACTIVE for one in people)


def names_of(people: Iterable[DataSubject]) -> tuple[str, ...]:
    """Return who they are, as far as each may be named."""
    return tuple(one.name if one.restricted_on is None else only_stored() for one in people)


def purposes_shown(session: Session) -> dict[str, str]:
    """Return the purposes for which people are shown, each with the name of its words."""
    return {text.purpose: text.name for text in _texts(session, controller_of(session).language)}


def places_for(session: Session, purpose: str) -> tuple[str, ...]:
    """Return the places a purpose has words for; of all purposes, if it is none."""
    texts = _texts(session, controller_of(session).language)
    found = (one for text in texts if purpose in {"", text.purpose} for one in text.channels)
    return tuple(dict.fromkeys(found))


def allowed_places(session: Session, media: Media) -> tuple[str, ...]:
    """Return where something may be shown today: where everybody in it says yes."""
    places = places_for(session, media.purpose)
    return tuple(one for one in places if why_down(session, media, one) is None)


def why_down(session: Session, media: Media, place: str) -> TakeDownReason | None:
    """Return why something has to come down in a place if it is published there; else nothing."""
    if media.replaced_on is not None:
        return TakeDownReason.REPLACED
    if media.asked_on is not None:
        return TakeDownReason.ASKED
    without = lacking(session, media, place)
    if without:
        stored = all(one.restricted_on is not None for one in without)
        return TakeDownReason.ONLY_STORED if stored else TakeDownReason.NO_CONSENT
    is_over = media.origin is MediaOrigin.OWN_POST and _is_over(session, media)
    return TakeDownReason.OVER if is_over else None


def lacking(session: Session, media: Media, place: str) -> list[DataSubject]:
    """Return who in a picture does not let it be shown in a place.

    Her own post needs no yes, but nothing of whoever is only stored is shown either.
    """
    people = people_in(session, media)
    if media.origin is MediaOrigin.OWN_POST:
        return [one for one in people if one.restricted_on is not None]
    return [one for one in people if place not in _agreed(session, one, media.purpose)]


def tied_to(session: Session, records: Iterable[PersonalRecord]) -> list[PersonalRecord]:
    """Return what has to go together with some records: a picture, and that each is in it.

    A picture goes as a whole, whoever of those in it asks for it: the strictest wish counts.
    """
    known = list(records)
    refs = {one.ref for one in known if isinstance(one, Media)}
    refs |= {one.media_ref for one in known if isinstance(one, Appearance)}
    if not refs:
        return []
    pictures = session.scalars(select(Media).where(Media.ref.in_(refs))).all()
    ties = session.scalars(select(Appearance).where(Appearance.media_ref.in_(refs))).all()
    found: list[PersonalRecord] = [*pictures, *ties]
    return [one for one in found if one not in known]


def picture_of(session: Session, record: PersonalRecord) -> Media | None:
    """Return the picture that a record is, or says somebody is in; nothing of other records."""
    if isinstance(record, Media):
        return record
    if isinstance(record, Appearance):
        return session.scalar(select(Media).where(Media.ref == record.media_ref))
    return None


def held_by_others(session: Session, record: PersonalRecord) -> Iterator[DataSubject]:
    """Walk who else is in a picture and whose part in it may not go, since it is kept for her."""
    for tie in tied_to(session, [record]):
        if tie.subject_id in {None, record.subject_id}:
            continue
        hold = select(Hold.id).where(
            Hold.subject_id == tie.subject_id, or_(Hold.target.is_(None), Hold.target == tie.ref)
        )
        if session.scalar(hold.limit(1)) is not None:
            yield session.get_one(DataSubject, tie.subject_id)


def require_none_held(session: Session, records: Iterable[PersonalRecord]) -> None:
    """Refuse to erase a picture in which is somebody whose data have to stay.

    Raises:
        DomainError: Names the picture and who that is.
    """
    for record in records:
        media = picture_of(session, record)
        other = next(held_by_others(session, record), None)
        if media is not None and other is not None:
            raise DomainError(
                _(
                    "In “{title}” is {name}, too, whose data have to stay for now. Nothing was "
                    "erased. Make the one who wants to be erased unrecognisable in it first."
                ).format(title=media.title, name=names_of([other])[0])
            )


def settle(session: Session, media: Media) -> None:
    """Let everybody's part in a picture know whether that is still published."""
    media.shown = any(True for _one in media.still_up())
    for one in appearances_of(session, media):
        one.shown = media.shown


def _is_over(session: Session, media: Media) -> bool:
    """Return whether the rule of its processing would let it go."""
    today, law = today_of(session), law_of(session)
    rules = rules_of(session)[media.activity_id]
    return kept_until(media, rules, law, Relation(media.active_on()), today).is_over(today)


def _agreed(session: Session, subject: DataSubject, purpose: str) -> set[str]:
    """Return the places a person agreed to, as the language of the register names them."""
    agreed = allowed_channels(session, subject, purpose)
    if not agreed:
        return set()
    own = places_for(session, purpose)
    found = set(agreed) & set(own)
    for text in session.scalars(select(ConsentText).where(ConsentText.purpose == purpose)):
        if len(text.channels) == len(own):  # the same places, named in another language
            pairs = zip(text.channels, own, strict=True)
            found |= {here for there, here in pairs if there in agreed}
    return found


def _texts(session: Session, language: str) -> list[ConsentText]:
    found = select(ConsentText).where(
        ConsentText.replaced.is_(False), ConsentText.language == language
    )
    return [one for one in session.scalars(found.order_by(ConsentText.id)) if one.channels]
