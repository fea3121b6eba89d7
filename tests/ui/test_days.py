"""The days of a cafe in the real window: an order from the call to the till, a newsletter round.

Every click is counted, as the owner makes them; typing and Enter are not clicks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListView, QWidget

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import BookingState, ConsentMethod, Decision
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.disclosures import list_disclosures
from gdprdesk.services.newsletter import list_readers
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.newsletter_compare import CompareReaders
from gdprdesk_ui.dialogs.newsletter_export import ExportReaders
from gdprdesk_ui.dialogs.order_days import PaidForm
from gdprdesk_ui.dialogs.order_form import OrderForm
from tests import mailings
from tests.builders import TODAY, person
from tests.texts import read_pdf
from tests.ui.windows import click, dialog, opened, write

TOMORROW = TODAY + timedelta(days=1)


class Hand:
    """The hand on the mouse: it counts its clicks."""

    def __init__(self, robot: Any, window: Any) -> None:
        self.robot, self.window, self.clicks = robot, window, 0

    def click(self, button: QWidget) -> None:
        click(self.robot, button)
        self.clicks += 1

    def go(self, place: str) -> Any:
        self.click(self.window.sidebar.buttons[place])
        return self.window.page()

    def wait_until_gone(self, kind: type[QDialog]) -> None:
        shown = lambda: [one for one in self.window.findChildren(kind) if one.isVisible()]  # noqa: E731
        self.robot.waitUntil(lambda: not shown())

    def choose(self, entries: QListView, words: str) -> None:
        """Click the line of a list that begins with some words."""
        model = entries.model()
        lines = (model.index(line, 0) for line in range(model.rowCount()))
        found = next(one for one in lines if _spoken(one).startswith(words))
        middle = entries.visualRect(found).center()
        self.robot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        self.clicks += 1


def _spoken(line: Any) -> str:
    return str(line.data(Qt.ItemDataRole.AccessibleTextRole) or line.data())


@pytest.fixture
def hand(desk: Desk, theme: Any, show: Any, clock: Any, qtbot: Any) -> Iterator[Hand]:
    with opened(desk, theme, show, clock) as window:
        yield Hand(qtbot, window)


def ordered(hand: Hand, who: str, what: str, price: str, on: date) -> None:
    """Take an order by telephone from the page that the day begins with."""
    hand.click(hand.window.page().order_button)
    form = dialog(hand.robot, hand.window, OrderForm)
    with hand.robot.waitSignal(form.customer.search.searched):
        write(form.customer.search, who)
    hand.robot.keyClick(form.customer.search, Qt.Key.Key_Return)
    write(form.what, what)
    write(form.lines.lines[0].text, what)
    write(form.lines.lines[0].price, price)
    write(form.wanted.day.edit, on.strftime("%d/%m/%Y"))
    write(form.wanted.time, "11.30")
    hand.click(form.verb_button)
    hand.wait_until_gone(type(form))


def test_an_order_by_telephone_is_two_clicks_and_the_evening_prints_tomorrow(
    hand: Hand, desk: Desk, tmp_path: Path
) -> None:
    """Two clicks to take it, two to hand it out and open the payment, one to say how."""
    person(desk, "Karin Holm", phone="070-174 06 45")
    ordered(hand, "1740645", "Prinsesstårta", "520", TODAY)
    assert hand.clicks == 2
    ordered(hand, "Karin", "Limpa", "45", TOMORROW)
    assert hand.clicks == 4
    page = hand.go("orders")
    hand.robot.waitUntil(lambda: page.lists._model().rowCount() == 2)
    hand.robot.waitUntil(lambda: page.order_pane.title.text() == "Order 1001")
    hand.click(page.order_pane.hand_out_button)
    hand.click(page.order_pane.paid_button)
    paid = dialog(hand.robot, hand.window, PaidForm)
    hand.click(paid.verb_button)
    by_number = lambda: {one.number: one for one in desk.ask(list_bookings).rows}  # noqa: E731
    hand.robot.waitUntil(lambda: by_number()["1001"].paid_on == TODAY)
    assert by_number()["1001"].state is BookingState.COMPLETED
    assert hand.clicks == 8
    hand.click(page.sheet_button)
    sheet = hand.window.page()
    sheet.day.set_day(TOMORROW)
    hand.robot.waitUntil(lambda: "Limpa" in read_pdf(sheet._pdf))
    assert "Prinsesstårta" not in read_pdf(sheet._pdf)


def reader(desk: Desk, name: str, email: str) -> SubjectRef:
    ref = person(desk, name, email=email)
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=texts["newsletter"],
        decision=Decision.GIVEN,
        method=ConsentMethod.WEB_FORM,
        decided_on=TODAY - timedelta(days=60),
    )
    return ref


def exported(hand: Hand, to: Path) -> str:
    """Save the list of readers; returns what is said of the files."""
    hand.choose(hand.go("consents").purposes, "Nyhetsbrev")
    hand.click(hand.window.page().letters.export_button)
    form = dialog(hand.robot, hand.window, ExportReaders)
    ask.next_answer(to)
    hand.click(form.verb_button)
    hand.robot.waitUntil(lambda: form.saved is not None)
    words: str = form.saved.sentence.text()
    click(hand.robot, form.verb_button)
    hand.wait_until_gone(type(form))
    return words


def test_a_newsletter_round_is_four_clicks_out_and_three_back(
    hand: Hand, desk: Desk, tmp_path: Path
) -> None:
    """Consents, Newsletter, Export, Save; then Compare, the file, and who left written down."""
    reader(desk, "Åsa Öberg", "asa@example.com")
    bo = reader(desk, "Bo Ek", "bo@example.com")
    first = exported(hand, tmp_path / "first.csv")
    assert hand.clicks == 4
    assert [one.name for one in tmp_path.glob("first*")] == ["first.csv"]
    assert "There is no second file this time: nobody has left." in first
    desk.run(withdraw_consent, subject_ref=bo, purpose="newsletter")
    assert "There is no second file" not in exported(hand, tmp_path / "second.csv")
    assert len(list(tmp_path.glob("second*.csv"))) == 2
    assert len(desk.ask(list_disclosures)) == 2
    came_back = mailings.mailchimp(tmp_path / "m.zip", left=[("asa@example.com", "2026-11-01")])
    hand.clicks = 0
    hand.click(hand.window.page().letters.compare_button)
    form = dialog(hand.robot, hand.window, CompareReaders)
    ask.next_answer(came_back)
    hand.click(form.verb_button)
    hand.robot.waitUntil(lambda: form.found.isVisible() and form.verb_button.isEnabled())
    assert form.verb_button.text() == "Write down that 1 left"
    hand.click(form.verb_button)
    hand.robot.waitUntil(lambda: desk.ask(list_readers).readers == ())
    assert hand.clicks == 3
