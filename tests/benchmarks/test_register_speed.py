"""How long a register of 500 people takes, beside the bare driver in the same minute.

Medians of the processor's time are printed (pytest -s) and kept as properties of the test; only
ratios are asserted, and how often the file is asked.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import event

from gdprdesk.cli.demo import DEMO_PASSWORD, make_example
from gdprdesk.desk import Desk
from gdprdesk.domain.base import kind_name, personal_kinds
from gdprdesk.domain.text import fold
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.engine import connect
from gdprdesk.store.keys import OWNER, Keys, Secret
from tests.builders import Clock

pytestmark = pytest.mark.slow

PEOPLE = 500
A_PAGE = 50
TIMES_THE_DRIVER = 100  # objects, rules and words in two languages cost more than raw rows
A_KEY_TIMES_THE_DRIVER = 25  # 9 to 14 were measured; each row says until when she is kept
QUESTIONS_OF_A_KEY = 26  # found, counted, and one for each kind that these people have any of


def median(work: Callable[[], object], times: int = 15) -> float:
    """Return the middle of some runs, in seconds, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("speed") / "cafe.gdprdesk"
    make_example(folder, people=PEOPLE, clock=Clock())
    return folder


@pytest.fixture(scope="module")
def key(folder) -> bytes:
    return Keys(folder / "keys.json").unlock(OWNER, Secret(DEMO_PASSWORD)).vault


@pytest.fixture(scope="module")
def cafe(folder) -> Iterator[Desk]:
    desk = Desk.unlock(folder, password=DEMO_PASSWORD, clock=Clock())
    yield desk
    desk.lock()


@pytest.fixture
def tell(record_property, capsys) -> Callable[[str, float, float], float]:
    """Print what was measured and its yardstick; returns how many times longer it took."""

    def told(what: str, ours: float, yardstick: float) -> float:
        record_property(f"{what}_milliseconds", ours * 1000)
        record_property(f"{what}_yardstick_milliseconds", yardstick * 1000)
        with capsys.disabled():
            print(f"\n{what}: {ours * 1000:.1f} ms, yardstick {yardstick * 1000:.1f} ms")  # noqa: T201
        return ours / yardstick

    return told


def test_unlocking_is_little_more_than_the_password_itself(folder, tell) -> None:
    def unlock() -> None:
        Desk.unlock(folder, password=DEMO_PASSWORD, clock=Clock()).lock()

    typed = Secret(DEMO_PASSWORD)
    password = median(lambda: Keys(folder / "keys.json").unlock(OWNER, typed), 3)
    assert tell("unlock", median(unlock, 3), password) < 2.0


def read_records(bare, ids) -> None:
    """Read everything about some people, as the rows of a list need it."""
    some = ", ".join(str(one) for (one,) in ids)
    for kind in personal_kinds():
        table = kind_name(kind)
        bare.execute(f"SELECT * FROM {table} WHERE subject_id IN ({some})").fetchall()  # noqa: S608


def test_a_search_per_keystroke(cafe, folder, key, tell) -> None:
    typed = ["k", "ka", "kar", "kari", "karin", "08", "0701", "example"]
    found = (
        "SELECT id FROM data_subject WHERE id IN (SELECT rowid FROM search WHERE search MATCH ?) "
        "ORDER BY sort_key, id LIMIT 50"
    )
    with closing(connect(folder / "register.db", key)) as bare:

        def read() -> None:
            for one in typed:
                read_records(bare, bare.execute(found, (f'"{fold(one)}"*',)).fetchall())

        yardstick = median(read) / len(typed)
        ours = median(lambda: [cafe.ask(list_subjects, search=one) for one in typed]) / len(typed)
    assert tell("search", ours, yardstick) < A_KEY_TIMES_THE_DRIVER


def test_a_key_asks_the_file_no_more_often_than_there_are_kinds_of_record(cafe) -> None:
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    engine = cafe._vault.reader
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert cafe.ask(list_subjects, search="k").total > A_PAGE
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= QUESTIONS_OF_A_KEY


def test_a_page_of_people(cafe, folder, key, tell) -> None:
    page = (
        "SELECT id FROM data_subject WHERE state = 'ACTIVE' "
        "ORDER BY sort_key, id LIMIT 50 OFFSET 100"
    )
    with closing(connect(folder / "register.db", key)) as bare:
        yardstick = median(lambda: read_records(bare, bare.execute(page).fetchall()))
        ours = median(lambda: cafe.ask(list_subjects, offset=100, limit=A_PAGE))
    assert tell("page_of_50", ours, yardstick) < TIMES_THE_DRIVER


def test_opening_a_person(cafe, folder, key, tell) -> None:
    """Her file has some thirty questions, most of which the yardstick does not ask."""
    person = "SELECT id FROM data_subject WHERE ref = ?"
    refs = [one.ref for one in cafe.ask(list_subjects, limit=A_PAGE).rows][::10]
    with closing(connect(folder / "register.db", key)) as bare:

        def read() -> None:
            for ref in refs:
                read_records(bare, bare.execute(person, (ref,)).fetchall())

        yardstick = median(read) / len(refs)
        ours = median(lambda: [cafe.ask(show_subject, subject_ref=ref) for ref in refs]) / len(refs)
    assert tell("open_person", ours, yardstick) < 3 * TIMES_THE_DRIVER
