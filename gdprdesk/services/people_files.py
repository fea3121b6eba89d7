"""Saving lists of people: the customer list for Excel, or for another program."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from gdprdesk.domain.terms import Permission, SubjectKind
from gdprdesk.i18n import N_
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.registry import action
from gdprdesk.services.reports.people import people_report
from gdprdesk.store.unit_of_work import UnitOfWork


class ListFormat(StrEnum):
    """As what a customer list can be saved."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


@action("export.people", N_("Export"), undoable=False, needs=Permission.EXPORT_ALL)
def export_people(
    work: UnitOfWork,
    *,
    to: Path,
    search: str = "",
    kind: SubjectKind | None = None,
    purpose: str = "",
    notes: bool = False,
    format: ListFormat = ListFormat.XLSX,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the customer list: everybody, or those who are looked for, with all their contacts."""
    document = people_report(
        work.session,
        search=search,
        kind=kind,
        purpose=purpose,
        notes=notes,
        language_code=language_code,
    )
    return write_document(
        work, document, to, FileFormat(format.value), overwrite=overwrite, guarded=True
    )
