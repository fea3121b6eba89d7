"""What whoever asks may not know of is not there, whatever is asked and however.

Every question of a session is asked as if the kinds of record that are hidden in it had no rows:
lists, counts, sums and joins alike. So no page, report or export can forget to leave them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import event, false
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from gdprdesk.domain.base import PersonalRecord

_HIDDEN = "hidden kinds"


@contextmanager
def hiding(session: Session, kinds: Iterable[type[PersonalRecord]]) -> Iterator[None]:
    """Ask as if there were no records of these kinds; without any kind, ask for all there is."""
    before = hidden_kinds_in(session)
    session.info[_HIDDEN] = tuple(kinds)
    try:
        yield
    finally:
        session.info[_HIDDEN] = before


def hidden_kinds_in(session: Session) -> tuple[type[PersonalRecord], ...]:
    """Return the kinds of record of which a session knows nothing."""
    hidden: tuple[type[PersonalRecord], ...] = session.info.get(_HIDDEN, ())
    return hidden


@event.listens_for(Session, "do_orm_execute")
def _leave_out(asked: ORMExecuteState) -> None:
    hidden = hidden_kinds_in(asked.session)
    if hidden and asked.is_select:
        none_of = (with_loader_criteria(kind, false(), include_aliases=True) for kind in hidden)
        asked.statement = asked.statement.options(*none_of)
