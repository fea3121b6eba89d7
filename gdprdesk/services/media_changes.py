"""Changing what is known of a picture: what it is called, who is in it, what took its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePath

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.media import Media
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import MediaKind, MediaOrigin, Permission
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.imports.media_file import read_media
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.entering import check_entered, is_visible
from gdprdesk.services.finding import find_subject
from gdprdesk.services.media import appearance, find_media
from gdprdesk.services.media_people import appearances_of, people_in, tied_to
from gdprdesk.services.registry import action
from gdprdesk.store.unit_of_work import UnitOfWork


@action("media.update", N_("Changed picture or reference"), needs=Permission.CONSENTS)
def update_media(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    title: str | None = None,
    words: str | None = None,
    taken_on: date | None = None,
    origin_link: str | None = None,
) -> None:
    """Change what something is called, what it says, or when it was made.

    Raises:
        DomainError: It would be called nothing, or the day has not come.
    """
    media = find_media(work.session, ref)
    if title is not None:
        if not is_visible(title):
            raise DomainError(_("Write what it is called, so that you find it. Nothing was saved."))
        media.title = " ".join(title.split())
    if taken_on is not None and taken_on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    media.taken_on = taken_on or media.taken_on
    media.words = media.words if words is None else words.strip()
    media.origin_link = media.origin_link if origin_link is None else origin_link.strip()


@action("media.add_person", N_("Somebody in a picture"), needs=Permission.CONSENTS)
def add_person(work: UnitOfWork, *, ref: RecordRef, subject_ref: SubjectRef) -> None:
    """Write down that somebody is in a picture: from then on it is hers to say, too.

    Raises:
        DomainError: She is named already, or it is somebody else's own post.
    """
    media, subject = find_media(work.session, ref), find_subject(work.session, subject_ref)
    people = people_in(work.session, media)
    if subject in people:
        raise DomainError(
            _("{name} is named there already. Nothing was changed.").format(name=subject.name)
        )
    if media.origin is MediaOrigin.OWN_POST and people:
        raise DomainError(
            _(
                "This is the own post of somebody else. Nothing was changed. If {name} is in it, "
                "too, it may not be shown again: take it down."
            ).format(name=subject.name)
        )
    if media.subject_id is None:
        media.subject_id = subject.id
    else:
        work.session.add(appearance(work, media, subject.id))


@action("media.remove_person", N_("Somebody is not in a picture"), needs=Permission.CONSENTS)
def remove_person(work: UnitOfWork, *, ref: RecordRef, subject_ref: SubjectRef) -> None:
    """Write down that somebody was named by mistake, and is not in a picture at all."""
    _let_go(work.session, find_media(work.session, ref), find_subject(work.session, subject_ref))


@action(
    "media.leave_out",
    N_("Made unrecognisable in a picture"),
    undoable=False,
    of_restricted=True,
    needs=Permission.CONSENTS,
)
def leave_out(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    subject_ref: SubjectRef,
    path: Path,
    progress: Progress = SILENT,
) -> None:
    """Put in the place of a picture one in which somebody cannot be recognised any more.

    The old one is gone for good, and she has nothing more to do with the new one.

    Args:
        work: The transaction.
        ref: The picture.
        subject_ref: Who cannot be recognised any more.
        path: The new picture.
        progress: Asked whether to go on while the file is read.

    Raises:
        DomainError: She is not in it, the file cannot be read or is of another kind, or the
            picture is published as it was.
    """
    media = find_media(work.session, ref)
    subject = find_subject(work.session, subject_ref)
    _must_be_in(work.session, media, subject)
    _must_be_down(media)
    check_entered(path.name)
    taken = read_media(path, progress=progress)
    if taken.kind is not media.kind or media.kind is MediaKind.TEXT:
        raise DomainError(
            _("This is something else than what it replaces. Nothing was changed. Choose again.")
        )
    media.content, media.preview = taken.content, taken.preview
    media.media_type, media.size = taken.media_type, len(taken.content)
    media.file_name = PurePath(path.name).with_suffix(taken.suffix).name
    _let_go(work.session, media, subject)
    work.make_final()


@action("media.replace", N_("Replaced reference"), needs=Permission.CONSENTS)
def replace_media(work: UnitOfWork, *, ref: RecordRef, on: date | None = None) -> None:
    """Write down that something else is shown in its place: its time runs out from that day.

    Args:
        work: The transaction.
        ref: What was replaced.
        on: Since when; today, if nothing is said.

    Raises:
        DomainError: It was replaced before, or the day has not come.
    """
    media = find_media(work.session, ref)
    if media.replaced_on is not None:
        raise DomainError(
            _("This was replaced on {day}. Nothing was changed.").format(
                day=format_day(media.replaced_on)
            )
        )
    if on is not None and on > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    media.replaced_on = on or work.today


@action("media.remove", N_("Removed picture or reference"), needs=Permission.CONSENTS)
def remove_media(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take a picture or reference out of the register, for everybody in it.

    Raises:
        DomainError: It is still published: nobody would know any more where.
    """
    media = find_media(work.session, ref)
    _must_be_down(media)
    for one in tied_to(work.session, [media]):
        work.session.delete(one)
    work.session.delete(media)


def _must_be_down(media: Media) -> None:
    up = dict.fromkeys(one["channel"] for _number, one in media.still_up())
    if up:
        raise DomainError(
            _(
                "“{title}” is still published: {places}. Nothing was changed. Take it down there "
                "first, and tick that here."
            ).format(title=media.title, places=", ".join(up))
        )


def _must_be_in(session: Session, media: Media, subject: DataSubject) -> None:
    if subject not in people_in(session, media):
        raise DomainError(
            _("{name} is not named in this picture. Nothing was changed.").format(name=subject.name)
        )


def _let_go(session: Session, media: Media, subject: DataSubject) -> None:
    """Untie somebody from a picture; it belongs to the next of those in it then."""
    _must_be_in(session, media, subject)
    others = appearances_of(session, media)
    gone = next((one for one in others if one.subject_id == subject.id), None)
    if gone is None:
        gone = others[0] if others else None
        media.subject_id = gone.subject_id if gone else None
    if gone is not None:
        session.delete(gone)
