"""Languages: gettext for the words, Babel for days, numbers and money.

The screen has one language, a document may have another: `use_language` sets the first for the
whole program, `language` the second for a piece of work in one thread.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from gdprdesk.resources import resource

LANGUAGES: tuple[str, ...] = ("sv", "nb", "en")
LANGUAGE_NAMES = (("sv", "Svenska"), ("nb", "Norsk bokmål"), ("en", "English"))
DOMAIN = "gdprdesk"
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})

_of_program = ["en"]
_of_work: ContextVar[str | None] = ContextVar("language", default=None)


def use_language(code: str) -> None:
    """Speak this language on the screen from now on: sv, nb or en."""
    _of_program[0] = code if code in LANGUAGES else "en"


@contextmanager
def language(code: str) -> Iterator[None]:
    """Speak this language inside the block, whatever the screen speaks."""
    token = _of_work.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _of_work.reset(token)


def current_language() -> str:
    """Return the language spoken here and now."""
    return _of_work.get() or _of_program[0]


def _(message: str) -> str:
    """Return the message in the language spoken."""
    return _catalogue(current_language()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the message for one or for many."""
    return _catalogue(current_language()).ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Return the message as it is said in a context."""
    return _catalogue(current_language()).pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for extraction; it is translated where it is shown."""
    return message


def format_day(day: date, *, short: bool = False, today: date | None = None) -> str:
    """Return a day as people write it: "21 nov. 2026"; short, without the year if it is this."""
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    if short and today is not None and day.year == today.year:
        return format_skeleton("MMMd", day, locale=_locale())
    return format_date(day, format="medium" if short else "long", locale=_locale())


def format_weekday(day: date) -> str:
    """Return a day of this year with its weekday: "Saturday 21 November"."""
    from babel.dates import format_date  # noqa: PLC0415

    pattern = {"nb": "EEEE d. MMMM"}.get(current_language(), "EEEE d MMMM")
    written = format_date(day, format=pattern, locale=_locale())
    return written[0].upper() + written[1:]


def format_short_weekday(day: date) -> str:
    """Return the weekday and the number of a day, for the head of a column: "Mon 16"."""
    from babel.dates import format_date  # noqa: PLC0415

    pattern = {"nb": "EEE d."}.get(current_language(), "EEE d")
    return format_date(day, format=pattern, locale=_locale())


def format_days(first: date, last: date) -> str:
    """Return some days as people write them: "16-22 Nov 2026"."""
    from babel.dates import format_interval  # noqa: PLC0415

    return str(format_interval(first, last, "yMMMMd", locale=_locale()))


def format_month(day: date) -> str:
    """Return the month a day is in: "March 2021"."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, format="LLLL y", locale=_locale())


def format_short_month(day: date) -> str:
    """Return the month a day is in, short and without its year: "Mar"."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, format="LLL", locale=_locale())


def month_names() -> list[str]:
    """Return the names of the twelve months."""
    from babel.dates import get_month_names  # noqa: PLC0415

    names = get_month_names("wide", "stand-alone", locale=_locale())
    return [names[month] for month in range(1, 13)]


def format_moment(at: datetime) -> str:
    """Return a moment by the clock on the wall."""
    at = at.astimezone()
    return f"{format_day(at.date(), short=True)} {at:%H:%M}"


def format_money(amount: Decimal, currency: str) -> str:
    """Return an amount with its currency: "1 240,00 kr"."""
    from babel.numbers import format_currency  # noqa: PLC0415

    return format_currency(amount, currency, locale=_locale())


def format_amount(amount: Decimal) -> str:
    """Return an amount without its currency, for a column that names it once: "1 240,00"."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    return format_decimal(amount, format="#,##0.00", locale=_locale())


def format_number(number: Decimal | int) -> str:
    """Return a number with the separators of the language."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    return format_decimal(number, locale=_locale())


def format_country(code: str) -> str:
    """Return what a country is called, by its ISO code: "Norge"; the code itself if unknown."""
    return _territories().get(code, code)


def country_codes() -> tuple[str, ...]:
    """Return the ISO codes of all countries."""
    return tuple(code for code in _territories() if code.isalpha() and code not in _NO_COUNTRY)


def _territories() -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(_locale()).territories


def _locale() -> str:
    return {"sv": "sv_SE", "nb": "nb_NO"}.get(current_language(), "en_GB")


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    file = resource(f"translations/{code}/LC_MESSAGES/{DOMAIN}.mo")
    if not file.is_file():
        return _gettext.NullTranslations()
    with file.open("rb") as opened:
        return _gettext.GNUTranslations(opened)
