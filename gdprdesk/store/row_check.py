"""Whether the rows about people and the log agree: what the chain of the log alone cannot show."""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gdprdesk.domain.audit import seal, sealed_kinds
from gdprdesk.domain.base import kind_name
from gdprdesk.domain.log_findings import LogFault, LogFinding
from gdprdesk.store.audit_chain import Ask, Chain
from gdprdesk.store.row_seals import SealedKind, rows_of, table_of

_GONE = "-"


def check_rows(ask: Ask, key: bytes, chain: Chain) -> tuple[LogFinding, ...]:
    """Return where the rows about people are not as the log says.

    Args:
        ask: Of a register of this version.
        key: The key of its log.
        chain: Its log, as it was followed.
    """
    rows = _Rows(ask, key, chain) if is_sealed(ask) else _EarlierRows(ask, chain)
    return tuple(rows.findings())


def is_sealed(ask: Ask) -> bool:
    """Return whether the rows have their seals: not before this version has written in the log."""
    newest = "SELECT changed FROM audit_entry ORDER BY id DESC LIMIT 1"
    found = ask(newest).fetchone()
    return found is None or found[0] is not None


@dataclass(frozen=True)
class _Mention:
    """The last line of the log that changed a row, or took it away."""

    line: int
    gone: bool = False


class _Found:
    """What does not agree, what is alike together."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._rows: defaultdict[tuple[LogFault, str], list[tuple[int, str]]] = defaultdict(list)

    def add(self, fault: LogFault, what: str, line: int, ref: str) -> None:
        """Take one row, and the last line of the log that was right about it."""
        self._rows[fault, what].append((line, ref))

    def findings(self) -> Iterator[LogFinding]:
        """Walk what was found."""
        for (fault, what), rows in sorted(self._rows.items()):
            line = min(number for number, _ref in rows)
            refs = " ".join(sorted(ref for _number, ref in rows))
            since = self._chain.moments.get(line, "")
            yield LogFinding(fault, line, since, what, len(rows), refs)


class _Rows:
    """The rows, their seals, and what the log says of them."""

    def __init__(self, ask: Ask, key: bytes, chain: Chain) -> None:
        self._ask, self._key, self._chain = ask, key, chain
        asked = "SELECT ref, seq, mac FROM row_seal"
        self._seals = {ref: (int(seq), bytes(mac)) for ref, seq, mac in ask(asked)}
        self._newest = max((seq for seq, _mac in self._seals.values()), default=0)
        self._mentions = _mentions(ask)
        self._found = _Found(chain)

    def findings(self) -> Iterator[LogFinding]:
        """Walk what does not agree."""
        head = self._chain.head
        if self._newest > head.line:
            missing = self._newest - head.line
            yield LogFinding(LogFault.TAIL_CUT, head.line + 1, head.at, count=missing)
        for kind in sealed_kinds():
            for ref, values in rows_of(self._ask, kind):
                self._look_at(kind, ref, values)
        self._look_for_missing()
        yield from self._found.findings()

    def _look_at(self, kind: SealedKind, ref: str, values: dict[str, Any]) -> None:
        mention, what = self._mentions.pop(ref, None), kind_name(kind)
        seq, mac = self._seals.pop(ref, (0, b""))
        if mention is None and not 0 < seq <= self._chain.start.line:
            if seq <= self._chain.head.line:  # else its line was cut off, which is said once
                self._found.add(LogFault.ROW_PUT_IN, what, 0, ref)
        elif mention is not None and (mention.gone or mention.line != seq):
            self._found.add(LogFault.ROW_OLD, what, seq or mention.line, ref)
        elif not hmac.compare_digest(seal(self._key, seq, table_of(kind), values.items()), mac):
            self._found.add(LogFault.ROW_CHANGED, what, seq, ref)

    def _look_for_missing(self) -> None:
        """Look for rows that nobody took away and that are not there."""
        left = {ref: seq for ref, (seq, _mac) in self._seals.items()}
        left |= {ref: one.line for ref, one in self._mentions.items() if not one.gone}
        actions = dict(self._ask("SELECT id, action FROM audit_entry").fetchall()) if left else {}
        for ref, line in left.items():
            self._found.add(LogFault.ROW_MISSING, actions.get(line, ""), line, ref)


class _EarlierRows:
    """The rows of a register in which only an earlier version has written so far."""

    def __init__(self, ask: Ask, chain: Chain) -> None:
        self._ask, self._found = ask, _Found(chain)

    def findings(self) -> Iterator[LogFinding]:
        """Walk the rows that the log never names."""
        asked = "SELECT refs FROM audit_entry"
        known = {ref for (refs,) in self._ask(asked) for ref in json.loads(refs)}
        for kind in sealed_kinds():
            for (ref,) in self._ask(f'SELECT ref FROM "{table_of(kind)}"'):  # noqa: S608
                if ref not in known:
                    self._found.add(LogFault.ROW_PUT_IN, kind_name(kind), 0, ref)
        yield from self._found.findings()


def _mentions(ask: Ask) -> dict[str, _Mention]:
    """Return for each ref the last line that says that its row was changed or taken away."""
    found = {}
    asked = "SELECT id, changed FROM audit_entry WHERE changed IS NOT NULL ORDER BY id"
    for number, changed in ask(asked):
        for ref in json.loads(changed):
            bare = ref.removeprefix(_GONE)
            found[bare] = _Mention(number, gone=bare != ref)
    return found
