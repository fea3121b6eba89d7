"""What is chosen of what the accountant gets: which months, with names or without, from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.desk import Desk
from gdprdesk.exports import Document
from gdprdesk.i18n import _, format_month
from gdprdesk.services.accountant_pack import export_accountant_pack
from gdprdesk.services.book_years import BookYear
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.reports.accountant_pack import accountant_pack_report
from gdprdesk_ui.dialogs.save_guarded import Saving
from gdprdesk_ui.dialogs.wrapped_box import WrappedBox
from gdprdesk_ui.widgets import Choice, FormField, Label, column


@dataclass(frozen=True)
class PackChoice:
    """What was chosen of what the accountant gets.

    Attributes:
        month: The first day of the month; nothing for the whole financial year.
        with_names: Whether customers are named.
        paid_orders: Whether orders that were paid without an invoice belong to it.
        from_elsewhere: Whether invoices that another system keeps belong to it.
    """

    month: date | None = None
    with_names: bool = False
    paid_orders: bool = True
    from_elsewhere: bool = False


class PackOptions(QWidget):
    """The choices for what the accountant gets, beside the financial year.

    Signals:
        picked: Something else was chosen.

    Attributes:
        period: The whole financial year, or one of its months.
        names: Whether customers are named.
        orders: Whether orders that were paid without an invoice belong to it.
        elsewhere: Whether invoices that another system keeps belong to it.
    """

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period: Choice[date | None] = Choice([(None, _("The whole financial year"))])
        self.names = WrappedBox(_("Name the customers"))
        self.orders = WrappedBox(_("Orders paid without an invoice"))
        self.elsewhere = WrappedBox(_("Invoices that another system keeps"))
        self.orders.box.setChecked(True)
        self.period.picked.connect(lambda _month: self.picked.emit())
        parts = []
        for one, hint in (
            (self.names, _("In the lists and in the texts of the vouchers.")),
            (self.orders, _("Leave them out if a cash register reports them.")),
            (self.elsewhere, _("Leave them out if that system books them itself.")),
        ):
            one.box.setAccessibleDescription(hint)
            one.box.clicked.connect(lambda _on: self.picked.emit())
            under = Label(hint, "small", "muted", wrap=True)
            under.setContentsMargins(38, 0, 0, 0)  # under the words, not under the box
            parts.append(column(one, under, spacing=2))
        self.setLayout(column(FormField(_("Period"), self.period), *parts, spacing=10))

    def show_year(self, year: BookYear) -> None:
        """Offer the months of a financial year; the same month of another year stays chosen."""
        before = self.period.value()
        whole: tuple[date | None, str] = (None, _("The whole financial year"))
        self.period.set_choices([whole, *((one, format_month(one)) for one in year.months)])
        same = (one for one in year.months if before and one.month == before.month)
        self.period.set_value(next(same, None))

    def chosen(self) -> PackChoice:
        """Return what is chosen now."""
        return PackChoice(
            self.period.value(),
            self.names.box.isChecked(),
            self.orders.box.isChecked(),
            self.elsewhere.box.isChecked(),
        )


def pack_of(desk: Desk, year: int, choice: PackChoice, language_code: str) -> Document:
    """Return what the accountant gets, as it was chosen."""
    return desk.ask(
        accountant_pack_report,
        year=choice.month.year if choice.month else year,
        month=choice.month.month if choice.month else None,
        with_names=choice.with_names,
        paid_orders=choice.paid_orders,
        from_elsewhere=choice.from_elsewhere,
        language_code=language_code,
    )


def saving_of_pack(desk: Desk, year: int, choice: PackChoice, language_code: str) -> Saving:
    """Return how what the accountant gets is saved, as it was chosen."""

    def write(to: Path, _kind: str) -> ExportReceipt:
        return desk.run(
            export_accountant_pack,
            year=choice.month.year if choice.month else year,
            month=choice.month.month if choice.month else None,
            to=to,
            with_names=choice.with_names,
            paid_orders=choice.paid_orders,
            from_elsewhere=choice.from_elsewhere,
            language_code=language_code,
            overwrite=True,
        )

    kinds = [("zip", _("Everything packed as zip: Excel and PDF"))]
    if desk.ask(show_organisation).country == "SE":
        kinds = [
            ("zip", _("Everything packed as zip: Excel, PDF and SIE 4I")),
            ("si", _("Only the vouchers (SIE 4I), for Fortnox, Visma and others")),
        ]
    name = _("For the accountant {year}").format(year=_called(year, choice))
    return Saving(_("For the accountant"), name, export_accountant_pack, kinds, write)


def _called(year: int, choice: PackChoice) -> str:
    return f"{choice.month:%Y-%m}" if choice.month else str(year)
