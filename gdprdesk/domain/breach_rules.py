"""What a breach demands, and how great its risk is: Articles 33 and 34, pure.

The risk that is proposed follows the guidelines 9/2022 and the examples 01/2021 of the European
Data Protection Board: who can read the data, what they are, and whether they can be replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gdprdesk.domain.breaches import Breach
from gdprdesk.domain.terms import (
    BreachEffect,
    BreachFact,
    BreachKind,
    BreachQuestion,
    BreachRisk,
    BreachTask,
)
from gdprdesk.i18n import N_

_MANY = 1_000
_BLANK = re.compile(r"\[[^\[\]]+\]")

ABOUT_DATA = (
    BreachFact.SENSITIVE,
    BreachFact.IDENTITY,
    BreachFact.SECRETS,
    BreachFact.VULNERABLE,
)
"""What is asked of the data, whatever has happened: each makes the risk greater."""

ABOUT_LOSS: dict[BreachKind, tuple[BreachFact, ...]] = {
    BreachKind.STOLEN_COMPUTER: (BreachFact.LOCKED, BreachFact.COPY, BreachFact.RETURNED),
    BreachKind.WRONG_RECIPIENT: (BreachFact.DELETED, BreachFact.TRUSTED),
    BreachKind.LOST_BACKUP: (BreachFact.RETURNED,),
    BreachKind.LOST_PAPER: (BreachFact.RETURNED, BreachFact.COPY),
    BreachKind.RANSOMWARE: (BreachFact.COPY, BreachFact.NOT_TAKEN),
    BreachKind.WRONG_ACCESS: (BreachFact.TRUSTED, BreachFact.DELETED),
    BreachKind.OTHER: (
        BreachFact.RETURNED,
        BreachFact.DELETED,
        BreachFact.TRUSTED,
        BreachFact.COPY,
    ),
}
"""What is asked of each kind: what makes the risk smaller."""


@dataclass(frozen=True)
class RiskReason:
    """Something that speaks for a great risk or for a small one, in English, to be translated."""

    words: str
    lowers: bool


@dataclass(frozen=True)
class RiskProposal:
    """How great the risk looks, and why. It is the owner who judges."""

    risk: BreachRisk
    reasons: tuple[RiskReason, ...]


def propose_risk(breach: Breach) -> RiskProposal:
    """Return how great the risk of a breach looks by what is known; what is not known is bad."""
    facts = {BreachFact(one) for one in breach.facts}
    grave = bool(facts & set(ABOUT_DATA))
    is_sealed, is_contained = _is_sealed(breach, facts), _is_contained(breach, facts)
    is_lost = BreachEffect.AVAILABILITY in breach.effects and not (
        facts & {BreachFact.COPY, BreachFact.RETURNED}
    )
    if not is_sealed and not is_contained:
        risk = BreachRisk.HIGH if grave else BreachRisk.RISK
    elif is_lost:
        needed = facts & {BreachFact.SENSITIVE, BreachFact.VULNERABLE}
        risk = BreachRisk.HIGH if needed else BreachRisk.RISK
    else:
        risk = BreachRisk.RISK if grave and not is_sealed else BreachRisk.UNLIKELY
    for_worse = _worse(breach, facts, is_sealed=is_sealed or is_contained, is_lost=is_lost)
    return RiskProposal(risk, (*_better(breach, facts, is_sealed=is_sealed), *for_worse))


def _is_sealed(breach: Breach, facts: set[BreachFact]) -> bool:
    """Return whether nobody can read it: an open computer shows what is encrypted on its disk."""
    needs_lock = breach.kind is BreachKind.STOLEN_COMPUTER
    return breach.encrypted is True and (not needs_lock or BreachFact.LOCKED in facts)


def _is_contained(breach: Breach, facts: set[BreachFact]) -> bool:
    """Return whether whoever could read it does no harm with it."""
    if breach.kind is BreachKind.RANSOMWARE:
        return BreachFact.NOT_TAKEN in facts
    return BreachFact.RETURNED in facts or facts >= {BreachFact.DELETED, BreachFact.TRUSTED}


def _better(breach: Breach, facts: set[BreachFact], *, is_sealed: bool) -> Iterator[RiskReason]:
    if is_sealed:
        yield RiskReason(N_("Nobody can read it without a key, and the key is safe"), lowers=True)
    for fact, words in _LOWERS.items():
        if fact in facts and fact in ABOUT_LOSS[breach.kind]:
            yield RiskReason(words, lowers=True)


def _worse(
    breach: Breach, facts: set[BreachFact], *, is_sealed: bool, is_lost: bool
) -> Iterator[RiskReason]:
    if breach.encrypted is None and not is_sealed:
        yield RiskReason(
            N_("You do not know whether it can be read, so we reckon that it can"), lowers=False
        )
    elif not is_sealed:
        yield RiskReason(N_("Whoever has it can read it"), lowers=False)
    for fact, words in _RAISES.items():
        if fact in facts:
            yield RiskReason(words, lowers=False)
    if is_lost:
        yield RiskReason(N_("There is no copy of what was lost"), lowers=False)
    if (breach.people or 0) >= _MANY:
        yield RiskReason(N_("It concerns very many people"), lowers=False)


_LOWERS = {
    BreachFact.LOCKED: N_("It was locked or switched off when it went"),
    BreachFact.COPY: N_("There is a copy of everything that was lost"),
    BreachFact.RETURNED: N_("It has come back, and nothing says that anybody looked"),
    BreachFact.DELETED: N_("Whoever got it has confirmed that it is deleted"),
    BreachFact.TRUSTED: N_("Whoever saw it is known to you and keeps it secret"),
    BreachFact.NOT_TAKEN: N_("Somebody who knows has seen that nothing was copied out"),
}
_RAISES = {
    BreachFact.SENSITIVE: N_("Health or other sensitive data are among it"),
    BreachFact.IDENTITY: N_("Personal identity numbers are among it"),
    BreachFact.SECRETS: N_("Passwords, bank or card details are among it"),
    BreachFact.VULNERABLE: N_("It concerns children, patients or people with a protected address"),
}


def is_for_others(breach: Breach) -> bool:
    """Return whether it concerns only what is processed for others: they report it, not we."""
    return BreachFact.FOR_OTHERS in breach.facts


def must_be_reported(breach: Breach, from_risk: BreachRisk) -> bool:
    """Return whether the authority has to be told: Article 33(1). Not judged counts as yes.

    Args:
        breach: What happened.
        from_risk: The least risk that the law of its day wants reported.
    """
    if is_for_others(breach):
        return False
    return breach.risk is None or breach.risk.reaches(from_risk)


def must_tell_people(breach: Breach) -> bool:
    """Return whether those concerned have to be told: Article 34(1)."""
    return breach.risk is BreachRisk.HIGH and not is_for_others(breach)


def tasks_of(breach: Breach, untold: int) -> tuple[BreachTask, ...]:
    """Return what is still to be done about a breach, the most pressing first.

    Args:
        breach: What happened.
        untold: How many of the people it concerns were chosen and not told yet.
    """
    if breach.closed_on is not None:
        return ()
    settled = breach.reported_at is not None or bool(breach.not_reported)
    people = must_tell_people(breach) and breach.people_told_on is None and not breach.not_told
    due = (
        (BreachTask.REPORT, not settled and not is_for_others(breach)),
        (BreachTask.TELL_CONTROLLERS, any(one["told_at"] is None for one in breach.controllers)),
        (BreachTask.TELL_PEOPLE, people or (untold > 0 and not breach.not_told)),
        (BreachTask.SUPPLEMENT, _awaits_rest(breach)),
    )
    return tuple(task for task, is_due in due if is_due) or (BreachTask.FINISH,)


def _awaits_rest(breach: Breach) -> bool:
    return breach.supplement_due is not None and breach.supplemented_on is None


def lacks_of(
    breach: Breach, from_risk: BreachRisk, untold: int, *, is_late: bool
) -> tuple[str, ...]:
    """Return what must be there before a breach is closed: Article 33(3) to (5), in English.

    Args:
        breach: What happened.
        from_risk: The least risk that the law of its day wants reported.
        untold: How many of the people it concerns were chosen and not told yet.
        is_late: Whether it was reported after the time the law gives.
    """
    return tuple(
        words for words, is_lacking in _demands(breach, from_risk, untold, is_late) if is_lacking
    )


def _demands(
    breach: Breach, from_risk: BreachRisk, untold: int, is_late: bool
) -> Iterable[tuple[str, bool]]:
    tasks = tasks_of(breach, untold)
    must = must_be_reported(breach, from_risk)
    unreported = breach.reported_at is None
    own = not is_for_others(breach)
    return (
        (N_("It does not say what happened"), not breach.what.strip()),
        (N_("It does not say which data it concerns"), not breach.data),
        (N_("It does not say whose data it concerns"), not breach.groups),
        (N_("It does not say about how many people"), breach.people is None),
        (N_("It does not say what may follow"), not breach.consequences.strip()),
        (N_("It does not say what was done"), not breach.measures.strip()),
        (N_("A text still has a blank in square brackets"), bool(blanks_in(breach))),
        (N_("The risk is not judged"), own and breach.risk is None),
        (N_("It does not say why the risk is judged so"), own and not breach.risk_why.strip()),
        (N_("The authority is not told"), must and unreported),
        (
            N_("It does not say why the authority is not told"),
            own and not must and unreported and not breach.not_reported.strip(),
        ),
        (N_("It does not say why it was reported late"), is_late and not breach.late.strip()),
        (N_("Customers you process data for are not told"), BreachTask.TELL_CONTROLLERS in tasks),
        (N_("The people concerned are not told"), BreachTask.TELL_PEOPLE in tasks),
        (N_("The rest has not been sent to the authority"), BreachTask.SUPPLEMENT in tasks),
    )


def answered(breach: Breach) -> tuple[BreachQuestion, ...]:
    """Return which of the five questions about a breach are answered."""
    protection = (
        breach.encrypted is not None
        or breach.risk is not None
        or bool(set(breach.facts) - set(ABOUT_DATA))
    )
    judged = breach.risk is not None and bool(breach.risk_why.strip())
    answers = (
        (BreachQuestion.WHAT, all(map(_is_whole, (breach.what, breach.cause, breach.whereabouts)))),
        (BreachQuestion.DATA, bool(breach.data and breach.groups) and breach.people is not None),
        (BreachQuestion.CONSEQUENCES, protection and _is_whole(breach.consequences)),
        (BreachQuestion.MEASURES, _is_whole(breach.measures)),
        (BreachQuestion.RISK, judged or is_for_others(breach)),
    )
    return tuple(question for question, is_answered in answers if is_answered)


def _is_whole(text: str) -> bool:
    return bool(text.strip()) and not blanks_of(text)


def texts_of(breach: Breach) -> tuple[str, ...]:
    """Return the texts about a breach that leave the house: none of them may name anybody."""
    return (
        breach.what,
        breach.cause,
        breach.whereabouts,
        breach.consequences,
        breach.measures,
        breach.risk_why,
        breach.late,
        breach.not_reported,
        breach.not_told,
        breach.told_how,
        *breach.data,
        *breach.groups,
        *(one["what"] for one in breach.done),
    )


def blanks_in(breach: Breach) -> tuple[str, ...]:
    """Return what is still to be filled in, as the ready texts say it: "[place]"."""
    answers = (
        breach.what,
        breach.cause,
        breach.whereabouts,
        breach.consequences,
        breach.measures,
    )
    return tuple(found for text in answers for found in blanks_of(text))


def blanks_of(text: str) -> tuple[str, ...]:
    """Return what is still to be filled in within one text."""
    return tuple(_BLANK.findall(text))
