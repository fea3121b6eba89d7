"""A row of the register that came, went or changed, with the words that did."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.differences import Change, FieldChange, RowChange, WordChange
from gdprdesk.i18n import _
from gdprdesk.services.snapshots import field_label, kind_label
from gdprdesk_ui.theme import NEW_LOOK, color, font
from gdprdesk_ui.tokens import Token, Tone
from gdprdesk_ui.widgets import Card, Label, Pill, column, row

_SIGNS: dict[Change, tuple[Tone, str]] = {
    Change.ADDED: ("accent", "plus"),
    Change.GONE: ("danger", "minus"),
    Change.CHANGED: ("info", "pencil"),
}
_STYLES: dict[Change, tuple[Token, str, str]] = {
    Change.ADDED: ("accent_text", "underline", "+"),
    Change.GONE: ("danger_text", "line-through", "\N{MINUS SIGN}"),
}


class ChangedText(QLabel):
    """A text with what came and what went: by sign, line and colour, and said aloud."""

    def __init__(self, words: Sequence[WordChange]) -> None:
        super().__init__()
        self._words = words
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAccessibleName(_spoken(words))
        self._paint_words()

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._paint_words()
        return super().event(event)

    def _paint_words(self) -> None:
        wanted, text = font("body"), "".join(map(_marked, self._words))
        if self.font().pixelSize() != wanted.pixelSize():
            self.setFont(wanted)
        if self.text() != text:
            self.setText(text)


class ChangeCard(Card):
    """What became of a row, and each of its fields that says something else now.

    Attributes:
        texts: What changed in each field.
    """

    def __init__(self, change: RowChange) -> None:
        super().__init__(spacing=10)
        tone, sign = _SIGNS[change.change]
        pill = Pill(_said(change.change), tone, sign)
        heading = row(pill, Label(change.row["name"], "strong", wrap=True), spacing=10)
        heading.setStretch(1, 1)
        self.add(heading, Label(kind_label(change.row), "small", "muted"))
        if change.was_called:
            words = _("Was called {name}").format(name=change.was_called)
            self.add(Label(words, "small", "muted", wrap=True))
        self.texts = [self._field(one) for one in change.fields if one.field != "name"]

    def _field(self, one: FieldChange) -> ChangedText:
        text = ChangedText(one.words)
        self.add(column(Label(field_label(one.field), "caption", "muted"), text, spacing=2))
        return text


def _said(change: Change) -> str:
    return {
        Change.ADDED: _("New"),
        Change.GONE: _("Gone"),
        Change.CHANGED: _("Changed"),
    }[change]


def _marked(one: WordChange) -> str:
    text = escape(one.text).replace("\n", "<br>")
    if one.change not in _STYLES:
        return text
    token, line, sign = _STYLES[one.change]
    gap = "<br>" if one.text.startswith("\n") else " "
    style = f"color:{color(token).name()}; text-decoration:{line}"
    return f'{gap}<span style="{style}">{sign}{text.strip()}</span>'


def _spoken(words: Sequence[WordChange]) -> str:
    spoken = {Change.ADDED: _("added: {text}"), Change.GONE: _("gone: {text}")}
    return " ".join(
        spoken.get(one.change, "{text}").format(text=one.text.strip())
        for one in words
        if one.text.strip()
    )
