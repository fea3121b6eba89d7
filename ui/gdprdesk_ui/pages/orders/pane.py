"""The frame in which an order or an invoice stands beside its list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdprdesk.domain.money import Line as SoldLine
from gdprdesk.domain.money import total
from gdprdesk.i18n import _, format_money
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.models.cells import PillCell
from gdprdesk_ui.widgets import (
    Button,
    FlowLayout,
    Label,
    Line,
    Pill,
    Surface,
    clear,
    column,
    row,
    scrolling,
)


class Pane(Surface):
    """A title with its state, what is known, and what can be done.

    What is done most stays at the foot. The rest stands above it and scrolls, so that where there
    is little room what is known is not crowded out by what can be done.

    Attributes:
        back_button: Leads to the list, where the pane has taken its place.
        title: What it is.
        buttons: What can be done; those that do not fit now are hidden.
    """

    def __init__(
        self,
        context: PageContext,
        buttons: Sequence[Button],
        *,
        more: Sequence[Button] = (),
        dangerous: Sequence[Button] = (),
    ) -> None:
        super().__init__()
        self.context = context
        self.buttons = (*buttons, *more, *dangerous)
        self.back_button = Button(_("Back"), "link", "arrow-left", on_click=context.go_back)
        self.title = Label("", "title", wrap=True)
        self._pill = Pill("")
        self.body = column(spacing=14)
        head = row(self.title, self._pill, spacing=8)
        head.setStretch(0, 1)
        head.setAlignment(self._pill, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        above = row(self.back_button, None)
        rest = column(*(_flow(some) for some in (more, dangerous) if some), spacing=12)
        known = column(above, head, self.body, None, rest, spacing=14, margins=(20, 18, 20, 12))
        inner.setLayout(known)
        self._foot = QWidget()
        self._foot.setLayout(column(_flow(buttons), margins=(20, 12, 20, 16)))
        self._inner = inner
        box = column(scrolling(inner, ground="surface"), Line(), self._foot, spacing=0)
        box.setStretch(0, 1)
        self.setLayout(box)

    def begin(self, title: str, pill: PillCell) -> None:
        """Show something else; what is known of it is added to `body`."""
        clear(self.body)
        self.set_empty(empty=False)
        self.title.setText(title)
        self._pill.set_pill(pill.text, pill.tone, pill.icon)

    def set_empty(self, *, empty: bool) -> None:
        """Show nothing, where nothing is chosen."""
        self._inner.setVisible(not empty)
        self._foot.setVisible(not empty)

    def add_lines(self, lines: Sequence[SoldLine], currency: str) -> None:
        """Add what was sold and for how much, with the total under it."""
        for line in lines:
            said = f"{line['quantity']} × {line['text']}"  # noqa: RUF001
            self._add_amount(Label(said, wrap=True), format_money(total([line]), currency))
        if lines:
            self.body.addWidget(Line())
            whole = format_money(total(lines), currency)
            self._add_amount(Label(_("Total with VAT"), "strong"), whole, strong=True)

    def _add_amount(self, words: Label, amount: str, *, strong: bool = False) -> None:
        said = Label(amount, "strong" if strong else "body", keep=True, tabular=True)
        line = row(words, said, spacing=12)
        line.setStretch(0, 1)
        line.setAlignment(said, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)


def _flow(buttons: Sequence[Button]) -> QWidget:
    """Return buttons beside each other, in as many rows as they need."""
    flow = QWidget()
    flow.setLayout(FlowLayout(*buttons, spacing=8))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    flow.setSizePolicy(policy)
    return flow
