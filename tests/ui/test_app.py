"""The program as a process of its own: what it opens with, and what it does with mistakes."""

import faulthandler
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from sqlalchemy.exc import IntegrityError

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import InUseError
from gdprdesk.door import Door
from gdprdesk.i18n import current_language, use_language
from gdprdesk.settings import FILE, Settings
from gdprdesk_ui import ask
from gdprdesk_ui.crash import CrashTeller, technical
from gdprdesk_ui.main_window import MainWindow
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.program import Program
from gdprdesk_ui.start.onboarding import Onboarding
from gdprdesk_ui.start.unlock import UnlockPage
from gdprdesk_ui.theme import Scheme
from tests.builders import CAFE, CHEAP, PASSWORD

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def register(tmp_path):
    folder = tmp_path / "Kafé Lind.gdprdesk"
    desk, _recovery = Desk.create(folder, business=CAFE, password=PASSWORD, limits=CHEAP)
    desk.lock()
    return folder


@pytest.fixture
def start(qapp, theme):
    made = []

    def started(
        preferences: Preferences | None = None, register: Path | None = None, password: str = ""
    ) -> Program:
        program = Program(qapp, theme, preferences or Preferences(), Door(limits=CHEAP))
        made.append(program)
        program.start(register, password=password)
        return program

    yield started
    for program in made:
        theme.changed.disconnect(program._keep_look)
        assert program.window is not None
        program.window.close()
    use_language("en")


def run_program(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "ui")]),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
    }
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "gdprdesk_ui", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_it_shows_every_page_by_itself(tmp_path) -> None:
    done = run_program("--self-test", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("window ok, ")
    assert len(done.stdout.splitlines()) == 1
    assert not list(tmp_path.rglob("*.gdprdesk"))


def test_the_unlock_window_needs_no_database() -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'ui')!r}]\n"
        "import gdprdesk_ui.app\n"
        "print({'sqlalchemy', 'sqlcipher3', 'reportlab', 'babel'} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "set()"


def test_the_first_start_of_all_is_onboarding(start) -> None:
    program = start()
    assert isinstance(program.window.page(), Onboarding)


def test_the_register_opened_last_comes_first(start, register, tmp_path) -> None:
    recent = (register, tmp_path / "Other.gdprdesk")
    program = start(Preferences(Settings(recent=recent)))
    assert isinstance(program.window.page(), UnlockPage)
    assert program.window.page().folder == register


def test_a_register_that_was_given_comes_before_it(start, register, tmp_path) -> None:
    other = Preferences(Settings(recent=(tmp_path / "Other.gdprdesk",)))
    assert start(other, register).window.page().folder == register


def test_a_password_known_already_opens_at_once_and_is_remembered_nowhere(
    start, register, tmp_path, qtbot
) -> None:
    preferences = Preferences(folder=tmp_path)
    program = start(preferences, register, password=PASSWORD)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    assert preferences.settings.recent == (register,)
    kept = (tmp_path / FILE).read_text("utf-8")
    assert json.loads(kept)["recent"] == [str(register)]
    assert PASSWORD not in kept


