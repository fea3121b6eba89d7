"""The words about people, how they are reached, and what they order and agree to."""

from __future__ import annotations

from enum import Enum, StrEnum

from gdprdesk.i18n import N_


class SubjectKind(StrEnum):
    """What a person is to the business."""

    CUSTOMER = "customer"
    COMPANY_CONTACT = "company_contact"
    SUPPLIER = "supplier"
    EMPLOYEE = "employee"
    SUBSCRIBER = "subscriber"


class SubjectState(StrEnum):
    """What may be done with a person's data."""

    ACTIVE = "active"
    STAGED = "staged"
    HELD = "held"


class ContactKind(StrEnum):
    """A way to reach a person."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    OTHER = "other"


class Channel(StrEnum):
    """How something reached the business."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    MESSENGER = "messenger"
    WEB = "web"
    LETTER = "letter"


class Direction(StrEnum):
    """Who got in touch with whom."""

    IN = "in"
    OUT = "out"


class BookingState(StrEnum):
    """How far a booking has come."""

    ENQUIRY = "enquiry"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class PaidBy(StrEnum):
    """How an order was paid, as far as anybody wrote it down."""

    CASH = "cash"
    CARD = "card"
    SWISH = "swish"
    VIPPS = "vipps"
    TRANSFER = "transfer"
    INVOICE = "invoice"
    GIFT_CARD = "gift_card"


class Every(StrEnum):
    """How often an order comes again."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"


class QuietKind(StrEnum):
    """What a word tells of that had better not be written of anybody: Article 9, or an own list."""

    HEALTH = "health"
    DIET = "diet"
    RELIGION = "religion"
    ORIGIN = "origin"
    UNION = "union"
    POLITICS = "politics"
    SEXUALITY = "sexuality"
    OWN = "own"


class Likeness(StrEnum):
    """How likely two people of the register are one, the surest first."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Decision(StrEnum):
    """What a person said when she was asked. Not asked is no decision at all.

    Pending is whoever has asked for letters and not confirmed it from her own address: no yes yet.
    """

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PENDING = "pending"


class ConsentMethod(StrEnum):
    """How a person let her decision be known."""

    SIGNATURE = "signature"
    WEB_FORM = "web_form"
    EMAIL = "email"
    ORALLY = "orally"
    UNSUBSCRIBED = "unsubscribed"


class Kinship(StrEnum):
    """What somebody who says yes or no for a child is to her."""

    PARENT = "parent"
    APPOINTED = "appointed"


class SignedAs(StrEnum):
    """What a signature or a signed form is kept as, by its media type."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    PDF = "application/pdf"


SAID: tuple[tuple[Enum, str], ...] = (
    (SubjectKind.CUSTOMER, N_("Customer")),
    (SubjectKind.COMPANY_CONTACT, N_("Contact at a company")),
    (SubjectKind.SUPPLIER, N_("Supplier")),
    (SubjectKind.EMPLOYEE, N_("Employee")),
    (SubjectKind.SUBSCRIBER, N_("Newsletter reader")),
    (SubjectState.ACTIVE, N_("In the register")),
    (SubjectState.STAGED, N_("About to be erased")),
    (SubjectState.HELD, N_("Erased, what a law demands is kept")),
    (ContactKind.PHONE, N_("Phone")),
    (ContactKind.EMAIL, N_("E-mail")),
    (ContactKind.ADDRESS, N_("Address")),
    (ContactKind.OTHER, N_("Other contact")),
    (Channel.IN_PERSON, N_("In person")),
    (Channel.PHONE, N_("By phone")),
    (Channel.SMS, N_("By SMS")),
    (Channel.EMAIL, N_("By e-mail")),
    (Channel.MESSENGER, N_("Messenger")),
    (Channel.WEB, N_("On the website")),
    (Channel.LETTER, N_("By letter")),
    (Direction.IN, N_("They got in touch")),
    (Direction.OUT, N_("We got in touch")),
    (BookingState.ENQUIRY, N_("Enquiry")),
    (BookingState.CONFIRMED, N_("Confirmed")),
    (BookingState.COMPLETED, N_("Completed")),
    (BookingState.CANCELLED, N_("Cancelled")),
    (BookingState.NO_SHOW, N_("Did not come")),
    (PaidBy.CASH, N_("Cash")),
    (PaidBy.CARD, N_("Card")),
    (PaidBy.SWISH, "Swish"),
    (PaidBy.VIPPS, "Vipps"),
    (PaidBy.TRANSFER, N_("Bank transfer")),
    (PaidBy.INVOICE, N_("Invoice")),
    (PaidBy.GIFT_CARD, N_("Gift card")),
    (Every.WEEK, N_("Every week")),
    (Every.TWO_WEEKS, N_("Every other week")),
    (Every.MONTH, N_("Every month")),
    (QuietKind.HEALTH, N_("health")),
    (QuietKind.DIET, N_("a special diet")),
    (QuietKind.RELIGION, N_("religion or belief")),
    (QuietKind.ORIGIN, N_("ethnic origin")),
    (QuietKind.UNION, N_("membership of a trade union")),
    (QuietKind.POLITICS, N_("political opinions")),
    (QuietKind.SEXUALITY, N_("sex life or orientation")),
    (QuietKind.OWN, N_("your own list of words")),
    (Likeness.SURE, N_("Surely the same")),
    (Likeness.LIKELY, N_("Probably the same")),
    (Likeness.POSSIBLE, N_("Perhaps the same")),
    (Decision.GIVEN, N_("Yes")),
    (Decision.REFUSED, N_("No")),
    (Decision.WITHDRAWN, N_("Withdrawn")),
    (Decision.PENDING, N_("Not confirmed")),
    (ConsentMethod.SIGNATURE, N_("Signature")),
    (ConsentMethod.WEB_FORM, N_("Web form")),
    (ConsentMethod.EMAIL, N_("E-mail")),
    (ConsentMethod.ORALLY, N_("Orally")),
    (ConsentMethod.UNSUBSCRIBED, N_("Unsubscribed by link")),
    (SignedAs.PNG, "PNG"),
    (SignedAs.JPEG, "JPEG"),
    (SignedAs.PDF, "PDF"),
    (Kinship.PARENT, N_("Parent")),
    (Kinship.APPOINTED, N_("Guardian who is not a parent")),
)
"""How each is said, in English."""
