"""The quiet strip under what is written of somebody, and the settings behind it."""

import pytest
from PySide6.QtCore import Qt

from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.quiet_words import list_own_words, set_own_words
from gdprdesk_ui.dialogs.quiet_warning import QuietStrip
from gdprdesk_ui.pages.settings.working_day import WorkingDayCard
from gdprdesk_ui.widgets import TextArea, column, holder
from tests.ui.accessibility import nameless


@pytest.fixture
def noted(context, show):
    note, strip = TextArea(), QuietStrip(context)
    strip.watch(note)
    whole = show(holder(column(note, strip)))
    whole.note, whole.strip = note, strip
    return whole


def test_a_word_is_asked_about_while_it_is_typed_and_forgotten_with_it(noted, qtbot) -> None:
    assert noted.strip.isHidden()
    qtbot.keyClicks(noted.note, "Hun er gravid")
    qtbot.waitUntil(lambda: not noted.strip.isHidden())
    assert "“gravid”" in noted.strip.words.text()
    noted.note.setPlainText("Ringer i morgen")
    qtbot.waitUntil(noted.strip.isHidden)


def test_it_is_painted(noted, every_look) -> None:
    noted.note.setPlainText("gravid, muslim, allergisk")
    noted.strip.look()
    assert len(noted.strip.warnings) == 3
    noted.grab()


def test_rooms_and_words_are_written_in_the_settings(context, desk, show, qtbot) -> None:
    desk.run(set_own_words, words=("sur",))
    card = show(WorkingDayCard(context))
    card.refresh()
    assert card.words.toPlainText() == "sur"
    card.rooms.setPlainText("Rum 1\n\nRum 2")
    qtbot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.ask(show_organisation).rooms == ("Rum 1", "Rum 2"))
    assert desk.ask(list_own_words) == ("sur",)
    assert nameless(card) == []


def test_a_room_that_is_a_whole_text_is_refused_under_the_fields(context, show, qtbot) -> None:
    card = show(WorkingDayCard(context))
    card.refresh()
    card.rooms.setPlainText("x" * 61)
    qtbot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(card.problem.isVisible)
    assert "at most 60 letters" in card.problem.text()