def test_unlocking_leads_to_the_window_and_closing_it_locks(start, register, qtbot) -> None:
    program = start(None, register)
    page = program.window.page()
    qtbot.keyClicks(page.password.edit, PASSWORD)
    qtbot.keyClick(page.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    program.window.close()
    Desk.unlock(register, password=PASSWORD, limits=CHEAP).lock()


def test_the_look_is_as_it_was_and_is_kept_when_it_changes(start, theme) -> None:
    program = start(Preferences(Settings(text_size=125, high_contrast=True)))
    assert theme.text_scale == 1.25
    theme.enlarge(+1)
    theme.use(scheme=Scheme.DARK)
    kept = program.preferences.settings
    assert (kept.text_size, kept.scheme, kept.high_contrast) == (150, "dark", True)


def test_another_language_is_spoken_at_once_and_nothing_is_locked(start, register, qtbot) -> None:
    program = start(None, register, password=PASSWORD)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    before = program.window
    desk = before.context.desk
    program.preferences.change(language="sv")
    assert current_language() == "sv"
    assert program.window is not before
    assert program.window.context.desk is desk
    assert not before.isVisible()
    with pytest.raises(InUseError):
        Desk.unlock(register, password=PASSWORD, limits=CHEAP)


def _raise(words: str) -> None:
    raise KeyError(words)


def test_the_details_of_a_mistake_name_nobody() -> None:
    try:
        _raise("Karin Holm")
    except KeyError as error:
        said = technical(error)
    assert "Karin" not in said
    assert "KeyError" in said
    assert "test_app.py" in said
    assert str(ROOT) not in said


def _throw(error: Exception, cause: Exception | None) -> None:
    raise error from cause


def _fail_as(error: Exception, cause: Exception | None = None) -> str:
    try:
        _throw(error, cause)
    except Exception as caught:  # noqa: BLE001
        return technical(caught)
    return ""


def _with_note() -> ValueError:
    made = ValueError("Karin Holm")
    made.add_note("070-174 06 05 of Karin Holm")
    return made


@pytest.mark.parametrize(
    "said",
    [
        lambda: _fail_as(_with_note()),
        lambda: _fail_as(RuntimeError(), KeyError("Karin Holm")),
        lambda: _fail_as(ExceptionGroup("Karin Holm", [ValueError("Karin Holm")])),
        lambda: _fail_as(UnicodeDecodeError("utf-8", b"Karin Holm", 0, 1, "Karin")),
        lambda: _fail_as(OSError(2, "Karin Holm", "Karin Holm.pdf")),
        lambda: _fail_as(IntegrityError("INSERT", {"name": "Karin Holm"}, KeyError("Karin Holm"))),
    ],
)
def test_whatever_an_error_carries_it_is_not_told(said) -> None:
    told = said()
    assert "Karin" not in told
    assert "070" not in told
    assert "test_app.py" in told


class _Failing:
    def __del__(self) -> None:
        raise KeyError("Karin Holm")


def test_nothing_is_written_to_the_terminal_either(qapp, qtbot, monkeypatch, capfd) -> None:
    """A desktop writes to a file what a program says there."""
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(faulthandler, "enable", lambda: None)  # it writes where, never what
    CrashTeller(qapp).install()
    with ask.hearing_errors() as told:
        for place in range(2):
            _Failing()
            qtbot.waitUntil(lambda count=place + 1: len(told) == count)
        QTimer.singleShot(0, lambda: _raise("Karin Holm"))
        qtbot.waitUntil(lambda: len(told) == 3)
    assert "Karin" not in "".join([*told, *capfd.readouterr()])


def test_errors_nobody_caught_are_told_on_whatever_thread(qapp, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "stderr", None)  # as in a program without a terminal
    teller = CrashTeller(qapp)
    teller.install()
    with ask.hearing_errors() as told:
        sys.excepthook(KeyError, KeyError("Karin"), None)
        assert told == []  # not before the window is done with what it does
        qtbot.waitUntil(lambda: len(told) == 1)
        worker = threading.Thread(target=_raise, args=("Karin",))
        worker.start()
        worker.join()
        qtbot.waitUntil(lambda: len(told) == 2)
    assert "Karin" not in "".join(told)


def test_a_setting_that_cannot_be_kept_is_used_all_the_same(tmp_path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    preferences = Preferences(folder=in_the_way)
    preferences.change(text_size=125)
    assert preferences.settings.text_size == 125


def test_forgetting_a_register_leaves_the_others(tmp_path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    preferences = Preferences(Settings(recent=(one, two)))
    preferences.forget(one)
    assert preferences.settings.recent == (two,)


def test_a_damaged_page_is_told_at_once(start, register, qtbot) -> None:
    file = register / "register.db"
    content = bytearray(file.read_bytes())
    content[-2_000] ^= 1
    file.write_bytes(content)
    with ask.hearing_errors() as told:
        program = start(register=register, password=PASSWORD)
        qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
        qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "damaged" in told[0]


def test_settings_are_none_of_the_destinations(start, register, qtbot) -> None:
    program = start(register=register, password=PASSWORD)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    program.window.open_page("settings")
    assert not any(one.isChecked() for one in program.window.sidebar.buttons.values())
    program.window.open_page("people")
    assert program.window.sidebar.buttons["people"].isChecked()
