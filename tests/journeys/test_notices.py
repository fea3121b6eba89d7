"""What five businesses promise in their privacy policies, found in the notice of their register.

Each test is one item of a policy by its number: from a new register to the text people are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Audience
from gdprdesk.imports.policy_text import policy_text
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.notice import (
    compare_notices,
    list_notice_tasks,
    mark_notice_told,
    publish_notice,
    show_notice,
)
from gdprdesk.services.notice_files import NoticeFormat, export_notice
from gdprdesk.services.notice_people import list_people_to_tell
from gdprdesk.services.templates import extras_of
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, person

pytestmark = pytest.mark.journey

HOMES = {"cafe": "SE", "therapy": "SE", "dealer": "NO", "booking": "SE", "shop": "SE"}
LANGUAGE = {"SE": "sv", "NO": "nb"}
NUMBER = {"SE": "556036-0793", "NO": "974760673"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, Audience], str]]:
    """Give the notice of a new register for an audience, as it is read on the website."""
    folder, open_desks = tmp_path_factory.mktemp("notices"), ExitStack()
    desks: dict[str, Desk] = {}

    def read(trade: str, audience: Audience) -> str:
        if trade not in desks:
            desks[trade] = _register(folder / f"{trade}.gdprdesk", trade)
            open_desks.callback(desks[trade].lock)
        to = folder / f"{trade}_{audience}.md"
        if not to.exists():
            code = LANGUAGE[HOMES[trade]]
            desks[trade].run(
                export_notice,
                to=to,
                audience=audience,
                language_code=code,
                format=NoticeFormat.MARKDOWN,
            )
        return policy_text(to)

    yield read
    open_desks.close()


def _register(folder: Path, trade: str) -> Desk:
    country = HOMES[trade]
    business = replace(
        CAFE,
        trade=trade,
        country=country,
        language=LANGUAGE[country],
        org_number=NUMBER[country],
        email="personvern@example.com",
        extras=extras_of(trade),
    )
    desk, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    return desk


PROMISES = [
    ("000.4 the interest is named", "cafe", "customers", "Vi vill kunna svara den som frågar"),
    ("000.7 who does the books", "cafe", "customers", "Redovisningsbyrån"),
    ("000.8 kept by bookkeeping law", "cafe", "customers", "då räkenskapsåret avslutades"),
    ("000.9 erased after a number", "cafe", "customers", "24 månader efter senaste"),
    (
        "000.10 photos only with a yes",
        "cafe",
        "customers",
        "Vi frågar alltid först",
    ),
    ("000.11 own posts come down", "cafe", "customers", "så tar vi bort det samma dag"),
    ("000.15 nothing but allergies", "cafe", "customers", "Utöver allergier skriver vi aldrig ner"),
    ("000.17 Mailchimp has the address", "cafe", "newsletter", "Mailchimp (Intuit)"),
    ("000.19 cookies with life and basis", "cafe", "web", "| 13 månader | Bara efter ja |"),
    (
        "001.5 seven years by the true rule",
        "therapy",
        "clients",
        "7 år efter utgången av",
    ),
    ("001.10 who hosts the forms", "therapy", "clients", "Loopia"),
    ("001.11 Stripe has the purchase", "therapy", "customers", "Stripe"),
    ("001.16 take the data along", "therapy", "clients", "i en fil som andra program kan läsa"),
    ("001.19 never sold", "therapy", "clients", "Vi säljer, hyr ut eller byter aldrig uppgifter"),
    ("001.20 the authority of today", "therapy", "clients", "Integritetsskyddsmyndigheten (IMY)"),
    ("001.21 where to write", "therapy", "clients", "Skriv till personvern@example.com"),
    (
        "002.3 the address is cut, still personal",
        "dealer",
        "web",
        "Tre grupper er ikke alltid",
    ),
    ("002.11 fifteen years, and why", "dealer", "customers", "fordi reservedeler trengs så lenge"),
    ("002.16 the operator's log, a range", "dealer", "customers", "3–4 måneder"),  # noqa: RUF001
    ("002.17 no visitor register", "dealer", "customers", "Vi har ingen besøksliste"),
    (
        "002.18 eight cameras, a week, a sign",
        "dealer",
        "customers",
        "slettes innen 7 døgn",
    ),
    (
        "002.19 no officer, and who checks",
        "dealer",
        "customers",
        "økonomiansvarlig kontrollerer",
    ),
    ("002.25 answered within 30 days", "dealer", "customers", "Vi lover deg svar innen 30 dager"),
    ("002.26 voluntary", "dealer", "customers", "Det er frivillig å gi oss opplysninger"),
    ("003.4 sign-in with Facebook or Google", "booking", "customers", "Facebook eller Google"),
    ("003.14 no cookies that track", "booking", "web", "Vi använder inga kakor som spårar"),
    (
        "004.3 public registers are named",
        "shop",
        "customers",
        "företagsregistret och",
    ),
    ("004.6 profiling and the way out", "shop", "customers", "Då slutar vi direkt"),
    ("004.8 the safeguard abroad", "shop", "newsletter", "Data Privacy Framework"),
    ("004.11 36 months after the relation", "shop", "customers", "3 år efter att"),
    ("004.16 the service may fail", "shop", "customers", "kan tjänsten fungera sämre"),
]


@pytest.mark.parametrize(
    ("trade", "audience", "words"), [one[1:] for one in PROMISES], ids=[one[0] for one in PROMISES]
)
def test_the_notice_keeps_the_promise(told, trade, audience, words) -> None:
    assert words.casefold() in told(trade, Audience(audience)).replace("\\", "").casefold()


OUTDATED = [
    ("001.20 the old authority", "therapy", "clients", "Datainspektionen"),
    ("002.5 the repealed section", "dealer", "web", "2-7b"),
    ("002.5 the old sections of the act", "dealer", "customers", "§ 18"),
    ("004.18 the old word for the officer", "shop", "customers", "personuppgiftsombud"),
]


@pytest.mark.parametrize(
    ("trade", "audience", "words"), [one[1:] for one in OUTDATED], ids=[one[0] for one in OUTDATED]
)
def test_the_notice_says_nothing_outdated(told, trade, audience, words) -> None:
    assert words.casefold() not in told(trade, Audience(audience)).casefold()


def test_001_22_versions_have_dates_and_a_difference(desk: Desk, clock: Clock) -> None:
    """001.22: "created on a day, updated on another", and what changed between the two."""
    first = desk.run(publish_notice, audience=Audience.CUSTOMERS)
    clock.move(days=274)
    orders = desk.ask(list_activities)[0]
    changes = ActivityChanges(duty="Det är frivilligt, men vi behöver ett namn.")
    desk.run(update_activity, activity_ref=orders.ref, changes=changes)
    second = desk.run(publish_notice, audience=Audience.CUSTOMERS)
    versions = desk.ask(show_notice, audience=Audience.CUSTOMERS).versions
    assert [(one.ref, one.made_on) for one in versions] == [
        (second, TODAY + timedelta(days=274)),
        (first, TODAY),
    ]
    (part,) = desk.ask(compare_notices, older=first, newer=second).parts
    assert part.heading == orders.name
    came = [one.after for one in part.sentences if one.after]
    assert came == ["Måste du lämna dem: Det är frivilligt, men vi behöver ett namn."]


def test_004_19_people_are_told_of_what_changes(desk: Desk) -> None:
    """004.19: "we tell you of larger changes": the register says whom, and that it was done."""
    person(desk, "Karin Holm", email="karin@example.se")
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    orders = desk.ask(list_activities)[0]
    changes = ActivityChanges(sources="Kunden, och den som rekommenderar henne")
    desk.run(update_activity, activity_ref=orders.ref, changes=changes)
    (outdated,) = desk.ask(list_notice_tasks)
    assert outdated.is_outdated
    version = desk.run(publish_notice, audience=Audience.CUSTOMERS)
    (untold,) = desk.ask(list_notice_tasks)
    assert (untold.version.number, untold.untold) == (2, 1)
    (to_tell,) = desk.ask(list_people_to_tell, audience=Audience.CUSTOMERS).rows
    assert (to_tell.name, to_tell.email) == ("Karin Holm", "karin@example.se")
    desk.run(mark_notice_told, ref=version)
    assert desk.ask(list_notice_tasks) == ()
