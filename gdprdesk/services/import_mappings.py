"""What the columns of a list hold: as matched before, as its program writes them, or a guess."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.columns import (
    Field,
    field_under,
    guess_columns,
    heading_words,
    is_identity_number,
)
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.importing import ImportMapping, MatchedColumn
from gdprdesk.domain.terms import ContactKind, Permission, say
from gdprdesk.domain.text import fold
from gdprdesk.i18n import LANGUAGES, N_, _, language
from gdprdesk.imports.source import Grid
from gdprdesk.resources import resource
from gdprdesk.services.entering import is_visible
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_SAMPLE = 50
_MOSTLY = 0.6
_CONTACTS = {
    ContactKind.PHONE: Field.PHONE,
    ContactKind.EMAIL: Field.EMAIL,
    ContactKind.ADDRESS: Field.ADDRESS,
    ContactKind.OTHER: Field.OTHER_CONTACT,
}


@dataclass(frozen=True, repr=False)
class MappingRow:
    """A matching that was saved: its name, and what each heading holds."""

    ref: RecordRef
    name: str
    columns: tuple[tuple[str, Field], ...]


@dataclass(frozen=True, repr=False)
class Suggestion:
    """What the columns of a list probably hold.

    Attributes:
        fields: One for each column.
        name: Of the matching that was saved, or of the program that wrote the list; else empty.
        saved_ref: The matching that was saved; nothing if it comes from elsewhere.
        of_readers: It is a list of newsletter readers and of nobody else.
        nobody: The program writes no people into such a list.
        filled: Of the customer list of this program the column that every row of it fills; nothing
            if it is another list.
    """

    fields: tuple[Field, ...]
    name: str = ""
    saved_ref: RecordRef | None = None
    of_readers: bool = False
    nobody: bool = False
    filled: int | None = None

    @property
    def own(self) -> bool:
        """Whether it is the customer list of this program."""
        return self.filled is not None


@query("import.mappings", needs=Permission.EXPORT_ALL)
def list_mappings(read: Session) -> tuple[MappingRow, ...]:
    """Return the matchings that were saved, by name."""
    rows = sorted(read.scalars(select(ImportMapping)), key=lambda one: fold(one.name))
    return tuple(
        MappingRow(
            one.ref,
            one.name,
            tuple((part["heading"], Field(part["field"])) for part in one.columns),
        )
        for one in rows
    )


@query("import.suggest", needs=Permission.EXPORT_ALL)
def suggest_columns(read: Session, *, grid: Grid, name: str = "") -> Suggestion:
    """Return what the columns of a list probably hold, and how that is known.

    A column of personal identity numbers is recognised whatever was said before.

    Args:
        read: The open register.
        grid: The list.
        name: Of the matching to use; without it that with the same headings, if there is one.

    Raises:
        NotFoundError: No matching has this name.
    """
    if grid.fields:
        return Suggestion(tuple(map(Field, grid.fields)))
    saved = _saved(read, grid, name)
    if saved is not None:
        known = {heading_words(one["heading"]): Field(one["field"]) for one in saved.columns}
        return Suggestion(_matched(grid, known), saved.name, saved.ref)
    guess = guess_columns(grid.header, grid.rows[:_SAMPLE])
    return _own(grid) or _of_a_program(grid, guess) or Suggestion(guess)


@action("import.save_mapping", N_("Matched columns"), needs=Permission.EXPORT_ALL)
def save_mapping(
    work: UnitOfWork, *, name: str, headings: tuple[str, ...], fields: tuple[Field, ...]
) -> RecordRef:
    """Keep what the columns of a list hold, for the next list with the same headings.

    A matching of the same name is written anew.

    Raises:
        DomainError: It has no name, or the list no headings to know it by.
    """
    said = _checked_name(name)
    if not any(map(str.strip, headings)):
        raise DomainError(
            _(
                "This list has no headings, so it could not be known again. Nothing was saved. "
                "Write headings above its columns first."
            )
        )
    columns = [
        MatchedColumn(heading=heading.strip(), field=field.value)
        for heading, field in zip(headings, fields, strict=True)
    ]
    known = _named(work.session, said)
    if known is not None:
        known.name, known.columns = said, columns
        return known.ref
    made = ImportMapping(name=said, columns=columns)
    work.session.add(made)
    return made.ref


@action("import.rename_mapping", N_("Matched columns"), needs=Permission.EXPORT_ALL)
def rename_mapping(work: UnitOfWork, *, ref: RecordRef, name: str) -> None:
    """Call a matching otherwise.

    Raises:
        DomainError: It has no name, or another one is called so.
    """
    said, mapping = _checked_name(name), _find(work.session, ref)
    other = _named(work.session, said)
    if other is not None and other is not mapping:
        raise DomainError(
            _("Another matching is called {name}. Nothing was changed.").format(name=said)
        )
    mapping.name = said


@action("import.delete_mapping", N_("Matched columns"), needs=Permission.EXPORT_ALL)
def delete_mapping(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Forget a matching; what came in by it stays."""
    work.session.delete(_find(work.session, ref))


