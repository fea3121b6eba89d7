"""Days and amounts as people type them in the language of the screen."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from gdprdesk.i18n import current_language

_DAY_FIRST = {"nb": ".", "en": "/"}


def write_day(day: date) -> str:
    """Write a day in figures: 2026-12-31 in Swedish, 31.12.2026 in Norwegian, else 31/12/2026."""
    separator = _DAY_FIRST.get(current_language())
    if separator is None:
        return day.isoformat()
    return separator.join((f"{day.day:02}", f"{day.month:02}", f"{day.year:04}"))


def read_day(text: str) -> date | None:
    """Read a day in figures: the year first with four figures, or last; any usual separator."""
    figures = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text.strip())
    first = figures or re.fullmatch(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})", text.strip())
    last = re.fullmatch(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})", text.strip())
    if first:
        year, month, day = first.groups()
    elif last:
        day, month, year = last.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def write_amount(amount: Decimal) -> str:
    """Write an amount with two decimals and its thousands apart."""
    written = f"{amount:,.2f}"
    if current_language() == "en":
        return written
    return written.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def read_amount(text: str) -> Decimal | None:
    """Read an amount with a comma or a point before at most two decimals, or with neither."""
    bare = re.sub(r"\s|kr\.?$", "", text.strip().lower().replace("\N{MINUS SIGN}", "-"))
    parts = re.fullmatch(r"(-?)(\d+|\d{1,3}(?:[.,]\d{3})+)(?:([.,])(\d{1,2}))?", bare)
    if not parts or (parts[3] and parts[3] in parts[2]):
        return None
    whole = re.sub(r"[.,]", "", parts[2])
    return Decimal(f"{parts[1]}{whole}.{(parts[4] or '').ljust(2, '0')}")
