"""What five businesses promise about pictures and references, kept in a real register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Decision, MediaKind, MediaOrigin, TakeDownReason
from gdprdesk.imports.media_file import take_media
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.media import add_media
from gdprdesk.services.media_changes import replace_media
from gdprdesk.services.media_view import list_media, show_media
from gdprdesk.services.onboarding import Business
from gdprdesk.services.take_down import (
    list_take_downs,
    publish_media,
    request_down,
    take_down,
)
from tests.builders import CHEAP, PASSWORD, Clock, person
from tests.imports.test_media_file import mp3, mp4
from tests.shown import FACEBOOK, INSTAGRAM, WEB, agreed, picture


@pytest.fixture
def practice(folder: Path, clock: Clock):
    """The register of a therapist who shows references."""
    business = Business(
        name="Solklart", trade="therapy", country="SE", language="sv", extras=("testimonials",)
    )
    made, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield made
    made.lock()


def test_000_10_a_picture_is_shown_only_where_she_has_said_yes(desk: Desk, tmp_path: Path) -> None:
    """We always ask first, for each place where the picture is to be seen."""
    anna = person(desk, "Anna Ek")
    ref = picture(desk, tmp_path, anna)
    with pytest.raises(DomainError, match="There is no yes to Webbplatsen of: Anna Ek"):
        desk.run(publish_media, ref=ref, channel=WEB)
    agreed(desk, anna, INSTAGRAM)
    desk.run(publish_media, ref=ref, channel=INSTAGRAM)
    with pytest.raises(DomainError, match="There is no yes to Facebook"):
        desk.run(publish_media, ref=ref, channel=FACEBOOK)
    agreed(desk, anna, decision=Decision.WITHDRAWN)
    assert [row.channel for row in desk.ask(list_take_downs)] == [INSTAGRAM]


def test_000_11_her_own_post_is_shown_again_until_she_asks(desk: Desk) -> None:
    """We share the post as it is and remove it when somebody asks."""
    ref = desk.run(
        add_media,
        title="Ett omdöme",
        words="Bästa bullarna",
        origin=MediaOrigin.OWN_POST,
        origin_link="https://example.com/p/7",
    )
    desk.run(publish_media, ref=ref, channel=FACEBOOK)
    assert desk.ask(list_take_downs) == ()
    desk.run(request_down, ref=ref)
    assert [row.reason for row in desk.ask(list_take_downs)] == [TakeDownReason.ASKED]


def test_001_8_a_reference_is_text_picture_sound_or_film(practice: Desk, tmp_path: Path) -> None:
    ref: SubjectRef = person(practice, "Ingrid Ås")
    said = {"subject_refs": (ref,), "title": "Om samtalen", "origin": MediaOrigin.GIVEN}
    practice.run(add_media, words="Det hjälpte", **said)  # type: ignore[arg-type]
    picture(practice, tmp_path, ref)
    for name, content in (("ljud.mp3", mp3()), ("film.mp4", mp4())):
        (tmp_path / name).write_bytes(content)
        practice.run(add_media, path=tmp_path / name, **said)  # type: ignore[arg-type]
    kinds = {row.kind for row in practice.ask(list_media, subject_ref=ref).rows}
    assert kinds == set(MediaKind)
    assert take_media(mp4()).kind is MediaKind.VIDEO


def test_001_9_a_reference_goes_a_month_after_it_was_replaced(practice: Desk, clock: Clock) -> None:
    """A testimonial that is no longer shown is not needed. Within a month it is gone."""
    ingrid = person(practice, "Ingrid Ås")
    agreed(practice, ingrid, WEB, purpose="testimonial")
    ref = practice.run(add_media, title="Om samtalen", words="Bra", subject_refs=(ingrid,))
    practice.run(publish_media, ref=ref, channel=WEB)
    practice.run(replace_media, ref=ref)
    assert [row.reason for row in practice.ask(list_take_downs)] == [TakeDownReason.REPLACED]
    practice.run(take_down, ref=ref, number=0)
    clock.go_to(date(2026, 12, 21))
    practice.run(carry_out_clean_up)
    assert practice.ask(show_media, ref=ref).replaced_on == date(2026, 11, 21)
    clock.go_to(date(2026, 12, 22))
    practice.run(carry_out_clean_up)
    assert practice.ask(list_media).total == 0
