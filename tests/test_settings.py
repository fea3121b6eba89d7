"""What a user chose on this computer: kept, and never a reason not to start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.settings import FILE, Scheme, Settings, computer_language

CHOSEN = Settings(
    language="nb",
    text_size=150,
    scheme=Scheme.DARK,
    high_contrast=True,
    lock_after_minutes=15,
    recent=(Path("/home/åsa/kafé.gdprdesk"),),
    last_folder=Path("/home/åsa"),
    key_file=Path("/media/stick/åsa.gdprdesk-key"),
    window="AAAA",
)


def test_what_was_chosen_is_there_the_next_time(tmp_path) -> None:
    folder = tmp_path / "new" / "folder"
    CHOSEN.save(folder)
    assert Settings.load(folder) == CHOSEN
    assert [one.name for one in folder.iterdir()] == [FILE]


def test_at_first_everything_is_as_the_computer_has_it(tmp_path) -> None:
    assert Settings.load(tmp_path) == Settings()
    assert Settings().language == ""


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"[1]", b"null", b"[" * 100_000, b"{"])
def test_a_damaged_file_is_as_none(tmp_path, damage) -> None:
    (tmp_path / FILE).write_bytes(damage)
    assert Settings.load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("text_size", 110),
        ("text_size", "150"),
        ("scheme", "pink"),
        ("scheme", ["dark"]),
        ("high_contrast", 1),
        ("lock_after_minutes", -1),
        ("lock_after_minutes", True),
        ("recent", "/home"),
        ("recent", [1]),
        ("last_folder", 5),
        ("key_file", ["a"]),
        ("window", None),
    ],
)
def test_one_wrong_value_leaves_the_others(tmp_path, name, value) -> None:
    CHOSEN.save(tmp_path)
    stored = json.loads((tmp_path / FILE).read_text("utf-8"))
    (tmp_path / FILE).write_text(json.dumps({**stored, name: value}), "utf-8")
    loaded = Settings.load(tmp_path)
    assert getattr(loaded, name) == getattr(Settings(), name)
    others = vars(CHOSEN).keys() - {name}
    assert {one: getattr(loaded, one) for one in others} == {
        one: getattr(CHOSEN, one) for one in others
    }


@given(st.dictionaries(st.sampled_from(list(vars(CHOSEN))), st.text() | st.integers() | st.none()))
def test_whatever_stands_there_it_starts(tmp_path_factory, stored) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / FILE).write_text(json.dumps(stored), "utf-8")
    assert isinstance(Settings.load(folder), Settings)


def test_the_last_register_comes_first_once_and_the_oldest_goes() -> None:
    settings = Settings()
    for name in "abcdefghia":
        settings = settings.opened(Path("/") / name)
    assert [one.name for one in settings.recent] == list("aihgfedc")


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO"}, "nb"),
        ({"LC_MESSAGES": "no"}, "nb"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": ""}, "en"),
        ({}, "en"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_language_of_the_computer(environ, language) -> None:
    assert computer_language(environ) == language
    assert Settings().spoken(environ) == language
    assert Settings(language="en").spoken(environ) == "en"
