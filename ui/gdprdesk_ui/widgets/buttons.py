"""Buttons: one primary in a view, dangerous ones outlined until the last step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gdprdesk_ui.theme import NEW_LOOK, color, icon, scaled
from gdprdesk_ui.tokens import TILE_RADIUS, Token
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import FlowLayout, column, hide_unless, row
from gdprdesk_ui.widgets.signs import Avatar, Icon, IconTile

ButtonKind = Literal["plain", "primary", "danger", "dangerFill", "ghost", "link"]
ButtonSize = Literal["small", "normal", "large"]

_TINTS: dict[ButtonKind, Token] = {
    "plain": "text",
    "primary": "on_accent",
    "danger": "danger_text",
    "dangerFill": "on_accent",
    "ghost": "accent_text",
    "link": "accent_text",
}
_CHOSEN_TILE: tuple[Token, Token] = ("surface", "accent_text")
_OTHER_TILE: tuple[Token, Token] = ("neutral_soft", "neutral_text")
BUSY_AFTER_MS = 300


def _when_clicked(button: QAbstractButton, do: Callable[[], object]) -> None:
    """Call `do` without the state that Qt sends with the click."""

    def act() -> None:
        do()

    button.clicked.connect(act)


class Button(QPushButton):
    """A button named by a verb, with a real "…" when more questions follow.

    Args:
        text: The verb. May hold what people typed: an ampersand is an ampersand.
        kind: plain, primary (one in a view), danger (outlined), dangerFill (the last step),
            ghost and link (quiet).
        icon_name: A Lucide icon before the text.
        size: small in rows, large at the end of a form.
        on_click: What to do.

    Attributes:
        is_busy: Whether what it began is still being done.
    """

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "plain",
        icon_name: str | None = None,
        *,
        size: ButtonSize = "normal",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setProperty("sz", size)
        self.setAutoDefault(False)
        if icon_name:
            self.setIcon(icon(icon_name, _TINTS[kind]))
        self.setText(text)
        self._quiet_text = self.text()
        self._busy_text = ""
        self.is_busy = False
        self._soon = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._soon.timeout.connect(self._show_busy)
        self._measure()
        if on_click is not None:
            _when_clicked(self, on_click)

    def setText(self, text: str) -> None:
        gap = " " if not self.icon().isNull() else ""
        self._quiet_text = gap + text.replace("&", "&&")
        super().setText(self._quiet_text)
        self.setAccessibleName(text)

    def set_busy(self, text: str | None) -> None:
        """Say what is being done ("Saving …"), or None when it is done.

        The button is off at once, says so after 300 ms, and keeps its width.
        """
        self.is_busy = text is not None
        self.setEnabled(text is None)
        if text is None:
            self._soon.stop()
            super().setText(self._quiet_text)
            self.setMinimumWidth(0)
        else:
            self._busy_text = text
            self.setMinimumWidth(self.width())
            self._soon.start()

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _show_busy(self) -> None:
        super().setText(self._busy_text.replace("&", "&&"))

    def _measure(self) -> None:
        self.setIconSize(QSize(scaled(16), scaled(16)))


class IconButton(QToolButton):
    """A button with an icon only; its name is a tooltip and what a screen reader says."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        *,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "icon")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_action(icon_name, name)
        self._measure()
        if on_click is not None:
            _when_clicked(self, on_click)

    def set_action(self, icon_name: str, name: str) -> None:
        """Show another icon and name."""
        self.setIcon(icon(icon_name, "muted"))
        self.setToolTip(name)
        self.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _measure(self) -> None:
        self.setIconSize(QSize(scaled(18), scaled(18)))


class Chip(QPushButton):
    """A filter that is on or off."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setChecked(checked)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say something else, such as another number."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)


class Chips(QWidget):
    """A choice of one among a few filters; arrow keys move the choice.

    Signals:
        chosen: Another one was chosen; its key.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """Args are the keys with their texts (the first is chosen) and what the choice is of."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons = {key: Chip(text) for key, text in choices}
        self.setLayout(FlowLayout(*self.buttons.values()))
        self._group = QButtonGroup(self, exclusive=True)
        for key, button in self.buttons.items():
            self._group.addButton(button)
            button.toggled.connect(partial(self._tell, key))
        self.choose(choices[0][0])
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _tell(self, key: str, on: bool) -> None:
        if on:
            self.chosen.emit(key)

    def choose(self, key: str) -> None:
        """Choose one."""
        self.buttons[key].setChecked(True)

    def key(self) -> str:
        """Return the key of the one that is chosen."""
        return next(key for key, button in self.buttons.items() if button.isChecked())


class ChoiceTile(QRadioButton):
    """One of a few large choices: a sign, a title, a sentence. Arrow keys move the choice.

    Tiles with the same parent exclude each other.
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        icon_name: str | None = None,
        person: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Give it an icon above the text, or the name of a person whose avatar stands before it."""
        super().__init__(parent)
        self.setAccessibleName(f"{title}, {sentence}" if sentence else title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tick = Icon("check" if person else "circle-check", "accent_text", 18)
        keep = self._tick.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._tick.setSizePolicy(keep)
        self._tile = IconTile(icon_name, "neutral", 40, 20) if icon_name else None
        said = Label(sentence, "small" if icon_name else "caption", "muted", wrap=bool(icon_name))
        hide_unless(sentence, said)
        words = column(Label(title, "heading" if icon_name else "strong"), said, spacing=2)
        inside: QBoxLayout
        if self._tile:
            top = row(self._tile, None, self._tick)
            inside = column(top, 4, words, None, spacing=4, margins=(16, 14, 14, 12))
        else:
            sign = Avatar(person, 34) if person else None
            items = [sign] if sign else []
            inside = row(*items, words, None, self._tick, spacing=10, margins=(10, 9, 12, 9))
        self._inside = inside
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._show_choice)
        self._show_choice()

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSize()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        on, focused = self.isChecked(), self.hasFocus()
        ground: Token = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        edge: Token = "text" if on and focused else "accent" if on or focused else "border_btn"
        width = 2 if on or focused else 1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color(edge), width))
            painter.setBrush(color(ground))
            inset = width / 2
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, TILE_RADIUS + 1, TILE_RADIUS + 1)

    def _show_choice(self) -> None:
        self._tick.setVisible(self.isChecked())
        if self._tile:
            on = self.isChecked()
            self._tile.set_colours(*_CHOSEN_TILE if on else _OTHER_TILE)
