"""The one style sheet of the program, made from the tokens. No widget has one of its own.

Variants are chosen by dynamic properties: `kind` (what a control is), `sz` (small or large; the
name `size` would hit QWidget.size), `tone`, `error`. Fonts of labels are not set here: they come
from `theme.font`, which also knows tabular figures.
"""

from __future__ import annotations

from collections.abc import Callable

from gdprdesk_ui.tokens import (
    CARD_RADIUS,
    CONTROL_RADIUS,
    DIALOG_RADIUS,
    ROLES,
    TONES,
    Token,
    ink,
    soft,
)

_Px = Callable[[int], int]


def style_sheet(c: dict[Token, str], *, scheme: str, scale: float) -> str:
    """Return the style sheet of a scheme ("light" or "dark") at a text scale."""

    def px(size: int) -> int:
        return round(size * scale)

    return "\n".join(
        (_grounds(c), _buttons(c, px), _inputs(c, px, scheme), _views(c, px), _tones(c))
    )


def _grounds(c: dict[Token, str]) -> str:
    return f"""
* {{ outline: 0; }}
QMainWindow, QWidget#canvas {{ background: {c["canvas"]}; }}
QToolTip {{ background: {c["text"]}; color: {c["canvas"]}; border: 0; padding: 6px 8px; }}
QLabel {{ background: transparent; }}
QFrame#sidebar {{ background: {c["sidebar"]}; border-right: 1px solid {c["border"]}; }}
QWidget#surface {{ background: {c["surface"]}; }}
QFrame[kind="card"] {{ background: {c["surface"]}; border: 1px solid {c["border"]};
  border-radius: {CARD_RADIUS}px; }}
QFrame[kind="sunken"] {{ background: {c["sunken"]}; border: 1px solid {c["border"]};
  border-radius: {CARD_RADIUS}px; }}
QFrame[kind="strip"] {{ background: {c["sunken"]}; border: 1px solid {c["border"]};
  border-radius: {CARD_RADIUS}px; margin: 0 16px 12px 16px; }}
QFrame[kind="drop"] {{ background: {c["surface"]}; border: 2px dashed {c["border_btn"]};
  border-radius: 16px; }}
QFrame[kind="drop"][over="true"] {{ background: {c["accent_soft"]}; border-color: {c["accent"]}; }}
QFrame[kind="overlay"] {{ background: {c["surface"]}; border: 1px solid {c["border_btn"]};
  border-radius: {DIALOG_RADIUS}px; }}
QFrame[kind="toast"] {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]};
  border-radius: {CARD_RADIUS}px; }}
"""


