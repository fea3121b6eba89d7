"""The real window on a register of a test, and what is done with it."""

from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded
from gdprdesk_ui.main_window import Identity, MainWindow
from gdprdesk_ui.pages import PAGES
from gdprdesk_ui.pages.finder import find


@contextmanager
def opened(desk, theme, show, clock):
    """Show the window with all its pages; its dialogs go with it."""
    window = MainWindow(
        desk,
        pages=PAGES,
        identity=Identity("Kafé Lind", "Maja Lind", "Owner"),
        theme=theme,
        find=find,
        clock=clock,
    )
    show(window)
    yield window
    while window.operations._running:  # a form takes its answer before it goes
        assert window.operations.wait()
        QApplication.processEvents()
    for form in window.findChildren(QDialog):
        form.reject()
    assert window.operations.wait()
    if window.isVisible():
        window.close()


def dialog(qtbot, window, kind):
    """Return the dialog of a kind that is shown over the window, once it has the focus."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    found = next(one for one in window.findChildren(kind) if one.isVisible())
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def save_as(qtbot, window, to, *, password="") -> None:
    """Answer the dialog of a file that is to be saved, which says what it is for and is guarded."""
    form = dialog(qtbot, window, SaveGuarded)
    form.guard.protect.setChecked(bool(password))
    for field in (form.guard.password, form.guard.repeat):
        field.edit.setText(password)
    ask.next_answer(to)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(to.exists)


def write(edit, words: str) -> None:
    """Type words letter by letter, which may be of any alphabet."""
    edit.setFocus()
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def click(qtbot, button) -> None:
    """Click a button once it is there: one made just now is shown with the next event."""
    qtbot.waitUntil(lambda: button.isEnabled() and button.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def click_once_shown(qtbot, find) -> None:
    """Click a button that a page makes anew after a change, as soon as it can be pressed."""
    found: list[QAbstractButton] = []

    def is_there():
        found[:] = [find()]
        return found[0].isEnabled() and found[0].isVisible()

    qtbot.waitUntil(is_there)
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def has_focus(widget) -> bool:
    return QApplication.focusWidget() is widget


def press(qtbot, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, key, held)
