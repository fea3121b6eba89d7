"""How long a visit is, who receives her, where; and what is booked then already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.i18n import _
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.order_clashes import Clash, list_clashes, list_visit_choices
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.wanted import Wanted
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Choice, FormField, Label, column, row

_LONGEST = 24 * 60


class VisitFields(QWidget):
    """Shown where the business has visits, or the order is one.

    Args:
        context: The open register.
        wanted: When it is: another moment has other clashes.
        touched: Called when something was typed or chosen.
        known: The order that is changed; or the latest one, most being alike.
        ref: The order that is changed, which does not clash with itself.

    Attributes:
        minutes: How long; empty for what is only fetched.
        receiver: Who receives her; hidden while only one can.
        room: Where; hidden while there is no choice.
        clashes: What is booked then already. It is a remark.
        field: The minutes, to be checked before saving.
    """

    def __init__(
        self,
        context: PageContext,
        wanted: Wanted,
        touched: Callable[[], object],
        known: BookingRow | None,
        ref: RecordRef | None,
    ) -> None:
        super().__init__()
        self._context, self._wanted, self._ref = context, wanted, ref
        choices = context.desk.ask(list_visit_choices)
        names = {one.staff_id: one.name for one in choices.receivers}
        rooms = dict.fromkeys(choices.rooms)
        if known is not None and ref is not None:
            names |= {known.practitioner: known.receiver} if known.practitioner else {}
            rooms |= {known.room: None} if known.room else {}
        self.minutes = QLineEdit()
        self.minutes.setPlaceholderText("60")
        self.receiver = Choice([("", _("Anybody")), *names.items()])
        self.room = Choice([("", _("Not said")), *((room, room) for room in rooms)])
        self.clashes = Label("", "small", "warn", wrap=True)
        self.clashes.hide()
        self.field = FormField(_("Minutes"), self.minutes, check=self._problem, optional=True)
        self.field.setFixedWidth(ch(18))
        receiver, room = FormField(_("With"), self.receiver), FormField(_("Room"), self.room)
        receiver.setVisible(len(names) > 1)
        room.setVisible(bool(rooms))
        line = row(self.field, receiver, room, None, spacing=12)
        for field in (self.field, receiver, room):
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        line.setStretch(2, 1)
        self.setLayout(column(line, self.clashes, spacing=6))
        is_visit = known is not None and bool(known.minutes or known.practitioner or known.room)
        self.is_asked = choices.has_visits or (ref is not None and is_visit)
        self.setVisible(self.is_asked)
        self._listen(touched)

    def _listen(self, touched: Callable[[], object]) -> None:
        def changed(*_what: object) -> None:
            touched()
            self.look()

        self.minutes.textEdited.connect(changed)
        for choice in (self.receiver, self.room):
            choice.picked.connect(changed)
        self._wanted.day.changed.connect(self.look)
        self._wanted.time.textChanged.connect(self.look)

    def entered(self) -> dict[str, str]:
        """Return what a draft keeps."""
        return {
            "minutes": self.minutes.text(),
            "practitioner": self.receiver.value(),
            "room": self.room.value(),
        }

    def show_entered(self, entered: dict[str, Any]) -> None:
        """Show what was entered; who has left meanwhile, and a room that is gone, are not said."""
        self.minutes.setText(entered.get("minutes", ""))
        for choice, name in ((self.receiver, "practitioner"), (self.room, "room")):
            value = entered.get(name, "")
            choice.set_value(value if value in choice.values() else "")
        self.look()

    def said(self) -> dict[str, Any]:
        """Return what is saved: no minutes are 0."""
        return {**self.entered(), "minutes": int(self.minutes.text().strip() or 0)}

    def look(self, *_what: object) -> None:
        """Look whether somebody or something is booked then already, and say so."""
        day, at = self._wanted.day.day(), self._wanted.time.time()
        said: tuple[Clash, ...] = ()
        if self.is_asked and day is not None and at is not None and not self._problem():
            said = self._context.desk.ask(
                list_clashes, wanted_on=day, wanted_at=at, apart_from=self._ref, **self.said()
            )
        self.clashes.setText("\n".join(one.sentence for one in said))
        self.clashes.setVisible(bool(said))

    def _problem(self) -> str | None:
        typed = self.minutes.text().strip()
        if not typed or (typed.isdecimal() and 0 < int(typed[:6]) <= _LONGEST):
            return None
        return _("Write how many minutes, such as 60: from 1 to {most}.").format(most=_LONGEST)


def visit_of(known: BookingRow) -> dict[str, str]:
    """Return the visit of an order as it stands in the form."""
    minutes = str(known.minutes) if known.minutes else ""
    return {"minutes": minutes, "practitioner": known.practitioner, "room": known.room}


def hours_of(known: BookingRow) -> str:
    """Return how long a visit is and with whom: "60 min  ·  Maja Lind  ·  Rum 1"."""
    minutes = _("{count} min").format(count=known.minutes) if known.minutes else ""
    parts = (minutes, known.receiver, known.room)
    return "  \N{MIDDLE DOT}  ".join(part for part in parts if part)
