"""A program killed at any moment loses nothing that it had said was saved."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprdesk.domain.base import SubjectRef
from gdprdesk.store.vault import Vault
from tests.builders import CHEAP

WORK = """
import sys
from datetime import date
from pathlib import Path
from gdprdesk.store.keys import Limits
from gdprdesk.store.vault import Vault

limits = Limits(8192, 1, 8192, least_rounds=1)
vault = Vault.unlock(Path(sys.argv[1]), staff="owner", password="a long word", limits=limits)
for number in range(int(sys.argv[2]), 1_000_000):
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe VALUES(?, ?)", (number, "x" * 3000))
        connection.exec_driver_sql("INSERT INTO search(rowid, people) VALUES(?, 'x')", (number,))
        connection.exec_driver_sql("UPDATE register_state SET pages_unclean = 1")
        vault.ledger.append(f"{number:026d}", date(2026, 11, 21))
    print(number, flush=True)
    if number % 7 == 0:
        vault.clean_pages()
    if number % 5 == 0:
        vault.change_password("a long word", "a long word")
"""


def acknowledged(process: subprocess.Popen[bytes], seconds: float) -> list[int]:
    """Return the numbers that a program said were saved before it was killed."""
    assert process.stdout is not None
    first = process.stdout.readline()  # it has started: the moment is chosen from here
    select.select([], [], [], seconds)
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    lines = (first + rest).split(b"\n")
    return [int(line) for line in lines[:-1]]


@pytest.fixture
def moments() -> Iterator[float]:
    return iter([random.Random(seed).uniform(0, 0.15) for seed in range(25)])  # noqa: S311


@pytest.mark.slow
def test_nothing_that_was_saved_is_lost_by_a_crash(
    vault: Vault, folder: Path, moments: Iterator[float]
) -> None:
    vault.lock()
    begin = 1
    for seconds in moments:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WORK, str(folder), str(begin)], stdout=subprocess.PIPE
        )
        saved = acknowledged(process, seconds)
        opened = Vault.unlock(folder, staff="owner", password="a long word", limits=CHEAP)  # noqa: S106
        with opened.reader.connect() as connection:
            found = connection.exec_driver_sql("SELECT id FROM probe ORDER BY id").scalars().all()
        assert list(found) == list(range(1, found[-1] + 1))
        assert found[-1] - saved[-1] in {0, 1}  # the last may be saved and not yet told
        erased = opened.ledger.refs()
        assert {SubjectRef(f"{number:026d}") for number in found} <= erased
        assert len(erased) - len(found) in {0, 1}  # the ledger is written first
        assert all(result.ok for result in opened.check())
        opened.lock()
        begin = found[-1] + 1
