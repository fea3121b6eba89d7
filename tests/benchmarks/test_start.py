"""How soon the password can be typed, and how soon the register is open, beside what must be."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from tests.builders import CAFE, PASSWORD

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TIMES = 5
TIMES_A_BARE_WINDOW = 4.0
SECONDS_BESIDE_THE_PASSWORD = 1.0

# Each tells the seconds since its process began, when its first window is painted.
_CLOCK = """
import os, sys, time
def age():
    if os.path.exists("/proc/self/stat"):
        ticks = int(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19])
        up = float(open("/proc/uptime").read().split()[0])
        return up - ticks / os.sysconf("SC_CLK_TCK")
    return time.process_time()
"""
_BARE = (
    _CLOCK
    + """
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLineEdit())
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print(age())
"""
)
_OURS = (
    _CLOCK
    + """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.program import Program
from gdprdesk_ui.theme import Theme
app = QApplication([])
program = Program(app, Theme(app), Preferences())
program.start(Path(sys.argv[1]))
app.processEvents()
program.window.grab()
assert "sqlalchemy" not in sys.modules
print(age())
"""
)
_UNLOCK = """
import json, sys, time
from pathlib import Path
from nacl.pwhash import argon2id
folder, password = Path(sys.argv[1]), sys.argv[2]
slot = json.loads((folder / "keys.json").read_text())["slots"]["owner"]
begun = time.perf_counter()
argon2id.kdf(32, password.encode(), bytes(16), slot["rounds"], slot["memory"])
bare = time.perf_counter() - begun
from gdprdesk.door import Door
Door().prepare()  # the window does it while the password is typed
begun = time.perf_counter()
desk = Door().unlock(folder, staff="owner", password=password)
ours = time.perf_counter() - begun
desk.lock()
print(json.dumps([ours, bare]))
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A register whose password costs what it costs in real life."""
    folder = tmp_path_factory.mktemp("start") / "Kafé Lind.gdprdesk"
    desk, _recovery = Desk.create(folder, business=CAFE, password=PASSWORD)
    desk.lock()
    return folder


def run(code: str, *arguments: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "ui")]),
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(  # noqa: S603
        command, env=environment, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout


def test_the_unlock_window_comes_little_later_than_a_bare_one(register, record_property) -> None:
    bare, ours = [], []
    for _time in range(TIMES):  # in turn, so that both have the same minute
        bare.append(float(run(_BARE)))
        ours.append(float(run(_OURS, str(register))))
    record_property("unlock_window_seconds", statistics.median(ours))
    record_property("bare_window_seconds", statistics.median(bare))
    assert statistics.median(ours) < TIMES_A_BARE_WINDOW * statistics.median(bare)


def test_unlocking_takes_little_more_than_the_password_must(register, record_property) -> None:
    measured = [json.loads(run(_UNLOCK, str(register), PASSWORD)) for _time in range(TIMES)]
    ours, bare = (statistics.median(column) for column in zip(*measured, strict=True))
    record_property("unlock_seconds", ours)
    record_property("argon2id_seconds", bare)
    assert ours < bare + SECONDS_BESIDE_THE_PASSWORD
