"""Ten thousand people whose data try to do harm: in, out and in again, and nothing is changed.

Nothing but what is listed here, and in the help page about import:

1. Control characters and halves of letters go; a tab counts as a blank.
2. Ends of lines of every kind become one kind; in a note alone they are kept.
3. Several blanks become one, those at the ends go; in a note those at the ends of lines go.
4. Letters are put together: an a and a ring above it become an å.
5. Phone numbers, e-mail addresses and org. numbers are written as they are usual.
6. An apostrophe before what a spreadsheet would calculate or change goes, and so does what is
   written as a formula to keep it a text (="007").
7. A note of more than 10,000 letters becomes several notes.
8. `_x000D_`, by which Excel writes the end of a line, goes.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind
from gdprdesk.imports import read_grid
from gdprdesk.services.people_files import ListFormat, export_people
from gdprdesk.services.people_import import ImportReceipt, import_people
from gdprdesk.services.people_review import Choice, review_list
from tests.builders import CAFE, CHEAP, PASSWORD, Clock

pytestmark = pytest.mark.slow

COUNT = 10_000
Known = tuple[str, str, dict[ContactKind, list[str]], list[str]]
"""Name, company, contact details and notes."""
HEADER = ("Namn", "Företag", "E-post", "Telefon", "Adress", "Anteckning")
FORMULAS = ('=HYPERLINK("http://x.example","y")', "=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "＝1")  # noqa: RUF001
HOSTILE = (
    *FORMULAS,
    "=cmd|' /C calc'!A0",
    "\x00\x07\x1b[31m",
    "\x9f\x85",
    "\u202egnirts",
    "\u0645\u0631\u062d\u0628\u0627",
    "\U0001f382\U0001f469\u200d\U0001f373",
    'citat " och ""',
    "semikolon; komma, tabb\tslut",
    "rad ett\r\nrad två\rrad tre\u2028rad fyra",
    "A\u030angstro\u0308m",
    "'=1+1",
    '="007"',
    "007",
    "123456789012345",
    "_x0041_ _x000D_ x",
    "<b>&amp;</b>",
    "' OR 1=1 --",
    "../../x",
    "NULL",
    "2026-11-22",
    "1E10",
    "\ufeff\u200b",
)


def texts() -> list[str]:
    """Return texts of every alphabet, the same in every run."""
    found: list[str] = []

    @seed(6)
    @settings(
        max_examples=300,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return [*found, *HOSTILE * 5, *["Smörgåstårta till på lördag, 20 bitar, æ ø"] * 200]


def people() -> list[tuple[str, ...]]:
    """Return the rows of a list: each person can be told from the others."""
    chance, pieces = random.Random(6), texts()  # noqa: S311  (the same people in every run)

    def piece() -> str:
        return chance.choice(pieces)

    rows: list[tuple[str, ...]] = []
    for number in range(COUNT):
        lead = piece() if chance.random() < 0.5 else ""
        note = "\n".join(piece() for _ in range(chance.randrange(4)))
        if number % 500 == 0:
            note = (note + "Ö smörgås \U0001f382 ") * (40_000 // (len(note) + 12) + 1)
        rows.append(
            (
                f"{lead} Nr {number:05d} {piece()}"[:190],
                f"Bolag {number} {piece()}"[:150] if number % 7 == 0 else "",
                f"kund{number:05d}@example.com",
                f"070{1_000_000 + number * 7:07d}",
                f"{piece()} gatan {number}" if number % 3 else "",
                note,
            )
        )
    return rows


def one_line(text: str) -> str:
    """Return what a register makes of a cell that is one line."""
    return " ".join(kept(text).split())


def lines(text: str) -> str:
    """Return what a register makes of a note."""
    return "\n".join(line.rstrip() for line in kept(text).splitlines()).strip()


def kept(text: str) -> str:
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "", unicodedata.normalize("NFC", text)
    ).strip()
    if quoted := re.fullmatch(r'="([^"]*)"', text):
        return quoted[1]
    return re.sub("^'(?=[=+@\t\n＝＋－＠-]|(?:0\\d+|\\d{12,})$)", "", text)  # noqa: RUF001


def made(folder: Path, name: str) -> Desk:
    desk, _key = Desk.create(
        folder / f"{name}.gdprdesk", business=CAFE, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    return desk


def taken_in(desk: Desk, path: Path) -> ImportReceipt:
    review = desk.ask(review_list, grid=read_grid(path))
    everybody = {row.number: Choice.ADD for row in review.rows}  # some share what is no name
    return desk.run(import_people, review=review, choices=everybody)


def everybody(desk: Desk) -> dict[str, Known]:
    """Return all that a register says of each person, by her e-mail address."""

    def asked(read) -> dict[str, Known]:
        details: dict[int | None, dict[ContactKind, list[str]]] = {}
        for one in read.scalars(select(ContactDetail).order_by(ContactDetail.id)):
            details.setdefault(one.subject_id, {}).setdefault(one.kind, []).append(one.value)
        notes: dict[int | None, list[str]] = {}
        for note in read.scalars(select(WorkingNote).order_by(WorkingNote.id)):
            notes.setdefault(note.subject_id, []).append(note.text)
        firms = {one.id: one.name for one in read.scalars(select(Company))}
        return {
            details[one.id][ContactKind.EMAIL][0]: (
                one.name,
                firms.get(one.company_id, ""),
                details[one.id],
                notes.get(one.id, []),
            )
            for one in read.scalars(select(DataSubject))
        }

    return desk.ask(asked)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, list[tuple[str, ...]]]:
    """The register that the list came into, and the list."""
    folder, rows = tmp_path_factory.mktemp("first"), people()
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    path = folder / "list.csv"
    path.write_bytes(text.getvalue().replace("\x00", "\x01").encode("utf-8-sig"))
    desk = made(folder, "first")
    receipt = taken_in(desk, path)
    assert (receipt.added, receipt.wrong) == (COUNT, 0)
    return desk, rows


def test_what_came_in_is_what_was_in_the_list(first) -> None:
    desk, rows = first
    known = everybody(desk)
    assert len(known) == COUNT
    for name, company, email, phone, address, note in rows:
        is_name, is_company, contacts, notes = known[email]
        assert is_name == one_line(name)
        assert is_company == one_line(company)
        assert re.sub(r"\D", "", contacts[ContactKind.PHONE][0]) == phone
        assert contacts.get(ContactKind.ADDRESS, []) == ([one_line(address)] if address else [])
        assert "".join(notes) == lines(note)
        assert all(len(one) <= 10_000 for one in notes)


@pytest.mark.parametrize("kind", list(ListFormat))
def test_what_goes_out_comes_in_again_as_it_was(first, tmp_path: Path, kind: ListFormat) -> None:
    desk, _rows = first
    path = tmp_path / f"list.{kind.value}"
    desk.run(export_people, to=path, format=kind, notes=True)
    other = made(tmp_path, "other")
    assert taken_in(other, path).added == COUNT
    before, after = everybody(desk), everybody(other)
    assert before.keys() == after.keys()
    for email, (name, company, contacts, notes) in before.items():
        other_name, other_company, other_contacts, other_notes = after[email]
        assert other_name == one_line(name)
        assert other_company == one_line(company)
        assert other_contacts == {
            key: [one_line(v) for v in some] for key, some in contacts.items()
        }
        assert other_notes == [said for said in map(lines, notes) if said]
    other.lock()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
@pytest.mark.parametrize("kind", [ListFormat.XLSX, ListFormat.CSV])
def test_libreoffice_calculates_nothing_and_changes_no_number(first, tmp_path, kind) -> None:
    """LibreOffice opens the file as it does by itself, and saves it as a workbook."""
    desk, _rows = first
    folder = tmp_path / "out"
    folder.mkdir()
    path = tmp_path / f"list.{kind.value}"
    desk.run(export_people, to=path, format=kind, notes=False)
    reading = ["--infilter=CSV:59,34,UTF8"] if kind is ListFormat.CSV else []
    subprocess.run(  # noqa: S603
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            *reading,
            *("--convert-to", "xlsx", "--outdir", str(folder), str(path)),
        ],
        check=True,
        capture_output=True,
    )
    sheet = openpyxl.load_workbook(folder / "list.xlsx").worksheets[0]
    rows = list(sheet.iter_rows())
    assert Counter(cell.data_type for row in rows for cell in row)["f"] == 0
    head = next(at for at, row in enumerate(rows) if row[0].value == "Namn")
    place = next(at for at, cell in enumerate(rows[head]) if cell.value == "Telefon")
    phones = [str(row[place].value).lstrip("'") for row in rows[head + 1 :] if row[1].value]
    wanted = [contacts[ContactKind.PHONE][0] for _n, _c, contacts, _t in everybody(desk).values()]
    assert sorted(phones) == sorted(wanted)
