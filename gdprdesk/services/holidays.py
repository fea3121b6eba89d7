"""The formal public holidays of a country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from gdprdesk.i18n import current_language


def is_public_holiday(country: str, day: date) -> bool:
    """Return whether the law of a country (SE, NO) makes a day a public holiday.

    Sweden: lag (1989:253) om allmänna helgdagar. Norway: lov om helligdager og helligdagsfred § 2
    and lov om 1 og 17 mai som høgtidsdager § 1. Midsummer's Eve, Christmas Eve and New Year's Eve
    are none, however few people work; a Sunday of no other name is not looked for here.
    """
    return day in _of_year(country, day.year)


def holiday_name(country: str, day: date) -> str:
    """Return what a public holiday is called, in the language spoken; empty for any other day."""
    return _of_year(country, day.year, _SPOKEN[current_language()]).get(day, "")


_SPOKEN = {"sv": "sv", "nb": "no", "en": "en_US"}


@cache
def _of_year(country: str, year: int, spoken: str = "en_US") -> Mapping[date, str]:
    # Named one by one, so that an installer finds them. They bring all other countries along, which
    # takes half a second: only who needs a due day waits for it.
    from holidays.countries.norway import Norway  # noqa: PLC0415
    from holidays.countries.sweden import Sweden  # noqa: PLC0415

    calendars = {"NO": Norway, "SE": Sweden}
    own = calendars[country]
    # A country's days are named in its own language and in English, in no neighbour's.
    known = spoken if spoken in own.supported_languages else own.default_language
    return dict(own(years=year, include_sundays=False, language=known))
