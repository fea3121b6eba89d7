"""Who of the known recipients gets data of a processing: a box for each, and a way to a new one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from gdprdesk.domain.base import RecipientRef
from gdprdesk.i18n import _
from gdprdesk.services.recipients import list_recipients
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.recipient_form import new_recipient
from gdprdesk_ui.widgets import Button, clear, column, row


class RecipientBoxes(QWidget):
    """The recipients of the register.

    Signals:
        changed: One was ticked, unticked or added.

    Attributes:
        boxes: The boxes by recipient.
        new_button: Asks for a new recipient and ticks it.
    """

    changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.boxes: dict[RecipientRef, QCheckBox] = {}
        self._box = column(spacing=6)
        self.new_button = Button(_("New recipient…"), icon_name="plus", size="small")
        self.new_button.clicked.connect(lambda: new_recipient(context, self._take))
        self.setLayout(column(self._box, row(self.new_button, None), spacing=8))

    def offer(self, ticked: Iterable[RecipientRef]) -> None:
        """Offer every recipient there is, with these ticked."""
        chosen = set(ticked)
        clear(self._box)
        self.boxes = {}
        for one in self._context.desk.ask(list_recipients):
            box = QCheckBox(one.name.replace("&", "&&"))
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setChecked(one.ref in chosen)
            box.clicked.connect(self.changed)
            self.boxes[one.ref] = box
            self._box.addWidget(box)

    def entered(self) -> list[RecipientRef]:
        """Return who is ticked, as plain values."""
        return sorted(self.ticked())

    def show_entered(self, value: Iterable[RecipientRef]) -> None:
        """Show who was ticked before."""
        self.offer(value)

    def ticked(self) -> tuple[RecipientRef, ...]:
        """Return the recipients that are ticked."""
        return tuple(ref for ref, box in self.boxes.items() if box.isChecked())

    def _take(self, ref: RecipientRef) -> None:
        self.offer((*self.ticked(), ref))
        self.changed.emit()
