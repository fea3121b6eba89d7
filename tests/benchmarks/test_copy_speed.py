"""How long one click for everything takes, beside the bare libraries in the same minute.

Only ratios are asserted; the figures are printed (pytest -s).
"""

from __future__ import annotations

import io
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import pyzipper

from gdprdesk.desk import Desk
from gdprdesk.imports.person_file import open_person
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.copy_import import import_copy
from gdprdesk.services.notes import add_attachment, add_note
from gdprdesk.services.third_parties import others_named
from tests.builders import CAFE, CHEAP, PASSWORD, Clock, delivered, person

pytestmark = pytest.mark.slow

SEALED = "a very long password"
PICTURES, SIZE, RECORDS = 4, 1 << 20, 60
TIMES_THE_LIBRARIES = 8  # a PDF, tables and words in a language beside the bare bytes


def median(work: Callable[[], object], times: int = 5) -> float:
    """Return the middle of some runs, in seconds, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def test_everything_in_a_sealed_zip(desk: Desk, tmp_path: Path, record_property) -> None:
    ref = person(desk, email="karin@example.com")
    for number in range(RECORDS // 2):
        delivered(desk, ref, note=f"Hämtas av Anna Nyberg {number}")
        desk.run(add_note, subject_ref=ref, text=f"Ringde om tårta {number} " * 20)
    pictures = [random.Random(one).randbytes(SIZE) for one in range(PICTURES)]  # noqa: S311
    for number, content in enumerate(pictures):
        (tmp_path / f"{number}.jpg").write_bytes(content)
        desk.run(add_attachment, subject_ref=ref, path=tmp_path / f"{number}.jpg")
    to = tmp_path / "copy.zip"

    def ours() -> None:
        desk.run(export_person, subject_ref=ref, to=to, password=SEALED, overwrite=True)

    ours()
    copied = open_person(to, password=SEALED).copied

    def bare() -> None:
        target = io.BytesIO()
        with pyzipper.AESZipFile(
            target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
        ) as packed:
            packed.setpassword(SEALED.encode())
            packed.writestr("copy.json", json.dumps(copied, ensure_ascii=False, indent=2))
            for number, content in enumerate(pictures):
                packed.writestr(f"{number}.jpg", content)

    export, yardstick = median(ours), median(bare)
    search = median(lambda: desk.ask(others_named, subject_ref=ref))
    record_property("copy_milliseconds", export * 1000)
    record_property("others_milliseconds", search * 1000)
    print(  # noqa: T201
        f"\ncopy: {export * 1000:.0f} ms, bare json and zip: {yardstick * 1000:.0f} ms, "
        f"others: {search * 1000:.0f} ms"
    )
    assert export < TIMES_THE_LIBRARIES * yardstick


def test_taking_in_a_copy_is_little_more_than_reading_it(
    desk: Desk, tmp_path: Path, clock: Clock
) -> None:
    ref = person(desk)
    for number in range(RECORDS):
        desk.run(add_note, subject_ref=ref, text=f"Ringde om tårta {number}")
    desk.run(export_person, subject_ref=ref, to=tmp_path / "copy.json")
    package = open_person(tmp_path / "copy.json")
    other, _key = Desk.create(
        tmp_path / "other.gdprdesk", business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock
    )
    begun = time.perf_counter()
    other.run(import_copy, package=package)
    taken = time.perf_counter() - begun
    other.lock()
    print(f"\n{RECORDS} records taken in: {taken * 1000:.0f} ms")  # noqa: T201
    assert taken < RECORDS * 0.05
