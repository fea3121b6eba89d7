"""Fields for passwords, days and amounts: typed as people write, with real buttons beside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from gdprdesk.i18n import _, current_language
from gdprdesk_ui.clipboard import copy_guarded
from gdprdesk_ui.widgets.buttons import IconButton
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import column, row
from gdprdesk_ui.widgets.signs import Icon
from gdprdesk_ui.widgets.typed import read_amount, read_day, write_amount, write_day


class PasswordField(QWidget):
    """A password, an eye to show it, and a note when Caps Lock is on.

    Attributes:
        edit: The line to type in.
    """

    def __init__(self, *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.edit.setProperty("sz", "large" if large else "normal")
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.edit.setAccessibleName(_("Password"))
        self.edit.installEventFilter(self)
        self.eye = IconButton("eye", _("Show the password"), on_click=self._turn_eye)
        self.caps_note = QWidget()
        self.caps_note.setLayout(
            row(Icon("info", "warn_text", 16), Label(_("Caps Lock is on."), "small", "warn"), None)
        )
        self.caps_note.hide()
        self.setLayout(column(row(self.edit, self.eye, spacing=4), self.caps_note, spacing=6))
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """Return the password."""
        return self.edit.text()

    def show_text(self, password: str) -> None:
        """Fill in a password and show it, to be written down."""
        self.edit.setText(password)
        if self.edit.echoMode() == QLineEdit.EchoMode.Password:
            self._turn_eye()

    def clear(self) -> None:
        """Forget what was typed and hide what comes."""
        self.edit.clear()
        if self.edit.echoMode() != QLineEdit.EchoMode.Password:
            self._turn_eye()

    def _turn_eye(self) -> None:
        hidden = self.edit.echoMode() == QLineEdit.EchoMode.Password
        modes = QLineEdit.EchoMode
        self.edit.setEchoMode(modes.Normal if hidden else modes.Password)
        self.eye.set_action(
            "eye-off" if hidden else "eye",
            _("Hide the password") if hidden else _("Show the password"),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._notice_caps_lock(event)
            if event.matches(QKeySequence.StandardKey.Copy):
                self._copy()
                return True
        return super().eventFilter(watched, event)

    def _copy(self) -> None:
        """Copy what is marked of a password that is shown, for ten seconds."""
        if self.edit.echoMode() == QLineEdit.EchoMode.Normal and self.edit.hasSelectedText():
            copy_guarded(self.edit.selectedText())

    def _notice_caps_lock(self, event: QKeyEvent) -> None:
        """Qt cannot ask for Caps Lock; a letter typed against the Shift key tells."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_note.setVisible(self.caps_note.isHidden())
        elif letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_note.setVisible(letter.isupper() != shifted)


class DateField(QWidget):
    """A day, typed in the form of the language, or picked in a calendar. It may be empty.

    Signals:
        changed: The user wrote or picked another day, or emptied the field.
    """

    changed = Signal()

    def __init__(self, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(write_day(date(2026, 12, 31)))
        self.edit.setAccessibleName(_("Day"))
        self.edit.editingFinished.connect(self._tidy)
        self.edit.textEdited.connect(self.changed)
        self.button = IconButton(
            "calendar-days", _("Choose in a calendar"), on_click=self._open_calendar
        )
        self.setLayout(row(self.edit, self.button, spacing=4))
        self.setFocusProxy(self.edit)
        self.set_day(day)

    def day(self) -> date | None:
        """Return the day, or None if there is none or it cannot be read."""
        return read_day(self.edit.text())

    def set_day(self, day: date | None) -> None:
        """Show a day, or none."""
        self.edit.setText(write_day(day) if day else "")

    def problem(self) -> str | None:
        """Return what is wrong with what was typed: a check for a FormField."""
        if not self.edit.text().strip() or self.day():
            return None
        return _("Write the day like this: {example}").format(example=write_day(date(2026, 12, 31)))

    def _tidy(self) -> None:
        day = self.day()
        if day:
            self.set_day(day)

    def _open_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("kind", "overlay")
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale(current_language()))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        calendar.setAccessibleName(_("Calendar"))
        day = self.day()
        if day:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        calendar.activated.connect(popup.close)
        calendar.clicked.connect(popup.close)
        inside = QVBoxLayout(popup)
        inside.addWidget(calendar)
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()
        calendar.setFocus()

    def _pick(self, picked: QDate) -> None:
        self.set_day(date(picked.year(), picked.month(), picked.day()))
        self.changed.emit()
        self.edit.setFocus()


class MoneyField(QWidget):
    """An amount, typed as people write it: "1 240,50" or "1240.5". It may be empty.

    Signals:
        changed: The user wrote another amount.
    """

    changed = Signal()

    def __init__(self, currency: str = "kr", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(alignment=Qt.AlignmentFlag.AlignRight)
        self.edit.setAccessibleName(_("Amount"))
        self.edit.textEdited.connect(self.changed)
        self.edit.editingFinished.connect(self._tidy)
        self.currency = Label(currency, "body", "muted", keep=True)
        self.setLayout(row(self.edit, self.currency, spacing=6))
        self.setFocusProxy(self.edit)

    def amount(self) -> Decimal | None:
        """Return the amount with two decimals, or None if there is none or it cannot be read."""
        return read_amount(self.edit.text())

    def set_amount(self, amount: Decimal | None) -> None:
        """Show an amount, or none."""
        self.edit.setText("" if amount is None else write_amount(amount))

    def problem(self) -> str | None:
        """Return what is wrong with what was typed: a check for a FormField."""
        if not self.edit.text().strip() or self.amount() is not None:
            return None
        return _("Write the amount like this: {example}").format(
            example=write_amount(Decimal("1240.50"))
        )

    def _tidy(self) -> None:
        amount = self.amount()
        if amount is not None:
            self.set_amount(amount)
