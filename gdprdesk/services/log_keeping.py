"""Letting the oldest lines of the log go when their time is over, as the register promises.

The log is one chain, so it is shortened from its beginning, up to the first line that must stay: a
line that is younger than the rule of the register says, or a reading of the journal that the law
on patients' records keeps longer. The last line that goes leaves its digest, to which the next one
is tied; records that were not changed since are tied to the line that says so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.editions import RegisterSnapshot
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.freezing import digest_of
from gdprdesk.services.law import law_of
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.registry import READINGS, action
from gdprdesk.services.snapshots import SHORTENING, is_intact
from gdprdesk.store.unit_of_work import UnitOfWork

_ACTIVITY = "register_log"
_LAW = "journal_log"
_DAY = timedelta(days=1)


@action(SHORTENING, N_("Shortened the log"), undoable=False, needs=Permission.ERASE)
def shorten_log(work: UnitOfWork) -> None:
    """Let go of the lines of the log whose time is over."""
    through = last_line_over(work.session)
    if through:
        for snapshot in work.session.scalars(select(RegisterSnapshot)):
            if is_intact(work.session, snapshot):  # its own line may be among those that go
                work.mention(snapshot.ref)
                work.mention(digest_of(snapshot.rows))
        work.make_final()
        work.let_go_of_log(through)


def last_line_over(read: Session) -> int:
    """Return the number of the last line whose time is over; 0 if there is none."""
    rule = read.scalar(select(ProcessingActivity.rule).where(ProcessingActivity.key == _ACTIVITY))
    if rule is None:
        return 0
    today = today_of(read)
    stays = AuditEntry.at >= _first_kept(rule.after, today).isoformat()
    law = law_of(read)
    if keeps_journal(read) and controller_of(read).patient_law.binds and law.knows(_LAW, today):
        since = _first_kept(lambda day: law.keep_until(_LAW, day, today), today)
        readings = AuditEntry.action.in_(list(READINGS))
        stays = or_(stays, and_(readings, AuditEntry.at >= since.isoformat()))
    first = read.scalar(select(func.min(AuditEntry.id)).where(stays))
    last = read.scalar(select(func.max(AuditEntry.id))) if first is None else first - 1
    oldest = read.scalar(select(func.min(AuditEntry.id)))
    return last if last and oldest and last >= oldest else 0


def _first_kept(until: Callable[[date], date], today: date) -> date:
    """Return the first day of which the period is not over.

    Args:
        until: Returns the last day of the period that begins with a day.
        today: The day it is.
    """
    day = today - (until(today) - today)
    while until(day) < today:
        day += _DAY
    while until(day - _DAY) >= today:
        day -= _DAY
    return day
