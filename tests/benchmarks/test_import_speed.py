"""How long a customer list takes beside the bare libraries, measured in the same minute."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gdprdesk.imports import read_grid
from tests.imports.builders import HEADER, csv_bytes, customers, save_by_openpyxl

pytestmark = pytest.mark.slow

CUSTOMERS = 2_000
START_OF_A_PROCESS = 2.0  # seconds: generous for a busy machine; a quiet one takes 0.3
TIMES_THE_LIBRARY = 6.0


def seconds(work: Callable[[], object]) -> float:
    """Return the best of three."""
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def bare_openpyxl(path: Path) -> list[tuple[object, ...]]:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return list(workbook.active.iter_rows(values_only=True))
    finally:
        workbook.close()


def bare_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="cp1252", newline="") as opened:
        return list(csv.reader(opened, delimiter=";"))


@pytest.mark.parametrize(("name", "bare"), [("a.xlsx", bare_openpyxl), ("a.csv", bare_csv)])
def test_two_thousand_customers_take_little_more_than_the_bare_library(
    tmp_path, name, bare
) -> None:
    path = tmp_path / name
    rows = [HEADER, *customers(CUSTOMERS)]
    if name.endswith("csv"):
        path.write_bytes(csv_bytes(rows))
    else:
        save_by_openpyxl(path, rows)
    ours, yardstick = seconds(lambda: read_grid(path)), seconds(lambda: bare(path))
    print(f"{name}: {ours:.3f} s, the bare library {yardstick:.3f} s")  # noqa: T201
    assert ours < START_OF_A_PROCESS + TIMES_THE_LIBRARY * yardstick
