"""Pictures and references: who is in them, and that each of those has a say about all of it."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import (
    BuiltInRole,
    Decision,
    HoldGround,
    MediaKind,
    MediaOrigin,
    Permission,
    RestrictionGround,
)
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.consents import withdraw_consent
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import erase_consented, erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.holds import Decision as HoldDecision
from gdprdesk.services.holds import hold_person
from gdprdesk.services.media import add_media, list_media_purposes
from gdprdesk.services.media_changes import (
    add_person,
    leave_out,
    remove_media,
    remove_person,
    replace_media,
    update_media,
)
from gdprdesk.services.media_view import MediaFilter, list_media, read_preview, show_media
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.take_down import publish_media, take_down
from tests.builders import Clock, person
from tests.pages import decrypted_pages, vault_key
from tests.photos import TELLING, photo_file
from tests.roles import as_role
from tests.shown import FACEBOOK, INSTAGRAM, PRINT, WEB, agreed, picture, reference

PLACES = (WEB, INSTAGRAM, FACEBOOK, PRINT)


@pytest.fixture
def anna(desk: Desk) -> SubjectRef:
    return person(desk, "Anna Ek")


@pytest.fixture
def bo(desk: Desk) -> SubjectRef:
    return person(desk, "Bo Alm")


def test_people_are_asked_about_the_places_of_the_words(desk: Desk) -> None:
    (asked,) = desk.ask(list_media_purposes)
    assert (asked.purpose, asked.name, asked.places) == ("photo", "Foto", PLACES)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_writes_beside_a_picture_is_in_no_page_of_the_register(
    desk: Desk, tmp_path: Path, anna: SubjectRef, kind: str
) -> None:
    file = photo_file(tmp_path, f"bild.{kind.lower()}", kind=kind)
    assert TELLING.encode() in file.read_bytes()
    ref = desk.run(add_media, path=file, subject_refs=(anna,))
    desk.rest()
    assert TELLING.encode() not in decrypted_pages(desk.folder, vault_key(desk.folder))
    view = desk.ask(show_media, ref=ref)
    assert (view.row.title, view.row.kind, view.row.names) == (
        "bild",
        MediaKind.PHOTO,
        ("Anna Ek",),
    )
    assert desk.ask(read_preview, ref=ref).startswith(b"\xff\xd8\xff")
    assert not view.may_tell


def test_a_reference_is_words_and_has_no_file(desk: Desk, anna: SubjectRef) -> None:
    ref = desk.run(
        add_media, title="Anna om bröllopet", words="Bästa tårtan!", subject_refs=(anna,)
    )
    view = desk.ask(show_media, ref=ref)
    assert (view.row.kind, view.words, view.size) == (MediaKind.TEXT, "Bästa tårtan!", 0)
    assert desk.ask(read_preview, ref=ref) == b""
    assert not view.row.has_preview


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": "Tomt"}, "Choose a picture or a recording"),
        ({"words": "Bra"}, "Write what it is called"),
        ({"title": "A", "words": "B", "taken_on": date(2026, 11, 22)}, "not come yet"),
        ({"title": "A", "words": "B", "purpose": "tvåa"}, "There are no words yet"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(desk: Desk, given, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        desk.run(add_media, **given)
    assert desk.ask(list_media).total == 0


def test_an_own_post_shows_nobody_else(desk: Desk, anna: SubjectRef, bo: SubjectRef) -> None:
    post: dict[str, Any] = {
        "title": "Annas inlägg",
        "words": "Så gott",
        "origin": MediaOrigin.OWN_POST,
    }
    with pytest.raises(DomainError, match="only be shown again if nobody else is in it"):
        desk.run(add_media, subject_refs=(anna, bo), **post)
    ref = desk.run(add_media, subject_refs=(anna,), origin_link="https://insta.example/p/1", **post)
    with pytest.raises(DomainError, match="the own post of somebody else"):
        desk.run(add_person, ref=ref, subject_ref=bo)
    assert desk.ask(show_media, ref=ref).row.allowed == PLACES  # it rests on no consent


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=st.lists(st.none() | st.sets(st.sampled_from(PLACES)), min_size=1, max_size=3))
def test_it_is_shown_only_where_everybody_in_it_says_yes(
    desk: Desk, said: list[set[str] | None]
) -> None:
    people = [person(desk, f"Person {number}") for number in range(len(said))]
    for one, places in zip(people, said, strict=True):
        if places is not None:
            agreed(desk, one, *sorted(places))
    ref = desk.run(add_media, title="Grupp", words="Bra", subject_refs=tuple(people))
    allowed = [one for one in PLACES if all(one in (places or ()) for places in said)]
    assert list(desk.ask(show_media, ref=ref).row.allowed) == allowed
    for place in PLACES:
        if place in allowed:
            desk.run(publish_media, ref=ref, channel=place)
        else:
            with pytest.raises(DomainError, match="There is no yes"):
                desk.run(publish_media, ref=ref, channel=place)


def test_what_was_said_in_another_language_is_understood(desk: Desk, anna: SubjectRef) -> None:
    agreed(desk, anna, "Website", "Print", language="en")
    ref = reference(desk, anna)
    assert desk.ask(show_media, ref=ref).row.allowed == (WEB, PRINT)


def test_a_picture_of_nobody_may_be_shown_anywhere(desk: Desk) -> None:
    ref = reference(desk)
    assert desk.ask(show_media, ref=ref).row.allowed == PLACES


def test_whoever_is_only_stored_is_neither_shown_nor_named(
    desk: Desk, anna: SubjectRef, bo: SubjectRef
) -> None:
    for one in (anna, bo):
        agreed(desk, one, *PLACES)
    ref = reference(desk, anna, bo)
    desk.run(restrict_person, subject_ref=bo, ground=RestrictionGround.ACCURACY, why="Fel namn")
    row = desk.ask(show_media, ref=ref).row
    assert (row.names, row.allowed) == (("Anna Ek", "(only stored)"), ())


def test_whoever_was_named_by_mistake_is_let_go(
    desk: Desk, anna: SubjectRef, bo: SubjectRef
) -> None:
    ref = reference(desk, anna)
    desk.run(add_person, ref=ref, subject_ref=bo)
    with pytest.raises(DomainError, match="Bo Alm is named there already"):
        desk.run(add_person, ref=ref, subject_ref=bo)
    desk.run(remove_person, ref=ref, subject_ref=anna)
    assert desk.ask(show_media, ref=ref).row.names == ("Bo Alm",)
    with pytest.raises(DomainError, match="Anna Ek is not named in this picture"):
        desk.run(remove_person, ref=ref, subject_ref=anna)
    desk.run(remove_person, ref=ref, subject_ref=bo)
    assert desk.ask(show_media, ref=ref).row.names == ()


def test_it_is_listed_for_everybody_in_it(desk: Desk, anna: SubjectRef, bo: SubjectRef) -> None:
    first, second = reference(desk, anna, bo), reference(desk, anna)
    assert [row.ref for row in desk.ask(list_media).rows] == [second, first]
    assert [row.ref for row in desk.ask(list_media, subject_ref=bo).rows] == [first]
    assert desk.ask(list_media, show=MediaFilter.SHOWN).total == 0
    assert [row.ref for row in desk.ask(list_media, offset=1, limit=1).rows] == [first]


def test_it_is_found_by_its_name_and_what_it_says_is_not(desk: Desk, anna: SubjectRef) -> None:
    ref = desk.run(add_media, title="Midsommarbild", words="Migrän", subject_refs=(anna,))
    assert [row.ref for row in desk.ask(list_subjects, search="midsommar").rows] == [anna]
    assert desk.ask(list_subjects, search="migrän").rows == ()
    desk.run(update_media, ref=ref, title="Julbild", taken_on=date(2026, 5, 2), words="Ny text")
    view = desk.ask(show_media, ref=ref)
    assert (view.row.title, view.taken_on, view.words) == ("Julbild", date(2026, 5, 2), "Ny text")
    with pytest.raises(DomainError, match="Write what it is called"):
        desk.run(update_media, ref=ref, title=" ")


def test_who_may_not_see_consents_sees_no_pictures(
    desk: Desk, anna: SubjectRef, clock: Clock
) -> None:
    reference(desk, anna)
    with as_role(desk, clock, BuiltInRole.ACCOUNTANT) as other:
        assert not other.may(list_media)
        assert not other.may(Permission.CONSENTS)


# Erasing: a picture goes as a whole, whoever of those in it asks


@pytest.mark.parametrize("who", ["anna", "bo"])
def test_a_picture_goes_for_everybody_in_it(
    desk: Desk, tmp_path: Path, anna: SubjectRef, bo: SubjectRef, who: str
) -> None:
    cia = person(desk, "Cia Dahl")
    ref = picture(desk, tmp_path, anna, bo, cia, title="Gruppbilden", name="Kraftskiva")
    gone = {"anna": anna, "bo": bo}[who]
    (shared,) = desk.ask(preview_erasure, subject_ref=gone).shared
    assert shared.title == "Gruppbilden"
    assert set(shared.names) == {"Anna Ek", "Bo Alm", "Cia Dahl"} - {
        "Anna Ek" if who == "anna" else "Bo Alm"
    }
    desk.run(erase_subject, subject_ref=gone)
    desk.finish()
    with pytest.raises(NotFoundError):
        desk.ask(show_media, ref=ref)
    assert desk.ask(list_media, subject_ref=cia).total == 0
    pages = decrypted_pages(desk.folder, vault_key(desk.folder))
    assert not [one for one in (b"Gruppbilden", b"gruppbilden", b"Kraftskiva") if one in pages]


def test_while_somebody_in_it_may_still_be_erased_nobody_sees_it(
    desk: Desk, anna: SubjectRef, bo: SubjectRef
) -> None:
    ref = reference(desk, anna, bo)
    desk.run(stage_erasure, subject_ref=bo)
    assert desk.ask(list_media).total == 0
    with pytest.raises(NotFoundError):
        desk.ask(show_media, ref=ref)
    desk.run(undo_erasure, subject_ref=bo)
    assert desk.ask(show_media, ref=ref).row.names == ("Anna Ek", "Bo Alm")


def test_a_picture_stays_if_she_cannot_be_recognised_any_more(
    desk: Desk, tmp_path: Path, anna: SubjectRef, bo: SubjectRef
) -> None:
    ref = picture(desk, tmp_path, anna, bo, name="Gammal")
    other = photo_file(tmp_path, "suddig.png", kind="PNG")
    desk.run(leave_out, ref=ref, subject_ref=anna, path=other)
    desk.finish()
    assert desk.ask(preview_erasure, subject_ref=anna).shared == ()
    desk.run(erase_subject, subject_ref=anna)
    desk.finish()
    view = desk.ask(show_media, ref=ref)
    assert (view.row.names, view.file_name) == (("Bo Alm",), "suddig.jpg")
    pages = decrypted_pages(desk.folder, vault_key(desk.folder))
    assert b"Gammal" not in pages
    assert TELLING.encode() not in pages


def test_it_is_refused_while_the_old_picture_is_out(
    desk: Desk, tmp_path: Path, anna: SubjectRef
) -> None:
    agreed(desk, anna, WEB)
    ref = picture(desk, tmp_path, anna)
    desk.run(publish_media, ref=ref, channel=WEB)
    other = photo_file(tmp_path, "suddig.jpg")
    with pytest.raises(DomainError, match="still published: Webbplatsen"):
        desk.run(leave_out, ref=ref, subject_ref=anna, path=other)
    with pytest.raises(DomainError, match="still published: Webbplatsen"):
        desk.run(remove_media, ref=ref)
    desk.run(take_down, ref=ref, number=0)
    desk.run(remove_media, ref=ref)
    assert desk.ask(list_media).total == 0


def test_a_picture_of_somebody_whose_data_must_stay_is_not_erased(
    desk: Desk, anna: SubjectRef, bo: SubjectRef
) -> None:
    reference(desk, anna, bo)
    why = HoldDecision(HoldGround.CLAIM, "Tvist om bilden", date(2027, 5, 1))
    desk.run(hold_person, subject_ref=bo, decision=why)
    with pytest.raises(DomainError, match="In “Luciafika” is Bo Alm, too"):
        desk.run(stage_erasure, subject_ref=anna)
    assert desk.ask(list_media).total == 1


def test_what_rests_on_her_consent_alone_goes_with_the_picture_for_all(
    desk: Desk, anna: SubjectRef, bo: SubjectRef
) -> None:
    agreed(desk, bo, WEB)
    reference(desk, anna, bo)
    desk.run(withdraw_consent, subject_ref=bo, purpose="photo")
    desk.run(erase_consented, subject_ref=bo, purpose="photo")
    assert desk.ask(list_media).total == 0
    assert {row.name for row in desk.ask(list_subjects).rows} == {"Anna Ek", "Bo Alm"}


def test_her_copy_has_every_picture_she_is_in_and_no_name_of_the_others(
    desk: Desk, tmp_path: Path, anna: SubjectRef, bo: SubjectRef
) -> None:
    picture(desk, tmp_path, anna, bo, title="Anna på logen", name="Anna-Ek")
    desk.run(export_person, subject_ref=bo, to=tmp_path / "bo.zip")
    with zipfile.ZipFile(tmp_path / "bo.zip") as packed:
        names = [one for one in packed.namelist() if one.startswith("files/")]
        assert names == ["files/appearance.jpg"]
        assert packed.read(names[0]).startswith(b"\xff\xd8\xff")
        for one in packed.namelist():
            assert b"Anna" not in packed.read(one), one


# How long it is kept


def test_it_lives_while_somebody_says_yes_and_leaves_a_year_after_the_no(
    desk: Desk, anna: SubjectRef, clock: Clock
) -> None:
    agreed(desk, anna, WEB)
    reference(desk, anna)
    clock.go_to(date(2029, 1, 2))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_media).total == 1
    agreed(desk, anna, decision=Decision.WITHDRAWN)
    clock.go_to(date(2030, 1, 2))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_media).total == 1
    clock.go_to(date(2030, 1, 3))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_media).total == 0


def test_what_was_replaced_goes_when_it_is_down(desk: Desk, anna: SubjectRef, clock: Clock) -> None:
    agreed(desk, anna, WEB)
    ref = reference(desk, anna)
    desk.run(publish_media, ref=ref, channel=WEB)
    clock.go_to(date(2026, 12, 1))
    desk.run(replace_media, ref=ref)
    with pytest.raises(DomainError, match="This was replaced on"):
        desk.run(replace_media, ref=ref)
    clock.go_to(date(2026, 12, 2))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_media).total == 1  # somebody still has to know where it is
    desk.run(take_down, ref=ref, number=0)
    desk.run(carry_out_clean_up)
    assert desk.ask(list_media).total == 0


def test_a_picture_stays_as_long_as_one_of_those_in_it_must(
    desk: Desk, anna: SubjectRef, bo: SubjectRef, clock: Clock
) -> None:
    reference(desk, anna, bo)
    why = HoldDecision(HoldGround.CLAIM, "Tvist", date(2027, 11, 1))
    desk.run(hold_person, subject_ref=bo, decision=why)
    clock.go_to(date(2028, 3, 1))  # a year after it was taken, as nobody ever said yes
    desk.run(carry_out_clean_up)
    assert desk.ask(list_media).total == 1
