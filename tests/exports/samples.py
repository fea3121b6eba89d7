"""Documents that tests write and read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pypdfium2

from gdprdesk.exports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Points,
    Section,
    Table,
)

MADE = datetime(2026, 11, 21, 9, 24, tzinfo=UTC)

HOSTILE = (
    "=1+1",
    "+46701234567",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://127.0.0.1/x","hit")',
    "#REF!",
    "TRUE",
    "1E5",
    "0701234567",
    "00123",
    "http://127.0.0.1:9/x",
    "mailto:a@b.example",
    "<b>bold",
    "<img src='http://127.0.0.1:9/x.png'/>",
    "<img src='file:///etc/hostname'/>",
    "&amp; &lt; ]]> <!--",
    "_x000D_ and _x0041_",
    'quote " and ; and , and \\',
    "line one\nline two",
    "nul\x00bell\x07esc\x1b[31m",
    "half a smile \ud83d here",
    "right to left \u202etxt.exe",
    "((('''",
    "Å Ä Ö å ä ö Æ Ø æ ø ŋ ŧ š ž č đ",
    "{=1+1}",
)


def document(*blocks: Block, language: str = "en", landscape: bool = False) -> Document:
    return Document(
        "Report of Åsa & Sons",
        "Kafé Lind AB, 556000-0000",
        language,
        [Section("First part", blocks)],
        MADE,
        footer="Anchor 4f2a 91bc",
        landscape=landscape,
        organisation="Kafé Lind AB",
    )


def texts(*rows: str, cards: bool = False) -> Table:
    return Table([Column("Text")], [[row] for row in rows], cards=cards)


def sales(count: int) -> Table:
    """Rows with a day, a text over two lines and an amount, and their sum."""
    start = date(2026, 1, 1)
    rows: list[Sequence[Cell]] = [
        (
            start + timedelta(days=index),
            f"begin{index} smörgåstårta med räkor och lax till mottagningen end{index}",
            Decimal("1240.50") + index,
            index,
        )
        for index in range(count)
    ]
    total = ("Sum", None, sum((Decimal("1240.50") + i for i in range(count)), Decimal(0)), None)
    return Table(
        [
            Column("Paid on", Kind.DAY),
            Column("Sold", mandatory=True),
            Column("Gross", Kind.MONEY),
            Column("Pieces", Kind.NUMBER),
        ],
        rows,
        total=total,
    )


def activities() -> Table:
    """The record of processing in its smallest form, as cards."""
    return Table(
        [Column("Activity", mandatory=True), Column("Purpose", mandatory=True), Column("Outside")],
        [
            ("Beställningar", "Ta emot, baka och lämna ut beställningar.", None),
            ("Nyhetsbrev", "Skicka nyheter til den som har bedt om det.", "USA"),
        ],
        cards=True,
    )


def everything(language: str = "en") -> Document:
    """A document with every kind of block in two sections."""
    return Document(
        "Everything",
        "Kafé Lind AB",
        language,
        [
            Section("Words", [Fields([("Label", "Says this")]), Paragraph("Read me", strong=True)]),
            Section("Sales", [sales(3), texts("alone")]),
        ],
        MADE,
        organisation="Kafé Lind AB",
    )


def notice(language: str = "en", *, landscape: bool = False) -> Document:
    """Running text as a privacy notice has it: sub-headings, points, a table, what is muted."""
    return Document(
        "How we treat your data",
        "Kafé Lind AB, Norrgatan 12",
        language,
        [
            Section("In short", [Paragraph("We keep little."), Points(["Copy", "Erase\nat once"])]),
            Section("Why and how long", []),
            Section("Orders", [Fields([("Kept", "Six months")]), Points(["Åsa"])], level=2),
            Section("Newsletter", [Paragraph("Only if you said yes.", strong=True)], level=2),
            Section("Cookies", [sales(2), texts(), activities()]),
            Section("More", [Paragraph("Small", muted=True), Paragraph("7KQ4M", code=True)]),
        ],
        MADE,
        footer="Anchor 4f2a",
        landscape=landscape,
        organisation="Kafé Lind AB",
    )


def saying(text: str) -> Document:
    """A document that says a text in every place where a text can stand."""
    table = Table([Column(text), Column(text, mandatory=True)], [[text, text]], total=[text, None])
    blocks: list[Block] = [
        Paragraph(text),
        Paragraph(text, strong=True),
        Points([text, text]),
        Fields([(text, text)]),
        table,
        Table([Column("Name"), Column(text)], [[text, text]], cards=True),
    ]
    return Document(
        text, text, "en", [Section(text, blocks), Section(text, [], level=2)], MADE, footer=text
    )


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def words(text: str) -> str:
    """Return a text without the spaces that a line break may have changed."""
    return "".join(text.split())