def _buttons(c: dict[Token, str], px: _Px) -> str:
    return f"""
QPushButton {{ background: {c["surface"]}; border: 1px solid {c["border_btn"]};
  border-radius: {CONTROL_RADIUS}px; padding: 0 14px; min-height: {px(34)}px; font-weight: 500; }}
QPushButton:hover {{ background: {c["hover"]}; border-color: {c["border_strong"]}; }}
QPushButton:pressed {{ background: {c["sunken"]}; }}
QPushButton:focus {{ border: 2px solid {c["accent"]}; padding: 0 13px; }}
QPushButton:disabled {{ color: {c["muted"]}; background: {c["sunken"]};
  border: 1px solid {c["border"]}; }}
QPushButton[kind="primary"] {{ background: {c["accent"]}; color: {c["on_accent"]};
  border: 1px solid {c["accent"]}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {c["accent_hover"]};
  border-color: {c["accent_hover"]}; }}
QPushButton[kind="primary"]:pressed {{ background: {c["accent_press"]}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c["text"]}; padding: 0 13px; }}
QPushButton[kind="danger"] {{ color: {c["danger_text"]}; border: 1px solid {c["danger"]}; }}
QPushButton[kind="danger"]:hover {{ background: {c["danger_soft"]}; }}
QPushButton[kind="danger"]:focus {{ border: 2px solid {c["danger"]}; padding: 0 13px; }}
QPushButton[kind="dangerFill"] {{ background: {c["danger"]}; color: {c["on_accent"]};
  border: 1px solid {c["danger"]}; font-weight: 600; }}
QPushButton[kind="dangerFill"]:hover {{ background: {c["danger_hover"]}; }}
QPushButton[kind="dangerFill"]:focus {{ border: 2px solid {c["text"]}; padding: 0 13px; }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled,
QPushButton[kind="dangerFill"]:disabled {{ background: {c["sunken"]}; color: {c["muted"]};
  border: 1px solid {c["border"]}; }}
QPushButton[kind="ghost"] {{ background: transparent; border: 1px solid transparent;
  color: {c["accent_text"]}; padding: 0 8px; }}
QPushButton[kind="ghost"]:hover {{ background: {c["hover"]}; }}
QPushButton[kind="ghost"]:focus {{ border: 2px solid {c["accent"]}; padding: 0 7px; }}
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent;
  border-radius: 5px; color: {c["accent_text"]}; padding: 0 2px; min-height: {px(28)}px;
  text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c["accent"]}; padding: 0 2px; }}
QPushButton[sz="small"] {{ min-height: {px(28)}px; padding: 0 10px; font-size: {px(13)}px; }}
QPushButton[sz="small"]:focus {{ padding: 0 9px; }}
QPushButton[sz="large"] {{ min-height: {px(42)}px; font-size: {px(15)}px; }}
QPushButton[kind="chip"] {{ background: transparent; border: 1px solid {c["border_btn"]};
  border-radius: {(px(28) + 2) // 2}px; min-height: {px(28)}px; padding: 0 12px;
  font-size: {px(13)}px; color: {c["muted"]}; }}
QPushButton[kind="chip"]:hover {{ background: {c["hover"]}; color: {c["text"]}; }}
QPushButton[kind="chip"]:checked {{ background: {c["accent_soft"]};
  border: 1px solid {c["accent"]}; color: {c["accent_text"]}; font-weight: 600; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {c["accent"]}; padding: 0 11px; }}
QPushButton[kind="searchButton"] {{ border: 1px solid {c["border_strong"]}; color: {c["muted"]};
  font-weight: 400; text-align: left; padding: 0 8px; }}
QPushButton[kind="searchButton"]:focus {{ border: 2px solid {c["accent"]}; padding: 0 7px; }}
QToolButton[kind="icon"] {{ background: transparent; border: 1px solid transparent;
  border-radius: {CONTROL_RADIUS}px; min-width: {px(28)}px; min-height: {px(28)}px; padding: 0; }}
QToolButton[kind="icon"]:hover {{ background: {c["hover"]}; border-color: {c["border"]}; }}
QToolButton[kind="icon"]:pressed {{ background: {c["sunken"]}; }}
QToolButton[kind="icon"]:focus {{ border: 2px solid {c["accent"]}; min-width: {px(26)}px;
  min-height: {px(26)}px; }}
QToolButton[kind="icon"]::menu-indicator {{ width: 0; image: none; }}
QToolButton[kind="nav"] {{ background: transparent; border: 1px solid transparent;
  border-radius: {CONTROL_RADIUS}px; text-align: left; padding: 0 10px; min-height: {px(36)}px;
  font-weight: 500; color: {c["text"]}; }}
QToolButton[kind="nav"]:hover {{ background: {c["hover"]}; }}
QToolButton[kind="nav"]:checked {{ background: {c["surface"]}; border: 1px solid {c["border"]};
  color: {c["accent_text"]}; font-weight: 600; }}
QToolButton[kind="note"] {{ background: transparent; border: 1px solid transparent;
  border-radius: {CONTROL_RADIUS}px; text-align: left; padding: 0 5px; min-height: {px(28)}px;
  font-size: {px(12)}px; color: {c["muted"]}; }}
QToolButton[kind="note"][tone="warn"] {{ color: {c["warn_text"]}; font-weight: 600; }}
QToolButton[kind="note"][tone="danger"] {{ color: {c["danger_text"]}; font-weight: 600; }}
QToolButton[kind="note"]:hover {{ background: {c["hover"]}; }}
QToolButton[kind="note"]:focus {{ border: 2px solid {c["accent"]}; padding: 0 4px; }}
QToolButton[kind="nav"]:focus {{ border: 2px solid {c["accent"]}; padding: 0 9px; }}
"""


