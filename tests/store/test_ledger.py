"""The ledger of the erased: nobody comes back, and no line is changed unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.base import SubjectRef, new_ref
from gdprdesk.domain.errors import DamagedError, NoSpaceError
from gdprdesk.store.ledger import Ledger
from tests.places import files_may_grow_to

DAY = date(2026, 11, 21)
KEY = b"k" * 32
REFS = [SubjectRef(f"{number:026d}") for number in range(3)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "erased.ledger"


@pytest.fixture
def ledger(path: Path) -> Ledger:
    ledger = Ledger(path, KEY)
    for ref in REFS:
        ledger.append(ref, DAY)
    return ledger


def test_an_empty_ledger_names_nobody(path: Path) -> None:
    assert Ledger(path, KEY).refs() == frozenset()
    assert not path.exists()


def test_every_erased_person_is_named_also_after_a_restart(path: Path, ledger: Ledger) -> None:
    assert ledger.refs() == Ledger(path, KEY).refs() == frozenset(REFS)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().splitlines()[0].startswith(f"{REFS[0]} 2026-11-21 ")


def test_two_readers_see_what_either_wrote(path: Path, ledger: Ledger) -> None:
    other, ref = Ledger(path, KEY), SubjectRef(new_ref())
    other.append(ref, DAY)
    assert ref in ledger.refs()


@given(st.data())
def test_the_beginning_of_a_line_after_a_crash_is_forgotten(tmp_path_factory, data) -> None:
    path = tmp_path_factory.mktemp("ledger") / "erased.ledger"
    ledger = Ledger(path, KEY)
    for ref in REFS:
        ledger.append(ref, DAY)
    whole = path.read_bytes()
    lengths = len(whole.splitlines(keepends=True)[-1])
    path.write_bytes(whole[: -data.draw(st.integers(1, lengths))])
    assert Ledger(path, KEY).refs() == frozenset(REFS[:2])
    Ledger(path, KEY).append(REFS[2], DAY)
    assert path.read_bytes() == whole


@given(st.integers(0), st.integers(1, 255))
def test_any_changed_byte_is_seen(tmp_path_factory, place: int, change: int) -> None:
    path = tmp_path_factory.mktemp("ledger") / "erased.ledger"
    for ref in REFS:
        Ledger(path, KEY).append(ref, DAY)
    content = bytearray(path.read_bytes())
    place %= len(content) - 1  # the last byte ends the last line: without it, it is a beginning
    content[place] ^= change
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedError, match=r"erased\.ledger was changed"):
        Ledger(path, KEY).refs()


def test_a_line_taken_out_or_moved_is_seen(path: Path, ledger: Ledger) -> None:
    first, second, third = path.read_bytes().splitlines(keepends=True)
    for lines in ([first, third], [second, third], [second, first, third], [first, first]):
        path.write_bytes(b"".join(lines))
        with pytest.raises(DamagedError):
            ledger.refs()


def test_the_ledger_of_another_register_is_not_believed(path: Path, ledger: Ledger) -> None:
    with pytest.raises(DamagedError):
        Ledger(path, b"x" * 32).refs()


def test_a_full_disk_names_nobody_by_half(path: Path, ledger: Ledger) -> None:
    ref = SubjectRef(new_ref())
    with files_may_grow_to(path.stat().st_size + 10), pytest.raises(NoSpaceError):
        ledger.append(ref, DAY)
    assert ledger.refs() == frozenset(REFS)
    ledger.append(ref, DAY)
    assert ledger.refs() == {*REFS, ref}
