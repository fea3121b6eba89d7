"""The words of the regulation and of the shop that the user picks from, and how they are said."""

from __future__ import annotations

from enum import Enum

from gdprdesk.domain.terms import access, breaches, media, people, register, rights
from gdprdesk.domain.terms.access import (
    Area,
    BuiltInRole,
    DestructionAsker,
    ExportPurpose,
    FactorKind,
    NoteKind,
    NumberKind,
    PatientLaw,
    Permission,
    ReadHint,
    ReadReason,
    Verdict,
)
from gdprdesk.domain.terms.breaches import (
    BreachEffect,
    BreachFact,
    BreachKind,
    BreachQuestion,
    BreachRisk,
    BreachTask,
)
from gdprdesk.domain.terms.citing import cite
from gdprdesk.domain.terms.media import MediaKind, MediaOrigin, TakeDownReason
from gdprdesk.domain.terms.people import (
    BookingState,
    Channel,
    ConsentMethod,
    ContactKind,
    Decision,
    Direction,
    Every,
    Kinship,
    Likeness,
    PaidBy,
    QuietKind,
    SignedAs,
    SubjectKind,
    SubjectState,
)
from gdprdesk.domain.terms.register import (
    AtEnd,
    Audience,
    CleanUpMode,
    FormField,
    HoldGround,
    LegalBasis,
    Origin,
    Reason,
    RecipientRole,
    RiskCriterion,
    SourceException,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.domain.terms.rights import (
    BackupSchedule,
    CallOutcome,
    CaseStep,
    ErasureGround,
    ErasureState,
    ExtensionReason,
    IdentityCheck,
    LetterKind,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    RequestTask,
    RestrictionGround,
    StopReason,
)
from gdprdesk.i18n import _

__all__ = [
    "Area",
    "AtEnd",
    "Audience",
    "BackupSchedule",
    "BookingState",
    "BreachEffect",
    "BreachFact",
    "BreachKind",
    "BreachQuestion",
    "BreachRisk",
    "BreachTask",
    "BuiltInRole",
    "CallOutcome",
    "CaseStep",
    "Channel",
    "CleanUpMode",
    "ConsentMethod",
    "ContactKind",
    "Decision",
    "DestructionAsker",
    "Direction",
    "ErasureGround",
    "ErasureState",
    "Every",
    "ExportPurpose",
    "ExtensionReason",
    "FactorKind",
    "FormField",
    "HoldGround",
    "IdentityCheck",
    "Kinship",
    "LegalBasis",
    "LetterKind",
    "Likeness",
    "MediaKind",
    "MediaOrigin",
    "NoteKind",
    "NumberKind",
    "Origin",
    "PaidBy",
    "PatientLaw",
    "Permission",
    "QuietKind",
    "ReadHint",
    "ReadReason",
    "Reason",
    "RecipientRole",
    "RefusalGround",
    "RequestDecision",
    "RequestKind",
    "RequestTask",
    "Requester",
    "RestrictionGround",
    "RiskCriterion",
    "SignedAs",
    "SourceException",
    "SpecialCondition",
    "Start",
    "StopReason",
    "SubjectKind",
    "SubjectState",
    "TakeDownReason",
    "Unit",
    "Verdict",
    "cite",
    "say",
]

_TERMS = (*register.SAID, *people.SAID, *rights.SAID, *breaches.SAID, *access.SAID, *media.SAID)
# By type as well: words of two enumerations may read the same and mean different things.
_SAID: dict[tuple[type[Enum], Enum], str] = {(type(term), term): said for term, said in _TERMS}


def say(term: Enum) -> str:
    """Return a term in the language spoken."""
    return _(_SAID[type(term), term])
