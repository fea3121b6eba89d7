"""A short message that carries Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.tokens import XL
from gdprdesk_ui.widgets.buttons import Button, IconButton
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import row

SHOWN_MS = 8_000
SHOWN_AFTER_DELETION_MS = 20_000


class Toast(QFrame):
    """One message at the lower left of its parent, with at most one action.

    It goes after a while, but not while the pointer is over it or the focus is in it.

    Signals:
        gone: It went, by itself or closed.
    """

    gone = Signal()

    def __init__(self, parent: QWidget, left: int = XL) -> None:
        super().__init__(parent)
        self.left = left
        self._over = parent
        self.setProperty("kind", "toast")
        self.words = Label("", keep=True)
        self.action = Button("", "ghost", size="small")
        self.close_button = IconButton("x", _("Close"), on_click=self.dismiss)
        self.setLayout(
            row(self.words, self.action, self.close_button, spacing=10, margins=(16, 8, 8, 8))
        )
        self._do: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self._left_ms = 0
        self.action.clicked.connect(self._act)
        for inside in (self.action, self.close_button):
            inside.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    def show_message(
        self,
        words: str,
        verb: str = "",
        do: Callable[[], object] | None = None,
        *,
        milliseconds: int = SHOWN_MS,
    ) -> None:
        """Show a message instead of the one before.

        Args:
            words: Names the thing; 60 characters at most.
            verb: What the button says ("Undo").
            do: What it does.
            milliseconds: How long it stays: longer after a deletion.
        """
        self._do = do
        self.words.setText(words)
        self.action.setText(verb)
        self.action.setVisible(do is not None)
        self._left_ms = milliseconds
        self._timer.start(milliseconds)
        self._settle()  # before it shows, or the pointer might be over where it was
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def dismiss(self) -> None:
        """Let it go."""
        if not self.isHidden():
            self._timer.stop()
            self.hide()
            self.gone.emit()

    def is_paused(self) -> bool:
        """Return whether it waits because somebody is reading it."""
        return not self.isHidden() and not self._timer.isActive()

    def _act(self) -> None:
        do = self._do
        self.dismiss()
        if do is not None:
            do()

    def _settle(self) -> None:
        self.adjustSize()
        self.move(QPoint(self.left, self._over.height() - self.height() - XL))

    def _pause(self) -> None:
        if self._timer.isActive():
            self._left_ms = self._timer.remainingTime()
            self._timer.stop()

    def _resume(self) -> None:
        if self.is_paused():
            self._timer.start(self._left_ms)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._pause()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._resume()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over:
            if event.type() == QEvent.Type.Resize and not self.isHidden():
                self._settle()
        elif event.type() == QEvent.Type.FocusIn:
            self._pause()
        elif event.type() == QEvent.Type.FocusOut:
            self._resume()
        return super().eventFilter(watched, event)
