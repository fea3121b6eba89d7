"""Putting widgets beside and under each other, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdprdesk_ui.painting import paint_separator
from gdprdesk_ui.theme import color
from gdprdesk_ui.tokens import S

Item = QWidget | QLayout | int | None
"""A widget, a layout, some pixels of space, or None for all the space that is left."""

Margins = tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)


def row(*items: Item, spacing: int = S, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Put items beside each other."""
    return _fill(QHBoxLayout(), items, spacing, margins)


def column(*items: Item, spacing: int = S, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Put items under each other."""
    return _fill(QVBoxLayout(), items, spacing, margins)


def _fill(box: Box, items: Sequence[Item], spacing: int, margins: Margins) -> Box:
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    for item in items:
        add(box, item)
    return box


def add(box: QBoxLayout, item: Item) -> None:
    """Add one item to a row or a column."""
    if item is None:
        box.addStretch(1)
    elif isinstance(item, int):
        box.addSpacing(item)
    elif isinstance(item, QWidget):
        box.addWidget(item)
    else:
        box.addLayout(item)


def holder(layout: QLayout) -> QWidget:
    """Return a widget around a layout, to hide it or to give it a width."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def hide_unless(wanted: object, widget: QWidget) -> None:
    """Hide a widget that has nothing to say, before it is put anywhere.

    Such a widget must never be told to show itself: without a parent it would open as a window
    and take the focus away.
    """
    if not wanted:
        widget.hide()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Line(QWidget):
    """A thin separator."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._upright = upright
        along, across = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(*((across, along) if upright else (along, across)))

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._upright:
                painter.fillRect(self.rect(), color("border"))
            else:
                paint_separator(painter, 0, self.width(), 0)


class Surface(QFrame):
    """A white ground, for panes that fill a side of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")


def scrolling(inner: QWidget, *, ground: str = "canvas") -> QScrollArea:
    """Put a widget in an area that scrolls up and down. `ground`: "canvas" or "surface"."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setObjectName(ground)
    inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)  # its ground is in the style sheet
    area.viewport().setAutoFillBackground(False)
    return area


class FlowLayout(QLayout):
    """Items beside each other, on the next line when one is full. Hidden ones take no room."""

    def __init__(self, *items: QWidget, spacing: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for item in items:
            self.addWidget(item)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = max(0, rect.height() - self.heightForWidth(rect.width()))
        self._arrange(rect.adjusted(0, spare // 2, 0, 0), move=True)

    def sizeHint(self) -> QSize:
        width = sum(item.sizeHint().width() for item in self._items)
        height = max((item.sizeHint().height() for item in self._items), default=0)
        shown = sum(not item.isEmpty() for item in self._items)
        gaps = self.spacing() * max(0, shown - 1)
        return QSize(width + gaps, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins: QMargins = self.contentsMargins()
        inside = rect.marginsRemoved(margins)
        x, y, tallest = inside.left(), inside.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > inside.left() and x + size.width() > inside.right() + 1:
                x, y, tallest = inside.left(), y + tallest + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            tallest = max(tallest, size.height())
        return y + tallest + margins.bottom() - rect.top()
