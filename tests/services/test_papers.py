"""Paper: what lies where, when it is to be shredded, that it was: 000.14, 001.14."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import ActivityRef, RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import AtEnd, CleanUpMode, HoldGround, Start, Unit
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.clean_up import carry_out_clean_up, is_clean_up_due
from gdprdesk.services.clean_up_preview import count_due, show_clean_up
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.files import FileFormat
from gdprdesk.services.finding import find_subject, records_of
from gdprdesk.services.holds import Decision, hold_records
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.paper_files import export_papers, export_shredding
from gdprdesk.services.paper_tasks import PaperTask, paper_tasks
from gdprdesk.services.papers import (
    PaperChanges,
    PaperRow,
    add_paper,
    list_papers,
    list_places,
    remove_paper,
    update_paper,
)
from gdprdesk.services.persons import show_subject
from gdprdesk.services.reports.papers import papers_report, shredding_report
from gdprdesk.services.shredding import list_shredded, shred
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.today import show_today
from tests.builders import TODAY, Clock, delivered, person
from tests.texts import read_pdf

CABINET = "Låst skåp på kontoret"
OLD = date(2023, 1, 31)


def row_of(desk: Desk, kind: str) -> ActivityRef:
    """Return the row of the register whose name begins so."""
    return next(one.ref for one in desk.ask(list_activities) if one.name.startswith(kind))


def put(desk: Desk, **said: Any) -> RecordRef:
    """Put a box of order papers, two years and more old, into the cabinet."""
    known = {
        "place": CABINET,
        "box": "Låda 3",
        "what": "Beställningslappar",
        "activity_ref": row_of(desk, "Begäranden"),
        "from_on": date(2022, 2, 1),
        "to_on": OLD,
        **said,
    }
    return desk.run(add_paper, changes=PaperChanges(**known))


def shredded(desk: Desk, paper: RecordRef | None = None, **said: Any) -> None:
    known = {"what": "Beställningslappar", "amount": "1 låda", "how": "Strimlare", **said}
    desk.run(shred, paper=paper, **known)


def papers(desk: Desk, **said: Any) -> dict[str, PaperRow]:
    return {one.box: one for one in desk.ask(list_papers, **said)}


def test_paper_has_a_place_a_box_days_and_the_rule_of_its_row(desk: Desk) -> None:
    karin = person(desk)
    put(desk)
    put(desk, box="Pärm K", what="Avtal", subject_ref=karin, to_on=TODAY)
    found = papers(desk)
    assert (found["Låda 3"].place, found["Låda 3"].what, found["Låda 3"].name) == (
        CABINET,
        "Beställningslappar",
        "",
    )
    assert found["Låda 3"].until == date(2025, 1, 31)  # 24 months after the newest paper
    assert (found["Låda 3"].is_due, found["Pärm K"].is_due) == (True, False)
    assert found["Pärm K"].until == date(2028, 11, 21)
    assert list(papers(desk, subject_ref=karin)) == ["Pärm K"]
    history = desk.ask(show_subject, subject_ref=karin).history
    assert [(one.kind, one.title) for one in history] == [("paper_file", "Pärm K, Avtal")]
    assert desk.ask(list_places) == (CABINET,)


def test_what_is_over_is_never_deleted_by_the_clean_up(desk: Desk) -> None:
    ref = put(desk)
    desk.run(update_organisation, clean_up=CleanUpMode.AUTOMATIC)
    view = desk.ask(show_clean_up)
    assert (view.records, view.due, [one.said for one in view.by_hand]) == (
        0,
        (),
        ["Paper file Låda 3"],
    )
    assert not desk.ask(is_clean_up_due)
    assert desk.ask(count_due) == 0
    assert desk.run(carry_out_clean_up, refs=(ref,)).records == 0
    assert [one.box for one in desk.ask(show_today).papers] == ["Låda 3"]


def test_it_leaves_when_it_was_shredded_and_the_log_keeps_what_kind_it_was(desk: Desk) -> None:
    ref = put(desk)
    shredded(desk, ref, done_by="Petra", done_on=TODAY - timedelta(days=1))
    assert papers(desk) == {}
    assert desk.ask(show_today).papers == ()
    (line,) = desk.ask(list_shredded)
    assert (line.what, line.amount, line.how, line.done_by, line.done_on) == (
        "Beställningslappar",
        "1 låda",
        "Strimlare",
        "Petra",
        TODAY - timedelta(days=1),
    )
    with pytest.raises(DomainError, match="nothing to undo"):
        desk.undo()


def test_loose_paper_is_shredded_too_and_says_who_opened_the_register(desk: Desk) -> None:
    shredded(desk, amount="40 ark")
    shredded(desk, amount="2 ark", done_on=OLD)
    assert [(one.amount, one.done_by) for one in desk.ask(list_shredded)] == [
        ("40 ark", "Maja Lind"),
        ("2 ark", "Maja Lind"),
    ]


def test_the_log_belongs_to_an_erasure(desk: Desk) -> None:
    karin, other = person(desk), person(desk, "Åsa Berg")
    delivered(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    shredded(desk, subject_ref=karin)
    assert [one.subject_ref for one in desk.ask(list_shredded, subject_ref=karin)] == [karin]
    assert desk.ask(list_shredded, subject_ref=other) == ()
    with pytest.raises(NotFoundError, match="No erasure has this number"):
        shredded(desk, subject_ref=other)


def test_the_log_names_nobody(desk: Desk) -> None:
    ref = put(desk, subject_ref=person(desk))
    for said in ({"what": "Karins avtal, Holm"}, {"amount": "1 pärm KARIN"}):
        with pytest.raises(DomainError, match="names nobody"):
            shredded(desk, ref, **said)
    shredded(desk, ref, what="Avtal")


def test_a_person_leaves_after_her_last_paper(desk: Desk, clock: Clock) -> None:
    ref = put(desk, subject_ref=person(desk), to_on=TODAY)
    clock.go_to(date(2040, 1, 1))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_subjects).total == 1
    shredded(desk, ref)
    desk.run(carry_out_clean_up)
    assert desk.ask(list_subjects).total == 0


def test_what_a_law_holds_goes_only_when_it_has_been_scanned(desk: Desk) -> None:
    ref = put(desk, activity_ref=row_of(desk, "Fakturor"), to_on=date(2026, 3, 31))
    assert papers(desk)["Låda 3"].until == date(2033, 12, 31)  # financial year 2026, seven years
    assert papers(desk)["Låda 3"].kept_by_law
    with pytest.raises(DomainError, match=r"must be kept until 31 Dec.* 2033 .*scanned"):
        shredded(desk, ref)
    shredded(desk, ref, digitised_by="Maja Lind")
    assert [one.digitised_by for one in desk.ask(list_shredded)] == ["Maja Lind"]


def test_what_is_kept_by_decision_is_not_shredded(desk: Desk) -> None:
    ref = put(desk)
    decision = Decision(HoldGround.CLAIM, "Tvist", TODAY + timedelta(days=90))
    desk.run(hold_records, refs=(ref,), decision=decision)
    assert papers(desk)["Låda 3"].is_due is False
    assert [row.reason for group in desk.ask(show_clean_up).waiting for row in group.rows]
    with pytest.raises(DomainError, match="kept by a decision"):
        shredded(desk, ref, digitised_by="Maja")


def test_a_box_that_is_still_filled_is_not_over(desk: Desk) -> None:
    rule = RetentionRule(Start.LAST_ACTIVITY, 1, Unit.DAYS, at_end=AtEnd.ERASE)
    row = row_of(desk, "Begäranden")
    desk.run(update_activity, activity_ref=row, changes=ActivityChanges(rule=rule))
    ref = put(desk, still_filled=True)
    put(desk, box="Låda 4")
    assert [one.box for one in papers(desk, due_only=True).values()] == ["Låda 4"]
    assert desk.ask(show_clean_up).waiting == ()
    assert papers(desk)["Låda 3"].to_on is None
    desk.run(update_paper, ref=ref, changes=PaperChanges(to_on=OLD))
    assert set(papers(desk, due_only=True)) == {"Låda 3", "Låda 4"}


def test_erasing_a_person_asks_for_her_paper(desk: Desk) -> None:
    karin = person(desk)
    delivered(desk, karin)
    put(desk, box="Pärm Karin Holm", subject_ref=karin, what="Avtal", to_on=TODAY)
    put(desk, activity_ref=row_of(desk, "Beställningar"), to_on=TODAY)
    put(desk, box="Låda 1", activity_ref=row_of(desk, "Beställningar"))  # before she came
    put(desk, box="Låda 9", activity_ref=row_of(desk, "Fakturor"), to_on=TODAY)  # held by law

    def asked(read: Any) -> tuple[PaperTask, ...]:
        subject = find_subject(read, karin)
        return paper_tasks(read, subject, records_of(read, subject))

    tasks = desk.ask(asked)
    assert [(one.place, one.task) for one in tasks] == [
        (CABINET, "Take out her paper and shred it"),
        (CABINET, "Look for her paper in Låda 3, take it out and shred it"),
    ]
    assert tasks[0].look_for == ("Pärm Karin Holm", "Avtal")
    put(desk, box="Pärm 7", subject_ref=karin, to_on=TODAY)
    assert [one.task for one in desk.ask(asked)].count("Take out her paper and shred it") == 2
    (row,) = (
        one
        for one in desk.ask(preview_erasure, subject_ref=karin).outside
        if one.recipient == CABINET
    )
    assert "Pärm Karin Holm, Avtal" in row.look_for
    receipt = desk.run(erase_subject, subject_ref=karin)
    (task,) = (one for one in receipt.outside if one.recipient == CABINET)
    assert task.task == (
        "Take out her paper and shred it. Look for her paper in Låda 3, take it out and shred it. "
        "Write it in the shredding log."
    )
    assert "Pärm Karin Holm" not in papers(desk)


def test_a_row_is_changed_and_taken_out_of_the_list(desk: Desk) -> None:
    karin = person(desk)
    ref = put(desk, subject_ref=karin)
    changes = PaperChanges(place=" Källaren ", about_many=True, what="Kvitton")
    desk.run(update_paper, ref=ref, changes=changes)
    assert (papers(desk)["Låda 3"].place, papers(desk)["Låda 3"].name) == ("Källaren", "")
    desk.run(remove_paper, ref=ref)
    assert papers(desk) == {}
    assert desk.ask(list_shredded) == ()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"place": " "}, "Write where the paper lies"),
        ({"box": ""}, "in which folder or box"),
        ({"what": "\u200b"}, "and what it is"),
        ({"to_on": TODAY + timedelta(days=1)}, "from a day that has not come"),
        ({"from_on": OLD + timedelta(days=1)}, "newest paper is older than the oldest"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(
    desk: Desk, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        put(desk, **said)
    assert papers(desk) == {}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"done_on": TODAY + timedelta(days=1)}, "has not come"),
        ({"done_on": OLD - timedelta(days=1)}, "newer paper in it"),
        ({"what": " "}, "what kind of paper"),
        ({"amount": ""}, "how much"),
        ({"how": ""}, "how it was destroyed"),
    ],
)
def test_a_shredding_that_cannot_be_right_is_refused(
    desk: Desk, said: dict[str, Any], sentence: str
) -> None:
    ref = put(desk)
    with pytest.raises(DomainError, match=sentence):
        shredded(desk, ref, **said)
    assert list(papers(desk)) == ["Låda 3"]
    assert desk.ask(list_shredded) == ()


def test_list_and_log_are_printed(desk: Desk, tmp_path: Any) -> None:
    karin = person(desk)
    put(desk)
    put(desk, box="Pärm K", subject_ref=karin, to_on=TODAY)
    assert [one.heading for one in desk.ask(papers_report, language_code="en").sections] == [
        "Paper"
    ]
    desk.run(export_papers, to=tmp_path / "papers.pdf", format=FileFormat.PDF)
    text = " ".join(read_pdf(tmp_path / "papers.pdf").split())
    for said in (CABINET, "Låda 3", "Karin Holm", "Förstör"):
        assert said in text
    delivered(desk, karin)
    shredded(desk, what="Kvitton", digitised_by="Maja")
    assert desk.ask(shredding_report, language_code="sv").language == "sv"
    receipt = desk.run(export_shredding, to=tmp_path / "log.pdf", format=FileFormat.PDF)
    assert receipt.rows == 1
    text = " ".join(read_pdf(tmp_path / "log.pdf").split())
    assert "Kvitton" in text
    assert "Holm" not in text
