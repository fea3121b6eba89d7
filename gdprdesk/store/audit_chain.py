"""The chain of the log: followed from its first line to its last, and what breaks it named.

Each line is tied to the one before it with a key, so nobody without the key can write a line that
fits. Whoever has the key of the register has that one too: only what was written down outside the
file, an anchor, shows that all of the file was replaced.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gdprdesk.domain.audit import chain
from gdprdesk.domain.log_findings import Anchor, LogFault, LogFinding

Ask = Callable[..., Any]
"""How the file is asked: a statement, then its values; the rows come back."""

_LINES = "SELECT id, digest, at, staff, action, refs{later} FROM audit_entry ORDER BY id"
_LATER = {"changed": ", changed, reason", "file_name": ", purpose, file_name"}
"""What is not yet in a register of an earlier version, by a column that tells."""
_NAMED = 20  # faults of lines: more of them say nothing more


@dataclass(frozen=True)
class Line:
    """A line of the log as it is in the file."""

    number: int
    digest: str
    said: Sequence[str | None]

    @property
    def at(self) -> str:
        """When it says that it was written."""
        return self.said[0] or ""

    def fits(self, key: bytes, previous: str) -> bool:
        """Return whether it was written after a line with this digest."""
        return hmac.compare_digest(self.digest.encode(), self.digest_after(key, previous).encode())

    def digest_after(self, key: bytes, previous: str) -> str:
        """Return the digest it would have after another line."""
        return chain(key, previous, *self.said)


@dataclass
class Chain:
    """What was found when the log was followed.

    Attributes:
        start: The line that the log begins after: the last that it has let go of.
        head: Its newest line; the start if there is none.
        findings: What breaks it.
        moments: When each line was written, by its number.
    """

    start: Anchor
    head: Anchor
    findings: tuple[LogFinding, ...] = ()
    moments: dict[int, str] = field(default_factory=dict)


def follow_chain(ask: Ask, key: bytes) -> Chain:
    """Follow the log of a register from its first line to its last.

    Args:
        ask: Of a register of this version or an earlier one.
        key: The key of its log.
    """
    start = _start_of(ask)
    breaks = _Breaks(key, start)
    for line in _lines(ask):
        breaks.take(line)
    head = Anchor(breaks.last.number, breaks.last.digest, breaks.last.at)
    return Chain(start, head, tuple(breaks.named())[:_NAMED], breaks.moments)


def head_of(ask: Ask) -> Anchor:
    """Return where the log stands now."""
    newest = "SELECT id, digest, at FROM audit_entry ORDER BY id DESC LIMIT 1"
    found = ask(newest).fetchone()
    return Anchor(*found) if found else _start_of(ask)


def differs(ask: Ask, anchor: Anchor) -> LogFinding | None:
    """Return how the log is not the one that an anchor was taken from; nothing if it is.

    A register that was put back from a backup since is meant to be another one. What the log has
    let go of cannot be compared.
    """
    head, start = head_of(ask), _start_of(ask)
    found = digest_of_line(ask, anchor.line)
    if anchor.line < start.line or (found is not None and found.startswith(anchor.head)):
        return None
    restored = "SELECT 1 FROM audit_entry WHERE at >= ? AND action = 'backup.restored' LIMIT 1"
    if ask(restored, (anchor.at,)).fetchone():
        return None
    where = f"{anchor.line} {anchor.head}"
    if head.line < anchor.line:
        missing = anchor.line - head.line
        return LogFinding(LogFault.OLDER, head.line, anchor.at, head.at, missing, where)
    return LogFinding(LogFault.OTHER, anchor.line, anchor.at, where=where)


def digest_of_line(ask: Ask, number: int) -> str | None:
    """Return the digest of a line, also of the last that was let go of; nothing if none is there.

    Args:
        ask: Of the register.
        number: The number of the line.
    """
    found = ask("SELECT digest FROM audit_entry WHERE id = ?", (number,)).fetchone()
    start = _start_of(ask)
    if found is None and number == start.line:
        return start.head
    return str(found[0]) if found else None


def has_column(ask: Ask, table: str, column: str) -> bool:
    """Return whether a table has a column, which it may not have in an earlier version."""
    columns = ask(f"PRAGMA table_info({table})").fetchall()
    return column in {name for _number, name, *_more in columns}


class _Breaks:
    """The lines so far, and those that do not fit."""

    def __init__(self, key: bytes, start: Anchor) -> None:
        self._key = key
        self.last = Line(start.line, start.head, (start.at,))
        self.moments: dict[int, str] = {start.line: start.at}
        self._gaps: list[LogFinding] = []
        self._wrong: dict[int, tuple[Line, Line]] = {}  # each with the line before it
        self._next: dict[int, Line] = {}  # the line after a wrong one

    def take(self, line: Line) -> None:
        """Take the next line of the file."""
        before, gap = self.last, line.number - self.last.number - 1
        if gap > 0:
            missing = LogFinding(LogFault.LINE_MISSING, before.number + 1, before.at, count=gap)
            self._gaps.append(missing)
        elif not line.fits(self._key, before.digest):
            self._wrong[line.number] = (line, before)
        if before.number in self._wrong:
            self._next[before.number] = line
        self.moments[line.number] = line.at
        self.last = line

    def named(self) -> Iterator[LogFinding]:
        """Walk what was done to the lines, the earliest first."""
        yield from sorted((*self._gaps, *self._of_lines()), key=lambda one: one.line)

    def _of_lines(self) -> Iterator[LogFinding]:
        places = self._true_places()
        explained: set[int] = set()
        for number, (line, before) in self._wrong.items():
            after = self._next.get(number)
            if number in explained or places.get(number) == number:
                continue
            if after is not None and after.fits(self._key, before.digest):
                explained.add(after.number)
                yield LogFinding(LogFault.LINE_PUT_IN, number, before.at, where=line.digest)
            elif number in places:
                yield LogFinding(LogFault.LINE_MOVED, number, before.at, where=line.digest)
            else:
                if after is not None and after.fits(
                    self._key, line.digest_after(self._key, before.digest)
                ):
                    explained.add(after.number)  # only the digest of this one was changed
                yield LogFinding(LogFault.LINE_CHANGED, number, before.at, where=line.digest)

    def _true_places(self) -> dict[int, int]:
        """Return where wrong lines belong, of those that fit after another line there is."""
        digests = {line.digest: number for number, (line, _before) in self._wrong.items()}
        for _line, before in self._wrong.values():
            digests.setdefault(before.digest, before.number)
        after = {
            number: place
            for number, (line, _before) in list(self._wrong.items())[:_NAMED]
            for digest, place in digests.items()
            if line.fits(self._key, digest)
        }
        return {number: self._place_after(place, after) for number, place in after.items()}

    def _place_after(self, place: int, after: dict[int, int]) -> int:
        steps = 1
        while place in after and steps <= len(after):
            place, steps = after[place], steps + 1
        return place + steps


def _start_of(ask: Ask) -> Anchor:
    if not has_column(ask, "register_state", "log_from"):
        return Anchor(0, "", "")
    number, digest = ask("SELECT log_from, log_from_digest FROM register_state").fetchone()
    return Anchor(number, digest, "")


def _lines(ask: Ask) -> Iterator[Line]:
    known = (said for column, said in _LATER.items() if has_column(ask, "audit_entry", column))
    later = "".join(known)
    for number, digest, *said in ask(_LINES.format(later=later)):
        yield Line(number, digest, said)
