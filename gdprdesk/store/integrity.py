"""Whether a register is whole: every page, every table, the word index, the keys and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from gdprdesk.domain.errors import DamagedError
from gdprdesk.i18n import N_, _
from gdprdesk.jobs import Progress
from gdprdesk.store.engine import driver
from gdprdesk.store.faults import in_plain_words


@dataclass(frozen=True)
class CheckResult:
    """What one check found.

    Attributes:
        name: Which check it is; stays the same in every language.
        ok: Whether all is well.
        sentence: What was found, for people.
    """

    name: str
    ok: bool
    sentence: str


@dataclass(frozen=True)
class Check:
    """Something that can be found right or wrong.

    Attributes:
        name: Which check it is.
        run: Returns whether all is well; DamagedError means that it is not.
        right: What to say then.
        wrong: What to say otherwise, and what to do.
    """

    name: str
    run: Callable[[], bool]
    right: str
    wrong: str


def run_checks(checks: Iterable[Check], progress: Progress) -> tuple[CheckResult, ...]:
    """Return what each check found."""
    planned, results = tuple(checks), []
    for done, check in enumerate(planned):
        progress.step(done, len(planned))
        ok = False
        with suppress(DamagedError), in_plain_words(driver.Error):
            ok = check.run()
        results.append(CheckResult(check.name, ok, _(check.right if ok else check.wrong)))
    progress.step(len(planned), len(planned))
    return tuple(results)


def checks_of_file(open_file: Callable[[], Any]) -> tuple[Check, ...]:
    """Return the checks of the encrypted file itself.

    Args:
        open_file: Returns a new connection; after damage, one is of no use for the next check.
    """

    def rows(statement: str) -> list[Any]:
        with closing(open_file()) as connection:
            return list(connection.execute(statement).fetchall())

    def finds_nothing(pragma: str) -> Callable[[], bool]:
        return lambda: rows(f"PRAGMA {pragma}") in ([], [("ok",)])

    def index_is_whole() -> bool:
        if rows("SELECT 1 FROM sqlite_schema WHERE name = 'search'"):
            rows("INSERT INTO search(search) VALUES('integrity-check')")  # it inserts nothing
        return True

    return (
        Check(
            "pages",
            finds_nothing("cipher_integrity_check"),
            N_("Every page of the file is as it was written."),
            N_("The file has damaged pages. Put back your newest backup."),
        ),
        Check(
            "structure",
            finds_nothing("integrity_check"),
            N_("Every table can be read."),
            N_("The tables are damaged. Put back your newest backup."),
        ),
        Check(
            "links",
            finds_nothing("foreign_key_check"),
            N_("Every record belongs to something that exists."),
            N_("Some records belong to nothing any more. Put back your newest backup."),
        ),
        Check(
            "words",
            index_is_whole,
            N_("The search index is whole."),
            N_("The search index is damaged: some people may not be found. Use your backup."),
        ),
    )
