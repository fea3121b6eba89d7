"""Saving the accountant's pack: a workbook, a PDF and, in Sweden, the vouchers as SIE 4I."""

from __future__ import annotations

from pathlib import Path

import gdprdesk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission
from gdprdesk.exports import PDF, XLSX, sie_file
from gdprdesk.i18n import N_, _, language, ngettext
from gdprdesk.services.accounts import accounts_of
from gdprdesk.services.bookkeeping import Books, gather_books, period_of
from gdprdesk.services.bookkeeping_vouchers import vouchers_of
from gdprdesk.services.finding import controller_of
from gdprdesk.services.handing import ExportReceipt, hand_out_files
from gdprdesk.services.registry import action
from gdprdesk.services.reports.accountant_pack import accountant_pack_report
from gdprdesk.services.reports.pack_remarks import remarks_of
from gdprdesk.store.unit_of_work import UnitOfWork

_SIE = sie_file.SUFFIX


@action("export.accountant_pack", N_("Export"), undoable=False, needs=Permission.INVOICES)
def export_accountant_pack(
    work: UnitOfWork,
    *,
    year: int,
    to: Path,
    month: int | None = None,
    with_names: bool = False,
    paid_orders: bool = True,
    from_elsewhere: bool = False,
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save what the accountant needs of a financial year or a month, packed as zip.

    An Excel workbook and a PDF with invoices, payments and totals by VAT rate; for a Swedish
    business also the vouchers as SIE 4I, which Fortnox, Visma and others take in. With a name that
    ends in .si only that file is saved.

    Args:
        work: The unit of work.
        year: The year in which the financial year ends; with a month, the calendar year.
        to: The file, which ends in .zip or .si.
        month: The month, if not the whole financial year.
        with_names: Whether buyers are named, in voucher texts too.
        paid_orders: Whether orders that were paid without an invoice belong to it.
        from_elsewhere: Whether invoices whose original another system keeps belong to it.
        language_code: The language of the workbook and the PDF; without one, of the business.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        DomainError: This is no year or month, a rate of VAT has no account, SIE is asked for
            outside Sweden, or it cannot be written there.
    """
    read = work.session
    country, suffix = controller_of(read).country, to.suffix.casefold()
    _check(country, suffix)
    period = period_of(read, year, month)
    books = gather_books(read, period, paid_orders=paid_orders, from_elsewhere=from_elsewhere)
    vouchers, changed = _sie(work, books, with_names=with_names) if country == "SE" else (b"", 0)
    stem = f"{year}-{month:02d}" if month else str(year)
    files = [(f"{stem}{_SIE}", vouchers)] if country == "SE" else []
    if suffix != _SIE:
        document = accountant_pack_report(
            read,
            year=year,
            month=month,
            with_names=with_names,
            paid_orders=paid_orders,
            from_elsewhere=from_elsewhere,
            language_code=language_code,
        )
        with language(language_code or controller_of(read).language):
            name = _("For the accountant")
        files += [(f"{name} {stem}{one.suffix}", one.render(document)) for one in (XLSX, PDF)]
    return hand_out_files(
        work,
        files,
        to,
        len(books.invoices) + len(books.orders),
        overwrite=overwrite,
        remarks=(*remarks_of(read, books), *_said(changed)),
        alone=suffix == _SIE,
    )


def _check(country: str, suffix: str) -> None:
    if suffix not in {".zip", _SIE}:
        raise DomainError(
            _("The pack is saved as .zip, or its vouchers alone as .si. Nothing was saved.")
        )
    if suffix == _SIE and country != "SE":
        raise DomainError(
            _(
                "SIE is the format of Swedish bookkeeping. Nothing was saved. Save the pack as "
                ".zip: it holds an Excel workbook and a PDF."
            )
        )


def _sie(work: UnitOfWork, books: Books, *, with_names: bool) -> tuple[bytes, int]:
    """Return the vouchers as SIE 4I, and how many of its texts had to be written otherwise."""
    controller, names = controller_of(work.session), accounts_of(work.session).names()
    vouchers = vouchers_of(work.session, books, with_names=with_names)
    used = {number for one in vouchers for number, _amount in one.rows}
    return sie_file.render(
        sie_file.SieFile(
            ("GDPR Desk", gdprdesk.__version__),
            work.today,
            controller.name,
            controller.org_number,
            books.period.year,
            {number: names[number] for number in used},
            vouchers,
        )
    )


def _said(changed: int) -> tuple[str, ...]:
    if not changed:
        return ()
    said = ngettext(
        "{count} text of the SIE file holds characters that this format does not know; they are "
        "written with the nearest letters, or with “?” where there are none.",
        "{count} texts of the SIE file hold characters that this format does not know; they are "
        "written with the nearest letters, or with “?” where there are none.",
        changed,
    )
    return (said.format(count=changed),)
