"""What the form of the authority asks about a breach, in its order, ready to copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gdprdesk.domain.base import BreachRef
from gdprdesk.domain.breach_rules import blanks_of
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.terms import Permission, say
from gdprdesk.i18n import _, format_number, language
from gdprdesk.services.breach_cases import form_rows, ready_phrases
from gdprdesk.services.breach_log import BreachDetail, show_breach
from gdprdesk.services.breach_words import (
    case_title,
    contact_of,
    period_of,
    protection_of,
    rest_of,
    told_people,
    when,
)
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import authority
from gdprdesk.services.registry import query
from gdprdesk.services.templates import phrase_book


@dataclass(frozen=True, repr=False)
class FormLine:
    """A field of the form.

    Attributes:
        holds: What stands in it: "what", "people".
        heading: What the form asks, in the language of the document.
        value: What to write there; nothing while it is not known.
        is_missing: Whether it is to be filled in: empty, or with a blank in square brackets.
    """

    holds: str
    heading: str
    value: str
    is_missing: bool


@dataclass(frozen=True, repr=False)
class BreachForm:
    """The form of the authority.

    Attributes:
        authority: Who gets it.
        web: Where it is filled in.
    """

    authority: str
    web: str
    lines: tuple[FormLine, ...]


MAY_BE_EMPTY = frozenset({"late", "ended", "officer", "org_number"})


@query("breach.form", needs=Permission.REGISTER)
def show_breach_form(
    read: Session, *, breach_ref: BreachRef, language_code: str = ""
) -> BreachForm:
    """Return the fields of the authority's form in its order, each with what to write there.

    What the owner wrote herself stays in her words; ready texts are said in the language asked
    for, or in that of the business.
    """
    owner = controller_of(read)
    code = language_code or owner.language
    to = authority(owner.country, today_of(read))
    with language(code):
        one = show_breach(read, breach_ref=breach_ref)
        own_phrase, template_phrase = ready_phrases(code), phrase_book(owner.trade, code)

        def phrase(text: str) -> str:
            return template_phrase(own_phrase(text))

        lines = []
        for row in form_rows(owner.country):
            value = _VALUES[row["holds"]](one, owner, phrase)
            missing = (not value and row["holds"] not in MAY_BE_EMPTY) or bool(blanks_of(value))
            lines.append(FormLine(row["holds"], row["heading"][code], value, missing))
    return BreachForm(to.name, to.web, tuple(lines))


Phrase = Callable[[str], str]


def _texts(parts: tuple[str, ...], phrase: Phrase) -> str:
    return "; ".join(map(phrase, parts))


def _risk(one: BreachDetail, _owner: Organisation, phrase: Phrase) -> str:
    if one.row.risk is None:
        return ""
    return ". ".join(part for part in (say(one.row.risk), phrase(one.risk_why)) if part)


def _people(one: BreachDetail, _owner: Organisation, _phrase: Phrase) -> str:
    known = one.row.people
    return "" if known is None else _("About {count}").format(count=format_number(known))


_VALUES: dict[str, Callable[[BreachDetail, Organisation, Phrase], str]] = {
    "business": lambda _one, owner, _phrase: owner.name,
    "org_number": lambda _one, owner, _phrase: owner.org_number,
    "address": lambda _one, owner, _phrase: owner.address,
    "reference": lambda one, _owner, _phrase: case_title(one.row.number),
    "contact": lambda _one, owner, _phrase: contact_of(owner),
    "officer": lambda _one, owner, phrase: phrase(owner.officer),
    "began": lambda one, _owner, _phrase: when(one.began_at) or _("Not known"),
    "known": lambda one, _owner, _phrase: when(one.row.clock.known_at),
    "ended": lambda one, _owner, _phrase: when(one.ended_at),
    "period": lambda one, _owner, _phrase: period_of(one),
    "late": lambda one, _owner, _phrase: one.late,
    "kind": lambda one, _owner, _phrase: say(one.row.kind),
    "effects": lambda one, _owner, _phrase: "; ".join(map(say, one.effects)),
    "what": lambda one, _owner, phrase: phrase(one.row.what),
    "cause": lambda one, _owner, phrase: phrase(one.cause),
    "protection": lambda one, _owner, _phrase: protection_of(one.encrypted),
    "people": _people,
    "groups": lambda one, _owner, phrase: _texts(one.groups, phrase),
    "data": lambda one, _owner, phrase: _texts(one.data, phrase),
    "whereabouts": lambda one, _owner, phrase: phrase(one.whereabouts),
    "consequences": lambda one, _owner, phrase: phrase(one.consequences),
    "risk": _risk,
    "measures": lambda one, _owner, phrase: phrase(one.measures),
    "informed": lambda one, _owner, _phrase: told_people(one),
    "whole": lambda one, _owner, _phrase: rest_of(one),
}
