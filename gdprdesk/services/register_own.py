"""What only our own export says of a row, back into what it was: the reverse of the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gdprdesk.domain.activities import Camera, Cookie, FurtherPurpose
from gdprdesk.domain.register_text import Words, read_period
from gdprdesk.domain.terms import LegalBasis, RiskCriterion
from gdprdesk.domain.text import fold
from gdprdesk.services.register_words import (
    match_own,
    own_bases,
    own_texts,
    read_day,
    said_terms,
)

_OUTSIDE = re.compile(r"(?P<name>.+) \((?P<country>[A-Z]{2})\): (?P<mechanism>.*)", re.DOTALL)
_LEAST_OF_CAMERA = 5
_PARTS_OF_COOKIE = 4


@dataclass(frozen=True, repr=False)
class Judgement:
    """What was concluded on a day: about the interest, or by which criteria about the risk."""

    decided_on: date
    conclusion: str
    criteria: tuple[RiskCriterion, ...] = ()


def note_after_basis(text: str) -> str | None:
    """Return what stands after the name of a legal basis; nothing if that is not how we say it."""
    return next(
        (text.removeprefix(said).lstrip(". ") for said, _b in own_bases() if text.startswith(said)),
        None,
    )


def split_joint(text: str) -> tuple[str, str]:
    """Return the controller and the one it decides with; empty if there is none."""
    parts = text.split(", ")
    for place in range(1, len(parts)):
        if own := match_own("together with {name}", ", ".join(parts[place:])):
            return ", ".join(parts[:place]), own["name"]
    return text, ""


def read_outside(text: str) -> Mapping[str, str] | None:
    """Return name, country and mechanism of a recipient outside the EEA."""
    found = _OUTSIDE.fullmatch(text)
    if found is None:
        return None
    none = fold(found["mechanism"]) in own_texts("own_no_safeguard")
    return found.groupdict() | ({"mechanism": ""} if none else {})


def read_further(line: str, words: Words) -> FurtherPurpose | None:
    """Return a further purpose with its basis and its time."""
    for said, basis in own_bases():
        purpose, named, rest = line.partition(f". {said}.")
        if named:
            note, _dot, period = rest.strip().rstrip(".").rpartition(". ")
            return further_purpose(purpose, basis, note, period, words)
    return None


def further_purpose(
    purpose: str, basis: LegalBasis, note: str, period: str, words: Words
) -> FurtherPurpose:
    """Return a further purpose with the rule that a text means."""
    rule, _remark = read_period(period, words)
    return FurtherPurpose(
        purpose=purpose,
        legal_basis=basis,
        basis_note=note,
        start=rule.start,
        count=rule.count,
        unit=rule.unit,
        law=rule.law,
    )


def read_camera(text: str) -> Camera | None:
    """Return how a place is watched."""
    said = text.rstrip(".").split(". ")
    number, days = re.match(r"\d+", said[0]), re.search(r"\d+", said[-3] if said[2:] else "")
    if number is None or days is None or len(said) < _LEAST_OF_CAMERA:
        return None
    return Camera(
        number=int(number[0]),
        places=". ".join(said[1:-3]),
        days=int(days[0]),
        sign=fold(said[-2]) in own_texts("own_sign"),
        sound=fold(said[-1]) in own_texts("own_sound"),
    )


def read_cookie(line: str) -> Cookie:
    """Return a cookie: its name, then owner, life, purpose and basis with commas between."""
    name, _colon, rest = line.partition(": ")
    parts = rest.split(", ")
    parts += [""] * (_PARTS_OF_COOKIE - len(parts))
    owner, life, *purpose, basis = parts
    return Cookie(name=name, owner=owner, life=life, purpose=", ".join(purpose), basis=basis)


def read_judgement(text: str) -> Judgement | None:
    """Return what was concluded on a day."""
    day, _colon, rest = text.partition(": ")
    decided_on = read_day(day)
    return Judgement(decided_on, rest) if decided_on else None


def read_screening(text: str) -> Judgement | None:
    """Return what was concluded about the risk on a day, and which criteria were met."""
    judged = read_judgement(text)
    if judged is None:
        return None
    rest, criteria = judged.conclusion, []
    while met := _criterion_at(rest):
        criteria.append(met[1])
        rest = rest[len(met[0]) :].lstrip(",. ")
    return Judgement(judged.decided_on, rest, tuple(criteria))


def _criterion_at(text: str) -> tuple[str, RiskCriterion] | None:
    folded = fold(text)
    return next((one for one in said_terms(RiskCriterion) if folded.startswith(one[0])), None)
