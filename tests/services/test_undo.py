"""Ctrl+Z takes back whole actions, the last first, and never brings back what was erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.audit import AuditEntry, RowSeal
from gdprdesk.domain.base import Entity
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.register import RegisterState
from gdprdesk.domain.terms import (
    BookingState,
    ConsentMethod,
    ContactKind,
    Decision,
    LegalBasis,
    RecipientRole,
    Start,
    Unit,
)
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.services.activities import (
    register_activity,
    remove_activity,
    review_activity,
)
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.agreements import (
    add_agreement,
    remove_agreement,
    review_recipient,
    see_evidence,
)
from gdprdesk.services.assessments import screen_risk, weigh_interest
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.catalogue import add_from_catalogue
from gdprdesk.services.companies import add_company, list_companies, update_company
from gdprdesk.services.consent_texts import list_consent_texts, replace_consent_text
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.erasure import erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.invoices import issue_invoice, set_invoice_paid
from gdprdesk.services.notes import (
    add_attachment,
    add_note,
    list_attachments,
    read_attachment,
    remove_attachment,
    save_draft,
    update_note,
)
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_repeats import repeat_booking
from gdprdesk.services.order_taking import update_booking
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import review_list
from gdprdesk.services.persons import show_subject
from gdprdesk.services.recipients import (
    RecipientChanges,
    add_recipient,
    remove_recipient,
    update_recipient,
)
from gdprdesk.services.served import (
    ControllerChanges,
    add_controller,
    end_controller,
    update_controller,
)
from gdprdesk.services.subjects import (
    add_contact,
    list_subjects,
    register_subject,
    update_contact,
    update_subject,
)
from tests.builders import TODAY, Clock, delivered, order, person

# What the log and the cleaning of pages need is no part of what is taken back.
LASTING = {AuditEntry, RegisterState, RowSeal}


def contents(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, but the log."""

    def read(session: Session) -> dict[str, list[tuple[Any, ...]]]:
        return {
            mapper.class_.__name__: [
                tuple(row) for row in session.execute(select(*inspect(mapper.class_).columns))
            ]
            for mapper in Entity.registry.mappers
            if mapper.class_ not in LASTING
        }

    return desk.ask(read)


@pytest.fixture
def shop(desk: Desk, tmp_path: Path) -> dict[str, Any]:
    """Things to do something with, by what they are."""
    karin = person(desk, phone="0701740645")
    cake = delivered(desk, karin, diet="nötter", paid_on=None)
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == "newsletter")
    said = Decision.GIVEN, ConsentMethod.ORALLY
    desk.run(record_consent, subject_ref=karin, text_ref=text.ref, decision=said[0], method=said[1])
    file = tmp_path / "menu.txt"
    file.write_text("Räksmörgås")
    invoiced = delivered(desk, karin, paid_on=None)
    own = desk.run(
        register_activity, name="Kurser", purpose="Håller kurser", legal_basis=LegalBasis.CONTRACT
    )
    recipient = desk.run(add_recipient, name="Byrån", role=RecipientRole.CONTROLLER)
    desk.run(update_activity, activity_ref=own, changes=ActivityChanges(recipients=(recipient,)))
    signed = desk.run(add_recipient, name="Molnet", role=RecipientRole.PROCESSOR)
    desk.run(add_agreement, recipient_ref=signed, path=file)
    return {
        "karin": karin,
        "cake": cake,
        "text": text.ref,
        "file": file,
        "note": desk.run(add_note, subject_ref=karin, text="Gillar marsipan"),
        "attachment": desk.run(add_attachment, subject_ref=karin, path=file),
        "contact": desk.ask(show_subject, subject_ref=karin).contacts[0].ref,
        "company": desk.run(add_company, name="Hotell Sjön"),
        "invoice": desk.run(issue_invoice, booking_ref=invoiced),
        "own": own,
        "recipient": recipient,
        "signed": signed,
        "served": desk.run(add_controller, changes=ControllerChanges(name="Ateljén")),
    }


