"""Who else gets personal data: the agreement with them, and what was seen of its keeping."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import LegalBasis, RecipientRole
from gdprdesk.services.activities import list_activities, register_activity, remove_activity
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.agreements import (
    add_agreement,
    read_agreement,
    remove_agreement,
    review_recipient,
    see_evidence,
)
from gdprdesk.services.files import export_agreement_file
from gdprdesk.services.recipients import (
    RecipientChanges,
    RecipientRow,
    RecipientsDue,
    add_recipient,
    list_recipients,
    list_recipients_due,
    remove_recipient,
    show_recipient,
    update_recipient,
)
from tests.builders import TODAY, Clock

A_YEAR = timedelta(days=365)


@pytest.fixture
def phone(desk: Desk) -> RecipientRef:
    """A telephone company that keeps call logs for some months, used by one row."""
    ref = desk.run(
        add_recipient,
        name=" Phonero ",
        role=RecipientRole.PROCESSOR,
        country="NO",
        agreement_on=TODAY,
        deletes_after="3-4 månader",
    )
    row = desk.run(
        register_activity, name="Samtal", purpose="Ringa", legal_basis=LegalBasis.CONTRACT
    )
    desk.run(update_activity, activity_ref=row, changes=ActivityChanges(recipients=(ref,)))
    return ref


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "avtal.pdf"
    file.write_bytes(b"Undertecknat avtal " * 30)
    return file


def change(desk: Desk, ref: RecipientRef, **said: Any) -> None:
    desk.run(update_recipient, recipient_ref=ref, changes=RecipientChanges(**said))


def known(desk: Desk, ref: RecipientRef) -> RecipientRow:
    return desk.ask(show_recipient, recipient_ref=ref)


def due(desk: Desk) -> RecipientsDue:
    return desk.ask(list_recipients_due)


def names(rows: tuple[RecipientRow, ...]) -> list[str]:
    return [one.name for one in rows]


def test_everything_about_a_recipient_is_kept(desk: Desk) -> None:
    said: dict[str, Any] = {
        "name": "Brevet",
        "role": RecipientRole.CONTROLLER,
        "service": "Nyhetsbrev",
        "gets": "E-post",
        "country": "US",
        "mechanism": "DPF",
        "task": "Radera",
        "contact": "privacy@example.com",
        "agreement_on": TODAY,
        "agreement_until": TODAY + A_YEAR,
        "review_on": TODAY,
        "sub_processors": ({"name": "Molnet", "country": "IE", "service": "Servrar"},),
        "deletes_after": "30 dagar",
    }
    made = desk.run(add_recipient, **said)
    assert {field: getattr(known(desk, made), field) for field in said} == said
    changed = desk.run(add_recipient, name="x", role=RecipientRole.AUTHORITY)
    change(desk, changed, **said)
    assert {field: getattr(known(desk, changed), field) for field in said} == said
    change(desk, changed, no_end=True, no_review=True, sub_processors=(), task=" ")
    now = known(desk, changed)
    assert (now.agreement_until, now.review_on, now.sub_processors, now.task) == (
        None,
        None,
        (),
        "",
    )
    assert (now.agreement_on, now.used_in) == (TODAY, ())


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Enter a name"),
        ({"country": "Norge"}, "two letters"),
        ({"agreement_until": TODAY - timedelta(days=1)}, "ends before it begins"),
        ({"agreement_ended": True, "agreement_until": TODAY}, None),
        ({"sub_processors": ({"name": " ", "country": "SE", "service": ""},)}, "Enter a name"),
        ({"sub_processors": ({"name": "x", "country": "X", "service": ""},)}, "two letters"),
    ],
)
def test_what_cannot_be(
    desk: Desk, phone: RecipientRef, said: dict[str, Any], sentence: str | None
) -> None:
    if sentence is None:
        change(desk, phone, **said)
        assert known(desk, phone).agreement_until is None
        return
    before = known(desk, phone).name, known(desk, phone).agreement_until
    with pytest.raises(DomainError, match=sentence):
        change(desk, phone, **said)
    assert (known(desk, phone).name, known(desk, phone).agreement_until) == before


def test_an_end_needs_a_beginning(desk: Desk) -> None:
    with pytest.raises(DomainError, match="from which day"):
        desk.run(
            add_recipient, name="x", role=RecipientRole.PROCESSOR, agreement_until=TODAY + A_YEAR
        )


def test_what_is_due_is_told_with_the_rows_it_is_about(
    desk: Desk, phone: RecipientRef, clock: Clock
) -> None:
    assert (names(due(desk).evidence), due(desk).running_out, due(desk).reviews) == (
        ["Phonero"],
        (),
        (),
    )
    assert due(desk).evidence[0].used_in == ("Samtal",)
    assert "Phonero" not in names(due(desk).agreements)
    desk.run(see_evidence, recipient_ref=phone, what=" Brev om gallring ")
    assert due(desk).evidence == ()
    change(desk, phone, agreement_until=TODAY + timedelta(days=61), review_on=TODAY + A_YEAR)
    assert due(desk).running_out == ()
    clock.move(days=1)
    assert names(due(desk).running_out) == ["Phonero"]
    clock.move(days=364)
    assert (names(due(desk).reviews), due(desk).evidence) == (["Phonero"], ())
    clock.move(days=1)
    assert names(due(desk).evidence) == ["Phonero"]
    change(desk, phone, agreement_ended=True)
    assert "Phonero" in names(due(desk).agreements)
    assert due(desk).running_out == ()


def test_who_is_not_used_is_not_due(desk: Desk) -> None:
    ref = desk.run(add_recipient, name="Oanvänd", role=RecipientRole.PROCESSOR)
    assert known(desk, ref).needs_agreement
    assert "Oanvänd" not in names(due(desk).agreements)


def test_what_was_seen_is_kept_in_the_order_of_its_days(desk: Desk, phone: RecipientRef) -> None:
    desk.run(see_evidence, recipient_ref=phone, what="Logg")
    desk.run(see_evidence, recipient_ref=phone, what="Brev", seen_on=TODAY - A_YEAR)
    assert [one["what"] for one in known(desk, phone).evidence] == ["Brev", "Logg"]
    with pytest.raises(DomainError, match="what you have seen"):
        desk.run(see_evidence, recipient_ref=phone, what=" ")
    with pytest.raises(DomainError, match="has not come"):
        desk.run(see_evidence, recipient_ref=phone, what="x", seen_on=TODAY + timedelta(days=1))
    assert len(known(desk, phone).evidence) == 2


def test_an_agreement_looked_through_is_due_again_in_a_year(
    desk: Desk, phone: RecipientRef
) -> None:
    change(desk, phone, review_on=TODAY)
    assert names(due(desk).reviews) == ["Phonero"]
    desk.run(review_recipient, recipient_ref=phone)
    assert known(desk, phone).review_on == TODAY.replace(year=TODAY.year + 1)
    desk.run(review_recipient, recipient_ref=phone, next_on=TODAY + timedelta(days=9))
    assert known(desk, phone).review_on == TODAY + timedelta(days=9)
    with pytest.raises(DomainError, match="a day to come"):
        desk.run(review_recipient, recipient_ref=phone, next_on=TODAY)


def test_the_paper_itself_is_kept_sealed_and_comes_out_again(
    desk: Desk, phone: RecipientRef, paper: Path, tmp_path: Path
) -> None:
    desk.run(add_agreement, recipient_ref=phone, path=paper)
    assert known(desk, phone).agreement_name == "avtal.pdf"
    assert desk.ask(read_agreement, recipient_ref=phone).content == paper.read_bytes()
    receipt = desk.run(export_agreement_file, recipient_ref=phone, to=tmp_path / "ut.pdf")
    assert (tmp_path / "ut.pdf").read_bytes() == paper.read_bytes()
    assert (receipt.format, receipt.rows) == ("pdf", 1)
    stored = b"".join(path.read_bytes() for path in desk.folder.iterdir() if path.is_file())
    assert b"Undertecknat" not in stored


def test_an_agreement_taken_out_comes_back_byte_for_byte(
    desk: Desk, phone: RecipientRef, paper: Path
) -> None:
    desk.run(add_agreement, recipient_ref=phone, path=paper)
    desk.undo()
    with pytest.raises(NotFoundError, match="Phonero is not kept here"):
        desk.ask(read_agreement, recipient_ref=phone)
    desk.redo()
    desk.run(remove_agreement, recipient_ref=phone)
    with pytest.raises(NotFoundError):
        desk.ask(read_agreement, recipient_ref=phone)
    desk.undo()
    assert desk.ask(read_agreement, recipient_ref=phone).content == paper.read_bytes()
    change(desk, phone, name="Phonero AS")
    desk.undo()
    found = desk.ask(read_agreement, recipient_ref=phone)
    assert (found.name, found.content) == ("avtal.pdf", paper.read_bytes())


def test_a_paper_that_cannot_be_kept(desk: Desk, phone: RecipientRef, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="cannot be read"):
        desk.run(add_agreement, recipient_ref=phone, path=tmp_path / "none.pdf")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate((25 << 20) + 1)
    with pytest.raises(DomainError, match="larger than 25 MB"):
        desk.run(add_agreement, recipient_ref=phone, path=large)
    assert known(desk, phone).agreement_name == ""


def test_who_still_gets_data_stays(desk: Desk, phone: RecipientRef) -> None:
    with pytest.raises(DomainError, match="Phonero still gets personal data"):
        desk.run(remove_recipient, recipient_ref=phone)
    row = next(one.ref for one in desk.ask(list_activities) if one.name == "Samtal")
    desk.run(remove_activity, activity_ref=row)
    desk.run(remove_recipient, recipient_ref=phone)
    assert "Phonero" not in names(desk.ask(list_recipients))
    desk.undo()
    assert "Phonero" in names(desk.ask(list_recipients))
