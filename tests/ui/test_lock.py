"""Locking is unconditional: it keeps drafts, asks nothing, and leaves nothing in memory."""

import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget  # noqa: TID251

from gdprdesk.desk import Desk
from gdprdesk.door import Door
from gdprdesk.services.notes import load_draft
from gdprdesk_ui.clipboard import copy_guarded
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.order_form import OrderForm, change_order, new_order
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.process import command_line, replace_process
from gdprdesk_ui.program import Program
from gdprdesk_ui.system_lock import Away
from tests.builders import CHEAP, PASSWORD, order, person
from tests.ui.windows import dialog, press


@pytest.fixture
def replaced():
    return []


@pytest.fixture
def program(qapp, theme, replaced, desk):
    made = Program(
        qapp, theme, Preferences(), Door(limits=CHEAP), lambda given: replaced.append(list(given))
    )
    yield made
    if made.window is not None:
        made.window.close()
    theme.changed.disconnect(made._keep_look)


@pytest.fixture
def window(program, desk):
    return program.show_desk(desk)


def test_the_register_is_closed_and_a_new_process_asks_for_the_password(
    window, desk, replaced
) -> None:
    window.lock()
    assert [one[:3] for one in replaced] == [["--locked", "", str(desk.folder)]]
    assert not window.isVisible()
    Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP).lock()


def test_nobody_there_locks_with_the_reason(program, desk, replaced) -> None:
    program.preferences.change(lock_after_minutes=2)
    window = program.show_desk(desk)
    window.idle._last -= timedelta(minutes=3)
    window.idle.tick()
    assert [one[:3] for one in replaced] == [
        ["--locked", "Locked after 2 minutes without use.", str(desk.folder)]
    ]


def test_what_was_typed_just_now_is_there_after_unlocking(window, desk, qtbot) -> None:
    form = QDialog(window)
    edit = QLineEdit(form)
    keeper = DraftKeeper(window.context, "person", lambda: {"name": edit.text()}, form)
    edit.textEdited.connect(lambda _text: keeper.touch())
    qtbot.keyClicks(edit, "Karin")
    window.lock()
    again = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP)
    assert again.ask(load_draft, form="person", subject_ref=None) == {"name": "Karin"}
    again.lock()


def test_work_under_way_is_stopped_and_an_open_form_does_not_hinder(
    window, desk, replaced, qtbot
) -> None:
    form = QDialog(window)
    form.open()

    def work(progress):
        while True:
            progress.step(1, 2)

    operation = window.context.perform(work)
    with qtbot.waitSignal(operation.finished):
        window.lock()
    assert len(replaced) == 1
    assert not form.isVisible()


def test_work_that_does_not_stop_holds_nothing_up(window, desk, replaced) -> None:
    """It ends with the process; what it had not finished is not in the register."""
    go_on = threading.Event()

    def work(_progress):
        person(desk, "Karin Holm")
        go_on.wait()

    window.context.perform(work)
    try:
        window.lock()
        assert len(replaced) == 1
    finally:
        go_on.set()
        assert window.operations.wait()


def test_ctrl_l_locks_from_a_form_too(window, replaced, qtbot) -> None:
    form = new_order(window.context, lambda _ref: None)
    assert dialog(qtbot, window, OrderForm) is form
    press(qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert len(replaced) == 1
    assert not form.isVisible()


def test_what_goes_wrong_does_not_keep_it_open(
    program, window, desk, replaced, monkeypatch
) -> None:
    def fail() -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(window.operations, "stop", fail)
    with pytest.raises(OSError, match="gone"):
        program.lock()
    assert len(replaced) == 1  # in real life this process has ended here


def test_closing_the_window_locks_without_asking_and_keeps_its_place(
    program, window, desk, replaced
) -> None:
    window.resize(1100, 720)
    window.close()
    assert replaced == []
    assert program.preferences.settings.window
    Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP).lock()


def test_the_new_process_is_the_same_program(monkeypatch) -> None:
    assert command_line(["--locked", "", "x"])[1:] == [
        "-P", "-m", "gdprdesk_ui", "--locked", "", "x",
    ]  # fmt: skip
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_line(["x"]) == [sys.executable, "x"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts another process")
def test_the_process_is_replaced_for_good() -> None:
    """The new program has the number of the old one, so that nothing of that is left."""
    code = (
        "import os, sys; sys.path[:0] = ['.', 'ui']\n"
        "from gdprdesk_ui import process\n"
        "print(os.getpid(), flush=True)\n"
        "show = 'import os, sys; print(os.getpid(), sys.argv[1:])'\n"
        "process.command_line = lambda given: [sys.executable, '-c', show, *given]\n"
        "process.replace_process(['--locked', 'after 5 minutes', 'Kafé Lind'])\n"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    before, after = done.stdout.splitlines()
    assert after == f"{before} {['--locked', 'after 5 minutes', 'Kafé Lind']}"


def test_the_lock_of_the_screen_locks_the_register(program, desk, window, replaced) -> None:
    program._system_lock.away.emit(Away.SCREEN)
    assert [one[:3] for one in replaced] == [
        ["--locked", "Locked together with the screen of the computer.", str(desk.folder)]
    ]


def test_a_guarded_value_is_taken_off_the_clipboard(window, replaced) -> None:
    copy_guarded("19850101-2384")
    window.lock()
    assert QApplication.clipboard().text() == ""
    assert len(replaced) == 1


def test_every_window_is_hidden_whatever_it_is_for(window, replaced, show) -> None:
    for_the_customer = show(QWidget())
    asked = QMessageBox(window)
    asked.open()
    window.lock()
    assert len(replaced) == 1
    assert not for_the_customer.isVisible()
    assert not asked.isVisible()


def test_no_title_of_a_window_names_anybody(window, desk, qtbot) -> None:
    """A title is seen in the task bar, when windows are switched and in a shared screen."""
    karin = person(desk, "Karin Holm")
    window.open_page("person", subject_ref=karin)
    edit_order = change_order(window.context, order(desk, karin))
    window.open_page("erase", subject_ref=karin)
    titles = [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert sorted({*titles}) == ["GDPR Desk", "Kafé Lind \N{EN DASH} GDPR Desk"]
    assert edit_order.accessibleName().startswith("Change order")
    edit_order.reject()


def test_no_password_of_a_command_is_left_to_the_next_process(monkeypatch) -> None:
    monkeypatch.setenv("GDPRDESK_PASSWORD", PASSWORD)
    monkeypatch.setattr(os, "execv", lambda *_command: None)
    monkeypatch.setattr(subprocess, "Popen", lambda *_command, **_more: None)
    monkeypatch.setattr(os, "_exit", lambda _code: None)
    replace_process([])
    assert "GDPRDESK_PASSWORD" not in os.environ
