"""Putting pictures, recordings and references into the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.media import Appearance, Media
from gdprdesk.domain.terms import MediaKind, MediaOrigin, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.imports.media_file import TakenMedia, read_media
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.entering import check_entered, is_visible
from gdprdesk.services.finding import find_record, find_subject
from gdprdesk.services.media_people import people_in, places_for, purposes_shown
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

OWN_POSTS = "reposts"
"""The key of the activity that posts of others belong to: it rests on no consent."""


@dataclass(frozen=True, repr=False)
class PurposeRow:
    """A purpose for which people are shown, and the places she can be asked about."""

    purpose: str
    name: str
    places: tuple[str, ...]


@action("media.add", N_("New picture or reference"), needs=Permission.CONSENTS)
def add_media(
    work: UnitOfWork,
    *,
    title: str = "",
    path: Path | None = None,
    words: str = "",
    subject_refs: tuple[SubjectRef, ...] = (),
    purpose: str = "",
    origin: MediaOrigin = MediaOrigin.OWN,
    origin_link: str = "",
    taken_on: date | None = None,
    progress: Progress = SILENT,
) -> RecordRef:
    """Put a picture, a recording, a reference or somebody's own post into the register.

    Of a picture only the dots are kept, not when, where and with what it was taken. The file
    itself stays where it is.

    Args:
        work: The transaction.
        title: What to call it; without it, what the file is called.
        path: The file; a text needs none.
        words: What a reference says, or what stands in her post.
        subject_refs: Who is in it; the first is the one it belongs to.
        purpose: What it is shown for; the first there are words for, if nothing is said.
        origin: Where it comes from.
        origin_link: Where it first stood.
        taken_on: When it was made.
        progress: Asked whether to go on while the file is read.

    Raises:
        DomainError: There is nothing to keep, the file cannot be read, or her own post shows
            somebody else, too.
    """
    taken = None
    if path is not None:
        check_entered(path.name)
        taken = read_media(path, progress=progress)
    name = path.name if path is not None else ""
    given = NewMedia(title, name, words, subject_refs, purpose, origin, origin_link, taken_on)
    return keep_media(work, given, taken)


@dataclass(frozen=True, repr=False)
class NewMedia:
    """What is to be kept; its parts are those of the action."""

    title: str = ""
    file_name: str = ""
    words: str = ""
    subject_refs: tuple[SubjectRef, ...] = ()
    purpose: str = ""
    origin: MediaOrigin = MediaOrigin.OWN
    origin_link: str = ""
    taken_on: date | None = None


def keep_media(work: UnitOfWork, given: NewMedia, taken: TakenMedia | None) -> RecordRef:
    """Put into the register what was read or drawn in memory."""
    session = work.session
    people = [find_subject(session, one) for one in dict.fromkeys(given.subject_refs)]
    _check(given, taken, work.today)
    activity, purpose = _belongs_to(session, given)
    media = Media(
        subject_id=people[0].id if people else None,
        activity_id=activity.id,
        recorded_on=work.today,
        title=" ".join((given.title or PurePath(given.file_name).stem).split()),
        kind=taken.kind if taken else MediaKind.TEXT,
        origin=given.origin,
        purpose=purpose,
        file_name=PurePath(given.file_name).with_suffix(taken.suffix).name if taken else "",
        media_type=taken.media_type if taken else "",
        size=len(taken.content) if taken else 0,
        content=taken.content if taken else None,
        preview=taken.preview if taken else None,
        words=given.words.strip(),
        origin_link=given.origin_link.strip(),
        taken_on=given.taken_on,
    )
    session.add(media)
    session.flush()
    session.add_all(appearance(work, media, one.id) for one in people[1:])
    return media.ref


def appearance(work: UnitOfWork, media: Media, subject_id: int) -> Appearance:
    """Return that somebody else is in a picture, too."""
    return Appearance(
        subject_id=subject_id,
        activity_id=media.activity_id,
        recorded_on=work.today,
        media_ref=media.ref,
        shown=media.shown,
    )


@query("media.purposes", needs=Permission.CONSENTS)
def list_media_purposes(read: Session) -> tuple[PurposeRow, ...]:
    """Return what people are shown for, and where; nothing where nobody is asked for that."""
    return tuple(
        PurposeRow(purpose, name, places_for(read, purpose))
        for purpose, name in purposes_shown(read).items()
    )


def find_media(session: Session, ref: RecordRef) -> Media:
    """Return a picture or reference; not while somebody in it is about to be erased.

    Raises:
        NotFoundError: It is not there, or nobody is to see it just now.
    """
    media = find_record(session, Media, ref)
    for one in people_in(session, media):
        find_subject(session, one.ref)
    return media


def _check(given: NewMedia, taken: TakenMedia | None, today: date) -> None:
    if taken is None and not is_visible(given.words) and not is_visible(given.origin_link):
        raise DomainError(
            _(
                "Choose a picture or a recording, or write what the reference says. Nothing was "
                "saved."
            )
        )
    if not is_visible(given.title) and not is_visible(given.file_name):
        raise DomainError(_("Write what it is called, so that you find it. Nothing was saved."))
    if given.taken_on is not None and given.taken_on > today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    if given.origin is MediaOrigin.OWN_POST and len(given.subject_refs) > 1:
        raise DomainError(
            _(
                "An own post may only be shown again if nobody else is in it: the others have not "
                "chosen to be seen. Nothing was saved. Ask them, and add it as a picture that she "
                "gave you."
            )
        )


def _belongs_to(session: Session, given: NewMedia) -> tuple[ProcessingActivity, str]:
    """Return for which processing something is kept, and the purpose people are asked for."""
    if given.origin is MediaOrigin.OWN_POST:
        return _own_posts(session), ""
    known = purposes_shown(session)
    purpose = given.purpose or next(iter(known), "")
    if purpose not in known:
        raise DomainError(
            _(
                "There are no words yet to ask people with whether they may be shown. Nothing was "
                "saved. Add a processing for pictures under Register first."
            )
        )
    of_text = select(ConsentText.activity_id).where(ConsentText.purpose == purpose)
    number = session.scalars(of_text.order_by(ConsentText.id).limit(1)).one()
    return session.get_one(ProcessingActivity, number), purpose


def _own_posts(session: Session) -> ProcessingActivity:
    found = session.scalar(select(ProcessingActivity).where(ProcessingActivity.key == OWN_POSTS))
    if found is None:
        raise DomainError(
            _(
                "The register does not say that you show other people's own posts again, and on "
                "what ground. Nothing was saved. Add a processing for it under Register first."
            )
        )
    return found
