"""Traces of a person in what was written about others: found, shown with their words, masked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ContactKind
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.companies import add_company
from gdprdesk.services.contacts import ContactEntry
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.finding import activity_for
from gdprdesk.services.invoices import list_invoices, show_invoice
from gdprdesk.services.notes import add_note, save_draft
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.subjects import update_subject
from gdprdesk.services.traces import list_traces, mask_traces
from gdprdesk.store.search import index_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, delivered, invoiced, order, person

VERA = "Vera Qvarnström"


@pytest.fixture
def vera(desk: Desk) -> SubjectRef:
    return person(desk, VERA, phone="0701740645", email="vera@xylofon.example")


def found(desk: Desk, ref: SubjectRef) -> list[tuple[str, str, str, bool]]:
    """Return of each trace whose record it is, in what, the words, and whether it is sure."""
    traces = desk.ask(list_traces, subject_ref=ref).traces
    return sorted(
        (one.whose, f"{one.kind}.{one.column}", one.around[one.start : one.end], one.sure)
        for one in traces
    )


def mask(desk: Desk, clock: Clock, ref: SubjectRef, *traces: str) -> int:
    with UnitOfWork(desk._vault, clock) as work:
        subject = work.session.scalars(select(DataSubject).where(DataSubject.ref == ref)).one()
        done = mask_traces(work.session, subject, traces)
        work.commit("test.mask")
    return done


def test_every_kind_of_text_about_others_is_looked_through(desk: Desk, vera: SubjectRef) -> None:
    anders = person(desk, "Anders Berg", phone="0709998877")
    hotel = desk.run(add_company, name="Hotell Sjön")
    order(desk, anders, note="Ring Vera Qvarnström, 070-174 06 45", what="Tårta till Vera")
    order(desk, None, company_ref=hotel, note="fråga efter qvarnstrom")
    order(desk, None, what="Bullar", lines=(LineEntry("Bullar V. Qvarnström", "1", "9", "12"),))
    desk.run(add_note, subject_ref=anders, text="Mejla vera@xylofon.example, Kvarnström alltså")
    desk.run(save_draft, form="note", entered={"text": "qvarnström?"}, subject_ref=anders)
    desk.run(
        update_subject,
        subject_ref=anders,
        contacts=(ContactEntry(ContactKind.OTHER, "via grannen Vera Qvarnström"),),
    )
    assert found(desk, vera) == [
        ("", "booking.lines", "V. Qvarnström", True),
        ("Anders Berg", "booking.note", "Vera Qvarnström", True),
        ("Anders Berg", "booking.what", "Vera", False),
        ("Anders Berg", "contact_detail.value", "Vera Qvarnström", True),
        ("Anders Berg", "draft.entered", "qvarnström", True),
        ("Anders Berg", "working_note.text", "Kvarnström", False),
        ("Anders Berg", "working_note.text", "vera@xylofon.example", True),
        ("Hotell Sjön", "booking.note", "qvarnstrom", True),
    ]


def test_what_is_about_herself_or_another_of_that_name_is_no_trace(
    desk: Desk, vera: SubjectRef
) -> None:
    order(desk, vera, note="Vera Qvarnström hämtar själv")
    bo = person(desk, "Bo Qvarnström", phone="0701740645", email="vera@xylofon.example")
    desk.run(add_note, subject_ref=bo, text="Qvarnström vill ha marsipan. Bo Qvarnström betalar.")
    desk.run(save_draft, form="person", entered={"name": VERA})
    assert found(desk, vera) == []
    desk.run(add_note, subject_ref=person(desk, "Eva"), text="till Qvarnström")
    assert found(desk, vera) == [("Eva", "working_note.text", "Qvarnström", False)]


def test_a_family_name_that_many_bear_says_nothing_alone(desk: Desk, clock: Clock) -> None:
    erik = person(desk, "Erik Andersson")
    for number in range(52):
        person(desk, f"Person{number} Andersson")
    eva = person(desk, "Eva Lind")
    desk.run(add_note, subject_ref=eva, text="Andersson ringde. Hälsa Erik Andersson.")
    assert found(desk, erik) == [("Eva Lind", "working_note.text", "Erik Andersson", True)]


def test_masking_puts_other_words_there_in_the_language_of_the_register(
    desk: Desk, vera: SubjectRef, clock: Clock
) -> None:
    anders = person(desk, "Anders Berg")
    cake = order(
        desk,
        anders,
        note="Vera Qvarnström hämtar, annars ring Vera Qvarnström 070 174 06 45",
        lines=(LineEntry("Tårta Vera Qvarnström", "2", "400", "12"),),
    )
    search = desk.ask(list_traces, subject_ref=vera)
    assert [(one.column, one.places) for one in search.traces] == [("note", 3), ("lines", 1)]
    assert mask(desk, clock, vera, *search.advised) == 4
    shown = desk.ask(show_booking, ref=cake)
    assert shown.row.note == "[raderat] hämtar, annars ring [raderat] [raderat]"
    assert (shown.lines[0]["text"], shown.lines[0]["net"]) == ("Tårta [raderat]", "714.29")
    assert found(desk, vera) == []
    assert mask(desk, clock, vera, *search.advised) == 0


def test_only_what_is_ticked_is_masked(desk: Desk, vera: SubjectRef, clock: Clock) -> None:
    note = desk.run(
        add_note, subject_ref=person(desk, "Eva"), text="Vera Qvarnström. Wera Kvarnstrøm."
    )
    traces = desk.ask(list_traces, subject_ref=vera)
    assert traces.advised == (f"working_note:{note}:text:sure",)
    assert mask(desk, clock, vera, f"working_note:{note}:text:perhaps") == 1
    text = desk.ask(lambda read: read.scalars(select(WorkingNote.text)).one())
    assert text == "Vera Qvarnström. [raderat]."


def test_invoices_of_others_stay_byte_for_byte(desk: Desk, vera: SubjectRef, clock: Clock) -> None:
    invoiced(desk, person(desk, "Anders Berg"), buyer_address="c/o Vera Qvarnström, Växjö")
    (trace,) = desk.ask(list_traces, subject_ref=vera).traces
    assert (trace.kind, trace.sure, trace.held) == ("invoice", True, True)
    assert desk.ask(list_traces, subject_ref=vera).advised == ()
    assert mask(desk, clock, vera, trace.ref) == 0
    (row,) = desk.ask(list_invoices).rows
    assert desk.ask(show_invoice, ref=row.ref).buyer_address == "c/o Vera Qvarnström, Växjö"


@pytest.mark.parametrize(
    "ref", ["", "note", "working_note:x:number:sure", "booking:x:note:maybe", "stone:x:note:sure"]
)
def test_what_is_no_trace_is_refused(desk: Desk, vera: SubjectRef, clock: Clock, ref: str) -> None:
    with pytest.raises(NotFoundError, match="no such trace"):
        mask(desk, clock, vera, ref)


def test_the_records_of_somebody_about_to_be_erased_are_looked_through(
    desk: Desk, vera: SubjectRef
) -> None:
    eva = person(desk, "Eva Lind")
    desk.run(add_note, subject_ref=eva, text="Vera Qvarnström ringer")
    desk.run(stage_erasure, subject_ref=eva)
    assert found(desk, vera) == [("Eva Lind", "working_note.text", VERA, True)]


def test_what_was_looked_through_is_counted_without_her_own(desk: Desk, vera: SubjectRef) -> None:
    delivered(desk, vera)
    delivered(desk, person(desk, "Eva Lind", phone="0709998877"))
    searched = desk.ask(list_traces, subject_ref=vera).searched
    assert searched == {"booking": 1, "contact_detail": 1, "staff_member": 1}


def work_of_a_search(desk: Desk, ref: SubjectRef) -> int:
    """Return how many thousand steps the database took to look for somebody's traces."""
    steps: list[None] = []
    with desk._vault.reader.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver
        driver.set_progress_handler(lambda: steps.append(None), 1000)
        asked = {"now": desk.now, "today": desk.today}
        with Session(bind=connection, info=asked) as read:
            assert len(list_traces(read, subject_ref=ref).traces) == 1
        driver.set_progress_handler(None, 0)
    return len(steps)


