import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gdprdesk.domain.errors import NotFoundError
from gdprdesk.services.subjects import register_subject
from gdprdesk.settings import Settings
from gdprdesk_ui import ask
from gdprdesk_ui.main_window import Identity, MainWindow
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.pages.page import Breadth, Command, Page, PageSpec
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.theme import Scheme
from gdprdesk_ui.widgets import Button, column
from tests.ui.accessibility import nameless


class NotePage(Page):
    """Remembers what the window does with it."""

    def __init__(self, context) -> None:
        super().__init__(context)
        self.seen: list[object] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("Note")
        self.setLayout(column(self.field, Button("Save", "primary"), None))

    def arrive(self, **arguments: Any) -> None:
        if arguments.get("ref") == "gone":
            raise NotFoundError("This person is not in the register any more.")
        self.seen.append(arguments)

    def refresh(self) -> None:
        self.seen.append("refreshed")

    def commands(self):
        return {Command.NEW: lambda: self.seen.append("new"), Command.FIND: self.field.setFocus}

    def first_focus(self):
        return self.field


class StillPage(NotePage):
    """Shows nothing that changes, and cannot do anything."""

    scrolls = False
    changed_kinds = frozenset()

    def commands(self):
        return {}


PAGES = (
    PageSpec("today", "Today", "sun", NotePage),
    PageSpec("people", "People", "users", NotePage),
    PageSpec("register", "Register", "book-open", StillPage, group="Data protection"),
    PageSpec("person", "Person", "user", NotePage, under="people"),
)


@pytest.fixture
def window(desk, theme, show, clock):
    def find(_context, words: str):
        hit = Entry(words, key=lambda: made.open_page("person", ref=words))
        return [Section("People", (hit,))] if words else []

    made = MainWindow(
        desk,
        pages=PAGES,
        identity=Identity("Kafé Lind", "Maria Lind", "Owner"),
        theme=theme,
        find=find,
        clock=clock,
    )
    show(made)
    yield made
    made.close()


def press(qtbot, key: str) -> None:
    """Press a shortcut where the focus is."""
    keys = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Alt": Qt.KeyboardModifier.AltModifier}
    *held, last = key.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= keys[name]
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, getattr(Qt.Key, f"Key_{last}"), modifiers)


def shown(window):
    return next(key for key, page in window._pages.items() if page is window.page())


def test_it_opens_at_the_first_page_with_the_cursor_where_the_page_wants_it(window) -> None:
    assert shown(window) == "today"
    assert window.page().seen == [{}, "refreshed"]
    assert QApplication.focusWidget() is window.page().field
    assert window.sidebar.buttons["today"].isChecked()


def test_pages_are_made_when_they_are_needed(window) -> None:
    assert set(window._pages) == {"today"}
    window.open_page("people")
    assert set(window._pages) == {"today", "people"}


def test_numbers_go_to_the_places_of_the_navigation(window, qtbot) -> None:
    with qtbot.waitSignal(window.page_shown) as page:
        press(qtbot, "Ctrl+3")
    assert page.args == ["register"]
    qtbot.mouseClick(window.sidebar.buttons["people"], Qt.MouseButton.LeftButton)
    assert shown(window) == "people"


def test_a_page_of_a_place_marks_that_place_and_escape_goes_back(window, qtbot) -> None:
    window.navigate("people")
    window.open_page("person", ref="A1")
    window.open_page("person", ref="B2")
    assert window.page().seen[-2:] == [{"ref": "B2"}, "refreshed"]
    assert window.sidebar.buttons["people"].isChecked()
    press(qtbot, "Escape")
    assert window.page().seen[-2] == {"ref": "A1"}
    press(qtbot, "Alt+Left")
    assert shown(window) == "people"
    press(qtbot, "Escape")
    assert shown(window) == "people"


def test_a_page_without_a_way_back_leads_to_its_place(window) -> None:
    window.navigate("people")
    window.open_page("person", ref="A1")
    window.navigate("person")
    window.go_back()
    assert shown(window) == "people"


