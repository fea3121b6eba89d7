"""Where somebody was when the register was locked, so that she goes on there after unlocking.

It goes to the next process on its command line, which every program of the computer can read: so
it holds names of pages and forms and random refs, and nothing about anybody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from inspect import signature
from typing import Any, Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.main_window import MainWindow
from gdprdesk_ui.pages.page import Page
from gdprdesk_ui.reopening import reopen

_REF = re.compile(r"[a-z2-7]{26}")
_FORM = re.compile(r"[a-z_]+([:.][a-z_]+|[:.][a-z2-7]{26}|[:.][0-9]+)*")


@dataclass(frozen=True)
class Field:
    """Where the cursor was.

    Attributes:
        kind: What kind of field it is.
        number: Which one, in the order they were made.
        cursor: Before which letter.
    """

    kind: str
    number: int
    cursor: int = 0


@dataclass(frozen=True)
class Place:
    """A page, the form over it and the field in that.

    Attributes:
        staff: Whose place it is: nobody else is led there.
        page: The key of the page.
        shown: What it showed, by refs.
        form: The form that was open over it, by the name of its draft.
        about: Whom that was about, by her ref.
        at: The field with the cursor.
    """

    staff: str
    page: str
    shown: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    about: str = ""
    at: Field | None = None

    def written(self) -> str:
        """Return it as it stands on a command line."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Return what stands on a command line; None if it is none of ours."""
        try:
            stored = json.loads(written)
            at = stored.pop("at")
            made = cls(**stored, at=Field(**at) if at else None)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            return None
        return made if made.is_ours() else None

    def is_ours(self) -> bool:
        """Return whether every part of it is of its kind."""
        words = (self.staff, self.page, self.form, self.about)
        numbers = (self.at.number, self.at.cursor) if self.at else ()
        return (
            all(type(one) is str for one in words)
            and all(type(one) is int and one >= 0 for one in numbers)
            and type(self.shown) is dict
            and all(type(one) is str for one in self.shown.values())
        )


def place_in(window: MainWindow) -> Place:
    """Return where somebody is."""
    form = _form_over(window)
    keeper = form.findChild(DraftKeeper) if form is not None else None
    page, shown = window.place()
    now: QWidget | None = (
        form or window
    ).focusWidget()  # also while another program has the keyboard
    kept = keeper.form if keeper is not None and _FORM.fullmatch(keeper.form) else ""
    return Place(
        staff=window.context.desk.staff,
        page=page,
        shown=_refs(window.page(), shown),
        form=kept,
        about=(keeper.subject_ref or "") if keeper is not None and kept else "",
        at=_field(form or window.page(), now) if now is not None else None,
    )


def return_to(window: MainWindow, place: Place) -> None:
    """Lead somebody back to where she was, as far as it is still there."""
    if place.staff != window.context.desk.staff or not window.has_page(place.page):
        return
    window.open_page(place.page, **place.shown)
    if window.place()[0] != place.page:
        return
    if place.form and _form_over(window) is None:
        reopen(window.context, place.form, SubjectRef(place.about) if place.about else None)
    if place.at is not None and bool(place.form) == (_form_over(window) is not None):
        _put_cursor(_form_over(window) or window.page(), place.at)


def _form_over(window: MainWindow) -> FormDialog | None:
    """Return the form that is open, the uppermost if one lies over another."""
    forms = [one for one in window.findChildren(FormDialog) if one.isVisible()]
    return forms[-1] if forms else None


def _refs(page: Page, shown: Mapping[str, Any]) -> dict[str, str]:
    """Return what a page showed, without what is no ref.

    A person whom a page may do without is one it was asked to begin a new form about.
    """
    needed = signature(page.arrive).parameters
    begun = "subject_ref" in needed and needed["subject_ref"].default is None
    return {
        name: value
        for name, value in shown.items()
        if isinstance(value, str)
        and _REF.fullmatch(value)
        and not (name == "subject_ref" and begun)
    }


def _fields(over: QWidget) -> list[QWidget]:
    return [
        one
        for one in over.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.window().isHidden()
    ]


def _field(over: QWidget, now: QWidget) -> Field | None:
    fields = _fields(over)
    if now not in fields:
        return None
    cursor = 0
    if isinstance(now, QLineEdit):
        cursor = now.cursorPosition()
    elif isinstance(now, QPlainTextEdit):
        cursor = now.textCursor().position()
    return Field(type(now).__name__, fields.index(now), cursor)


def _put_cursor(over: QWidget, at: Field) -> None:
    """Put the cursor where it was, if there is still such a field."""
    fields = _fields(over)
    if at.number >= len(fields) or type(fields[at.number]).__name__ != at.kind:
        return
    found = fields[at.number]
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(found, QLineEdit):
        found.setCursorPosition(at.cursor)
    elif isinstance(found, QPlainTextEdit):
        cursor = QTextCursor(found.document())
        cursor.setPosition(min(at.cursor, found.document().characterCount() - 1))
        found.setTextCursor(cursor)
