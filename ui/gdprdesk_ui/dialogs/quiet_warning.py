"""A quiet word under a form while somebody writes of a person. It asks, and stops nobody."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gdprdesk.services.quiet_words import QuietWarning, warn_of_words
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.tokens import ink
from gdprdesk_ui.widgets import Icon, Label, row

PAUSE_MS = 400
"""How long nobody types before the words are looked at."""


class QuietStrip(QWidget):
    """Says what the watched fields tell of that had better not be kept; hidden while it is nothing.

    Attributes:
        words: What is said.
        warnings: What it is said of, by kind.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._watched: list[tuple[QLineEdit | QPlainTextEdit, bool]] = []
        self.warnings: tuple[QuietWarning, ...] = ()
        self.words = Label("", "small", "warn", wrap=True)
        line = row(Icon("info", ink("warn"), 16), self.words, spacing=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.hide()

    def watch(self, *fields: QLineEdit | QPlainTextEdit, goods: bool = False) -> None:
        """Look at what is written in these fields; `goods` says that they name what is sold."""
        for field in fields:
            self._watched.append((field, goods))
            field.textChanged.connect(lambda *_text: self._pause.start())

    def look(self) -> None:
        """Look at the words now, and show what there is to ask about them."""
        self._pause.stop()
        found: dict[str, QuietWarning] = {}
        for goods in (False, True):
            text = "\n".join(_text_of(field) for field, of in self._watched if of is goods)
            if text.strip():
                told = self._context.desk.ask(warn_of_words, text=text, goods=goods)
                found |= {one.sentence: one for one in told}
        self.warnings = tuple(found.values())
        self.words.setText("\n".join(found))
        self.setVisible(bool(found))


def _text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
