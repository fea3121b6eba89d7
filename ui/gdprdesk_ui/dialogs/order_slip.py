"""The slip of an order, as it will look on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.terms import Permission
from gdprdesk.exports import PDF
from gdprdesk.i18n import _
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.order_files import export_slip
from gdprdesk.services.reports.slip import SlipCopy, order_slip
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.widgets import Button, Label, PdfPreview, column, holder
from gdprdesk_ui.widgets.printing import print_pdf


class OrderSlip(FormDialog):
    """Whom the slip is for, beside the very PDF that is printed or saved.

    Attributes:
        copies: A choice for each copy.
        with_diet: Whether the kitchen reads what must not be in it.
        preview: The slip.
        save_button: Saves it as PDF.
    """

    def __init__(self, context: PageContext, ref: RecordRef, number: str) -> None:
        super().__init__(
            context,
            context.names.either(
                _("The slip of order {number}"), _("The slip of booking {number}")
            ).format(number=number),
            verb=_("Print…"),
            width=WIDE,
        )
        self._ref, self._number, self._pdf = ref, number, b""
        self.preview = PdfPreview()
        self.put_beside(self.preview)
        words = {
            SlipCopy.CUSTOMER: (_("For the customer"), _("What, when and how much. No names.")),
            SlipCopy.SHOP: (
                context.names.either(_("For the shop"), _("For us")),
                _("With her name and telephone."),
            ),
            SlipCopy.KITCHEN: (_("For the kitchen"), _("With the note, without prices.")),
        }
        self.copies = {copy: QRadioButton(title) for copy, (title, _said) in words.items()}
        parts, group = {}, QButtonGroup(self)
        for copy, (_title, said) in words.items():
            sentence = Label(said, "small", "muted", wrap=True)
            sentence.setContentsMargins(28, 0, 0, 0)
            self.copies[copy].setAccessibleDescription(said)
            self.copies[copy].toggled.connect(lambda on: self._show() if on else None)
            group.addButton(self.copies[copy])
            parts[copy] = holder(column(self.copies[copy], sentence, spacing=2))
            self.body.addWidget(parts[copy])
        self.with_diet = QCheckBox(_("With the special diet"))
        self.with_diet.toggled.connect(lambda _on: self._show())
        self.body.addWidget(self.with_diet)
        self.body.addStretch(1)
        context.leave_out(Permission.HEALTH, self.with_diet)
        if context.names.books:  # nothing is cooked for a visit
            parts[SlipCopy.KITCHEN].hide()
            self.with_diet.hide()
        self.save_button = Button(_("Save as PDF"), icon_name="download", on_click=self._save)
        self.verbs.insertWidget(0, self.save_button)
        self.verb_button.clicked.connect(self._print)
        self.copies[SlipCopy.CUSTOMER].setChecked(True)

    def copy(self) -> SlipCopy:
        """Return whom it is for."""
        return next(copy for copy, tile in self.copies.items() if tile.isChecked())

    def _has_diet(self) -> bool:
        is_for_kitchen = self.copy() is SlipCopy.KITCHEN
        return is_for_kitchen and self.with_diet.isChecked()

    def _show(self) -> None:
        self.with_diet.setEnabled(self.copy() is SlipCopy.KITCHEN)
        document = self.context.desk.ask(
            order_slip, ref=self._ref, copy=self.copy(), with_diet=self._has_diet()
        )
        self._pdf = PDF.render(document)
        self.preview.show_pdf(self._pdf)

    def _save(self) -> None:
        named = self.context.names.either(_("Order {number}.pdf"), _("Booking {number}.pdf"))
        name = named.format(number=self._number)
        path = ask.choose_file_to_save(
            self.context.window, _("Save the slip"), name, [(_("PDF"), ["pdf"])]
        )
        if path is None:
            return
        desk, copy, with_diet = self.context.desk, self.copy(), self._has_diet()
        self.context.save(
            lambda _progress: desk.run(
                export_slip,
                ref=self._ref,
                to=path,
                copy=copy,
                with_diet=with_diet,
                overwrite=True,
            ),
            self._saved,
            self.save_button,
        )

    def _saved(self, receipt: ExportReceipt) -> None:
        tell_saved(self.context, receipt.path)

    def _print(self) -> None:
        printer = ask.choose_printer(self.context.window)
        if printer is not None:
            pdf = self._pdf
            self.context.perform(lambda _progress: print_pdf(pdf, printer), doing=_("Printing …"))
            self.accept()


def print_slip(context: PageContext, ref: RecordRef, number: str) -> OrderSlip:
    """Show the slip of an order, to be printed or saved."""
    form = OrderSlip(context, ref, number)
    form.open()
    return form
