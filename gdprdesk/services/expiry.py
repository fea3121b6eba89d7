"""What leaves by itself: half-written forms after a week, diets and stops when they are over."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.bookings import DietNote
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.proofs import StopEntry
from gdprdesk.domain.retention import Relation, kept_until
from gdprdesk.domain.terms import AtEnd
from gdprdesk.i18n import N_
from gdprdesk.services.finding import rules_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import action
from gdprdesk.services.stop_list import list_expired_stops
from gdprdesk.store.unit_of_work import UnitOfWork

_DRAFT_DAYS = 7


@action("expiry.carry_out", N_("Tidying"), undoable=False)
def forget_expired(work: UnitOfWork) -> None:
    """Let go of drafts untouched for seven days, and of diets and entries of the stop list."""
    work.make_final()
    for record in list_expired(work.session):
        work.session.delete(record)


def list_expired(session: Session) -> list[PersonalRecord | StopEntry]:
    """Return what has outlived its short life; a diet also if nobody said it was served."""
    today, rules, law = today_of(session), rules_of(session), law_of(session)
    holds = session.scalars(select(Hold)).all()
    old = select(Draft).where(Draft.saved_on < today - timedelta(days=_DRAFT_DAYS))
    over = [
        note
        for note in session.scalars(select(DietNote))
        if not any(hold.subject_id == note.subject_id and hold.holds(note) for hold in holds)
        and rules[note.activity_id][0].at_end is not AtEnd.ASK
        and (until := kept_until(note, rules[note.activity_id], law, Relation(today), today).until)
        and until < today
    ]
    return [*session.scalars(old), *over, *list_expired_stops(session)]
