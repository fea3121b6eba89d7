"""What the end of a journal means: said before it is erased, and kept with the case."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, counted
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.registry import query
from gdprdesk.store.unit_of_work import UnitOfWork


@query("erasure.say_on_phone", needs=Permission.PEOPLE)
def say_on_phone(read: Session) -> str:
    """Return what to read to somebody who asks on the phone to be erased; empty if nothing.

    It is the same for everybody, so that it does not tell whether there is a journal about her.
    """
    if not keeps_journal(read):
        return ""
    known = controller_of(read)
    if known.patient_law.binds:
        ask = (
            _(
                "Only IVO may order that a journal is destroyed. You apply there yourself, at "
                "ivo.se."
            )
            if known.country == "SE"
            else _(
                "You can ask us to destroy something that stands in it. We look at it entry by "
                "entry, and you can appeal to Statsforvalteren if we say no."
            )
        )
        said = _("If we have a journal about you, the law obliges us to keep it; all else goes.")
        return f"{said} {ask}"
    return _(
        "If we have a journal about you, it goes too. Then nobody can see any more what was done, "
        "neither for your next visit nor in a dispute or a claim for an injury, and it cannot be "
        "brought back. Do you want a copy first?"
    )


def journal_warning(going: Iterable[PersonalRecord]) -> str:
    """Return what it means that some records go, if a part of a journal is among them."""
    kinds: dict[type[PersonalRecord], int] = {}
    for one in going:
        if is_of_journal(one):
            kinds[type(one)] = kinds.get(type(one), 0) + 1
    if not kinds:
        return ""
    what = ", ".join(counted(kind, count) for kind, count in kinds.items())
    return _(
        "Her journal goes with this: {what}. Then there is no history any more, neither for her "
        "next visit nor for whoever treats her later. Neither she nor you can show what was done, "
        "for instance in a dispute or a claim for an injury. When the time to undo is out, it "
        "cannot be brought back. Offer her a copy first."
    ).format(what=what)


def is_of_journal(record: PersonalRecord) -> bool:
    """Return whether a record is a part of a journal, in the file or on paper."""
    return record.entered_on(record.recorded_on) is not None


def acknowledge(
    work: UnitOfWork, case: ErasureCase, going: Iterable[PersonalRecord], *, read: bool
) -> None:
    """Keep with a case what was said about the end of a journal, and who went on all the same.

    Args:
        work: The transaction.
        case: The erasure.
        going: What goes.
        read: Whether whoever does this has said that the warning was read.

    Raises:
        DomainError: A journal goes, and nobody has said that the warning was read.
    """
    warning = journal_warning(going)
    if warning and not read:
        raise DomainError(
            _(
                "{warning} Nothing was erased. Tell her this, and say that you have (on the "
                "command line with --acknowledge-journal)."
            ).format(warning=warning)
        )
    if warning:
        case.warned, case.warned_by = warning, work.staff
