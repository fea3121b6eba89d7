"""What is published where, and what has to come down when somebody takes her yes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Decision, MediaOrigin, RestrictionGround, TakeDownReason
from gdprdesk.exports.document import Points, Table
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.guardians import add_guardian
from gdprdesk.services.media import add_media
from gdprdesk.services.media_changes import add_person, remove_media, replace_media
from gdprdesk.services.media_files import export_media, export_media_to_change, export_shown
from gdprdesk.services.media_view import MediaFilter, list_media, show_media
from gdprdesk.services.reports.media import shown_report
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.take_down import (
    ask_down,
    list_shown,
    list_take_downs,
    publish_media,
    request_down,
    take_down,
)
from tests.builders import TODAY, Clock, person
from tests.pages import decrypted_pages, vault_key
from tests.shown import FACEBOOK, INSTAGRAM, PRINT, WEB, agreed, picture, reference
from tests.texts import read_pdf

LINK = "https://instagram.example/p/Cx42"


@pytest.fixture
def anna(desk: Desk) -> SubjectRef:
    return person(desk, "Anna Ek")


def test_taking_a_yes_back_makes_the_list_of_what_has_to_come_down(
    desk: Desk, tmp_path: Path, anna: SubjectRef, clock: Clock
) -> None:
    agreed(desk, anna, WEB, INSTAGRAM)
    ref = picture(desk, tmp_path, anna)
    desk.run(publish_media, ref=ref, channel=INSTAGRAM, link=LINK)
    desk.run(publish_media, ref=ref, channel=WEB, on=date(2026, 11, 20))
    assert desk.ask(list_take_downs) == ()
    assert desk.ask(show_media, ref=ref).row.shown == (INSTAGRAM, WEB)
    clock.move(days=3)
    agreed(desk, anna, decision=Decision.WITHDRAWN)
    website, instagram = desk.ask(list_take_downs)
    assert (website.channel, website.number, website.on) == (WEB, 1, date(2026, 11, 20))
    assert (instagram.channel, instagram.link, instagram.names) == (INSTAGRAM, LINK, ("Anna Ek",))
    assert {instagram.reason, website.reason} == {TakeDownReason.NO_CONSENT}
    assert not instagram.unasked
    with pytest.raises(DomainError, match="There is no yes to Instagram of: Anna Ek"):
        desk.run(export_media, ref=ref, channel=INSTAGRAM, to=tmp_path / "ut.jpg")
    assert not (tmp_path / "ut.jpg").exists()
    desk.run(take_down, ref=ref, number=1, note="Ur galleriet")
    desk.run(ask_down, ref=ref, number=0)
    assert [row.channel for row in desk.ask(list_take_downs)] == [INSTAGRAM]
    assert desk.ask(list_media, show=MediaFilter.TAKE_DOWN).total == 1
    desk.run(take_down, ref=ref, number=0)
    assert desk.ask(list_take_downs) == ()
    first, second = desk.ask(show_media, ref=ref).publications
    assert (first.asked_down_on, first.down_on) == (date(2026, 11, 24), date(2026, 11, 24))
    assert (second.down_on, second.note) == (date(2026, 11, 24), "Ur galleriet")
    assert desk.ask(list_media, show=MediaFilter.NOT_SHOWN).total == 1


def test_taking_one_place_back_leaves_the_others_up(desk: Desk, anna: SubjectRef) -> None:
    agreed(desk, anna, WEB, FACEBOOK)
    ref = reference(desk, anna)
    for place in (WEB, FACEBOOK):
        desk.run(publish_media, ref=ref, channel=place)
    agreed(desk, anna, WEB)
    assert [row.channel for row in desk.ask(list_take_downs)] == [FACEBOOK]
    assert desk.ask(show_media, ref=ref).row.wrong == (FACEBOOK,)


def test_whoever_is_found_in_a_published_picture_later_is_to_be_asked(
    desk: Desk, anna: SubjectRef
) -> None:
    agreed(desk, anna, WEB)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=WEB)
    desk.run(add_person, ref=ref, subject_ref=person(desk, "Bo Alm"))
    (row,) = desk.ask(list_take_downs)
    assert (row.names, row.unasked) == (("Bo Alm",), True)


def test_what_a_guardian_said_counts_until_the_child_is_grown(
    desk: Desk, anna: SubjectRef, clock: Clock
) -> None:
    desk.run(add_guardian, subject_ref=anna, name="Eva Ek", born_on=date(2008, 12, 24))
    agreed(desk, anna, WEB)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=WEB)
    clock.go_to(date(2026, 12, 23))
    assert desk.ask(list_take_downs) == ()
    clock.go_to(date(2026, 12, 24))
    (row,) = desk.ask(list_take_downs)
    assert row.reason is TakeDownReason.NO_CONSENT


def test_nothing_of_whoever_is_only_stored_stays_up(desk: Desk, anna: SubjectRef) -> None:
    agreed(desk, anna, WEB)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=WEB)
    desk.run(restrict_person, subject_ref=anna, ground=RestrictionGround.ACCURACY, why="Fel")
    (row,) = desk.ask(list_take_downs)
    assert (row.reason, row.names) == (TakeDownReason.ONLY_STORED, ("(only stored)",))
    desk.run(take_down, ref=ref, number=0)  # that is not using it
    assert desk.ask(list_take_downs) == ()


def test_her_own_post_comes_down_when_she_asks_or_its_time_is_over(
    desk: Desk, anna: SubjectRef, clock: Clock
) -> None:
    own = reference(desk, anna)
    with pytest.raises(DomainError, match="rests on the yes"):
        desk.run(request_down, ref=own)
    desk.run(remove_media, ref=own)
    post: dict[str, Any] = {
        "words": "Så gott!",
        "origin": MediaOrigin.OWN_POST,
        "origin_link": LINK,
    }
    ref = desk.run(add_media, title="Annas omdöme", subject_refs=(anna,), **post)
    stranger = desk.run(add_media, title="Okänds omdöme", **post)
    for one in (ref, stranger):
        desk.run(publish_media, ref=one, channel=FACEBOOK)
    assert desk.ask(list_take_downs) == ()
    desk.run(request_down, ref=ref)
    (row,) = desk.ask(list_take_downs)
    assert (row.ref, row.reason) == (ref, TakeDownReason.ASKED)
    with pytest.raises(DomainError, match="She has asked on"):
        desk.run(publish_media, ref=ref, channel=WEB)
    with pytest.raises(DomainError, match="She has asked for it on"):
        desk.run(request_down, ref=ref)
    desk.run(take_down, ref=ref, number=0)
    clock.go_to(date(2028, 11, 21))
    assert desk.ask(list_take_downs) == ()
    clock.go_to(date(2028, 11, 22))
    (row,) = desk.ask(list_take_downs)
    assert (row.ref, row.reason) == (stranger, TakeDownReason.OVER)
    with pytest.raises(DomainError, match="Its time is over"):
        desk.run(publish_media, ref=stranger, channel=WEB)
    desk.run(carry_out_clean_up)
    assert [row.ref for row in desk.ask(list_media).rows] == [stranger]  # it is still up
    desk.run(take_down, ref=stranger, number=0)
    desk.run(carry_out_clean_up)
    assert desk.ask(list_media).total == 0


def test_what_was_replaced_has_to_come_down(desk: Desk, anna: SubjectRef) -> None:
    agreed(desk, anna, PRINT)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=PRINT)
    desk.run(replace_media, ref=ref)
    assert [row.reason for row in desk.ask(list_take_downs)] == [TakeDownReason.REPLACED]
    with pytest.raises(DomainError, match="This was replaced on"):
        desk.run(publish_media, ref=ref, channel=PRINT)


def test_days_and_places_that_cannot_be_are_refused(desk: Desk, anna: SubjectRef) -> None:
    agreed(desk, anna, WEB)
    ref = reference(desk, anna)
    with pytest.raises(DomainError, match="Nobody is asked about “TikTok”"):
        desk.run(publish_media, ref=ref, channel="TikTok")
    with pytest.raises(DomainError, match="not come yet"):
        desk.run(publish_media, ref=ref, channel=WEB, on=date(2026, 11, 22))
    desk.run(publish_media, ref=ref, channel=WEB)
    with pytest.raises(DomainError, match="It was published on"):
        desk.run(take_down, ref=ref, number=0, on=date(2026, 11, 20))
    with pytest.raises(DomainError, match="not published in such a place"):
        desk.run(take_down, ref=ref, number=1)


def test_a_picture_is_saved_for_a_place_that_she_agreed_to(
    desk: Desk, tmp_path: Path, anna: SubjectRef
) -> None:
    agreed(desk, anna, WEB)
    ref = picture(desk, tmp_path, anna)
    receipt = desk.run(export_media, ref=ref, channel=WEB, to=tmp_path / "ut.jpg")
    assert receipt.path.read_bytes().startswith(b"\xff\xd8\xff")
    words = desk.run(add_media, title="Ord", words="Så gott!", subject_refs=(anna,))
    desk.run(export_media, ref=words, channel=WEB, to=tmp_path / "ut.txt")
    assert (tmp_path / "ut.txt").read_text("utf-8") == "Så gott!"
    agreed(desk, anna, decision=Decision.WITHDRAWN)
    desk.run(export_media_to_change, ref=ref, to=tmp_path / "suddas.jpg")
    assert (tmp_path / "suddas.jpg").read_bytes() == receipt.path.read_bytes()


def test_all_that_is_or_was_shown_is_in_one_list(desk: Desk, anna: SubjectRef) -> None:
    agreed(desk, anna, WEB, FACEBOOK)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=WEB, on=date(2026, 1, 2))
    desk.run(publish_media, ref=ref, channel=FACEBOOK)
    desk.run(take_down, ref=ref, number=0)
    rows = desk.ask(list_shown)
    assert [(row.channel, row.on, row.down_on, row.names) for row in rows] == [
        (FACEBOOK, TODAY, None, ("Anna Ek",)),
        (WEB, date(2026, 1, 2), TODAY, ("Anna Ek",)),
    ]


def test_what_has_to_come_down_is_printed_with_a_box_to_tick(
    desk: Desk, tmp_path: Path, anna: SubjectRef
) -> None:
    agreed(desk, anna, INSTAGRAM)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=INSTAGRAM, link=LINK)
    agreed(desk, anna, decision=Decision.WITHDRAWN)
    first, second = desk.ask(shown_report, language_code="en").sections
    (points,) = first.blocks
    (table,) = second.blocks
    assert isinstance(points, Points)
    assert points.items == [
        (
            "“Luciafika”: Instagram, https://instagram.example/p/Cx42, since 21 November 2026. "
            "Because there is no yes for this place."
        )
    ]
    assert isinstance(table, Table)
    assert table.rows == [("Luciafika", "Anna Ek", INSTAGRAM, LINK, TODAY, None)]
    desk.run(export_shown, to=tmp_path / "lista.pdf", language_code="en")
    assert "Because there is no yes for this place." in read_pdf(tmp_path / "lista.pdf")


def test_where_her_pictures_are_is_told_before_she_is_erased_and_forgotten_then(
    desk: Desk, anna: SubjectRef
) -> None:
    agreed(desk, anna, INSTAGRAM)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=INSTAGRAM, link=LINK)
    tasks = {
        one.recipient: one.look_for for one in desk.ask(preview_erasure, subject_ref=anna).outside
    }
    assert LINK in tasks[INSTAGRAM]
    desk.run(erase_subject, subject_ref=anna)
    desk.finish()
    told = [one.recipient for one in desk.ask(show_receipt, subject_ref=anna).outside]
    assert INSTAGRAM in told
    assert LINK.encode() not in decrypted_pages(desk.folder, vault_key(desk.folder))
