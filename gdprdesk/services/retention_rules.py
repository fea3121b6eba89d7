"""Retention rules that somebody enters: what contradicts itself is refused with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import personal_kinds
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import AtEnd, Start, Unit
from gdprdesk.i18n import _
from gdprdesk.services.finding import today_of
from gdprdesk.services.law import law_of

_LONGEST = {Unit.DAYS: 36_525, Unit.MONTHS: 1_200, Unit.YEARS: 100}
_AT_ONCE = frozenset({Start.RECORDED, Start.LAST_ACTIVITY})
"""Events that have happened when a record is written: nothing can be kept only until then."""


def checked_rule(
    session: Session, rule: RetentionRule, *, kinds: Iterable[str] = ()
) -> RetentionRule:
    """Return a rule as it is kept, if it makes sense.

    Args:
        session: The open register, whose law counts.
        rule: As it was entered.
        kinds: The kinds of record that are kept by it.

    Raises:
        DomainError: Its period, its range, its law or its end contradicts itself.
    """
    most = None if rule.most == rule.count else rule.most
    rule = replace(rule, law=rule.law or None, most=most, reason=rule.reason.strip())
    if not 0 <= rule.count <= _LONGEST[rule.unit] or (rule.most or 0) > _LONGEST[rule.unit]:
        raise DomainError(
            _(
                "Say how long it is kept with a number of days, months or years, at most a "
                "hundred years. Nothing was saved."
            )
        )
    if rule.most is not None and rule.most < rule.count:
        raise DomainError(
            _("The range ends before it begins. Nothing was saved. Write the smaller number first.")
        )
    if rule.count == 0 and rule.most is None and rule.start in _AT_ONCE:
        raise DomainError(
            _(
                "With no time at all it would be erased the day it is written down. Nothing was "
                "saved. Say how long it is needed, or until which event."
            )
        )
    if rule.law is not None:
        law_of(session).row(rule.law, today_of(session))
    _check_end(rule, frozenset(kinds))
    return rule


def check_own_rule(known: RetentionRule, rule: RetentionRule, *, original: bool) -> None:
    """Refuse an own period where a law decides.

    Raises:
        DomainError: The law holds the originals that are in this register.
    """
    own = (rule.law, rule.start, rule.count, rule.unit, rule.most)
    decided = (known.law, known.start, known.count, known.unit, known.most)
    if known.law is not None and original and own != decided:
        raise DomainError(
            _(
                "A law says how long this is kept, so it has no period of its own. Nothing was "
                "saved. Say in which other system the originals are, if this is only a copy."
            )
        )


def _check_end(rule: RetentionRule, kinds: frozenset[str]) -> None:
    named = [one for one in personal_kinds() if one.__name__ in kinds and one.carries_name]
    if rule.at_end is AtEnd.ANONYMISE and named:
        raise DomainError(
            _(
                "There are {kinds} under it, which say themselves whom they are about, so they "
                "cannot be kept without names. Nothing was saved. Choose to erase them, or to be "
                "asked."
            ).format(kinds=", ".join(_(one.called[1]) for one in named))
        )
