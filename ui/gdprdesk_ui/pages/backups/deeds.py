"""What is done with the copies: made, a stick found again, a place removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QAbstractButton

from gdprdesk.domain.base import EditionRef
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.jobs import Progress
from gdprdesk.services.backup_catalogue import remove_backup_place
from gdprdesk.services.backup_places import BackupPlaceRow, change_backup_place
from gdprdesk.services.backups import BackupReceipt
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.backups.words import size_words


def back_up(context: PageContext, refs: Sequence[EditionRef], button: QAbstractButton) -> None:
    """Make a copy at each of these places; where there is none, ask for a folder."""
    desk = context.desk
    if refs:
        context.perform(
            lambda progress: [desk.backup(ref, progress) for ref in refs],
            partial(_tell, context),
            doing=_("Copying …"),
            button=button,
        )
        return
    folder = ask.choose_folder(context.window, _("Choose a folder or a stick for the backup"))
    if folder is not None:
        context.perform(
            lambda progress: [desk.backup(folder, progress)],
            partial(_tell, context),
            doing=_("Copying …"),
            button=button,
        )


def find_again(context: PageContext, place: BackupPlaceRow, button: QAbstractButton) -> None:
    """Take up a place that is connected again, where it was or under another name."""
    folder = None
    if not place.folder.is_dir():
        title = _("Where is “{place}” now?").format(place=place.name)
        folder = ask.choose_folder(context.window, title)
        if folder is None:
            return

    def take_up(progress: Progress) -> tuple[str, ...]:
        context.desk.run(change_backup_place, place_ref=place.ref, folder=folder or place.folder)
        context.desk.finish(progress)
        return context.desk.unfinished

    def tell(left: tuple[str, ...]) -> None:
        if left:
            ask.tell_error(context.window, "\n\n".join(left))
        else:
            context.toast(_("“{place}” is connected").format(place=place.name))

    context.perform(take_up, tell, doing=_("Looking through the copies …"), button=button)


def remove(context: PageContext, place: BackupPlaceRow, button: QAbstractButton) -> None:
    """Make no more copies at a place; while copies are left there, say what that means."""
    context.perform(
        lambda _progress: context.desk.run(remove_backup_place, place_ref=place.ref),
        lambda _none: _tell_removed(context, place),
        doing=_("Removing …"),
        button=button,
        refused=partial(_remove_lost, context, place),
    )


def _remove_lost(context: PageContext, place: BackupPlaceRow, sentence: str) -> None:
    title = _("Are the copies on “{place}” destroyed?").format(place=place.name)
    verb = _("They are destroyed")
    if ask.confirm_irreversible(context.window, title, sentence, verb):
        context.perform(
            lambda _progress: context.desk.run(
                remove_backup_place, place_ref=place.ref, copies_destroyed=True
            ),
            lambda _none: _tell_removed(context, place),
            doing=_("Removing …"),
        )


def _tell_removed(context: PageContext, place: BackupPlaceRow) -> None:
    context.toast(_("No more copies on “{place}”").format(place=place.name))


def _tell(context: PageContext, made: Sequence[BackupReceipt]) -> None:
    if len(made) == 1:
        said = _("Copied to “{place}” and read again: {size}").format(
            place=made[0].place, size=size_words(made[0].size)
        )
    else:
        said = ngettext(
            "Copied to {count} place and read again",
            "Copied to {count} places and read again",
            len(made),
        ).format(count=format_number(len(made)))
    context.toast(said)
