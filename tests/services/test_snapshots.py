"""The register as it was on a day, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, update

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import ActivityRef, EditionRef, Entity
from gdprdesk.domain.differences import Change, compare, compare_texts
from gdprdesk.domain.editions import FrozenRow, RegisterSnapshot
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.terms import LegalBasis, RecipientRole
from gdprdesk.services import freezing
from gdprdesk.services.activities import list_activities, register_activity, remove_activity
from gdprdesk.services.files import FileFormat
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.recipients import add_recipient, list_recipients
from gdprdesk.services.register_files import export_difference, export_snapshot
from gdprdesk.services.reports.snapshot import difference_report, snapshot_report
from gdprdesk.services.snapshots import (
    FrozenView,
    compare_snapshots,
    list_snapshots,
    show_snapshot,
    take_snapshot,
)
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import Clock, person
from tests.texts import read_pdf


def courses(desk: Desk) -> ActivityRef:
    return desk.run(
        register_activity, name="Kurser", purpose="Håller kurser", legal_basis=LegalBasis.CONTRACT
    )


def frozen(desk: Desk, ref: EditionRef, name: str) -> FrozenView:
    return next(row for row in desk.ask(show_snapshot, ref=ref).rows if row.name == name)


def changed(desk: Desk, ref: EditionRef, newer: EditionRef | None = None) -> list[tuple[str, str]]:
    found = desk.ask(compare_snapshots, older=ref, newer=newer)
    return [(one.change.value, one.row["name"]) for one in found.rows]


def test_a_snapshot_has_every_row_and_says_it_in_the_language_of_the_register(desk: Desk) -> None:
    person(desk, "Karin Holm", email="karin@example.com")
    ref = desk.run(take_snapshot, name=" Inför  årsgenomgången ")
    (row,) = desk.ask(list_snapshots)
    expected = 1 + len(desk.ask(list_activities)) + len(desk.ask(list_recipients))
    assert (row.name, row.rows, row.intact) == ("Inför årsgenomgången", expected, True)
    invoices = dict(frozen(desk, ref, "Fakturor och bokföring").lines)
    assert "Fakturor och bokföring" not in invoices.values()  # the name is the heading
    assert any("bokföringslagen" in text for text in invoices.values())
    shown = desk.ask(show_snapshot, ref=ref)
    assert "Holm" not in str([one.lines for one in shown.rows]) + str(shown.rows[0].lines)


def test_it_stays_as_it_was_and_the_difference_tells_what_came_since(
    desk: Desk, clock: Clock
) -> None:
    kept = courses(desk)
    ref = desk.run(take_snapshot, name="Före")
    assert changed(desk, ref) == []
    clock.move(days=30)
    desk.run(update_organisation, contact="Siv Lind")
    desk.run(add_recipient, name="Kursplats AB", role=RecipientRole.PROCESSOR)
    desk.run(remove_activity, activity_ref=kept)
    assert changed(desk, ref) == [
        ("changed", "Kafé Lind"),
        ("added", "Kursplats AB"),
        ("gone", "Kurser"),
    ]
    after = desk.run(take_snapshot, name="Efter")
    assert changed(desk, ref, after) == changed(desk, ref)
    (field,) = desk.ask(compare_snapshots, older=ref).rows[0].fields
    assert (field.field, field.before, field.after) == ("contact", "Maja Lind", "Siv Lind")
    assert [(one.text, one.change) for one in field.words] == [
        ("Maja", Change.GONE),
        ("Siv", Change.ADDED),
        (" Lind", Change.SAME),
    ]
    assert frozen(desk, ref, "Kurser").kind == "Processing"


def test_a_row_is_known_although_its_name_changes(desk: Desk) -> None:
    ref = desk.run(take_snapshot, name="Före")
    desk.run(update_organisation, name="Kafé Sjön")
    (row,) = desk.ask(compare_snapshots, older=ref).rows
    assert (row.was_called, row.row["name"]) == ("Kafé Lind", "Kafé Sjön")


def test_what_cannot_be_compared(desk: Desk) -> None:
    ref = desk.run(take_snapshot, name="Före")
    with pytest.raises(DomainError, match="older snapshot first"):
        desk.ask(compare_snapshots, older=ref, newer=ref)
    with pytest.raises(NotFoundError):
        desk.ask(show_snapshot, ref=EditionRef("gone"))
    with pytest.raises(DomainError, match="name"):
        desk.run(take_snapshot, name=" ")


def test_a_snapshot_is_never_taken_back(desk: Desk) -> None:
    desk.run(take_snapshot, name="Före")
    assert desk.undo_label is None


def test_somebody_who_changes_a_snapshot_behind_the_program_is_found_out(
    desk: Desk, tmp_path: Path
) -> None:
    ref = desk.run(take_snapshot, name="Före")
    with UnitOfWork(desk._vault, desk._clock) as work:
        rows: list[FrozenRow] = [{"ref": "x", "name": "x", "fields": {"kind": "activity"}}]
        work.session.execute(update(RegisterSnapshot).values(rows=rows))
        work.commit("test")
    assert not desk.ask(list_snapshots)[0].intact
    path = tmp_path / "a.pdf"
    desk.run(export_snapshot, ref=ref, to=path, language_code="en")
    assert "Somebody has changed the file" in read_pdf(path)


def test_on_paper(desk: Desk, tmp_path: Path) -> None:
    ref = desk.run(take_snapshot, name="Före")
    desk.run(update_organisation, contact="Siv Lind")
    path = tmp_path / "a.pdf"
    desk.run(export_snapshot, ref=ref, to=path, language_code="en")
    text = read_pdf(path)
    assert "The register on 21 November 2026" in text
    assert "Maja Lind" in text
    assert "It is word for word what was frozen" in text
    common: Mapping[str, Any] = {"to": path, "language_code": "en", "overwrite": True}
    desk.run(export_difference, older=ref, **common)
    text = read_pdf(path)
    assert "Rows changed: 1. New: 0. Gone: 0." in text
    assert "Contact for" in text
    assert "Siv" in text
    desk.run(export_difference, older=desk.run(take_snapshot, name="Nu"), **common)
    assert "Nothing has changed." in read_pdf(path)


def test_as_a_sheet(desk: Desk, tmp_path: Path) -> None:
    ref = desk.run(take_snapshot, name="Före")
    desk.run(update_organisation, contact="Siv Lind")
    path = tmp_path / "a.xlsx"
    desk.run(export_difference, older=ref, to=path, format=FileFormat.XLSX, language_code="en")
    workbook = openpyxl.load_workbook(path)
    cells = [row for sheet in workbook for row in sheet.iter_rows(values_only=True)]
    assert ("Kafé Lind", "Contact for privacy", "Maja Lind", "Siv Lind", "Maja", "Siv") in cells


@pytest.mark.parametrize("kind", [Organisation, ProcessingActivity, Recipient, ControllerServed])
def test_every_column_of_the_register_is_frozen_or_says_why_not(kind: type[Entity]) -> None:
    columns = {one.key for one in inspect(kind).columns if not one.key.startswith("rule_")}
    left_out = freezing._NOT_FROZEN | freezing._NEVER_CHANGES
    assert columns - left_out - set(freezing.LABELS) == set()


ROWS = st.lists(
    st.builds(
        FrozenRow,
        ref=st.sampled_from("abcd"),
        name=st.text(max_size=3),
        fields=st.dictionaries(st.sampled_from(["purpose", "period"]), st.text(min_size=1)),
    ),
    unique_by=lambda row: row["ref"],
)


@given(st.text(), st.text())
def test_the_words_of_a_difference_are_those_of_both_texts(before: str, after: str) -> None:
    found = compare_texts(before, after)

    def words(left_out: Change) -> list[str]:
        return " ".join(one.text for one in found if one.change is not left_out).split()

    assert words(Change.ADDED) == before.split()
    assert words(Change.GONE) == after.split()


@given(ROWS)
def test_nothing_differs_from_itself(rows: list[FrozenRow]) -> None:
    assert compare(rows, rows) == ()


@given(ROWS, ROWS)
def test_every_row_that_is_not_the_same_is_told_once(
    older: list[FrozenRow], newer: list[FrozenRow]
) -> None:
    told = [one.row["ref"] for one in compare(older, newer)]
    fields = {row["ref"]: row["fields"] for row in older}
    other = {row["ref"]: row["fields"] for row in newer}
    assert sorted(told) == sorted(
        ref for ref in fields | other if fields.get(ref) != other.get(ref)
    )


def test_the_labels_are_in_the_language_asked_for_and_the_rows_as_they_were(desk: Desk) -> None:
    ref = desk.run(take_snapshot, name="Före")
    desk.run(update_organisation, contact="Siv Lind")
    document = desk.ask(snapshot_report, ref=ref, language_code="en")
    assert "Processing: Beställningar och bokningar" in {one.heading for one in document.sections}
    swedish = desk.ask(difference_report, older=ref, language_code="sv")
    assert (document.language, swedish.language) == ("en", "sv")
