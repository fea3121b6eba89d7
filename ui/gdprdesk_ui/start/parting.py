"""The last window of the day: the copy that is made before the register is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.operations import Operation, Operations
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.widgets import Button

if TYPE_CHECKING:  # imported by the door, when it is opened
    from gdprdesk.desk import Desk


class PartingPage(CardPage):
    """Makes the copies that are due, which can be skipped, and locks the register.

    Nothing of the register is shown, and nothing that goes wrong leaves it open.

    Signals:
        over: It is locked; what went wrong with the copy, as a sentence.

    Attributes:
        bar: How far it is.
        skip_button: Locks now, without a copy. Closing the window does the same.
    """

    over = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("GDPR Desk")
        self._desk, self._told, self._is_over = desk, "", False
        self._operations = Operations(self)
        self._operation: Operation[None] | None = None
        self.title.setText(_("Making a backup"))
        self.sentence.setText(_("The register is locked as soon as the copy is made."))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("Copying …"))
        self.skip_button = Button(_("Lock now, without a copy"), size="large", on_click=self.skip)
        self.card.add(self.bar, 18, self.skip_button)

    def begin(self) -> None:
        """Begin to copy."""
        operation = self._operation = self._operations.prepare(
            lambda progress: self._desk.back_up_due(progress, locking=True)
        )
        operation.progressed.connect(self._step)
        operation.refused.connect(self._take_refusal)
        operation.crashed.connect(self._take_crash)
        operation.finished.connect(self._end)
        self._operations.begin(operation)

    def skip(self) -> None:
        """Copy no further: lock as soon as nothing half is left."""
        self.skip_button.setEnabled(False)
        if self._operation is not None:
            self._operation.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_over:
            super().closeEvent(event)
        else:
            self.skip()
            event.ignore()

    def _step(self, done: int, total: int, _text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _take_refusal(self, sentence: str) -> None:
        self._told = sentence

    def _take_crash(self, error: Exception) -> None:
        said = _("No backup was made: something went wrong ({error}). Your register is whole.")
        self._told = said.format(error=type(error).__name__)

    def _end(self) -> None:
        self._operations.wait()
        self._is_over = True
        try:
            self._desk.lock()
        finally:
            self.over.emit(self._told)
