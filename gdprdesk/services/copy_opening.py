"""Opening what is sealed about a person for the copy that she is handed out.

It is a reading like any other: its own line in the log is kept before anything is opened, also if
the copy itself then finds no room on the disk.
"""

from __future__ import annotations

from gdprdesk.domain.base import PersonalRecord, SealedText, sealed_columns
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area, ReadReason
from gdprdesk.services.finding import records_of
from gdprdesk.services.person_copy import Opened, is_portable
from gdprdesk.store.reading import Reading
from gdprdesk.store.unit_of_work import UnitOfWork

_CALLED = {Area.JOURNAL: "journal.read", Area.GUARDED: "number.read"}


def open_for_copy(
    work: UnitOfWork, subject: DataSubject, *, portable: bool = False
) -> Opened | None:
    """Open all that is sealed about a person; nothing, and no line in the log, if nothing is.

    Args:
        work: The unit of work; nothing may have been changed in it yet.
        subject: Whose copy it is.
        portable: Only what belongs in a copy of what she gave herself.

    Raises:
        DomainError: The line cannot be kept, or the journal is closed to whoever makes the copy.
    """
    session = work.session
    records = [
        one
        for one in records_of(session, subject)
        if any(sealed_columns(type(one))) and (not portable or is_portable(session, one))
    ]
    wanted = [(one, name, kind) for one in records for name, kind in sealed_columns(type(one))]
    if not wanted:
        return None
    areas = {kind.area for _one, _name, kind in wanted}
    look = Reading(work, _CALLED[Area.JOURNAL if Area.JOURNAL in areas else Area.GUARDED])
    look.announce(
        [(one, name) for one, name, _kind in wanted], of=[subject], reason=ReadReason.REQUEST
    )

    def file(record: PersonalRecord, column: str) -> bytes:
        content = look.open(record, column)
        if isinstance(content, str):
            raise TypeError(f"{column} is text, and no file")
        return content

    texts = {
        (str(one.ref), name): str(look.open(one, name))
        for one, name, kind in wanted
        if isinstance(kind, SealedText)
    }
    return Opened(texts, file)
