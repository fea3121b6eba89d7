"""Closing the business or handing it over: the list, its ticks, and its print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.closing import Ending
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.i18n import LANGUAGES, language
from gdprdesk.services.closing import ClosingRow, show_closing, tick_step, untick_step
from gdprdesk.services.onboarding import Business
from gdprdesk.services.paper_files import export_closing
from gdprdesk.services.papers import PaperChanges, add_paper
from gdprdesk.services.reports.closing import closing_report
from gdprdesk.services.served import ControllerChanges, add_controller
from gdprdesk.services.templates import TRADES
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, delivered, invoiced, order, person
from tests.texts import read_pdf

_numbers = count()


@contextmanager
def register_of(folder: Path, trade: str, country: str) -> Iterator[Desk]:
    business = Business(name="Lind", trade=trade, country=country)
    desk, _key = Desk.create(
        folder / f"{next(_numbers)}.gdprdesk",
        business=business,
        password=PASSWORD,
        limits=CHEAP,
        clock=Clock(),
    )
    yield desk
    desk.lock()


def steps(desk: Desk, ending: Ending = Ending.CLOSE) -> dict[str, ClosingRow]:
    view = desk.ask(show_closing, ending=ending)
    found = {row.key: row for group in view.groups for row in group.rows}
    assert len(found) == view.of == sum(len(group.rows) for group in view.groups)
    return found


def titled(desk: Desk, title: str, ending: Ending = Ending.CLOSE) -> ClosingRow:
    return next(row for row in steps(desk, ending).values() if row.title.startswith(title))


def test_the_list_says_what_goes_and_what_a_law_holds_until_when(desk: Desk) -> None:
    karin = person(desk)
    delivered(desk, karin)
    order(desk, karin)
    with language("en"):
        assert "keeper" not in steps(desk)
        assert titled(desk, "Orders and bookings").text.startswith(
            "Records here: 2. Nothing asks for them to be kept"
        )
        assert titled(desk, "Open orders: 1").page == "orders"
        invoiced(desk, karin)
        assert "until 31 Dec 2033" in titled(desk, "Somebody must be able to open").title.replace(
            "December", "Dec"
        )
        said = titled(desk, "Invoices and bookkeeping").text
        assert "2033" in said
        assert "Records here: 1." in said
        assert desk.ask(show_closing).held_until == date(2033, 12, 31)
        over = titled(desk, "Orders and bookings", Ending.HAND_OVER).text
        assert "the people have been told" in over


def test_an_empty_register_has_a_short_list(desk: Desk) -> None:
    keys = steps(desk)
    assert "orders" not in keys
    assert "requests" not in keys
    assert "newsletter_close" not in keys
    assert "paper_close" not in keys
    assert "keeper" not in keys
    with language("sv"):
        assert "Nyhetsbrev" in steps(desk)["empty"].text


def test_paper_and_those_served_are_named(desk: Desk) -> None:
    desk.run(add_controller, changes=ControllerChanges(name="Salong Saxen"))
    changes = PaperChanges(place="Källaren", box="1", what="Kvitton")
    desk.run(add_paper, changes=changes)
    desk.run(add_paper, changes=changes)
    with language("en"):
        assert titled(desk, "Paper: 2 folders and boxes").text.startswith("Källaren.")
        assert titled(desk, "Salong Saxen").law == "Article 28(3)(g)"


@pytest.mark.parametrize(
    ("country", "archive", "years"),
    [("SE", "IVO", "seventh year"), ("NO", "Norsk helsearkiv", "five years")],
)
def test_journals_and_books_follow_the_country(
    tmp_path: Path, country: str, archive: str, years: str
) -> None:
    with register_of(tmp_path, "therapy", country) as desk, language("en"):
        assert archive in steps(desk)["journal"].text
        assert years in steps(desk)["books"].text


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("country", ["SE", "NO"])
def test_every_trade_has_a_whole_list_in_every_language(
    tmp_path: Path, trade: str, country: str
) -> None:
    with register_of(tmp_path, trade, country) as desk:
        for code in LANGUAGES:
            with language(code):
                for ending in Ending:
                    for row in steps(desk, ending).values():
                        assert row.title
                        assert row.text
                        assert "{" not in row.title + row.text
                        assert "()" not in row.text


def test_a_step_is_ticked_with_a_day_and_a_note_and_taken_back(desk: Desk) -> None:
    desk.run(tick_step, key="books", note=" Hos byrån, pärm 4 ", on=TODAY - timedelta(days=2))
    row = steps(desk)["books"]
    assert (row.done_on, row.note) == (TODAY - timedelta(days=2), "Hos byrån, pärm 4")
    assert desk.ask(show_closing).done == 1
    desk.run(tick_step, key="books")
    assert (steps(desk)["books"].done_on, steps(desk)["books"].note) == (TODAY, "")
    desk.run(untick_step, key="books")
    desk.run(untick_step, key="books")
    assert steps(desk)["books"].done_on is None
    with pytest.raises(NotFoundError, match="not in the list"):
        desk.run(tick_step, key="nothing")
    with pytest.raises(DomainError, match="has not come yet"):
        desk.run(tick_step, key="books", on=TODAY + timedelta(days=1))


def test_the_list_is_printed_with_what_was_done(desk: Desk, tmp_path: Path) -> None:
    desk.run(tick_step, key="books", note="Hos byrån")
    for ending in Ending:
        assert desk.ask(closing_report, ending=ending, language_code="en").landscape
        target = tmp_path / f"{ending}.pdf"
        desk.run(export_closing, ending=ending, to=target, language_code="en")
        text = " ".join(read_pdf(target).split())
        assert "1 of " in text
        assert "Hos byrån" in text
        assert ("Hand over the register" in text) is (ending is Ending.HAND_OVER)