def test_what_is_gone_is_said_and_the_page_stays(window) -> None:
    window.open_page("person", ref="gone")
    assert shown(window) == "today"
    assert window.toast.words.text() == "This person is not in the register any more."


def test_shortcuts_do_what_the_page_can_do(window, qtbot) -> None:
    page = window.page()
    press(qtbot, "Ctrl+N")
    assert page.seen[-1] == "new"
    window.sidebar.lock_button.setFocus()
    press(qtbot, "Ctrl+F")
    assert QApplication.focusWidget() is page.field
    window.navigate("register")
    assert not window.menus.lines["New"].isEnabled()
    assert "Settings" not in window.menus.lines


def test_changes_reach_the_page_that_is_shown(window, qtbot, desk) -> None:
    page = window.page()
    before = page.seen.count("refreshed")
    operation = window.context.perform(
        lambda _progress: desk.run(register_subject, name="Karin Holm")
    )
    qtbot.waitUntil(lambda: page.seen.count("refreshed") == before + 1)
    window.navigate("register")
    still = window.page()
    operation = window.context.perform(
        lambda _progress: desk.run(register_subject, name="Eva Lindqvist")
    )
    with qtbot.waitSignal(operation.finished):
        pass
    QApplication.processEvents()
    assert still.seen == [{}, "refreshed"]


def test_the_last_action_is_taken_back_and_named(window, qtbot, desk) -> None:
    with qtbot.waitSignal(window.operations.start(lambda _p: _add(desk)).finished):
        pass
    window.page().field.setFocus()
    press(qtbot, "Ctrl+Z")
    qtbot.waitUntil(lambda: window.toast.words.text().startswith("Undone: "))
    assert desk.undo_label is None
    window.redo()
    qtbot.waitUntil(lambda: window.toast.words.text().startswith("Done again: "))


def _add(desk) -> None:
    desk.run(register_subject, name="Karin Holm")


def test_nothing_to_undo_says_nothing(window) -> None:
    window.undo()
    assert window.toast.isHidden()


def test_a_refusal_is_told_and_what_follows_is_not_done(window, qtbot, desk) -> None:
    done: list[object] = []
    with ask.hearing_errors() as told:
        operation = window.context.perform(
            lambda _progress: desk.run(register_subject, name=" "), done.append
        )
        with qtbot.waitSignal(operation.finished):
            pass
        qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert done == []


def test_a_bug_is_told_without_what_was_in_the_record(window, qtbot) -> None:
    def fail(_progress) -> None:
        raise KeyError("Karin Holm")

    with ask.hearing_errors() as told:
        window.context.perform(fail)
        qtbot.waitUntil(lambda: bool(told))
    assert "Karin" not in told[0]


