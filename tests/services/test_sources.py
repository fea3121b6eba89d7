"""Whoever's data came from somebody else is told in time, or it says why not: Article 14."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import ActivityRef, SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import Channel, Origin, SourceException
from gdprdesk.imports import FileFormat as ListFormat
from gdprdesk.imports import Grid
from gdprdesk.services.activities import list_activities
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.files import FileFormat
from gdprdesk.services.notes import add_attachment, add_note
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import review_list
from gdprdesk.services.persons import show_subject
from gdprdesk.services.register_files import export_source_letter
from gdprdesk.services.reports.source_letter import source_letter
from gdprdesk.services.sources import (
    SourceRow,
    add_source,
    excuse_notice,
    list_sources,
    mark_told,
    reopen_notice,
    set_first_contact,
)
from gdprdesk.services.subjects import end_relation, list_subjects
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, person
from tests.texts import read_pdf

REGISTER = "Bolagsverkets register"


@pytest.fixture
def shop(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The open register of a trading company that asks for credit reports."""
    business = replace(CAFE, trade="shop", language="en")
    made = Desk.create(
        tmp_path / "shop.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield made[0]
    made[0].lock()


def sources(desk: Desk, subject: SubjectRef | None = None) -> tuple[SourceRow, ...]:
    return desk.ask(list_sources, subject_ref=subject)


def credit_checks(desk: Desk) -> ActivityRef:
    return next(row.ref for row in desk.ask(list_activities) if "redit" in row.name)


def test_a_person_from_a_public_register_is_to_be_told_within_a_month(desk: Desk) -> None:
    karin = person(desk, origin=Origin.OTHER, source=f" {REGISTER} ")
    (row,) = sources(desk)
    assert (row.subject_ref, row.name, row.source) == (karin, "Karin Holm", REGISTER)
    # A month from Saturday 21 November is Monday 21 December.
    assert (row.obtained_on, row.due_on, row.is_late) == (TODAY, date(2026, 12, 21), False)
    assert desk.check().ok


def test_who_comes_by_herself_starts_no_task(desk: Desk) -> None:
    person(desk)
    assert sources(desk) == ()


def test_a_month_that_ends_on_a_holiday_ends_on_the_next_working_day(
    desk: Desk, clock: Clock
) -> None:
    clock.go_to(date(2026, 11, 25))
    person(desk, origin=Origin.OTHER, source=REGISTER)
    # 25 and 26 December are holidays, 27 is a Sunday.
    assert sources(desk)[0].due_on == date(2026, 12, 28)


def test_it_has_to_say_where_from(desk: Desk) -> None:
    with pytest.raises(DomainError, match="Write where"):
        person(desk, origin=Origin.OTHER)
    assert desk.ask(list_subjects).total == 0


def test_told_and_reopened(desk: Desk, clock: Clock) -> None:
    person(desk, origin=Origin.OTHER, source=REGISTER)
    ref = sources(desk)[0].ref
    clock.move(days=3)
    desk.run(mark_told, ref=ref, how=Channel.PHONE)
    assert sources(desk) == ()
    (row,) = desk.ask(list_sources, open_only=False)
    assert (row.told_on, row.exception, row.why) == (date(2026, 11, 24), None, "By phone")
    with pytest.raises(DomainError, match="settled already"):
        desk.run(mark_told, ref=ref)
    desk.run(reopen_notice, ref=ref)
    assert (sources(desk)[0].told_on, sources(desk)[0].why) == (None, "")
    desk.undo()
    assert sources(desk) == ()


def test_an_exception_needs_own_words(desk: Desk) -> None:
    person(desk, origin=Origin.OTHER, source=REGISTER)
    ref = sources(desk)[0].ref
    with pytest.raises(DomainError, match="own words"):
        desk.run(excuse_notice, ref=ref, exception=SourceException.KNOWS, why=" \n")
    why = "Hon bad oss slå upp adressen."
    desk.run(excuse_notice, ref=ref, exception=SourceException.KNOWS, why=why)
    (row,) = desk.ask(list_sources, open_only=False)
    assert (row.told_on, row.exception, row.why) == (TODAY, SourceException.KNOWS, why)


def test_the_first_contact_comes_before_the_month_but_never_after(desk: Desk) -> None:
    person(desk, origin=Origin.OTHER, source=REGISTER)
    ref = sources(desk)[0].ref
    desk.run(set_first_contact, ref=ref, on=date(2026, 11, 27))
    assert sources(desk)[0].due_on == date(2026, 11, 27)
    desk.run(set_first_contact, ref=ref, on=date(2027, 5, 1))
    assert sources(desk)[0].due_on == date(2026, 12, 21)
    with pytest.raises(DomainError, match="cannot come before"):
        desk.run(set_first_contact, ref=ref, on=date(2026, 11, 20))


def test_a_day_that_cannot_be(desk: Desk) -> None:
    karin = person(desk)
    with pytest.raises(DomainError, match="not come yet"):
        desk.run(add_source, subject_ref=karin, source=REGISTER, obtained_on=date(2026, 11, 22))
    ref = desk.run(add_source, subject_ref=karin, source=REGISTER, obtained_on=TODAY)
    with pytest.raises(DomainError, match="before the data came"):
        desk.run(mark_told, ref=ref, on=date(2026, 11, 20))
    with pytest.raises(DomainError, match="not come yet"):
        desk.run(mark_told, ref=ref, on=date(2026, 11, 22))


def test_what_is_overdue_comes_first_and_is_late(desk: Desk, clock: Clock) -> None:
    karin = person(desk)
    desk.run(add_source, subject_ref=karin, source="UC", obtained_on=TODAY)
    desk.run(add_source, subject_ref=karin, source="Ratsit", obtained_on=date(2026, 11, 3))
    clock.go_to(date(2026, 12, 4))
    found = [(row.source, row.is_late) for row in sources(desk, karin)]
    assert found == [("Ratsit", True), ("UC", False)]


def test_whoever_comes_with_a_list_of_others_is_told_too(desk: Desk) -> None:
    person(desk, "Bo Ek")
    grid = Grid(
        header=("Namn",),
        rows=(("Åsa Öberg",), ("Li Ek",)),
        first_row_number=2,
        file_format=ListFormat.CSV,
    )
    review = desk.ask(review_list, grid=grid)
    desk.run(import_people, review=review, origin=Origin.OTHER, source="Mässans deltagarlista")
    assert {row.name for row in sources(desk)} == {"Åsa Öberg", "Li Ek"}
    desk.undo()
    assert (sources(desk), desk.ask(list_subjects).total) == ((), 1)


def test_a_credit_report_has_a_short_life_of_its_own_and_is_told_of(
    shop: Desk, tmp_path: Path, clock: Clock
) -> None:
    karin = person(shop)
    checks = credit_checks(shop)
    shop.run(add_note, subject_ref=karin, text="Ja till faktura", activity_ref=checks)
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7")
    shop.run(add_attachment, subject_ref=karin, path=path, activity_ref=checks)
    shop.run(add_note, subject_ref=karin, text="Vill ha blå")
    until = {why.activity_ref: why.until for why in shop.ask(show_subject, subject_ref=karin).why}
    assert until[checks] == date(2027, 2, 21)  # three months
    assert all(
        day is None or day > date(2027, 2, 21) for ref, day in until.items() if ref != checks
    )
    assert len(sources(shop, karin)) == 1  # one source, however many papers it gave


def test_the_task_leaves_with_the_person(desk: Desk) -> None:
    karin = person(desk, origin=Origin.OTHER, source=REGISTER)
    ref = sources(desk)[0].ref
    desk.run(erase_subject, subject_ref=karin)
    assert desk.ask(list_sources, open_only=False) == ()
    with pytest.raises(NotFoundError):
        desk.run(mark_told, ref=ref)


def test_a_relation_ends_and_goes_on(desk: Desk, clock: Clock) -> None:
    karin = person(desk)
    clock.move(days=10)
    with pytest.raises(DomainError, match="not come yet"):
        desk.run(end_relation, subject_ref=karin, on=date(2026, 12, 2))
    desk.run(end_relation, subject_ref=karin, on=date(2025, 6, 1))  # she came by an old list
    desk.run(end_relation, subject_ref=karin, on=date(2026, 11, 30))
    desk.run(end_relation, subject_ref=karin)
    desk.undo()
    assert desk.undo_label == "Ended relation"


def test_the_letter_says_in_her_language_where_from_and_everything_else(
    shop: Desk, tmp_path: Path
) -> None:
    karin = person(shop, "Karin Holm", language="sv")
    checks = credit_checks(shop)
    shop.run(add_note, subject_ref=karin, text="Ja till faktura", activity_ref=checks)
    ref = sources(shop, karin)[0].ref
    path = tmp_path / "letter.pdf"
    shop.run(export_source_letter, ref=ref, to=path, language_code="en", format=FileFormat.PDF)
    text = read_pdf(path)
    for said in (
        "Karin Holm",
        "did not come from yourself",
        "We got them on 21 November 2026",
        "Kafé Lind",  # the controller
        "Maja Lind",  # and whom to ask
        "Used to",  # purposes
        "Why we may",  # and their basis
        "Which data",
        "Who else gets them",
        "3 months after",  # how long
        "What you can ask of us",
        "complain to",
    ):
        assert said in text, said
    assert "because of Article 14(1) and 14(2)" in text
    for wrong in ("13(1)", "Where they come from", "Must you give them"):
        assert wrong not in text
    own = shop.ask(source_letter, ref=ref)
    assert own.language == "sv"
    word = tmp_path / "letter.docx"
    shop.run(export_source_letter, ref=ref, to=word)
    assert word.read_bytes()[:2] == b"PK"


def test_the_letter_speaks_of_what_she_is_known_for(desk: Desk) -> None:
    person(desk, email="karin@example.com", origin=Origin.OTHER, source=REGISTER)
    document = desk.ask(source_letter, ref=sources(desk)[0].ref, language_code="en")
    headings = {section.heading for section in document.sections}
    assert "Orders and bookings" in headings
    assert "Pay" not in headings


def test_what_others_gave_is_what_the_letter_speaks_of(shop: Desk) -> None:
    karin = person(shop, phone="0701740645")
    checks = credit_checks(shop)
    shop.run(add_note, subject_ref=karin, text="Ja till faktura", activity_ref=checks)
    document = shop.ask(source_letter, ref=sources(shop, karin)[0].ref, language_code="en")
    rows = {row.name for row in shop.ask(list_activities)}
    told = {section.heading for section in document.sections} & rows
    assert told == {row.name for row in shop.ask(list_activities) if row.ref == checks}
