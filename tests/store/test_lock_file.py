"""One program at a time has a register; a crash locks nobody out."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.domain.errors import InUseError
from gdprdesk.store.lock_file import LockFile
from gdprdesk.store.vault import Vault
from tests.builders import CHEAP

HOLD = (
    "import sys; from pathlib import Path\n"
    "from gdprdesk.store.lock_file import LockFile\n"
    "held = LockFile(Path(sys.argv[1]), 'Karin')\n"
    "print('held', flush=True)\n"
    "sys.stdin.readline()\n"
    "if sys.argv[2] == 'release': held.release()"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


class Holder:
    """Another program that has the register open."""

    def __init__(self, folder: Path, ending: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", HOLD, str(folder), ending],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "held\n"

    def end(self) -> None:
        if self.process.returncode is None:
            self.process.communicate("\n")


@pytest.fixture
def holder(folder: Path) -> Iterator[Holder]:
    other = Holder(folder, "release")
    yield other
    other.end()


def text_of(folder: Path) -> dict[str, Any]:
    text: dict[str, Any] = json.loads((folder / "lock").read_text())
    return text


def test_a_second_program_is_refused_and_told_who_and_since_when(
    folder: Path, holder: Holder
) -> None:
    with pytest.raises(InUseError, match="another window on this computer: Karin, since") as said:
        LockFile(folder, "owner")
    assert text_of(folder)["since"][:4] in str(said.value)
    assert text_of(folder)["process"] == holder.process.pid


def test_it_opens_again_when_the_other_program_has_closed_it(folder: Path, holder: Holder) -> None:
    holder.end()
    assert not (folder / "lock").exists()
    LockFile(folder, "owner").release()
    assert not (folder / "lock").exists()


def test_it_opens_again_when_the_other_program_has_crashed(folder: Path) -> None:
    crashed = Holder(folder, "release")
    crashed.process.kill()
    crashed.process.communicate()
    assert text_of(folder)["staff"] == "Karin"
    lock = LockFile(folder, "owner")
    assert text_of(folder)["staff"] == "owner"
    lock.release()


def test_two_windows_of_one_program_are_two_as_well(folder: Path) -> None:
    first = LockFile(folder, "owner")
    with pytest.raises(InUseError):
        LockFile(folder, "owner")
    first.release()
    LockFile(folder, "owner").release()


def test_another_computer_is_named_and_its_lock_left_alone(folder: Path) -> None:
    theirs = {
        "computer": "KASSA-PC",
        "process": 1,
        "staff": "Anna",
        "since": "2026-11-21T09:12:00+00:00",
    }
    (folder / "lock").write_text(json.dumps(theirs))
    with pytest.raises(InUseError, match="on the computer KASSA-PC: Anna, since 21 Nov 2026"):
        LockFile(folder, "owner")
    assert text_of(folder) == theirs


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "5",
        '{"computer": "A"}',
        '{"computer": "A", "staff": "B", "since": "noon"}',
        "x" * 10_000,
        "[" * 4000,
    ],
)
def test_a_lock_that_a_crash_left_half_written_stops_nobody(folder: Path, content: str) -> None:
    (folder / "lock").write_text(content)
    LockFile(folder, "owner").release()
    assert not (folder / "lock").exists()


def test_the_lock_of_another_register_in_its_place_is_not_removed(tmp_path: Path) -> None:
    here, away = tmp_path / "here", tmp_path / "away"
    here.mkdir()
    lock = LockFile(here, "owner")
    here.rename(away)
    here.mkdir()
    other = LockFile(here, "Anna")
    lock.release()
    assert text_of(here)["staff"] == "Anna"
    other.release()


def test_an_open_register_opens_nowhere_else_until_it_is_locked(tmp_path: Path) -> None:
    folder, word = tmp_path / "test.gdprdesk", "a long word"
    vault, _recovery = Vault.create(folder, staff="owner", password=word, limits=CHEAP)
    code = (
        "import sys; from pathlib import Path\n"
        "from gdprdesk.domain.errors import InUseError\n"
        "from gdprdesk.store.keys import Limits\n"
        "from gdprdesk.store.vault import Vault\n"
        "cheap = Limits(8192, 1, 8192, least_rounds=1)\n"
        "try:\n"
        "    Vault.unlock(Path(sys.argv[1]), staff='owner', password='a long word',\n"
        "                 limits=cheap).lock()\n"
        "except InUseError as error: sys.exit(str(error))"
    )
    command = [sys.executable, "-c", code, str(folder)]
    refused = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    assert refused.returncode == 1
    assert refused.stderr.startswith("The register is open already in another window")
    vault.lock()
    subprocess.run(command, check=True)  # noqa: S603


def test_many_who_hurry_never_have_it_at_once(folder: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def hurry(me: int) -> None:
        for _attempt in range(500):
            with suppress(InUseError):
                lock = LockFile(folder, "owner")
                inside.append(me)
                most.append(len(inside))
                (folder / "work").touch()  # gives the others a turn
                inside.remove(me)
                lock.release()

    threads = [threading.Thread(target=hurry, args=[me]) for me in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}


def test_a_computer_without_a_name_locks_too(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: "")
    LockFile(folder, "owner").release()
