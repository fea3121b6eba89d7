"""What leaves by itself on its day: half-written forms, diets, stops, clips, old sign-ups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.bookings import DietNote
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.papers import CameraClip
from gdprdesk.domain.proofs import Proof, StopEntry
from gdprdesk.domain.retention import Relation, kept_until
from gdprdesk.domain.terms import AtEnd, Permission
from gdprdesk.i18n import N_
from gdprdesk.services.erasure_proofs import list_expired_proofs
from gdprdesk.services.finding import rules_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import action
from gdprdesk.services.sign_ups import list_lapsed_sign_ups
from gdprdesk.services.stop_list import list_expired_stops
from gdprdesk.store.unit_of_work import UnitOfWork

_DRAFT_DAYS = 7


@action(
    "expiry.carry_out", N_("Tidying"), undoable=False, of_restricted=True, needs=Permission.ERASE
)
def forget_expired(work: UnitOfWork) -> None:
    """Let go of drafts untouched for a week, of what is over, and what the erased left."""
    work.make_final()
    for record in list_expired(work.session):
        work.session.delete(record)


def list_expired(
    session: Session,
) -> list[PersonalRecord | StopEntry | Proof | ErasureCase]:
    """Return what has outlived its short life; a diet also if nobody said it was served.

    So do the proofs, the receipt and the stop list that an erasure leaves.
    """
    today, rules, law = today_of(session), rules_of(session), law_of(session)
    holds = session.scalars(select(Hold)).all()
    old = select(Draft).where(Draft.saved_on < today - timedelta(days=_DRAFT_DAYS))
    over = [
        note
        for note in session.scalars(select(DietNote))
        if not _is_held(note, holds)
        and rules[note.activity_id][0].at_end is not AtEnd.ASK
        and (until := kept_until(note, rules[note.activity_id], law, Relation(today), today).until)
        and until < today
    ]
    released = session.scalars(select(CameraClip).where(CameraClip.release_on < today))
    clips = [clip for clip in released if not _is_held(clip, holds)]
    left = [*list_expired_stops(session), *list_expired_proofs(session)]
    return [*session.scalars(old), *over, *clips, *list_lapsed_sign_ups(session), *left]


def _is_held(record: PersonalRecord, holds: Iterable[Hold]) -> bool:
    """Return whether it is kept by decision."""
    return any(one.subject_id == record.subject_id and one.holds(record) for one in holds)
