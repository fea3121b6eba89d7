"""The letters about a breach: to the people it concerns, to all by a notice, to those served."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gdprdesk.domain.base import BreachRef, ControllerRef, SubjectRef
from gdprdesk.domain.breach_rules import blanks_of
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _, format_day, format_moment, format_number, language
from gdprdesk.services.breach_cases import is_ready_phrase, letter, ready_phrases
from gdprdesk.services.breach_log import BreachDetail, show_breach
from gdprdesk.services.breach_words import contact_of, period_of
from gdprdesk.services.finding import controller_of, find_subject, today_of
from gdprdesk.services.law import authority
from gdprdesk.services.registry import query
from gdprdesk.services.templates import phrase_book


@dataclass(frozen=True, repr=False)
class LetterPart:
    """A paragraph of a letter under its heading; the heading may be empty."""

    heading: str
    text: str


@dataclass(frozen=True, repr=False)
class BreachLetter:
    """A letter about a breach.

    Attributes:
        language: What it is written in.
        to: Whom it is for.
        parts: What it says.
        body: The same as one text, to paste into a mail.
        in_own_words: Whether it has sentences of the owner's own that are in another language,
            so that she has to translate them.
        blanks: What is still to be filled in.
    """

    language: str
    to: str
    subject: str
    parts: tuple[LetterPart, ...]
    body: str
    in_own_words: bool
    blanks: tuple[str, ...]


@query("breach.letter", needs=Permission.REGISTER)
def show_breach_letter(
    read: Session,
    *,
    breach_ref: BreachRef,
    subject_ref: SubjectRef | None = None,
    language_code: str = "",
) -> BreachLetter:
    """Return the letter to a person, or the notice to all: Article 34(2).

    What happened, who answers questions, what it may lead to, what was done, what she can do.
    Without a language it is in hers, or in that of the business.
    """
    owner = controller_of(read)
    subject = find_subject(read, subject_ref) if subject_ref else None
    code = language_code or _spoken_by(subject) or owner.language
    with language(code):
        one = show_breach(read, breach_ref=breach_ref)
        written = letter("person")
        fields = {
            **_texts(one, code),
            "name": subject.name if subject else "",
            "day": format_day(one.row.clock.known_at.astimezone().date()),
            "data": "; ".join(map(phrase_book(owner.trade, code), one.data)),
            "advice": " ".join(one.case.advice),
            "contact": contact_of(owner),
            "authority": _authority(read, owner),
            "business": owner.name,
        }
        if subject is None:
            public = letter("public")
            parts = [LetterPart("", public["greeting"][code]), *_parts(written, fields, code)]
            return _letter(one, owner, code, parts, subject=public["subject"][code])
        parts = list(_parts(written, fields, code))
        return _letter(one, owner, code, parts, subject=written["subject"][code], to=subject.name)


@query("breach.controller_letter", needs=Permission.REGISTER)
def show_controller_letter(
    read: Session,
    *,
    breach_ref: BreachRef,
    controller_ref: ControllerRef,
    language_code: str = "",
) -> BreachLetter:
    """Return the notice to a business that is served: Article 33(2) and what 33(3) asks for."""
    owner = controller_of(read)
    code = language_code or owner.language
    told = [row.controller for row in show_breach(read, breach_ref=breach_ref).controllers]
    served = next((row for row in told if row.ref == controller_ref), None)
    if served is None:
        raise DomainError(_("The breach does not concern this customer. Nothing was saved."))
    with language(code):
        one = show_breach(read, breach_ref=breach_ref)
        written = letter("controller")
        fields = {
            **_texts(one, code),
            "name": served.name,
            "moment": format_moment(one.row.clock.known_at),
            "period": period_of(one),
            "concerned": _concerned(one, phrase_book(owner.trade, code)),
            "contact": contact_of(owner),
            "business": owner.name,
        }
        parts = list(_parts(written, fields, code))
        return _letter(one, owner, code, parts, subject=written["subject"][code], to=served.name)


def _spoken_by(subject: DataSubject | None) -> str:
    return (subject.language or "") if subject else ""


def _texts(one: BreachDetail, code: str) -> dict[str, str]:
    phrase = ready_phrases(code)
    return {
        "what": phrase(one.row.what),
        "cause": phrase(one.cause),
        "whereabouts": phrase(one.whereabouts),
        "consequences": phrase(one.consequences),
        "measures": phrase(one.measures),
    }


def _authority(read: Session, owner: Organisation) -> str:
    to = authority(owner.country, today_of(read))
    return f"{to.name}, {to.web}"


def _concerned(one: BreachDetail, phrase: Callable[[str], str]) -> str:
    people = one.row.people
    about = "" if people is None else _("About {count} people").format(count=format_number(people))
    parts = ("; ".join(map(phrase, one.data)), "; ".join(map(phrase, one.groups)), about)
    return ". ".join(part for part in parts if part)


def _parts(
    written: Mapping[str, Any], fields: Mapping[str, str], code: str
) -> Iterator[LetterPart]:
    """Walk the paragraphs of a letter, without those whose field is empty."""
    for part in written["part"]:
        text = part["text"][code]
        empty = [name for name, value in fields.items() if f"{{{name}}}" in text and not value]
        if not empty:
            yield LetterPart(part.get("heading", {}).get(code, ""), text.format(**fields))


def _letter(
    one: BreachDetail,
    owner: Organisation,
    code: str,
    parts: list[LetterPart],
    *,
    subject: str,
    to: str = "",
) -> BreachLetter:
    said = (one.row.what, one.cause, one.whereabouts, one.consequences, one.measures)
    own = any(text and not is_ready_phrase(text) for text in said)
    body = "\n\n".join("\n".join(line for line in (p.heading, p.text) if line) for p in parts)
    return BreachLetter(
        language=code,
        to=to,
        subject=subject,
        parts=tuple(parts),
        body=body,
        in_own_words=own and code != owner.language,
        blanks=blanks_of(body),
    )
