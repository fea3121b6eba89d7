"""The words of personal data breaches."""

from __future__ import annotations

from enum import Enum, StrEnum

from gdprdesk.i18n import N_


class BreachKind(StrEnum):
    """What has happened."""

    STOLEN_COMPUTER = "stolen_computer"
    WRONG_RECIPIENT = "wrong_recipient"
    LOST_BACKUP = "lost_backup"
    LOST_PAPER = "lost_paper"
    RANSOMWARE = "ransomware"
    WRONG_ACCESS = "wrong_access"
    OTHER = "other"


class BreachEffect(StrEnum):
    """What a breach does to data: Article 4(12)."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    AVAILABILITY = "availability"


class BreachRisk(StrEnum):
    """How great the risk for the people concerned is: Articles 33(1) and 34(1)."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"

    def reaches(self, other: BreachRisk) -> bool:
        """Return whether it is as great as another one, or greater."""
        order = list(BreachRisk)
        return order.index(self) >= order.index(other)


class BreachFact(StrEnum):
    """What makes the risk of a breach greater or smaller, as far as it is true."""

    LOCKED = "locked"
    COPY = "copy"
    RETURNED = "returned"
    DELETED = "deleted"
    TRUSTED = "trusted"
    NOT_TAKEN = "not_taken"
    SENSITIVE = "sensitive"
    IDENTITY = "identity"
    SECRETS = "secrets"
    VULNERABLE = "vulnerable"
    FOR_OTHERS = "for_others"


class BreachQuestion(StrEnum):
    """The five answers about a breach, in the order they are asked for."""

    WHAT = "what"
    DATA = "data"
    CONSEQUENCES = "consequences"
    MEASURES = "measures"
    RISK = "risk"


class BreachTask(StrEnum):
    """What is still to be done about a breach, the most pressing first."""

    REPORT = "report"
    TELL_CONTROLLERS = "tell_controllers"
    TELL_PEOPLE = "tell_people"
    SUPPLEMENT = "supplement"
    FINISH = "finish"


SAID: tuple[tuple[Enum, str], ...] = (
    (BreachKind.STOLEN_COMPUTER, N_("Stolen or lost computer")),
    (BreachKind.WRONG_RECIPIENT, N_("Sent to the wrong person")),
    (BreachKind.LOST_BACKUP, N_("Lost backup stick")),
    (BreachKind.LOST_PAPER, N_("Lost paper")),
    (BreachKind.RANSOMWARE, N_("Ransomware or hacked computer")),
    (BreachKind.WRONG_ACCESS, N_("Somebody saw what she should not")),
    (BreachKind.OTHER, N_("Something else")),
    (BreachEffect.CONFIDENTIALITY, N_("Somebody may have seen it who should not")),
    (BreachEffect.INTEGRITY, N_("It may have been changed")),
    (BreachEffect.AVAILABILITY, N_("It is lost or cannot be reached")),
    (BreachRisk.UNLIKELY, N_("Unlikely to harm anybody")),
    (BreachRisk.RISK, N_("May harm somebody")),
    (BreachRisk.HIGH, N_("May well harm somebody badly")),
    (BreachFact.LOCKED, N_("It was locked or switched off when it went")),
    (BreachFact.COPY, N_("There is a copy of everything that was lost")),
    (BreachFact.RETURNED, N_("It has come back, and nothing says that anybody looked")),
    (BreachFact.DELETED, N_("Whoever got it has confirmed that it is deleted")),
    (BreachFact.TRUSTED, N_("Whoever saw it is known to you and keeps it secret")),
    (BreachFact.NOT_TAKEN, N_("Somebody who knows has seen that nothing was copied out")),
    (BreachFact.SENSITIVE, N_("Health or other sensitive data")),
    (BreachFact.IDENTITY, N_("Personal identity numbers")),
    (BreachFact.SECRETS, N_("Passwords, bank or card details")),
    (BreachFact.VULNERABLE, N_("Children, patients or people with a protected address")),
    (BreachFact.FOR_OTHERS, N_("Only data that you process for your customers")),
    (BreachQuestion.WHAT, N_("What has happened?")),
    (BreachQuestion.DATA, N_("Which data, and whose?")),
    (BreachQuestion.CONSEQUENCES, N_("Can anybody read it, and what may follow?")),
    (BreachQuestion.MEASURES, N_("What have you done, and what do you plan?")),
    (BreachQuestion.RISK, N_("How great is the risk?")),
    (BreachTask.REPORT, N_("Report it to the authority, or write why not")),
    (BreachTask.TELL_CONTROLLERS, N_("Tell the customers you process data for")),
    (BreachTask.TELL_PEOPLE, N_("Tell the people concerned")),
    (BreachTask.SUPPLEMENT, N_("Send the rest to the authority")),
    (BreachTask.FINISH, N_("Complete and close it")),
)
"""How each is said, in English."""
