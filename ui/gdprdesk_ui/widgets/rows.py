"""Rows of a card: a thing to do with its button, a thing to know, a thing to open."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gdprdesk_ui.theme import ch, color
from gdprdesk_ui.tokens import CONTROL_RADIUS, Token, Tone
from gdprdesk_ui.widgets.buttons import Button
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import Item, Line, column, hide_unless, row
from gdprdesk_ui.widgets.signs import Icon, IconTile, Pill


class TaskRow(QWidget):
    """Something to do: why, until when, and one button with the verb.

    Signals:
        chosen: The button was pressed.
    """

    chosen = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        sentence: str,
        verb: str,
        *,
        tone: Tone = "neutral",
        deadline: str = "",
        primary: bool = False,
        last: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """A deadline is shown as a pill of the tone; the last row of a card has no line under."""
        super().__init__(parent)
        self.button = Button(
            verb, "primary" if primary else "plain", size="small", on_click=self.chosen.emit
        )
        self.button.setMinimumWidth(ch(15))
        self.button.setAccessibleDescription(title)
        words = column(
            Label(title, "strong", wrap=True), Label(sentence, "small", "muted"), spacing=2
        )
        pill = [Pill(deadline, tone, "clock")] if deadline else []
        line = row(
            IconTile(icon_name, tone), words, *pill, 8, self.button, spacing=12,
            margins=(16, 11, 16, 11),
        )  # fmt: skip
        line.setStretch(1, 1)
        under: list[Item] = [] if last else [row(Line(), margins=(64, 0, 0, 0))]
        self.setLayout(column(line, *under, spacing=0))


class ListRow(QWidget):
    """Something to know: a sign, a title with a sentence under it, and what stands to the right.

    Args:
        sign: An icon, avatar, check box, or a label with a time or a day.
        title: What it is.
        sentence: More about it.
        right: Pills, switches, links, amounts.
        wrap: Show the whole sentence, on more lines if need be.
    """

    def __init__(
        self,
        sign: QWidget | str | None,
        title: str,
        sentence: str = "",
        *right: QWidget,
        tint: Token = "muted",
        strong: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, "strong" if strong else "body")
        self.sentence = Label(sentence, "small", "muted", wrap=wrap)
        hide_unless(sentence, self.sentence)
        words = column(self.title, self.sentence, spacing=1)
        shown = Icon(sign, tint) if isinstance(sign, str) else sign
        line = row(*([shown] if shown else []), words, *right, spacing=12)
        line.setStretch(1 if shown else 0, 1)
        self.setLayout(line)


class OpenRow(QAbstractButton):
    """A row that opens what it shows, by click, Enter or Space."""

    def __init__(
        self,
        sign: QWidget | str | None,
        title: str,
        sentence: str = "",
        *right: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(f"{title}, {sentence}" if sentence else title)
        self.setAccessibleName(self.text())
        inside = ListRow(sign, title, sentence, *right)
        inside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = row(inside, margins=(10, 6, 10, 6))
        self.setLayout(self._inside)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            focused = self.hasFocus()
            if focused or self.underMouse():
                pen = QPen(color("accent"), 2) if focused else QPen(Qt.PenStyle.NoPen)
                painter.setPen(pen)
                painter.setBrush(color("hover"))
                box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)


def time_label(text: str, digits: int = 6) -> Label:
    """Return a label for the time or day at the left of a row, equally wide in every row."""
    label = Label(text, "strong", keep=True, tabular=True)
    label.setFixedWidth(ch(digits))
    return label
