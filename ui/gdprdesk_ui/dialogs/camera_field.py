"""Whether cameras watch a place, and what the regulation wants to know of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk.domain.activities import Camera
from gdprdesk.i18n import _
from gdprdesk_ui.dialogs.entered import listen, read_entered, show_entered
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Card, Label, column, row
from gdprdesk_ui.widgets.layout import Item


class CameraField(QWidget):
    """A box, and under it how many, where, how long a recording lives, the sign and the sound.

    Signals:
        changed: Something was entered.

    Attributes:
        watches: Whether there are cameras at all.
        number: How many.
        places: Where.
        days: How many days a recording lives.
        sign: Whether a sign tells people before they are filmed.
        sound: Whether voices are recorded, too.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.watches = QCheckBox(_("Cameras watch a place"))
        self.number, self.days, self.places = QLineEdit(), QLineEdit(), QLineEdit()
        for edit in (self.number, self.days):
            edit.setFixedWidth(ch(10))
        self.sign = QCheckBox(_("A sign tells people before they are filmed"))
        self.sound = QCheckBox(_("Voices are recorded, too"))
        first = row(
            _field(_("How many"), self.number),
            _field(_("Recordings live, in days"), self.days),
            None,
            spacing=10,
        )
        self._details = Card(
            first,
            _field(_("Which places"), self.places),
            self.sign,
            self.sound,
            padding=12,
            spacing=8,
            sunken=True,
        )
        self._controls = {
            "watches": self.watches,
            "number": self.number,
            "days": self.days,
            "places": self.places,
            "sign": self.sign,
            "sound": self.sound,
        }
        self.setLayout(column(self.watches, self._details, spacing=8))
        self.watches.toggled.connect(self._details.setVisible)
        self._details.hide()
        self.setFocusProxy(self.watches)
        listen(self._controls, self.changed.emit)

    def entered(self) -> dict[str, Any]:
        """Return what was entered, as plain values."""
        return read_entered(self._controls)

    def show_entered(self, value: dict[str, Any]) -> None:
        """Show what was entered before."""
        show_entered(self._controls, value)

    def camera(self) -> Camera | None:
        """Return what was entered; None where nothing is watched."""
        number, days = self.number.text().strip(), self.days.text().strip()
        if not self.watches.isChecked() or not (number.isdecimal() and days.isdecimal()):
            return None
        return Camera(
            number=int(number),
            places=self.places.text().strip(),
            days=int(days),
            sign=self.sign.isChecked(),
            sound=self.sound.isChecked(),
        )

    def problem(self) -> str | None:
        """Return what is wrong: a check for a FormField."""
        if not self.watches.isChecked():
            return None
        camera = self.camera()
        if camera and camera["number"] and camera["days"] and camera["places"]:
            return None
        return _("Say how many cameras there are, where, and how many days a recording lives.")


def camera_entered(camera: Camera | None) -> dict[str, Any]:
    """Return what is known of the cameras, as a CameraField shows it."""
    if camera is None:
        return {"watches": False}
    numbers = {"number": str(camera["number"]), "days": str(camera["days"])}
    return {**camera, **numbers, "watches": True}


def _field(words: str, edit: QLineEdit) -> Item:
    edit.setAccessibleName(words)
    label = Label(words, "caption", "muted")
    label.setBuddy(edit)
    return column(label, edit, spacing=3)
