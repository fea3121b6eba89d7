"""The slip of an order: for the customer, for the shop, for the kitchen."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotAllowedError
from gdprdesk.domain.terms import Permission, RestrictionGround
from gdprdesk.exports import PDF
from gdprdesk.exports.preview import page_count, page_size
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.order_files import export_slip
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.reports.slip import SlipCopy, order_slip
from gdprdesk.services.restriction import restrict_person
from tests.builders import Clock, delivered, invoiced, order, person
from tests.roles import as_role
from tests.texts import read_pdf

SATURDAY = date(2026, 11, 28)
LINES = (LineEntry("Prinsesstårta", "2", "400", "12"), LineEntry("Ljus", "1", "20", "25"))


@pytest.fixture
def cake(desk: Desk) -> RecordRef:
    return order(
        desk,
        person(desk, phone="070-174 06 45"),
        what="Kalas för 12",
        lines=LINES,
        note="Rosa rosor",
        diet="nötter",
        wanted_on=SATURDAY,
        wanted_at=time(11, 30),
    )


def slip(desk: Desk, ref: RecordRef, copy: SlipCopy, **more: bool) -> str:
    return read_pdf(
        PDF.render(desk.ask(order_slip, ref=ref, copy=copy, language_code="en", **more))
    )


def test_the_customers_says_what_when_and_how_much(desk: Desk, cake: RecordRef) -> None:
    said = slip(desk, cake, SlipCopy.CUSTOMER)
    for word in (
        "Order 1001", "Kafé Lind", "Saturday 28 November", "11:30", "Kalas för 12",
        "2 Prinsesstårta", "800.00", "1 Ljus", "20.00", "820.00", "To pay: SEK",
    ):  # fmt: skip
        assert word in said, word
    for word in ("Karin", "070-174", "nötter", "Rosa", "shredder"):
        assert word not in said


def test_the_shops_says_who_and_how_to_reach_her(desk: Desk, cake: RecordRef) -> None:
    said = slip(desk, cake, SlipCopy.SHOP)
    for word in ("Karin Holm", "070-174 06 45", "To pay: SEK", "shredder"):
        assert word in said, word
    for word in ("nötter", "Rosa"):
        assert word not in said


def test_the_kitchens_has_the_diet_only_if_asked(desk: Desk, cake: RecordRef) -> None:
    said = slip(desk, cake, SlipCopy.KITCHEN)
    for word in ("Rosa rosor", "2 Prinsesstårta", "11:30"):
        assert word in said, word
    for word in ("nötter", "Karin", "400", "800", "To pay"):
        assert word not in said
    assert "Special diet nötter" in slip(desk, cake, SlipCopy.KITCHEN, with_diet=True)


@pytest.mark.parametrize("copy", [SlipCopy.CUSTOMER, SlipCopy.SHOP])
def test_no_other_has_the_diet_even_if_asked(desk: Desk, cake: RecordRef, copy: SlipCopy) -> None:
    assert "nötter" not in slip(desk, cake, copy, with_diet=True)


def test_words_of_health_in_an_order_are_for_the_kitchen_alone(desk: Desk) -> None:
    lines = (LineEntry("Utan hasselkrokant", "1", "400", "12"), LineEntry("Ljus", "1", "20", "25"))
    words = "Kalas, glutenfritt"
    ref = order(desk, person(desk), what=words, lines=lines, diet="hasselkrokant")
    for copy in (SlipCopy.CUSTOMER, SlipCopy.SHOP):
        said = slip(desk, ref, copy)
        assert "gluten" not in said
        assert "hassel" not in said
        assert "1 Ljus" in said
        assert "420.00" in said
    said = slip(desk, ref, SlipCopy.KITCHEN)
    assert words in said
    assert "Utan hasselkrokant" in said


def test_a_diet_is_for_whoever_may_see_health(desk: Desk, cake: RecordRef, clock: Clock) -> None:
    with as_role(desk, clock, (Permission.ORDERS,)) as hers:
        with pytest.raises(NotAllowedError):
            slip(hers, cake, SlipCopy.KITCHEN, with_diet=True)
        said = slip(hers, cake, SlipCopy.SHOP)
        assert "Karin" not in said
        assert "070" not in said


def test_paid_or_by_invoice(desk: Desk) -> None:
    karin = person(desk)
    assert "Paid 21 November 2026" in slip(desk, delivered(desk, karin), SlipCopy.CUSTOMER)
    invoiced(desk, karin, paid_on=None)
    (with_invoice,) = [row.ref for row in desk.ask(list_bookings).rows if row.is_invoiced]
    assert "To be paid by invoice" in slip(desk, with_invoice, SlipCopy.CUSTOMER)


def test_an_order_of_words_only(desk: Desk) -> None:
    said = slip(desk, order(desk, what="En tårta", lines=()), SlipCopy.CUSTOMER)
    assert "En tårta" in said
    assert "Not paid" in said


def test_whose_data_are_only_stored_is_not_named(desk: Desk, cake: RecordRef) -> None:
    (row,) = desk.ask(list_bookings).rows
    assert row.subject_ref
    desk.run(
        restrict_person,
        subject_ref=row.subject_ref,
        ground=RestrictionGround.ACCURACY,
        why="Adressen stämmer inte",
    )
    for copy in SlipCopy:
        said = slip(desk, cake, copy)
        for word in ("Karin", "070", "Rosa"):
            assert word not in said


def test_it_is_half_as_large_as_a4(desk: Desk, cake: RecordRef, tmp_path: Path) -> None:
    to = tmp_path / "slip.pdf"
    desk.run(export_slip, ref=cake, to=to, copy=SlipCopy.SHOP)
    pdf = to.read_bytes()
    assert page_count(pdf) == 1
    assert [round(side / 72 * 25.4) for side in page_size(pdf, 0)] == [148, 210]
    with pytest.raises(DomainError, match=r"\.pdf"):
        desk.run(export_slip, ref=cake, to=tmp_path / "slip.txt")
