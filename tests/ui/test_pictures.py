"""Pictures in the window: taken in, published, and taken down when a yes is taken back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.terms import Decision
from gdprdesk.services.media_view import list_media, show_media
from gdprdesk.services.take_down import list_take_downs, publish_media
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.media_form import MediaForm, PublishForm, SomebodyForm
from gdprdesk_ui.dialogs.media_save import PlaceForm
from gdprdesk_ui.pages.media import PicturePage, PicturesPage
from gdprdesk_ui.reopening import reopen
from tests.builders import person
from tests.photos import photo_file
from tests.shown import INSTAGRAM, WEB, agreed, reference
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write


@pytest.fixture
def anna(desk):
    return person(desk, "Anna Ek")


@pytest.fixture
def window(desk, anna, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("consents")
        yield made


@pytest.fixture
def page(window, qtbot, anna):
    del anna  # somebody to be shown
    click(qtbot, window.page().pictures_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), PicturesPage))
    return window.page()


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def opened_page(window, qtbot):
    qtbot.waitUntil(lambda: isinstance(window.page(), PicturePage))
    return window.page()


def test_a_picture_is_taken_in_published_and_taken_down(page, anna, qtbot, tmp_path) -> None:
    window, desk = page.context.window, page.context.desk
    agreed(desk, anna, WEB, INSTAGRAM)
    assert page.empty.isVisible()
    page.empty.dropped.emit(photo_file(tmp_path, "Lucia.jpg"))
    form = dialog(qtbot, window, MediaForm)
    assert form.name.text() == "Lucia"
    form.person.show_entered(anna)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    one = opened_page(window, qtbot)
    assert "Anna Ek" in said(one)
    assert one.picture.isVisible()
    assert nameless(one) == []
    one.grab()
    click(qtbot, one.publish_button)
    published = dialog(qtbot, window, PublishForm)
    published.place.set_value(INSTAGRAM)
    write(published.link, "https://instagram.example/p/1")
    click(qtbot, published.verb_button)
    qtbot.waitUntil(lambda: bool(one.down_buttons))
    agreed(desk, anna, decision=Decision.WITHDRAWN)
    window.navigate("today")
    assert "Take down “Lucia”" in said(window.page())
    window.open_page("picture", ref=desk.ask(list_media).rows[0].ref)
    one = opened_page(window, qtbot)
    assert not one.save_button.isEnabled()
    assert "there is no yes for this place" in said(one)
    click(qtbot, one.down_buttons[0])
    qtbot.waitUntil(lambda: not desk.ask(list_take_downs))
    assert window.operations.wait()
    qtbot.waitUntil(lambda: not one.down_buttons)
    window.navigate("today")
    assert "Take down" not in said(window.page())


def test_the_grid_shows_each_with_its_state(desk, window, page, anna, qtbot) -> None:
    agreed(desk, anna, WEB)
    ref = reference(desk, anna, title="Annas ord")
    desk.run(publish_media, ref=ref, channel=WEB)
    reference(desk, anna, title="Annas andra")
    qtbot.waitUntil(lambda: len(page.tiles) == 2)
    assert [tile.accessibleName() for tile in page.tiles] == [
        "Annas andra, Text, Anna Ek, May be shown",
        "Annas ord, Text, Anna Ek, Published",
    ]
    assert nameless(page) == []
    page.grab()
    page.chips.buttons["shown"].click()
    assert [tile.row.title for tile in page.tiles] == ["Annas ord"]
    click(qtbot, page.tiles[0])
    assert opened_page(window, qtbot).heading.title.text() == "Annas ord"


def test_it_is_saved_for_the_place_that_is_chosen(desk, window, anna, qtbot, tmp_path) -> None:
    agreed(desk, anna, WEB, INSTAGRAM)
    ref = reference(desk, anna)
    window.open_page("picture", ref=ref)
    one = opened_page(window, qtbot)
    click(qtbot, one.save_button)
    form = dialog(qtbot, window, PlaceForm)
    assert nameless(form) == []
    assert form.place.values() == ("", WEB, INSTAGRAM)
    click(qtbot, form.verb_button)
    assert "Choose where it is to be published." in said(form)
    form.place.set_value(INSTAGRAM)
    ask.next_answer(tmp_path / "ut.txt")
    click(qtbot, form.verb_button)
    qtbot.waitUntil((tmp_path / "ut.txt").exists)
    assert window.operations.wait()


def test_one_place_is_not_asked_for(desk, window, anna, qtbot, tmp_path) -> None:
    agreed(desk, anna, WEB)
    window.open_page("picture", ref=reference(desk, anna))
    ask.next_answer(tmp_path / "ut.txt")
    click(qtbot, opened_page(window, qtbot).save_button)
    qtbot.waitUntil((tmp_path / "ut.txt").exists)
    assert window.operations.wait()


def test_somebody_else_in_it_has_a_say(desk, window, page, anna, qtbot) -> None:
    agreed(desk, anna, WEB)
    ref = reference(desk, anna)
    bo = person(desk, "Bo Alm")
    window.open_page("picture", ref=ref)
    one = opened_page(window, qtbot)
    assert one.publish_button.isEnabled()
    click(qtbot, one.add_button)
    form = dialog(qtbot, window, SomebodyForm)
    form.person.show_entered(bo)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Bo Alm" in said(one))
    assert not one.publish_button.isEnabled()
    assert desk.ask(show_media, ref=ref).row.allowed == ()


def test_it_is_saved_to_publish_it_and_removed(page, anna, qtbot, tmp_path) -> None:
    window, desk = page.context.window, page.context.desk
    agreed(desk, anna, WEB)
    window.open_page("picture", ref=reference(desk, anna))
    one = opened_page(window, qtbot)
    ask.next_answer(tmp_path / "ord.txt")
    click(qtbot, one.save_button)
    qtbot.waitUntil((tmp_path / "ord.txt").exists)
    assert window.operations.wait()
    click(qtbot, one.remove_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), PicturesPage))
    assert desk.ask(list_media).total == 0


@pytest.mark.parametrize("kind", ["media_person", "media_published"])
def test_a_form_about_a_picture_is_opened_again(desk, window, anna, kind) -> None:
    agreed(desk, anna, WEB)
    reopen(window.context, f"{kind}:{reference(desk, anna)}", None)
    (form,) = window.findChildren(FormDialog)
    assert form.isVisible()
    assert form.findChild(DraftKeeper).form.startswith(kind)
    form.reject()
