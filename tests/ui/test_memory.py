"""The locked program, read from outside: nothing of what it knew is in its memory.

The real program runs in a process of its own, shows people and a half-written form, and locks.
Linux lets the administrator read all of a process: it is searched before, to know that the
search finds what is there, and after.
"""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.services.notes import add_note, load_draft
from gdprdesk.services.onboarding import Business
from tests.builders import order, person

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "grävling under kastanjen 47"  # noqa: S105
NAME, PHONE, NOTE, CAKE = "Quirina Zackrisdotter", "070-174 06 05", "Zimtallergi", "Zuccottoform"
TYPED = "Xantippahalvskriven"
PATIENCE = 120.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0,
        reason="only the administrator of a Linux computer reads another program's memory",
    ),
]

DRIVE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui.app import main
from gdprdesk_ui.dialogs.person_form import new_person
from gdprdesk_ui.main_window import MainWindow

def drive():
    windows = [one for one in app.topLevelWidgets() if isinstance(one, MainWindow)]
    if not windows:
        return
    timer.stop()
    window = windows[0]
    someone = window.context.desk.ask(list_subjects).rows[0]
    for key, more in {"people": {}, "orders": {}, "person": {"subject_ref": someone.ref}}.items():
        window.open_page(key, **more)
        app.processEvents()
        window.grab()
    form = new_person(window.context)
    form.name.setText(sys.stdin.readline().strip())
    form._touch()
    form.grab()
    print("shown", flush=True)
    sys.stdin.readline()
    window.lock()

app = QApplication([])
timer = QTimer(interval=50)
timer.timeout.connect(drive)
timer.start()
main([], register=Path(sys.argv[1]), password=sys.stdin.readline().strip())
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register as it is in use, with the true price of a password."""
    folder = tmp_path / "Test.gdprdesk"
    desk, _recovery = Desk.create(folder, business=Business(name="Kafé"), password=PASSWORD)
    someone = person(desk, NAME, phone=PHONE)
    order(desk, someone, what=CAKE)
    desk.run(add_note, subject_ref=someone, text=NOTE)
    desk.lock()
    return folder


def keys_of(folder: Path) -> dict[str, bytes]:
    """Return every key of a register, as it lies in the memory of a program that has it open."""
    desk = Desk.unlock(folder, password=PASSWORD)
    found: dict[str, bytes] = {}
    known = dict(vars(desk._vault))
    for name, value in [*known.items()]:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            known |= {f"{name}.{one.name}": getattr(value, one.name)
                      for one in dataclasses.fields(value)}  # fmt: skip
    for name, value in known.items():
        if isinstance(value, bytes) and len(value) == 32:
            found[name], found[f"{name} as hex"] = value, value.hex().encode()
    desk.lock()
    assert {"keys.vault", "keys.journal", "audit_key"} <= set(found)
    return found


def as_kept(words: str) -> dict[str, bytes]:
    """Return words as Python, the database and Qt keep them."""
    return {f"{words} in {code}": words.encode(code) for code in ("utf-8", "latin-1", "utf-16-le")}


def memory(process: int) -> Iterator[bytes]:
    """Yield every part of the memory of a process that can be read."""
    maps = Path(f"/proc/{process}/maps").read_text("utf-8").splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as held:
        for line in maps:
            area = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if area is None or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(one, 16) for one in area.groups())
            held.seek(start)
            try:
                yield held.read(end - start)
            except OSError:  # what Linux lends to a device, or was just given back
                continue


def found_in(process: int, wanted: dict[str, bytes]) -> set[str]:
    """Return what of this the memory holds."""
    return {name for part in memory(process) for name, pattern in wanted.items() if pattern in part}


def wait_until_it_asks_for_the_password(process: int) -> None:
    """Wait until the new program, in the place of the old one, has read the keys of the register.

    It has then built its window.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        started = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        if b"--locked" in started and found_in(process, {"sentence": b"Open another register"}):
            return
    pytest.fail("the program did not lock")


def test_nothing_is_left_in_the_memory_of_the_locked_program(register, tmp_path) -> None:
    wanted = keys_of(register)
    for words in (PASSWORD, NAME, PHONE, NOTE, CAKE, TYPED):
        wanted |= as_kept(words)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "ui")]),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path),
        "LANG": "C.UTF-8",
    }
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", DRIVE, str(register)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            program.stdin.write(f"{PASSWORD}\n{TYPED}\n")
            program.stdin.flush()
            assert program.stdout.readline() == "shown\n"
            before = found_in(program.pid, wanted)
            program.stdin.write("lock\n")
            program.stdin.flush()
            wait_until_it_asks_for_the_password(program.pid)
            after = found_in(program.pid, wanted)
        finally:
            program.kill()
    assert after == set()
    assert {f"{one} in utf-8" for one in (NAME, NOTE, CAKE)} <= before
    assert {"keys.vault", f"{TYPED} in utf-16-le"} <= before
    again = Desk.unlock(register, password=PASSWORD)
    assert again.ask(load_draft, form="person")["name"] == TYPED
    again.lock()
