"""Somebody who stands in the register twice becomes one person, and nothing of her is lost."""

from __future__ import annotations

import zipfile
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef, personal_kinds
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.domain.media import Media
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    BuiltInRole,
    ConsentMethod,
    Decision,
    HoldGround,
    Likeness,
    RestrictionGround,
)
from gdprdesk.services.consent_channels import allowed_channels
from gdprdesk.services.consent_texts import ConsentTextRow, list_consent_texts
from gdprdesk.services.consents import consents_of, prove_consent, record_consent
from gdprdesk.services.duplicates import list_duplicates, tell_apart
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.finding import find_subject
from gdprdesk.services.guardians import add_guardian, list_guardians
from gdprdesk.services.holds import Decision as Keep
from gdprdesk.services.holds import hold_person, list_holds
from gdprdesk.services.media import add_media
from gdprdesk.services.media_people import people_in
from gdprdesk.services.media_view import show_media
from gdprdesk.services.merging import merge_people, show_merge
from gdprdesk.services.newsletter_export import export_mailing
from gdprdesk.services.notes import add_note
from gdprdesk.services.objections import object_to_marketing
from gdprdesk.services.persons import show_subject
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, Clock, delivered, invoiced, order, person
from tests.pages import decrypted_pages, vault_key
from tests.roles import as_role
from tests.sealed import NUMBER, read_sealed, write_journal, write_number

PHONE = "070-174 06 45"


@pytest.fixture
def twice(desk: Desk) -> tuple[SubjectRef, SubjectRef]:
    """Karin, who was written down by telephone and once more by mail."""
    one = person(desk, "Karin Holm", phone=PHONE)
    return one, person(desk, "Carin Holm", phone="+46 70 174 06 45", email="karin@example.se")


def said(
    desk: Desk, who: SubjectRef, decision: Decision, *channels: str, purpose: str = ""
) -> None:
    texts = desk.ask(list_consent_texts)
    text = next(one for one in texts if one.purpose == (purpose or "newsletter"))
    desk.run(
        record_consent,
        subject_ref=who,
        text_ref=text.ref,
        decision=decision,
        method=ConsentMethod.EMAIL,
        channels=channels,
    )


def stands(desk: Desk, who: SubjectRef, purpose: str = "newsletter") -> Decision | None:
    rows = desk.ask(consents_of, subject_ref=who)
    return next(one.decision for one in rows if one.purpose == purpose)


def test_who_stands_there_twice_is_found_with_the_reason(desk: Desk, twice) -> None:
    person(desk, "Per Holm", phone=PHONE)  # her husband has her number
    found = desk.ask(list_duplicates)
    (row,) = found.rows
    assert found.total == 1
    assert (row.one_ref, row.other_ref) == twice
    assert (row.one, row.other) == ("Karin Holm", "Carin Holm")
    assert row.likeness is Likeness.LIKELY
    assert row.why == "Names that are alike, and 070-174 06 45."


def test_who_was_told_apart_is_not_asked_about_again(desk: Desk, twice) -> None:
    desk.run(tell_apart, one_ref=twice[1], other_ref=twice[0])
    assert desk.ask(list_duplicates).total == 0
    desk.undo()
    assert desk.ask(list_duplicates).total == 1
    desk.redo()
    desk.run(erase_subject, subject_ref=twice[1])
    assert desk.ask(list_duplicates).total == 0
    with pytest.raises(DomainError, match="one and the same person"):
        desk.run(tell_apart, one_ref=twice[0], other_ref=twice[0])


def test_one_of_two_whose_data_are_only_stored_is_left_alone(desk: Desk, twice) -> None:
    desk.run(
        restrict_person,
        subject_ref=twice[1],
        ground=RestrictionGround.ACCURACY,
        why="Numret är fel",
    )
    assert desk.ask(list_duplicates).total == 0
    with pytest.raises(DomainError, match="only stored for now"):
        desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])


