"""From nothing to a filled register: what a business says about itself, and its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from gdprdesk.domain.activities import (
    ActivityRecipient,
    Camera,
    Category,
    Cookie,
    FurtherPurpose,
    ProcessingActivity,
    RetentionRule,
    rules_of_purposes,
    wants_reason,
)
from gdprdesk.domain.assessments import ImpactScreening, LegitimateInterestAssessment
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.law import Law
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.recipients import Recipient, SubProcessor
from gdprdesk.domain.retention import describe_length, describe_rule
from gdprdesk.domain.sources import SourceNotice
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import (
    AtEnd,
    LegalBasis,
    Origin,
    Permission,
    RecipientRole,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.i18n import LANGUAGES, N_, _, language
from gdprdesk.services.contacts import own_org_number
from gdprdesk.services.journal_templates import usual_templates
from gdprdesk.services.law import COUNTRIES, law_in
from gdprdesk.services.organisation import check_business_name, check_year_end
from gdprdesk.services.registry import action
from gdprdesk.services.staff_rows import write_down_owner
from gdprdesk.services.templates import (
    TRADES,
    activities_of,
    extras_of,
    in_language,
    recipients_of,
    template,
    usual_extras,
)
from gdprdesk.store.unit_of_work import UnitOfWork

_LONGEST_RULE = 1200  # months
_OF_THE_PROGRAM = frozenset({Hold.__name__, SourceNotice.__name__, StaffMember.__name__})


@dataclass(frozen=True, repr=False)
class Business:
    """What a business says about itself when it makes a register.

    Attributes:
        extras: What it also has, such as a newsletter; None for what its trade usually has.
        left_out: The keys of activities of the template that it does not want.
        rules: Own periods in months for activities of the template, by key.
        reasons: Why an own period is as long as it is, by key.
    """

    name: str
    trade: str = "cafe"
    country: str = "SE"
    language: str = "sv"
    org_number: str = ""
    address: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    year_ends_in: int = 12
    extras: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()
    rules: Mapping[str, int] | None = None
    reasons: Mapping[str, str] | None = None

    @property
    def has(self) -> tuple[str, ...]:
        """Return what it also has."""
        return usual_extras(self.trade) if self.extras is None else self.extras


@dataclass(frozen=True)
class ProposedActivity:
    """An activity of the template, as onboarding shows it for review.

    Attributes:
        length: How long the longest of its purposes keeps the records: "24 months".
        periods: How long each of its purposes keeps the records, the main one first.
        months: The period where it is the owner's to decide.
        reason: Why it is kept unusually long.
        weighed: How a legitimate interest is weighed, and what came of it, in sentences.
        risk: How the risk for people is judged; empty where it needs no judging.
        is_needed: It cannot be left out.
    """

    key: str
    group: str
    icon: str
    name: str
    purpose: str
    legal_basis: LegalBasis
    length: str
    periods: tuple[str, ...]
    months: int | None
    reason: str
    weighed: tuple[str, ...]
    risk: str
    is_needed: bool


def propose(business: Business, today: date) -> tuple[ProposedActivity, ...]:
    """Return what a new register would be filled with, in the language of the business.

    Raises:
        DomainError: There is no template or no law for what was chosen.
    """
    _check_choices(business)
    said, law = business.language, law_in(business.country, business.year_ends_in)
    with language(said):
        return tuple(
            _proposed(one, business, law, today)
            for one in activities_of(business.trade, business.has)
        )


def is_unusually_long(months: int) -> bool:
    """Return whether an own period of so many months needs a reason."""
    return wants_reason(RetentionRule(Start.RECORDED, months, Unit.MONTHS))


def _proposed(
    row: Mapping[str, Any], business: Business, law: Law, today: date
) -> ProposedActivity:
    said = business.language
    further = [_further(one, business, law) for one in row.get("further", ())]
    rules = rules_of_purposes(_rule(row, business, law), further)
    return ProposedActivity(
        key=row["key"],
        group=row["group"],
        icon=row["icon"],
        name=row["name"][said],
        purpose=row["purpose"][said],
        legal_basis=LegalBasis(row["legal_basis"]),
        length=describe_length(rules, law, today),
        periods=tuple(describe_rule(rule, law, today) for rule in rules),
        months=_own_months(row),
        reason=rules[0].reason,
        weighed=tuple(one[said] for one in row.get("assessment", {}).values()),
        risk=row["screening"]["conclusion"][said] if "screening" in row else "",
        is_needed=_is_needed(row),
    )


def _is_needed(row: Mapping[str, Any]) -> bool:
    """Return whether the program itself has to write something down under a row."""
    return not _OF_THE_PROGRAM.isdisjoint(row["kinds"])


@action("register.fill", N_("New register"), undoable=False, needs=Permission.STAFF)
def fill_register(work: UnitOfWork, *, business: Business) -> None:
    """Write down who the business is, and fill its register from the template of its trade."""
    check_business_name(business.name)
    _check_choices(business)
    organisation = organisation_of(business)
    work.session.add(organisation)
    recipients = {
        one["key"]: _recipient(one, business.language)
        for one in recipients_of(business.trade, business.country)
    }
    rows = [
        one
        for one in activities_of(business.trade, business.has)
        if one["key"] not in business.left_out or _is_needed(one)
    ]
    used = {key for row in rows for key in row["recipients"]}
    work.session.add_all(recipients[key] for key in recipients if key in used)
    law = law_in(business.country, business.year_ends_in)
    made = {row["key"]: activity_of(row, place, business, law) for place, row in enumerate(rows)}
    work.session.add_all(made.values())
    work.session.flush()
    for row in rows:
        for key in row["recipients"]:
            work.session.add(
                ActivityRecipient(activity_id=made[row["key"]].id, recipient_id=recipients[key].id)
            )
        work.session.add_all(_assessments(row, made[row["key"]], business, work.today))
    for text in template(business.trade)["consent_text"]:
        if text["activity"] in made:
            work.session.add_all(_consent_texts(text, made[text["activity"]].id, business))
    if any(JournalNote.__name__ in row["kinds"] for row in rows):
        work.session.add_all(usual_templates(business.trade, business.language))
    write_down_owner(work, work.staff, organisation)


def _check_choices(business: Business) -> None:
    if business.trade not in TRADES or business.language not in LANGUAGES:
        raise DomainError(_("There is no template for this trade or language."))
    if business.country not in COUNTRIES:
        raise DomainError(_("The law of this country is not known to the program."))
    check_year_end(business.year_ends_in)
    if not set(business.has) <= set(extras_of(business.trade)):
        raise DomainError(_("The template of this trade has no such extra."))
    if not all(0 <= months <= _LONGEST_RULE for months in (business.rules or {}).values()):
        raise DomainError(_("Say how long it is kept with a number of days, months or years."))


def organisation_of(business: Business) -> Organisation:
    """Return the controller as the register will know it.

    Raises:
        DomainError: Its org. number cannot be right.
    """
    trade = template(business.trade)
    return Organisation(
        name=business.name.strip(),
        trade=business.trade,
        country=business.country,
        language=business.language,
        org_number=own_org_number(business.org_number, business.country),
        address=business.address.strip(),
        contact=business.contact.strip(),
        email=business.email.strip(),
        phone=business.phone.strip(),
        officer=trade["officer"][business.language],
        answer_days=trade.get("answer_days"),
        year_ends_in=business.year_ends_in,
    )


def _recipient(row: Mapping[str, Any], language_code: str) -> Recipient:
    def text(field: str) -> str:
        said: str = row[field][language_code] if field in row else ""
        return said

    return Recipient(
        name=text("name"),
        role=RecipientRole(row["role"]),
        service=text("service"),
        gets=text("gets"),
        country=row["country"],
        mechanism=text("mechanism"),
        task=text("task"),
        deletes_after=text("deletes_after"),
        sub_processors=[
            cast("SubProcessor", in_language(one, language_code))
            for one in row.get("sub_processors", ())
        ],
        key=row["key"],
    )


def activity_of(
    row: Mapping[str, Any], position: int, business: Business, law: Law
) -> ProcessingActivity:
    """Return the activity that a row of the template makes in the register of a business."""

    def text(field: str) -> str:
        said: str = row[field][business.language] if field in row else ""
        return said

    def texts(field: str) -> list[str]:
        return [one[business.language] for one in row.get(field, ())]

    condition = row.get("special_condition")
    return ProcessingActivity(
        name=text("name"),
        purpose=text("purpose"),
        legal_basis=LegalBasis(row["legal_basis"]),
        rule=_rule(row, business, law),
        basis_note=text("basis_note"),
        further_purposes=[_further(one, business, law) for one in row.get("further", ())],
        special_condition=SpecialCondition(condition) if condition else None,
        subjects=texts("subjects"),
        categories=[
            Category(text=one[business.language], special=one.get("special", False))
            for one in row["categories"]
        ],
        sources=text("sources"),
        collected_from=Origin(row.get("collected_from", Origin.PERSON)),
        duty=text("duty"),
        profiling=text("profiling"),
        automated_decision=text("automated_decision"),
        objection=text("objection"),
        deidentification=text("deidentification"),
        measures=texts("measures"),
        responsible=text("responsible"),
        joint_controller=text("joint_controller"),
        joint_arrangement=text("joint_arrangement"),
        system_of_record=text("system_of_record"),
        statements=texts("statements"),
        cookies=[
            cast("Cookie", in_language(one, business.language)) for one in row.get("cookies", ())
        ],
        camera=cast("Camera", in_language(row["camera"], business.language))
        if "camera" in row
        else None,
        audiences=list(row.get("audiences", ())),
        fields=list(row.get("fields", ())),
        kinds=row["kinds"],
        group=row["group"],
        icon=row["icon"],
        key=row["key"],
        position=position,
        review_months=row.get("review_months", 12),
    )


def _further(row: Mapping[str, Any], business: Business, law: Law) -> FurtherPurpose:
    rule = row["rule"]
    return FurtherPurpose(
        purpose=row["purpose"][business.language],
        legal_basis=LegalBasis(row["legal_basis"]),
        basis_note=row["basis_note"][business.language],
        start=Start(rule["start"]),
        count=rule["count"],
        unit=Unit(rule["unit"]),
        law=_law_in_force(rule, law),
    )


def _rule(row: Mapping[str, Any], business: Business, law: Law) -> RetentionRule:
    rule = row["rule"]
    own = (business.rules or {}).get(row["key"])
    held, at_end = _law_in_force(rule, law), AtEnd(rule.get("at_end", AtEnd.ERASE))
    reason = rule["reason"][business.language] if "reason" in rule else ""
    reason = (business.reasons or {}).get(row["key"], reason)
    if own is not None and held is None:
        return RetentionRule(Start(rule["start"]), own, Unit.MONTHS, at_end=at_end, reason=reason)
    return RetentionRule(
        Start(rule["start"]),
        rule["count"],
        Unit(rule["unit"]),
        held,
        at_end,
        rule.get("most"),
        reason,
    )


def _law_in_force(rule: Mapping[str, Any], law: Law) -> str | None:
    """Return the law a rule of the template names, if the country has it."""
    held: str | None = rule.get("law")
    return held if any(known.key == held for known in law.rows) else None


def _assessments(
    row: Mapping[str, Any], activity: ProcessingActivity, business: Business, today: date
) -> Iterator[LegitimateInterestAssessment | ImpactScreening]:
    """Return what the template has weighed, and the owner takes for hers with the register."""
    if "assessment" in row:
        weighed = in_language(row["assessment"], business.language)
        yield LegitimateInterestAssessment(
            activity_id=activity.id, decided_on=today, decided_by=business.contact, **weighed
        )
    if "screening" in row:
        screened = in_language(row["screening"], business.language)
        yield ImpactScreening(activity_id=activity.id, decided_on=today, **screened)


def _own_months(row: Mapping[str, Any]) -> int | None:
    rule = row["rule"]
    simple = "law" not in rule and "most" not in rule
    editable = simple and rule["unit"] == Unit.MONTHS and rule["count"]
    return rule["count"] if editable else None


def _consent_texts(
    row: Mapping[str, Any], activity_id: int, business: Business
) -> list[ConsentText]:
    contact = business.email or business.phone or business.contact or business.name
    return [
        ConsentText(
            activity_id=activity_id,
            purpose=row["key"],
            version=row["version"],
            language=said,
            name=row["name"][said],
            text=row["text"][said].strip().format(organisation=business.name, contact=contact),
            channels=[one[said] for one in row["channels"]],
            icon=row["icon"],
        )
        for said in LANGUAGES
    ]
