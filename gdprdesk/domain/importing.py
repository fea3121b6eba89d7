"""What is kept about imports: how columns were matched, and what an import made."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from gdprdesk.domain.base import (
    Entity,
    FreeJson,
    FreeText,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    RecordRef,
    mapped_column,
    new_ref,
)


class MatchedColumn(TypedDict):
    """What a column holds: the words above it, and the name of a Field."""

    heading: str
    field: str


class MadeRecord(TypedDict):
    """A record that an import made: the name of its kind, and its ref."""

    kind: str
    ref: str


class ImportMapping(Entity):
    """How the columns of a list from one program were matched once; offered when it comes again.

    Attributes:
        name: What the user calls it: "The web shop".
        columns: From left to right.
    """

    __tablename__ = "import_mapping"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[RecordRef]] = mapped_column(
        init=False, default_factory=lambda: RecordRef(new_ref()), unique=True
    )
    name: Mapped[FreeText]
    columns: Mapped[FreeJson[list[MatchedColumn]]]


class ImportBatch(Entity):
    """One import, so that the whole of it can be taken back, also days later.

    It names what was made by ref only: who was erased since is found by nobody through it.

    Attributes:
        file: What the file was called.
        counts: How many people it added, completed and so on.
        people: Who is new through it; all that the import wrote about them came with them.
        companies: Which companies are new through it.
        records: What it wrote about people who were here before, and orders of nobody.
    """

    __tablename__ = "import_batch"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[RecordRef]] = mapped_column(
        init=False, default_factory=lambda: RecordRef(new_ref()), unique=True
    )
    made_on: Mapped[NotPersonal[date]]
    file: Mapped[FreeText] = mapped_column(default="")
    counts: Mapped[NotPersonalJson[dict[str, int]]] = mapped_column(default_factory=dict)
    people: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    companies: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)
    records: Mapped[NotPersonalJson[list[MadeRecord]]] = mapped_column(default_factory=list)
