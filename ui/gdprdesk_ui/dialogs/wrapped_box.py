"""A check box whose words may take more than one line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from gdprdesk_ui.widgets import Label, row


class WrappedBox(QWidget):
    """A box and its words; a click on the words ticks it, too.

    Attributes:
        box: The box itself, by its words for a screen reader.
    """

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(words)
        self._words = Label(words, wrap=True)
        self._words.installEventFilter(self)
        line = row(self.box, self._words, spacing=8)
        line.setStretch(1, 1)
        line.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setFocusProxy(self.box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self.box.click()
        return super().eventFilter(watched, event)
