"""Step 2: what the business does, and beside it what it gets."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _, ngettext
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


class TradeStep(StepPage):
    """Shows the trade, and asks what else there is.

    Attributes:
        tile: The trade.
        chips: What else the business has, by key.
        lines: What it gets: activities, periods, consents, recipients.
    """

    def __init__(self, run: FirstRun, parent: QWidget | None = None) -> None:
        super().__init__(
            run,
            _("What does your business do?"),
            _("We fill in the register and its periods for you. You can change all of it."),
            parent,
        )
        self.tile = ChoiceTile(
            _("Café or restaurant"),
            _("Orders, allergies, photos, newsletter"),
            icon_name="coffee",
        )
        self.tile.setChecked(True)
        names = (_("Newsletter"), _("Photos of guests"), _("Staff"), _("Website"), _("Cameras"))
        self.chips = {
            key: Chip(name, checked=key in run.business.has)
            for key, name in zip(extras_of("cafe"), names, strict=True)
        }
        for chip in self.chips.values():
            chip.toggled.connect(lambda _on: self._tell())
        icons = ("book-open", "hourglass", "signature", "handshake")
        self.lines = [(Label("", "strong"), Label("", "small", "muted", wrap=True)) for _i in icons]
        self._gets = Card(CardHeading(_("This is what you get")), padding=20, spacing=14)
        for icon_name, (title, sentence) in zip(icons, self.lines, strict=True):
            words = column(title, sentence, spacing=1)
            line = row(IconTile(icon_name, "accent"), words, spacing=12)
            line.setStretch(1, 1)
            self._gets.add(line)
        advice = Label(
            _("The templates are a help, not legal advice."), "small", "muted", wrap=True
        )
        note = row(Icon("info", "muted", 18), advice)
        note.setStretch(1, 1)
        self._gets.add(Line(), note)
        self._build()
        self.refresh()

    def _build(self) -> None:
        chips = holder(FlowLayout(*self.chips.values(), spacing=8))
        tile_line = row(self.tile, None)
        tile_line.setStretch(0, 2)
        others = Label(
            _("The templates are made for this. Another kind of business changes the rows later."),
            "small", "muted", wrap=True,
        )  # fmt: skip
        also = Label(_("Do you also have"), "strong")
        left = column(self.head, 18, tile_line, 8, others, 20, also, 10, chips, None, spacing=0)
        sides = row(left, column(self._gets, None), spacing=36)
        sides.setStretch(0, 3)
        sides.setStretch(1, 2)
        self.setLayout(sides)

    def first_focus(self) -> QWidget:
        return self.tile

    def refresh(self) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key in self.run.business.has)
        self._show_offer()

    def take(self) -> bool:
        self._tell()
        return True

    def _tell(self) -> None:
        self.run.tell(extras=tuple(key for key, chip in self.chips.items() if chip.isChecked()))
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
