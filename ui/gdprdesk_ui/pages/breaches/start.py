"""Something has happened: when it became known, and the ready cases to choose from."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from gdprdesk.domain.terms import BreachKind, say
from gdprdesk.i18n import _
from gdprdesk.services.breach_log import list_breach_cases
from gdprdesk.services.breaches import start_breach
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.moment_field import MomentField
from gdprdesk_ui.widgets import (
    Card,
    CardHeading,
    FormField,
    IconTile,
    Label,
    OpenRow,
    all_right,
    row,
)

_ACROSS = 2


class StartCard(Card):
    """One click on what has happened starts the clock.

    Signals:
        started: A breach was written down; its ref.

    Attributes:
        known: When it became known; now, at the beginning.
        tiles: What may have happened.
    """

    started = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(spacing=14)
        self._context = context
        self.known = MomentField()
        self._field = FormField(
            _("When did you learn of it?"),
            self.known,
            check=self.known.problem,
            hint=_("The clock runs from then. You can change it later."),
        )
        self.tiles: dict[BreachKind, OpenRow] = {}
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, case in enumerate(context.desk.ask(list_breach_cases)):
            tile = OpenRow(IconTile(case.icon, "accent"), say(case.kind))
            tile.clicked.connect(partial(self._start, case.kind))
            grid.addWidget(tile, *divmod(place, _ACROSS))
            self.tiles[case.kind] = tile
        for number in range(_ACROSS):
            grid.setColumnStretch(number, 1)
        first = Label(
            _("Choose what is most like it. You answer five questions after that."),
            "small",
            "muted",
            wrap=True,
        )
        when = row(self._field, None)
        when.setStretch(0, 2)
        when.setStretch(1, 1)
        self.add(CardHeading(_("What has happened?")), first, grid, when)

    def begin(self) -> None:
        """Offer this very moment."""
        self.known.set_moment(self._context.desk.now)

    def _start(self, kind: BreachKind, _clicked: bool = False) -> None:
        if not all_right([self._field]):
            return
        desk = self._context.desk
        known_at = self.known.moment()
        self._context.save(
            lambda _progress: desk.run(start_breach, kind=kind, known_at=known_at),
            self.started.emit,
            self.tiles[kind],
        )
