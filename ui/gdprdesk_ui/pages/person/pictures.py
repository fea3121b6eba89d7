"""The pictures and references that a person is in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _
from gdprdesk.services.media_view import MediaRow, list_media, read_preview
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.media_form import new_media
from gdprdesk_ui.pages.media.tile import SIGNS, state_of
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Button, Card, CardHeading, Icon, ListRow, clear, column

_SIZE, _MOST = 44, 12


class PicturesCard(Card):
    """A small picture of each, its name, and whether it may be shown.

    Attributes:
        add_button: Takes in a picture of her.
        open_buttons: Open the page of each.
    """

    def __init__(self, context: PageContext) -> None:
        self.add_button = Button(_("Add…"), "link", "image", on_click=self._add)
        super().__init__(CardHeading(_("Pictures and references"), self.add_button))
        self._context = context
        self._ref: SubjectRef | None = None
        self.open_buttons: list[Button] = []
        self._rows = column(spacing=8)
        self.box.addLayout(self._rows)

    def show_person(self, ref: SubjectRef) -> None:
        """Show what a person is in; the card is not there where she is in nothing."""
        self._ref = ref
        may = self._context.may(list_media)
        rows = self._context.desk.ask(list_media, subject_ref=ref, limit=_MOST).rows if may else ()
        clear(self._rows)
        self.open_buttons = []
        for one in rows:
            self._rows.addWidget(self._row(one))
        self.setVisible(bool(rows))

    def _row(self, one: MediaRow) -> ListRow:
        go = Button(
            _("Open"), "link", on_click=partial(self._context.open_page, "picture", ref=one.ref)
        )
        go.setAccessibleDescription(one.title)
        self.open_buttons.append(go)
        words, tone = state_of(one)
        tint = "danger_text" if tone == "danger" else "muted"
        return ListRow(self._sign(one), one.title, words, go, tint=tint)  # type: ignore[arg-type]

    def _sign(self, one: MediaRow) -> QWidget:
        if not one.has_preview:
            return Icon(SIGNS[one.kind], "muted", 20)
        pixmap = QPixmap()
        pixmap.loadFromData(self._context.desk.ask(read_preview, ref=one.ref))
        small = QLabel()
        size = scaled(_SIZE)
        small.setPixmap(
            pixmap.scaled(
                size,
                size,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        return small

    def _add(self) -> None:
        new_media(self._context, person=self._ref)
