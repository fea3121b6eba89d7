"""Address books as phones and programs save them: every version, every way to write å."""

from __future__ import annotations

import random
import string
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprdesk.domain.columns import Field, guess_columns
from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import LANGUAGES, language
from gdprdesk.imports import FileFormat, Grid, Limits, read_grid
from gdprdesk.imports.source import USUAL_LIMITS
from gdprdesk.imports.vcard_file import read_vcards
from gdprdesk.jobs import SILENT

# As Outlook 2003, an iPhone and Nextcloud write them.
OUTLOOK = """BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=sv;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=D6berg;=C5sa
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=C5sa =D6berg
ORG;CHARSET=Windows-1252:Hotell Sj\u00f6n AB;K\u00f6ket
TEL;CELL;VOICE:070-174 06 45
TEL;HOME;VOICE:0470-123 45
EMAIL;PREF;INTERNET:asa@example.com
ADR;HOME;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;Storgatan 1=0D=0A2 tr;V=C3=A4x=
j=C3=B6;;352 30;Sverige
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gillar marsipan=0D=0AR=C3=A4ksm=C3=B6rg=C3=A5s
PHOTO;ENCODING=BASE64;TYPE=JPEG:
 /9j/4AAQSkZJRgABAQAAAQABAAD/2wCEAAkGBxMTEhUTExMWFhUXGBgYGBgYGBgYGBgYGBgYGBgY
 AAAQABAAD/2wCEAAkG

END:VCARD
"""
IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.1//EN
N:Hælgesen;Bjørn;;;
FN:Bjørn
  Hælgesen
