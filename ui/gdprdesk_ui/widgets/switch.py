"""A consent has three states: yes, no, and not asked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.theme import color, scaled
from gdprdesk_ui.widgets.buttons import Button
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import column, row
from gdprdesk_ui.widgets.signs import Icon


class Switch(QCheckBox):
    """On or off. Looks like a switch, and is a check box to keyboard and screen reader."""

    def __init__(self, name: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(42), scaled(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        height = scaled(20)
        box = QRectF(2, (self.height() - height) / 2, self.width() - 4, height)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(color("text" if on else "accent"), 2))
                ring = box.adjusted(-1, -1, 1, 1) if not on else box.adjusted(-0.5, -2, 0.5, 2)
                painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
            painter.setPen(QPen(color("accent" if on else "border_strong"), 1.4))
            painter.setBrush(color("accent" if on else "surface"))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("on_accent" if on else "border_strong"))
            x = box.right() - height / 2 if on else box.left() + height / 2
            painter.drawEllipse(QPointF(x, box.center().y()), height * 0.35, height * 0.35)


class ConsentRow(QWidget):
    """One purpose with its state: a switch when the person has answered, else a button to ask.

    The switch shows what is kept, not what was clicked: it turns when `set_state` says so.

    Signals:
        asked: The user wants to ask the person.
        given: The user wants to write down a yes.
        withdrawn: The user wants to write down that it was taken back.
        parted: The user wants to write down that it was taken back for some places.
    """

    asked = Signal()
    given = Signal()
    withdrawn = Signal()
    parted = Signal()

    def __init__(
        self,
        icon_name: str,
        purpose: str,
        sentence: str,
        state: bool | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self.sentence = Label(sentence, "small", "muted", wrap=True)
        self.part_button = Button(
            _("Take back a place…"), "link", size="small", on_click=self.parted.emit
        )
        self.part_button.setAccessibleDescription(purpose)
        self.switch = Switch(purpose)
        self.ask_button = Button(_("Ask…"), size="small", on_click=self.asked.emit)
        self.ask_button.setAccessibleDescription(purpose)
        self.switch.clicked.connect(self._tell)
        words = column(Label(purpose), self.sentence, row(self.part_button, None), spacing=1)
        line = row(Icon(icon_name), words, self.switch, self.ask_button, spacing=12)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.set_state(state, sentence)

    def set_state(self, state: bool | None, sentence: str, *, has_parts: bool = False) -> None:
        """Show yes, no or not asked, and how it came about.

        Args:
            state: Which.
            sentence: How it came about.
            has_parts: Whether the yes is for several places, of which one can be taken back.
        """
        self._state = state
        self.part_button.setVisible(has_parts)
        self.sentence.setText(sentence)
        self.switch.setVisible(state is not None)
        self.ask_button.setVisible(state is None)
        self.switch.setChecked(bool(state))

    def _tell(self, wanted: bool) -> None:
        self.switch.setChecked(bool(self._state))
        (self.given if wanted else self.withdrawn).emit()
