"""Whoever was erased does not come back with a list, and whoever said no is not signed up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.columns import Field, guess_columns, is_mailing_list
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    ConsentMethod,
    Decision,
    RestrictionGround,
    StopReason,
    SubjectKind,
)
from gdprdesk.imports import read_grid
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import consents_of, record_consent
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import (
    Choice,
    ImportReview,
    ImportRow,
    RowState,
    review_list,
)
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.stop_list import check_stop, explain_stops
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.unsubscribing import refuse_letters
from tests import lists
from tests.builders import TODAY, Clock, person

EMAIL, PHONE = "karin@example.com", "0701740645"
ERASED = "Left out: erased at her own request on 21 November 2026. She can still order herself."
KARIN = {"Email Address": "Karin@Example.com ", "First Name": "Karin", "Last Name": "Holm"}
ASA = {"Email Address": "asa@example.com", "First Name": "Åsa", "Last Name": "Öberg"}


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    return person(desk, email=EMAIL, phone=PHONE)


@pytest.fixture
def erased(desk: Desk, karin: SubjectRef) -> None:
    desk.run(erase_subject, subject_ref=karin)


def review(desk: Desk, path: Path) -> ImportReview:
    return desk.ask(review_list, grid=read_grid(path))


def say_yes(desk: Desk, who: SubjectRef, on: date = TODAY) -> None:
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=who,
        text_ref=texts["newsletter"],
        decision=Decision.GIVEN,
        method=ConsentMethod.WEB_FORM,
        decided_on=on,
    )


def newsletter(desk: Desk, who: SubjectRef) -> Decision | None:
    rows = desk.ask(consents_of, subject_ref=who)
    return next(row.decision for row in rows if row.purpose == "newsletter")


def reasons(desk: Desk, value: str = EMAIL) -> list[StopReason]:
    return [row.reason for row in desk.ask(check_stop, value=value).found]


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.ask(list_subjects).rows]


FILES: dict[str, Callable[[Path], Path]] = {
    "xlsx": lambda place: lists.workbook(
        place / "kunder.xlsx",
        ("Åsa Öberg", "asa@example.com", "0701740646"),
        ("Karin Holm", " KARIN@example.com", ""),
        ("Holm, Karin", "", "+46 70-174 06 45"),
    ),
    "mailchimp": lambda place: lists.mailchimp(
        place / "subscribed_segment_export.csv",
        lists.SUBSCRIBED,
        ASA,
        KARIN,
        {"Email Address": "", "First Name": "K", "Phone Number": "070-174 06 45"},
    ),
    "vcard": lambda place: lists.address_book(
        place / "kontakter.vcf",
        ("Åsa Öberg", "asa@example.com", "070-174 06 46"),
        ("Karin Holm", "karin@EXAMPLE.com", "0470-12345"),
        ("Kaja", "kaja@example.com", "tel:+46-70-1740645"),
    ),
}


@pytest.mark.usefixtures("erased")
@pytest.mark.parametrize("kind", FILES)
def test_whoever_was_erased_stays_out_and_the_others_come_in(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    reviewed = review(desk, FILES[kind](tmp_path))
    new, *stopped = reviewed.rows
    assert new.state is RowState.NEW
    assert {row.state for row in stopped} == {RowState.STOPPED}
    assert {row.reason for row in stopped} == {ERASED}
    receipt = desk.run(import_people, review=reviewed)
    assert (receipt.added, receipt.stopped, receipt.skipped, receipt.wrong) == (1, 2, 0, 0)
    assert names(desk) == ["Åsa Öberg"]
    assert desk.check().ok


@pytest.mark.usefixtures("erased")
def test_nobody_can_decide_otherwise_for_a_whole_list(desk: Desk, tmp_path: Path) -> None:
    reviewed = review(desk, FILES["xlsx"](tmp_path))
    choices = dict.fromkeys((2, 3, 4), Choice.ADD)
    assert desk.run(import_people, review=reviewed, choices=choices).stopped == 2
    forged = tuple(replace(row, state=RowState.NEW, choice=Choice.ADD) for row in reviewed.rows)
    desk.undo()
    assert desk.run(import_people, review=replace(reviewed, rows=forged)).stopped == 2
    assert names(desk) == ["Åsa Öberg"]


def test_an_erasure_between_the_review_and_the_import_counts(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    reviewed = review(desk, FILES["xlsx"](tmp_path))
    assert reviewed.count(RowState.DUPLICATE) == 2
    desk.run(erase_subject, subject_ref=karin)
    receipt = desk.run(import_people, review=reviewed)
    assert (receipt.added, receipt.stopped) == (1, 2)


@pytest.mark.usefixtures("erased")
def test_an_order_by_herself_is_never_stopped(desk: Desk, tmp_path: Path) -> None:
    said = desk.ask(explain_stops, email=EMAIL.upper(), phone="not yet")
    assert said == (
        "This address was erased at its owner's request on 21 November 2026. She may come back "
        "herself, but gets no newsletters unless she says yes again."
    )
    assert desk.ask(explain_stops, phone=PHONE).startswith("This number was erased")
    assert desk.ask(explain_stops, email="bo@example.com", phone="") == ""
    again = person(desk, email=EMAIL, phone=PHONE)
    desk.run(add_booking, subject_ref=again, what="Prinsesstårta")
    assert desk.ask(list_bookings).total == 1
    assert newsletter(desk, again) is None
    # What an old list still knows of her does not come back with it.
    assert review(desk, FILES["xlsx"](tmp_path)).count(RowState.STOPPED) == 2
    say_yes(desk, again)
    assert reasons(desk) == reasons(desk, PHONE) == []
    assert desk.ask(explain_stops, email=EMAIL) == ""
    known = review(desk, FILES["xlsx"](tmp_path)).rows[1]
    assert (known.state, known.choice) == (RowState.DUPLICATE, Choice.MERGE)


def test_mailchimps_columns_are_understood_by_themselves() -> None:
    values = {**ASA, "Address": "Gatan 1  Växjö  SE", "Phone Number": "0701740646"}
    for header, more in (
        (lists.SUBSCRIBED, {}),
        (lists.UNSUBSCRIBED, {"UNSUB_TIME": "2026-03-03 10:11:12"}),
        (lists.CLEANED, {"CLEAN_TIME": "2026-03-03 10:11:12"}),
    ):
        assert is_mailing_list(header)
        cells = tuple({**values, **more}.get(column, "") for column in header)
        found = dict(zip(header, guess_columns(header, [cells]), strict=True))
        taken = {column: field for column, field in found.items() if field is not Field.IGNORE}
        time = {"UNSUB_TIME": Field.UNSUBSCRIBED, "CLEAN_TIME": Field.BOUNCED}
        assert taken == {
            "Email Address": Field.EMAIL,
            "First Name": Field.FIRST_NAME,
            "Last Name": Field.LAST_NAME,
            "Address": Field.ADDRESS,
            "Phone Number": Field.PHONE,
            "NOTES": Field.NOTE,
            **{column: time[column] for column in more},
        }
    assert not is_mailing_list(("Namn", "E-post", "Nyhetsbrev"))


def test_mailchimps_subscribers_come_in_as_readers_without_a_yes(
    desk: Desk, tmp_path: Path
) -> None:
    nameless = {"Email Address": "noname@example.com"}
    zeros = {**ASA, "Phone Number": "0046701740646", "NOTES": "Læser på fredager"}
    path = lists.mailchimp(tmp_path / "subscribed.csv", lists.SUBSCRIBED, zeros, nameless)
    reviewed = review(desk, path)
    assert any("A yes needs its proof" in one for one in reviewed.remarks)
    desk.run(import_people, review=reviewed)
    reader, asa = desk.ask(list_subjects).rows
    assert (asa.name, asa.phone, asa.kind) == ("Åsa Öberg", "070-174 06 46", SubjectKind.SUBSCRIBER)
    assert (reader.name, reader.email) == ("noname@example.com", "noname@example.com")
    assert asa.consents == reader.consents == ()
    assert desk.ask(lambda read: read.scalars(select(Consent)).all()) == []


def test_whoever_unsubscribed_in_mailchimp_gets_no_letters_from_here_either(
    desk: Desk, karin: SubjectRef, clock: Clock, tmp_path: Path
) -> None:
    say_yes(desk, karin, date(2024, 1, 2))
    again = person(desk, "Eva Ek", email="eva@example.com")
    say_yes(desk, again, date(2026, 6, 1))
    when = {"UNSUB_TIME": "2026-03-03 10:11:12"}
    path = lists.mailchimp(
        tmp_path / "unsubscribed_segment_export.csv",
        lists.UNSUBSCRIBED,
        {**KARIN, **when},
        {**ASA, **when},
        {"Email Address": "eva@example.com", **when},
    )
    reviewed = review(desk, path)
    no = "Unsubscribed on 3 March 2026: a yes is taken back, and the address goes on the stop list."
    yes = "Left out: she said yes again on 1 June 2026, after she unsubscribed. Nothing changes."
    assert [(row.state, row.reason) for row in reviewed.rows] == [
        (RowState.UNSUBSCRIBED, no),
        (RowState.UNSUBSCRIBED, no),
        (RowState.STOPPED, yes),
    ]
    receipt = desk.run(import_people, review=reviewed, source="Mailchimp")
    assert (receipt.added, receipt.unsubscribed, receipt.stopped) == (0, 2, 1)
    assert names(desk) == ["Eva Ek", "Karin Holm"]  # nobody was added
    assert newsletter(desk, karin) is Decision.WITHDRAWN
    assert newsletter(desk, again) is Decision.GIVEN
    taken_back = desk.ask(lambda read: read.scalars(select(Consent)).all()[-1])
    assert (taken_back.decided_on, taken_back.method, taken_back.evidence) == (
        date(2026, 3, 3),
        ConsentMethod.UNSUBSCRIBED,
        "Mailchimp",
    )
    assert reasons(desk) == reasons(desk, "asa@example.com") == [StopReason.UNSUBSCRIBED]
    assert reasons(desk, "eva@example.com") == []
    # The older file with everybody who once said yes does not sign them up again.
    old = lists.mailchimp(tmp_path / "subscribed.csv", lists.SUBSCRIBED, KARIN, ASA)
    no = "Left out: said no to newsletters on 21 November 2026."
    for row in review(desk, old).rows:
        assert (row.state, row.reason.partition(" She ")[0]) == (RowState.STOPPED, no)
    desk.undo()
    assert newsletter(desk, karin) is Decision.GIVEN
    assert reasons(desk) == []


def test_letters_that_came_back_are_told_and_nobody_comes_in(desk: Desk, tmp_path: Path) -> None:
    cleaned = {**ASA, "CLEAN_TIME": "2026-03-03 10:11:12"}
    path = lists.mailchimp(tmp_path / "cleaned_segment_export.csv", lists.CLEANED, cleaned)
    (row,) = review(desk, path).rows
    assert row.state is RowState.STOPPED
    assert row.reason.startswith("Left out: letters to this address come back.")
    assert desk.run(import_people, review=review(desk, path)).stopped == 1
    assert names(desk) == []
    assert reasons(desk, "asa@example.com") == []


def test_a_customer_who_said_no_to_letters_comes_in_with_a_customer_list(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run(refuse_letters, value="asa@example.com")
    rows = (("Åsa Öberg", "asa@example.com", ""), ("Åsa Öberg", "asa@example.com", ""))
    first, second = review(desk, lists.workbook(tmp_path / "kunder.xlsx", *rows)).rows
    no = (
        "Said no to newsletters on 21 November 2026: comes in, but gets none until she says yes "
        "again."
    )
    assert (first.state, first.reason) == (RowState.NEW, no)
    assert (second.state, second.reason) == (
        RowState.DUPLICATE,
        f"Åsa Öberg is also in row 2. {no}",
    )


@pytest.mark.parametrize(
    ("cell", "said_no"),
    [("2026-03-03", True), ("ja", True), ("9999-01-01", True), ("nej", False), ("", False)],
)
def test_a_customer_list_may_say_who_has_unsubscribed(
    desk: Desk, tmp_path: Path, cell: str, said_no: bool
) -> None:
    path = tmp_path / "kunder.csv"
    path.write_text(f"Namn;E-post;Avregistrerad\nÅsa Öberg;asa@example.com;{cell}\n", "utf-8")
    reviewed = review(desk, path)
    (row,) = reviewed.rows
    assert row.state is RowState.NEW  # a customer all the same
    assert bool(row.reason) is said_no
    desk.run(import_people, review=reviewed, choices={2: Choice.SKIP})
    assert reasons(desk, "asa@example.com") == []
    desk.run(import_people, review=reviewed)
    assert names(desk) == ["Åsa Öberg"]
    assert bool(reasons(desk, "asa@example.com")) is said_no


def test_a_yes_that_is_newer_than_a_list_stands(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    say_yes(desk, karin, date(2026, 6, 1))
    path = tmp_path / "kunder.csv"
    path.write_text(f"Namn;E-post;Avregistrerad\nKarin Holm;{EMAIL};2026-03-03\n", "utf-8")
    reviewed = review(desk, path)
    assert reviewed.rows[0].reason == "Karin Holm is in the register already."
    desk.run(import_people, review=reviewed)
    assert newsletter(desk, karin) is Decision.GIVEN
    assert reasons(desk) == []


def test_whoever_says_no_by_telephone_is_put_on_the_list(desk: Desk, karin: SubjectRef) -> None:
    say_yes(desk, karin)
    desk.run(refuse_letters, value=EMAIL)
    assert newsletter(desk, karin) is Decision.WITHDRAWN
    desk.run(refuse_letters, value="070-555 55 55")
    assert reasons(desk, "0705555555") == [StopReason.UNSUBSCRIBED]


def test_nothing_is_added_to_data_that_are_only_stored_but_a_no_is_written_down(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    say_yes(desk, karin, date(2024, 1, 2))
    before = review(desk, FILES["xlsx"](tmp_path))
    ground = RestrictionGround.ACCURACY
    desk.run(restrict_person, subject_ref=karin, ground=ground, why="Adressen är fel")
    reviewed = review(desk, FILES["xlsx"](tmp_path))
    _new, same, shared = reviewed.rows
    assert (same.state, same.reason) == (
        RowState.STOPPED,
        "Left out: the data of Karin Holm are only stored for now.",
    )
    assert (shared.state, shared.choice, shared.known_ref) == (
        RowState.DUPLICATE, Choice.ADD, None,
    )  # fmt: skip
    with pytest.raises(DomainError, match="only stored for now, so nothing may be added"):
        desk.run(import_people, review=before)
    assert names(desk) == ["Karin Holm"]
    no = {**KARIN, "UNSUB_TIME": "2026-03-03 10:11:12"}
    path = lists.mailchimp(tmp_path / "unsubscribed.csv", lists.UNSUBSCRIBED, no)
    assert desk.run(import_people, review=review(desk, path)).unsubscribed == 1
    assert newsletter(desk, karin) is Decision.WITHDRAWN


def test_a_row_shows_nobody_by_accident() -> None:
    row = ImportRow(1, RowState.NEW, "Karin Holm", ())
    assert "Karin" not in repr(row)
