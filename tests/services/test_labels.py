"""Address labels: who has one, what stands on it, and who is left out and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.handing import Handing
from gdprdesk.domain.terms import (
    ContactKind,
    ExportPurpose,
    RestrictionGround,
    SubjectKind,
)
from gdprdesk.exports.label_sheets import LabelSheet
from gdprdesk.services.companies import add_company
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.log_listing import list_log
from gdprdesk.services.notes import add_note
from gdprdesk.services.objections import object_to_marketing
from gdprdesk.services.people_files import export_labels
from gdprdesk.services.reports.labels import address_labels
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import add_contact
from tests.builders import person
from tests.texts import read_pdf

SAID = "fem röda katter"


def _karin(desk: Desk) -> SubjectRef:
    return person(desk, "Karin Holm", phone="0701740645", address="Kyrkogatan 4, 352 31 Växjö")


def test_a_label_is_a_name_and_an_address_and_no_more(desk: Desk, tmp_path: Path) -> None:
    ref = _karin(desk)
    desk.run(add_note, subject_ref=ref, text="Vill ha fönsterbord")
    desk.run(add_contact, subject_ref=ref, kind=ContactKind.ADDRESS, value="Sommarstugan 1")
    receipt = desk.run(export_labels, to=tmp_path / "labels.pdf")
    assert read_pdf(receipt.path) == "Karin Holm Kyrkogatan 4 352 31 Växjö"
    assert (receipt.rows, receipt.format) == (1, "pdf")


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("Storgatan 1 lgh 1201 352 31 Växjö", ("Storgatan 1 lgh 1201", "352 31 Växjö")),
        ("Storgatan 1, Lgh 1201, 35231 Växjö", ("Storgatan 1", "Lgh 1201", "35231 Växjö")),
        ("Storgatan 1, 352 31 Växjö, SVERIGE", ("Storgatan 1", "352 31 Växjö")),
        ("Storgatan 1, 352 31 Växjö, Sweden", ("Storgatan 1", "352 31 Växjö")),
        ("Storgata 12, 0155 Oslo, Norge", ("Storgata 12", "0155 Oslo", "Norge")),
        ("Storgatan  1 ,, 352 31   Växjö,", ("Storgatan 1", "352 31 Växjö")),
    ],
)
def test_an_address_is_set_in_lines(desk: Desk, address: str, lines: tuple[str, ...]) -> None:
    person(desk, "Åsa Ek", address=address)
    (label,) = desk.ask(address_labels).labels
    assert label == ("Åsa Ek", *lines)


def test_a_contact_is_written_to_at_her_company(desk: Desk) -> None:
    company = desk.run(add_company, name="Sjöviks Båtklubb", address="Hamnen 1, 352 31 Växjö")
    person(desk, "Per Å", kind=SubjectKind.COMPANY_CONTACT, company_ref=company)
    (label,) = desk.ask(address_labels).labels
    assert label == ("Per Å", "Sjöviks Båtklubb", "Hamnen 1", "352 31 Växjö")


def test_who_may_not_be_written_to_is_left_out_and_counted(desk: Desk, tmp_path: Path) -> None:
    _karin(desk)
    stored, going, objecting = (
        person(desk, name, address="Storgatan 1, 352 31 Växjö")
        for name in ("Berit Alm", "Johan Ek", "Eva Lind")
    )
    person(desk, "Utan Adress")
    why = RestrictionGround.ACCURACY
    desk.run(restrict_person, subject_ref=stored, ground=why, why="Fel adress")
    desk.run(stage_erasure, subject_ref=going)
    desk.run(object_to_marketing, subject_ref=objecting)
    receipt = desk.run(export_labels, to=tmp_path / "a.pdf", language_code="en")
    assert read_pdf(receipt.path) == "Karin Holm Kyrkogatan 4 352 31 Växjö"
    assert receipt.remarks[:4] == (
        "1 person is left out: her data are only stored for now.",
        "1 person is left out: she is about to be erased.",
        "1 person is left out: she gets no advertising.",
        "1 person is left out: she has no address.",
    )
    with desk.handing_out(Handing(ExportPurpose.OWN_WORK)):
        own = desk.run(export_labels, to=tmp_path / "b.pdf")
    assert own.rows == 2
    assert "Eva Lind" in read_pdf(own.path)
    assert "Berit" not in read_pdf(own.path)
    assert "Johan" not in read_pdf(own.path)
    assert [row.purpose for row in desk.ask(list_log).rows[:2]] == [
        ExportPurpose.OWN_WORK,
        ExportPurpose.MAILING,
    ]


def test_labels_are_of_those_looked_for_on_the_sheet_that_is_chosen(desk: Desk) -> None:
    _karin(desk)
    person(desk, "Åsa Ek", kind=SubjectKind.SUPPLIER, address="Storgatan 1, 352 31 Växjö")
    by_word = desk.ask(address_labels, search="kar")
    by_kind = desk.ask(
        address_labels, kind=SubjectKind.SUPPLIER, sheet=LabelSheet.TWO_BY_SEVEN, first=14
    )
    by_consent = desk.ask(address_labels, purpose="newsletter")
    assert [label[0] for label in by_word.labels] == ["Karin Holm"]
    assert [label[0] for label in by_kind.labels] == ["Åsa Ek"]
    assert (by_kind.sheet, by_kind.first, by_kind.language) == (LabelSheet.TWO_BY_SEVEN, 14, "sv")
    assert by_consent.labels == []


def test_a_password_opens_them(desk: Desk, tmp_path: Path) -> None:
    _karin(desk)
    with desk.handing_out(Handing(password=SAID)):
        receipt = desk.run(export_labels, to=tmp_path / "labels.pdf")
    assert receipt.protected
    assert b"Karin" not in receipt.path.read_bytes()
    with PdfDocument(receipt.path, password=SAID) as document:
        assert "Karin Holm" in document[0].get_textpage().get_text_range()


def test_nothing_is_saved_without_anybody_to_write_to(desk: Desk, tmp_path: Path) -> None:
    person(desk, "Utan Adress")
    with pytest.raises(DomainError, match="nobody among these with an address"):
        desk.run(export_labels, to=tmp_path / "labels.pdf")
    _karin(desk)
    with pytest.raises(DomainError, match="This sheet has 14 labels"):
        desk.run(export_labels, to=tmp_path / "labels.pdf", sheet=LabelSheet.TWO_BY_SEVEN, first=15)
    with pytest.raises(DomainError, match=r"must end in \.pdf"):
        desk.run(export_labels, to=tmp_path / "labels.txt")
    assert not list(tmp_path.glob("labels.*"))
