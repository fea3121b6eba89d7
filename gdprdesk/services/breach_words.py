"""What is said of a breach in the words of forms, reports and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from sqlalchemy.orm import Session

from gdprdesk.domain.base import BreachRef
from gdprdesk.domain.breach_rules import texts_of
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.terms import Permission
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_day, format_moment
from gdprdesk.services.breach_finding import find_breach
from gdprdesk.services.breach_log import BreachDetail, BreachRow
from gdprdesk.services.registry import query
from gdprdesk.services.subjects import list_subjects

_CAPITALISED = re.compile(r"[^\W\d_a-zåäöæøé][\w'-]+")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBERS = re.compile(r"\+?\d[\d -]{5,}\d")


@query("breach.named", needs=Permission.REGISTER)
def list_named_people(read: Session, *, breach_ref: BreachRef) -> tuple[str, ...]:
    """Return the people of the register whom the texts about a breach name: they are to say none.

    A first name alone is no name; a whole name, an e-mail address or a phone number is.
    """
    text = "\n".join(texts_of(find_breach(read, breach_ref)))
    found: dict[str, None] = {}
    for words in _suspects(text):
        for row in list_subjects(read, search=words, limit=3).rows:
            said = {*fold(row.name).split(), *fold(row.email).split()}
            by_number = any(sign.isdigit() for sign in words)
            if by_number or set(fold(words).split()) <= said:
                found[row.name] = None
    return tuple(found)


def _suspects(text: str) -> Iterator[str]:
    """Walk what may be a name: two capitalised words in a row, an address, a number."""
    for line in text.splitlines():
        words = line.split()
        for first, second in pairwise(words):
            pair = [word.strip(".,;:!?()[]\"'”«»") for word in (first, second)]
            if first == pair[0] and all(_CAPITALISED.fullmatch(word) for word in pair):
                yield " ".join(pair)
    yield from _ADDRESSES.findall(text)
    yield from _NUMBERS.findall(text)


def clock_words(row: BreachRow) -> str:
    """Return how the clock of a breach stands, or how it ended."""
    clock = row.clock
    if clock.is_late:
        return _("{count} h late").format(count=clock.over)
    if clock.runs:
        return _("{count} h left").format(count=clock.left)
    if row.closed_on is not None:
        return _("Closed")
    if row.reported_at is not None:
        return _("Reported")
    return _("Not to be reported")


def when(moment: datetime | None) -> str:
    """Return a moment as a form says it; nothing for nothing."""
    return format_moment(moment) if moment else ""


def period_of(one: BreachDetail) -> str:
    """Return from when to when it lasted, as far as it is known."""
    if one.began_at is None and one.ended_at is None:
        return _("Not known")
    begins = when(one.began_at) or _("not known")
    if one.ended_at is None:
        return _("From {begins}; it is not known when it ended").format(begins=begins)
    return _("From {begins} to {ends}").format(begins=begins, ends=when(one.ended_at))


def protection_of(encrypted: bool | None) -> str:
    """Return whether the data can be read, as it is known."""
    if encrypted is None:
        return _("It is not known whether the data can be read")
    if encrypted:
        return _("Encrypted; the key is safe")
    return _("Not encrypted, or the key is not safe")


def told_people(one: BreachDetail) -> str:
    """Return whether those concerned were told, when and how, or why not."""
    row = one.row
    if row.people_told_on is not None and row.untold:
        return _("In part; {count} are still to be told").format(count=row.untold)
    if row.people_told_on is not None:
        told = _("Yes, on {day}").format(day=format_day(row.people_told_on))
        return ": ".join(part for part in (told, one.told_how) if part)
    if one.not_told:
        return _("No. {why}").format(why=one.not_told)
    if one.must_tell:
        return _("Not yet; they will be told without delay")
    return _("No. The risk is not high") if row.risk else _("Not yet decided")


def rest_of(one: BreachDetail) -> str:
    """Return whether more is to follow, and by when."""
    row = one.row
    if one.supplemented_on is not None:
        return _("The rest was sent on {day}").format(day=format_day(one.supplemented_on))
    if row.supplement_due is not None:
        return _("Yes, by {day}").format(day=format_day(row.supplement_due))
    if row.reported_at is None and (one.lacks or one.blanks):
        return _("Yes, as soon as we know more")
    return _("No, this is everything")


def contact_of(owner: Organisation) -> str:
    """Return whom to ask at the business, and how."""
    return ", ".join(part for part in (owner.contact, owner.email, owner.phone) if part)


def case_title(row_number: int) -> str:
    """Return what letters call a breach."""
    return _("Breach {number}").format(number=row_number)
