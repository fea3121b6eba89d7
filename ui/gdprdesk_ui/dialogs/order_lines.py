"""The lines of an order: what, how many, for how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.money import total
from gdprdesk.i18n import _, format_amount, format_money
from gdprdesk.services.order_lines import LineEntry, make_lines
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Button, Choice, IconButton, Label, clear, column, row

_QUANTITY, _PRICE, _RATE, _SUM = 7, 11, 11, 13


class LineRow(QWidget):
    """One line; the price is that of one, with VAT.

    Signals:
        touched: Something was typed or chosen.
        left: A field was left.
        unwanted: The line is to go.
    """

    touched = Signal()
    left = Signal()
    unwanted = Signal()

    def __init__(self, rates: Sequence[str], entry: LineEntry) -> None:
        super().__init__()
        self.text = QLineEdit(entry.text)
        self.text.setCursorPosition(0)  # a long text is read from its beginning
        self.quantity = QLineEdit(_as_written(entry.quantity))
        self.price = QLineEdit(_as_written(entry.price))
        known = list(dict.fromkeys([*rates, entry.rate]))
        self.rate = Choice([(rate, f"{rate} %") for rate in known])
        self.rate.set_value(entry.rate)
        self.sum = Label("", keep=True, tabular=True)
        self.sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remove_button = IconButton("x", _("Remove the line"), on_click=self.unwanted.emit)
        named = (
            (self.text, _("What")),
            (self.quantity, _("How many")),
            (self.price, _("Price of one, with VAT")),
        )
        for edit, name in named:
            edit.setAccessibleName(name)
            edit.textEdited.connect(self.touched)
            edit.editingFinished.connect(self.left)
        for edit in (self.quantity, self.price):
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.rate.setAccessibleName(_("VAT"))
        self.rate.picked.connect(lambda _rate: self.touched.emit())
        sized = ((self.quantity, _QUANTITY), (self.price, _PRICE), (self.rate, _RATE))
        for widget, digits in (*sized, (self.sum, _SUM)):
            widget.setFixedWidth(ch(digits))
        line = row(
            self.text, self.quantity, self.price, self.rate, self.sum, self.remove_button, spacing=6
        )
        line.setStretch(0, 1)
        self.setLayout(line)

    def entry(self) -> LineEntry:
        """Return what was typed; one piece and no price unless something else is said."""
        return LineEntry(
            text=self.text.text().strip(),
            quantity=self.quantity.text().strip() or "1",
            price=self.price.text().strip() or "0",
            rate=self.rate.value(),
        )

    def is_empty(self) -> bool:
        """Return whether nothing has been written in it."""
        return not self.text.text().strip() and not self.price.text().strip()


class OrderLines(QWidget):
    """Any number of lines with what they cost together.

    Signals:
        touched: Something was typed, chosen or taken away.
        left: A field was left.

    Attributes:
        lines: The lines, from the top.
        add_button: Adds an empty line.
        total: What they cost, with VAT.
    """

    touched = Signal()
    left = Signal()

    def __init__(self, rates: Sequence[str], rate: str, currency: str) -> None:
        super().__init__()
        self._rates, self._rate, self._currency = rates, rate, currency
        self.lines: list[LineRow] = []
        self.add_button = Button(_("Add a line"), "link", "plus", on_click=self._add_empty)
        self.total = Label("", "strong", keep=True, tabular=True)
        self._rows = column(spacing=6)
        foot = row(self.add_button, None, Label(_("Total with VAT"), "small", "muted"), self.total)
        foot.setContentsMargins(0, 0, self._spare(), 0)
        self.setLayout(column(self._head(), self._rows, foot, spacing=6))
        self.show_entries(())

    def entries(self) -> tuple[LineEntry, ...]:
        """Return the lines in which something was written."""
        return tuple(line.entry() for line in self.lines if not line.is_empty())

    def show_entries(self, entries: Sequence[LineEntry]) -> None:
        """Show these lines, or an empty one to begin with."""
        clear(self._rows)
        self.lines = []
        for entry in entries or (self._empty(),):
            self._add(entry)
        self._show_total()

    def entered(self) -> list[dict[str, Any]]:
        """Return the lines as a draft keeps them."""
        return [asdict(entry) for entry in self.entries()]

    def problem(self) -> str | None:
        """Return what is wrong with the lines: a check for a FormField."""
        try:
            make_lines(self.entries())
        except DomainError as error:
            return str(error)
        return None

    def lock(self) -> None:
        """Let the lines be read only."""
        self.add_button.hide()
        for line in self.lines:
            line.setEnabled(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where a form puts the cursor after a mistake: the first line that is wrong."""
        wrong = (line for line in self.lines if not line.is_empty() and _sum_of(line) is None)
        next(wrong, self.lines[0]).text.setFocus()

    def _head(self) -> QWidget:
        head = QWidget()
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        titles = (
            (_("Quantity"), _QUANTITY, right),
            (_("Price"), _PRICE, right),
            (_("VAT"), _RATE, left),
            (_("Sum"), _SUM, right),
        )
        labels = []
        for text, digits, side in titles:
            label = Label(text, "caption", "muted")
            label.setFixedWidth(ch(digits))
            label.setAlignment(side)
            labels.append(label)
        line = row(Label(_("What"), "caption", "muted"), *labels, spacing=6)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, self._spare(), 0)
        head.setLayout(line)
        return head

    def _spare(self) -> int:
        """Return how wide the button at the end of a line is, with the gap before it."""
        return IconButton("x", _("Remove the line")).sizeHint().width() + 6

    def _empty(self) -> LineEntry:
        return LineEntry("", "1", "", self.lines[-1].rate.value() if self.lines else self._rate)

    def _add_empty(self) -> None:
        self._add(self._empty()).text.setFocus()

    def _add(self, entry: LineEntry) -> LineRow:
        line = LineRow(self._rates, entry)
        line.touched.connect(self._show_total)
        line.touched.connect(self.touched)
        line.left.connect(self.left)
        line.unwanted.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._rows.addWidget(line)
        return line

    def _remove(self, line: LineRow) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.deleteLater()
        if not self.lines:
            self._add(self._empty())
        self.lines[-1].text.setFocus()
        self._show_total()
        self.touched.emit()
        self.left.emit()

    def _show_total(self) -> None:
        sums = [_sum_of(line) for line in self.lines if not line.is_empty()]
        for line in self.lines:
            known = None if line.is_empty() else _sum_of(line)
            line.sum.setText("" if known is None else format_money(known, self._currency))
        known_sums = [one for one in sums if one is not None]
        whole = sum(known_sums, Decimal(0)) if len(known_sums) == len(sums) else None
        shown = "\N{EN DASH}" if whole is None else format_money(whole, self._currency)
        self.total.setText(shown)


def _sum_of(line: LineRow) -> Decimal | None:
    """Return what a line costs with VAT; None while it cannot be read."""
    try:
        return total(make_lines((line.entry(),)))
    except DomainError:
        return None


def _as_written(amount: str) -> str:
    """Return an amount with the decimal sign of the language: "12,50"."""
    return amount.replace(".", format_amount(Decimal(0)).strip("0"))
