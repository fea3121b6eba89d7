"""What the window is drawn with: colours, type scale, spaces. Values only, no Qt.

The contrast of every pair of colours that meet is computed in tests/ui/test_theme.py.
"""

from __future__ import annotations

from typing import Literal, get_args

Tone = Literal["neutral", "accent", "warn", "danger", "info"]
"""What a pill, tile or banner says: nothing special, act or done, a deadline, overdue or
destructive, the law. Never by colour alone: a word or an icon always says it too."""

Role = Literal["text", "muted", "accent", "warn", "danger", "info"]
"""What a line of text is."""

Kind = Literal[
    "display", "page", "title", "large", "card", "heading", "body", "strong", "small", "caption",
    "group",
]  # fmt: skip
"""Size and weight of a text."""

Token = Literal[
    "canvas", "surface", "sidebar", "sunken", "hover", "sel",
    "text", "muted", "on_accent", "mark", "mark_text", "scrim", "thumb",
    "accent", "accent_hover", "accent_press", "accent_soft", "accent_text",
    "danger", "danger_hover", "danger_soft", "danger_text",
    "warn", "warn_soft", "warn_text",
    "info", "info_soft", "info_text",
    "neutral_soft", "neutral_text",
    "border", "border_btn", "border_strong",
]  # fmt: skip
"""Name of a colour; both schemes have all of them."""

LIGHT: dict[Token, str] = {
    "canvas": "#F6F5F1", "surface": "#FFFFFF", "sidebar": "#ECEAE3", "sunken": "#F1EFE9",
    "hover": "#F4F2EC", "sel": "#DCEBE4",
    "text": "#1D2320", "muted": "#5A625C", "on_accent": "#FFFFFF",
    "mark": "#FFE59A", "mark_text": "#3A2B00", "scrim": "#6E1D2320", "thumb": "#CFCABE",
    "accent": "#1B6A50", "accent_hover": "#155640", "accent_press": "#0F4432",
    "accent_soft": "#E0EFE8", "accent_text": "#155640",
    "danger": "#B42318", "danger_hover": "#951B12", "danger_soft": "#FCE9E6",
    "danger_text": "#9A1C12",
    "warn": "#B76E00", "warn_soft": "#FBEFD9", "warn_text": "#7A4700",
    "info": "#2A5DA8", "info_soft": "#E5EDF9", "info_text": "#1F4A8A",
    "neutral_soft": "#ECEAE3", "neutral_text": "#4B524D",
    "border": "#E3DFD6", "border_btn": "#CFCABE", "border_strong": "#8B877C",
}  # fmt: skip

DARK: dict[Token, str] = {
    "canvas": "#141716", "surface": "#1C201E", "sidebar": "#101312", "sunken": "#171A19",
    "hover": "#242927", "sel": "#20382F",
    "text": "#ECEFEC", "muted": "#A6AFA9", "on_accent": "#07130E",
    "mark": "#5A4A12", "mark_text": "#FFE9A8", "scrim": "#96000000", "thumb": "#454C48",
    "accent": "#63C39C", "accent_hover": "#7CD3AF", "accent_press": "#4EAA85",
    "accent_soft": "#1B332A", "accent_text": "#84D7B4",
    "danger": "#F2867A", "danger_hover": "#F79E94", "danger_soft": "#3A1E1B",
    "danger_text": "#F8A79D",
    "warn": "#E3A94B", "warn_soft": "#352917", "warn_text": "#EFC078",
    "info": "#8AB4F0", "info_soft": "#1C2A3E", "info_text": "#A8C8F6",
    "neutral_soft": "#2A2F2C", "neutral_text": "#C0C8C2",
    "border": "#2F3532", "border_btn": "#444B47", "border_strong": "#77807A",
}  # fmt: skip

AVATARS_LIGHT = (
    ("#D9E8DF", "#1E5A44"), ("#E6E0F3", "#4B3B86"), ("#F7E1D3", "#8A4318"), ("#DCE7F5", "#23508F"),
    ("#F4DFE6", "#8A2A50"), ("#EBE6C9", "#5E5210"), ("#D8ECEE", "#145A63"),
)  # fmt: skip
AVATARS_DARK = (
    ("#234236", "#A5DFC6"), ("#322B4E", "#CBBFF5"), ("#4A2C1C", "#F5BE9C"), ("#1F3352", "#AECBF5"),
    ("#4A2232", "#F3B3C9"), ("#3D3814", "#E3D78A"), ("#173C41", "#9BDCE4"),
)  # fmt: skip

TYPE: dict[Kind, tuple[int, int]] = {
    "display": (26, 600),
    "page": (22, 600),
    "title": (18, 600),
    "large": (18, 400),
    "card": (16, 600),
    "heading": (14, 600),
    "body": (14, 400),
    "strong": (14, 500),
    "small": (13, 400),
    "caption": (12, 500),
    "group": (12, 600),
}
"""Pixels at 100 % and weight of each kind of text. Nothing is smaller than 12."""

TEXT_SCALES = (1.0, 1.25, 1.5)

# Spaces, in pixels, on a 4-px grid.
XXS, XS, S, M, L, XL, XXL = 2, 4, 8, 12, 16, 24, 32

CONTROL_RADIUS, TILE_RADIUS, CARD_RADIUS, DIALOG_RADIUS = 7, 9, 12, 14
ROW_HEIGHT = 52
READING_WIDTH = 560
"""The widest column of running text."""


def colours(*, dark: bool, high_contrast: bool) -> dict[Token, str]:
    """Return the colours of a scheme; with high contrast every edge is a strong one."""
    chosen = dict(DARK if dark else LIGHT)
    if high_contrast:
        chosen["border"] = chosen["border_btn"] = chosen["border_strong"]
    return chosen


def soft(tone: Tone) -> Token:
    """Return the ground of a tone."""
    return _SOFT[tone]


def ink(tone: Tone) -> Token:
    """Return the text colour that is read on the soft ground of a tone."""
    return _INK[tone]


_SOFT: dict[Tone, Token] = {
    "neutral": "neutral_soft",
    "accent": "accent_soft",
    "warn": "warn_soft",
    "danger": "danger_soft",
    "info": "info_soft",
}
_INK: dict[Tone, Token] = {
    "neutral": "neutral_text",
    "accent": "accent_text",
    "warn": "warn_text",
    "danger": "danger_text",
    "info": "info_text",
}
ROLES: dict[Role, Token] = {
    "text": "text",
    "muted": "muted",
    "accent": "accent_text",
    "warn": "warn_text",
    "danger": "danger_text",
    "info": "info_text",
}
TONES: tuple[Tone, ...] = get_args(Tone)
