"""How long new keys take, beside what the database itself needs to export the same file.

The pages are copied as they are; what is sealed is sealed anew, and every page, table and link of
the new file is checked before it counts. Medians are printed (pytest -s) and kept as properties of
the test; only the ratio is asserted.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from gdprdesk.cli.demo import DEMO_PASSWORD, make_example
from gdprdesk.desk import Desk
from gdprdesk.store.engine import connect
from tests.builders import CHEAP, Clock

pytestmark = pytest.mark.slow

PEOPLE = 500
ROUNDS = 5
TIMES_THE_BARE_EXPORT = 2


def bare(folder: Path, key: bytes, to: Path) -> None:
    """Export with the database's own function, under another key."""
    to.unlink(missing_ok=True)
    with closing(connect(folder / "register.db", key)) as source:
        other = f"x'{os.urandom(32).hex()}'"
        source.execute("ATTACH ? AS other KEY ?", (str(to), other))
        source.execute("SELECT sqlcipher_export('other')").fetchall()


def test_new_keys_are_some_times_a_bare_export(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "cafe.gdprdesk"
    make_example(folder, people=PEOPLE, limits=CHEAP, clock=Clock())
    ours, theirs = [], []
    for _round in range(ROUNDS):
        desk = Desk.unlock(folder, password=DEMO_PASSWORD, limits=CHEAP, clock=Clock())
        begun = time.perf_counter()
        bare(folder, desk._vault.key, tmp_path / "bare.db")
        theirs.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        desk.change_keys()
        ours.append(time.perf_counter() - begun)
    ratio = statistics.median(ours) / statistics.median(theirs)
    size = (folder / "register.db").stat().st_size / 1e6
    said = f"{ratio:.1f} times a bare export of {size:.1f} MB ({statistics.median(ours):.2f} s)"
    record_property("keys", said)
    print(f"\nnew keys: {said}")  # noqa: T201
    assert ratio < TIMES_THE_BARE_EXPORT
