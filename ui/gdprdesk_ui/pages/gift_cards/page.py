"""Gift cards: what is owed to whoever has one, and each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.i18n import _, format_amount, format_day, format_money, ngettext
from gdprdesk.services.gift_cards import GiftCardRow, list_gift_cards, show_outstanding
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.paging import Page as RowPage
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.gift_card_form import open_card, sell_card
from gdprdesk_ui.models.cells import PillCell, TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.pages.long_list import long_list, one_of
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import (
    Button,
    Chips,
    EmptyState,
    Label,
    PageHeading,
    SearchField,
    Table,
    row,
)

OPEN, ALL = "open", "all"


class GiftCardsPage(Page):
    """The cards that can be used, with the sum of what is left on them; or all there are.

    Attributes:
        new_button: Sells a card.
        search: A part of a number or of a name.
        chips: Those with something left, or all.
        table: The cards found; opening one shows it.
        empty: Shown while there is none.
    """

    scrolls = False
    changed_kinds = frozenset({GiftCard, Booking, DataSubject})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._currency = context.desk.ask(show_organisation).currency
        self.new_button = Button(
            _("Sell a gift card"), "primary", "plus", on_click=lambda: sell_card(context)
        )
        self.search = SearchField(_("Number or name …"))
        self.chips = Chips([(OPEN, _("Something left")), (ALL, _("All"))], _("Which cards"))
        self.model = PagedTableModel[GiftCardRow](self._columns(), self._fetch, self)
        self.table = Table(self.model, _("Gift cards"))
        self.empty = EmptyState(
            "gift",
            _("No gift cards here"),
            _("Sell one by its number. Whose it is need not be written down."),
        )
        self._found = one_of(self.table, self.empty)
        self.owed = Label("", "strong", tabular=True)
        self._build()
        self.search.searched.connect(lambda _words: self.refresh())
        self.search.left_down.connect(self.table.setFocus)
        self.chips.chosen.connect(lambda _key: self.refresh())
        self.table.opened.connect(lambda one: open_card(context, one))

    def _build(self) -> None:
        context = self.context
        heading = PageHeading(
            _("Gift cards"),
            _("By number: whoever has the card can use it"),
            [self.new_button],
            back=(context.names.orders, lambda: context.open_page("orders")),
        )
        filters = row(self.search, self.chips, spacing=12, margins=(28, 0, 28, 12))
        filters.setStretch(0, 4)
        filters.setStretch(1, 7)
        self.setLayout(long_list(heading, filters, self._found, self.owed))

    def refresh(self) -> None:
        self.model.reload()
        self._found.setCurrentWidget(self.table if self._fetch(0, 0).total else self.empty)
        owed = self.context.desk.ask(show_outstanding)
        said = ngettext(
            "{count} card can be used, with {amount} left on it",
            "{count} cards can be used, with {amount} left in all",
            owed.cards,
        )
        self.owed.setText(
            said.format(count=owed.cards, amount=format_money(owed.left, self._currency))
        )

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {
            Command.NEW: lambda: sell_card(self.context),
            Command.FIND: self.search.setFocus,
        }

    def first_focus(self) -> QWidget | None:
        return self.table if self.model.rowCount() else self.new_button

    def _fetch(self, offset: int, limit: int) -> RowPage[GiftCardRow]:
        return self.context.desk.ask(
            list_gift_cards,
            search=self.search.text(),
            open_only=self.chips.key() == OPEN,
            offset=offset,
            limit=limit,
        )

    def _columns(self) -> list[Column[GiftCardRow]]:
        today = self.context.today

        def card(one: GiftCardRow) -> TwoLineCell:
            return TwoLineCell(one.number, one.buyer)

        def day_of(one: GiftCardRow) -> TextCell:
            return TextCell(format_day(one.sold_on, short=True, today=today), tabular=True)

        def until(one: GiftCardRow) -> TextCell:
            day = one.valid_until
            return TextCell(
                format_day(day, short=True, today=today) if day else _("Without end"), tabular=True
            )

        def left(one: GiftCardRow) -> TextCell:
            return TextCell(format_amount(one.left), tabular=True, right=True)

        def worth(one: GiftCardRow) -> TextCell:
            return TextCell(format_amount(one.amount), "muted", tabular=True, right=True)

        return [
            Column(_("Number"), lambda one: one.number, cell=card),
            Column(_("Sold"), lambda one: day_of(one).text, cell=day_of, width=12),
            Column(_("Valid until"), lambda one: until(one).text, cell=until, width=14),
            Column(_("Of"), lambda one: worth(one).text, cell=worth, width=10, right=True),
            Column(_("Left"), lambda one: left(one).text, cell=left, width=10, right=True),
            Column(_("State"), lambda one: _state(one).text, cell=_state, width=17),
        ]


def _state(one: GiftCardRow) -> PillCell:
    if one.voided_on is not None:
        return PillCell(_("Stopped"), "danger", "ban")
    if one.is_usable:
        return PillCell(_("Can be used"), "accent", "check")
    return PillCell(_("Used up") if not one.left else _("Run out"), "neutral", "circle")
