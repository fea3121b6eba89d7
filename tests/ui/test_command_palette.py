import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.widgets.command_palette import CommandPalette
from gdprdesk_ui.widgets.layout import column
from tests.ui.accessibility import nameless


@pytest.fixture
def done():
    return []


@pytest.fixture
def palette(theme, show, done):
    def find(words: str) -> list[Section]:
        def entry(title: str) -> Entry:
            return Entry(title, "More", icon="users", key=lambda: done.append(title))

        people = [name for name in ("Karin Holm", "Karin Wester") if words.lower() in name.lower()]
        return [
            Section("People", tuple(map(entry, people))),
            Section("Do", (entry("New order"),) if people else ()),
        ]

    over, field = QWidget(), QLineEdit()
    over.setLayout(column(field, None))
    over.resize(1000, 700)
    made = CommandPalette(over, find)
    show(over)
    field.setFocus()
    made.open()
    return made


def search(palette, qtbot, words: str) -> None:
    with qtbot.waitSignal(palette.field.searched):
        qtbot.keyClicks(palette.field, words)


def test_typing_and_enter_does_the_first_hit(palette, qtbot, done) -> None:
    search(palette, qtbot, "karin h")
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["Karin Holm"]
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert QApplication.focusWidget() is not palette.field


def test_arrows_and_tab_move_the_choice_over_headings(palette, qtbot, done) -> None:
    search(palette, qtbot, "karin")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab):
        qtbot.keyClick(palette.field, key)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["New order"]


def test_no_hits_are_said(palette, qtbot, done) -> None:
    search(palette, qtbot, "zlatan")
    assert palette.nothing.isVisible()
    assert "zlatan" in palette.nothing.text()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == []


def test_escape_clears_and_then_leaves(palette, qtbot) -> None:
    search(palette, qtbot, "karin")
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isVisible()
    assert palette.field.text() == ""
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Escape)


def test_a_click_beside_it_leaves(palette, qtbot) -> None:
    with qtbot.waitSignal(palette.closed):
        qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())


def test_it_covers_its_parent_and_is_painted(palette, every_look) -> None:
    palette.parentWidget().resize(1100, 800)
    assert palette.size() == palette.parentWidget().size()
    assert not palette.grab().isNull()
    assert nameless(palette) == []
