"""Taking in a register that was kept elsewhere: the review first, and then all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.importing import column_and_field
from gdprdesk.cli.progress import watched
from gdprdesk.cli.signatures import add_choice, text
from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.i18n import _
from gdprdesk.services.register_import import (
    EntryState,
    RegisterReceipt,
    RegisterReview,
    ReviewedRow,
    Take,
    import_register,
    review_register,
)
from gdprdesk.services.register_sheet import RegisterSheet, read_register

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_register_options(command: ArgumentParser) -> None:
    """Say what can be typed about a register that was kept elsewhere."""
    command.add_argument(
        "source", type=Path, metavar=_("SHEET"), help=_("an XLSX or CSV file, such as our own")
    )
    command.add_argument(
        "--mapping",
        action="append",
        type=text,
        default=[],
        metavar=_("COLUMN=FIELD,…"),
        help=_("what columns hold, by heading or letter, where it is not as it looks"),
    )
    command.add_argument("--sheet", type=text, help=_("which sheet of a workbook"))
    add_choice(
        command,
        "--known",
        Take,
        _("what becomes of rows whose name is here already"),
        default=Take.SKIP,
    )
    command.add_argument("--dry-run", action="store_true", help=_("only look; save nothing"))


def take_in_register(call: Call) -> Answer:
    """Review a register and, unless it is only tried, save it."""
    given = call.given
    with call.register() as desk:
        with watched(_("Reading …")) as bar:
            sheet = read_register(given.source, sheet=given.sheet, progress=bar)
        fields = _fields(sheet, given.mapping)
        review = desk.ask(review_register, sheet=sheet, fields=fields)
        receipt = None
        if not given.dry_run:
            known = [row.number for row in review.rows if row.state is EntryState.EXISTS]
            wanted: Take = given.known
            choices = dict.fromkeys(known, wanted)
            receipt = desk.run(import_register, review=review, choices=choices)
    value = _value(sheet, review, receipt)
    return Answer(value, lambda screen: _show(screen, review, receipt))


def _fields(sheet: RegisterSheet, mapping: Iterable[str]) -> tuple[RegisterField, ...]:
    """Return what each column holds: as it was said, else as it looks.

    Raises:
        DomainError: A column or a field that was named is none.
    """
    labels = [sheet.column_label(place) for place in range(len(sheet.headings))]
    parts = [part for one in mapping for part in one.split(",") if part.strip()]
    said = dict(column_and_field(part, labels, RegisterField) for part in parts)
    return tuple(said.get(place, field) for place, field in enumerate(sheet.fields))


def _value(
    sheet: RegisterSheet, review: RegisterReview, receipt: RegisterReceipt | None
) -> dict[str, Any]:
    wrong = review.count(EntryState.WRONG)
    saved = receipt or RegisterReceipt(added=0, updated=0, skipped=0, wrong=wrong, recipients=0)
    return {
        "saved": receipt is not None,
        "sheet": sheet.sheet,
        "columns": [
            {"column": sheet.column_label(place), "field": field.value}
            for place, field in enumerate(review.fields)
        ],
        "rows": [_row(row) for row in review.rows],
        "new_recipients": list(review.recipients),
        "remarks": list(review.remarks),
        **plain(saved),
    }


def _row(row: ReviewedRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "state": row.state.value,
        "name": row.name,
        "remarks": list(row.remarks),
        "left": [{"column": heading, "text": text} for heading, text in row.left],
    }


def _show(screen: Screen, review: RegisterReview, receipt: RegisterReceipt | None) -> None:
    counts = _("{new} new, {known} here already, {wrong} wrong.").format(
        new=review.count(EntryState.NEW),
        known=review.count(EntryState.EXISTS),
        wrong=review.count(EntryState.WRONG),
    )
    screen.words(counts, "bold")
    for remark in review.remarks:
        screen.words(remark)
    if review.recipients:
        new = _("New recipients, whose role is to be looked at: {names}")
        screen.words(new.format(names=", ".join(review.recipients)))
    cells = [
        (str(row.number), row.name, said)
        for row in review.rows
        for said in (*row.remarks, *(f"{heading}: {text}" for heading, text in row.left))
    ]
    if cells:
        screen.heading(_("To look at"))
        screen.table((_("Row"), _("Name"), _("What")), cells)
    said = (
        _("Nothing is saved: this was only a look.")
        if receipt is None
        else _("{added} added, {updated} filled in, {skipped} left as they were.").format(
            added=receipt.added, updated=receipt.updated, skipped=receipt.skipped
        )
    )
    screen.words(said, "bold")