def test_everything_of_both_is_hers_with_its_own_days(desk: Desk, twice, clock: Clock) -> None:
    keep, other = twice
    delivered(desk, keep)
    clock.move(days=40)
    invoiced(desk, other, paid_on=None)
    desk.run(add_note, subject_ref=other, text="Ringer helst på kvällen")
    before = _days(desk)
    preview = desk.ask(show_merge, keep_ref=keep, other_ref=other)
    assert set(preview.moves) == {"2 contact details", "1 order", "1 invoice", "1 note"}
    assert preview.same == ("070-174 06 45",)
    assert desk.run(merge_people, keep_ref=keep, other_ref=other) == keep
    (row,) = desk.ask(list_subjects).rows
    assert (row.ref, row.name, row.email) == (keep, "Karin Holm", "karin@example.se")
    seen = desk.ask(show_subject, subject_ref=keep)
    assert [one.value for one in seen.contacts] == [PHONE, "karin@example.se"]
    kinds = sorted(one.kind for one in seen.history)
    assert kinds == ["booking", "booking", "invoice", "working_note"]
    after = _days(desk)
    assert {ref: after[ref] for ref in after} == {ref: before[ref] for ref in after}
    assert len(before) - len(after) == 1  # the number that both had
    assert desk.ask(list_subjects, search="kvällen").total == 1
    with pytest.raises(NotFoundError):
        desk.ask(show_subject, subject_ref=other)
    assert desk.check().ok


def test_it_can_be_taken_back_and_done_again(desk: Desk, twice) -> None:
    keep, other = twice
    order(desk, other)
    said(desk, keep, Decision.GIVEN)
    said(desk, other, Decision.REFUSED)
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    desk.undo()
    rows = {one.ref: one for one in desk.ask(list_subjects).rows}
    assert {rows[one].name for one in twice} == {"Karin Holm", "Carin Holm"}
    assert len(desk.ask(show_subject, subject_ref=other).contacts) == 2
    assert (stands(desk, keep), stands(desk, other)) == (Decision.GIVEN, Decision.REFUSED)
    desk.redo()
    assert desk.ask(list_subjects).total == 1
    assert stands(desk, keep) is Decision.REFUSED


def test_what_was_erased_does_not_come_back_by_undo(desk: Desk, twice) -> None:
    desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
    desk.run(erase_subject, subject_ref=twice[0])
    assert desk.undo_label is None
    with pytest.raises(DomainError, match="nothing to undo"):
        desk.undo()
    assert desk.ask(list_subjects).total == 0


DECISIONS = st.sampled_from([None, Decision.GIVEN, Decision.REFUSED])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hers=DECISIONS, theirs=DECISIONS, swap=st.booleans())
def test_the_strictest_consent_wins(desk: Desk, hers, theirs, swap) -> None:
    keep, other = person(desk, "Karin Holm"), person(desk, "Karin Holm")
    for who, decision in ((keep, hers), (other, theirs)):
        if decision is not None:
            said(desk, who, decision)
    if swap:
        keep, other = other, keep
    refused = desk.ask(show_merge, keep_ref=keep, other_ref=other).refused
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    answers = {hers, theirs} - {None}
    expected = Decision.REFUSED if Decision.REFUSED in answers else next(iter(answers), None)
    assert stands(desk, keep) is expected
    assert bool(refused) == (answers == {Decision.GIVEN, Decision.REFUSED})
    with Session(desk._vault.reader) as read:
        counting = [one for one in read.scalars(select(Consent)) if one.counts]
        mine = read.scalars(select(DataSubject.id).where(DataSubject.ref == keep)).one()
    assert sum(one.subject_id == mine for one in counting) == (expected is Decision.GIVEN)


def test_two_yes_count_where_both_said_so(desk: Desk, twice) -> None:
    photo = next(one for one in desk.ask(list_consent_texts) if len(one.channels) > 2)
    web, social, print_ = photo.channels[:3]
    said(desk, twice[0], Decision.GIVEN, web, social, purpose=photo.purpose)
    said(desk, twice[1], Decision.GIVEN, social, print_, purpose=photo.purpose)
    desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
    rows = desk.ask(consents_of, subject_ref=twice[0])
    assert next(one.channels for one in rows if one.purpose == photo.purpose) == (social,)


def test_who_wants_no_advertising_gets_none(desk: Desk, twice) -> None:
    desk.run(object_to_marketing, subject_ref=twice[1])
    preview = desk.ask(show_merge, keep_ref=twice[0], other_ref=twice[1])
    assert preview.remarks == ("One of them wants no advertising, so neither gets any.",)
    desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
    assert desk.ask(list_subjects).rows[0].objects


