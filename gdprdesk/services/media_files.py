"""Saving a picture to publish it or to change it: each is in the log, and not without a yes."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.media import Media
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.files import ExportReceipt, FileFormat, save_content, write_document
from gdprdesk.services.media import find_media
from gdprdesk.services.registry import action
from gdprdesk.services.reports.media import shown_report
from gdprdesk.services.take_down import must_be_allowed
from gdprdesk.store.unit_of_work import UnitOfWork


@action("export.media", N_("Saved to publish it"), undoable=False, needs=Permission.CONSENTS)
def export_media(
    work: UnitOfWork, *, ref: RecordRef, channel: str, to: Path, overwrite: bool = False
) -> ExportReceipt:
    """Save a picture or recording to publish it in a place; a text as .txt.

    Args:
        work: The transaction.
        ref: What is to be published.
        channel: Where: one of the places people are asked about.
        to: The file.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        DomainError: Somebody in it has not said yes to this place, or there is nothing to save.
    """
    media = find_media(work.session, ref)
    must_be_allowed(work.session, media, channel)
    return _save(work, media, to, overwrite=overwrite)


@action(
    "export.media_to_change",
    N_("Saved to make somebody unrecognisable"),
    undoable=False,
    of_restricted=True,
    needs=Permission.CONSENTS,
)
def export_media_to_change(
    work: UnitOfWork, *, ref: RecordRef, to: Path, overwrite: bool = False
) -> ExportReceipt:
    """Save a picture to make somebody in it unrecognisable in a program for pictures.

    Raises:
        DomainError: There is no file, or it cannot be written there.
    """
    return _save(work, find_media(work.session, ref), to, overwrite=overwrite)


@action("export.shown", N_("Export"), undoable=False, needs=Permission.CONSENTS)
def export_shown(
    work: UnitOfWork,
    *,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save what has to be taken down, with boxes to tick, and what is published where."""
    document = shown_report(work.session, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


def suggested_name(title: str, media_type: str, file_name: str) -> str:
    """Return what a saved file is called: as it was, or as its text is called."""
    if media_type:
        return file_name
    plain = "".join(one if one.isalnum() or one in " -_" else "_" for one in title).strip()
    return f"{plain or 'text'}.txt"


def _save(work: UnitOfWork, media: Media, to: Path, *, overwrite: bool) -> ExportReceipt:
    content = media.content if media.media_type else media.words.encode()
    if not content:
        raise DomainError(
            _("There is no file of this, only where it first stood. Nothing to save.")
        )
    suffix = Path(media.file_name).suffix if media.media_type else ".txt"
    work.mention(media.ref)
    receipt = save_content(work, content, to, suffix, overwrite=overwrite, rows=1)
    work.session.expire(media, ["content"])
    return receipt
