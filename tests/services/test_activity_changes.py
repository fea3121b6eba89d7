"""A row of the register says all that the regulation asks for, and nothing without sense."""

from __future__ import annotations

from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import ActivityRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    AtEnd,
    Audience,
    FormField,
    LegalBasis,
    Origin,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.services.activities import (
    ActivityDetail,
    list_activities,
    register_activity,
    show_activity,
)
from gdprdesk.services.activity_changes import ActivityChanges, update_activity

OFFERS = {
    "purpose": "Skicka erbjudanden",
    "legal_basis": "consent",
    "basis_note": "De har sagt ja.",
    "start": "consent_withdrawn",
    "count": 0,
    "unit": "months",
    "law": None,
}
BOOKKEEPING = RetentionRule(Start.FINANCIAL_YEAR_END, 24, Unit.MONTHS, "bookkeeping")
COOKIE = {"name": "_ga", "owner": "Google", "life": "13 månader", "purpose": "Mäta", "basis": "Ja"}
CAMERA = {"number": 8, "places": "Gården", "days": 7, "sign": True, "sound": False}


@pytest.fixture
def courses(desk: Desk) -> ActivityRef:
    return desk.run(
        register_activity, name="Kurser", purpose="Håller kurser", legal_basis=LegalBasis.CONTRACT
    )


def change(desk: Desk, ref: ActivityRef, **said: Any) -> None:
    desk.run(update_activity, activity_ref=ref, changes=ActivityChanges(**said))


def shown(desk: Desk, ref: ActivityRef) -> ActivityDetail:
    return desk.ask(show_activity, activity_ref=ref)


def ref_of(desk: Desk, name: str) -> ActivityRef:
    return next(one.ref for one in desk.ask(list_activities) if one.name == name)


def test_everything_a_row_can_say_is_kept(desk: Desk, courses: ActivityRef) -> None:
    said: dict[str, Any] = {
        "name": "Kurser i bakning",
        "purpose": "Hålla kurser",
        "legal_basis": LegalBasis.LEGITIMATE_INTEREST,
        "basis_note": "De räknar med det",
        "further_purposes": (OFFERS,),
        "special_condition": SpecialCondition.EXPLICIT_CONSENT,
        "subjects": ("Deltagare",),
        "categories": ({"text": "Allergier", "special": True},),
        "sources": "Kommunen",
        "collected_from": Origin.OTHER,
        "duty": "Frivilligt",
        "profiling": "Vi gissar vad de vill baka",
        "automated_decision": "Ett program väljer grupp",
        "objection": "Säg till",
        "deidentification": "Namnet byts mot ett nummer",
        "measures": ("Lås",),
        "responsible": "Kursledaren",
        "joint_controller": "Bageriet AB",
        "joint_arrangement": "Bageriet svarar",
        "system_of_record": "Kalendern",
        "statements": ("Vi säljer inget",),
        "cookies": (COOKIE,),
        "camera": CAMERA,
        "audiences": (Audience.CUSTOMERS, Audience.WEB),
        "fields": (FormField.PHONE,),
        "group": "web",
        "icon": "cake-slice",
        "review_months": 6,
        "rule": RetentionRule(
            Start.COMPLETED, 3, Unit.MONTHS, at_end=AtEnd.ASK, most=4, reason="Ett skäl"
        ),
    }
    change(desk, courses, **said)
    now = shown(desk, courses)
    assert {field: getattr(now, field) for field in said} == said
    assert now.periods == (
        "3–4 months after the order or request was completed",  # noqa: RUF001
        "Until the consent was withdrawn",
    )
    assert now.period == "; ".join(now.periods)


def test_what_is_not_given_stays_and_what_is_empty_goes(desk: Desk, courses: ActivityRef) -> None:
    change(desk, courses, duty="Frivilligt", camera=CAMERA, statements=("Aldrig", " "))
    change(desk, courses, special_condition=SpecialCondition.EMPLOYMENT, objection=" Säg till ")
    before = shown(desk, courses)
    assert (before.duty, before.statements) == ("Frivilligt", ("Aldrig",))
    assert before.objection == "Säg till"
    change(desk, courses, duty="", statements=(), without_camera=True, without_condition=True)
    now = shown(desk, courses)
    assert (now.duty, now.statements, now.camera, now.special_condition) == ("", (), None, None)
    assert (now.objection, now.purpose) == ("Säg till", "Håller kurser")


