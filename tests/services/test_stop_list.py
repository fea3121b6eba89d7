"""The stop list: who said no or was erased is recognised, and nobody can read who it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.proofs import StopEntry
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ConsentMethod, ContactKind, Decision, StopReason
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.stop_list import (
    check_stop,
    digest_of,
    list_stops,
    remove_stop,
    show_stop_list,
    stop,
    stopped,
)
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import PASSWORD, TODAY, Clock, person, reopened
from tests.pages import decrypted_pages, vault_key

EMAIL, PHONE = "karin@example.com", "070-174 06 45"
THREE_YEARS_ON = date(2029, 11, 21)


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    return person(desk, email=EMAIL, phone=PHONE, address="Storgatan 3, Växjö")


def say(desk: Desk, who: SubjectRef, decision: Decision, purpose: str = "newsletter") -> None:
    """Let somebody decide by what stands at the end of each letter."""
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=who,
        text_ref=texts[purpose],
        decision=decision,
        method=ConsentMethod.UNSUBSCRIBED
        if decision is not Decision.GIVEN
        else ConsentMethod.WEB_FORM,
    )


def reasons(desk: Desk, value: str = EMAIL) -> list[StopReason]:
    return [row.reason for row in desk.ask(check_stop, value=value).found]


def change(desk: Desk, clock: Clock, how: Callable[[UnitOfWork], object]) -> None:
    """Do to the register what belongs to another action."""
    with UnitOfWork(desk._vault, clock) as work:
        how(work)
        work.commit("test.change")


def stop_her(work: UnitOfWork, reason: StopReason = StopReason.ERASED) -> None:
    stop(work, work.session.scalars(select(ContactDetail)), reason)


def test_an_address_is_found_however_it_is_written_and_never_read(
    desk: Desk, clock: Clock, karin: SubjectRef
) -> None:
    assert reasons(desk) == reasons(desk, PHONE) == []
    change(desk, clock, stop_her)
    for written in (EMAIL, " Karin@Example.COM ", "KARIN@example.com", PHONE, "+46 70 174 06 45"):
        assert reasons(desk, written) == [StopReason.ERASED]
    assert reasons(desk, "karina@example.com") == reasons(desk, "0701740646") == []
    rows = desk.ask(list_stops)
    assert rows.total == 2  # a street is nothing that a list comes with
    assert {(row.contact, row.made_on, row.until) for row in rows.rows} == {
        (ContactKind.EMAIL, TODAY, THREE_YEARS_ON),
        (ContactKind.PHONE, TODAY, THREE_YEARS_ON),
    }
    shown = desk.ask(show_stop_list)
    assert shown.period == "3 years after it was written down"
    erased, unsubscribed = shown.counts
    assert (erased.count, erased.since, erased.until) == (2, TODAY, THREE_YEARS_ON)
    assert (unsubscribed.count, unsubscribed.since, unsubscribed.until) == (0, None, None)


def digest(desk: Desk, normal: str = EMAIL, kind: ContactKind = ContactKind.EMAIL) -> str:
    return desk.ask(lambda read: digest_of(read, kind, normal))


def test_letters_of_two_sorts_are_one_address(desk: Desk) -> None:
    apart, together = "asa\u030a@example.com", "as\xe5@example.com"
    written = (apart, together, together.upper(), f" {together}")
    assert len({digest(desk, one) for one in written}) == 1


def test_the_key_is_of_this_register_and_outlives_a_new_password(
    desk: Desk, clock: Clock, folder
) -> None:
    before = digest(desk)
    assert len(before) == 64
    assert digest(desk, kind=ContactKind.PHONE) != before
    with reopened(desk, clock) as again:
        again.change_password(PASSWORD, "another long word")
        again.new_recovery_key()
        assert digest(again) == before


def test_taking_a_yes_back_stops_letters_and_a_new_yes_lets_them_come(
    desk: Desk, karin: SubjectRef
) -> None:
    say(desk, karin, Decision.GIVEN)
    assert reasons(desk) == []
    desk.run(withdraw_consent, subject_ref=karin, purpose="newsletter")
    assert reasons(desk) == reasons(desk, PHONE) == [StopReason.UNSUBSCRIBED]
    entries = {row.ref for row in desk.ask(list_stops).rows}
    say(desk, karin, Decision.GIVEN)
    assert reasons(desk) == []
    last = desk.ask(lambda read: read.scalars(select(AuditEntry)).all()[-1])
    assert last.action == "consent.record"
    assert all(ref in last.refs for ref in entries)
    desk.undo()  # the yes was written down by mistake
    assert reasons(desk) == [StopReason.UNSUBSCRIBED]


def test_a_no_to_one_kind_of_letters_does_not_stop_the_other(
    desk: Desk, clock: Clock, karin: SubjectRef
) -> None:
    for purpose in ("newsletter", "photo"):
        say(desk, karin, Decision.GIVEN, purpose)
    say(desk, karin, Decision.WITHDRAWN, "photo")
    assert reasons(desk) == []  # a picture is no letter

    def also_photos(work: UnitOfWork) -> None:
        photos = work.session.scalars(
            select(ProcessingActivity).where(ProcessingActivity.key == "photos")
        ).one()
        photos.audiences = [*photos.audiences, "newsletter"]

    change(desk, clock, also_photos)
    say(desk, karin, Decision.GIVEN, "photo")
    say(desk, karin, Decision.WITHDRAWN, "photo")
    assert reasons(desk) == []  # she still reads the newsletter
    say(desk, karin, Decision.WITHDRAWN)
    assert reasons(desk) == [StopReason.UNSUBSCRIBED]


def test_a_no_when_asked_is_no_unsubscription_but_the_link_in_a_letter_is(
    desk: Desk, karin: SubjectRef
) -> None:
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    for method, found in (
        (ConsentMethod.ORALLY, []),
        (ConsentMethod.UNSUBSCRIBED, [StopReason.UNSUBSCRIBED]),
    ):
        desk.run(
            record_consent,
            subject_ref=karin,
            text_ref=texts["newsletter"],
            decision=Decision.REFUSED,
            method=method,
        )
        assert reasons(desk) == found


def test_a_fresh_yes_ends_an_objection_too(desk: Desk, clock: Clock, karin: SubjectRef) -> None:
    def object_to_it(work: UnitOfWork) -> None:
        work.session.scalars(select(DataSubject)).one().objected_on = work.today
        stop_her(work, StopReason.UNSUBSCRIBED)

    change(desk, clock, object_to_it)
    say(desk, karin, Decision.GIVEN)
    assert desk.ask(lambda read: read.scalars(select(DataSubject)).one()).objected_on is None
    assert reasons(desk) == []


def test_an_entry_leaves_by_itself_the_day_after_its_last(
    desk: Desk, clock: Clock, karin: SubjectRef
) -> None:
    change(desk, clock, stop_her)
    clock.go_to(THREE_YEARS_ON)
    desk.finish()
    assert reasons(desk) == [StopReason.ERASED]
    clock.move(days=1)
    assert reasons(desk) == []  # before anything has been tidied
    assert desk.ask(list_stops).total == 0
    assert sum(one.count for one in desk.ask(show_stop_list).counts) == 0
    desk.finish()
    assert desk.ask(lambda read: read.scalars(select(StopEntry)).all()) == []


def test_stopping_again_counts_anew_and_makes_no_second_entry(
    desk: Desk, clock: Clock, karin: SubjectRef
) -> None:
    change(desk, clock, stop_her)
    clock.go_to(date(2027, 1, 31))
    change(desk, clock, stop_her)
    change(desk, clock, lambda work: stop_her(work, StopReason.UNSUBSCRIBED))
    found = desk.ask(check_stop, value=EMAIL).found
    assert [(row.reason, row.until) for row in found] == [
        (StopReason.ERASED, date(2030, 1, 31)),
        (StopReason.UNSUBSCRIBED, date(2030, 1, 31)),
    ]
    assert desk.ask(list_stops).total == 4


def test_one_is_taken_off_by_typing_it(desk: Desk, clock: Clock, karin: SubjectRef) -> None:
    change(desk, clock, stop_her)
    desk.run(remove_stop, value="+46701740645")
    assert reasons(desk, PHONE) == []
    assert reasons(desk) == [StopReason.ERASED]
    desk.undo()
    assert reasons(desk, PHONE) == [StopReason.ERASED]
    with pytest.raises(NotFoundError, match="is not on the stop list"):
        desk.run(remove_stop, value="bo@example.com")
    for typed, says in (("", "Write the number or address"), ("12", "phone number like this")):
        with pytest.raises(DomainError, match=says):
            desk.run(remove_stop, value=typed)


def test_without_a_row_that_says_why_nothing_is_stopped_and_nothing_fails(
    desk: Desk, clock: Clock, karin: SubjectRef
) -> None:
    def forget_why(work: UnitOfWork) -> None:
        for row in work.session.scalars(select(ProcessingActivity)):
            row.kinds = [kind for kind in row.kinds if kind != "StopEntry"]

    change(desk, clock, forget_why)
    say(desk, karin, Decision.GIVEN)
    say(desk, karin, Decision.WITHDRAWN)
    assert desk.ask(list_stops).total == 0
    assert desk.ask(list_subjects).total == 1


def test_nobody_reads_an_address_in_the_file(desk: Desk, clock: Clock, karin: SubjectRef) -> None:
    change(desk, clock, stop_her)

    def forget(work: UnitOfWork) -> None:
        for detail in work.session.scalars(select(ContactDetail)):
            work.session.delete(detail)

    change(desk, clock, forget)
    assert desk.check().ok
    pages = decrypted_pages(desk.folder, vault_key(desk.folder))
    assert b"karin@example.com" not in pages.lower()
    assert b"701740645" not in pages
    assert reasons(desk) == [StopReason.ERASED]


def test_a_long_list_is_looked_up_at_once(desk: Desk, clock: Clock, karin: SubjectRef) -> None:
    change(desk, clock, stop_her)
    asked = [(ContactKind.EMAIL, f"{number}@example.com") for number in range(1200)]
    found = desk.ask(stopped, [*asked, (ContactKind.EMAIL, EMAIL), (ContactKind.ADDRESS, "")])
    assert set(found) == {(ContactKind.EMAIL, EMAIL)}