def _inputs(c: dict[Token, str], px: _Px, scheme: str) -> str:
    return f"""
QLineEdit, QComboBox, QPlainTextEdit {{ background: {c["surface"]};
  border: 1px solid {c["border_strong"]}; border-radius: {CONTROL_RADIUS}px; padding: 0 10px;
  min-height: {px(34)}px; selection-background-color: {c["accent"]};
  selection-color: {c["on_accent"]}; }}
QPlainTextEdit {{ padding: 6px 8px; }}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {c["accent"]}; padding: 0 9px; }}
QPlainTextEdit:focus {{ border: 2px solid {c["accent"]}; padding: 5px 7px; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ border-color: transparent;
  background: transparent; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ background: {c["sunken"]};
  color: {c["muted"]}; border-color: {c["border"]}; }}
QLineEdit[error="true"], QComboBox[error="true"] {{ border: 2px solid {c["danger"]};
  padding: 0 9px; }}
QPlainTextEdit[error="true"] {{ border: 2px solid {c["danger"]}; padding: 5px 7px; }}
QLineEdit[kind="search"] {{ padding: 0 6px 0 2px; }}
QLineEdit[kind="search"]:focus {{ padding: 0 5px 0 1px; }}
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus {{ border: 0; background: transparent;
  font-size: {px(18)}px; min-height: {px(54)}px; padding: 0 8px; }}
QLineEdit[sz="large"] {{ min-height: {px(42)}px; font-size: {px(16)}px; }}
QComboBox::drop-down {{ border: 0; width: {px(30)}px; }}
QComboBox::down-arrow {{ image: url("icons:scheme/chevron-down-{scheme}.svg");
  width: {px(16)}px; height: {px(16)}px; }}
QComboBox QAbstractItemView {{ background: {c["surface"]}; border: 1px solid {c["border_btn"]};
  padding: 4px; min-height: {px(34)}px; }}
QComboBox QAbstractItemView::item {{ min-height: {px(30)}px; padding: 0 6px; }}
QCheckBox, QRadioButton {{ spacing: 10px; min-height: {px(30)}px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(18)}px; height: {px(18)}px; }}
QCheckBox::indicator {{ border: 1px solid {c["border_strong"]}; border-radius: 5px;
  background: {c["surface"]}; }}
QCheckBox::indicator:checked {{ background: {c["accent"]}; border-color: {c["accent"]};
  image: url("icons:scheme/check-{scheme}.svg"); }}
QCheckBox::indicator:indeterminate {{ background: {c["accent"]}; border-color: {c["accent"]};
  image: url("icons:scheme/minus-{scheme}.svg"); }}
QCheckBox::indicator:focus {{ border: 2px solid {c["accent"]}; width: {px(18) - 2}px;
  height: {px(18) - 2}px; }}
QCheckBox::indicator:checked:focus, QCheckBox::indicator:indeterminate:focus {{
  border-color: {c["text"]}; }}
QRadioButton::indicator {{ border: 1px solid {c["border_strong"]};
  border-radius: {(px(18) + 2) // 2}px; background: {c["surface"]}; }}
QRadioButton::indicator:checked {{ border: {px(6)}px solid {c["accent"]};
  width: {px(18) + 2 - 2 * px(6)}px; height: {px(18) + 2 - 2 * px(6)}px; }}
QRadioButton::indicator:focus {{ border: 2px solid {c["accent"]}; width: {px(18) - 2}px;
  height: {px(18) - 2}px; }}
QRadioButton::indicator:checked:focus {{ border: {px(6)}px solid {c["text"]};
  width: {px(18) + 2 - 2 * px(6)}px; height: {px(18) + 2 - 2 * px(6)}px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c["muted"]}; }}
QProgressBar {{ background: {c["neutral_soft"]}; border: 0; border-radius: 3px;
  max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {c["accent"]}; border-radius: 3px; }}
"""


def _views(c: dict[Token, str], px: _Px) -> str:
    return f"""
QTableView, QListView {{ background: {c["surface"]}; border: 0; gridline-color: transparent;
  selection-background-color: {c["sel"]}; selection-color: {c["text"]}; }}
QTableView QTableCornerButton::section {{ background: {c["surface"]}; border: 0; }}
QHeaderView {{ background: {c["surface"]}; }}
QHeaderView::section {{ background: {c["surface"]}; color: {c["muted"]}; border: 0;
  border-bottom: 1px solid {c["border"]}; padding: 0 12px 0 16px; min-height: {px(36)}px;
  font-size: {px(12)}px; font-weight: 600; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {c["thumb"]}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 36px; margin: 0 3px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; margin: 3px 0; }}
QScrollBar::handle:hover {{ background: {c["border_strong"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {c["border"]}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QMenuBar {{ background: {c["sidebar"]}; border-bottom: 1px solid {c["border"]}; }}
QMenuBar::item {{ padding: 6px 10px; background: transparent; border-radius: 5px; }}
QMenuBar::item:selected {{ background: {c["sel"]}; }}
QMenu {{ background: {c["surface"]}; border: 1px solid {c["border_btn"]}; padding: 6px; }}
QMenu::item {{ padding: 7px 24px 7px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {c["sel"]}; }}
QMenu::item:disabled {{ color: {c["muted"]}; }}
QMenu::separator {{ height: 1px; background: {c["border"]}; margin: 6px 8px; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {c["accent"]};
  selection-color: {c["on_accent"]}; }}
"""


def _tones(c: dict[Token, str]) -> str:
    roles = [f'QLabel[role="{role}"] {{ color: {c[token]}; }}' for role, token in ROLES.items()]
    banners = [
        f'QFrame[kind="banner"][tone="{tone}"] {{ background: {c[soft(tone)]};'
        f" border: 1px solid {c[_EDGE.get(tone, ink(tone))]}; border-radius: 10px; }}"
        for tone in TONES
    ]
    return "\n".join([*roles, *banners])


_EDGE: dict[str, Token] = {"warn": "warn", "danger": "danger", "info": "info", "accent": "accent"}
