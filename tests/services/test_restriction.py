"""Only storing somebody's data for a time: what may still be done with them, and what not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    BookingState,
    CaseStep,
    Channel,
    HoldGround,
    RequestKind,
    RestrictionGround,
)
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.holds import lift_hold, list_holds
from gdprdesk.services.invoices import issue_invoice, set_invoice_paid
from gdprdesk.services.notes import add_note
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.registry import ACTIONS, about
from gdprdesk.services.requests import list_requests, open_request, show_request
from gdprdesk.services.restriction import lift_restriction, restrict_person, show_standing
from gdprdesk.services.subjects import list_subjects, update_subject
from gdprdesk.services.telling import tell_recipient
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, delivered, invoiced, order, person

WRONG = RestrictionGround.ACCURACY

# What Article 18(2) lets be done with what is only stored: what the person herself wants or is
# owed, what settles a claim, and what stores, hands out to her, erases or frees it.
MAY_TOUCH = {
    "booking.set_paid": "a claim",
    "booking.set_state": "a claim: what she ordered is delivered or cancelled",
    "breach.choose_people": "she has a right to know: Article 34",
    "breach.leave_out": "she has a right to know: Article 34",
    "breach.tell_people": "she has a right to know: Article 34",
    "breach.tell_publicly": "she has a right to know: Article 34",
    "clip.keep": "a claim",
    "clip.prolong": "a claim",
    "clip.release": "erasing",
    "clean_up.carry_out": "it keeps what is restricted, and must not stop for it",
    "consent.attach": "the proof of what she said herself",
    "consent.confirm": "she says so herself",
    "consent.record": "she says so herself",
    "consent.record_form": "she says so herself",
    "existing_customer.opt_out": "she says so herself",
    "export.read_log": "she has a right to know: patientdatalagen chapter 8 section 5",
    "journal.decide": "what the law says of her journal",
    "journal.destroy": "what the law says of her journal",
    "journal.record_order": "what the law says of her journal",
    "consent.unsubscribe": "she says so herself",
    "consent.withdraw": "she says so herself",
    "disclosure.add": "a claim, or an authority that may ask",
    "draft.save": "half-written forms are stored only",
    "erasure.carry_out": "erasing",
    "erasure.confirm_clean": "erasing",
    "erasure.consented": "she says so herself",
    "erasure.stage": "erasing",
    "erasure.task_done": "erasing",
    "erasure.undo": "erasing",
    "expiry.carry_out": "erasing",
    "export.letter": "she is owed it",
    "export.person": "she is owed it",
    "export.signed_form": "a claim: the proof of what she said",
    "export.media_to_change": "it keeps her from being recognised",
    "media.ask_down": "it is not used any more then",
    "media.leave_out": "it keeps her from being recognised",
    "media.request_down": "she says so herself",
    "media.take_down": "it is not used any more then",
    "gift_card.extend": "a claim of whoever has the card",
    "gift_card.pay_order": "a claim",
    "gift_card.take_back": "a claim of whoever has the card",
    "gift_card.use": "a claim of whoever has the card",
    "gift_card.void": "a claim of whoever has the card",
    "guardian.end_consents": "erasing: what was said for her counts no more",
    "hold.lift": "storing",
    "hold.place_on_person": "storing",
    "hold.place_on_records": "storing",
    "hold.renew": "storing",
    "import.copy": "storing",
    "import.people": "she says so herself: a yes to letters is taken back, nothing is added",
    "invoice.issue": "a claim",
    "invoice.set_paid": "a claim",
    "newsletter.take_over": "she says so herself: a yes to letters is taken back",
    "objection.to_advertising": "she says so herself",
    "objection.to_interest": "she says so herself",
    "objection.weigh": "she is owed it",
    "restriction.lift": "freeing",
    "restriction.place": "storing",
    "source.exception": "she is owed it",
    "source.told": "she is owed it",
    "stop_list.add": "she says so herself",
}


def restricted(desk: Desk, ref: SubjectRef, **said: Any) -> SubjectRef:
    given = {"ground": WRONG, "why": "Adressen stämmer inte", **said}
    desk.run(restrict_person, subject_ref=ref, **given)
    return ref


def test_it_is_placed_kept_and_lifted_and_all_of_it_is_in_the_request(
    desk: Desk, clock: Clock
) -> None:
    karin = restricted(desk, person(desk, email="karin@example.se"))
    standing = desk.ask(show_standing, subject_ref=karin)
    assert (standing.restricted_on, standing.ground) == (TODAY, WRONG)
    assert standing.why == "Adressen stämmer inte"
    (hold,) = desk.ask(list_holds, subject_ref=karin)
    assert (hold.ground, hold.of_everything) == (HoldGround.RESTRICTION, True)
    assert hold.review_on == standing.review_on
    (row,) = desk.ask(list_requests, subject_ref=karin)
    assert (row.kind, row.channel, row.ref) == (
        RequestKind.RESTRICT,
        Channel.PHONE,
        standing.request_ref,
    )
    clock.move(days=5)
    for day in (None, TODAY - timedelta(days=1), TODAY + timedelta(days=6)):
        with pytest.raises(DomainError, match="Tell Karin Holm first"):
            desk.run(lift_restriction, subject_ref=karin, told_on=day)
    desk.run(lift_restriction, subject_ref=karin, told_on=TODAY + timedelta(days=4), why="Rättat")
    free = desk.ask(show_standing, subject_ref=karin)
    assert (free.restricted_on, free.ground, free.why) == (None, None, "")
    assert desk.ask(list_holds, subject_ref=karin) == ()
    steps = desk.ask(show_request, request_ref=row.ref).steps
    assert steps[-1].what is CaseStep.LIFTED
    assert steps[-1].note == "Rättat She was told on 25 November 2026."
    with pytest.raises(DomainError, match="used as usual"):
        desk.run(lift_restriction, subject_ref=karin, told_on=TODAY)


def test_what_cannot_be_restricted_says_why(desk: Desk) -> None:
    karin, maja = person(desk), person(desk, "Maja Lind")
    other = desk.run(
        open_request,
        kind=RequestKind.RESTRICT,
        received_on=TODAY,
        channel=Channel.WEB,
        subject_ref=maja,
    )
    with pytest.raises(DomainError, match="Request 1 is not about Karin Holm"):
        restricted(desk, karin, request_ref=other.ref)
    with pytest.raises(DomainError, match="Write why"):
        restricted(desk, karin, why=" ")
    assert desk.run(restrict_person, subject_ref=maja, ground=WRONG, why="x").ref == other.ref
    with pytest.raises(DomainError, match="only stored since 21 November 2026"):
        restricted(desk, maja)


def test_those_who_got_her_data_are_told(desk: Desk) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    restricted(desk, karin)
    (row,) = desk.ask(list_requests, subject_ref=karin)
    told = desk.ask(show_request, request_ref=row.ref).told
    assert len(told) == row.untold > 1
    first = told[0]["recipient"]
    with pytest.raises(DomainError, match="Nobody called Nobody"):
        desk.run(tell_recipient, request_ref=row.ref, recipient="Nobody")
    with pytest.raises(DomainError, match="has not come yet"):
        desk.run(tell_recipient, request_ref=row.ref, recipient=first, on=TODAY + timedelta(days=1))
    after = desk.run(tell_recipient, request_ref=row.ref, recipient=first)
    assert after.untold == row.untold - 1


def test_nothing_of_hers_is_changed_or_added_by_a_sentence_that_says_what_to_do(desk: Desk) -> None:
    karin = restricted(desk, person(desk))
    for attempt in (
        lambda: desk.run(update_subject, subject_ref=karin, name="Karin Ek"),
        lambda: desk.run(add_note, text="Ringde", subject_ref=karin),
        lambda: desk.run(add_booking, what="Tårta", subject_ref=karin),
    ):
        with pytest.raises(DomainError, match=r"Karin Holm are only stored.*lift the restriction"):
            attempt()
    assert desk.ask(list_subjects).rows[0].name == "Karin Holm"


def test_what_she_owes_and_is_owed_is_settled_all_the_same(desk: Desk) -> None:
    karin = person(desk)
    cake, owed = order(desk, karin), invoiced(desk, karin, paid_on=None)
    due = delivered(desk, karin, paid_on=None)
    restricted(desk, karin)
    desk.run(set_booking_state, ref=cake, state=BookingState.COMPLETED)
    desk.run(set_booking_paid, ref=cake, paid_on=TODAY)
    desk.run(set_invoice_paid, ref=owed, paid_on=TODAY)
    desk.run(issue_invoice, booking_ref=due)


def test_no_rule_and_no_wish_takes_what_is_only_stored(desk: Desk, clock: Clock) -> None:
    karin = person(desk)
    delivered(desk, karin)
    restricted(desk, karin)
    (hold,) = desk.ask(list_holds)
    with pytest.raises(DomainError, match="this is what keeps them"):
        desk.run(lift_hold, ref=hold.ref)
    clock.move(days=366 * 9)
    desk.run(carry_out_clean_up)
    desk.finish()
    assert [row.ref for row in desk.ask(list_subjects).rows] == [karin]
    desk.run(erase_subject, subject_ref=karin)
    assert [row.ref for row in desk.ask(list_subjects).rows] == [karin]


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_only_what_the_law_allows_may_touch_what_is_only_stored(name: str) -> None:
    may = about(ACTIONS[name]).of_restricted
    assert may == (name in MAY_TOUCH or name.startswith(("request.",))), name


@pytest.mark.parametrize("touch", ["add", "change", "delete", "move", "person", "free"])
def test_no_other_action_can_whatever_it_does(desk: Desk, clock: Clock, touch: str) -> None:
    karin, maja = person(desk), person(desk, "Maja Lind")
    desk.run(add_note, text="Gammal", subject_ref=karin)
    desk.run(add_note, text="Hennes", subject_ref=maja)
    restricted(desk, karin)
    with UnitOfWork(desk._vault, clock) as work:
        people = {one.name: one for one in work.session.scalars(select(DataSubject))}
        hers, other = people["Karin Holm"], people["Maja Lind"]
        notes = {one.subject_id: one for one in work.session.scalars(select(WorkingNote))}
        if touch == "add":
            known = notes[hers.id]
            work.session.add(
                WorkingNote(
                    subject_id=hers.id, activity_id=known.activity_id, recorded_on=TODAY, text="Ny"
                )
            )
        elif touch == "change":
            notes[hers.id].text = "Ny"
        elif touch == "delete":
            work.session.delete(notes[hers.id])
        elif touch == "move":
            notes[hers.id].subject_id = other.id
        elif touch == "person":
            hers.name = "Karin Ek"
        else:
            hers.restricted_on = hers.restriction = None
        with pytest.raises(DomainError, match="only stored"):
            work.commit("test.touch")
    assert desk.ask(show_standing, subject_ref=karin).restricted_on == TODAY


def test_another_persons_records_are_changed_as_ever_and_undo_takes_it_back(desk: Desk) -> None:
    karin, maja = person(desk), person(desk, "Maja Lind")
    desk.run(update_subject, subject_ref=karin, name="Karin Ek")
    restricted(desk, karin)
    desk.run(add_note, text="Ringde", subject_ref=maja)
    desk.undo()
    desk.undo()
    assert desk.ask(show_standing, subject_ref=karin).restricted_on is None
    desk.undo()
    assert {row.name for row in desk.ask(list_subjects).rows} == {"Karin Holm", "Maja Lind"}
