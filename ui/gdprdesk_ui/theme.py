"""How the window looks now: scheme, text size, fonts and icons.

There is one look in a program, as there is one style sheet. `Theme` switches it; the functions
`color`, `font`, `icon`, `pixmap` and `ch` read it. A widget that measures its text listens to the
events of `NEW_LOOK`; icons follow by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QDir, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QIcon,
    QIconEngine,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from gdprdesk.resources import resource
from gdprdesk_ui.style_sheet import style_sheet
from gdprdesk_ui.tokens import TEXT_SCALES, TYPE, Kind, Token, colours

FAMILY = "Inter"
STROKE = "1.75"

NEW_LOOK = frozenset({QEvent.Type.StyleChange, QEvent.Type.Polish})
"""The events after which a widget measures its text again: a switch, or its first showing."""


class Scheme(StrEnum):
    """Which colours the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Look:
    """The look of the moment: a scheme, a text scale and the colours that follow."""

    dark: bool = False
    high_contrast: bool = False
    text_scale: float = 1.0
    colours: dict[Token, str] = field(
        default_factory=lambda: colours(dark=False, high_contrast=False)
    )


_look = [Look()]


def look() -> Look:
    """Return the look of the moment."""
    return _look[0]


class Theme(QObject):
    """The switch for scheme, contrast and text size. One in a program.

    Attributes:
        app: The program.

    Signals:
        changed: Everything has been given its new look.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.app = app
        self._scheme = Scheme.SYSTEM
        QDir.setSearchPaths("icons", [str(resource("icons"))])
        for weight in ("Regular", "Medium", "SemiBold", "Bold"):
            ttf = resource(f"fonts/{FAMILY}-{weight}.ttf").read_bytes()
            QFontDatabase.addApplicationFontFromData(QByteArray(ttf))
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._wear(look())

    @property
    def scheme(self) -> Scheme:
        """What the user wants, which may be to follow the system."""
        return self._scheme

    @property
    def text_scale(self) -> float:
        """How large text is: 1.0, 1.25 or 1.5."""
        return look().text_scale

    def use(
        self,
        *,
        scheme: Scheme | None = None,
        text_scale: float | None = None,
        high_contrast: bool | None = None,
    ) -> None:
        """Change what is given and give the whole window its new look."""
        hints = self.app.styleHints()
        if scheme is not None and scheme != self._scheme:
            self._scheme = scheme
            if scheme is Scheme.SYSTEM:
                hints.unsetColorScheme()
            else:
                hints.setColorScheme(_QT_SCHEME[scheme])
        self._wear(
            replace(
                look(),
                text_scale=text_scale or look().text_scale,
                high_contrast=look().high_contrast if high_contrast is None else high_contrast,
            )
        )

    def enlarge(self, steps: int) -> None:
        """Go that many steps up or down in text size; 0 is back to 100 %."""
        place = TEXT_SCALES.index(self.text_scale) + steps if steps else 0
        self.use(text_scale=TEXT_SCALES[max(0, min(place, len(TEXT_SCALES) - 1))])

    def _is_dark(self) -> bool:
        if self._scheme is Scheme.SYSTEM:
            return self.app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK

    def _follow_system(self) -> None:
        if self._is_dark() != look().dark:
            self._wear(look())

    def _wear(self, wanted: Look) -> None:
        dark = self._is_dark()
        worn = replace(
            wanted, dark=dark, colours=colours(dark=dark, high_contrast=wanted.high_contrast)
        )
        if worn == look() and self.app.styleSheet():  # dressing every widget anew takes long
            return
        _look[0] = worn
        self.app.setPalette(palette())
        self.app.setFont(font("body"))
        self.app.setStyleSheet(
            style_sheet(look().colours, scheme="dark" if dark else "light", scale=look().text_scale)
        )
        self.changed.emit()


_QT_SCHEME = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}


def color(token: Token) -> QColor:
    """Return a colour of the scheme shown now."""
    return QColor(look().colours[token])


def scaled(pixels: int) -> int:
    """Return a length that follows the text size."""
    return round(pixels * look().text_scale)


def font(kind: Kind = "body", *, tabular: bool = False) -> QFont:
    """Return the font of a kind of text.

    Tabular figures are for days, times and amounts only: in telephone numbers they tear the
    hyphens apart.
    """
    pixels, weight = TYPE[kind]
    made = QFont(FAMILY)
    made.setPixelSize(scaled(pixels))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if kind in ("display", "page"):
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.3)
    if kind == "group":
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
        made.setCapitalization(QFont.Capitalization.AllUppercase)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def ch(digits: int, kind: Kind = "body") -> int:
    """Return the width of so many digits: column widths follow the text size."""
    return QFontMetrics(font(kind, tabular=True)).horizontalAdvance("0" * digits)


def icon(name: str, tint: Token = "muted", on: Token | None = None) -> QIcon:
    """Return a Lucide icon in a colour of the scheme, and another one when it is checked.

    Raises:
        FileNotFoundError: resources/icons has no such icon.
    """
    return QIcon(_icon(name, tint, on or tint))


def pixmap(name: str, tint: Token, size: int, ratio: float) -> QPixmap:
    """Return a Lucide icon as a picture of `size` logical pixels, for painting."""
    return _picture(name, color(tint).name(), round(size * ratio), ratio)


class _Engine(QIconEngine):
    """Draws an icon in the colours of the moment, so that a switch of scheme reaches it.

    An icon of ours is never added to (QIcon.addPixmap): that would copy the engine.
    """

    def __init__(self, name: str, off: Token, on: Token) -> None:
        super().__init__()
        _svg(name)  # an unknown name fails here, not while painting
        self._name = name
        self._off: Token = off
        self._on: Token = on

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        tint: Token = self._on if state == QIcon.State.On else self._off
        if mode == QIcon.Mode.Disabled:
            tint = "muted"
        return pixmap(self._name, tint, size.width(), scale)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))


@cache
def _icon(name: str, off: Token, on: Token) -> QIcon:
    return QIcon(_Engine(name, off, on))


@cache
def _svg(name: str) -> str:
    drawn = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return re.sub(r'stroke-width="[^"]+"', f'stroke-width="{STROKE}"', drawn)


@lru_cache(maxsize=1024)
def _picture(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    drawn = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        drawn.render(painter, QRectF(image.rect()))
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def palette() -> QPalette:
    """Return the palette of the scheme: for delegates, selections and native parts."""
    roles, made = QPalette.ColorRole, QPalette()
    tokens: dict[QPalette.ColorRole, Token] = {
        roles.Window: "canvas",
        roles.WindowText: "text",
        roles.Base: "surface",
        roles.AlternateBase: "sunken",
        roles.Text: "text",
        roles.Button: "surface",
        roles.ButtonText: "text",
        roles.Highlight: "sel",
        roles.HighlightedText: "text",
        roles.PlaceholderText: "muted",
        roles.ToolTipBase: "text",
        roles.ToolTipText: "canvas",
        roles.Link: "accent_text",
        roles.Accent: "accent",
        roles.Mid: "border",
        roles.Light: "surface",
        roles.Dark: "border_strong",
        roles.Shadow: "border",
    }
    for role, token in tokens.items():
        made.setColor(role, color(token))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, color("muted"))
    return made
