"""Writing a line of the log, and tying to it the rows that its action has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.register import RegisterState
from gdprdesk.store.audit_chain import digest_of_line, head_of
from gdprdesk.store.row_check import is_sealed
from gdprdesk.store.row_seals import break_seals, renew_seals, seal_everything, seal_rows
from gdprdesk.store.undo import Written


def add_line(
    session: Session, key: bytes, entry: AuditEntry, rows: Iterable[Written], *, let_go: int = 0
) -> None:
    """Add a line to the log and seal what it changed, in the transaction of the change.

    The first line that this version writes in a register of an earlier one seals every row.

    Args:
        session: Everything else of the action is flushed.
        key: The key of the log.
        entry: What the line says but for its number, what it changed, and its digest.
        rows: Those about people that were written, and those that are gone.
        let_go: The number of the last line that goes since its time is over; 0 if none does. Rows
            that were not changed since are tied to the new line instead.
    """
    ask = session.connection().exec_driver_sql
    before = head_of(ask)
    entry.id = before.line + 1
    rows = list(rows)
    gone = {one.ref for one in rows if one.gone}
    there = [one for one in rows if one.ref not in gone]
    break_seals(ask, gone)
    if is_sealed(ask):
        changed = {one.ref for one in there}
        seal_rows(ask, key, entry.id, ((one.kind, one.id) for one in there))
    else:
        changed = seal_everything(ask, key, entry.id)
    if let_go:
        changed |= renew_seals(ask, key, entry.id, let_go)
        begin = {"log_from": let_go, "log_from_digest": digest_of_line(ask, let_go)}
        session.execute(update(RegisterState).values(begin))
        session.execute(delete(AuditEntry).where(AuditEntry.id <= let_go))
    entry.changed = json.dumps(sorted(changed | {f"-{ref}" for ref in gone}))
    entry.digest = entry.chained(key, before.head)
    session.add(entry)


def must_not_need_line(rows: Iterable[Written]) -> None:
    """Refuse an action without a line in the log that changed what has to be in it.

    Args:
        rows: Those about people that were written, and those that are gone.

    Raises:
        RuntimeError: It is written wrongly.
    """
    if any(True for _row in rows):
        raise RuntimeError("what is about people is changed with a line in the log")
