"""A bookkeeping file is looked through for people of the register, and nothing of it is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.imports import Limits
from gdprdesk.imports.sie_file import Voucher, is_sie, parse_sie, read_vouchers
from gdprdesk.jobs import SILENT
from gdprdesk.services.vouchers import VoucherNaming, find_in_vouchers
from tests.builders import person

# The order of the lines is that of the standard: sie.se, "SIE filformat" 4C.
SIE = r"""#FLAGGA 0
#PROGRAM "Fortnox" 3.60
#FORMAT PC8
#GEN 20261101
#SIETYP 4
#ORGNR 556000-0000
#FNAMN "Kafé Lind"
#RAR 0 20260101 20261231
#KONTO 1930 "Företagskonto"
#VER A 1 20260105 "Tårta till Åsa Öberg"
{
#TRANS 1930 {} 450.00
#TRANS 3001 {} -401.79 "" "Öberg Å, \"smörgås\""
#TRANS 2621 {1 "100"} -48.21 20260105 "Moms"
}
#VER "B" "12" 20260217 "Hyra februari"
{
#TRANS 5010 {} 9000.00 20260217 "Återbet. karin.holm@example.com"
#BTRANS 1930 {} -9000.00 20260217 "Swish 0701740688"
}
#VER C "" "" "Gåva från K. Nordmann-Sørlie"
{
}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "kafe.se"
    made.write_bytes(SIE.replace("ø", "¢").replace("\n", "\r\n").encode("cp437"))
    return made


def test_vouchers_are_read_with_their_letters_and_quotation_marks(path) -> None:
    assert is_sie(path)
    assert read_vouchers(path) == (
        Voucher(
            "A",
            "1",
            date(2026, 1, 5),
            ("Tårta till Åsa Öberg", 'Öberg Å, "smörgås"', "Moms"),
        ),
        Voucher(
            "B",
            "12",
            date(2026, 2, 17),
            ("Hyra februari", "Återbet. karin.holm@example.com", "Swish 0701740688"),
        ),
        Voucher("C", "", None, ("Gåva från K. Nordmann-Sørlie",)),
    )


def found(desk: Desk, path: Path) -> list[VoucherNaming]:
    return list(desk.ask(find_in_vouchers, vouchers=read_vouchers(path)))


def test_who_is_named_is_told_with_the_place_and_nothing_is_kept(desk: Desk, path: Path) -> None:
    asa = person(desk, "Åsa Öberg", email="asa@example.se")
    karin = person(desk, "Karin Holm", email="karin.holm@example.com", phone="0701740688")
    pages = (desk.folder / "register.db").stat().st_mtime_ns
    rows = found(desk, path)
    said = [(one.voucher, one.text[one.start : one.end], one.subject_ref) for one in rows]
    assert said == [
        ("A 1", "Åsa Öberg", asa),
        ("A 1", "Öberg Å", asa),
        ("B 12", "karin.holm@example.com", karin),
        ("B 12", "0701740688", karin),
    ]
    assert rows[0].sure
    assert (rows[0].on, rows[0].name) == (date(2026, 1, 5), "Åsa Öberg")
    assert (desk.folder / "register.db").stat().st_mtime_ns == pages


def test_the_genitive_and_a_norwegian_name_are_found(desk: Desk) -> None:
    person(desk, "Kari Sørlie")
    vouchers = (Voucher("A", "2", None, ("Kari Sørlies kake",)),)
    (row,) = desk.ask(find_in_vouchers, vouchers=vouchers)
    assert row.text[row.start : row.end] == "Kari Sørlies"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"#FLAGGA 0\r\n#SIETYP 1\r\n", "no vouchers"),
        (b"#FLAGGA 0\r\n" + b"#VER A 1 20260101 x\r\n" * 11, "more than 10 vouchers"),
    ],
)
def test_a_file_without_vouchers_or_with_too_many_is_told(content, words) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        list(parse_sie(content, limits=Limits(rows=10), progress=SILENT))


def test_a_customer_list_is_no_bookkeeping_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Namn;#VER\r\nÅsa;1\r\n", encoding="utf-8")
    assert not is_sie(path)
    assert not is_sie(tmp_path / "gone.se")
