"""A form shows only what the register allows, and nothing else is written either."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import CompanyRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import ContactKind, FormField
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.companies import add_company
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.notes import add_attachment, add_note
from gdprdesk.services.order_repeats import repeat_booking
from gdprdesk.services.order_taking import update_booking
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import review_list
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import add_contact, list_subjects, update_subject
from tests.builders import order, person


def allow(desk: Desk, *fields: FormField) -> None:
    orders = next(one.ref for one in desk.ask(list_activities) if one.group == "customers")
    desk.run(update_activity, activity_ref=orders, changes=ActivityChanges(fields=fields))


def test_a_fresh_cafe_allows_what_its_template_names_and_an_old_one_everything(desk: Desk) -> None:
    assert desk.ask(allowed_fields) == set(FormField)
    allow(desk, FormField.PHONE, FormField.ORDER_TIME)
    assert desk.ask(allowed_fields) == {FormField.PHONE, FormField.ORDER_TIME}
    allow(desk)
    assert desk.ask(allowed_fields) == set(FormField)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "k@example.com"}, "E-mail"),
        ({"address": "Storgatan 9"}, "Address"),
        ({"language": "nb"}, "Language"),
    ],
)
def test_a_person_without_what_is_switched_off(
    desk: Desk, said: dict[str, Any], field: str
) -> None:
    allow(desk, FormField.PHONE)
    with pytest.raises(DomainError, match=f"do not keep “{field}” for “Beställningar och bok"):
        person(desk, phone="0701740645", **said)
    assert desk.ask(list_subjects).total == 0
    person(desk, phone="0701740645")


def test_what_is_there_already_may_stay_and_go(desk: Desk) -> None:
    company = desk.run(add_company, name="Hotell Sjön")
    karin = person(desk, email="k@example.com", language="nb", company_ref=company)
    allow(desk, FormField.PHONE)
    desk.run(update_subject, subject_ref=karin, name="Karin", language="nb", company_ref=company)
    desk.run(update_subject, subject_ref=karin, language="", company_ref=CompanyRef(""))
    for said in ({"language": "sv"}, {"company_ref": company}):
        with pytest.raises(DomainError, match="do not keep"):
            desk.run(update_subject, subject_ref=karin, **said)
    with pytest.raises(DomainError, match="do not keep “Other contact”"):
        desk.run(add_contact, subject_ref=karin, kind=ContactKind.OTHER, value="@karin")
    assert len(desk.ask(show_subject, subject_ref=karin).contacts) == 1


def test_an_order_without_what_is_switched_off(desk: Desk) -> None:
    karin = person(desk)
    known = order(desk, karin, note="Ring på", wanted_at=time(9), diet="nötter")
    allow(desk, FormField.PHONE)
    off = (({"note": "x"}, "Note"), ({"wanted_at": time(8)}, "Time"), ({"diet": "ägg"}, "Special"))
    for said, field in off:
        with pytest.raises(DomainError, match=f"do not keep “{field}"):
            order(desk, karin, **said)
        with pytest.raises(DomainError, match=f"do not keep “{field}"):
            desk.run(update_booking, ref=known, **said)
    desk.run(update_booking, ref=known, note=" Ring på ", wanted_at=time(9), diet="nötter")
    with pytest.raises(DomainError, match="do not keep “Time"):
        desk.run(repeat_booking, ref=known, wanted_at=time(8))
    again = desk.run(repeat_booking, ref=known)
    assert desk.ask(show_booking, ref=again).row.note == ""
    desk.run(update_booking, ref=known, note="", no_time=True, diet="")
    row = desk.ask(show_booking, ref=known).row
    assert (row.note, row.wanted_at, row.diet) == ("", None, "")


def test_no_notes_and_no_files(desk: Desk, tmp_path: Path) -> None:
    karin, file = person(desk), tmp_path / "meny.txt"
    file.write_text("Räksmörgås")
    allow(desk, FormField.PHONE)
    with pytest.raises(DomainError, match="do not keep “Notes”"):
        desk.run(add_note, subject_ref=karin, text="Gillar marsipan")
    with pytest.raises(DomainError, match="do not keep “Files”"):
        desk.run(add_attachment, subject_ref=karin, path=file)
    allow(desk, FormField.NOTES, FormField.FILES)
    desk.run(add_note, subject_ref=karin, text="Gillar marsipan")
    desk.run(add_attachment, subject_ref=karin, path=file)


def test_a_list_is_taken_in_without_what_is_switched_off(desk: Desk) -> None:
    allow(desk, FormField.PHONE)
    grid = Grid(
        header=("Namn", "Telefon", "E-post", "Adress"),
        rows=(("Karin Holm", "0701740645", "k@example.com", "Storgatan 9"),),
        first_row_number=2,
        file_format=FileFormat.CSV,
    )
    review = desk.ask(review_list, grid=grid)
    assert review.remarks[0].startswith("The register says that you do not keep this")
    assert "left out: E-mail, Address." in review.remarks[0]
    desk.run(import_people, review=review)
    (row,) = desk.ask(list_subjects).rows
    contacts = desk.ask(show_subject, subject_ref=row.ref).contacts
    assert [(one.kind, one.value) for one in contacts] == [(ContactKind.PHONE, "070-174 06 45")]
