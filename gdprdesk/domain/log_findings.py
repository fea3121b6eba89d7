"""What is found when the log does not agree with itself, with the rows, or with what was seen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class LogFault(StrEnum):
    """What somebody has done to the file without the program."""

    LINE_CHANGED = "line_changed"
    LINE_MOVED = "line_moved"
    LINE_MISSING = "line_missing"
    LINE_PUT_IN = "line_put_in"
    TAIL_CUT = "tail_cut"
    ROW_CHANGED = "row_changed"
    ROW_OLD = "row_old"
    ROW_MISSING = "row_missing"
    ROW_PUT_IN = "row_put_in"
    OLDER = "older"
    OTHER = "other"
    COPY_KNOWS_MORE = "copy_knows_more"


ELSEWHERE: Final = frozenset({LogFault.OLDER, LogFault.OTHER})
"""The whole register is not the one that was seen before; which, says where it was seen."""


@dataclass(frozen=True)
class LogFinding:
    """One thing that is not as the program wrote it.

    Attributes:
        fault: What it is.
        line: The number of the line of the log it is about; 0 if none.
        since: The last moment until which all of this was right, in UTC; empty if not known.
        what: The kind of the rows, or what was done by the line.
        count: How many lines, rows or actions.
        where: What else tells it from another, such as the refs of the rows.
    """

    fault: LogFault
    line: int = 0
    since: str = ""
    what: str = ""
    count: int = 1
    where: str = ""

    @property
    def key(self) -> str:
        """What it is known by once somebody has looked at it; names nobody."""
        own = (str(self.line), self.what, str(self.count))
        said = "\x1f".join((self.where, *(() if self.fault in ELSEWHERE else (self.fault, *own))))
        return hashlib.blake2b(said.encode(), digest_size=10).hexdigest()


@dataclass(frozen=True)
class Anchor:
    """Where the log stood at some moment, kept outside the file.

    Attributes:
        line: The number of the newest line.
        head: Its digest, or the beginning of it.
        at: When it was written, in UTC.
    """

    line: int
    head: str
    at: str
