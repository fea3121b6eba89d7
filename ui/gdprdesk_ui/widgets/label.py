"""Text on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from gdprdesk_ui.theme import NEW_LOOK, font
from gdprdesk_ui.tokens import Kind, Role

LEAST_WIDTH = 48


class Label(QLabel):
    """One line that gives way with an ellipsis, or a paragraph.

    Text is shown as it is, never as markup: names and notes come from people.

    Args:
        text: What to show.
        kind: Size and weight.
        role: Colour by meaning; a word or an icon must say the same.
        wrap: A paragraph instead of one line.
        keep: Never cut: days, times and amounts, whose neighbours give way instead.
        tabular: Figures of equal width, for days, times and amounts.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = "body",
        role: Role = "text",
        *,
        wrap: bool = False,
        keep: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        self._keep, self._tabular = keep, tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setFont(font(kind, tabular=tabular))
        self.setText(text)
        if not wrap and not keep:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_role(self, role: Role) -> None:
        """Change the colour by meaning."""
        self.setProperty("role", role)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self.wordWrap() or self._keep:
            return hint
        return QSize(min(hint.width(), LEAST_WIDTH), hint.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and not self.toolTip() and self._is_cut():
            QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        if event.type() in NEW_LOOK:
            wanted = font(self._kind, tabular=self._tabular)
            if self.font().pixelSize() != wanted.pixelSize():
                self.setFont(wanted)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut():
            super().paintEvent(event)
            return
        box = self.contentsRect()
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                box,
                self.alignment() | Qt.AlignmentFlag.AlignVCenter,
                self.palette(),
                self.isEnabled(),
                cut,
                self.foregroundRole(),
            )

    def _is_cut(self) -> bool:
        if self.wordWrap() or "\n" in self.text():
            return False
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
