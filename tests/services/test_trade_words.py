"""What is printed and handed out calls an order as the trade does: a therapist has bookings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import icalendar
import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.exports import CSV, PDF
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.onboarding import Business
from gdprdesk.services.order_files import export_calendar
from gdprdesk.services.reports.orders import day_sheet
from gdprdesk.services.reports.slip import SlipCopy, order_slip
from gdprdesk.services.reports.week import week_sheet
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, order, person
from tests.texts import read_pdf


@pytest.fixture
def practice(folder: Path, clock: Clock) -> Iterator[Desk]:
    business = Business(name="Samtal i Växjö", trade="therapy", language="en", contact="Maja Lind")
    desk, _recovery = Desk.create(
        folder, password=PASSWORD, business=business, limits=CHEAP, clock=clock
    )
    yield desk
    desk.lock()


@pytest.fixture
def client(practice: Desk) -> SubjectRef:
    return person(practice, "Siri Ek")


@pytest.fixture
def visit(practice: Desk, client: SubjectRef) -> RecordRef:
    return order(practice, client, what="Samtal", wanted_on=TODAY, wanted_at=time(14))


def test_the_slip_of_a_visit(practice: Desk, visit: RecordRef) -> None:
    said = read_pdf(PDF.render(practice.ask(order_slip, ref=visit, copy=SlipCopy.SHOP)))
    assert "Booking 1001" in said
    assert "when the visit is over" in said
    assert "rder" not in said


@pytest.mark.parametrize("report", [day_sheet, week_sheet])
def test_the_sheets_on_the_wall(practice: Desk, visit: RecordRef, report) -> None:
    assert visit
    said = CSV.render(practice.ask(report)).decode()
    assert "Booking" in said
    assert "rder" not in said


def test_the_calendar_of_the_days(practice: Desk, visit: RecordRef, tmp_path: Path) -> None:
    assert visit
    to = tmp_path / "week.ics"
    practice.run(export_calendar, since=TODAY, until=TODAY, to=to)
    (one,) = icalendar.Calendar.from_ical(to.read_bytes()).walk("VEVENT")
    assert str(one["summary"]) == "Booking 14:00"


def test_her_own_calendar(
    practice: Desk, client: SubjectRef, visit: RecordRef, tmp_path: Path
) -> None:
    assert visit
    to = tmp_path / "copy.ics"
    practice.run(export_person, subject_ref=client, to=to)
    (one,) = icalendar.Calendar.from_ical(to.read_bytes()).walk("VEVENT")
    assert str(one["summary"]) == "Booking 1001: Samtal"
