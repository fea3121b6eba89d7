"""Letting go of what the rules say is over: on its day, never before, and never what is held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import FurtherPurpose, ProcessingActivity, RetentionRule
from gdprdesk.domain.base import ActivityRef, RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.clean_up import Statistic
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import (
    AtEnd,
    BookingState,
    CleanUpMode,
    ConsentMethod,
    ErasureState,
    HoldGround,
    Reason,
    Start,
    SubjectKind,
    Unit,
)
from gdprdesk.domain.terms import Decision as Answer
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.clean_up import (
    AUTOMATIC,
    Spared,
    carry_out_clean_up,
    list_clean_ups,
    show_protocol,
)
from gdprdesk.services.clean_up_preview import count_due, show_clean_up
from gdprdesk.services.companies import add_company
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.erasure_cases import list_erasures, show_receipt
from gdprdesk.services.holds import (
    Decision,
    hold_person,
    hold_records,
    lift_hold,
    list_holds,
    renew_hold,
    show_review_days,
)
from gdprdesk.services.invoices import issue_invoice, set_invoice_paid, show_invoice
from gdprdesk.services.notes import add_attachment, add_note, save_draft
from gdprdesk.services.onboarding import Business
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import end_relation, list_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import (
    CHEAP,
    PASSWORD,
    TODAY,
    Clock,
    delivered,
    invoiced,
    order,
    person,
    reopened,
)
from tests.pages import decrypted_pages, vault_key

PHONE = "070-174 06 05"


def keep(clock: Clock, **said: object) -> Decision:
    day = clock.now.date() + timedelta(days=200)
    whole = {"ground": HoldGround.CLAIM, "why": "Tvist om tårtan", "review_on": day, **said}
    return Decision(**whole)  # type: ignore[arg-type]


def refs(desk: Desk) -> list[RecordRef]:
    return [row.ref for group in desk.ask(show_clean_up).due for row in group.rows]


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.ask(list_subjects).rows]


def activity(desk: Desk, key: str) -> ActivityRef:
    return next(row.ref for row in desk.ask(list_activities) if row.name == key)


def change(desk: Desk, **said: Any) -> None:
    """Change the activity that orders and phone numbers belong to."""
    ref = activity(desk, "Beställningar och bokningar")
    desk.run(update_activity, activity_ref=ref, changes=ActivityChanges(**said))


def ends(desk: Desk, at_end: AtEnd) -> None:
    """Change what becomes of orders when their time is over."""
    change(desk, rule=RetentionRule(Start.LAST_ACTIVITY, 24, Unit.MONTHS, at_end=at_end))


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    """A customer with a phone number and an order, delivered and paid today."""
    ref = person(desk, "Karin Qvarnholm", phone=PHONE)
    delivered(desk, ref)
    return ref


def test_nothing_leaves_through_its_last_day_and_everything_the_day_after(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    clock.go_to(date(2028, 11, 21))
    assert refs(desk) == []
    assert desk.ask(show_clean_up).soon == 2
    clock.go_to(date(2028, 11, 22))
    view = desk.ask(show_clean_up)
    (group,) = view.due
    assert group.activity == "Beställningar och bokningar"
    assert [row.kind for row in group.rows] == ["booking", "contact_detail"]
    assert {row.until for row in group.rows} == {date(2028, 11, 21)}
    assert {row.subject_ref for row in group.rows} == {karin}
    assert (view.records, view.people, view.soon) == (2, 1, 0)


def test_whoever_leaves_leaves_no_trace_and_never_comes_back(
    desk: Desk, karin: SubjectRef, clock: Clock, folder: Path
) -> None:
    assert b"Qvarnholm" in decrypted_pages(folder, vault_key(folder))
    clock.go_to(date(2028, 11, 22))
    done = desk.run(carry_out_clean_up)
    assert (done.records, done.people, done.done_by) == (2, 1, "owner")
    assert names(desk) == []
    assert desk.undo_label is None
    assert desk._vault.ledger.refs() == {karin}
    desk.finish()
    pages = decrypted_pages(folder, vault_key(folder))
    for word in ("Qvarnholm", PHONE, "Prinsess"):
        assert word.encode() not in pages
    assert desk.check().ok


def test_the_protocol_names_nobody(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    clock.go_to(date(2028, 11, 22))
    ref = desk.run(carry_out_clean_up).ref
    (run,) = desk.ask(list_clean_ups)
    assert run == desk.ask(show_protocol, ref=ref)
    assert [(line["kind"], line["count"], line["anonymised"]) for line in run.cleaned] == [
        ("booking", 1, False),
        ("contact_detail", 1, False),
    ]
    assert karin not in repr(run.cleaned)


def test_only_what_was_shown_and_ticked_leaves(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    clock.go_to(date(2028, 11, 22))
    booking, phone = refs(desk)
    desk.run(carry_out_clean_up, refs=(booking,))
    assert refs(desk) == [phone]
    assert names(desk) == ["Karin Qvarnholm"]


def test_what_is_gone_moves_no_clock_of_what_is_left(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    note = desk.run(add_note, subject_ref=karin, text="Ringde")
    shorter = activity(desk, "Fakturor och bokföring")
    with UnitOfWork(desk._vault, clock) as work:
        row = work.session.scalars(
            select(ProcessingActivity).where(ProcessingActivity.ref == shorter)
        ).one()
        work.session.scalars(select(Booking)).one().activity_id = row.id
        work.commit("test.move")
    change(desk, rule=RetentionRule(Start.LAST_ACTIVITY, 36, Unit.MONTHS))
    clock.go_to(date(2034, 1, 1))
    assert note in refs(desk)


def test_what_is_untick_with_a_reason_is_kept_and_stands_in_the_protocol(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    clock.go_to(date(2028, 11, 22))
    booking, _phone = refs(desk)
    run = desk.run(carry_out_clean_up, spared=(Spared(booking, keep(clock)),))
    assert run.spared == ({"kind": "booking", "ref": booking, "ground": "claim"},)
    view = desk.ask(show_clean_up)
    assert [row.ref for group in view.due for row in group.rows] == []
    (waiting,) = view.waiting
    assert [(row.ref, row.reason) for row in waiting.rows] == [(booking, Reason.CLAIM)]
    (hold,) = desk.ask(list_holds)
    assert (hold.name, hold.said, hold.placed_by) == ("Karin Qvarnholm", "Order 1001", "Maja Lind")
    desk.run(lift_hold, ref=hold.ref)
    assert refs(desk) == [booking]


def test_everything_about_a_person_can_be_held(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    desk.run(hold_person, subject_ref=karin, decision=keep(clock))
    clock.go_to(date(2040, 1, 1))
    assert refs(desk) == []
    assert desk.ask(show_clean_up).people == 0
    desk.run(carry_out_clean_up)
    assert names(desk) == ["Karin Qvarnholm"]
    assert desk.ask(show_subject, subject_ref=karin).why[0].until is None


def test_a_hold_on_a_person_stops_her_erasure_and_lets_it_go_on(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    ref = desk.run(hold_person, subject_ref=karin, decision=keep(clock))
    assert desk.run(stage_erasure, subject_ref=karin).state is ErasureState.WAITING
    desk.finish()
    assert names(desk) == ["Karin Qvarnholm"]
    desk.run(lift_hold, ref=ref)
    clock.move(hours=25)
    desk.finish()
    assert names(desk) == []
    assert desk.ask(show_receipt, subject_ref=karin).state is ErasureState.DONE


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"why": " "}, "Write why"),
        ({"review_on": TODAY}, "within a year"),
        ({"review_on": date(2027, 11, 22)}, "within a year"),
    ],
)
def test_a_hold_needs_a_reason_and_an_end(
    desk: Desk, karin: SubjectRef, clock: Clock, said: dict[str, object], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        desk.run(hold_person, subject_ref=karin, decision=keep(clock, **said))
    assert desk.ask(list_holds) == ()


def test_a_hold_is_usually_decided_again_after_three_months(desk: Desk) -> None:
    days = desk.ask(show_review_days)
    assert (days.usual, days.latest) == (date(2027, 2, 21), date(2027, 11, 21))


def test_a_hold_is_decided_again_and_may_go_on(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    desk.run(hold_person, subject_ref=karin, decision=keep(clock, review_on=date(2027, 11, 21)))
    assert desk.ask(list_holds, due_by=date(2027, 11, 20)) == ()
    (hold,) = desk.ask(list_holds, due_by=date(2027, 11, 21), subject_ref=karin)
    clock.go_to(date(2027, 11, 21))
    desk.run(renew_hold, ref=hold.ref, review_on=date(2028, 11, 21))
    assert desk.ask(list_holds)[0].review_on == date(2028, 11, 21)


def test_an_open_order_and_a_claim_wait_with_how_to_reach_her(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    order(desk, karin)
    owing = person(desk, "Olle Ek", phone="070-174 06 06")
    delivered(desk, owing, paid_on=None)
    clock.go_to(date(2029, 1, 1))
    view = desk.ask(show_clean_up)
    kinds = [(row.name, row.kind, row.reason) for group in view.waiting for row in group.rows]
    assert kinds == [
        ("Karin Qvarnholm", "booking", Reason.STILL_NEEDED),
        ("Karin Qvarnholm", "contact_detail", Reason.STILL_NEEDED),
        ("Olle Ek", "booking", Reason.CLAIM),
        ("Olle Ek", "contact_detail", Reason.CLAIM),
    ]
    assert [row.kind for group in view.due for row in group.rows] == ["booking"]


def test_whoever_still_reads_the_newsletter_can_be_reached(desk: Desk, clock: Clock) -> None:
    reader = person(desk, "Lea Läsare", email="lea@example.com")
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == "newsletter")
    desk.run(
        record_consent,
        subject_ref=reader,
        text_ref=text.ref,
        decision=Answer.GIVEN,
        method=ConsentMethod.WEB_FORM,
    )
    clock.go_to(date(2031, 1, 1))
    assert refs(desk) == []
    desk.run(withdraw_consent, subject_ref=reader, purpose="newsletter")
    clock.go_to(date(2033, 1, 2))
    desk.run(carry_out_clean_up)
    assert names(desk) == []


def test_an_invoice_stays_through_the_seventh_year(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    invoiced(desk, karin)
    clock.go_to(date(2033, 12, 31))
    desk.run(carry_out_clean_up)
    assert names(desk) == ["Karin Qvarnholm"]
    assert desk.ask(count_due) == 0
    clock.go_to(date(2034, 1, 1))
    desk.run(carry_out_clean_up)
    assert names(desk) == []


def test_a_name_without_anything_leaves_as_a_phone_number_would(desk: Desk, clock: Clock) -> None:
    person(desk, "Bara Namn")
    clock.go_to(date(2028, 11, 21))
    assert desk.ask(count_due) == 0
    clock.go_to(date(2028, 11, 22))
    assert desk.ask(count_due) == 1
    assert desk.run(carry_out_clean_up).people == 1
    assert names(desk) == []


def test_what_belongs_to_nobody_leaves_too(desk: Desk, clock: Clock) -> None:
    delivered(desk, None)
    clock.go_to(date(2028, 11, 22))
    (group,) = desk.ask(show_clean_up).due
    (row,) = group.rows
    assert (row.subject_ref, row.name) == (None, "")
    desk.run(hold_records, refs=(row.ref,), decision=keep(clock))
    assert refs(desk) == []
    assert desk.ask(list_holds)[0].said == "Order 1001"


def test_figures_stay_when_records_are_made_anonymous(desk: Desk, clock: Clock) -> None:
    ends(desk, AtEnd.ANONYMISE)
    for name in ("Karin Holm", "Olle Ek"):
        delivered(desk, person(desk, name))
    clock.go_to(date(2028, 11, 22))
    run = desk.run(carry_out_clean_up)
    assert [line["anonymised"] for line in run.cleaned] == [True]
    with UnitOfWork(desk._vault, clock) as work:
        (figure,) = work.session.scalars(select(Statistic))
        said = (figure.kind, figure.month, figure.count, figure.amount)
    assert said == ("booking", "2026", 2, "800.00")


def test_what_is_to_be_asked_about_never_leaves_by_itself(desk: Desk, clock: Clock) -> None:
    ends(desk, AtEnd.ASK)
    delivered(desk, person(desk, "Karin Holm"))
    clock.go_to(date(2028, 11, 22))
    (group,) = desk.ask(show_clean_up).due
    assert group.asks
    assert desk.run(carry_out_clean_up).records == 0
    assert desk.run(carry_out_clean_up, refs=(group.rows[0].ref,)).records == 1
    assert names(desk) == []


def test_the_program_does_it_when_it_opens_if_the_owner_chose_so(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    clock.go_to(date(2028, 11, 22))
    desk.finish()
    assert names(desk) == ["Karin Qvarnholm"]
    desk.run(update_organisation, clean_up=CleanUpMode.AUTOMATIC)
    with reopened(desk, clock) as later:
        assert names(later) == []
        (run,) = later.ask(list_clean_ups)
        assert run.done_by == AUTOMATIC
        later.finish()
        assert len(later.ask(list_clean_ups)) == 1


def test_an_erasure_that_waits_is_done_when_the_rules_let_go(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    hold = desk.run(hold_person, subject_ref=karin, decision=keep(clock))
    desk.run(stage_erasure, subject_ref=karin)
    clock.go_to(date(2028, 11, 22))
    desk.run(lift_hold, ref=hold)
    desk.run(carry_out_clean_up)
    assert [row.state for row in desk.ask(list_erasures)] == [ErasureState.DONE]
    desk.finish()
    assert desk.check().ok


def test_more_than_one_purpose_keeps_until_the_last_is_over(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    warranty = FurtherPurpose(
        purpose="Garanti",
        legal_basis="contract",
        basis_note="",
        start=Start.LAST_ACTIVITY,
        count=3,
        unit=Unit.YEARS,
        law=None,
    )
    change(desk, further_purposes=(warranty,))
    clock.go_to(date(2029, 11, 21))
    assert refs(desk) == []
    clock.go_to(date(2029, 11, 22))
    assert len(refs(desk)) == 2


@pytest.fixture
def shop(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The register of a trading company, which keeps customers while the relation lasts."""
    business = Business(name="Handelshuset", trade="shop", contact="Ida Ek")
    opened, _recovery = Desk.create(
        tmp_path / "shop.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield opened
    opened.lock()


def test_a_relation_that_goes_on_keeps_and_its_end_starts_the_clock(
    shop: Desk, clock: Clock
) -> None:
    who = person(shop, "Karin Holm", email="karin@example.com")
    clock.go_to(date(2040, 1, 1))
    assert refs(shop) == []
    shop.run(end_relation, subject_ref=who, on=date(2039, 12, 31))
    clock.go_to(date(2042, 12, 31))
    assert refs(shop) == []
    clock.go_to(date(2043, 1, 1))
    assert shop.run(carry_out_clean_up).people == 1


def test_whoever_comes_back_moves_the_clock(shop: Desk, clock: Clock) -> None:
    who = person(shop, "Karin Holm", email="karin@example.com")
    shop.run(end_relation, subject_ref=who, on=TODAY)
    clock.go_to(date(2028, 5, 1))
    delivered(shop, who, paid_on=date(2028, 5, 1))
    clock.go_to(date(2031, 5, 1))
    assert names(shop) == ["Karin Holm"]
    assert "contact_detail" not in {
        row.kind for group in shop.ask(show_clean_up).due for row in group.rows
    }
    clock.go_to(date(2031, 5, 2))
    shop.run(carry_out_clean_up)
    assert names(shop) == []


def test_what_came_from_a_credit_check_has_its_own_short_life(shop: Desk, clock: Clock) -> None:
    who = person(shop, "Karin Holm", email="karin@example.com")
    checks = activity(shop, "Kreditupplysning")
    note = shop.run(add_note, subject_ref=who, text="Inga anmärkningar", activity_ref=checks)
    clock.go_to(date(2027, 2, 22))
    assert refs(shop) == [note]


def test_a_diet_that_is_held_stays_when_its_week_is_over(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    order(desk, karin, diet="nötter")
    desk.run(hold_person, subject_ref=karin, decision=keep(clock))
    clock.move(days=60)
    desk.finish()
    assert "nötter" in str(desk.ask(list_bookings).rows[0].diet)


def test_a_hold_on_an_order_of_a_company_outlives_its_contact(desk: Desk, clock: Clock) -> None:
    company = desk.run(add_company, name="Bygg AB")
    karin = person(desk, "Karin Holm", kind=SubjectKind.COMPANY_CONTACT, company_ref=company)
    ref = order(desk, karin, company_ref=company)
    desk.run(set_booking_state, ref=ref, state=BookingState.COMPLETED)
    desk.run(hold_records, refs=(ref,), decision=keep(clock))
    desk.run(erase_subject, subject_ref=karin)
    (hold,) = desk.ask(list_holds)
    assert (hold.said, hold.name) == ("Order 1001", "")
    clock.go_to(date(2040, 1, 1))
    assert ref not in refs(desk)


def test_a_hold_because_a_law_asks_for_it_waits_to_be_decided_again(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    desk.run(hold_person, subject_ref=karin, decision=keep(clock, ground=HoldGround.LAW))
    assert desk.run(stage_erasure, subject_ref=karin).state is ErasureState.WAITING
    clock.go_to(date(2030, 1, 1))
    desk.finish()
    waiting = {row.reason for group in desk.ask(show_clean_up).waiting for row in group.rows}
    assert waiting == {Reason.LAW_OBLIGES}
    (hold,) = desk.ask(list_holds)
    desk.run(lift_hold, ref=hold.ref)
    desk.finish()
    assert names(desk) == []


def test_whoever_is_hidden_gets_no_new_hold(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    clock.go_to(date(2028, 11, 22))
    (booking, *_rest) = refs(desk)
    desk.run(stage_erasure, subject_ref=karin)
    with pytest.raises(NotFoundError, match="about to be erased"):
        desk.run(hold_records, refs=(booking,), decision=keep(clock))


def test_a_further_purpose_that_lasts_longer_asks_as_the_main_one_does(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    warranty = FurtherPurpose(
        purpose="Garanti",
        legal_basis="contract",
        basis_note="",
        start=Start.LAST_ACTIVITY,
        count=30,
        unit=Unit.MONTHS,
        law=None,
    )
    change(
        desk,
        rule=RetentionRule(Start.LAST_ACTIVITY, 24, Unit.MONTHS, at_end=AtEnd.ASK),
        further_purposes=(warranty,),
    )
    clock.go_to(date(2030, 1, 1))
    assert desk.run(carry_out_clean_up).records == 0
    assert all(group.asks for group in desk.ask(show_clean_up).due)
    assert desk.ask(show_clean_up).people == 0


def test_a_run_that_takes_nothing_leaves_no_protocol_and_undo_as_it_was(
    desk: Desk, karin: SubjectRef
) -> None:
    desk.run(add_note, subject_ref=karin, text="Ringde")
    desk.run(carry_out_clean_up)
    assert desk.ask(list_clean_ups) == ()
    assert desk.undo_label


def test_a_photo_stays_as_long_as_the_yes_to_it(
    desk: Desk, karin: SubjectRef, clock: Clock, tmp_path: Path
) -> None:
    photo = next(one for one in desk.ask(list_consent_texts) if one.purpose == "photo")
    desk.run(
        record_consent,
        subject_ref=karin,
        text_ref=photo.ref,
        decision=Answer.GIVEN,
        method=ConsentMethod.SIGNATURE,
    )
    file = tmp_path / "bild.png"
    file.write_bytes(b"\x89PNG")
    photos = activity(desk, "Foto på webb och sociala medier")
    kept = desk.run(add_attachment, subject_ref=karin, path=file, activity_ref=photos)
    clock.go_to(date(2030, 1, 1))
    assert kept not in refs(desk)
    desk.run(withdraw_consent, subject_ref=karin, purpose="photo")
    clock.go_to(date(2031, 1, 1))
    assert kept not in refs(desk)
    clock.go_to(date(2031, 1, 2))
    assert kept in refs(desk)


def test_invoices_from_before_another_system_took_over_are_originals_still(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    old = invoiced(desk, karin)
    ref = activity(desk, "Fakturor och bokföring")
    desk.run(update_activity, activity_ref=ref, changes=ActivityChanges(system_of_record="Fortnox"))
    new = invoiced(desk, karin, number="F-2041")
    assert desk.ask(show_invoice, ref=new).row.original_in == "Fortnox"
    clock.go_to(date(2030, 1, 1))
    due = refs(desk)
    assert old not in due
    assert new in due


def test_the_contact_of_a_company_leaves_and_its_invoice_stays(desk: Desk, clock: Clock) -> None:
    company = desk.run(add_company, name="Bygg AB", address="Storgatan 2")
    karin = person(
        desk, "Karin Holm", phone=PHONE, kind=SubjectKind.COMPANY_CONTACT, company_ref=company
    )
    booking = order(desk, karin, company_ref=company)
    desk.run(set_booking_state, ref=booking, state=BookingState.COMPLETED)
    invoice = desk.run(issue_invoice, booking_ref=booking)
    desk.run(set_invoice_paid, ref=invoice, paid_on=TODAY)
    clock.go_to(date(2028, 11, 22))
    assert desk.run(carry_out_clean_up).people == 1
    assert names(desk) == []
    assert desk.ask(show_invoice, ref=invoice).row.buyer == "Bygg AB"
    assert desk.check().ok


def test_whoever_leaves_takes_the_half_written_forms_that_name_her(
    desk: Desk, karin: SubjectRef, clock: Clock, folder: Path
) -> None:
    clock.go_to(date(2028, 11, 22))
    desk.run(save_draft, form="order", entered={"note": "Karin Qvarnholm ringer"})
    desk.run(carry_out_clean_up)
    desk.finish()
    assert b"Qvarnholm" not in decrypted_pages(folder, vault_key(folder))
