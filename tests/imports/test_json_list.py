"""Lists in JSON: one object for each customer, and nothing that lies too deep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.imports import Limits, read_grid
from gdprdesk.imports.child import parse
from gdprdesk.imports.source import FileFormat


def test_a_list_of_objects_is_a_list(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    people = [{"Namn": "Åsa Öberg", "Telefon": "0701740645"}, {"Namn": "Bo", "Ålder": 7}]
    path.write_text(json.dumps({"made": "x", "rows": people}), encoding="utf-8")
    grid = read_grid(path)
    assert grid.file_format is FileFormat.JSON
    assert grid.header == ("Namn", "Telefon", "Ålder")
    assert grid.rows == (("Åsa Öberg", "0701740645", ""), ("Bo", "", "7"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "damaged"),
        (b'{"a": NaN}', "damaged"),
        (b"[" * 100_000 + b"]" * 100_000, "too deep"),
        (b'[[[[[[[[[[{"a": 1}]]]]]]]]]]', "too deep"),
        (b'{"a": {"b": "c"}}', "no list in the JSON"),
        (b"[1, 2, 3]", "no list in the JSON"),
        (json.dumps([{str(n): 1 for n in range(201)}]).encode(), "more than 200 columns"),
        (json.dumps([{"a": "x" * 100_001}]).encode(), "A1"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, content, words) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=words) as caught:
        parse(path, limits=Limits())
    assert str(caught.value).endswith("Nothing was taken in.")
