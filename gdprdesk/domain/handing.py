"""How a file leaves the register: for what, and whether anybody who finds it can read it."""

from __future__ import annotations

from dataclasses import dataclass

from gdprdesk.domain.terms import ExportPurpose

_USUAL = {
    ExportPurpose.BOOKKEEPING: "accountant accountant_pack invoice",
    ExportPurpose.AUTHORITY: (
        "register processor_register processors recipients retention breach breaches audit"
    ),
    ExportPurpose.HERSELF: (
        "person letter source_letter receipt consent breach_letter breach_letters read_log"
    ),
    ExportPurpose.MAILING: "newsletter mailing existing_customers comparison labels",
    ExportPurpose.PROCESSOR: "agreement agreement_file instruction_answer settlement",
    ExportPurpose.PUBLIC: "notice public",
}
_PURPOSE_OF = {f"export.{one}": why for why, names in _USUAL.items() for one in names.split()}


@dataclass(frozen=True, repr=False)
class Handing:
    """What is chosen for a file before it is written.

    Attributes:
        purpose: What it is for; nothing for what such a file is usually for.
        password: What opens it; nothing if anybody may read it.
    """

    purpose: ExportPurpose | None = None
    password: str | None = None


AS_USUAL = Handing()


def usual_purpose(action: str) -> ExportPurpose:
    """Return what the file of an export is usually for, such as "export.register"."""
    return _PURPOSE_OF.get(action, ExportPurpose.OWN_WORK)
