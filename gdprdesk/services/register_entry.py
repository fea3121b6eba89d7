"""A row of a register that was kept elsewhere, as ours would hold it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gdprdesk.domain.activities import Camera, Category, Cookie, FurtherPurpose, RetentionRule
from gdprdesk.domain.terms import Audience, LegalBasis, Origin, RecipientRole, SpecialCondition
from gdprdesk.services.register_own import Judgement


@dataclass(frozen=True, repr=False)
class RecipientEntry:
    """Somebody who gets data, as a row names them."""

    name: str
    role: RecipientRole = RecipientRole.CONTROLLER
    service: str = ""
    country: str = ""
    mechanism: str = ""
    agreement_on: date | None = None


@dataclass(frozen=True, repr=False)
class RegisterEntry:
    """A row of the register as it would be saved.

    Attributes:
        says_basis: The file itself says the legal basis.
        says_period: The file itself says how long.
    """

    name: str
    purpose: str
    legal_basis: LegalBasis
    basis_note: str
    rule: RetentionRule
    says_basis: bool = True
    says_period: bool = True
    further_purposes: tuple[FurtherPurpose, ...] = ()
    special_condition: SpecialCondition | None = None
    subjects: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    recipients: tuple[RecipientEntry, ...] = ()
    measures: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    sources: str = ""
    responsible: str = ""
    joint_controller: str = ""
    joint_arrangement: str = ""
    system_of_record: str = ""
    automated_decision: str = ""
    profiling: str = ""
    objection: str = ""
    duty: str = ""
    deidentification: str = ""
    collected_from: Origin | None = None
    audiences: tuple[Audience, ...] = ()
    camera: Camera | None = None
    cookies: tuple[Cookie, ...] = ()
    interest: Judgement | None = None
    risk: Judgement | None = None
    reviewed_on: date | None = None
