"""How far something has come."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.widgets.buttons import Button
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import column, row


class StepProgress(QWidget):
    """Which step of a guided way this is: "Step 2 of 4 · about 3 minutes left"."""

    def __init__(self, steps: int, *left: QWidget, parent: QWidget | None = None) -> None:
        """Args are how many steps there are, and what stands at the left above the bar."""
        super().__init__(parent)
        self._steps = steps
        self.words = Label("", "small", "muted")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, steps)
        self.setLayout(column(row(*left, None, self.words), self.bar, spacing=12 if left else 8))
        self.set_step(1)

    def set_step(self, step: int, left: str = "") -> None:
        """Show the step, counted from 1, and what is said of the time left."""
        said = _("Step {step} of {steps}").format(step=step, steps=self._steps)
        self.words.setText(f"{said}  ·  {left}" if left else said)
        self.bar.setValue(step)
        self.bar.setAccessibleName(said)


class ProgressStrip(QFrame):
    """What the worker does, how far it is, and a button to stop it. Shown after 300 ms."""

    SHOWN_AFTER_MS = 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.words = Label("")
        self.bar = QProgressBar(textVisible=False)
        self.cancel_button = Button(_("Cancel"), size="small")
        line = row(self.words, self.bar, self.cancel_button, spacing=16, margins=(32, 8, 28, 20))
        line.setStretch(0, 1)
        line.setStretch(1, 2)
        self.setLayout(line)
        self._operation: Operation[Any] | None = None
        self._soon = QTimer(self, singleShot=True, interval=self.SHOWN_AFTER_MS)
        self._soon.timeout.connect(self.show)
        self.cancel_button.clicked.connect(self._cancel)
        self.hide()

    def watch(self, operation: Operation[Any], words: str) -> None:
        """Show this operation until it is over. A later one takes the place of an earlier one."""
        self._operation = operation
        self.words.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        operation.progressed.connect(self._step)
        operation.finished.connect(self._over)
        self._soon.start()

    def _step(self, done: int, total: int, text: str) -> None:
        if self.sender() is self._operation:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            if text:
                self.words.setText(text)

    def _over(self) -> None:
        if self.sender() is self._operation:
            self._operation = None
            self._soon.stop()
            self.hide()

    def _cancel(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
            self.cancel_button.setEnabled(False)
            self.words.setText(_("Stopping …"))
