"""The record of processing and its recipients: change a rule, and every view follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import ActivityRef, RecipientRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import (
    Audience,
    LegalBasis,
    RecipientRole,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.services.activities import (
    ActivityRow,
    list_activities,
    register_activity,
    remove_activity,
    review_activity,
    show_activity,
)
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.organisation import show_organisation, update_organisation
from gdprdesk.services.persons import show_subject
from gdprdesk.services.recipients import (
    RecipientChanges,
    add_recipient,
    list_recipients,
    update_recipient,
)
from gdprdesk.services.reports.register import register_report
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, delivered, person


def row(desk: Desk, name: str) -> ActivityRow:
    return next(one for one in desk.ask(list_activities) if one.name == name)


def change(desk: Desk, ref: ActivityRef, **said: Any) -> None:
    desk.run(update_activity, activity_ref=ref, changes=ActivityChanges(**said))


def change_recipient(desk: Desk, ref: RecipientRef, **said: Any) -> None:
    desk.run(update_recipient, recipient_ref=ref, changes=RecipientChanges(**said))


def courses(desk: Desk) -> ActivityRef:
    return desk.run(
        register_activity, name="Kurser", purpose="Håller kurser", legal_basis=LegalBasis.CONTRACT
    )


def test_a_rule_that_changes_changes_every_view(desk: Desk) -> None:
    karin = person(desk, phone="0701740645")
    delivered(desk, karin)
    orders = row(desk, "Beställningar och bokningar").ref
    change(desk, orders, rule=RetentionRule(Start.COMPLETED, 6, Unit.MONTHS))
    assert desk.ask(show_activity, activity_ref=orders).period == (
        "6 months after the order or request was completed"
    )
    shown = desk.ask(show_subject, subject_ref=karin).why[0]
    assert (shown.period, shown.until) == (
        "6 months after the order or request was completed",
        date(2027, 5, 21),
    )
    assert desk.ask(list_subjects).rows[0].kept_until == date(2027, 5, 21)
    document = desk.ask(register_report, language_code="en")
    table = document.sections[-1].blocks[0]
    assert "6 months after the order or request was completed" in table.rows[0]  # type: ignore[union-attr]


def test_an_own_row_says_what_it_lacks_until_it_is_whole(desk: Desk) -> None:
    ref = courses(desk)
    assert row(desk, "Kurser").lacks == (
        "It does not say whose data it is",
        "It does not say which data",
        "The protection is missing",
        "No privacy notice tells of it",
    )
    change(
        desk,
        ref,
        subjects=("Deltagare",),
        categories=({"text": "Allergier", "special": True},),
        measures=("Lås",),
        audiences=(Audience.CUSTOMERS,),
    )
    assert row(desk, "Kurser").lacks == ("Sensitive data need a condition of Article 9",)
    change(desk, ref, special_condition=SpecialCondition.EXPLICIT_CONSENT)
    desk.run(review_activity, activity_ref=ref)
    shown = desk.ask(show_activity, activity_ref=ref)
    assert (shown.row.lacks, shown.reviewed_on, shown.people) == ((), TODAY, 0)


def test_recipients_of_a_row_and_what_they_lack(desk: Desk) -> None:
    ref = courses(desk)
    web = desk.run(
        add_recipient, name="Kurssajten", role=RecipientRole.PROCESSOR, country="US", task="Radera"
    )
    change(desk, ref, recipients=(web, web))
    assert {
        "A transfer outside the EEA has no safeguard",
        "A processor agreement is missing",
    } < set(row(desk, "Kurser").lacks)
    change_recipient(desk, web, mechanism="DPF", agreement_on=TODAY, name="Sajten")
    shown = desk.ask(show_activity, activity_ref=ref)
    assert [(one.name, one.outside_eea, one.needs_agreement) for one in shown.recipients] == [
        ("Sajten", True, False)
    ]
    change(desk, ref, recipients=())
    assert desk.ask(show_activity, activity_ref=ref).recipients == ()
    assert "Sajten" in [one.name for one in desk.ask(list_recipients)]


def test_what_is_used_stays(desk: Desk) -> None:
    for name in ("Beställningar och bokningar", "Nyhetsbrev"):
        with pytest.raises(DomainError, match="must stay in the register"):
            desk.run(remove_activity, activity_ref=row(desk, name).ref)
    ref = courses(desk)
    desk.run(remove_activity, activity_ref=ref)
    with pytest.raises(NotFoundError, match="not in the register any more"):
        desk.ask(show_activity, activity_ref=ref)


def test_what_makes_no_sense_is_refused(desk: Desk) -> None:
    ref = courses(desk)
    with pytest.raises(DomainError, match="what it is for"):
        desk.run(register_activity, name="x", purpose=" ", legal_basis=LegalBasis.CONTRACT)
    with pytest.raises(DomainError, match="what it is for"):
        change(desk, ref, name=" ")
    for count in (-1, 40_000):
        with pytest.raises(DomainError, match="how long"):
            change(desk, ref, rule=RetentionRule(Start.RECORDED, count, Unit.DAYS))
    with pytest.raises(DomainError, match="Enter a name"):
        desk.run(add_recipient, name="", role=RecipientRole.AUTHORITY)
    with pytest.raises(NotFoundError, match="This recipient"):
        change_recipient(desk, RecipientRef("none"), name="x")
    assert row(desk, "Kurser").name == "Kurser"


def test_a_period_as_long_as_it_gets_still_has_an_end(desk: Desk) -> None:
    orders = row(desk, "Beställningar och bokningar").ref
    person(desk, phone="0701740645")
    change(desk, orders, rule=RetentionRule(Start.LAST_ACTIVITY, 100, Unit.YEARS))
    assert desk.ask(list_subjects).rows[0].kept_until == date(2126, 11, 21)


def test_how_many_people_a_row_is_about(desk: Desk) -> None:
    for name in ("Anna", "Karin"):
        delivered(desk, person(desk, name, phone="0701740645"))
    delivered(desk)
    orders = row(desk, "Beställningar och bokningar").ref
    assert desk.ask(show_activity, activity_ref=orders).people == 2


def test_the_business(desk: Desk) -> None:
    desk.run(update_organisation, name=" Kafé Ek ", org_number="5560360793", year_ends_in=6)
    shown = desk.ask(show_organisation)
    assert (shown.name, shown.org_number, shown.year_ends_in) == ("Kafé Ek", "556036-0793", 6)
    assert (shown.currency, shown.authority) == ("SEK", "Integritetsskyddsmyndigheten (IMY)")
    assert "25" in shown.vat_rates


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": " "}, "name of the business"),
        ({"year_ends_in": 13}, "from 1 to 12"),
        ({"undo_hours": 169}, "at most seven days"),
        ({"org_number": "1"}, "check digit"),
    ],
)
def test_a_business_that_cannot_be(desk: Desk, given: dict[str, object], sentence: str) -> None:
    before = desk.ask(show_organisation)
    with pytest.raises(DomainError, match=sentence):
        desk.run(update_organisation, **given)  # type: ignore[arg-type]
    assert desk.ask(show_organisation) == before


def test_a_recipient_changes_its_role_and_an_agreement_may_end(desk: Desk) -> None:
    ref = desk.run(
        add_recipient, name="Kalendern", role=RecipientRole.PROCESSOR, agreement_on=TODAY
    )

    def known() -> tuple[RecipientRole, date | None, bool]:
        one = next(one for one in desk.ask(list_recipients) if one.ref == ref)
        return one.role, one.agreement_on, one.needs_agreement

    change_recipient(desk, ref, service="Tider")
    assert known() == (RecipientRole.PROCESSOR, TODAY, False)
    change_recipient(desk, ref, agreement_ended=True)
    assert known() == (RecipientRole.PROCESSOR, None, True)
    change_recipient(desk, ref, role=RecipientRole.AUTHORITY)
    assert known() == (RecipientRole.AUTHORITY, None, False)
