"""Step 2: what the business does, and beside it what it gets."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from gdprdesk.i18n import N_, _, ngettext
from gdprdesk.services.first_run import FirstRun
from gdprdesk.services.templates import extras_of
from gdprdesk_ui.start.onboarding.step import StepPage
from gdprdesk_ui.widgets import (
    Card,
    CardHeading,
    Chip,
    ChoiceTile,
    FlowLayout,
    Icon,
    IconTile,
    Label,
    Line,
    column,
    holder,
    row,
)

_ICONS = {
    "cafe": "coffee",
    "therapy": "flower-2",
    "dealer": "wrench",
    "booking": "calendar-check",
    "shop": "store",
}
_EXTRAS = {
    "shop": N_("Web shop"),
    "newsletter": N_("Newsletter"),
    "customer_letters": N_("Customer letters"),
    "photos": N_("Photos of people"),
    "testimonials": N_("Testimonials"),
    "staff": N_("Staff"),
    "website": N_("Website"),
    "cameras": N_("Cameras"),
}
_GETS = ("book-open", "hourglass", "signature", "handshake")
_ACROSS = 2


class TradeStep(StepPage):
    """Shows the trades, and asks what else there is.

    Attributes:
        tiles: The trades by key.
        chips: What else a business may have, by key; those of other trades are hidden.
        lines: What it gets: activities, periods, consents, recipients.
    """

    def __init__(self, run: FirstRun, parent: QWidget | None = None) -> None:
        super().__init__(
            run,
            _("What does your business do?"),
            _("We fill in the register and its periods. You can change everything."),
            parent,
        )
        self.tiles = {
            one.key: ChoiceTile(one.name, one.description, icon_name=_ICONS[one.key])
            for one in run.trades()
        }
        for key, tile in self.tiles.items():
            tile.setChecked(key == run.business.trade)
            tile.toggled.connect(partial(self._choose, key))
        self.chips = {key: Chip(_(name)) for key, name in _EXTRAS.items()}
        for chip in self.chips.values():
            chip.clicked.connect(lambda _on: self._tell())
        self.lines = [
            (Label("", "strong", wrap=True), Label("", "small", "muted", wrap=True)) for _i in _GETS
        ]
        self._build()
        self.refresh()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, place // _ACROSS, place % _ACROSS)
        nearest = Label(
            _("None of these? Take the nearest and change its rows."), "small", "muted", wrap=True
        )
        beside = holder(row(nearest, margins=(16, 0, 16, 0)))
        grid.addWidget(beside, len(self.tiles) // _ACROSS, len(self.tiles) % _ACROSS)
        for across in range(_ACROSS):
            grid.setColumnStretch(across, 1)
        also = Label(_("Do you also have"), "strong")
        self._chips = holder(FlowLayout(*self.chips.values(), spacing=8))
        left = column(self.head, 18, grid, 20, also, 10, self._chips, None, spacing=0)
        sides = row(left, column(self._build_gets(), None), spacing=36)
        sides.setStretch(0, 3)
        sides.setStretch(1, 2)
        self.setLayout(sides)

    def _build_gets(self) -> Card:
        gets = Card(CardHeading(_("This is what you get")), padding=20, spacing=14)
        for icon_name, (title, sentence) in zip(_GETS, self.lines, strict=True):
            words = column(title, sentence, spacing=1)
            line = row(IconTile(icon_name, "accent"), words, spacing=12)
            line.setStretch(1, 1)
            gets.add(line)
        advice = Label(
            _("The templates are a help, not legal advice."), "small", "muted", wrap=True
        )
        note = row(Icon("info", "muted", 18), advice)
        note.setStretch(1, 1)
        gets.add(Line(), note)
        return gets

    def first_focus(self) -> QWidget:
        return self.tiles[self.run.business.trade]

    def refresh(self) -> None:
        business = self.run.business
        self.tiles[business.trade].setChecked(True)
        for key, chip in self.chips.items():
            chip.setVisible(key in extras_of(business.trade))
            chip.setChecked(key in business.has)
        self._show_offer()

    def _choose(self, trade: str, on: bool) -> None:
        if on:
            self.run.choose_trade(trade)
            self.refresh()

    def _tell(self) -> None:
        offered = extras_of(self.run.business.trade)
        self.run.tell(extras=tuple(key for key in offered if self.chips[key].isChecked()))
        self._show_offer()

    def _show_offer(self) -> None:
        offer = self.run.offer()
        activities = ngettext(
            "{count} activity in the register", "{count} activities in the register",
            offer.activities,
        )  # fmt: skip
        periods = ngettext(
            "{count} period of your own", "{count} periods of your own", offer.periods
        )
        consents = ngettext(
            "{count} text of consent", "{count} texts of consent", len(offer.consents)
        )
        recipients = ngettext("{count} recipient", "{count} recipients", offer.recipients)
        said = (
            (activities, offer.activities, _("Ready to look through, Article 30")),
            (periods, offer.periods, _("{name}: {period}").format(
                name=offer.example[0], period=offer.example[1])),
            (consents, len(offer.consents), ", ".join(offer.consents)),
            (recipients, offer.recipients, _("With room for their agreements")),
        )  # fmt: skip
        for (title, sentence), (words, count, more) in zip(self.lines, said, strict=True):
            title.setText(words.format(count=count))
            sentence.setText(more)
            sentence.setVisible(bool(more))