WHOLE_ROW = ActivityChanges(
    rule=RetentionRule(Start.COMPLETED, 12, Unit.MONTHS), subjects=("Deltagare",), recipients=()
)
STEPS = ("purpose", "necessity", "balance", "outcome")
CUSTOMER = ControllerChanges(name="Salong Saxen", categories=("Lagra bokningar",), recipients=())
A = Callable[[dict[str, Any]], dict[str, Any]]
DONE: list[tuple[Any, A]] = [
    (register_subject, lambda _: {"name": "Åsa Öberg", "email": "asa@example.com"}),
    (update_subject, lambda s: {"subject_ref": s["karin"], "name": "Karin Berg"}),
    (update_subject, lambda s: {"subject_ref": s["karin"], "company_ref": s["company"]}),
    (add_contact, lambda s: {"subject_ref": s["karin"], "kind": ContactKind.OTHER, "value": "x"}),
    (update_contact, lambda s: {"ref": s["contact"], "value": "0701740646"}),
    (update_contact, lambda s: {"ref": s["contact"], "value": ""}),
    (add_company, lambda _: {"name": "Sågen AB"}),
    (
        update_company,
        lambda s: {"company_ref": s["company"], "name": "Ån", "org_number": "", "address": "x"},
    ),
    (update_booking, lambda s: {"ref": s["cake"], "what": "Bullar"}),
    (set_booking_state, lambda s: {"ref": s["cake"], "state": BookingState.CANCELLED}),
    (set_booking_paid, lambda s: {"ref": s["cake"], "paid_on": TODAY}),
    (repeat_booking, lambda s: {"ref": s["cake"]}),
    (issue_invoice, lambda s: {"booking_ref": s["cake"]}),
    (set_invoice_paid, lambda s: {"ref": s["invoice"], "paid_on": TODAY}),
    (withdraw_consent, lambda s: {"subject_ref": s["karin"], "purpose": "newsletter"}),
    (replace_consent_text, lambda s: {"text_ref": s["text"], "text": "Nya ord"}),
    (add_note, lambda s: {"subject_ref": s["karin"], "text": "Ringde"}),
    (update_note, lambda s: {"ref": s["note"], "text": "Gillar mandel"}),
    (update_note, lambda s: {"ref": s["note"], "text": ""}),
    (add_attachment, lambda s: {"subject_ref": s["karin"], "path": s["file"]}),
    (remove_attachment, lambda s: {"ref": s["attachment"]}),
    (update_organisation, lambda _: {"name": "Kafé Ek", "year_ends_in": 6}),
    (update_activity, lambda s: {"activity_ref": s["own"], "changes": WHOLE_ROW}),
    (review_activity, lambda s: {"activity_ref": s["own"]}),
    (remove_activity, lambda s: {"activity_ref": s["own"]}),
    (
        update_recipient,
        lambda s: {"recipient_ref": s["recipient"], "changes": RecipientChanges(country="US")},
    ),
    (weigh_interest, lambda s: {"activity_ref": s["own"], **dict.fromkeys(STEPS, "Så")}),
    (screen_risk, lambda s: {"activity_ref": s["own"], "conclusion": "Liten risk"}),
    (review_recipient, lambda s: {"recipient_ref": s["recipient"]}),
    (see_evidence, lambda s: {"recipient_ref": s["recipient"], "what": "Ett brev"}),
    (add_agreement, lambda s: {"recipient_ref": s["recipient"], "path": s["file"]}),
    (remove_agreement, lambda s: {"recipient_ref": s["signed"]}),
    (remove_recipient, lambda s: {"recipient_ref": s["signed"]}),
    (add_from_catalogue, lambda _: {"key": "paloma"}),
    (add_controller, lambda _: {"changes": CUSTOMER}),
    (update_controller, lambda s: {"controller_ref": s["served"], "changes": CUSTOMER}),
    (end_controller, lambda s: {"controller_ref": s["served"]}),
]


@pytest.mark.parametrize(
    ("action", "given"), DONE, ids=[f"{n}-{one.__name__}" for n, (one, _given) in enumerate(DONE)]
)
def test_every_action_is_taken_back_and_done_again_to_the_letter(
    desk: Desk, shop: dict[str, Any], action: Any, given: A
) -> None:
    before = contents(desk)
    desk.run(action, **given(shop))
    after = contents(desk)
    assert after != before
    for _twice in range(2):
        desk.undo()
        assert contents(desk) == before
        desk.redo()
        assert contents(desk) == after
    assert desk.check().ok


