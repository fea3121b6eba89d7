"""What leaves for the accountant and for Excel: the pack of a year, the customer list, labels."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from gdprdesk.cli.answers import Answer
from gdprdesk.cli.breaches import AddExport
from gdprdesk.cli.call import Call
from gdprdesk.cli.exporting import (
    chosen_format,
    save_accountant,
    save_day_sheet,
    save_invoice,
    saved,
)
from gdprdesk.cli.signatures import add_choice, day, text, whole
from gdprdesk.desk import Desk
from gdprdesk.domain.terms import SubjectKind
from gdprdesk.exports.label_sheets import LabelSheet
from gdprdesk.i18n import _
from gdprdesk.services.accountant_pack import export_accountant_pack
from gdprdesk.services.book_years import show_book_years
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.people_files import ListFormat, export_labels, export_people


def add_sales_exports(add: AddExport, formats: tuple[str, ...]) -> None:
    """Add what tells of orders, invoices and customers to what can be saved."""
    invoices = add("accountant", save_accountant, _("the invoices of a year"), formats)
    invoices.add_argument("--year", type=whole, metavar="N", help=_("the financial year"))
    sheet = add("day-sheet", save_day_sheet, _("the orders of a day"), formats)
    sheet.add_argument("--day", type=day, metavar=_("DAY"), help=_("today, if not given"))
    invoice = add("invoice", save_invoice, _("an invoice"))
    invoice.add_argument("--ref", type=text, required=True, metavar="REF")
    _add_pack(add)
    _add_list(add)
    _add_labels(add)


def _add_pack(add: AddExport) -> None:
    """Add what the accountant needs: a workbook, a PDF and the vouchers as SIE."""
    words = _("all the accountant needs of a year or a month: .zip, or the SIE file alone: .si")
    pack = add("accountant-pack", save_accountant_pack, words)
    pack.add_argument("--year", type=whole, metavar="N", help=_("the financial year"))
    pack.add_argument(
        "--month", type=whole, metavar="1-12", help=_("a month of that calendar year")
    )
    pack.add_argument("--with-names", action="store_true", help=_("name the buyers"))
    pack.add_argument(
        "--without-paid-orders",
        action="store_true",
        help=_("without what was paid at once, if a cash register reports it"),
    )
    pack.add_argument(
        "--from-elsewhere",
        action="store_true",
        help=_("with the invoices that another system books itself"),
    )


def _add_list(add: AddExport) -> None:
    """Add the customer list."""
    formats = tuple(one.value for one in ListFormat)
    people = add("people", save_people, _("the customer list"), formats)
    _add_who(people)
    people.add_argument("--notes", action="store_true", help=_("with the notes about each"))


def _add_labels(add: AddExport) -> None:
    """Add address labels for sheets of them."""
    labels = add("labels", save_labels, _("address labels to print"))
    _add_who(labels)
    add_choice(
        labels,
        "--sheet",
        LabelSheet,
        _("how many labels are across and down: 63.5 or 99.1 mm wide, 38.1 mm high"),
        default=LabelSheet.THREE_BY_SEVEN,
    )
    labels.add_argument(
        "--first", type=whole, default=1, metavar="N", help=_("the label to begin with")
    )


def _add_who(people: ArgumentParser) -> None:
    """Add whom a list is of."""
    people.add_argument(
        "--search", type=text, default="", metavar=_("WORDS"), help=_("beginnings of words")
    )
    add_choice(people, "--kind", SubjectKind, _("only these"))
    people.add_argument(
        "--purpose", type=text, default="", metavar="KEY", help=_("only who says yes to this")
    )


def save_accountant_pack(call: Call) -> Answer:
    """Save what the accountant needs of a year or a month; of the last year over, if none."""
    given = call.given

    def save(desk: Desk, common: dict[str, Any]) -> ExportReceipt:
        year = given.year
        if year is None:
            year = desk.ask(show_book_years).usual
        return desk.run(
            export_accountant_pack,
            year=year,
            month=given.month,
            with_names=given.with_names,
            paid_orders=not given.without_paid_orders,
            from_elsewhere=given.from_elsewhere,
            **common,
        )

    return saved(call, save)


def save_people(call: Call) -> Answer:
    """Save the customer list, or those of it who are looked for."""
    given, wanted = call.given, chosen_format(call, ListFormat.XLSX)
    return saved(
        call,
        lambda desk, common: desk.run(
            export_people,
            search=given.search,
            kind=given.kind,
            purpose=given.purpose,
            notes=given.notes,
            format=wanted,
            **common,
        ),
    )


def save_labels(call: Call) -> Answer:
    """Save address labels of everybody, or of those who are looked for."""
    given = call.given
    return saved(
        call,
        lambda desk, common: desk.run(
            export_labels,
            search=given.search,
            kind=given.kind,
            purpose=given.purpose,
            sheet=given.sheet,
            first=given.first,
            **common,
        ),
    )
