"""SIE 4I read by an independent reader, and byte by byte where the format says how it is."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.accounts import Accounts, AccountUse
from gdprdesk.domain.money import make_line
from gdprdesk.domain.vouchers import Voucher, sale
from gdprdesk.exports import sie_file
from gdprdesk.exports.sie_file import SieFile

DAY = date(2026, 5, 3)
ROWS = (("1510", Decimal("448.00")), ("3002", Decimal("-400.00")), ("2621", Decimal("-48.00")))


def _file(*vouchers: Voucher, name: str = "Kafé Lind") -> SieFile:
    accounts = {"1510": "Kundfordringar", "3002": "Försäljning, 12 %", "2621": "Utgående moms"}
    year = (date(2026, 1, 1), date(2026, 12, 31))
    program = ("GDPR Desk", "1.0")
    return SieFile(program, date(2026, 11, 22), name, "556036-0793", year, accounts, vouchers)


def test_the_file_is_as_the_format_says() -> None:
    content, changed = sie_file.render(_file(Voucher(DAY, "Faktura 1001", ROWS)))
    assert changed == 0
    assert content.decode("cp437").split("\r\n") == [
        "#FLAGGA 0",
        '#PROGRAM "GDPR Desk" "1.0"',
        "#FORMAT PC8",
        "#GEN 20261122",
        "#SIETYP 4",
        "#ORGNR 556036-0793",
        '#FNAMN "Kafé Lind"',
        "#RAR 0 20260101 20261231",
        "#KPTYP BAS2014",
        '#KONTO 1510 "Kundfordringar"',
        '#KONTO 2621 "Utgående moms"',
        '#KONTO 3002 "Försäljning, 12 %"',
        '#VER "G" "1" 20260503 "Faktura 1001" 20261122',
        "{",
        "   #TRANS 1510 {} 448.00",
        "   #TRANS 3002 {} -400.00",
        "   #TRANS 2621 {} -48.00",
        "}",
        "",
    ]


def test_marks_in_a_text_do_not_end_it() -> None:
    content, changed = sie_file.render(_file(Voucher(DAY, 'Ta "sju" \\', ROWS)))
    assert '"Ta \\"sju\\" /" 20261122' in content.decode("cp437")
    assert changed == 1


def test_what_the_code_page_lacks_is_written_with_the_nearest_letters_and_counted() -> None:
    texts = [
        *("Bjørk & Łukasz", "Åsa Öberg", "Dvořák – 5 €", "日本 🎂", "Ольга"),  # noqa: RUF001
        *("E\u0301va \u200b\u0301", "rad\r\n#VER {"),
    ]
    content, changed = sie_file.render(_file(*(Voucher(DAY, text, ROWS) for text in texts)))
    said = re.findall(r'#VER "G" "\d+" \d+ "(.*)" \d+', content.decode("cp437"))
    assert said == [
        *("Björk & Lukasz", "Åsa Öberg", "Dvorák - 5 EUR", "?? ?", "?????"),
        *("Éva", "rad #VER {"),
    ]
    assert changed == 6


def test_a_text_is_cut_as_it_is_written() -> None:
    content, changed = sie_file.render(_file(Voucher(DAY, "a" * 198 + "€€", ROWS)))
    assert f'"{"a" * 198}EU" 20261122' in content.decode("cp437")
    assert changed == 1


@given(st.text(max_size=300))
def test_no_text_can_write_a_line_of_its_own(text: str) -> None:
    content, _changed = sie_file.render(_file(Voucher(DAY, text, ROWS), name=text))
    lines = content.split(b"\r\n")
    assert len(lines) == 19
    assert not any(byte < 32 or byte == 127 for line in lines for byte in line)
    assert re.fullmatch(rb'#FNAMN "(?:[^"\\]|\\")*"', lines[6])


@given(
    st.lists(
        st.tuples(
            st.decimals("0.01", "9999", places=2),
            st.decimals("-9999", "9999", places=2),
            st.sampled_from([25, 12, 6, 0]),
        ),
        max_size=8,
    )
)
def test_a_voucher_balances_to_the_oere(lines: list[tuple[Decimal, Decimal, int]]) -> None:
    made = [make_line("x", amount, price, Decimal(rate)) for amount, price, rate in lines]
    voucher = sale(DAY, "x", made, Accounts({}), rest=AccountUse.CASH)
    assert sum(amount for _account, amount in voucher.rows) == 0
    assert all(amount == amount.quantize(Decimal("0.01")) for _account, amount in voucher.rows)


def test_what_rounding_leaves_over_has_its_account() -> None:
    """Lines of another program may hold parts of an öre."""
    line = {**make_line("x", Decimal(1), Decimal(10), Decimal(25)), "net": "8.004", "vat": "2.004"}
    voucher = sale(DAY, "x", [line], Accounts({}), rest=AccountUse.CASH)  # type: ignore[list-item]
    assert dict(voucher.rows) == {
        "1910": Decimal("10.01"),
        "3001": Decimal("-8.00"),
        "2611": Decimal("-2.00"),
        "3740": Decimal("-0.01"),
    }


def test_the_file_is_written_as_it_is(tmp_path: Path) -> None:
    content, _changed = sie_file.render(_file())
    (tmp_path / "a.si").write_bytes(content)
    assert (tmp_path / "a.si").read_bytes().endswith(b"\r\n")
