"""Outside systems are ready to pick."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import RecipientRole
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.catalogue import add_from_catalogue, list_catalogue
from gdprdesk.services.onboarding import Business
from gdprdesk.services.recipients import show_recipient
from gdprdesk.services.reports.processors import processors_report
from gdprdesk.services.templates import systems
from tests.builders import CHEAP, PASSWORD, Clock


def test_a_system_is_picked_in_the_language_of_the_register(desk: Desk) -> None:
    (row,) = desk.ask(list_catalogue, search="paloma nyhetsbrev")
    assert (row.key, row.role, row.country, row.known) == (
        "paloma",
        RecipientRole.PROCESSOR,
        "SE",
        False,
    )
    made = desk.ask(show_recipient, recipient_ref=desk.run(add_from_catalogue, key="paloma"))
    assert (made.name, made.service, made.gets, made.task) == (
        row.name,
        row.service,
        row.gets,
        row.task,
    )
    assert made.task.startswith("Radera mottagaren")
    assert desk.ask(list_catalogue, search="Paloma")[0].known


def test_a_system_is_picked_once(desk: Desk) -> None:
    assert desk.ask(list_catalogue, search="mailchimp")[0].known  # it is in the template
    with pytest.raises(DomainError, match=r"Mailchimp .Intuit. is in the register already"):
        desk.run(add_from_catalogue, key="mailchimp")
    with pytest.raises(NotFoundError, match="no such system"):
        desk.run(add_from_catalogue, key="abacus")


def test_what_is_wherever_the_business_is(tmp_path: Path, clock: Clock) -> None:
    desk, _key = Desk.create(
        tmp_path / "no.gdprdesk",
        business=Business(name="Kafé Nord", country="NO", language="nb"),
        password=PASSWORD,
        limits=CHEAP,
        clock=clock,
    )
    (agency,) = desk.ask(list_catalogue, search="kredittopplysninger")
    assert (agency.country, agency.role) == ("NO", RecipientRole.CONTROLLER)
    names = [one.name for one in desk.ask(list_catalogue)]
    assert names == sorted(names, key=str.casefold)
    desk.lock()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_list_in_another_language_says_it_in_that(desk: Desk, code: str) -> None:
    desk.run(add_from_catalogue, key="qlickboka")
    table = desk.ask(processors_report, language_code=code).sections[0].blocks[0]
    row = next(row for row in table.rows if row[0] == "Qlickboka")  # type: ignore[union-attr]
    said = next(one for one in systems() if one["key"] == "qlickboka")
    assert row[2] == said["service"][code]
