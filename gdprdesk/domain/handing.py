"""How a file leaves the register: for what, and whether anybody who finds it can read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from gdprdesk.domain.terms import ExportPurpose

S = TypeVar("S")


class Holding(Enum):
    """Whose data a file holds, which decides what is asked before it is saved.

    Attributes:
        NOBODY: No person's: nothing is asked.
        PEOPLE: People's, as any letter or list: a password is offered.
        GUARDED: What nobody else may read, such as names beside diets, or everybody's addresses: a
            password is suggested, and one is warned without it.
    """

    NOBODY = 0
    PEOPLE = 1
    GUARDED = 2


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
_HOLDING = {
    Holding.NOBODY: (
        "register processor_register processors recipients retention public year overview "
        "breaches breach snapshot difference agreement agreement_file notice clean_up closing "
        "settlement shredding"
    ),
    Holding.GUARDED: (
        "people labels day_sheet week_sheet newsletter breach_letters attachment journal.export "
        "journal.export_file"
    ),
}


def _by_action(named: dict[S, str]) -> dict[str, S]:
    """Turn words to look up by the name of an action; without a dot it is an export."""
    return {
        one if "." in one else f"export.{one}": said
        for said, names in named.items()
        for one in names.split()
    }


_PURPOSE_OF, _HOLDING_OF = _by_action(_USUAL), _by_action(_HOLDING)


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


def holding_of(action: str) -> Holding:
    """Return whose data the file of an export holds; people's, unless it is known otherwise."""
    return _HOLDING_OF.get(action, Holding.PEOPLE)