def test_who_wants_no_advertising_is_told_to_the_program_that_sends_it(
    desk: Desk, twice, tmp_path
) -> None:
    keep = person(desk, "Karin Holm", email="holm@example.se")
    said(desk, keep, Decision.GIVEN)
    tool = MailingTool.MAILCHIMP
    desk.run(export_mailing, tool=tool, to=tmp_path / "1.csv")
    desk.run(object_to_marketing, subject_ref=twice[0])
    desk.run(merge_people, keep_ref=keep, other_ref=twice[0])
    assert stands(desk, keep) is Decision.WITHDRAWN
    receipt = desk.run(export_mailing, tool=tool, to=tmp_path / "2.csv")
    assert receipt.left_path is not None
    assert "holm@example.se" in receipt.left_path.read_text("utf-8")


def test_two_yes_to_nothing_in_common_are_a_yes_to_no_place(desk: Desk, twice) -> None:
    photo = next(one for one in desk.ask(list_consent_texts) if len(one.channels) > 2)
    web, social = photo.channels[:2]
    said(desk, twice[0], Decision.GIVEN, web, purpose=photo.purpose)
    said(desk, twice[1], Decision.GIVEN, social, purpose=photo.purpose)
    desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
    ref = desk.run(add_media, words="God tårta", title="x", subject_refs=(twice[0],))
    assert desk.ask(show_media, ref=ref).row.allowed == ()


def test_a_guardian_who_stood_there_twice_is_still_known_as_one(desk: Desk, twice) -> None:
    child, (keep, other) = person(desk, "Ella Berg"), twice
    desk.run(
        add_guardian,
        subject_ref=child,
        name="Carin Holm",
        born_on=TODAY.replace(year=TODAY.year - 9),
        guardian_ref=other,
    )
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    (guardian,) = desk.ask(list_guardians, subject_ref=child)
    assert guardian.guardian_ref == keep
    desk.run(erase_subject, subject_ref=keep)
    assert desk.ask(list_guardians, subject_ref=child)[0].name == ""


def test_an_older_copy_in_which_she_stands_twice_loses_both(
    desk: Desk, twice, tmp_path, clock: Clock
) -> None:
    keep, other = twice
    third = person(desk, "Kajsa Zwollenberg", email="kajsa@xylofon.example")
    (tmp_path / "STICK").mkdir()
    backup = desk.backup(tmp_path / "STICK").path
    clock.move(hours=1)
    desk.run(merge_people, keep_ref=other, other_ref=third)
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    desk.run(erase_subject, subject_ref=keep)
    desk.finish()
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(tmp_path / "plain")
    pages = decrypted_pages(tmp_path / "plain", vault_key(desk.folder))
    for word in ("Karin Holm", "Carin Holm", "Zwollenberg", "xylofon"):
        assert word.encode() not in pages, word


def test_a_claim_on_who_stood_twice_stays_in_an_older_copy(
    desk: Desk, twice, tmp_path, clock: Clock
) -> None:
    keep, other = twice
    ref = invoiced(desk, other, paid_on=None)
    (tmp_path / "STICK").mkdir()
    backup = desk.backup(tmp_path / "STICK").path
    clock.move(hours=1)
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    desk.run(erase_subject, subject_ref=keep)
    desk.finish()
    assert desk.unfinished == ()
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(tmp_path / "plain")
    pages = decrypted_pages(tmp_path / "plain", vault_key(desk.folder))
    assert ref.encode() in pages
    assert b"Karin Holm" not in pages


def test_a_decision_to_keep_goes_over_with_its_day(desk: Desk, twice) -> None:
    day = TODAY + timedelta(days=100)
    desk.run(
        hold_person,
        subject_ref=twice[1],
        decision=Keep(ground=HoldGround.CLAIM, why="Tvist om tårtan", review_on=day),
    )
    desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
    (held,) = desk.ask(list_holds)
    assert (held.subject_ref, held.review_on) == (twice[0], day)


def test_journal_and_number_are_sealed_for_her_again(desk: Desk, twice) -> None:
    write_journal(desk, twice[0], "Sover dåligt")
    write_journal(desk, twice[1], "Sover bättre")
    write_number(desk, twice[1])
    desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
    assert read_sealed(desk, twice[0])[:3] == [NUMBER, "Sover dåligt", "Sover bättre"]
    assert desk.check().ok


def test_a_journal_is_taken_over_only_by_who_may_read_it(desk: Desk, twice, clock: Clock) -> None:
    write_journal(desk, twice[1], "Sover dåligt")
    with as_role(desk, clock, BuiltInRole.ASSISTANT) as hers:
        with pytest.raises(DomainError, match="only who may read journals") as told:
            hers.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
        assert "Nothing was changed" in str(told.value)
        assert hers.ask(list_subjects).total == 2


