"""What somebody may not see is absent from every answer, search, count, report and file she gets.

Every function of the program is walked for every role, and for every permission alone. Nothing here
names a list or a report: a new one is walked like the others.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import PersonalBytes, PersonalRecord, SealedValue, personal_kinds
from gdprdesk.domain.bookings import Booking, DietNote
from gdprdesk.domain.breaches import Breach
from gdprdesk.domain.errors import DomainError, NotAllowedError
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.notes import Draft, WorkingNote
from gdprdesk.domain.permissions import EVERYTHING
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    Audience,
    BreachKind,
    BuiltInRole,
    Channel,
    ContactKind,
    LetterKind,
    Permission,
    RequestKind,
)
from gdprdesk.services.bookings import list_bookings, show_booking
from gdprdesk.services.breaches import start_breach
from gdprdesk.services.closing import show_closing
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.notes import add_note, load_draft, save_draft
from gdprdesk.services.onboarding import Business
from gdprdesk.services.order_taking import add_booking, update_booking
from gdprdesk.services.persons import show_subject
from gdprdesk.services.registry import ACTIONS, QUERIES, READINGS, about, needed_for
from gdprdesk.services.requests import open_request
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.today import show_today
from gdprdesk.store.keys import OWNER
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.architecture.test_completeness import KINDS, markers, planted, spelt, word
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, order, person
from tests.roles import Given, as_role
from tests.texts import read_pdf

THERAPY = Business(name="Samtal i Växjö", trade="therapy", contact="Maja Lind")
BUILT_IN: list[Given] = list(BuiltInRole)
# An erasure and a copy are of everything: whoever is given these sees what there is.
OF_EVERYTHING = {Permission.ERASE, Permission.EXPORT_ONE}
ALONE: list[Given] = [(one,) for one in Permission if one not in OF_EVERYTHING]


def called(given: Given) -> str:
    return given.value if isinstance(given, BuiltInRole) else f"only {next(iter(given)).value}"


@pytest.fixture
def practice(folder: Path, clock: Clock) -> Iterator[Desk]:
    """The register of a practice, with a client of whom every kind of record is kept."""
    desk, _recovery = Desk.create(
        folder, business=THERAPY, password=PASSWORD, limits=CHEAP, clock=clock
    )
    person(desk, word(DataSubject, "name"))
    desk.run(start_breach, kind=BreachKind.STOLEN_COMPUTER)
    with UnitOfWork(desk._vault, clock) as work:
        subject = work.session.scalars(select(DataSubject)).one()
        work.session.add(ControllerServed(name="Somebody served"))
        work.session.flush()
        kept = {kind: planted(kind, subject, work) for kind in KINDS}
        booking, invoice, diet = kept[Booking], kept[Invoice], kept[DietNote]
        assert isinstance(booking, Booking)
        assert isinstance(diet, DietNote)
        booking.invoice_ref, diet.booking_ref = invoice.ref, booking.ref
        member = kept[StaffMember]
        assert isinstance(member, StaffMember)
        member.leaving = [{**one, "done_on": ""} for one in member.leaving]
        work.session.add_all(kept.values())
        work.commit("test.plant", of_restricted=True)
    yield desk
    desk.lock()


def hidden_words(permissions: frozenset[Permission]) -> Iterator[tuple[str, str]]:
    """Walk what may not be shown: the name of the column, and what stands in it."""
    shown = {
        one
        for kind, column, _type, value in markers()
        if kind.needs in permissions
        for one in spelt(value)
    }
    for kind, column, _type, value in markers():
        if kind.needs not in permissions:
            for one in set(spelt(value)) - shown:
                yield f"{kind.__name__}.{column}", one


def told(answer: Any) -> Iterator[str]:
    """Walk everything an answer says, as text."""
    if dataclasses.is_dataclass(answer):
        for one in dataclasses.fields(answer):
            yield from told(getattr(answer, one.name))
    elif isinstance(answer, Mapping):
        for key, value in answer.items():
            yield from told(key)
            yield from told(value)
    elif isinstance(answer, list | tuple | set | frozenset):
        for one in answer:
            yield from told(one)
    elif isinstance(answer, datetime | date | time):
        yield answer.isoformat()
    elif isinstance(answer, bytes):
        yield answer.decode(errors="replace")
    elif isinstance(answer, str | Decimal | int | float | Path | Enum) or answer is None:
        yield str(answer)
    else:
        yield from told(vars(answer))


def arguments(desk: Desk, function: Any) -> Iterator[dict[str, Any]]:
    """Walk what a function can be asked about the client: with the ref of every record of hers."""
    known = list(inspect.signature(function).parameters.values())[1:]
    needed = [one.name for one in known if one.default is one.empty]
    given: dict[str, Any] = {
        "subject_ref": SUBJECT[0],
        "year": TODAY.year,
        "audience": Audience.CUSTOMERS,
        "value": "0701740645",
        "text": "x",
        "kind": ContactKind.PHONE,
        "form": "note",
        "purpose": "newsletter",
        "name": word(DataSubject, "name"),
        "number": "1",
        "letter": LetterKind.RECEIVED,
    }
    open_ended = [one for one in needed if one not in given and one != "to"]
    if len(open_ended) > 1 or any(not one.endswith(("ref", "older")) for one in open_ended):
        return
    for ref in REFS if open_ended else [""]:
        yield {
            **{one: given[one] for one in needed if one in given},
            **dict.fromkeys(open_ended, ref),
        }


SUBJECT: list[str] = []
REFS: list[str] = []


def _refs_of(read: Session, kind: type[PersonalRecord | Breach]) -> list[str]:
    return [*read.scalars(select(kind.ref))]


@pytest.fixture
def walked(practice: Desk) -> Desk:
    """The practice, and the refs of all that is in it."""
    kinds: list[type[PersonalRecord | Breach]] = [
        DataSubjectRequest,
        Breach,
        *personal_kinds(),
    ]
    SUBJECT[:] = practice.ask(lambda read: read.scalars(select(DataSubject.ref)).all())
    REFS[:] = {ref for kind in kinds for ref in practice.ask(partial(_refs_of, kind=kind))}
    return practice


@pytest.mark.parametrize("given", [*BUILT_IN, *ALONE], ids=called)
def test_no_answer_says_what_is_hidden(walked: Desk, clock: Clock, given: Given) -> None:
    with as_role(walked, clock, given) as desk:
        answered = set()
        for name, query in QUERIES.items():
            needed = needed_for(query)
            if needed in OF_EVERYTHING or not desk.may(query):
                continue
            for asked in arguments(desk, query):
                try:
                    said = "\n".join(told(desk.ask(query, **asked)))
                except DomainError:
                    continue
                answered.add(name)
                for column, one in hidden_words(desk.permissions):
                    assert one not in said, (name, column)
        if desk.may(list_subjects) and given is not BuiltInRole.OWNER:
            assert {"subject.list", "subject.show", "today.show"} <= answered
        if desk.may(Permission.ORDERS):
            assert {"booking.list", "booking.show", "report.day_sheet"} <= answered
        if desk.may(Permission.INVOICES):
            assert {"invoice.list", "invoice.show", "report.accountant"} <= answered


@pytest.mark.parametrize("given", [*BUILT_IN, *ALONE], ids=called)
def test_no_file_says_what_is_hidden(
    walked: Desk, clock: Clock, given: Given, tmp_path: Path
) -> None:
    with as_role(walked, clock, given) as desk:
        for name, action in ACTIONS.items():
            known = about(action)
            if not known.hands_out or known.needs in OF_EVERYTHING or not desk.may(action):
                continue
            for asked in arguments(desk, action):
                for said in saved(desk, action, asked, tmp_path):
                    for column, one in hidden_words(desk.permissions):
                        assert one not in said, (name, column)


def saved(desk: Desk, action: Any, asked: dict[str, Any], folder: Path) -> Iterator[str]:
    """Save a file in the first format that it can be saved in, and return what it says."""
    formats: dict[str, Any] = {".json": "json", ".pdf": "pdf", ".txt": "txt", ".csv": "csv"}
    choosable = inspect.signature(action, eval_str=True).parameters.get("format")
    for suffix, value in formats.items():
        to = folder / f"file{suffix}"
        chosen = {}
        if choosable is not None:
            kinds = [one for one in _choices(choosable) if one.value == value]
            if not kinds:
                continue
            chosen = {"format": kinds[0]}
        try:
            desk.run(action, to=to, overwrite=True, **asked, **chosen)
        except (DomainError, TypeError):
            continue
        yield read_pdf(to) if suffix == ".pdf" else to.read_text(errors="replace")
        return


def _choices(parameter: inspect.Parameter) -> list[Any]:
    said = parameter.annotation
    return list(said) if isinstance(said, type) and issubclass(said, Enum) else []


@pytest.mark.parametrize("given", [*BUILT_IN, ()], ids=str)
def test_what_is_not_permitted_is_refused_and_writes_nothing(
    practice: Desk, clock: Clock, given: Given
) -> None:
    with as_role(practice, clock, given) as desk:
        before = desk._know(_lines_of_log)
        refused = 0
        for calls, call in ((ACTIONS, desk.run), (QUERIES, desk.ask), (READINGS, desk.read)):
            for name, function in calls.items():
                if not desk.may(function):
                    with pytest.raises(NotAllowedError, match="You have not been given"):
                        call(function)
                    refused += 1
                    assert name
        assert (refused == 0) is (given is BuiltInRole.OWNER)
        assert desk._know(_lines_of_log) == before


def _lines_of_log(read: Any) -> int:
    return len(read.scalars(select(AuditEntry.id)).all())


@pytest.mark.parametrize("given", BUILT_IN, ids=called)
def test_a_person_is_found_by_no_word_of_a_hidden_kind(
    practice: Desk, clock: Clock, given: Given
) -> None:
    with as_role(practice, clock, given) as desk:
        if not desk.may(list_subjects):
            return
        found_by = set()
        for kind, column, column_type, value in markers():
            if isinstance(column_type, PersonalBytes | SealedValue):
                continue
            for one in spelt(value):
                if desk.ask(list_subjects, search=one[:9]).rows:
                    found_by.add(kind)
                    assert kind.needs in desk.permissions, column
        assert found_by
        assert (WorkingNote in found_by) is (Permission.NOTES in desk.permissions)
        assert desk.ask(list_subjects, search=word(DataSubject, "name")).total == 1


def test_an_assistant_of_a_practice_does_not_find_by_a_note_and_the_owner_does(
    practice: Desk, clock: Clock
) -> None:
    vera = person(practice, "Vera Vanlig", phone="0701740645")
    practice.run(add_note, subject_ref=vera, text="Talade om krukväxter")
    assert [row.name for row in practice.ask(list_subjects, search="krukv").rows] == ["Vera Vanlig"]
    with as_role(practice, clock, BuiltInRole.ASSISTANT) as desk:
        assert desk.ask(list_subjects, search="krukv").rows == ()
        assert desk.ask(list_subjects, search="vera krukv").rows == ()
        assert [row.name for row in desk.ask(list_subjects, search="40645").rows] == ["Vera Vanlig"]
        assert desk.ask(show_subject, subject_ref=vera).history == ()


def test_an_assistant_of_a_cafe_sees_what_must_not_be_in_a_cake(desk: Desk, clock: Clock) -> None:
    ref = order(desk, person(desk), diet="Nötter", wanted_on=TODAY)
    with as_role(desk, clock, BuiltInRole.ASSISTANT) as mine:
        (row,) = mine.ask(list_bookings).rows
        assert row.diet == "Nötter"
        assert mine.ask(show_today).overdue == ()
        mine.run(update_booking, ref=ref, diet="Ägg")


def test_a_diet_is_neither_seen_nor_lost_nor_given_by_who_may_not_see_health(
    desk: Desk, clock: Clock
) -> None:
    ref = order(desk, person(desk), diet="Nötter", wanted_on=TODAY)
    with as_role(desk, clock, [Permission.ORDERS]) as mine:
        (row,) = mine.ask(list_bookings).rows
        assert (row.diet, row.who, row.subject_ref) == ("", "Karin Holm", None)
        mine.run(update_booking, ref=ref, what="Tårta")
        for diet in ("", "Ägg"):
            with pytest.raises(NotAllowedError, match="Allergies"):
                mine.run(update_booking, ref=ref, diet=diet)
        with pytest.raises(NotAllowedError, match="Allergies"):
            mine.run(add_booking, what="Bulle", diet="Ägg")
        assert [one.text for one in mine._know(_diets)] == ["Nötter"]


def _diets(read: Any) -> list[DietNote]:
    return list(read.scalars(select(DietNote)))


def test_an_order_tells_that_it_is_invoiced_and_not_with_which_invoice(
    practice: Desk, clock: Clock
) -> None:
    with as_role(practice, clock, BuiltInRole.ASSISTANT) as desk:
        (row,) = desk.ask(list_bookings).rows
        assert (row.is_invoiced, row.invoice_number) == (True, "")
        assert desk.ask(show_booking, ref=row.ref).invoice_ref is None


def test_anybody_reports_a_breach_and_writes_down_a_request_and_sees_no_list(
    practice: Desk, clock: Clock
) -> None:
    with as_role(practice, clock, BuiltInRole.ACCOUNTANT) as desk:
        desk.run(start_breach, kind=BreachKind.STOLEN_COMPUTER)
        asked: dict[str, Any] = {"received_on": TODAY, "channel": Channel.PHONE, "asker": "Åsa"}
        desk.run(open_request, kind=RequestKind.ACCESS, **asked)
        view = desk.ask(show_today)
        assert (view.breaches, view.requests.open) == ((), 0)
        for name in ("breach.list", "request.list"):
            with pytest.raises(NotAllowedError):
                desk.ask(QUERIES[name])


def test_nobody_gives_half_a_copy_and_the_refusal_names_who_can(
    practice: Desk, clock: Clock, tmp_path: Path
) -> None:
    vera = person(practice, "Vera Vanlig")
    needed = [Permission.PEOPLE, Permission.EXPORT_ONE]
    to = tmp_path / "copy.zip"
    with as_role(practice, clock, needed) as desk:
        with pytest.raises(NotAllowedError, match=r"complete.*Notes and files.*Ask the owner"):
            desk.run(export_person, subject_ref=vera, to=to)
        for name in ("person.copy", "person.others", "report.person"):
            with pytest.raises(NotAllowedError, match="complete"):
                desk.ask(QUERIES[name], subject_ref=vera)
        assert not to.exists()


def test_a_practitioner_gives_the_whole_copy(practice: Desk, clock: Clock, tmp_path: Path) -> None:
    vera = person(practice, "Vera Vanlig")
    practice.run(add_note, subject_ref=vera, text="Talade om krukväxter")
    with as_role(practice, clock, BuiltInRole.PRACTITIONER) as desk:
        desk.run(export_person, subject_ref=vera, to=tmp_path / "copy.json")
    assert "krukväxter" in (tmp_path / "copy.json").read_text()


def test_a_half_written_form_is_only_there_for_who_wrote_it(desk: Desk, clock: Clock) -> None:
    desk.run(save_draft, form="note", entered={"text": "Hemligt"})
    with UnitOfWork(desk._vault, clock) as work:
        draft = work.session.scalars(select(Draft)).one()
        assert draft.written_by == OWNER
        draft.written_by = "somebody else"
        work.commit("test.other")
    assert desk.ask(load_draft, form="note") == {}
    desk.run(save_draft, form="note", entered={"text": "Mitt"})
    assert desk.ask(load_draft, form="note") == {"text": "Mitt"}


def test_every_file_that_is_handed_out_is_called_an_export() -> None:
    for name, function in ACTIONS.items():
        if "ExportReceipt" in str(inspect.signature(function).return_annotation):
            assert about(function).hands_out or name == "letter.nothing_held"


def test_the_owner_sees_everything(practice: Desk) -> None:
    assert practice.permissions == EVERYTHING
    assert practice.ask(show_closing).of
