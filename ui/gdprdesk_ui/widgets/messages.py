"""What the page itself says: a banner until something is solved, and a page with nothing yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from gdprdesk_ui.tokens import READING_WIDTH, Role, Tone, ink
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import Item, column, hide_unless, row
from gdprdesk_ui.widgets.signs import Icon, IconTile

_ICONS: dict[Tone, str] = {
    "neutral": "info",
    "accent": "circle-check",
    "info": "info",
    "warn": "clock",
    "danger": "triangle-alert",
}
_ROLES: dict[Tone, Role] = {"warn": "warn", "danger": "danger", "info": "info", "accent": "accent"}


class Banner(QFrame):
    """Stays until the problem is solved, and carries the button that solves it. One in a page."""

    def __init__(
        self,
        tone: Tone,
        title: str,
        sentence: str = "",
        buttons: Sequence[QWidget] = (),
        *,
        icon_name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self.title = Label(title, "strong", _ROLES.get(tone, "text"), wrap=True)
        self.sentence = Label(sentence, "small", wrap=True)
        hide_unless(sentence, self.sentence)
        sign = Icon(icon_name or _ICONS[tone], ink(tone), 20)
        words = column(self.title, self.sentence, spacing=1)
        line = row(sign, words, *buttons, spacing=12, margins=(14, 10, 12, 10))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_words(self, title: str, sentence: str = "") -> None:
        """Say something else."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))


class EmptyState(QFrame):
    """A page or a list with nothing in it yet: what it is for and how to begin.

    Signals:
        dropped: A file was dropped here (only if it takes files).
    """

    dropped = Signal(Path)

    def __init__(
        self,
        icon_name: str,
        title: str,
        sentence: str,
        buttons: Sequence[QWidget] = (),
        *,
        footnote: str = "",
        takes_files: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drop" if takes_files else "empty")
        self.setAcceptDrops(takes_files)
        self.title = Label(title, "page", wrap=True)
        self.sentence = Label(sentence, "body", "muted", wrap=True)
        self.footnote = Label(footnote, "small", "muted", wrap=True)
        hide_unless(footnote, self.footnote)
        for label in (self.title, self.sentence, self.footnote):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(READING_WIDTH)
        items: list[Item] = [
            None,
            row(None, IconTile(icon_name, "accent", 64, 30), None),
            16,
            *_centred(self.title),
            6,
            *_centred(self.sentence),
            20 if buttons else 0,
            row(None, *buttons, None, spacing=10),
            14,
            *_centred(self.footnote),
            None,
        ]
        self.setLayout(column(*items, spacing=0, margins=(24, 32, 24, 32)))

    def set_words(self, title: str, sentence: str) -> None:
        """Say something else."""
        self.title.setText(title)
        self.sentence.setText(sentence)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()
            self._show_over("true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over("false")

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over("false")
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def _show_over(self, over: str) -> None:
        self.setProperty("over", over)
        self.style().polish(self)


def _centred(label: Label) -> list[Item]:
    line = row(None, label, None, spacing=0)
    line.setStretch(1, 10)
    return [line]
