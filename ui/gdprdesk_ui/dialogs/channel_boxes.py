"""Where what a person agrees to may be seen: a box for each place, none ticked beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from gdprdesk_ui.widgets import clear, column


class ChannelBoxes(QWidget):
    """Where what she agrees to may appear: a box for each place.

    Attributes:
        boxes: The boxes by the name of the place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._box = column(spacing=6)
        self.setLayout(self._box)

    def offer(self, channels: Sequence[str]) -> None:
        """Offer other places; what was ticked stays so where it is offered still."""
        ticked = set(self.ticked())
        clear(self._box)
        self.boxes = {one: QCheckBox(one.replace("&", "&&")) for one in channels}
        for channel, box in self.boxes.items():
            box.setChecked(channel in ticked)
            self._box.addWidget(box)

    def ticked(self) -> tuple[str, ...]:
        """Return the places that are ticked."""
        return tuple(channel for channel, box in self.boxes.items() if box.isChecked())