@pytest.mark.parametrize("first", [0, 1])
def test_who_is_in_a_picture_twice_is_in_it_once(desk: Desk, twice, first: int) -> None:
    anna = person(desk, "Anna Berg")
    pair = (twice[first], twice[1 - first])
    desk.run(add_media, title="Festen", words="Så roligt!", subject_refs=(*pair, anna))
    desk.run(add_media, title="Dagen efter", words="Tack!", subject_refs=(anna, *pair))
    desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])
    with Session(desk._vault.reader) as read:
        seen = [
            [one.name for one in people_in(read, media)] for media in read.scalars(select(Media))
        ]
    assert seen == [["Karin Holm", "Anna Berg"], ["Anna Berg", "Karin Holm"]]


def test_nobody_is_made_one_with_herself_or_with_who_is_about_to_go(desk: Desk, twice) -> None:
    with pytest.raises(DomainError, match="one and the same"):
        desk.run(merge_people, keep_ref=twice[0], other_ref=twice[0])
    order(desk, twice[1])
    desk.run(stage_erasure, subject_ref=twice[1])
    with pytest.raises(DomainError, match="Undo that"):
        desk.run(merge_people, keep_ref=twice[0], other_ref=twice[1])


def _days(desk: Desk) -> dict[str, object]:
    """Return when each record was written down, by its ref."""
    with Session(desk._vault.reader) as read:
        rows = (read.scalars(select(kind)).all() for kind in personal_kinds())
        return {one.ref: one.recorded_on for found in rows for one in found}


def _photo(desk: Desk, language: str = "sv") -> ConsentTextRow:
    rows = desk.ask(list_consent_texts, language=language)
    return next(one for one in rows if one.purpose == "photo")


def _yes(
    desk: Desk, who: SubjectRef, text: ConsentTextRow, *places: str, days: int = 0
) -> RecordRef:
    return desk.run(
        record_consent,
        subject_ref=who,
        text_ref=text.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.ORALLY,
        channels=places or text.channels,
        decided_on=TODAY - timedelta(days=days),
    )


def _places(desk: Desk, who: SubjectRef) -> set[str]:
    found = desk.ask(lambda read: allowed_channels(read, find_subject(read, who), "photo"))
    return set(found)


def test_two_yes_in_two_languages_are_a_yes_to_the_same_places(desk: Desk, twice) -> None:
    keep, other = twice
    _yes(desk, keep, _photo(desk))
    _yes(desk, other, _photo(desk, "nb"))
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    assert _places(desk, keep) == set(_photo(desk).channels)


def test_what_was_said_stays_as_it_was_said(desk: Desk, twice) -> None:
    keep, other = twice
    _yes(desk, keep, _photo(desk), "Instagram")
    said = _yes(desk, other, _photo(desk), "Instagram", "Facebook")
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    assert desk.ask(prove_consent, ref=said).channels == ("Instagram", "Facebook")
    assert _places(desk, keep) == {"Instagram"}


def test_a_yes_that_was_written_down_late_does_not_end_the_later_one(desk: Desk, twice) -> None:
    keep, other = twice
    _yes(desk, keep, _photo(desk), "Instagram")
    _yes(desk, other, _photo(desk), "Instagram", days=20)
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    assert _places(desk, keep) == {"Instagram"}
    now = next(one for one in desk.ask(consents_of, subject_ref=keep) if one.purpose == "photo")
    assert (now.counts, now.decided_on) == (True, TODAY)


def test_a_no_that_was_said_for_a_child_stays_said_for_her(desk: Desk, twice) -> None:
    keep, other = twice
    text = _photo(desk)
    desk.run(add_guardian, subject_ref=keep, name="Maria Ek", born_on=TODAY - timedelta(days=3000))
    desk.run(
        record_consent,
        subject_ref=keep,
        text_ref=text.ref,
        decision=Decision.REFUSED,
        method=ConsentMethod.ORALLY,
        given_by="Maria Ek",
    )
    _yes(desk, other, text, "Instagram")
    desk.run(merge_people, keep_ref=keep, other_ref=other)
    now = next(one for one in desk.ask(consents_of, subject_ref=keep) if one.purpose == "photo")
    assert (now.decision, now.given_by) == (Decision.REFUSED, "Maria Ek")
