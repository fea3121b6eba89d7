"""What stands in a cell of a table: each kind paints itself and says itself aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics, QPainter

from gdprdesk_ui.painting import (
    paint_avatar,
    paint_icon,
    paint_pill,
    paint_text,
    pill_width,
)
from gdprdesk_ui.theme import font, scaled
from gdprdesk_ui.tokens import ROLES, Role, Tone


class Cell(Protocol):
    """Something that can be painted in a cell and read out by a screen reader."""

    def spoken(self) -> str:
        """Return what a screen reader says."""
        ...

    def paint(self, painter: QPainter, box: QRectF, needle: str) -> None:
        """Paint it. `needle` is what was searched for, to be marked."""


@dataclass(frozen=True, repr=False)
class TextCell:
    """One line of text; days and amounts with figures of equal width."""

    text: str
    role: Role = "text"
    tabular: bool = False
    right: bool = False

    def spoken(self) -> str:
        return self.text

    def paint(self, painter: QPainter, box: QRectF, needle: str) -> None:
        drawn = font("body", tabular=self.tabular)
        if self.right:
            wide = min(QFontMetrics(drawn).horizontalAdvance(self.text), int(box.width()))
            box = QRectF(box.right() - wide, box.top(), wide + 1, box.height())
        paint_text(painter, box, self.text, drawn, tint=ROLES[self.role], needle=needle)


@dataclass(frozen=True, repr=False)
class PersonCell:
    """An avatar, a name with a line under it, and a pill if the person is something special."""

    name: str
    detail: str = ""
    pill: str = ""

    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.pill, self.detail) if part)

    def paint(self, painter: QPainter, box: QRectF, needle: str) -> None:
        size = scaled(34)
        top = box.top() + (box.height() - size) / 2
        paint_avatar(painter, QRectF(box.left(), top, size, size), self.name)
        words = box.adjusted(size + scaled(12), 0, 0, 0)
        paint_two_lines(painter, words, self.name, self.detail, needle=needle, pill=self.pill)


@dataclass(frozen=True, repr=False)
class TwoLineCell:
    """A line with a quieter one under it."""

    title: str
    detail: str
    tone: Tone = "neutral"
    pill: str = ""

    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.pill, self.detail) if part)

    def paint(self, painter: QPainter, box: QRectF, needle: str) -> None:
        paint_two_lines(
            painter, box, self.title, self.detail, needle=needle, pill=self.pill, tone=self.tone
        )


@dataclass(frozen=True, repr=False)
class PillCell:
    """A pill."""

    text: str
    tone: Tone = "neutral"
    icon: str | None = None

    def spoken(self) -> str:
        return self.text

    def paint(self, painter: QPainter, box: QRectF, needle: str) -> None:
        if self.text:
            at = QPointF(box.left(), box.center().y())
            paint_pill(painter, at, self.text, self.tone, self.icon)


@dataclass(frozen=True, repr=False)
class SignCell:
    """A few yes-or-no signs beside each other: the icon, or a dash.

    Args:
        signs: For each: the icon, whether it is so, and what is said of it ("newsletter yes").
    """

    signs: tuple[tuple[str, bool, str], ...]

    def spoken(self) -> str:
        return ", ".join(words for _icon, _on, words in self.signs)

    def paint(self, painter: QPainter, box: QRectF, needle: str) -> None:
        size, x = scaled(17), box.left()
        for icon, on, _words in self.signs:
            if on:
                corner = QPointF(x, box.center().y() - size / 2)
                paint_icon(painter, icon, "accent_text", corner, size)
            else:
                dash = QRectF(x + scaled(4), box.top(), size, box.height())
                paint_text(painter, dash, "\N{EN DASH}", font("body"), tint="muted")
            x += scaled(28)


def paint_two_lines(
    painter: QPainter,
    box: QRectF,
    title: str,
    detail: str,
    *,
    needle: str = "",
    pill: str = "",
    tone: Tone = "neutral",
) -> None:
    """Paint a title, a pill after it if there is room, and a quieter line under them."""
    upper, lower = scaled(20), scaled(18)
    top = box.center().y() - (upper + (lower if detail else 0)) / 2
    line = QRectF(box.left(), top, box.width(), upper)
    wide = paint_text(painter, line, title, font("strong"), tint="text", needle=needle)
    if pill and wide + scaled(8) + pill_width(pill) <= box.width():
        at = QPointF(box.left() + wide + scaled(8), line.center().y())
        paint_pill(painter, at, pill, tone, slim=True)
    if detail:
        under = QRectF(box.left(), top + upper - 1, box.width(), lower)
        paint_text(painter, under, detail, font("small"), tint="muted", needle=needle)