def test_long_work_shows_a_strip_that_can_be_stopped(window, qtbot) -> None:
    go, button = threading.Event(), Button("Save")
    qtbot.addWidget(button)

    def work(progress) -> None:
        progress.step(1, 4, "Reading")
        go.wait(5)
        progress.step(2, 4)
        raise AssertionError("not reached")

    operation = window.context.perform(work, doing="Working …", button=button)
    qtbot.waitUntil(lambda: window.strip.isVisible() and window.strip.words.text() == "Reading")
    assert not button.isEnabled()
    assert window.strip.bar.maximum() == 4
    qtbot.mouseClick(window.strip.cancel_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(operation.finished), qtbot.assertNotEmitted(operation.crashed):
        go.set()
    qtbot.waitUntil(lambda: window.strip.isHidden() and button.isEnabled())


def test_searching_finds_people_and_places(window, qtbot) -> None:
    press(qtbot, "Ctrl+K")
    palette = window.palette_overlay
    assert palette.isVisible()
    with qtbot.waitSignal(palette.field.searched):
        qtbot.keyClicks(palette.field, "regis")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown(window) == "register"
    window.search()
    with qtbot.waitSignal(palette.field.searched):
        qtbot.keyClicks(palette.field, "karin")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.page().seen[-2] == {"ref": "karin"}


@pytest.mark.parametrize(
    ("width", "scale", "breadth"),
    [
        (1180, 1.0, Breadth.FULL),
        (1179, 1.0, Breadth.COMPACT),
        (1280, 1.25, Breadth.COMPACT),
        (1280, 1.5, Breadth.NARROW),
        (1770, 1.5, Breadth.FULL),
    ],
)
def test_the_sidebar_is_a_rail_where_there_is_little_room(
    window, theme, width, scale, breadth
) -> None:
    window.resize(width, 700)
    theme.use(text_scale=scale)
    assert window.sidebar.is_rail() == (breadth is not Breadth.FULL)
    assert window.page().breadth is breadth
    assert window.width() == width


def test_the_smallest_window_holds_the_largest_text(window, theme) -> None:
    theme.use(text_scale=1.5)
    window.resize(960, 640)
    assert (window.width(), window.height()) == (960, 640)


def test_keys_change_the_text_size(window, qtbot, theme) -> None:
    press(qtbot, "Ctrl+Plus")
    assert theme.text_scale == 1.25
    press(qtbot, "Ctrl+Minus")
    assert theme.text_scale == 1.0
    press(qtbot, "Ctrl+Plus")
    press(qtbot, "Ctrl+0")
    assert theme.text_scale == 1.0


def test_a_scheme_is_chosen_in_the_menu(window, theme) -> None:
    window.menus.lines["Dark"].trigger()
    assert theme.scheme is Scheme.DARK


def test_alt_shows_the_menus_and_hides_them_again(window, qtbot) -> None:
    field = window.page().field
    press(qtbot, "Alt+Left")  # a shortcut is no wish for the menus
    assert not window.menus.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Alt)
    assert window.menus.isVisible()
    window.menus.toggle()
    assert not window.menus.isVisible()


def test_locking_asks_nothing(window, qtbot) -> None:
    with qtbot.waitSignal(window.lock_requested) as lock:
        press(qtbot, "Ctrl+L")
    assert lock.args == [""]
    with qtbot.waitSignal(window.lock_requested):
        qtbot.mouseClick(window.sidebar.lock_button, Qt.MouseButton.LeftButton)


def test_it_counts_down_quietly_and_then_locks_with_a_reason(window, qtbot, clock) -> None:
    clock.move(minutes=4, seconds=15)
    window.idle.tick()
    assert window.sidebar.countdown.isVisible()
    assert window.sidebar.countdown.text() == "Locks in 45 s"
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert not window.sidebar.countdown.isVisible()
    clock.move(minutes=5)
    with qtbot.waitSignal(window.lock_requested) as lock:
        window.idle.tick()
    assert lock.args == ["Locked after 5 minutes without use."]


def test_a_badge_is_seen_and_heard(window) -> None:
    window.context.set_badge("people", 1)
    assert window.sidebar.buttons["people"].accessibleName() == "People, 1 thing to do"
    window.context.set_badge("people", 5, "warn")
    assert window.sidebar.buttons["people"].accessibleName() == "People, 5 things to do"
    window.context.set_badge("people", 0)
    assert window.sidebar.buttons["people"].accessibleName() == "People"


def test_everything_has_a_name_and_is_painted(window, every_look) -> None:
    window.context.set_badge("people", 38)
    window.sidebar.set_backup("Copied yesterday 21:05")
    window.context.toast("Order 2210 is erased", undoable=True, deletion=True)
    for width in (1280, 960):
        window.resize(width, 700)
        picture = window.grab().toImage()
        assert len({picture.pixel(x, y) for x in range(0, 900, 9) for y in range(0, 640, 8)}) > 10
        assert nameless(window) == []


def test_the_next_window_has_the_same_place(window, desk, theme, show, qtbot) -> None:
    window.resize(960, 720)  # no wider: this screen is small
    with qtbot.waitSignal(window.closing) as closing:
        window.close()
    again = MainWindow(
        desk,
        pages=PAGES,
        identity=Identity("Kafé Lind", "Maria Lind", "Owner"),
        theme=theme,
        preferences=Preferences(Settings(window=closing.args[0].toBase64().toStdString())),
    )
    show(again)
    assert (again.width(), again.height()) == (960, 720)
    again.close()
