"""A value in a workbook as the text that the user sees or means."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

_LITERALS = re.compile(r'\\.|"[^"]*"|[\s\-]')
_ZEROS = re.compile("0{2,}")


def as_text(value: object, number_format: str) -> str | None:
    """Return a value as text, or None if it is none that anybody can read.

    Days become 2026-11-22, whole numbers have no decimals, and the zeros that only the format of
    a cell shows ("00000" for a postcode) are there.

    Args:
        value: what the library made of the cell.
        number_format: the format code of the cell, such as "0.00%"; empty if it has none.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, date | time):
        return _day_or_time(value)
    return str(value) if isinstance(value, str | timedelta) else None


def _day_or_time(value: date | time) -> str:
    if isinstance(value, time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if not isinstance(value, datetime):
        return value.isoformat()
    day, clock = value.date(), value.time()
    return f"{day.isoformat()} {_day_or_time(clock)}" if clock != time() else day.isoformat()


def _number(value: float, number_format: str) -> str | None:
    if not math.isfinite(value):
        return None
    if "%" in number_format:
        return f"{value * 100:.10g}%"
    if value != int(value):
        return f"{value:.15g}"
    zeros = _LITERALS.sub("", number_format)
    return f"{int(value):0{len(zeros)}d}" if _ZEROS.fullmatch(zeros) else str(int(value))
