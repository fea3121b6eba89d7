"""What this computer remembers of failed tries, and how it slows them down."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.store.witness import FILE, Witness, delay_for
from tests.builders import NOON

REGISTER, OTHER, OWNER, SARA = "a" * 32, "b" * 32, "owner", "c" * 32


@pytest.fixture
def witness(tmp_path):
    return Witness(tmp_path / "settings")


def try_in_vain(witness: Witness, times: int, at: datetime = NOON) -> None:
    for number in range(times):
        witness.add_failure(REGISTER, OWNER, at + timedelta(minutes=number))


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (99, 60)],
)
def test_who_tries_again_and_again_waits_longer(tries, seconds) -> None:
    assert delay_for(tries) == seconds


@given(st.integers(0, 10**6))
def test_nobody_waits_more_than_a_minute_and_nobody_less_than_before(tries) -> None:
    assert 0 <= delay_for(tries) <= delay_for(tries + 1) <= 60


def test_failed_tries_are_told_once_and_then_forgotten(witness, tmp_path) -> None:
    try_in_vain(witness, 2)
    again = Witness(tmp_path / "settings")
    assert again.failures(REGISTER, OWNER) == (NOON, NOON + timedelta(minutes=1))
    assert again.take_failures(REGISTER, OWNER) == (NOON, NOON + timedelta(minutes=1))
    assert again.take_failures(REGISTER, OWNER) == ()


def test_each_register_and_each_person_has_tries_of_her_own(witness) -> None:
    try_in_vain(witness, 1)
    witness.add_failure(REGISTER, SARA, NOON)
    witness.add_failure(OTHER, OWNER, NOON)
    assert len(witness.take_failures(REGISTER, OWNER)) == 1
    assert witness.failures(REGISTER, SARA) == (NOON,)
    assert witness.failures(OTHER, OWNER) == (NOON,)


def test_the_wait_ends_by_itself_and_survives_a_restart(witness, tmp_path) -> None:
    for _number in range(7):
        witness.add_failure(REGISTER, OWNER, NOON)
    later = Witness(tmp_path / "settings")
    left = [
        later.seconds_left(REGISTER, OWNER, NOON + timedelta(seconds=gone))
        for gone in (0, 0.5, 1, 3.2, 4, 60)
    ]
    assert left == [4, 4, 3, 1, 0, 0]


def test_a_clock_that_was_put_back_locks_nobody_out(witness) -> None:
    try_in_vain(witness, 12)
    assert witness.seconds_left(REGISTER, OWNER, NOON - timedelta(days=3)) == 0


def test_a_thousand_tries_are_remembered_and_the_file_grows_no_more(witness, tmp_path) -> None:
    times = [(NOON + timedelta(seconds=number)).isoformat() for number in range(1000)]
    witness.remember(REGISTER, "failures", {OWNER: times})
    witness.add_failure(REGISTER, OWNER, NOON + timedelta(days=1))
    kept = witness.failures(REGISTER, OWNER)
    assert len(kept) == 1000
    assert (kept[0], kept[-1]) == (NOON + timedelta(seconds=1), NOON + timedelta(days=1))


def test_other_things_of_a_register_stay_beside_the_tries(witness, tmp_path) -> None:
    witness.remember(REGISTER, "anchors", [{"head": "00ff", "at": "2026-11-21"}])
    try_in_vain(witness, 1)
    witness.take_failures(REGISTER, OWNER)
    assert witness.of_register(REGISTER) == {"anchors": [{"head": "00ff", "at": "2026-11-21"}]}
    witness.remember(REGISTER, "anchors", None)
    assert json.loads((tmp_path / "settings" / FILE).read_text()) == {"registers": {}}


def test_the_file_knows_only_random_ids_and_times(witness, tmp_path) -> None:
    try_in_vain(witness, 1)
    stored = json.loads((tmp_path / "settings" / FILE).read_text())
    assert stored == {"registers": {REGISTER: {"failures": {OWNER: ["2026-11-21T12:00:00+00:00"]}}}}


DAMAGED = [
    b"",
    b"{",
    b"[]",
    b'{"registers": 7}',
    b'{"registers": {"%s": []}}' % REGISTER.encode(),
    b'{"registers": {"%s": {"failures": ["x"]}}}' % REGISTER.encode(),
    b'{"registers": {"%s": {"failures": {"owner": "x"}}}}' % REGISTER.encode(),
    b'{"registers": {"%s": {"failures": {"owner": [1, "x", "2026-11-21T12:00:00", null]}}}}'
    % REGISTER.encode(),
    b"\xff\xfe\x00" * 1000,
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_begins_anew(witness, tmp_path, content) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / FILE).write_bytes(content)
    assert witness.failures(REGISTER, OWNER) == ()
    assert witness.seconds_left(REGISTER, OWNER, NOON) == 0
    witness.add_failure(REGISTER, OWNER, NOON)
    assert witness.take_failures(REGISTER, OWNER) == (NOON,)


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    witness = Witness(tmp_path / "file")
    witness.add_failure(REGISTER, OWNER, NOON)
    assert witness.take_failures(REGISTER, OWNER) == ()
