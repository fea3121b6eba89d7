"""Fields of a form: what to fill in, its label, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.theme import icon, scaled
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import column, hide_unless, row
from gdprdesk_ui.widgets.signs import Icon

V = TypeVar("V")
_STILL_HERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Why a field loses the focus and yet is not left: another window, or a menu over it."""

Check = Callable[[], str | None]
"""Returns the sentence that says what is wrong and what the right form is, or None."""


class SearchField(QLineEdit):
    """Search as you type. Escape clears it, and leaves it when there is nothing to clear.

    Signals:
        searched: The words, a moment after the last key; at once when it was cleared.
        left_down: The Down key was pressed: the focus wants to go to the list below.
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(
        self, placeholder: str, *, pause_ms: int = 120, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(self._wait)

    def _wait(self, text: str) -> None:
        self._pause.stop()
        if text:
            self._pause.start()
        else:
            self.searched.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes to the next field."""

    def __init__(
        self, placeholder: str = "", lines: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * self._lines + 24
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), self.fontMetrics().lineSpacing() * min(self._lines, 2) + 24)


class Choice(QComboBox, Generic[V]):
    """A choice among values, each with its words. The wheel only turns it when it has the focus.

    Signals:
        picked: The user picked another value.
    """

    picked = Signal(object)

    def __init__(self, choices: Sequence[tuple[V, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[V] = []
        self.set_choices(choices)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view().setAccessibleName(_("Choices"))
        self.activated.connect(lambda place: self.picked.emit(self._values[place]))

    def set_choices(self, choices: Sequence[tuple[V, str]]) -> None:
        """Offer other values; the first is chosen."""
        self._values = [value for value, _words in choices]
        self.clear()
        self.addItems([words for _value, words in choices])

    def value(self) -> V:
        """Return the value that is chosen."""
        return self._values[self.currentIndex()]

    def values(self) -> tuple[V, ...]:
        """Return what there is to choose from."""
        return tuple(self._values)

    def set_value(self, value: V) -> None:
        """Choose a value."""
        self.setCurrentIndex(self._values.index(value))

    def __contains__(self, value: object) -> bool:
        return value in self._values

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FormField(QWidget):
    """A label, the control it names, and a sentence under it when something is wrong.

    The check runs when the user leaves the field, never while she types, and never clears what
    she wrote.

    Args:
        label: What to fill in.
        control: Any control; a composed one tells by its focus proxy where the text is typed.
        check: Finds what is wrong.
        hint: A sentence that always stands under the field.
        optional: Says so beside the label.
    """

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        check: Check | None = None,
        hint: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._check = check
        self._typed_in = control.focusProxy() or control
        self.label = Label(label, "strong")
        self.label.setBuddy(self._typed_in)
        self._typed_in.setAccessibleName(label)
        self._typed_in.setAccessibleDescription(hint)
        self._typed_in.installEventFilter(self)
        maybe = Label(_("optional") if optional else "", "small", "muted")
        self._hint = Label(hint, "small", "muted", wrap=True)
        hide_unless(hint, self._hint)
        self.sentence = Label("", "small", "danger", wrap=True)
        self._error = QWidget()
        line = row(Icon("circle-alert", "danger_text", 16), self.sentence)
        line.setStretch(1, 1)
        self._error.setLayout(line)
        self._error.hide()
        self.setLayout(
            column(row(self.label, maybe, None), control, self._hint, self._error, spacing=6)
        )

    def is_right(self) -> bool:
        """Check the field now and show what is wrong."""
        self.show_error(self._check() if self._check else None)
        return self._error.isHidden()

    def show_error(self, sentence: str | None) -> None:
        """Say what is wrong with the field, or that nothing is."""
        self.sentence.setText(sentence or "")
        self._error.setVisible(bool(sentence))
        self._typed_in.setAccessibleDescription(sentence or self._hint.text())
        self._typed_in.setProperty("error", "true" if sentence else "false")
        self._typed_in.style().polish(self._typed_in)

    def set_focus(self) -> None:
        """Put the cursor in the field."""
        self._typed_in.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() not in _STILL_HERE
        ):
            self.is_right()
        return super().eventFilter(watched, event)


def all_right(fields: Sequence[FormField]) -> bool:
    """Check every field, show what is wrong, and put the cursor in the first wrong one."""
    wrong = [field for field in fields if not field.is_right()]
    if wrong:
        wrong[0].set_focus()
    return not wrong


def required(text: Callable[[], str], sentence: str) -> Check:
    """Return a check that something was written: `required(name.text, _("Write a name."))`."""
    return lambda: None if text().strip() else sentence
