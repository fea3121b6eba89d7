"""Customer lists as programs write them, and files made to harm."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl

DATA = Path(__file__).parent.parent / "data" / "imports"
HEADER = ("Kundnr", "Namn", "E-post", "Mobil", "Adress", "Postnr", "Ort", "Kund sedan")
_FIRST = ("Åsa", "Örjan", "Märta", "Bjørn", "Sæbjørg", "Eva", "Ola", "Linnéa")
_LAST = ("Öberg", "Åkerlund", "Ström", "Hælgesen", "Bjørk", "Nilsson", "Håkansson")
_TOWNS = (("223 50", "Lund"), ("903 25", "Umeå"), ("0150", "Oslo"), ("9008", "Tromsø"))


def customers(count: int) -> list[tuple[str, ...]]:
    """Return so many customers, the same every time: numbers and days are text."""
    rows: list[tuple[str, ...]] = []
    for number in range(count):
        first, last = _FIRST[number % 8], _LAST[number % 7]
        postcode, town = _TOWNS[number % 4]
        rows.append(
            (
                str(1000 + number),
                f"{first} {last}",
                f"kund{number}@example.com",
                f"070-{number:07d}",
                f"Södra vägen {number % 90 + 1}",
                postcode,
                town,
                (date(2015, 1, 1) + timedelta(days=number)).isoformat(),
            )
        )
    return rows


def with_empty_lines(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the rows with an empty one after every tenth."""
    spread: list[Sequence[str]] = []
    for number, row in enumerate(rows, start=1):
        spread += [row, ()] if number % 10 == 0 else [row]
    return spread


def csv_bytes(
    rows: Iterable[Sequence[str]], *, separator: str = ";", encoding: str = "cp1252"
) -> bytes:
    """Return a CSV file; as usual here it is what Excel on a Swedish Windows writes."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode(encoding)


def save_by_openpyxl(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Write a workbook with one sheet."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(list(row))
    workbook.save(path)
    return path


def save_by_libreoffice(source: Path, folder: Path) -> Path:
    """Let LibreOffice open a CSV file with every column as text and save it as a workbook."""
    columns = "/".join(f"{number}/2" for number in range(1, len(HEADER) + 1))
    subprocess.run(  # noqa: S603
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            f"--infilter=CSV:59,34,UTF8,1,{columns}",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
    )
    return folder / f"{source.stem}.xlsx"


_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/\
content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.\
relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override \
PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.\
spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/\
package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/\
officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"""
_WORKBOOK = """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/\
spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/\
relationships"><sheets><sheet name="Kunder" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_SHEET = """<?xml version="1.0"?>{prologue}<worksheet xmlns="http://schemas.openxmlformats.org/\
spreadsheetml/2006/main">{dimension}<sheetData>{rows}</sheetData></worksheet>"""
HEADING_AND_ONE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Namn</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Ort</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Åsa</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>Lund</t></is></c></row>'
)


def workbook_parts(
    rows: str = HEADING_AND_ONE, *, dimension: str = "", prologue: str = ""
) -> dict[str, bytes]:
    """Return the parts of the smallest workbook there is, with these rows of XML."""
    sheet = _SHEET.format(rows=rows, dimension=dimension, prologue=prologue)
    return {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.format(kind="officeDocument", target="xl/workbook.xml").encode(),
        "xl/workbook.xml": _WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            kind="worksheet", target="worksheets/sheet1.xml"
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet.encode(),
    }


def pack(path: Path, parts: dict[str, bytes]) -> Path:
    """Write the parts as one file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def million_rows_of_xml() -> str:
    """Return the rows of a sheet with a name in each of a million rows."""
    return "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>Kund {number}</t></is></c></row>'
        for number in range(1, 1_000_001)
    )
