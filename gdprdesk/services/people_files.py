"""Saving lists of people: the customer list for Excel or another program, address labels."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.handing import usual_purpose
from gdprdesk.domain.terms import Permission, SubjectKind
from gdprdesk.exports.label_sheets import LabelSheet
from gdprdesk.i18n import N_, _
from gdprdesk.services.files import ExportReceipt, FileFormat, save_content, write_document
from gdprdesk.services.registry import action
from gdprdesk.services.reports.labels import address_labels
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


@action("export.labels", N_("Export"), undoable=False, needs=Permission.EXPORT_ALL)
def export_labels(
    work: UnitOfWork,
    *,
    to: Path,
    search: str = "",
    kind: SubjectKind | None = None,
    purpose: str = "",
    sheet: LabelSheet = LabelSheet.THREE_BY_SEVEN,
    first: int = 1,
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save address labels as PDF, without who may not be written to for what they are for.

    Raises:
        DomainError: Nobody of these can be written to, the sheet has no such first label, or it
            cannot be written there.
    """
    from gdprdesk.exports import labels  # noqa: PLC0415  (heavy, seldom)

    made = address_labels(
        work.session,
        search=search,
        kind=kind,
        purpose=purpose,
        sheet=sheet,
        first=first,
        used_for=work.handing.purpose or usual_purpose("export.labels"),
        language_code=language_code,
    )
    if not made.labels:
        said = _("There is nobody among these with an address who may be written to.")
        raise DomainError(" ".join((said, *made.remarks, _("Nothing was saved."))))
    return save_content(
        work,
        labels.render(made),
        to,
        ".pdf",
        overwrite=overwrite,
        rows=len(made.labels),
        guarded=True,
        remarks=made.remarks,
    )
