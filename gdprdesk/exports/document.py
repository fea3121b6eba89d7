"""What a report says, before it is known which format it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Literal

Cell = str | int | date | datetime | Decimal | None


class Kind(Enum):
    """What the cells of a column are, so that each format can write them as that."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: What stands above it, in the language of the document.
        kind: What its cells are.
        weight: How wide it is beside the other columns.
        mandatory: Whether the law asks for it; such a heading is marked.
    """

    title: str
    kind: Kind = Kind.TEXT
    weight: float = 1.0
    mandatory: bool = False


class ChartKind(Enum):
    """How the figures of a table are drawn.

    Attributes:
        BARS: Upright, those of a row beside each other.
        STACKED: Upright, those of a row on top of each other.
        ROWS: Lying, those of a row one after the other: for long names.
    """

    BARS = "bars"
    STACKED = "stacked"
    ROWS = "rows"


@dataclass(frozen=True)
class Chart:
    """That a table is drawn, too: on paper above its rows, on a sheet beside them.

    Attributes:
        kind: How.
        columns: Which columns are drawn, by their number; the first column names the bars.
    """

    kind: ChartKind
    columns: Sequence[int]


@dataclass(frozen=True, repr=False)
class Table:
    """Rows under columns.

    Attributes:
        columns: What the cells are.
        rows: One cell for each column; None is an empty cell.
        total: A last row that sums the others up.
        cards: On paper each row is a block of labelled lines headed by its first cell, since it
            holds more text than fits beside each other. On a sheet it is a row all the same.
        name: Of the sheet; without one the heading of the section.
        records: Other programs read it: each row is one row of a sheet however long its texts are,
            and a number that is a text stays one in a text table.
        chart: How its figures are drawn, where one would rather look than read.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    cards: bool = False
    name: str = ""
    records: bool = False
    chart: Chart | None = None


@dataclass(frozen=True, repr=False)
class Fields:
    """Labelled lines: a label and what it says."""

    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, repr=False)
class Paragraph:
    """Running text. A muted one is an explanation, a strong one must not be overlooked.

    Attributes:
        code: The text is to be typed from paper, letter by letter: large and evenly spaced.
    """

    text: str
    muted: bool = False
    strong: bool = False
    code: bool = False


@dataclass(frozen=True, repr=False)
class Points:
    """A list of points, one after the other. A link among them is a text like any other.

    Attributes:
        mark: What stands before each on paper, such as a box to tick.
    """

    items: Sequence[str]
    mark: str = "•"


@dataclass(frozen=True, repr=False)
class Picture(Paragraph):
    """A picture on paper; where there are none, its text says what it shows.

    Attributes:
        content: The PNG or JPEG.
        height: How high it may be, in millimetres; it keeps its shape.
    """

    content: bytes = b""
    height: float = 25.0


Block = Table | Fields | Paragraph | Points


@dataclass(frozen=True, repr=False)
class Section:
    """A part of a report under its heading.

    Attributes:
        heading: What stands above it; empty for none.
        blocks: What it says.
        level: 1 for a part of the document, 2 for a part of the part before it.
    """

    heading: str
    blocks: Sequence[Block]
    level: Literal[1, 2] = 1


@dataclass(frozen=True, repr=False)
class LetterHead:
    """What makes a document on paper a letter: who writes to whom, and when.

    Attributes:
        sender: The lines at the upper right, the name first.
        addressee: The lines that the window of an envelope shows.
        notes: The lines below the sender, such as the day and a number to refer to.
    """

    sender: Sequence[str]
    addressee: Sequence[str]
    notes: Sequence[str]


class PaperSize(Enum):
    """How large the sheets are: A4, or half of it for what is laid beside a cake."""

    A4 = "A4"
    A5 = "A5"


@dataclass(frozen=True, repr=False)
class Document:
    """A report, or a letter.

    Attributes:
        title: What it is.
        subtitle: Whose it is, for what time.
        language: The language it is written in: sv, nb or en.
        sections: What it says.
        made_at: When it was made, shown at the foot.
        footer: What else stands at the foot of every page, such as the anchor of the log.
        landscape: Whether the page lies on its side.
        paper: How large the pages of the PDF are.
        currency: Of its amounts, such as SEK.
        keywords: For the properties of the file.
        organisation: The controller, named at the head of every page and as author of the file.
        letter: The head of a letter, on paper; then the foot says nothing but the footer.
    """

    title: str
    subtitle: str
    language: str
    sections: Sequence[Section]
    made_at: datetime
    footer: str = ""
    landscape: bool = False
    currency: str = "SEK"
    keywords: Sequence[str] = field(default_factory=tuple)
    organisation: str = ""
    letter: LetterHead | None = None
    paper: PaperSize = PaperSize.A4


@dataclass(frozen=True)
class Format:
    """A way to write a document to a file.

    Attributes:
        key: What it is called on the command line.
        suffix: Of its files, with the dot.
        label: What people call it, to be translated where it is shown.
        render: Makes the bytes of the file, in memory.
    """

    key: str
    suffix: str
    label: str
    render: Callable[[Document], bytes]