item1.TEL;type=CELL;type=pref:+47 22 12 34 56
item1.X-ABLabel:_$!<Mobile>!$_
EMAIL;type=INTERNET;type=HOME:bjorn@example.com
EMAIL;type=INTERNET;type=WORK:bjorn.h@example.no
item2.ADR;type=HOME;type=pref:;;Gata 1\\, 2. etg;Oslo;;0150;Norge
item3.ADR;type=WORK:;;Kaia 2;Bergen;;5003;Norge
NOTE:Rad 1\\nRad 2\\; slutt
BDAY:1980-02-03
END:VCARD
"""
NEXTCLOUD = """BEGIN:VCARD
VERSION:4.0
PRODID:-//Nextcloud Contacts v5.5.3
KIND:individual
FN:Kim Holm
N:Holm;Kim;;;
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+46-70-174-06-46;ext=12
EMAIL;TYPE=HOME:mailto:kim@example.com
PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg
REV:20200101T000000Z
END:VCARD
"""
NO_NAME_BUT_PARTS = """BEGIN:VCARD
VERSION:3.0
N:Åkerlund;Märta;Eva;;
EMAIL:marta@example.com
END:VCARD
"""
GROUP = """BEGIN:VCARD
VERSION:3.0
FN:Kunder
X-ADDRESSBOOKSERVER-KIND:group
END:VCARD
"""


def read(*cards: str, encoding: str = "utf-8", limits: Limits = USUAL_LIMITS) -> Grid:
    content = "".join(cards).replace("\n", "\r\n").encode(encoding)
    return read_vcards(content, limits=limits, progress=SILENT)


def row(grid: Grid, number: int = 0) -> dict[str, str]:
    """Return what stands in a row, without what is empty."""
    cells = zip(grid.header, grid.rows[number], strict=True)
    return {heading: cell for heading, cell in cells if cell}


def test_cards_of_every_version_in_one_file() -> None:
    grid = read(OUTLOOK, GROUP, IPHONE, NEXTCLOUD, NO_NAME_BUT_PARTS)
    assert grid.file_format is FileFormat.VCARD
    assert row(grid) == {
        "Name": "Åsa Öberg",
        "Company": "Hotell Sjön AB",
        "Phone": "070-174 06 45",
        "Phone 2": "0470-123 45",
        "E-mail": "asa@example.com",
        "Address": "Storgatan 1 2 tr",
        "Postcode": "352 30",
        "Town": "Växjö",
        "Note": "Gillar marsipan\nRäksmörgås",
    }
    assert row(grid, 1) == {}  # a group is nobody
    assert row(grid, 2) == {
        "Name": "Bjørn Hælgesen",
        "Phone": "+47 22 12 34 56",
        "E-mail": "bjorn@example.com",
        "E-mail 2": "bjorn.h@example.no",
        "Address": "Gata 1, 2. etg",
        "Postcode": "0150",
        "Town": "Oslo",
        "Note": "Rad 1\nRad 2; slutt",
    }
    assert row(grid, 3) == {
        "Name": "Kim Holm",
        "Phone": "+46-70-174-06-46",
        "E-mail": "kim@example.com",
    }
    assert row(grid, 4) == {"Name": "Märta Åkerlund", "E-mail": "marta@example.com"}
    assert (grid.first_row_number, grid.lost_cells) == (1, ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_whatever_they_are_written_in(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "kontakter.vcf"
    path.write_bytes((IPHONE + NO_NAME_BUT_PARTS).replace("\n", "\r\n").encode(encoding))
    names = [cells[0] for cells in read_grid(path).rows]
    assert names == ["Bjørn Hælgesen", "Märta Åkerlund"]


def test_an_old_phone_that_does_not_say_which_letters() -> None:
    card = "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:{}\nEND:VCARD\n"
    assert row(read(card.format("=C5sa =D6berg")))["Name"] == "Åsa Öberg"
    assert row(read(card.format("=C3=85sa =C3=96berg")))["Name"] == "Åsa Öberg"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_its_columns_are_understood_in_every_language(spoken: str) -> None:
    with language(spoken):
        grid = read(OUTLOOK, IPHONE)
        fields = guess_columns(grid.header, grid.rows)
    assert Field.IGNORE not in fields
    assert fields.count(Field.PHONE) == fields.count(Field.EMAIL) == 2
    assert {Field.NAME, Field.COMPANY, Field.ADDRESS, Field.POSTCODE, Field.CITY} <= set(fields)


def test_a_damaged_card_costs_nothing_but_itself() -> None:
    damaged = "BEGIN:VCARD\nVERSION:3.0\nFN:Bo Ek\nthis is no line of a card\nEND:VCARD\n"
    cut = "BEGIN:VCARD\nVERSION:3.0\nFN:Eva"
    grid = read(IPHONE, damaged, NEXTCLOUD, cut)
    assert grid.lost_cells == ("2", "4")
    assert [cells[0] for cells in grid.rows] == ["Bjørn Hælgesen", "", "Kim Holm"]


def test_a_card_within_a_card_is_a_part_of_it() -> None:
    agent = "BEGIN:VCARD\nVERSION:2.1\nFN:Assistent\nEND:VCARD\n"
    boss = f"BEGIN:VCARD\nVERSION:2.1\nFN:Chef\n{agent}END:VCARD\n"
    assert read(boss, NEXTCLOUD).rows[0][0] == "Chef"


@pytest.mark.parametrize(
    ("text", "limits", "says"),
    [
        (NEXTCLOUD * 11, Limits(rows=10), "more than 10 cards"),
        (NEXTCLOUD.replace("Kim Holm", "x" * 200), Limits(cell_characters=100), "more than 100"),
        (NEXTCLOUD * 10, Limits(characters=100), "too much"),
        (
            "BEGIN:VCARD\nFN:Bo\n"
            + "".join(f"TEL:07017406{number}\n" for number in range(10, 31))
            + "END:VCARD\n",
            USUAL_LIMITS,
            "Card 1 has more than 20",
        ),
        (GROUP, USUAL_LIMITS, "No card"),
        ("BEGIN:VCARD\n" * 5000 + "END:VCARD\n" * 5000, USUAL_LIMITS, "No card"),
    ],
)
def test_what_is_made_to_harm_is_refused_with_a_sentence(
    text: str, limits: Limits, says: str
) -> None:
    with pytest.raises(UnreadableFileError, match=says) as caught:
        read(text, limits=limits)
    assert str(caught.value).endswith("Nothing was taken in.")


def test_an_address_book_is_no_register(tmp_path: Path) -> None:
    path = tmp_path / "kontakter.vcf"
    path.write_text(NEXTCLOUD, "utf-8")
    with pytest.raises(UnreadableFileError, match="address book"):
        read_grid(path, heading=False)


def test_pictures_do_not_slow_it_down(tmp_path: Path) -> None:
    chosen = random.Random(1)  # noqa: S311  (a picture, no secret)
    lines = ["".join(chosen.choices(string.ascii_letters, k=74)) for _ in range(1000)]
    picture = "PHOTO;ENCODING=b;TYPE=JPEG:" + "\n ".join(lines) + "\n"
    path = tmp_path / "many.vcf"
    path.write_text(IPHONE.replace("BDAY", picture + "BDAY") * 300, "utf-8", newline="\r\n")
    assert path.stat().st_size > 20 << 20
    begun = time.monotonic()
    assert len(read_grid(path).rows) == 300
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("begin", "line", "said"),
    [
        ("NOTE:", "\r\n  ab", "ab " * 12_999 + "ab"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:", "=\r\n=61b", "ab" * 13_000),
    ],
)
def test_a_note_of_very_many_short_lines_is_read_at_once(begin: str, line: str, said: str) -> None:
    card = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Bo Ek\r\n" + begin + line * 13_000
    begun = time.monotonic()
    grid = read_vcards(f"{card}\r\nEND:VCARD\r\n".encode(), limits=USUAL_LIMITS, progress=SILENT)
    assert time.monotonic() - begun < 3
    assert grid.rows == (("Bo Ek", said),)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 600))
def test_whatever_stands_in_a_card_it_is_read_or_refused(noise: bytes, place: int) -> None:
    whole = IPHONE.encode()
    content = b"BEGIN:VCARD\n" + whole[:place] + noise + whole[place:]
    try:
        grid = read_vcards(content, limits=USUAL_LIMITS, progress=SILENT)
    except UnreadableFileError:
        return
    assert all(len(cells) == len(grid.header) for cells in grid.rows)
