"""Suppliers and employees have their own purpose, period and notice, and leave by these."""

from __future__ import annotations

from datetime import date

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Audience, ContactKind, FormField, Origin, SubjectKind
from gdprdesk.services.activities import list_activities, show_activity
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.contacts import ContactEntry
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.notes import add_note
from gdprdesk.services.notice_people import list_people_to_tell
from gdprdesk.services.persons import show_subject
from gdprdesk.services.sources import show_usual_origin
from gdprdesk.services.subjects import (
    add_contact,
    end_relation,
    list_subjects,
    register_subject,
    update_subject,
)
from tests.builders import Clock, order

SUPPLIERS, EMPLOYMENT = "Kontakter hos leverantörer", "Anställning"
ORDERS = "Beställningar och bokningar"


def add(desk: Desk, kind: SubjectKind) -> SubjectRef:
    return desk.run(register_subject, name="Karin Holm", phone="070-174 06 45", kind=kind)


def why(desk: Desk, ref: SubjectRef) -> list[str]:
    return [one.activity for one in desk.ask(show_subject, subject_ref=ref).why]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (SubjectKind.CUSTOMER, ORDERS),
        (SubjectKind.COMPANY_CONTACT, ORDERS),
        (SubjectKind.SUPPLIER, SUPPLIERS),
        (SubjectKind.EMPLOYEE, EMPLOYMENT),
        (SubjectKind.SUBSCRIBER, ORDERS),
    ],
)
def test_what_is_written_of_her_belongs_to_the_row_for_what_she_is(
    desk: Desk, kind: SubjectKind, row: str
) -> None:
    ref = add(desk, kind)
    desk.run(add_note, subject_ref=ref, text="Called about the keys")
    desk.run(add_contact, subject_ref=ref, kind=ContactKind.EMAIL, value="karin@example.com")
    assert why(desk, ref) == [row]


def test_becoming_something_else_moves_what_was_written_and_can_be_undone(desk: Desk) -> None:
    ref = add(desk, SubjectKind.CUSTOMER)
    desk.run(update_subject, subject_ref=ref, kind=SubjectKind.SUPPLIER)
    assert why(desk, ref) == [SUPPLIERS]
    desk.undo()
    assert why(desk, ref) == [ORDERS]
    desk.run(
        update_subject,
        subject_ref=ref,
        kind=SubjectKind.EMPLOYEE,
        contacts=(ContactEntry(ContactKind.EMAIL, "karin@example.com"),),
    )
    assert why(desk, ref) == [EMPLOYMENT]


def test_a_note_for_a_purpose_of_its_own_stays_there(desk: Desk) -> None:
    ref = add(desk, SubjectKind.CUSTOMER)
    photos = next(one for one in desk.ask(list_activities) if one.name.startswith("Foto"))
    desk.run(add_note, subject_ref=ref, text="Stands by the door", activity_ref=photos.ref)
    desk.run(update_subject, subject_ref=ref, kind=SubjectKind.SUPPLIER)
    assert why(desk, ref) == [photos.name, SUPPLIERS]


def test_a_supplier_who_buys_a_cake_is_a_customer_in_that(desk: Desk) -> None:
    ref = add(desk, SubjectKind.SUPPLIER)
    order(desk, ref)
    assert why(desk, ref) == [ORDERS, SUPPLIERS]


@pytest.mark.parametrize("kind", [SubjectKind.SUPPLIER, SubjectKind.EMPLOYEE])
def test_she_leaves_two_years_after_the_relation_ended(
    desk: Desk, clock: Clock, kind: SubjectKind
) -> None:
    ref = add(desk, kind)
    clock.go_to(date(2030, 5, 1))
    desk.run(carry_out_clean_up)
    desk.run(end_relation, subject_ref=ref, on=date(2030, 4, 30))
    assert desk.ask(show_subject, subject_ref=ref).why[0].until == date(2032, 4, 30)
    clock.go_to(date(2032, 4, 30))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_subjects, kind=kind).total == 1
    clock.go_to(date(2032, 5, 1))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_subjects).total == 0


@pytest.mark.parametrize("kind", [SubjectKind.SUPPLIER, SubjectKind.EMPLOYEE])
def test_of_whom_only_the_name_is_known_leaves_by_the_same_rule(
    desk: Desk, clock: Clock, kind: SubjectKind
) -> None:
    ref = desk.run(register_subject, name="Karin Holm", kind=kind)
    desk.run(end_relation, subject_ref=ref, on=date(2026, 11, 21))
    clock.go_to(date(2028, 11, 21))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_subjects).total == 1
    clock.go_to(date(2028, 11, 22))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_subjects).total == 0


def test_the_notice_for_staff_is_for_employees(desk: Desk) -> None:
    ref = add(desk, SubjectKind.EMPLOYEE)
    told = desk.ask(list_people_to_tell, audience=Audience.STAFF)
    assert [one.ref for one in told.rows] == [ref]
    assert desk.ask(list_people_to_tell, audience=Audience.CUSTOMERS).total == 0


def test_each_kind_of_person_has_the_fields_that_its_row_allows(desk: Desk) -> None:
    rows = {one.name: one.ref for one in desk.ask(list_activities)}
    desk.run(
        update_activity,
        activity_ref=rows[SUPPLIERS],
        changes=ActivityChanges(fields=(FormField.EMAIL,)),
    )
    assert FormField.PHONE in desk.ask(allowed_fields)
    assert FormField.PHONE not in desk.ask(allowed_fields, of=SubjectKind.SUPPLIER)
    with pytest.raises(DomainError, match=SUPPLIERS):
        add(desk, SubjectKind.SUPPLIER)
    add(desk, SubjectKind.CUSTOMER)


def test_where_a_suppliers_data_come_from_is_what_her_row_says(desk: Desk) -> None:
    rows = {one.name: one.ref for one in desk.ask(list_activities)}
    desk.run(
        update_activity,
        activity_ref=rows[SUPPLIERS],
        changes=ActivityChanges(collected_from=Origin.OTHER),
    )
    assert desk.ask(show_usual_origin) is Origin.PERSON
    assert desk.ask(show_usual_origin, of=SubjectKind.SUPPLIER) is Origin.OTHER
    assert desk.ask(show_activity, activity_ref=rows[SUPPLIERS]).collected_from is Origin.OTHER