def test_a_whole_import_is_one_step(desk: Desk) -> None:
    rows = tuple((f"Person {number}", f"{number}@example.com", "Bolaget") for number in range(40))
    grid = Grid(
        header=("Namn", "E-post", "Företag"),
        rows=rows,
        first_row_number=2,
        file_format=FileFormat.CSV,
    )
    before = contents(desk)
    desk.run(import_people, review=desk.ask(review_list, grid=grid))
    assert desk.undo_label == "Import"
    desk.undo()
    assert contents(desk) == before
    assert desk.ask(list_subjects, search="person").total == 0
    desk.redo()
    assert desk.ask(list_subjects, search="person").total == 40
    assert len(desk.ask(list_companies)) == 1


def test_many_steps_back_and_forth(desk: Desk) -> None:
    states = [contents(desk)]
    karin = person(desk)
    states.append(contents(desk))
    cake = order(desk, karin)
    states.append(contents(desk))
    desk.run(set_booking_state, ref=cake, state=BookingState.COMPLETED)
    states.append(contents(desk))
    for state in states[-2::-1]:
        desk.undo()
        assert contents(desk) == state
    assert desk.undo_label is None
    for state in states[1:]:
        desk.redo()
        assert contents(desk) == state
    assert desk.redo_label is None


def test_a_new_action_after_an_undo_is_a_new_way(desk: Desk) -> None:
    person(desk)
    desk.undo()
    person(desk, "Åsa")
    assert desk.redo_label is None
    with pytest.raises(DomainError, match="nothing to undo"):
        desk.redo()


def test_a_fresh_register_has_nothing_to_undo(desk: Desk) -> None:
    assert desk.undo_label is None
    with pytest.raises(DomainError, match="nothing to undo"):
        desk.undo()


def test_the_search_follows(desk: Desk) -> None:
    karin = person(desk)
    desk.run(update_subject, subject_ref=karin, name="Åsa Öberg")
    desk.undo()
    assert desk.ask(list_subjects, search="åsa").total == 0
    assert desk.ask(list_subjects, search="karin").total == 1
    desk.undo()
    assert desk.ask(list_subjects, search="karin").total == 0
    desk.redo()
    assert desk.ask(list_subjects, search="karin").total == 1


def test_a_removed_file_comes_back_byte_for_byte(desk: Desk, shop: dict[str, Any]) -> None:
    desk.run(remove_attachment, ref=shop["attachment"])
    assert desk.ask(list_attachments, subject_ref=shop["karin"]) == ()
    desk.undo()
    found = desk.ask(read_attachment, ref=shop["attachment"])
    assert found.content == "Räksmörgås".encode()


@pytest.mark.parametrize("how", [erase_subject, stage_erasure])
def test_an_erasure_clears_what_could_be_taken_back(desk: Desk, how: Any) -> None:
    karin = person(desk)
    note = desk.run(add_note, subject_ref=karin, text="Gillar marsipan")
    desk.run(update_note, ref=note, text="")
    desk.undo()
    desk.run(how, subject_ref=karin)
    assert (desk.undo_label, desk.redo_label) == (None, None)


def test_an_erasure_that_waits_for_an_order_clears_it_too(desk: Desk) -> None:
    karin = person(desk)
    order(desk, karin)
    desk.run(add_note, subject_ref=karin, text="Gillar marsipan")
    desk.run(erase_subject, subject_ref=karin)
    assert desk.undo_label is None


def test_a_diet_that_has_had_its_day_does_not_come_back(desk: Desk, clock: Clock) -> None:
    cake = delivered(desk, person(desk), diet="nötter")
    clock.move(days=8)
    desk.finish()
    assert desk.ask(show_booking, ref=cake).row.diet == ""
    assert desk.undo_label is None


def test_after_an_undone_erasure_new_things_can_be_taken_back(desk: Desk) -> None:
    karin = person(desk)
    desk.run(stage_erasure, subject_ref=karin)
    desk.run(undo_erasure, subject_ref=karin)
    desk.run(update_subject, subject_ref=karin, name="Karin Berg")
    desk.undo()
    assert [row.name for row in desk.ask(list_subjects).rows] == ["Karin Holm"]


def test_drafts_and_tidying_are_no_steps(desk: Desk) -> None:
    person(desk)
    desk.run(save_draft, form="order", entered={"what": "Tårta"})
    assert desk.undo_label == "New person"


def test_locking_forgets(desk: Desk) -> None:
    person(desk)
    desk.lock()
    assert desk.undo_label is None
