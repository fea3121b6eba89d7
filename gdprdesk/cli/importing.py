"""Taking in a customer list: the review first, and then all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gdprdesk.cli.answers import Answer
from gdprdesk.cli.call import Call
from gdprdesk.cli.copying import take_in_copy
from gdprdesk.cli.progress import watched
from gdprdesk.cli.signatures import add_choice, text
from gdprdesk.cli.vouchers import vouchers
from gdprdesk.desk import Desk
from gdprdesk.domain.columns import REPEATABLE, Field
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Origin
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _
from gdprdesk.imports import Grid, column_letter, read_grid
from gdprdesk.imports.person_file import is_person_copy
from gdprdesk.imports.sie_file import is_sie
from gdprdesk.services.import_mappings import suggest_columns
from gdprdesk.services.people_import import ImportReceipt, import_people
from gdprdesk.services.people_review import (
    Choice,
    ImportReview,
    ImportRow,
    RowState,
    review_list,
)

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

F = TypeVar("F", bound=StrEnum)


class Duplicates(StrEnum):
    """What is to become of every row that may be somebody already here."""

    SUGGESTED = "suggested"
    MERGE = "merge"
    ADD = "add"
    SKIP = "skip"


def take_import_options(command: ArgumentParser) -> None:
    """Say what can be typed about a customer list."""
    words = _("an XLSX, CSV, JSON, vCard or iCalendar file; or a person's copy, as zip or JSON")
    command.add_argument("source", type=Path, metavar=_("LIST"), help=words)
    command.add_argument(
        "--mapping",
        action="append",
        type=text,
        default=[],
        metavar=_("NAME|COLUMN=FIELD,…"),
        help=_("the name of a saved matching, or what columns hold, by heading or letter"),
    )
    command.add_argument("--sheet", type=text, help=_("which sheet of a workbook"))
    add_choice(
        command,
        "--duplicates",
        Duplicates,
        _("what becomes of people who may be here already"),
        default=Duplicates.SUGGESTED,
    )
    command.add_argument(
        "--from",
        dest="comes_from",
        type=text,
        default="",
        metavar=_("TEXT"),
        help=_("who gave you the list, if not the people themselves; they are then to be told"),
    )
    command.add_argument("--dry-run", action="store_true", help=_("only look; save nothing"))


def take_in(call: Call) -> Answer:
    """Review a customer list or a person's copy and, unless it is only tried, save it.

    Of a bookkeeping file only who is named in it is told.
    """
    given = call.given
    if is_sie(given.source):
        return vouchers(call)
    if is_person_copy(given.source):
        return take_in_copy(call, again=given.duplicates is Duplicates.ADD)
    with call.register() as desk:
        with watched(_("Reading …")) as bar:
            grid = read_grid(given.source, sheet=given.sheet, progress=bar)
        fields = _fields(desk, grid, given.mapping)
        review = desk.ask(review_list, grid=grid, fields=fields)
        receipt = None
        if not given.dry_run:
            choices = _choices(review, given.duplicates)
            with watched(_("Saving …")) as bar:
                receipt = desk.run(
                    import_people,
                    review=review,
                    choices=choices,
                    origin=Origin.OTHER if given.comes_from else None,
                    source=given.comes_from,
                    file=given.source.name,
                    progress=bar,
                )
    value = _value(grid, review, receipt)
    return Answer(value, lambda screen: _show(screen, review, receipt))


def _choices(review: ImportReview, wanted: Duplicates) -> dict[int, Choice]:
    if wanted is Duplicates.SUGGESTED:
        return {}
    choice = Choice(wanted.value)
    return {row.number: choice for row in review.rows if row.state is RowState.DUPLICATE}


def _fields(desk: Desk, grid: Grid, mapping: Iterable[str]) -> tuple[Field, ...]:
    """Return what each column holds: as it was said, else as it was saved or looks.

    Raises:
        DomainError: A matching, a column or a field that was named is none.
    """
    labels = [grid.column_label(place) for place in range(len(grid.header))]
    parts = [part for one in mapping for part in one.split(",") if part.strip()]
    names = [part.strip() for part in parts if "=" not in part]
    typed = (part for part in parts if "=" in part)
    said = dict(column_and_field(part, labels, Field) for part in typed)
    taken = {field for field in said.values() if field not in REPEATABLE}
    known = desk.ask(suggest_columns, grid=grid, name=names[0] if names else "").fields
    return tuple(
        said.get(place, Field.IGNORE if field in taken else field)
        for place, field in enumerate(known)
    )


def column_and_field(typed: str, labels: Sequence[str], kind: type[F]) -> tuple[int, F]:
    """Return which column is to hold what, from "COLUMN=FIELD"; a column by heading or letter.

    Raises:
        DomainError: There is no such column or field.
    """
    column, _equals, field = (part.strip() for part in typed.rpartition("="))
    if field not in set(kind):
        raise DomainError(
            _("“{field}” is nothing a column can hold. Choose one of these: {words}").format(
                field=field, words=", ".join(kind)
            )
        )
    for place, heading in enumerate(labels):
        if column and column.casefold() == column_letter(place).casefold():
            return place, kind(field)
        if heading and fold(heading) == fold(column):
            return place, kind(field)
    raise DomainError(
        _("The list has no column “{column}”. It has these: {columns}").format(
            column=column, columns=", ".join(labels)
        )
    )


def _value(grid: Grid, review: ImportReview, receipt: ImportReceipt | None) -> dict[str, Any]:
    counts = {state: review.count(state) for state in RowState}
    saved = receipt or ImportReceipt(0, 0, 0, counts[RowState.WRONG])
    return {
        "saved": receipt is not None,
        "columns": [
            {"column": grid.column_label(place), "field": field.value}
            for place, field in enumerate(review.fields)
        ],
        "total": len(review.rows),
        "new": counts[RowState.NEW],
        "duplicates": [
            {**_named(row), "choice": row.choice.value} for row in _only(review, RowState.DUPLICATE)
        ],
        "wrong": [_named(row) for row in _only(review, RowState.WRONG)],
        "stopped": [_named(row) for row in _only(review, RowState.STOPPED)],
        "unsubscribed": [_named(row) for row in _only(review, RowState.UNSUBSCRIBED)],
        "to_mind": [_named(row) for row in _to_mind(review)],
        "remarks": list(review.remarks),
        "added": saved.added,
        "merged": saved.merged,
        "skipped": saved.skipped,
        "orders": saved.orders,
        "import": saved.ref,
    }


def _named(row: ImportRow) -> dict[str, Any]:
    return {"row": row.number, "name": row.name, "reason": row.reason}


def _only(review: ImportReview, state: RowState) -> list[ImportRow]:
    return [row for row in review.rows if row.state is state]


def _to_mind(review: ImportReview) -> list[ImportRow]:
    """Return the new people of whom there is something to know."""
    return [row for row in _only(review, RowState.NEW) if row.reason]


def _show(screen: Screen, review: ImportReview, receipt: ImportReceipt | None) -> None:
    counts = _("{new} new, {duplicates} perhaps here already, {wrong} wrong.").format(
        new=review.count(RowState.NEW),
        duplicates=review.count(RowState.DUPLICATE),
        wrong=review.count(RowState.WRONG),
    )
    screen.words(counts, "bold")
    for remark in review.remarks:
        screen.words(remark)
    for rows, heading in (
        (_only(review, RowState.WRONG), _("Wrong rows, which are left out")),
        (_only(review, RowState.STOPPED), _("Left out on purpose")),
        (_only(review, RowState.UNSUBSCRIBED), _("Want no letters any more")),
        (_only(review, RowState.DUPLICATE), _("Perhaps here already")),
        (_to_mind(review), _("Come in, but mind this")),
    ):
        if rows:
            screen.heading(heading)
            cells = ((str(row.number), row.name, row.reason) for row in rows)
            screen.table((_("Row"), _("Name"), _("Why")), cells)
    said = (
        _("Nothing is saved: this was only a look.")
        if receipt is None
        else _("{added} added, {merged} completed, {skipped} skipped.").format(
            added=receipt.added, merged=receipt.merged, skipped=receipt.skipped
        )
    )
    screen.words(said, "bold")
    if receipt is not None and receipt.ref:
        screen.words(
            _("Take all of it back with: {command}").format(
                command=f"gdprdesk do FILE import.take_back --ref {receipt.ref}"
            ),
            "dim",
        )
