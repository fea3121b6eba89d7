"""An open register without anything above the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprdesk.store.vault import Vault
from tests.builders import CHEAP


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the register of a test is."""
    return tmp_path / "test.gdprdesk"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    """An open, empty register with a table for a test's own rows."""
    opened, _recovery = Vault.create(
        folder,
        staff="owner",
        password="a long word",  # noqa: S106
        limits=CHEAP,
    )
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE probe (id INTEGER PRIMARY KEY, words TEXT)")
    yield opened
    opened.lock()
