"""What is handed out, and camera clips: promises 000.7, 002.18, 002.21 and 004.9."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Channel, HoldGround, LegalBasis, RestrictionGround
from gdprdesk.services.clips import (
    ClipRow,
    keep_clip,
    list_cameras,
    list_clips,
    prolong_clip,
    release_clip,
)
from gdprdesk.services.disclosures import hand_out, list_disclosures, remove_disclosure
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.files import FileFormat
from gdprdesk.services.holds import Decision, hold_records
from gdprdesk.services.onboarding import Business
from gdprdesk.services.paper_files import export_disclosures
from gdprdesk.services.reports.disclosures import disclosures_report
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.today import show_today
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person, reopened
from tests.texts import read_pdf

BY_LAW: dict[str, Any] = {
    "to_whom": "Polisen",
    "what": "Namn och telefon",
    "basis": LegalBasis.LEGAL_OBLIGATION,
    "law": "Beslut 5000-K1-26",
    "channel": Channel.EMAIL,
}


@pytest.fixture
def dealer(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The register of a machine dealer with cameras."""
    business = Business(name="Bagges AS", trade="dealer", country="NO", extras=("cameras",))
    folder = tmp_path / "dealer.gdprdesk"
    opened, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield opened
    opened.lock()


def kept(desk: Desk, **said: Any) -> RecordRef:
    known = {
        "camera": "Port 2",
        "from_at": "2026-11-20 18:40",
        "to_at": "2026-11-20 18:55",
        "why": "Innbrudd, anmeldt",
        "release_on": TODAY + timedelta(days=30),
        **said,
    }
    return desk.run(keep_clip, **known)


def clips(desk: Desk) -> tuple[ClipRow, ...]:
    return desk.ask(list_clips)


def test_what_is_handed_out_is_written_down(desk: Desk) -> None:
    karin = person(desk)
    desk.run(hand_out, **BY_LAW, subject_ref=karin, on=date(2026, 11, 3))
    desk.run(
        hand_out,
        to_whom="Redovisningsbyrån",
        what="Fakturor för oktober",
        basis=LegalBasis.CONTRACT,
        channel=Channel.IN_PERSON,
    )
    first, second = desk.ask(list_disclosures)
    assert (first.to_whom, first.name, first.disclosed_on) == ("Redovisningsbyrån", "", TODAY)
    assert (second.name, second.law, second.basis) == (
        "Karin Holm",
        "Beslut 5000-K1-26",
        LegalBasis.LEGAL_OBLIGATION,
    )
    assert [one.ref for one in desk.ask(list_disclosures, subject_ref=karin)] == [second.ref]
    desk.run(remove_disclosure, ref=first.ref)
    assert [one.ref for one in desk.ask(list_disclosures)] == [second.ref]
    desk.run(stage_erasure, subject_ref=karin)
    assert desk.ask(list_disclosures) == ()


def test_what_a_law_demands_of_a_person_whose_data_are_only_stored_is_written_down(
    desk: Desk,
) -> None:
    karin = person(desk)
    desk.run(restrict_person, subject_ref=karin, ground=RestrictionGround.ACCURACY, why="Fel")
    desk.run(hand_out, **BY_LAW, subject_ref=karin)
    assert [one.name for one in desk.ask(list_disclosures)] == ["Karin Holm"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"to_whom": " "}, "who got it"),
        ({"what": ""}, "what it was"),
        ({"law": ""}, "which law or decision"),
        ({"law": "", "basis": LegalBasis.PUBLIC_TASK}, "which law or decision"),
        ({"on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"clip": RecordRef("nothing")}, "not in the register any more"),
    ],
)
def test_what_cannot_be_right_is_refused(desk: Desk, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence):
        desk.run(hand_out, **{**BY_LAW, **said})
    assert desk.ask(list_disclosures) == ()


def test_the_cameras_are_those_of_the_register(dealer: Desk, desk: Desk) -> None:
    (camera,) = dealer.ask(list_cameras)
    assert (camera.number, camera.days) == (8, 7)
    assert desk.ask(list_cameras) == ()
    with pytest.raises(DomainError, match="The register has no camera"):
        kept(desk)