@pytest.mark.spoils
def test_a_search_reads_no_more_in_a_larger_register(
    desk: Desk, vera: SubjectRef, clock: Clock
) -> None:
    desk.run(add_note, subject_ref=person(desk, "Eva Lind"), text="Vera Qvarnström ringer")
    plant_others(desk, clock, range(1000, 1300))
    few = work_of_a_search(desk, vera)
    plant_others(desk, clock, range(2000, 8000))
    assert work_of_a_search(desk, vera) < few + 10


def plant_others(desk: Desk, clock: Clock, keys: range) -> None:
    """Write people with one note each, past the actions."""
    with UnitOfWork(desk._vault, clock) as work:
        connection = work.session.connection()
        known: dict[str, Any] = {
            "registered_on": TODAY,
            "kind": "CUSTOMER",
            "state": "ACTIVE",
            "name": "Ulf Ek",
        }
        known["former_refs"] = []
        people = [{**known, "id": key, "ref": f"p{key}", "sort_key": str(key)} for key in keys]
        activity = activity_for(work.session, WorkingNote).id
        note = {"activity_id": activity, "recorded_on": TODAY, "channel": "PHONE"}
        notes = [
            {**note, "ref": f"n{key}", "subject_id": key, "text": "Gillar bullar"} for key in keys
        ]
        connection.execute(insert(DataSubject), people)
        connection.execute(insert(WorkingNote), notes)
        index_subjects(work.session, keys)
        work.commit("test.fill")
