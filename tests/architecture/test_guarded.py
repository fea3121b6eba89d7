"""What is sealed is opened at one door, and whoever stands there has written in the log first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import gdprdesk

CORE = Path(gdprdesk.__file__).parent
# The vault that makes it, the unit of work that hands it on to seal, the change of keys, which
# seals anew, and the one door to read by.
OPENERS = {
    "store/vault.py",
    "store/unit_of_work.py",
    "store/reading.py",
    "store/rotation.py",
}
# Who begins a reading: the desk for a registered one, a copy of everything about a person, and
# the erasure of one, which counts where journals of others speak of her.
READERS = {"open_register.py", "services/copy_opening.py", "services/journal_traces.py"}


def names_in(file: Path) -> Iterator[str]:
    """Walk every name and attribute that a module uses."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


def who_uses(name: str) -> set[str]:
    """Return the modules of the core and the window that use a name."""
    files = [(one, one.relative_to(CORE).as_posix()) for one in CORE.rglob("*.py")]
    window = CORE.parent / "ui" / "gdprdesk_ui"
    files += [(one, f"ui/{one.name}") for one in window.rglob("*.py")]
    return {where for one, where in files if name in names_in(one)}


def who_begins(name: str) -> set[str]:
    """Return the modules of the core that make one of what the module of readings calls this."""
    return {
        one.relative_to(CORE).as_posix()
        for one in CORE.rglob("*.py")
        if "gdprdesk.store.reading" in one.read_text("utf-8")
        for node in ast.walk(ast.parse(one.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    }


def test_only_the_store_holds_what_opens() -> None:
    assert who_uses("sealer") | who_uses("Sealer") == OPENERS


def test_a_reading_is_begun_where_its_line_is_sure() -> None:
    assert who_begins("Reading") == READERS


def test_nobody_looks_into_what_a_reading_keeps_to_itself() -> None:
    assert who_uses("_keep_line") == {"store/reading.py"}
