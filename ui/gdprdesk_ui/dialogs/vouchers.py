"""Who of the register is named in the vouchers of a bookkeeping file."""

from __future__ import annotations

from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.paging import Page
from gdprdesk.services.vouchers import VoucherNaming
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.models.cells import TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Banner, Table

_HEIGHT = 300


class VouchersNaming(FormDialog):
    """A table of the texts that name somebody; nothing of it is kept.

    Attributes:
        table: Voucher, day, the words that name her and the text, and who she is.
    """

    def __init__(
        self, context: PageContext, file: str, found: tuple[VoucherNaming, ...], looked: int
    ) -> None:
        said = ngettext(
            "{file} is a bookkeeping file. {count} voucher was looked through; nothing is saved.",
            "{file} is a bookkeeping file. {count} vouchers were looked through; nothing is saved.",
            looked,
        )
        super().__init__(
            context,
            _("Vouchers that name people"),
            said.format(file=file, count=format_number(looked)),
            verb=_("Done"),
            width=WIDE,
        )
        self._found = found
        self.model = PagedTableModel[VoucherNaming](_columns(), self._fetch, self)
        self.table = Table(self.model, _("Vouchers that name people"))
        self.table.setMinimumHeight(scaled(_HEIGHT))
        self.table.opened.connect(self._open)
        nobody = _("No voucher names anybody in the register.")
        hint = _(
            "A voucher stays as it is as long as the law on bookkeeping says. Tell whoever asks "
            "what you have about her of these, and write the number of the order next time."
        )
        self.body.addWidget(Banner("info", hint if found else nobody))
        self.body.addWidget(self.table, 1)
        self.table.setVisible(bool(found))
        self.cancel_button.hide()
        self.verb_button.clicked.connect(self.accept)
        self.model.reload()

    def _fetch(self, offset: int, limit: int) -> Page[VoucherNaming]:
        return Page(self._found[offset : offset + limit], len(self._found))

    def _open(self, one: VoucherNaming) -> None:
        self.accept()
        self.context.open_page("person", subject_ref=one.subject_ref)


def _columns() -> list[Column[VoucherNaming]]:
    def who(one: VoucherNaming) -> TextCell:
        words = one.name if one.sure else _("{name}, perhaps").format(name=one.name)
        return TextCell(words, "text" if one.sure else "muted")

    return [
        Column(_("Voucher"), lambda one: one.voucher, width=10),
        Column(_("Day"), lambda one: format_day(one.on, short=True) if one.on else "", width=12),
        Column(
            _("Text"),
            lambda one: one.text,
            cell=lambda one: TwoLineCell(one.text[one.start : one.end], one.text),
        ),
        Column(_("Who is named"), lambda one: who(one).text, cell=who, width=26),
    ]


def show_vouchers(
    context: PageContext, file: str, found: tuple[VoucherNaming, ...], looked: int
) -> VouchersNaming:
    """Show which vouchers of a file name people of the register.

    Args:
        context: What the window lends.
        file: What the file is called.
        found: The texts that name somebody.
        looked: How many vouchers the file has.
    """
    form = VouchersNaming(context, file, found, looked)
    form.open()
    return form
