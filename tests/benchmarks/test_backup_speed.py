"""How long a backup takes, beside what the database itself needs to copy the same file.

A backup copies every page, writes the copy as one file, reads it back, opens it, and checks every
page, table and line of the log. Medians are printed (pytest -s) and kept as properties of the
test; only ratios are asserted.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gdprdesk.cli.demo import DEMO_PASSWORD, make_example
from gdprdesk.clock import system_clock
from gdprdesk.desk import Desk
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.subjects import register_subject
from gdprdesk.store.backup import make_copy
from gdprdesk.store.engine import connect
from tests.builders import CHEAP, Clock

pytestmark = pytest.mark.slow

PEOPLE = 500
ROUNDS = 7
TIMES_THE_BARE_COPY = 8  # it is written twice, read back, and checked page by page and row by row
TIMES_MAKING_IT = 8  # it is unpacked, opened, cleaned, written and checked like a new one


@pytest.fixture
def cafe(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "cafe.gdprdesk"
    make_example(folder, people=PEOPLE, limits=CHEAP, clock=Clock())
    desk = Desk.unlock(folder, password=DEMO_PASSWORD, limits=CHEAP, clock=Clock())
    yield desk
    desk.lock()


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def bare(desk: Desk, to: Path) -> None:
    """Copy with the database's own backup, and copy that file to the stick."""
    prepared, key = to / "prepared.db", desk._vault.key
    prepared.unlink(missing_ok=True)
    with (
        closing(connect(desk.folder / "register.db", key)) as source,
        closing(connect(prepared, key, new=True)) as target,
    ):
        source.backup(target)
    shutil.copyfile(prepared, to / "copy.db")
    with (to / "copy.db").open("r+b") as file:
        os.fsync(file.fileno())


def test_a_verified_backup_is_some_times_a_bare_copy(
    cafe: Desk, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ours, theirs = [], []
    for _round in range(ROUNDS):
        theirs.append(seconds(lambda: bare(cafe, stick)))
        ours.append(seconds(lambda: make_copy(cafe._vault, stick, system_clock())))
    ratio = statistics.median(ours) / statistics.median(theirs)
    size = (cafe.folder / "register.db").stat().st_size / 1e6
    said = f"{ratio:.1f} times a bare copy of {size:.1f} MB ({statistics.median(ours):.2f} s)"
    record_property("backup", said)
    print(f"\nbackup: {said}")  # noqa: T201
    assert ratio < TIMES_THE_BARE_COPY


def test_erasing_in_a_backup_is_some_times_making_it(
    cafe: Desk, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made, erased = [], []
    for number in range(5):
        ref = cafe.run(register_subject, name=f"Somebody {number}")
        made.append(seconds(lambda: cafe.backup(stick)))
        cafe.run(erase_subject, subject_ref=ref)
        cafe.finish()
        for old in stick.glob("*.gdprdesk-backup"):
            old.unlink()
        ref = cafe.run(register_subject, name=f"Somebody else {number}")
        cafe.backup(stick)
        cafe.run(erase_subject, subject_ref=ref)
        erased.append(seconds(cafe.erase_in_backups))
        for old in stick.glob("*.gdprdesk-backup"):
            old.unlink()
    ratio = statistics.median(erased) / statistics.median(made)
    record_property("erasing", f"{ratio:.1f} times making the backup")
    print(f"\nerasing in one backup: {ratio:.1f} times making it")  # noqa: T201
    assert ratio < TIMES_MAKING_IT
