"""What it costs that the log can be trusted, beside the same work without it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from sqlalchemy import insert

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.services.subjects import register_subject, update_subject
from gdprdesk.store import row_seals
from gdprdesk.store.audit_chain import follow_chain
from gdprdesk.store.row_check import check_rows
from gdprdesk.store.unit_of_work import UnitOfWork

pytestmark = pytest.mark.slow

PEOPLE = 10_000
LINES = 100_000
TIMES_WITHOUT_SEALS = 1.3
SECONDS_OF_A_PROCESSOR = 1.5  # for every line of ten years; a quiet machine takes 0.4


def spent(work: Callable[[], object]) -> float:
    """Return the seconds of a processor that something takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def import_people(desk: Desk) -> None:
    with UnitOfWork(desk._vault, desk._clock) as work:
        for number in range(PEOPLE):
            register_subject(work, name=f"Person {number}", email=f"p{number}@example.com")
        work.commit("subject.import")


def test_ten_thousand_people_are_sealed_in_little_more_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, sealing = [0.0], row_seals._put

    def timed(*args: object) -> set[str]:
        begun = time.process_time()
        done = sealing(*args)  # type: ignore[arg-type]
        sealed[0] += time.process_time() - begun
        return done

    monkeypatch.setattr(row_seals, "_put", timed)
    whole = spent(lambda: import_people(desk))
    print(f"import: {whole:.1f} s, of it seals {sealed[0]:.2f} s")  # noqa: T201
    assert whole < TIMES_WITHOUT_SEALS * (whole - sealed[0])
    ref = desk.run(register_subject, name="Anna")
    edit = spent(lambda: desk.run(update_subject, subject_ref=ref, name="Anna Ek"))
    with desk._vault.reader.connect() as connection:
        ask, key = connection.exec_driver_sql, desk._vault.audit_key
        chain = follow_chain(ask, key)
        crossed = spent(lambda: check_rows(ask, key, chain))
    print(f"edit: {1000 * edit:.0f} ms; every row looked at: {crossed:.2f} s")  # noqa: T201


@pytest.mark.spoils
def test_a_hundred_thousand_lines_are_followed_at_every_unlock(desk: Desk) -> None:
    key = desk._vault.audit_key
    rows = []
    with desk._vault.writer.begin() as connection:
        chain = follow_chain(connection.exec_driver_sql, key)
        previous = chain.head.head
        for number in range(chain.head.line + 1, LINES):
            line = AuditEntry(
                at="2026-11-21T12:00:00+00:00",
                staff="owner",
                action="booking.add",
                refs='["aaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbb"]',
                changed='["aaaaaaaaaaaaaaaaaaaaaaaaaa"]',
                digest="",
            )
            previous = line.chained(key, previous)
            rows.append(
                {
                    "id": number,
                    "at": line.at,
                    "staff": line.staff,
                    "action": line.action,
                    "refs": line.refs,
                    "changed": line.changed,
                    "digest": previous,
                }
            )
        connection.execute(insert(AuditEntry), rows)
    took = spent(lambda: desk._watch.look(rows=False))
    print(f"{LINES} lines: {took:.2f} s")  # noqa: T201
    assert desk._watch.findings == ()
    assert took < SECONDS_OF_A_PROCESSOR
