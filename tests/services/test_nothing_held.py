"""We have nothing about you: searched for, written down and answered in one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import CaseStep, Channel, RequestDecision, RequestKind
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.nothing_held import answer_nothing_held, search_register
from gdprdesk.services.requests import RequestFile, list_requests, open_request, show_request
from tests.builders import TODAY, invoiced, order, person
from tests.texts import read_pdf

OVE: dict[str, Any] = {"asker": "Ove Dahl", "reply_to": "ove@example.org"}


def only_request(desk: Desk) -> RequestFile:
    (row,) = desk.ask(list_requests)
    return desk.ask(show_request, request_ref=row.ref)


def found(desk: Desk, name: str, reply_to: str = "") -> list[str]:
    return [one.name for one in desk.ask(search_register, name=name, reply_to=reply_to).possible]


def test_one_click_opens_searches_answers_and_closes(desk: Desk, tmp_path: Path) -> None:
    order(desk, person(desk, email="karin@example.se"))
    file = tmp_path / "nothing.pdf"
    desk.run(answer_nothing_held, **OVE, to=file, wish="Vad har ni?", language_code="en")
    paper = read_pdf(file)
    for words in (
        "ove@example.org",
        "We have looked, and we have nothing about you.",
        "1 order",
        "1 contact detail",
        "Integritetsskyddsmyndigheten (IMY)",
    ):
        assert words in paper, words
    assert "Karin" not in paper
    case = only_request(desk)
    assert case.row.decision is RequestDecision.NOTHING_HELD
    assert (case.row.answered_on, case.row.wish) == (TODAY, "Vad har ni?")
    assert dict(case.searched) == {"booking": 1, "contact_detail": 1, "staff_member": 1}
    steps = [one.what for one in case.steps]
    assert steps == [
        CaseStep.OPENED,
        CaseStep.SEARCHED,
        CaseStep.DECIDED,
        CaseStep.ANSWERED,
        CaseStep.LETTER,
    ]
    assert desk.check().ok


def test_an_open_request_is_answered_as_it_was_asked(desk: Desk, tmp_path: Path) -> None:
    asked = desk.run(
        open_request, kind=RequestKind.ERASE, received_on=TODAY, channel=Channel.PHONE, **OVE
    )
    file = tmp_path / "nothing.txt"
    desk.run(
        answer_nothing_held,
        request_ref=asked.ref,
        to=file,
        format=LetterFormat.TXT,
        language_code="en",
    )
    text = file.read_text("utf-8")
    assert "you asked us to erase what we have about you" in text
    assert "we have nothing about you" in text
    assert only_request(desk).row.decision is RequestDecision.NOTHING_HELD


@pytest.mark.parametrize(
    ("name", "reply_to"),
    [
        ("Karin Holm", ""),
        ("karin  HOLM", ""),
        ("Holm, Karin", ""),
        ("Kajsa Berg", "Karin@Example.se"),
        ("Kajsa Berg", "Storgatan 1; 070-174 06 45"),
        ("Kajsa Berg", "070 1740645"),
    ],
)
def test_who_may_be_in_the_register_is_found(desk: Desk, name: str, reply_to: str) -> None:
    person(desk, email="karin@example.se", phone="070-174 06 45")
    assert found(desk, name, reply_to) == ["Karin Holm"]


def test_words_in_the_orders_of_others_and_of_nobody_are_found(desk: Desk) -> None:
    order(desk, person(desk, "Lena Ek"), note="Hämtas av Ove Dahl")
    order(desk, None, note="Ove Dahl ringer")
    assert found(desk, "Ove Dahl") == ["Lena Ek", "Order 1002"]
    assert found(desk, "Ove Dahlin") == []


def test_who_is_erased_is_found_by_the_invoice_that_is_kept(desk: Desk) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    assert found(desk, "Karin Holm") == ["Invoice 1"]


def test_nothing_is_said_while_somebody_may_be_the_one(desk: Desk, tmp_path: Path) -> None:
    person(desk, "Ove Dahl")
    file = tmp_path / "nothing.pdf"
    with pytest.raises(DomainError, match=r"Ove Dahl may be in the register: Ove Dahl\. Nothing"):
        desk.run(answer_nothing_held, **OVE, to=file)
    assert not file.exists()
    assert desk.ask(list_requests) == ()
    desk.run(answer_nothing_held, **OVE, to=file, none_of_them=True)
    assert only_request(desk).row.subject_ref is None


def test_many_who_may_be_the_one_are_not_all_named(desk: Desk, tmp_path: Path) -> None:
    for street in range(7):
        person(desk, "Ove Dahl", address=f"Storgatan {street}")
    with pytest.raises(DomainError, match=r"(Ove Dahl, ){4}Ove Dahl and 2 more\."):
        desk.run(answer_nothing_held, **OVE, to=tmp_path / "nothing.pdf")


def test_a_request_about_somebody_here_is_not_answered_so(desk: Desk, tmp_path: Path) -> None:
    karin = person(desk)
    asked = desk.run(
        open_request,
        kind=RequestKind.ACCESS,
        received_on=TODAY,
        channel=Channel.EMAIL,
        subject_ref=karin,
    )
    with pytest.raises(DomainError, match="would not be true"):
        desk.run(answer_nothing_held, request_ref=asked.ref, to=tmp_path / "nothing.pdf")


def test_a_file_that_cannot_be_written_leaves_no_case(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DomainError):
        desk.run(answer_nothing_held, **OVE, to=tmp_path / "nowhere" / "nothing.pdf")
    assert desk.ask(list_requests) == ()


def test_who_asks_must_have_a_name(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="Enter a name"):
        desk.run(answer_nothing_held, asker=" ", to=tmp_path / "nothing.pdf")
