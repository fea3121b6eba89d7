"""The columns of a customer list: which of them the register lets in, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from gdprdesk.domain.columns import Field, is_identity_number
from gdprdesk.domain.terms import FormField
from gdprdesk.i18n import _
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.services.form_fields import allowed_fields

_ASKS_FOR = {
    Field.EMAIL: FormField.EMAIL,
    Field.PHONE: FormField.PHONE,
    Field.ADDRESS: FormField.ADDRESS,
    Field.POSTCODE: FormField.ADDRESS,
    Field.CITY: FormField.ADDRESS,
    Field.COMPANY: FormField.COMPANY,
    Field.ORG_NUMBER: FormField.COMPANY,
    Field.CUSTOMER_NUMBER: FormField.OTHER_CONTACT,
    Field.OTHER_CONTACT: FormField.OTHER_CONTACT,
    Field.NOTE: FormField.NOTES,
    Field.ORDER_TIME: FormField.ORDER_TIME,
}


def taken_columns(read: Session, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return what is taken of columns: nothing of those that the register does not allow."""
    allowed = allowed_fields(read)
    return tuple(
        one if one not in _ASKS_FOR or _ASKS_FOR[one] in allowed else Field.IGNORE for one in fields
    )


def remarks(
    grid: Grid, fields: tuple[Field, ...], taken: tuple[Field, ...], *, of_readers: bool = False
) -> Iterator[str]:
    """Say what of a list is left out, and why.

    Args:
        grid: The list as it stands in the file.
        fields: What its columns hold.
        taken: What is taken of them.
        of_readers: Whether it is a list of newsletter readers.
    """
    off = [one.label for one in dict.fromkeys(fields) if one not in taken]
    if off:
        yield _(
            "The register says that you do not keep this, so it is left out: {fields}. Change the "
            "row under Register if you need it."
        ).format(fields=", ".join(off))
    if Field.IDENTITY_NUMBER in fields or _has_identity_numbers(grid, fields):
        yield _(
            "Personal identity numbers are left out: they may only be kept for a reason written "
            "down beforehand."
        )
    if of_readers:
        yield _(
            "These are newsletter readers. A yes needs its proof, so nobody in the list counts as "
            "having said yes before you write that down on her page. Whoever has said no is not "
            "signed up again."
        )
    elif Field.NEWSLETTER in fields:
        yield _(
            "The newsletter column is left out: a yes needs its proof. Write consents down on "
            "each person's page."
        )
    if grid.file_format is FileFormat.VCARD:
        yield _(
            "Of each card the name, the company, numbers, addresses and the note are taken. "
            "Pictures, birthdays and groups are left out."
        )
        if grid.lost_cells:
            yield _("These cards could not be read and are left out: {cards}").format(
                cards=", ".join(grid.lost_cells[:10])
            )
    elif grid.lost_cells:
        yield _("These cells could not be read and count as empty: {cells}").format(
            cells=", ".join(grid.lost_cells[:10])
        )
    yield from grid.left_out
    if grid.other_sheets:
        yield _("The workbook has more sheets that were not read: {sheets}").format(
            sheets=", ".join(grid.other_sheets)
        )
    if grid.ragged_rows:
        yield _("These rows have more or fewer cells than the heading: {rows}").format(
            rows=", ".join(map(str, grid.ragged_rows[:10]))
        )


def _has_identity_numbers(grid: Grid, fields: tuple[Field, ...]) -> bool:
    """Return whether private people stand among the companies, each with the number she has."""
    places = [place for place, field in enumerate(fields) if field is Field.ORG_NUMBER]
    return any(is_identity_number(row[place]) for row in grid.rows for place in places)
