"""The words of the record of processing and of retention."""

from __future__ import annotations

from enum import Enum, StrEnum

from gdprdesk.domain.terms.citing import cite
from gdprdesk.i18n import N_


class LegalBasis(StrEnum):
    """Why a processing is lawful: Article 6(1)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"

    @property
    def article(self) -> str:
        """Return where the regulation says so; the letters stand in the order of this list."""
        return cite(f"6(1)({'abcdef'[list(LegalBasis).index(self)]})")


class SpecialCondition(StrEnum):
    """Why data about health and the like may be held at all: Article 9(2)."""

    EXPLICIT_CONSENT = "explicit_consent"
    EMPLOYMENT = "employment"
    HEALTH_CARE = "health_care"
    LEGAL_CLAIM = "legal_claim"


class RecipientRole(StrEnum):
    """In what capacity somebody else gets personal data."""

    PROCESSOR = "processor"
    CONTROLLER = "controller"
    AUTHORITY = "authority"


class Start(StrEnum):
    """What a retention rule counts from."""

    RECORDED = "recorded"
    LAST_ACTIVITY = "last_activity"
    COMPLETED = "completed"
    RELATION_ENDED = "relation_ended"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    REPLACED = "replaced"
    LAST_JOURNAL_ENTRY = "last_journal_entry"
    FINANCIAL_YEAR_END = "financial_year_end"


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class AtEnd(StrEnum):
    """What happens to a record when its period is over."""

    ERASE = "erase"
    ANONYMISE = "anonymise"
    ASK = "ask"


class Reason(Enum):
    """Why a record outlives a wish for erasure, by the article that says so."""

    STILL_NEEDED = "17(1)"
    LAW_OBLIGES = "17(3)(b)"
    CLAIM = "17(3)(e)"
    RESTRICTED = "18(1)"


class HoldGround(StrEnum):
    """Why the owner may keep something by hand past its day: only for one of these reasons."""

    CLAIM = "claim"
    LAW = "law"
    RUNNING = "running"
    RESTRICTION = "restriction"

    @property
    def reason(self) -> Reason:
        """Return the article that allows it."""
        return _GROUNDS[self]


_GROUNDS = {
    HoldGround.CLAIM: Reason.CLAIM,
    HoldGround.LAW: Reason.LAW_OBLIGES,
    HoldGround.RUNNING: Reason.STILL_NEEDED,
    HoldGround.RESTRICTION: Reason.RESTRICTED,
}


class Origin(StrEnum):
    """Whether data come from the person herself or from somebody else: Articles 13 and 14."""

    PERSON = "person"
    OTHER = "other"


class SourceException(StrEnum):
    """Why a person need not be told that her data came from somebody else: Article 14(5)."""

    KNOWS = "knows"
    TOO_MUCH = "too_much"
    LAW = "law"
    SECRECY = "secrecy"

    @property
    def article(self) -> str:
        """Return where the regulation says so; the letters stand in the order of this list."""
        return cite(f"14(5)({'abcd'[list(SourceException).index(self)]})")


class Audience(StrEnum):
    """Whom a privacy notice speaks to."""

    CUSTOMERS = "customers"
    NEWSLETTER = "newsletter"
    CLIENTS = "clients"
    SUPPLIERS = "suppliers"
    STAFF = "staff"
    WEB = "web"


class FormField(StrEnum):
    """A field of a form that an activity allows or switches off: Article 5(1)(c)."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    OTHER_CONTACT = "other_contact"
    COMPANY = "company"
    LANGUAGE = "language"
    ORDER_NOTE = "order_note"
    ORDER_TIME = "order_time"
    DIET = "diet"
    FILES = "files"
    NOTES = "notes"


class RiskCriterion(StrEnum):
    """A sign of high risk: the nine criteria of the guidelines WP 248 on Article 35."""

    SCORING = "scoring"
    AUTOMATED_DECISION = "automated_decision"
    MONITORING = "monitoring"
    SENSITIVE = "sensitive"
    LARGE_SCALE = "large_scale"
    MATCHING = "matching"
    VULNERABLE = "vulnerable"
    NEW_TECHNOLOGY = "new_technology"
    HINDERED = "hindered"


class CleanUpMode(StrEnum):
    """Who starts the clean-up of what is due."""

    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"


