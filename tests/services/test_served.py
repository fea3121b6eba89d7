"""For whom the business processes data: Article 30(2), one row for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import ControllerRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import RecipientRole
from gdprdesk.services.onboarding import Business
from gdprdesk.services.recipients import add_recipient, list_recipients, remove_recipient
from gdprdesk.services.served import (
    ControllerChanges,
    ControllerRow,
    add_controller,
    end_controller,
    list_controllers,
    show_controller,
    show_served_defaults,
    update_controller,
)
from tests.builders import CHEAP, PASSWORD, TODAY, Clock


@pytest.fixture
def operator(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The register of a booking service."""
    business = Business(name="BokaNu AB", trade="booking")
    opened, _key = Desk.create(
        tmp_path / "operator.gdprdesk",
        business=business,
        password=PASSWORD,
        limits=CHEAP,
        clock=clock,
    )
    yield opened
    opened.lock()


def add(desk: Desk, **said: Any) -> ControllerRef:
    return desk.run(add_controller, changes=ControllerChanges(**said))


def change(desk: Desk, ref: ControllerRef, **said: Any) -> None:
    desk.run(update_controller, controller_ref=ref, changes=ControllerChanges(**said))


def shown(desk: Desk, ref: ControllerRef) -> ControllerRow:
    return desk.ask(show_controller, controller_ref=ref)


def test_a_new_customer_begins_as_the_trade_serves_everybody(operator: Desk) -> None:
    usual = operator.ask(show_served_defaults)
    row = shown(operator, add(operator, name=" Salong Saxen "))
    assert (row.name, row.categories, row.measures) == (
        "Salong Saxen",
        usual.categories,
        usual.measures,
    )
    assert usual.categories[0].startswith("Lagra bokningar")
    assert {one.ref for one in row.recipients} == set(usual.recipients) != set()
    assert row.missing == (
        "It does not say how to reach the customer",
        "A processor agreement is missing",
    )


def test_everything_about_a_customer_is_kept(operator: Desk) -> None:
    cloud = operator.run(
        add_recipient, name="Molnet", role=RecipientRole.PROCESSOR, country="US", mechanism="DPF"
    )
    said: dict[str, Any] = {
        "name": "Salong Saxen AB",
        "org_number": "556036-0793",
        "contact": "Eva, eva@saxen.se",
        "officer": "Ombudet AB",
        "categories": ("Lagra bokningar",),
        "measures": ("Egen databas",),
        "agreement_on": TODAY,
        "agreement_until": TODAY + timedelta(days=365),
    }
    ref = add(operator, **said, recipients=(cloud, cloud))
    row = shown(operator, ref)
    assert {field: getattr(row, field) for field in said} == said
    assert ([one.name for one in row.recipients], row.missing) == (["Molnet"], ())
    change(operator, ref, officer="", recipients=(), no_end=True, measures=(" ",))
    row = shown(operator, ref)
    assert (row.officer, row.recipients, row.agreement_until) == ("", (), None)
    assert row.missing == ("The protection is missing",)
    assert row.contact == "Eva, eva@saxen.se"


def test_a_sub_processor_outside_the_eea_needs_a_safeguard(operator: Desk) -> None:
    cloud = operator.run(add_recipient, name="Molnet", role=RecipientRole.PROCESSOR, country="US")
    ref = add(operator, name="Saxen", contact="Eva", agreement_on=TODAY, recipients=(cloud,))
    assert shown(operator, ref).missing == ("A transfer outside the EEA has no safeguard",)
    with pytest.raises(DomainError, match="Molnet still gets personal data"):
        operator.run(remove_recipient, recipient_ref=cloud)


def test_who_is_served_no_more_comes_last(operator: Desk) -> None:
    first, second = add(operator, name="Ateljén"), add(operator, name="Banan")
    operator.run(end_controller, controller_ref=first)
    assert [(one.name, one.ended_on) for one in operator.ask(list_controllers)] == [
        ("Banan", None),
        ("Ateljén", TODAY),
    ]
    change(operator, first, goes_on=True)
    assert [one.name for one in operator.ask(list_controllers)] == ["Ateljén", "Banan"]
    with pytest.raises(DomainError, match="has not come"):
        operator.run(end_controller, controller_ref=second, ended_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Enter a name"),
        ({"name": "\u200b"}, "Enter a name"),
        ({"name": "x", "org_number": "5560360794"}, "check digit"),
        ({"name": "x", "agreement_until": TODAY}, "ends before it begins"),
        (
            {"name": "x", "agreement_on": TODAY, "agreement_until": TODAY - timedelta(days=1)},
            "ends before it begins",
        ),
    ],
)
def test_a_customer_that_cannot_be(operator: Desk, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence):
        add(operator, **said)
    assert operator.ask(list_controllers) == ()


def test_a_customer_that_is_not_there(operator: Desk) -> None:
    with pytest.raises(NotFoundError, match="This customer"):
        shown(operator, ControllerRef("none"))


def test_a_cafe_serves_nobody_and_may_begin_to(desk: Desk) -> None:
    assert desk.ask(list_controllers) == ()
    row = shown(desk, add(desk, name="Kafé Granne"))
    assert (row.categories, row.measures, row.recipients) == ((), (), ())
    assert len(row.missing) == 4


def test_a_change_is_taken_back(operator: Desk) -> None:
    ref = add(operator, name="Saxen")
    before = shown(operator, ref)
    recipients = tuple(one.ref for one in operator.ask(list_recipients)[:1])
    change(operator, ref, contact="Eva", recipients=recipients)
    operator.undo()
    now = shown(operator, ref)
    assert (now.contact, now.missing) == (before.contact, before.missing)
    assert [one.name for one in now.recipients] == [one.name for one in before.recipients]