def test_a_clip_leaves_by_itself_the_day_after_its_last(dealer: Desk, clock: Clock) -> None:
    kept(dealer)
    (clip,) = clips(dealer)
    assert (clip.camera, clip.from_at, clip.to_at) == (
        "Port 2",
        "2026-11-20 18:40",
        "2026-11-20 18:55",
    )
    assert dealer.ask(show_today).clips == ()
    clock.go_to(clip.release_on - timedelta(days=7))
    assert [one.ref for one in dealer.ask(show_today).clips] == [clip.ref]
    clock.go_to(clip.release_on)
    with reopened(dealer, clock) as again:
        assert len(clips(again)) == 1
    clock.go_to(clip.release_on + timedelta(days=1))
    with reopened(dealer, clock) as again:
        assert clips(again) == ()


def test_a_clip_that_is_held_stays(dealer: Desk, clock: Clock) -> None:
    ref = kept(dealer)
    decision = Decision(HoldGround.CLAIM, "Rettssak", TODAY + timedelta(days=300))
    dealer.run(hold_records, refs=(ref,), decision=decision)
    clock.move(days=60)
    with reopened(dealer, clock) as again:
        assert len(clips(again)) == 1


def test_handing_a_clip_out_is_a_line_of_its_own(dealer: Desk, tmp_path: Path) -> None:
    ref = kept(dealer)
    dealer.run(hand_out, **{**BY_LAW, "to_whom": "Politiet"}, clip=ref)
    assert clips(dealer)[0].handed_out == ("Politiet",)
    (line,) = dealer.ask(list_disclosures)
    assert (line.clip, line.camera) == (ref, "Port 2")
    assert len(dealer.ask(disclosures_report).sections) == 2
    target = tmp_path / "log.pdf"
    dealer.run(export_disclosures, to=target, format=FileFormat.PDF)
    text = " ".join(read_pdf(target).split())
    for said in ("Politiet", "Beslut 5000-K1-26", "Port 2", "Innbrudd, anmeldt"):
        assert said in text
    dealer.run(release_clip, ref=ref)
    assert clips(dealer) == ()
    (line,) = dealer.ask(list_disclosures)
    assert (line.clip, line.to_whom) == (None, "Politiet")


def test_a_clip_is_kept_longer_with_a_reason(dealer: Desk) -> None:
    ref = kept(dealer)
    later = TODAY + timedelta(days=90)
    dealer.run(prolong_clip, ref=ref, release_on=later, why="Politiet har ikke hentet det")
    assert [(one.release_on, one.why) for one in clips(dealer)] == [
        (later, "Politiet har ikke hentet det")
    ]
    with pytest.raises(DomainError, match="why the clip is kept"):
        dealer.run(prolong_clip, ref=ref, release_on=later, why=" ")
    with pytest.raises(DomainError, match="day has passed"):
        dealer.run(prolong_clip, ref=ref, release_on=TODAY - timedelta(days=1), why="x")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"camera": ""}, "which camera"),
        ({"why": " "}, "why the clip is kept"),
        ({"to_at": "2026-11-20 18:40"}, "ends before it begins"),
        ({"from_at": "in the evening"}, "day and time like this"),
        ({"from_at": "2026-02-30 10:00"}, "day and time like this"),
        ({"to_at": "2026-11-20 25:00"}, "day and time like this"),
        ({"from_at": "2026-11-22 10:00", "to_at": "2026-11-22 11:00"}, "not been recorded yet"),
        ({"release_on": date(2026, 11, 19)}, "before the clip itself ends"),
        ({"release_on": date(2026, 11, 20)}, "day has passed"),
        ({"release_on": date(2027, 11, 22)}, "at most a year"),
    ],
)
def test_a_clip_that_cannot_be_right_is_refused(
    dealer: Desk, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        kept(dealer, **said)
    assert clips(dealer) == ()


def test_a_clip_may_be_kept_for_a_year(dealer: Desk) -> None:
    kept(dealer, release_on=date(2027, 11, 21), from_at="2026-11-20 18.40")
    assert clips(dealer)[0].from_at == "2026-11-20 18:40"
