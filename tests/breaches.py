"""Breaches that tests begin from."""

from __future__ import annotations

from typing import Any

from gdprdesk.desk import Desk
from gdprdesk.domain.base import BreachRef
from gdprdesk.domain.terms import BreachFact, BreachKind, BreachRisk
from gdprdesk.services.breaches import BreachAnswers, answer_breach, start_breach


def answer(desk: Desk, ref: BreachRef, **answers: Any) -> None:
    desk.run(answer_breach, breach_ref=ref, answers=BreachAnswers(**answers))


def told(desk: Desk, kind: BreachKind = BreachKind.STOLEN_COMPUTER, **answers: Any) -> BreachRef:
    """Start a breach and answer everything about it."""
    ref = desk.run(start_breach, kind=kind)
    said = {
        "what": "Datorn togs ur bilen.",
        "cause": "Bilen var olåst.",
        "whereabouts": "Okänt.",
        "consequences": "Bedrägeriförsök.",
        "measures": "Lösenord är bytta.",
        "data": ("Namn", "Telefon"),
        "groups": ("Kunder",),
        "people": 12,
        "encrypted": True,
        "facts": (BreachFact.LOCKED, BreachFact.COPY),
        "risk": BreachRisk.UNLIKELY,
        "risk_why": "Registret är krypterat och var låst.",
    }
    answer(desk, ref, **{**said, **answers})
    return ref
