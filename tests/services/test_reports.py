"""What goes out: the register for the authority, the accountant's list, papers for the counter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, event

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BookingState, ConsentMethod, Decision
from gdprdesk.exports.document import Document, Fields, Paragraph, Points, Table
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import consents_of, record_consent
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.files import (
    FileFormat,
    export_accountant,
    export_day_sheet,
    export_invoice,
    export_register,
)
from gdprdesk.services.invoices import issue_invoice
from gdprdesk.services.notes import add_note
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.reports.accountant import accountant_report
from gdprdesk.services.reports.orders import day_sheet, invoice_report
from gdprdesk.services.reports.proofs import consent_report, receipt_report
from gdprdesk.services.reports.register import register_report
from gdprdesk.services.templates import template
from tests.builders import TODAY, Clock, invoiced, order, person
from tests.texts import read_pdf

TEMPLATE = template("cafe")
# Article 30(1): name of the controller, purposes, whose and which data, recipients, transfers,
# periods, measures.
MANDATORY = 9


def tables(document: Document) -> list[Table]:
    return [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    ]


def words(document: Document) -> str:
    return " ".join((document.title, document.subtitle, *_words(document)))


def _words(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield section.heading
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Fields):
                yield from (word for line in block.lines for word in line)
            elif isinstance(block, Points):
                yield from block.items
            else:
                rows = (*block.rows, block.total or ())
                yield from (str(cell) for row in rows for cell in row)


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Collect what the file is asked meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    """Somebody of whom more is known than an accountant need see."""
    ref = person(desk, email="karin@example.com", phone="0701740645", address="Storgatan 9")
    desk.run(add_note, subject_ref=ref, text="Gillar marsipan")
    order(desk, ref, diet="nötter", note="Ring på gården")
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == "photo")
    said = ConsentMethod.ORALLY
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=text.ref,
        decision=Decision.GIVEN,
        method=said,
        evidence="Hört av Maja",
    )
    return ref


def test_the_register_has_what_article_30_asks_for(desk: Desk) -> None:
    (table,) = tables(desk.ask(register_report))
    mandatory = [number for number, column in enumerate(table.columns) if column.mandatory]
    assert len(mandatory) == MANDATORY
    assert len(table.rows) == len(desk.ask(list_activities))
    for row in table.rows:
        assert all(str(row[number]).strip() for number in mandatory)


@pytest.mark.parametrize("code", ["sv", "nb", "en"])
def test_the_register_speaks_the_templates_own_words_in_each_language(
    desk: Desk, code: str
) -> None:
    (table,) = tables(desk.ask(register_report, language_code=code))
    names = {row[0] for row in table.rows}
    known = {one["name"][code] for one in TEMPLATE["activity"]}
    assert names <= known
    text = " ".join(str(cell) for row in table.rows for cell in row)
    for one in TEMPLATE["activity"]:
        if one["name"][code] in names:
            assert one["purpose"][code] in text
            assert all(said[code] in text for said in one["measures"])


def test_own_words_stay_as_they_were_written(desk: Desk) -> None:
    orders = desk.ask(list_activities)[0].ref
    desk.run(
        update_activity, activity_ref=orders, changes=ActivityChanges(purpose="Baka goda tårtor")
    )
    assert "Baka goda tårtor" in words(desk.ask(register_report, language_code="nb"))


def test_the_register_is_one_sheet_and_one_pdf(desk: Desk, tmp_path: Path) -> None:
    sheet, paper = tmp_path / "register.xlsx", tmp_path / "register.pdf"
    receipt = desk.run(export_register, to=sheet)
    desk.run(export_register, to=paper, format=FileFormat.PDF, language_code="nb")
    book = openpyxl.load_workbook(sheet)
    cells = {str(cell.value) for row in book.active.iter_rows() for cell in row}
    assert len(book.sheetnames) == 1
    assert "Beställningar och bokningar" in cells
    assert receipt.rows == len(desk.ask(list_activities))
    assert "Bestillinger og bookinger" in read_pdf(paper)


def test_the_accountant_sees_invoices_and_nothing_else(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    invoiced(desk, karin)
    text = words(desk.ask(accountant_report, year=2026))
    assert "Karin Holm" in text
    for secret in ("marsipan", "nötter", "gården", "Maja", "example.com", "174", "Storgatan 9"):
        assert secret not in text
    file = tmp_path / "accountant.pdf"
    desk.run(export_accountant, year=2026, to=file, format=FileFormat.PDF)
    assert "marsipan" not in read_pdf(file)


def test_the_totals_add_up_by_rate(desk: Desk) -> None:
    anna = person(desk, "Anna")
    for lines in (
        (LineEntry("Tårta", "1", "400", "12"), LineEntry("Vin", "1", "100", "25")),
        (LineEntry("Tårta", "2", "100", "12"),),
    ):
        booking = desk.run(add_booking, what="x", subject_ref=anna, lines=lines)
        desk.run(issue_invoice, booking_ref=booking)
    invoices, totals = tables(desk.ask(accountant_report, year=2026, language_code="en"))
    # 25 %: 80.00 + 20.00. 12 %: 357.14 + 42.86 and 178.57 + 21.43.
    assert [list(row) for row in totals.rows] == [
        ["25 %", Decimal("80.00"), Decimal("20.00"), Decimal("100.00")],
        ["12 %", Decimal("535.71"), Decimal("64.29"), Decimal("600.00")],
    ]
    assert totals.total == ["Total", Decimal("615.71"), Decimal("84.29"), Decimal("700.00")]
    assert list(invoices.total or ())[4:7] == list(totals.total)[1:]
    assert [row[6] for row in invoices.rows] == [Decimal("500.00"), Decimal("200.00")]


def test_a_financial_year_that_ends_in_june(desk: Desk, clock: Clock) -> None:
    desk.run(update_organisation, year_ends_in=6)
    anna = person(desk, "Anna")
    for day in (date(2026, 6, 30), date(2026, 7, 1), date(2027, 6, 30), date(2027, 7, 1)):
        clock.go_to(day)
        invoiced(desk, anna, paid_on=None)
    for year, numbers in ((2026, ["1"]), (2027, ["2", "3"]), (2028, ["4"])):
        invoices, _totals = tables(desk.ask(accountant_report, year=year))
        assert [row[1] for row in invoices.rows] == numbers


def test_originals_elsewhere_are_named(desk: Desk) -> None:
    invoiced(desk, person(desk), original_in="Fortnox")
    assert "kept in Fortnox" in words(desk.ask(accountant_report, year=2026, language_code="en"))


def test_the_accountants_list_as_excel_reads_it(desk: Desk, tmp_path: Path) -> None:
    invoiced(desk, person(desk))
    desk.run(export_accountant, year=2026, to=tmp_path / "list.csv", format=FileFormat.CSV)
    text = (tmp_path / "list.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert any("Karin Holm" in row for row in rows)
    desk.run(export_accountant, year=2026, to=tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert 400 in cells
    assert any(isinstance(cell, date) for cell in cells)


def test_the_day_sheet_has_what_the_kitchen_needs(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    order(desk, karin, wanted_on=TODAY, diet="gluten", note="Rosa marsipan")
    order(desk, karin, what="Avbeställd", wanted_on=TODAY, state=BookingState.CANCELLED)
    text = words(desk.ask(day_sheet, language_code="en"))
    for said in ("1002", "Prinsesstårta", "Karin Holm", "gluten", "Rosa marsipan", "shredder"):
        assert said in text
    assert "Avbeställd" not in text
    assert "174" not in text
    desk.run(export_day_sheet, to=tmp_path / "day.pdf", day=TODAY)
    assert "Prinsesstårta" in read_pdf(tmp_path / "day.pdf")


def test_a_long_day_sheet_is_asked_for_at_once(desk: Desk) -> None:
    asked: list[int] = []
    for count in (1, 8):
        for number in range(count):
            order(desk, wanted_on=TODAY, note=f"Not {number}")
        with counted_statements() as statements:
            text = words(desk.ask(day_sheet))
        assert f"Not {count - 1}" in text
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_an_invoice_says_what_the_law_wants(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    ref = invoiced(desk, karin, paid_on=None)
    text = words(desk.ask(invoice_report, ref=ref, language_code="en"))
    for said in (
        "Invoice 1",
        "21 November 2026",
        "Karin Holm",
        "Storgatan 9",
        "Kafé Lind",
        "556036-0793",
        "Prinsesstårta",
        "12 %",
        "357.14",
        "42.86",
    ):
        assert said in text, said
    assert "nötter" not in text
    desk.run(export_invoice, ref=ref, to=tmp_path / "invoice.pdf")
    assert "Karin Holm" in read_pdf(tmp_path / "invoice.pdf")


@pytest.mark.parametrize("code", ["sv", "nb", "en"])
def test_every_paper_is_made_in_every_language(desk: Desk, karin: SubjectRef, code: str) -> None:
    ref = invoiced(desk, karin)
    consent = next(row.ref for row in desk.ask(consents_of, subject_ref=karin) if row.ref)
    made = [
        desk.ask(register_report, language_code=code),
        desk.ask(accountant_report, year=2026, language_code=code),
        desk.ask(day_sheet, language_code=code),
        desk.ask(invoice_report, ref=ref, language_code=code),
        desk.ask(consent_report, ref=consent, language_code=code),
    ]
    desk.run(erase_subject, subject_ref=karin)
    made.append(desk.ask(receipt_report, subject_ref=karin, language_code=code))
    assert {document.language for document in made} == {code}
    assert all(document.footer for document in made)
    assert len({document.title for document in made}) == len(made)


def test_a_file_is_called_by_what_it_is_and_replaces_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"must end in \.xlsx"):
        desk.run(export_register, to=tmp_path / "register.pdf")
    taken = tmp_path / "register.xlsx"
    taken.write_text("mine")
    with pytest.raises(DomainError):
        desk.run(export_register, to=taken)
    assert taken.read_text() == "mine"
    desk.run(export_register, to=taken, overwrite=True)
    assert taken.read_bytes().startswith(b"PK")