def _saved(read: Session, grid: Grid, name: str) -> ImportMapping | None:
    if name:
        found = _named(read, name)
        if found is None:
            raise NotFoundError(
                _(
                    "No matching of columns is called {name}. Nothing was done. Look at the list "
                    "of them, or write what a column holds: COLUMN=FIELD."
                ).format(name=name.strip())
            )
        return found
    headings = sorted(map(heading_words, filter(str.strip, grid.header)))
    for one in read.scalars(select(ImportMapping).order_by(ImportMapping.id.desc())):
        own = (part["heading"] for part in one.columns if part["heading"])
        if headings and sorted(map(heading_words, own)) == headings:
            return one
    return None


def _own(grid: Grid) -> Suggestion | None:
    """Return what our own customer list holds, in whichever language it was written."""
    there = [heading_words(one) for one in grid.header]
    for code in LANGUAGES:
        with language(code):
            own, filled = _own_columns(), heading_words(_("What she is to you"))
        if {one for one, (_field, needed) in own.items() if needed} <= set(there):
            known = {one: field for one, (field, _needed) in own.items()}
            name = _("Our own customer list")
            return Suggestion(_matched(grid, known), name, filled=there.index(filled))
    return None


def _of_a_program(grid: Grid, guess: tuple[Field, ...]) -> Suggestion | None:
    """Return what a list holds that one of the known programs wrote."""
    for system in _systems():
        found = _format_of(system, grid.header)
        if found is not None:
            columns = found.get("columns", {})
            known = {heading_words(one): Field(field) for one, field in columns.items()}
            return Suggestion(
                _matched(grid, known) if known else guess,
                system["name"],
                of_readers=bool(system.get("readers")),
                nobody=bool(system.get("nobody")),
            )
    return None


def _matched(grid: Grid, known: Mapping[str, Field]) -> tuple[Field, ...]:
    """Return what is known of each heading; personal identity numbers never come by a list."""
    return tuple(
        Field.IDENTITY_NUMBER
        if field not in {Field.EMAIL, Field.PHONE} and _is_guarded(grid, place)
        else field
        for place, field in enumerate(field_under(one, known) for one in grid.header)
    )


def _is_guarded(grid: Grid, place: int) -> bool:
    cells = [row[place] for row in grid.rows[:_SAMPLE] if row[place].strip()]
    return bool(cells) and sum(map(is_identity_number, cells)) >= _MOSTLY * len(cells)


def _own_columns() -> dict[str, tuple[Field, bool]]:
    """Return the headings of our own customer list in the language spoken.

    Each with what it holds, and whether it is there in every such list.
    """
    columns = [
        (_("Name"), Field.NAME, True),
        (_("What she is to you"), Field.IGNORE, True),
        (_("Company"), Field.COMPANY, True),
        (_("Org. number"), Field.ORG_NUMBER, True),
        (_("In the register since"), Field.IGNORE, True),
        (_("No advertising since"), Field.UNSUBSCRIBED, True),
        (_("Note"), Field.NOTE, False),
        *((say(kind), field, False) for kind, field in _CONTACTS.items()),
    ]
    plain = {heading_words(heading): (field, needed) for heading, field, needed in columns}
    return plain | {f"{one} #": (field, False) for one, (field, _needed) in plain.items()}


def _format_of(system: Mapping[str, Any], header: Sequence[str]) -> Mapping[str, Any] | None:
    there = set(map(heading_words, header))
    for one in system["format"]:
        if {heading_words(heading) for heading in one["has"]} <= there:
            found: Mapping[str, Any] = one
            return found
    return None


@cache
def _systems() -> tuple[Mapping[str, Any], ...]:
    files = sorted(resource("imports/systems").iterdir(), key=lambda one: one.name)
    return tuple(tomllib.loads(one.read_text("utf-8")) for one in files)


def _named(session: Session, name: str) -> ImportMapping | None:
    every = session.scalars(select(ImportMapping))
    return next((one for one in every if fold(one.name) == fold(name.strip())), None)


def _find(session: Session, ref: RecordRef) -> ImportMapping:
    found = session.scalar(select(ImportMapping).where(ImportMapping.ref == ref))
    if found is None:
        raise NotFoundError(_("There is no such matching of columns any more. Nothing was done."))
    return found


def _checked_name(name: str) -> str:
    said = " ".join(name.split())
    if not is_visible(said):
        raise DomainError(_("Enter a name. Nothing was saved."))
    return said
