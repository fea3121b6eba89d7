"""One invoice: whose, for what, whether it is paid."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.money import by_rate
from gdprdesk.i18n import _, format_day, format_money, format_number
from gdprdesk.services.files import ExportReceipt, export_invoice
from gdprdesk.services.invoices import InvoiceDetail, show_invoice
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.order_days import ask_invoice_paid
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.pages.orders.pane import Pane
from gdprdesk_ui.pages.orders.words import invoice_pill
from gdprdesk_ui.widgets import Button, Fact, Label, row


class InvoicePane(Pane):
    """An invoice and its verbs.

    Attributes:
        paid_button: It was paid, on a day to be said.
        save_button: Saves it as a PDF to be sent.
        person_button: Opens the page of the buyer, if that is a person in the register.
    """

    def __init__(self, context: PageContext, currency: str) -> None:
        self.paid_button = Button(_("Paid…"), icon_name="banknote", on_click=self._pay)
        self.save_button = Button(_("Save as PDF"), icon_name="download", on_click=self.save)
        super().__init__(context, (self.paid_button, self.save_button))
        self._currency = currency
        self._invoice: InvoiceDetail | None = None
        self.person_button: Button | None = None
        self.set_empty(empty=True)

    def show_ref(self, ref: RecordRef | None) -> bool:
        """Show an invoice, or none; return whether there is one."""
        try:
            invoice = self.context.desk.ask(show_invoice, ref=ref) if ref else None
        except NotFoundError:
            invoice = None
        self._invoice = invoice
        if invoice is None:
            self.set_empty(empty=True)
        else:
            self._fill(invoice)
        return invoice is not None

    def save(self) -> None:
        """Save the invoice as a PDF to be sent to the buyer."""
        if self._invoice is None or self._invoice.row.original_in:
            return
        shown = self._invoice.row
        suggestion = _("Invoice {number}.pdf").format(number=shown.number)
        path = ask.choose_file_to_save(
            self.context.window, _("Save the invoice"), suggestion, [(_("PDF"), ["pdf"])]
        )
        if path is not None:
            self.context.save(
                lambda _progress: self.context.desk.run(
                    export_invoice, ref=shown.ref, to=path, overwrite=True
                ),
                self._saved,
                self.save_button,
            )

    def _saved(self, saved: ExportReceipt) -> None:
        tell_saved(self.context, saved.path)

    def _fill(self, invoice: InvoiceDetail) -> None:
        shown, today = invoice.row, self.context.today
        self.person_button = None
        self.save_button.setVisible(not shown.original_in)
        self.begin(_("Invoice {number}").format(number=shown.number), invoice_pill(shown))
        if shown.subject_ref is not None:
            opened = partial(self.context.open_page, "person", subject_ref=shown.subject_ref)
            self.person_button = Button(shown.buyer, "link", "user", on_click=opened)
            self.body.addLayout(row(self.person_button, None))
        else:
            self.body.addWidget(Label(shown.buyer, "strong", wrap=True))
        if invoice.buyer_address:
            self.body.addWidget(Fact(_("Address"), invoice.buyer_address, wrap=True))
        if invoice.buyer_org_number:
            self.body.addWidget(Fact(_("Org. number"), invoice.buyer_org_number))
        days = (
            Fact(_("Date"), format_day(shown.issued_on, short=True, today=today)),
            Fact(_("Pay by"), format_day(shown.due_on, short=True, today=today)),
        )
        self.body.addLayout(row(*days, spacing=16))
        if shown.paid_on is not None:
            paid = format_day(shown.paid_on, short=True, today=today)
            self.body.addWidget(Fact(_("Paid on"), paid))
        if shown.original_in:
            self.body.addWidget(Fact(_("The original is kept in"), shown.original_in))
        self.add_lines(invoice.lines, self._currency)
        for rate, (_net, vat) in by_rate(invoice.lines).items():
            self._add_vat(rate, vat)

    def _add_vat(self, rate: Decimal, vat: Decimal) -> None:
        said = _("of which VAT {rate} %").format(rate=format_number(rate))
        amount = Label(format_money(vat, self._currency), "small", "muted", keep=True, tabular=True)
        self.body.addLayout(row(Label(said, "small", "muted"), None, amount))

    def _pay(self) -> None:
        if self._invoice is not None:
            ask_invoice_paid(self.context, self._invoice.row)
