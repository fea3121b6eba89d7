"""A place of the copies, and a copy, as lines of the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_moment, format_number, ngettext
from gdprdesk.services.backup_catalogue import BackupCopyRow
from gdprdesk.services.backup_places import BackupPlaceRow
from gdprdesk.services.backup_standing import PlaceToConnect
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.backup_place import change_place
from gdprdesk_ui.pages.backups.deeds import back_up, find_again, remove
from gdprdesk_ui.pages.backups.words import BETWEEN, size_words
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Button, Icon, Label, ListRow, Pill, column, holder, row

_ICON, _GAP = 18, 12  # of a ListRow: what stands under it begins where its words do


class PlaceLine(QWidget):
    """A place: whether it can be reached, when copies are made there, and what to know of it.

    Attributes:
        copy_button: Makes a copy there; None while it cannot be reached.
        here_button: Says that it is connected; None while it can be reached.
        change_button: Changes name and schedule; None for the program's own places.
        remove_button: Makes no more copies there; None for the program's own places.
    """

    def __init__(
        self, context: PageContext, place: BackupPlaceRow, waiting: PlaceToConnect | None
    ) -> None:
        super().__init__()
        self._context, self._place = context, place
        self.copy_button: Button | None = None
        self.here_button: Button | None = None
        self.change_button: Button | None = None
        self.remove_button: Button | None = None
        buttons = [] if place.automatic else self._buttons()
        for button in buttons:
            button.setAccessibleDescription(place.name)
        pill = Pill(_("Connected"), "accent", "check")
        if not place.reachable:
            pill = Pill(_("Not connected"), "neutral", "usb")
        pills = [] if place.automatic else [pill]
        line = ListRow(
            "folder" if place.automatic else "hard-drive",
            _beginning(place.name) if place.automatic else place.name,
            _said(place),
            *pills,
            *buttons,
            strong=True,
            wrap=True,
        )
        where = Label(str(place.folder), "small", "muted")
        notes = [holder(row(where, margins=(scaled(_ICON) + _GAP, 0, 0, 0)))]
        notes += [_note(sentence, "info", "muted") for sentence in place.notes]
        if waiting is not None:
            notes.insert(1, _note(_asked(waiting), "triangle-alert", "warn"))
        self.setLayout(column(line, *notes, spacing=4))

    def _buttons(self) -> list[Button]:
        context, place = self._context, self._place
        self.change_button = Button(
            _("Change…"), size="small", on_click=lambda: change_place(context, place)
        )
        last = self.remove_button = Button(_("Remove…"), "ghost", size="small")
        last.clicked.connect(lambda: remove(context, place, last))
        if place.reachable:
            first = self.copy_button = Button(_("Copy now"), size="small")
            first.clicked.connect(lambda: back_up(context, [place.ref], first))
        else:
            first = self.here_button = Button(_("The stick is here now…"), size="small")
            first.clicked.connect(lambda: find_again(context, place, first))
        return [first, self.change_button, last]


class CopyLine(QWidget):
    """A copy: when it was made, where it is, how long it is kept, and who is not in it."""

    def __init__(self, copy: BackupCopyRow, today: date) -> None:
        super().__init__()
        parts = [copy.place]
        if copy.size:
            parts.append(size_words(copy.size))
        if copy.erased_lines:
            said = ngettext(
                "{count} erased person is not in it",
                "{count} erased people are not in it",
                copy.erased_lines,
            )
            parts.append(said.format(count=format_number(copy.erased_lines)))
        parts.append(copy.file)
        until = _("Kept until {day}").format(day=format_day(copy.until, short=True, today=today))
        right: list[QWidget] = [Label(until, "small", "muted", keep=True, tabular=True)]
        if not copy.reachable:
            right.insert(0, Pill(_("Not connected"), "neutral", "usb"))
        line = ListRow(
            "file-archive", format_moment(copy.made_at), BETWEEN.join(parts), *right, wrap=True
        )
        self.setLayout(row(line, spacing=0))


def _beginning(words: str) -> str:
    return words[:1].upper() + words[1:]


def _said(place: BackupPlaceRow) -> str:
    parts = [_("Made by the program itself") if place.automatic else say(place.schedule)]
    copies = ngettext("{count} copy", "{count} copies", place.copies)
    parts.append(copies.format(count=format_number(place.copies)))
    if place.last_at is not None:
        parts.append(_latest(place.last_at))
    return BETWEEN.join(parts)


def _latest(at: datetime) -> str:
    return _("the latest {moment}").format(moment=format_moment(at))


def _asked(waiting: PlaceToConnect) -> str:
    if not waiting.people:
        return _("Connect it: a copy there is kept longer than you have said.")
    return ngettext(
        "Connect it: {count} erased person is still in the copies there.",
        "Connect it: {count} erased people are still in the copies there.",
        waiting.people,
    ).format(count=format_number(waiting.people))


def _note(sentence: str, icon_name: str, role: Literal["muted", "warn"]) -> QWidget:
    sign = Icon(icon_name, "warn_text" if role == "warn" else "muted", 15)
    words = Label(sentence, "small", role, wrap=True)
    line = row(sign, words, margins=(scaled(_ICON) + _GAP, 0, 0, 0))
    line.setStretch(1, 1)
    return holder(line)