def rule(count: int = 12, unit: Unit = Unit.MONTHS, **said: Any) -> RetentionRule:
    return RetentionRule(said.pop("start", Start.LAST_ACTIVITY), count, unit, **said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "what the processing is called"),
        ({"rule": rule(-1)}, "at most a hundred years"),
        ({"rule": rule(1201)}, "at most a hundred years"),
        ({"rule": rule(36_526, Unit.DAYS)}, "at most a hundred years"),
        ({"rule": rule(101, Unit.YEARS)}, "at most a hundred years"),
        ({"rule": rule(3, most=1201)}, "at most a hundred years"),
        ({"rule": rule(4, most=3)}, "range ends before it begins"),
        ({"rule": rule(0)}, "the day it is written down"),
        ({"rule": rule(0, start=Start.RECORDED)}, "the day it is written down"),
        ({"rule": rule(law="hammurabi")}, "No legal period is known"),
        ({"further_purposes": ({**OFFERS, "purpose": " "},)}, "each further purpose"),
        ({"further_purposes": ({**OFFERS, "legal_basis": "x"},)}, "each further purpose"),
        ({"further_purposes": ({**OFFERS, "start": "x"},)}, "each further purpose"),
        ({"further_purposes": ({**OFFERS, "unit": "x"},)}, "each further purpose"),
        ({"further_purposes": ({**OFFERS, "count": 1300},)}, "at most a hundred years"),
        ({"further_purposes": ({**OFFERS, "law": "hammurabi"},)}, "No legal period is known"),
        ({"categories": ({"text": " ", "special": True},)}, "Write which data"),
        ({"cookies": ({**COOKIE, "life": ""},)}, "each cookie"),
        ({"cookies": ({**COOKIE, "name": " "},)}, "each cookie"),
        ({"camera": {**CAMERA, "number": 0}}, "how many cameras"),
        ({"camera": {**CAMERA, "days": 0}}, "how many days a recording lives"),
        ({"camera": {**CAMERA, "places": " "}}, "how many cameras"),
        ({"profiling": "Vi gissar"}, "may object at any time"),
        ({"review_months": 0}, "1 to 120 months"),
        ({"review_months": 121}, "1 to 120 months"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_saved(
    desk: Desk, courses: ActivityRef, said: dict[str, Any], sentence: str
) -> None:
    before = shown(desk, courses)
    with pytest.raises(DomainError, match=sentence):
        change(desk, courses, duty="Frivilligt", **said)
    assert shown(desk, courses) == before


@pytest.mark.parametrize(
    "said",
    [
        rule(1200),
        rule(100, Unit.YEARS),
        rule(36_525, Unit.DAYS),
        rule(0, start=Start.CONSENT_WITHDRAWN),
        rule(0, start=Start.REPLACED),
        rule(0, most=3),
    ],
)
def test_a_period_at_the_edge_is_allowed(
    desk: Desk, courses: ActivityRef, said: RetentionRule
) -> None:
    change(desk, courses, rule=said)
    assert shown(desk, courses).rule == said


def test_a_range_of_one_number_is_none(desk: Desk, courses: ActivityRef) -> None:
    change(desk, courses, rule=rule(3, most=3, law="", reason=" Ett skäl "))
    assert shown(desk, courses).rule == rule(3, reason="Ett skäl")


def test_a_profile_is_told_with_its_objection(desk: Desk, courses: ActivityRef) -> None:
    change(desk, courses, profiling="Vi gissar", objection="Säg till")
    with pytest.raises(DomainError, match="Article 21"):
        change(desk, courses, objection="")
    change(desk, courses, profiling="", objection="")
    assert shown(desk, courses).profiling == ""


def test_where_a_law_decides_there_is_no_own_period(desk: Desk) -> None:
    invoices = ref_of(desk, "Fakturor och bokföring")
    assert shown(desk, invoices).rule == BOOKKEEPING
    with pytest.raises(DomainError, match="A law says how long"):
        change(desk, invoices, rule=rule(3))
    with pytest.raises(DomainError, match="A law says how long"):
        change(desk, invoices, rule=rule(3, law="bookkeeping"))
    change(desk, invoices, system_of_record="Fortnox", rule=rule(3, law="bookkeeping"))
    assert shown(desk, invoices).rule.count == 3


def test_what_names_its_buyer_is_not_made_anonymous(desk: Desk) -> None:
    invoices = ref_of(desk, "Fakturor och bokföring")
    known = shown(desk, invoices).rule
    with pytest.raises(DomainError, match="There are invoices under it"):
        change(
            desk,
            invoices,
            rule=RetentionRule(known.start, known.count, known.unit, known.law, AtEnd.ANONYMISE),
        )
    orders = ref_of(desk, "Beställningar och bokningar")
    change(desk, orders, rule=rule(24, at_end=AtEnd.ANONYMISE))
    assert shown(desk, orders).rule.at_end is AtEnd.ANONYMISE


def test_a_law_of_the_country_may_be_named(desk: Desk, courses: ActivityRef) -> None:
    change(desk, courses, rule=BOOKKEEPING)
    assert (
        "bokföringslagen" in shown(desk, courses).period.casefold() or shown(desk, courses).period
    )
