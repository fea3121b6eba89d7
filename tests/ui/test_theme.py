import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon
from PySide6.QtWidgets import QLabel, QPushButton

from gdprdesk.resources import resource
from gdprdesk_ui import theme as looks
from gdprdesk_ui.theme import Scheme
from gdprdesk_ui.tokens import (
    AVATARS_DARK,
    AVATARS_LIGHT,
    DARK,
    LIGHT,
    TONES,
    TYPE,
    colours,
    ink,
    soft,
)

TEXT = [
    *[("text", on) for on in ("canvas", "surface", "sidebar", "sunken", "hover", "sel")],
    *[("muted", on) for on in ("canvas", "surface", "sidebar", "sunken", "hover", "sel")],
    *[("on_accent", on) for on in ("accent", "accent_hover", "danger", "danger_hover")],
    *[("accent_text", on) for on in ("canvas", "surface", "sidebar", "sel", "hover")],
    *[(ink(tone), soft(tone)) for tone in TONES],
    *[(ink(tone), "surface") for tone in TONES],
    ("text", "warn_soft"),
    ("text", "danger_soft"),
    ("text", "info_soft"),
    ("text", "accent_soft"),
    ("mark_text", "mark"),
    ("canvas", "text"),  # tooltips
]
EDGES = [
    *[("border_strong", on) for on in ("surface", "canvas")],
    *[("accent", on) for on in ("surface", "canvas", "sidebar")],
    *[(edge, "surface") for edge in ("danger", "warn", "info")],
]


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    red, green, blue = (linear(p) for p in (made.redF(), made.greenF(), made.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT, ids=" on ".join)
def test_every_text_can_be_read(scheme, pair) -> None:
    assert contrast(scheme[pair[0]], scheme[pair[1]]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", EDGES, ids=" on ".join)
def test_every_edge_that_matters_can_be_seen(scheme, pair) -> None:
    assert contrast(scheme[pair[0]], scheme[pair[1]]) >= 3


@pytest.mark.parametrize("pair", [*AVATARS_LIGHT, *AVATARS_DARK], ids=" on ".join)
def test_every_avatar_can_be_read(pair) -> None:
    assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_high_contrast_makes_every_edge_a_strong_one(dark) -> None:
    chosen = colours(dark=dark, high_contrast=True)
    for edge in ("border", "border_btn"):
        assert contrast(chosen[edge], chosen["surface"]) >= 3


def test_both_schemes_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize(("scheme", "values"), [("light", LIGHT), ("dark", DARK)])
def test_the_pictures_of_the_style_sheet_have_the_colours_of_the_scheme(scheme, values) -> None:
    pictures = {"check": "on_accent", "minus": "on_accent", "chevron-down": "muted"}
    for picture, token in pictures.items():
        svg = resource(f"icons/scheme/{picture}-{scheme}.svg").read_text(encoding="utf-8")
        assert f'stroke="{values[token]}"' in svg


def test_no_text_is_under_12_pixels() -> None:
    assert min(pixels for pixels, _weight in TYPE.values()) == 12


def test_a_switch_reaches_palette_text_and_icons(theme, qapp, qtbot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(looks.icon("trash-2", "text"))
    button.setIconSize(QSize(16, 16))
    light = button.icon().pixmap(QSize(16, 16)).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.use(scheme=Scheme.DARK, text_scale=1.5)
    assert qapp.palette().window().color() == QColor(DARK["canvas"])
    assert qapp.font().pixelSize() == 21
    dark = button.icon().pixmap(QSize(16, 16)).toImage()
    assert light != dark


def test_the_icon_of_what_cannot_be_pressed_is_muted(theme, qapp) -> None:
    icon, size = looks.icon("trash-2", "danger_text"), QSize(16, 16)
    off = icon.pixmap(size, QIcon.Mode.Disabled).toImage()
    assert off == looks.icon("trash-2", "muted").pixmap(size).toImage()
    assert off != icon.pixmap(size).toImage()


def test_columns_follow_the_text_size(theme) -> None:
    narrow = looks.ch(10)
    theme.enlarge(+1)
    assert theme.text_scale == 1.25
    assert looks.ch(10) > narrow
    theme.enlarge(+5)
    assert theme.text_scale == 1.5
    theme.enlarge(0)
    assert theme.text_scale == 1.0


def test_the_font_is_the_one_the_program_brings(theme) -> None:
    assert QFontInfo(looks.font("body")).family() == "Inter"


def test_tabular_figures_are_equally_wide(theme, qtbot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setFont(looks.font("body", tabular=True))
    label.ensurePolished()
    metrics = label.fontMetrics()
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_an_unknown_icon_is_a_mistake_at_once(theme) -> None:
    with pytest.raises(FileNotFoundError):
        looks.icon("no-such-icon")
