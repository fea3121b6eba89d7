"""One picture, recording or reference: who is in it, where it may be shown, and where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.media import Appearance, Media
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import MediaKind, MediaOrigin, Permission, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.media_changes import leave_out, remove_media, remove_person, replace_media
from gdprdesk.services.media_files import export_media, export_media_to_change, suggested_name
from gdprdesk.services.media_view import (
    MediaPerson,
    MediaView,
    PublicationRow,
    read_preview,
    show_media,
)
from gdprdesk.services.take_down import ask_down, request_down, take_down
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.media_form import FILES, add_somebody, publish
from gdprdesk_ui.dialogs.media_save import ask_place
from gdprdesk_ui.pages.media.tile import state_of
from gdprdesk_ui.pages.page import Page
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import (
    Avatar,
    Button,
    Card,
    CardHeading,
    IconButton,
    Label,
    ListRow,
    PageHeading,
    Pill,
    clear,
    column,
    holder,
    row,
)

_LARGEST = 340
_BETWEEN = "  \N{MIDDLE DOT}  "


class PicturePage(Page):
    """A picture to the left, and to the right who is in it and where it is published.

    Attributes:
        heading: What it is called.
        picture: The small picture; empty where there is none.
        publish_button: Writes down where it was published.
        save_button: Saves it to publish it, if it may be shown somewhere.
        add_button: Names somebody else who is in it.
        replaced_button: Something else is shown in its place.
        asked_button: She wants her own post taken down.
        remove_button: Takes it out of the register.
        down_buttons: Tick what was taken down, by the number of the place.
    """

    changed_kinds = frozenset({Media, Appearance, Consent, Guardian, DataSubject})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: RecordRef | None = None
        self._view: MediaView | None = None
        self.down_buttons: dict[int, Button] = {}
        self.publish_button = Button(_("Published…"), "primary", "globe", on_click=self._publish)
        self.save_button = Button(_("Save to publish…"), icon_name="download", on_click=self._save)
        self.add_button = Button(
            _("Somebody else…"), icon_name="user-plus", size="small", on_click=self._add
        )
        self.replaced_button = Button(_("It was replaced"), size="small", on_click=self._replaced)
        self.asked_button = Button(_("She wants it down"), size="small", on_click=self._asked)
        self.remove_button = Button(
            _("Remove"), "danger", "trash-2", size="small", on_click=self._remove
        )
        self.heading = PageHeading(
            "",
            "",
            [self.save_button, self.publish_button],
            back=(_("Pictures and references"), lambda: context.open_page("pictures")),
        )
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._facts, self._people, self._places = column(spacing=6), column(spacing=10), column()
        left = Card(
            self.picture,
            holder(self._facts),
            row(self.replaced_button, self.asked_button, None, self.remove_button),
        )
        people = Card(CardHeading(_("Who is in it"), self.add_button), holder(self._people))
        places = Card(CardHeading(_("Where it is published")), holder(self._places))
        sides = row(column(left, None), column(people, places, None, spacing=14), spacing=16)
        sides.setStretch(1, 1)
        self.setLayout(column(self.heading, sides, None, spacing=16, margins=(28, 16, 28, 20)))

    def arrive(self, *, ref: RecordRef | None = None) -> None:
        """Show one.

        Args:
            ref: Which; the one before, if nothing is said.
        """
        self._ref = ref or self._ref

    def refresh(self) -> None:
        if self._ref is None:
            return
        desk = self.context.desk
        view = self._view = desk.ask(show_media, ref=self._ref)
        parts = (say(view.row.kind), say(view.row.origin), format_day(view.row.on))
        self.heading.set_words(view.row.title, _BETWEEN.join(parts))
        self._show_picture(desk.ask(read_preview, ref=self._ref))
        may = bool(view.row.allowed)
        self.publish_button.setEnabled(may)
        self.save_button.setEnabled(may and bool(view.media_type or view.words))
        is_post = view.row.origin is MediaOrigin.OWN_POST
        self.add_button.setVisible(not (is_post and view.people))
        self.asked_button.setVisible(is_post and view.asked_on is None)
        self.replaced_button.setVisible(view.replaced_on is None)
        self.remove_button.setEnabled(not view.row.shown)
        self._show_facts(view)
        self._show_people(view)
        self._show_places(view)

    def _show_picture(self, preview: bytes) -> None:
        pixmap = QPixmap()
        self.picture.setVisible(bool(preview) and pixmap.loadFromData(preview))
        if not pixmap.isNull():
            most = scaled(_LARGEST)
            self.picture.setPixmap(
                pixmap.scaled(
                    min(most, pixmap.width()),
                    min(most, pixmap.height()),
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
            title = self._view.row.title if self._view else ""
            self.picture.setAccessibleName(_("Picture: {title}").format(title=title))

    def _show_facts(self, view: MediaView) -> None:
        clear(self._facts)
        said, tone = state_of(view.row)
        self._facts.addLayout(row(Pill(said, tone), None))
        may = _("May be shown: {places}").format(places=", ".join(view.row.allowed))
        nowhere = _("May be shown nowhere until everybody in it has said yes.")
        self._facts.addWidget(Label(may if view.row.allowed else nowhere, wrap=True))
        link, since, asked = view.origin_link, view.replaced_on, view.asked_on
        told = (
            view.words,
            link and _("First stood at {link}").format(link=link),
            view.may_tell and _("The file may still hold when and where it was recorded."),
            since and _("It was replaced on {day}.").format(day=format_day(since)),
            asked and _("She has asked on {day} to take it down.").format(day=format_day(asked)),
        )
        for words in told:
            if words:
                self._facts.addWidget(Label(str(words), "small", wrap=True))

    def _show_people(self, view: MediaView) -> None:
        clear(self._people)
        for one in view.people:
            self._people.addWidget(self._person(view, one))
        if not view.people:
            self._people.addWidget(Label(_("Nobody is named."), "small", "muted"))

    def _person(self, view: MediaView, one: MediaPerson) -> QWidget:
        said = _("Yes to {places}").format(places=", ".join(one.places))
        none = _("Has never been asked") if one.decision is None else _("Says no")
        is_post = view.row.origin is MediaOrigin.OWN_POST
        words = _("Her own post, which needs no yes") if is_post else said if one.places else none
        if one.is_stored_only:
            words = _("Her data are only stored for now")
        open_it = Button(
            _("Open"),
            "link",
            on_click=partial(self.context.open_page, "person", subject_ref=one.subject_ref),
        )
        blur = IconButton("eye-off", _("Unrecognisable…"), on_click=partial(self._leave_out, one))
        gone = IconButton("x", _("Not in it"), on_click=partial(self._not_in_it, one))
        blur.setVisible(view.row.kind is not MediaKind.TEXT)
        for button in (open_it, blur, gone):
            button.setAccessibleDescription(one.name)
        self.context.leave_out(Permission.PEOPLE, open_it)
        return ListRow(Avatar(one.name, 32), one.name, words, blur, gone, open_it, wrap=True)

    def _show_places(self, view: MediaView) -> None:
        clear(self._places)
        self.down_buttons = {}
        for one in view.publications:
            self._places.addWidget(self._place(one))
        if not view.publications:
            self._places.addWidget(
                Label(_("Nowhere, as far as is written here."), "small", "muted")
            )

    def _place(self, one: PublicationRow) -> QWidget:
        day = format_day(one.on, short=True, today=self.context.today)
        parts = [one.link, _("since {day}").format(day=day), one.note]
        if one.reason is not None:
            parts.append(_("take it down: {reason}").format(reason=say(one.reason)))
        if one.asked_down_on is not None:
            asked = format_day(one.asked_down_on, short=True, today=self.context.today)
            parts.append(_("others asked on {day}").format(day=asked))
        right: list[QWidget] = []
        if one.down_on is None:
            down = Button(_("Taken down"), size="small", on_click=partial(self._down, one))
            others = Button(_("Others asked"), "link", on_click=partial(self._others, one))
            others.setVisible(one.asked_down_on is None and one.reason is not None)
            for button in (down, others):
                button.setAccessibleDescription(f"{one.channel} {one.link}")
            self.down_buttons[one.number] = down
            right = [others, down]
        else:
            gone = format_day(one.down_on, short=True, today=self.context.today)
            right = [Pill(_("Down since {day}").format(day=gone), "neutral", "check")]
        tint = "danger_text" if one.reason else "muted"
        words = _BETWEEN.join(part for part in parts if part)
        return ListRow("globe", one.channel, words, *right, tint=tint, wrap=True)  # type: ignore[arg-type]

    def _publish(self) -> None:
        if self._ref is not None:
            publish(self.context, self._ref)

    def _add(self) -> None:
        if self._ref is not None:
            add_somebody(self.context, self._ref)

    def _do(self, action: Callable[..., Any], words: str, **given: Any) -> None:
        desk, ref = self.context.desk, self._ref
        self.context.perform(
            lambda _progress: desk.run(action, ref=ref, **given),
            lambda _done: self.context.toast(words, undoable=True),
        )

    def _down(self, one: PublicationRow) -> None:
        self._do(take_down, _("Ticked: taken down"), number=one.number)

    def _others(self, one: PublicationRow) -> None:
        self._do(ask_down, _("Ticked: others were asked"), number=one.number)

    def _replaced(self) -> None:
        self._do(replace_media, _("Written down: it was replaced"))

    def _asked(self) -> None:
        self._do(request_down, _("Written down: she wants it down"))

    def _not_in_it(self, one: MediaPerson) -> None:
        words = _("{name} is not in it").format(name=one.name)
        self._do(remove_person, words, subject_ref=one.subject_ref)

    def _remove(self) -> None:
        desk, ref = self.context.desk, self._ref
        if ref is None or self._view is None:
            return
        words = _("“{title}” is removed").format(title=self._view.row.title)
        self._ref = None  # it is not to be read again
        self.context.perform(
            lambda _progress: desk.run(remove_media, ref=ref), lambda _none: self._gone(words)
        )

    def _gone(self, words: str) -> None:
        self.context.open_page("pictures")
        self.context.toast(words, undoable=True)

    def _save(self) -> None:
        view = self._view
        if view is not None and view.row.allowed:
            ask_place(self.context, view.row.allowed, partial(self._save_for, view))

    def _save_for(self, view: MediaView, place: str) -> None:
        path, desk = self._ask_where(view), self.context.desk
        if path is not None:
            self.context.save(
                lambda _progress: desk.run(
                    export_media, ref=view.row.ref, channel=place, to=path, overwrite=True
                ),
                lambda saved: self.context.toast(_("{name} is saved").format(name=saved.path.name)),
                self.save_button,
            )

    def _ask_where(self, view: MediaView) -> Path | None:
        name = suggested_name(view.row.title, view.media_type, view.file_name)
        ending = Path(name).suffix.removeprefix(".")
        filters = [(ending.upper(), [ending])]
        return ask.choose_file_to_save(self.context.window, _("Save the picture"), name, filters)

    def _leave_out(self, one: MediaPerson) -> None:
        """Save the picture to change it, or take the changed one in its place."""
        view, desk = self._view, self.context.desk
        if view is None:
            return
        sentence = _(
            "Choose the picture in which {name} cannot be recognised. It takes the place of the "
            "old one, which is gone for good. If you have none yet, save the picture first and "
            "change it in a program for pictures."
        ).format(name=one.name)
        if not ask.confirm_irreversible(
            self.context.window, _("Make her unrecognisable"), sentence, _("Choose the new one…")
        ):
            self._save_to_change(view)
            return
        path = ask.choose_file_to_open(
            self.context.window, _("Choose the new picture"), [(_("Pictures"), FILES)]
        )
        if path is not None:
            self.context.perform(
                lambda operation: desk.run(
                    leave_out,
                    ref=view.row.ref,
                    subject_ref=one.subject_ref,
                    path=path,
                    progress=operation,
                ),
                lambda _none: self.context.toast(_("The new picture is in its place")),
            )

    def _save_to_change(self, view: MediaView) -> None:
        path, desk = self._ask_where(view), self.context.desk
        if path is not None:
            self.context.save(
                lambda _progress: desk.run(
                    export_media_to_change, ref=view.row.ref, to=path, overwrite=True
                ),
                lambda saved: self.context.toast(_("{name} is saved").format(name=saved.path.name)),
            )
