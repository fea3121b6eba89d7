"""The accountant's pack: everything once, balanced, by VAT rate, and nobody named unasked."""

from __future__ import annotations

import io
import re
import warnings
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pyzipper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from gdprdesk.desk import Desk
from gdprdesk.domain.accounts import AccountUse
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.handing import Handing
from gdprdesk.domain.money import by_rate
from gdprdesk.domain.terms import BookingState, ExportPurpose, PaidBy
from gdprdesk.services.accountant_pack import export_accountant_pack
from gdprdesk.services.accounts import AccountEntry, show_accounts, update_accounts
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.finding import find_record
from gdprdesk.services.gift_cards import (
    pay_with_card,
    sell_gift_card,
    show_gift_card,
    use_gift_card,
    void_gift_card,
)
from gdprdesk.services.invoices import issue_invoice
from gdprdesk.services.log_listing import list_log
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.reports.accountant_pack import accountant_pack_report
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import (
    CAFE,
    CHEAP,
    NOON,
    PASSWORD,
    TODAY,
    Clock,
    delivered,
    invoiced,
    order,
    person,
)

SALES = {"3001": 25, "3002": 12, "3003": 6, "3004": 0}
VAT = {"2611": 25, "2621": 12, "2631": 6}


def _read(file: Path, tmp_path: Path) -> dict[str, Any]:
    """Return the vouchers as an independent reader sees them: by number, each with its rows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what pandas says of the reader
        from pysie_accounting.pysie import PySIE  # noqa: PLC0415

        (tmp_path / "sru.csv").write_text("SRU,Ink2\n7214,2.1\n")
        reader = PySIE()
        reader.sie_encoding = "cp437"
        reader.open_trans(tmp_path / "sru.csv")
        reader.open(file)
        assert reader.orgnr == "556036"  # it takes the digits up to the hyphen
        assert reader.fnamn == "Kafé Lind"
        return dict(reader.verifikat)


def _sums(vouchers: dict[str, Any]) -> dict[str, Decimal]:
    sums = defaultdict[str, Decimal](Decimal)
    for _day, _text, _written, rows in vouchers.values():
        assert sum(Decimal(amount) for _account, _objects, amount in rows) == 0
        for account, _objects, amount in rows:
            sums[account] += Decimal(amount)
    return dict(sums)


def _pay(desk: Desk, ref: RecordRef, way: PaidBy | None) -> None:
    """Be paid for an order, and write down how, as far as anybody does."""
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        booking = find_record(work.session, Booking, ref)
        booking.paid_on, booking.paid_by = TODAY, way
        work.commit("booking.set_paid")


def _text(file: Path) -> str:
    return file.read_bytes().decode("cp437")


def test_the_vouchers_are_read_by_others_and_each_thing_stands_once(
    desk: Desk, tmp_path: Path
) -> None:
    karin = person(desk, "Karin Holm")
    invoiced(desk, karin)  # 400 kr with 12 %, and paid
    card = delivered(desk, karin, paid_on=None)
    _pay(desk, card, PaidBy.CARD)
    delivered(desk, karin, paid_on=None)  # neither paid nor invoiced: nothing to book yet
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    vouchers = _read(receipt.path, tmp_path)
    assert receipt.rows == 2
    assert [one[1] for one in vouchers.values()] == [
        "Faktura 1",
        "Betalning faktura 1",
        "Order 1002",
    ]
    assert _sums(vouchers) == {
        "1510": Decimal("0.00"),
        "1930": Decimal("400.00"),
        "1580": Decimal("400.00"),
        "3002": Decimal("-714.28"),
        "2621": Decimal("-85.72"),
    }
    assert "Karin" not in _text(receipt.path)
    assert "Prinsess" not in _text(receipt.path)


def test_what_a_card_paid_of_an_invoice_is_owed_no_more(desk: Desk, tmp_path: Path) -> None:
    desk.run(sell_gift_card, amount=Decimal(150), number="P1")
    cake = order(desk, person(desk))  # 400 kr
    desk.run(pay_with_card, ref=cake, number="P1")
    _pay(desk, cake, PaidBy.SWISH)
    desk.run(issue_invoice, booking_ref=cake)
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    sums = _sums(_read(receipt.path, tmp_path))
    assert (sums["1510"], sums["2421"]) == (Decimal("0.00"), Decimal("0.00"))
    assert Decimal("250.00") in sums.values()  # what came by Swish


def test_whoever_is_about_to_be_erased_is_named_only_where_a_law_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    delivered(desk, karin := person(desk, "Karin Holm"))
    delivered(desk, person(desk, "Per Ek"))
    desk.run(stage_erasure, subject_ref=karin)
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si", with_names=True)
    assert "Per Ek" in _text(receipt.path)
    assert "Karin" not in _text(receipt.path)


def test_what_was_paid_by_whoever_did_not_come_is_in_the_books(desk: Desk, tmp_path: Path) -> None:
    cake = order(desk)
    _pay(desk, cake, PaidBy.CARD)
    desk.run(set_booking_state, ref=cake, state=BookingState.NO_SHOW)
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    assert _sums(_read(receipt.path, tmp_path))["1580"] == Decimal("400.00")


def test_what_was_paid_and_cancelled_is_received_and_no_sale(desk: Desk, tmp_path: Path) -> None:
    for way in (PaidBy.SWISH, None):
        cake = order(desk)
        _pay(desk, cake, way)
        desk.run(set_booking_state, ref=cake, state=BookingState.CANCELLED)
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    assert _sums(_read(receipt.path, tmp_path)) == {
        "1930": Decimal("400.00"),
        "2999": Decimal("-400.00"),
    }
    known, unknown = receipt.remarks
    assert known.startswith("1 order was paid and then cancelled: SEK400.00. It stands on")
    assert "2999" in known
    assert unknown.startswith("1 order was paid and then cancelled, and is not among the sales: ")
    without = desk.run(export_accountant_pack, year=2026, to=tmp_path / "b.si", paid_orders=False)
    other = desk.run(export_accountant_pack, year=2026, month=10, to=tmp_path / "c.si")
    assert without.remarks == other.remarks == ()


def test_an_invoice_of_what_was_cancelled_needs_a_credit_note(desk: Desk, tmp_path: Path) -> None:
    cake = order(desk, person(desk))
    desk.run(issue_invoice, booking_ref=cake)
    invoiced(desk, person(desk, "Per Ek"))
    desk.run(set_booking_state, ref=cake, state=BookingState.CANCELLED)
    (said,) = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si").remarks
    assert said.startswith("1 invoice is of an order that was cancelled: 1, SEK400.00. It stays")


def test_what_was_on_a_stopped_card_is_owed_no_more(desk: Desk, tmp_path: Path) -> None:
    for number in ("USED", "LEFT"):
        desk.run(sell_gift_card, amount=Decimal(400), number=number)
    desk.run(pay_with_card, ref=order(desk), number="USED")
    for number in ("USED", "LEFT"):
        ref = desk.ask(show_gift_card, number=number).ref
        desk.run(void_gift_card, ref=ref, reason="Borttappat")
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    sums = _sums(_read(receipt.path, tmp_path))
    assert (sums["2421"], sums["2999"]) == (Decimal("0.00"), Decimal("400.00"))
    (said,) = receipt.remarks
    assert said.startswith("1 gift card was stopped with SEK400.00 on it. That is taken from")


def test_what_a_card_paid_without_an_order_is_owed_no_more(desk: Desk, tmp_path: Path) -> None:
    desk.run(sell_gift_card, amount=Decimal(400), number="P1")
    desk.run(use_gift_card, number="P1", amount=Decimal(150))
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    assert _sums(_read(receipt.path, tmp_path))["2421"] == Decimal("-250.00")
    (said,) = receipt.remarks
    assert said.startswith("SEK150.00 was paid with gift cards for what no order here says.")


def test_what_is_left_on_a_card_that_ran_out_is_said(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    end = TODAY + timedelta(days=5)
    desk.run(sell_gift_card, amount=Decimal(400), number="P1", valid_until=end)
    before = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    clock.go_to(end + timedelta(days=1))
    after = desk.run(export_accountant_pack, year=2026, to=tmp_path / "b.si")
    (said,) = after.remarks
    assert before.remarks == ()
    assert said.startswith("1 gift card ran out with SEK400.00 on it, which still stands on")


def test_orders_that_have_left_since_are_missed_aloud(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    for _number in range(2):
        _pay(desk, delivered(desk, None, paid_on=None), PaidBy.CASH)  # of nobody: it stays 30 days
    clock.move(days=40)
    desk.run(carry_out_clean_up)
    stays = delivered(desk, None, paid_on=None)
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    (said,) = receipt.remarks
    assert said.startswith("2 orders of this time have left the register")
    later = desk.run(export_accountant_pack, year=2027, to=tmp_path / "b.si")
    assert later.remarks == ()
    assert stays


def test_norwegian_books_are_told_what_to_book_by_hand(clock: Clock, tmp_path: Path) -> None:
    business = replace(CAFE, country="NO", language="nb", org_number="")
    desk, _key = Desk.create(
        tmp_path / "no.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    cake = order(desk)
    _pay(desk, cake, PaidBy.CARD)
    desk.run(set_booking_state, ref=cake, state=BookingState.CANCELLED)
    desk.run(sell_gift_card, amount=Decimal(400), number="P1")
    desk.run(use_gift_card, number="P1", amount=Decimal(150))
    ref = desk.ask(show_gift_card, number="P1").ref
    desk.run(void_gift_card, ref=ref, reason="Mistet")
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.zip")
    desk.lock()
    said = " ".join(receipt.remarks)
    assert "among the sales: NOK400.00. Book by hand" in said
    assert "with NOK250.00 on it" in said
    assert "NOK150.00 was paid with gift cards" in said
    assert "2999" not in said


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.decimals("0.5", "40", places=1),
            st.decimals("0.05", "900", places=2),
            st.sampled_from(["25", "12", "6", "0"]),
            st.sampled_from([*PaidBy, None]),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_sums_by_vat_rate_are_those_of_the_orders(
    desk: Desk, tmp_path: Path, sold: list[tuple[Decimal, Decimal, str, PaidBy | None, bool]]
) -> None:
    for amount, price, rate, way, with_invoice in sold:
        lines = (LineEntry("Vara", str(amount), str(price), rate),)
        if with_invoice:
            _invoice(desk, lines)
        elif way is not PaidBy.INVOICE:
            ref = delivered(desk, None, paid_on=None, lines=lines)
            _pay(desk, ref, way)
    file = tmp_path / "a.si"
    desk.run(export_accountant_pack, year=2026, to=file, overwrite=True)
    booked = _sums(_read(file, tmp_path))
    orders = desk.ask(lambda read: [one.lines for one in read.query(Booking) if _counts(one)])
    for percent, (net, vat) in by_rate(line for lines in orders for line in lines).items():
        assert _booked(booked, SALES, percent) == net
        assert _booked(booked, VAT, percent) == vat


def _booked(sums: dict[str, Decimal], accounts: dict[str, int], percent: Decimal) -> Decimal:
    wanted = (one for one, own in accounts.items() if own == percent)
    return -sum((sums.get(one, Decimal(0)) for one in wanted), Decimal(0))


def _counts(one: Booking) -> bool:
    return one.invoice_ref is not None or one.paid_on is not None


def _invoice(desk: Desk, lines: tuple[LineEntry, ...]) -> None:
    booking = delivered(desk, person(desk), paid_on=None, lines=lines)
    desk.run(issue_invoice, booking_ref=booking)


def test_names_stand_in_it_only_if_asked_for(desk: Desk, tmp_path: Path) -> None:
    invoiced(desk, person(desk, 'Karin "Kia" Holm'), paid_on=None)
    bare = desk.run(export_accountant_pack, year=2026, to=tmp_path / "bare.zip")
    named = desk.run(export_accountant_pack, year=2026, to=tmp_path / "n.zip", with_names=True)
    assert "Karin" not in _whole(bare.path)
    shown = desk.ask(accountant_pack_report, year=2026, language_code="en")
    assert [one.heading for one in shown.sections] == [
        "Invoices",
        "Paid without an invoice",
        "Totals by VAT rate",
        "By account",
    ]
    assert "Karin" in _whole(named.path)


def _whole(file: Path, password: str | None = None) -> str:
    """Return everything that a pack says."""
    with pyzipper.AESZipFile(file) as archive:
        if password:
            archive.setpassword(password.encode())
        files = {name: archive.read(name) for name in archive.namelist()}
    assert sorted(Path(name).suffix for name in files) == [".pdf", ".si", ".xlsx"]
    words = [next(one for name, one in files.items() if name.endswith(".si")).decode("cp437")]
    for name, content in files.items():
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(content))
            words += [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
        elif name.endswith(".pdf"):
            words += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return "\n".join(words)


def test_a_pack_with_a_password_opens_with_it_only(desk: Desk, tmp_path: Path) -> None:
    invoiced(desk, person(desk))
    with desk.handing_out(Handing(password=PASSWORD)):
        receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.zip")
    assert receipt.protected
    assert "Faktura 1" in _whole(receipt.path, PASSWORD)
    with pyzipper.AESZipFile(receipt.path) as archive, pytest.raises(RuntimeError):
        archive.read("2026.si")
    assert desk.ask(list_log).rows[0].purpose is ExportPurpose.BOOKKEEPING


def test_an_invoice_of_another_system_is_not_booked_again(desk: Desk, tmp_path: Path) -> None:
    invoiced(desk, person(desk), original_in="Fortnox")
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    assert "#VER" not in _text(receipt.path)
    assert "1 invoice is left out" in receipt.remarks[0]
    asked = desk.run(export_accountant_pack, year=2026, to=tmp_path / "b.si", from_elsewhere=True)
    assert _text(asked.path).count("#VER") == 2


def test_a_month_is_in_its_financial_year(desk: Desk, tmp_path: Path) -> None:
    desk.run(update_organisation, year_ends_in=6)
    invoiced(desk, person(desk))
    inside = desk.run(export_accountant_pack, year=2026, month=11, to=tmp_path / "a.si")
    other = desk.run(export_accountant_pack, year=2026, month=10, to=tmp_path / "b.si")
    assert "#RAR 0 20260701 20270630" in _text(inside.path)
    assert _text(inside.path).count("#VER") == 2
    assert "#VER" not in _text(other.path)
    with pytest.raises(DomainError, match="from 1 to 12"):
        desk.run(export_accountant_pack, year=2026, month=13, to=tmp_path / "c.si")


def test_accounts_are_chosen_once(desk: Desk, tmp_path: Path) -> None:
    desk.run(
        update_accounts,
        accounts=(AccountEntry(AccountUse.SALES_12, "3052"), AccountEntry(AccountUse.CASH, "")),
    )
    rows = {one.use: one for one in desk.ask(show_accounts)}
    assert (rows[AccountUse.SALES_12].number, rows[AccountUse.SALES_12].usual) == ("3052", "3002")
    invoiced(desk, person(desk))
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
    assert "#KONTO 3052" in _text(receipt.path)
    with pytest.raises(DomainError, match="“30” is no account"):
        desk.run(update_accounts, accounts=(AccountEntry(AccountUse.CASH, "30"),))


def test_a_rate_that_no_account_is_for_is_refused(desk: Desk, tmp_path: Path) -> None:
    delivered(desk, person(desk), lines=(LineEntry("Gammalt", "1", "10", "10"),))
    with pytest.raises(DomainError, match="no account for sales with 10 % VAT"):
        desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_in_norway_there_is_no_sie(tmp_path: Path) -> None:
    business = replace(CAFE, country="NO", language="nb", org_number="")
    desk, _key = Desk.create(
        tmp_path / "no.gdprdesk", business=business, password=PASSWORD, limits=CHEAP
    )
    try:
        with pytest.raises(DomainError, match="Swedish bookkeeping"):
            desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si")
        receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.zip")
        with pyzipper.AESZipFile(receipt.path) as archive:
            assert sorted(Path(one).suffix for one in archive.namelist()) == [".pdf", ".xlsx"]
        assert receipt.remarks == ()  # a Norwegian business is told nothing of Swedish formats
    finally:
        desk.lock()


def test_letters_that_sie_does_not_know_are_said(desk: Desk, tmp_path: Path) -> None:
    invoiced(desk, person(desk, "Bjørn Ødegård"), paid_on=None)
    receipt = desk.run(export_accountant_pack, year=2026, to=tmp_path / "a.si", with_names=True)
    assert re.search(r'"Faktura 1 Björn Ödegård"', _text(receipt.path))
    assert "1 text of the SIE file holds characters" in receipt.remarks[0]