SAID: tuple[tuple[Enum, str], ...] = (
    (LegalBasis.CONSENT, N_("Consent")),
    (LegalBasis.CONTRACT, N_("Contract")),
    (LegalBasis.LEGAL_OBLIGATION, N_("Legal obligation")),
    (LegalBasis.VITAL_INTEREST, N_("Vital interest")),
    (LegalBasis.PUBLIC_TASK, N_("Public task")),
    (LegalBasis.LEGITIMATE_INTEREST, N_("Legitimate interest")),
    (SpecialCondition.EXPLICIT_CONSENT, N_("Explicit consent")),
    (SpecialCondition.EMPLOYMENT, N_("Duties in employment law")),
    (SpecialCondition.HEALTH_CARE, N_("Health care")),
    (SpecialCondition.LEGAL_CLAIM, N_("A legal claim")),
    (RecipientRole.PROCESSOR, N_("Processor")),
    (RecipientRole.CONTROLLER, N_("Own controller")),
    (RecipientRole.AUTHORITY, N_("Authority")),
    (Start.RECORDED, N_("it was written down")),
    (Start.LAST_ACTIVITY, N_("the last order or contact")),
    (Start.COMPLETED, N_("the order or request was completed")),
    (Start.RELATION_ENDED, N_("the relation ended")),
    (Start.CONSENT_WITHDRAWN, N_("the consent was withdrawn")),
    (Start.REPLACED, N_("it was replaced")),
    (Start.LAST_JOURNAL_ENTRY, N_("the last entry in the journal")),
    (Start.FINANCIAL_YEAR_END, N_("the end of the financial year")),
    (Unit.DAYS, N_("days")),
    (Unit.MONTHS, N_("months")),
    (Unit.YEARS, N_("years")),
    (AtEnd.ERASE, N_("Erase it")),
    (AtEnd.ANONYMISE, N_("Keep only figures without names")),
    (AtEnd.ASK, N_("Ask me first")),
    (Reason.STILL_NEEDED, N_("Needed for an order that is not finished")),
    (Reason.LAW_OBLIGES, N_("A law says it must be kept")),
    (Reason.CLAIM, N_("Not paid yet")),
    (Reason.RESTRICTED, N_("The person has asked that it is kept")),
    (HoldGround.CLAIM, N_("A claim, or the defence against one")),
    (HoldGround.LAW, N_("A law says it must be kept")),
    (HoldGround.RUNNING, N_("Something is still running, such as a warranty or a gift card")),
    (HoldGround.RESTRICTION, N_("The person has asked that it is kept")),
    (Origin.PERSON, N_("The person herself")),
    (Origin.OTHER, N_("Somebody else, such as a public register")),
    (SourceException.KNOWS, N_("She knows it already")),
    (SourceException.TOO_MUCH, N_("It is impossible, or far too much work")),
    (SourceException.LAW, N_("A law says that we get or give the data")),
    (SourceException.SECRECY, N_("We are bound to secrecy by law")),
    (Audience.CUSTOMERS, N_("Customers")),
    (Audience.NEWSLETTER, N_("Newsletter readers")),
    (Audience.CLIENTS, N_("Clients")),
    (Audience.SUPPLIERS, N_("Suppliers")),
    (Audience.STAFF, N_("Staff and applicants")),
    (Audience.WEB, N_("Visitors to the website")),
    (FormField.PHONE, N_("Phone")),
    (FormField.EMAIL, N_("E-mail")),
    (FormField.ADDRESS, N_("Address")),
    (FormField.OTHER_CONTACT, N_("Other contact")),
    (FormField.COMPANY, N_("Company")),
    (FormField.LANGUAGE, N_("Language")),
    (FormField.ORDER_NOTE, N_("Note on the order")),
    (FormField.ORDER_TIME, N_("Time of the order")),
    (FormField.DIET, N_("Special diet")),
    (FormField.FILES, N_("Files")),
    (FormField.NOTES, N_("Notes")),
    (RiskCriterion.SCORING, N_("People are judged, scored or profiled")),
    (RiskCriterion.AUTOMATED_DECISION, N_("A program decides about people")),
    (RiskCriterion.MONITORING, N_("People are watched systematically")),
    (RiskCriterion.SENSITIVE, N_("Sensitive or very private data")),
    (RiskCriterion.LARGE_SCALE, N_("Very many people or very much data")),
    (RiskCriterion.MATCHING, N_("Data from several sources are put together")),
    (RiskCriterion.VULNERABLE, N_("Children, patients, employees or others who depend on you")),
    (RiskCriterion.NEW_TECHNOLOGY, N_("New technology, or an old one used in a new way")),
    (RiskCriterion.HINDERED, N_("People cannot use a service or a right without it")),
    (CleanUpMode.BY_HAND, N_("I go through it myself")),
    (CleanUpMode.AUTOMATIC, N_("By itself when the register is opened")),
)
"""How each is said, in English."""
