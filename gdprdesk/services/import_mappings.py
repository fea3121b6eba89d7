"""What the columns of a list hold: as matched before, as its program writes them, or a guess."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from gdprdesk.domain.terms import Permission
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _
from gdprdesk.imports.source import Grid
from gdprdesk.resources import resource
from gdprdesk.services.entering import is_visible
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_SAMPLE = 50
_MOSTLY = 0.6


@dataclass(frozen=True, repr=False)
class MappingRow:
    """A matching that was saved: its name, and what each heading holds."""

    ref: RecordRef
    name: str
    columns: tuple[tuple[str, Field], ...]


@dataclass(frozen=True)
class Suggestion:
    """What the columns of a list probably hold.

    Attributes:
        fields: One for each column.
        name: Of the matching that was saved, or of the program that wrote the list; else empty.
        saved_ref: The matching that was saved; nothing if it comes from elsewhere.
        of_readers: It is a list of newsletter readers and of nobody else.
        nobody: The program writes no people into such a list.
    """

    fields: tuple[Field, ...]
    name: str = ""
    saved_ref: RecordRef | None = None
    of_readers: bool = False
    nobody: bool = False


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
    guess = guess_columns(grid.header, grid.rows[:_SAMPLE])
    saved = _saved(read, grid, name)
    if saved is not None:
        known = {heading_words(one["heading"]): Field(one["field"]) for one in saved.columns}
        matched = _guarded(grid, _by_heading(grid, known))
        return Suggestion(matched, saved.name, saved.ref)
    for system in _systems():
        found = _format_of(system, grid.header)
        if found is None:
            continue
        of_readers, nobody = bool(system.get("readers")), bool(system.get("nobody"))
        columns = found.get("columns", {})
        ready = {heading_words(one): Field(field) for one, field in columns.items()}
        fields = _guarded(grid, _by_heading(grid, ready)) if ready else guess
        return Suggestion(fields, system["name"], None, of_readers, nobody)
    return Suggestion(guess)


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


def _by_heading(grid: Grid, known: Mapping[str, Field]) -> Iterator[Field]:
    return (field_under(heading, known) for heading in grid.header)


def _guarded(grid: Grid, fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields, but for what are personal identity numbers: those never come by a list."""
    return tuple(
        Field.IDENTITY_NUMBER
        if field not in {Field.EMAIL, Field.PHONE} and _is_guarded(grid, place)
        else field
        for place, field in enumerate(fields)
    )


def _is_guarded(grid: Grid, place: int) -> bool:
    cells = [row[place] for row in grid.rows[:_SAMPLE] if row[place].strip()]
    return bool(cells) and sum(map(is_identity_number, cells)) >= _MOSTLY * len(cells)


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
