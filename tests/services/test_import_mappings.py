"""How columns were matched once is offered again when a list with the same headings comes."""

from __future__ import annotations

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.columns import Field
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.import_mappings import (
    delete_mapping,
    list_mappings,
    rename_mapping,
    save_mapping,
    suggest_columns,
)
from gdprdesk.services.people_review import review_list
from tests.builders import person

HEADINGS = ("Vem", "Adr 1", "Adr 2", "Fnr")
FIELDS = (Field.NAME, Field.EMAIL, Field.PHONE, Field.NOTE)


def grid(*headings: str, row: tuple[str, ...] = ()) -> Grid:
    whole = (*row, *[""] * (len(headings) - len(row)))
    return Grid(header=headings, rows=(whole,), first_row_number=2, file_format=FileFormat.CSV)


def test_a_saved_matching_is_used_when_the_headings_come_again(desk: Desk) -> None:
    ref = desk.run(save_mapping, name=" Web shop ", headings=HEADINGS, fields=FIELDS)
    found = desk.ask(suggest_columns, grid=grid("FNR", "adr 2", "Vem", "Adr 1"))
    assert (found.name, found.saved_ref) == ("Web shop", ref)
    assert found.fields == (Field.NOTE, Field.PHONE, Field.NAME, Field.EMAIL)
    other = desk.ask(suggest_columns, grid=grid("Vem", "Adr 1"))
    assert (other.name, other.saved_ref) == ("", None)
    review = desk.ask(review_list, grid=grid(*HEADINGS, row=("Åsa Öberg", "asa@example.com")))
    assert review.rows[0].emails == ("asa@example.com",)


def test_a_matching_that_is_named_is_used_whatever_the_headings(desk: Desk) -> None:
    desk.run(save_mapping, name="Web shop", headings=HEADINGS, fields=FIELDS)
    found = desk.ask(suggest_columns, grid=grid("Vem", "Namn"), name="web SHOP")
    assert found.fields == (Field.NAME, Field.IGNORE)
    with pytest.raises(NotFoundError, match="No matching of columns is called Kassa"):
        desk.ask(suggest_columns, grid=grid("Vem"), name="Kassa")


def test_a_personal_number_never_comes_in_by_a_saved_matching(desk: Desk) -> None:
    desk.run(save_mapping, name="Web shop", headings=HEADINGS, fields=FIELDS)
    found = desk.ask(suggest_columns, grid=grid(*HEADINGS, row=("Åsa", "", "", "880320-0016")))
    assert found.fields[3] is Field.IDENTITY_NUMBER


def test_matchings_are_renamed_written_anew_and_forgotten(desk: Desk) -> None:
    ref = desk.run(save_mapping, name="Web shop", headings=HEADINGS, fields=FIELDS)
    other = desk.run(save_mapping, name="Kassa", headings=("A",), fields=(Field.NAME,))
    with pytest.raises(DomainError, match="Another matching is called kassa"):
        desk.run(rename_mapping, ref=ref, name="kassa")
    desk.run(rename_mapping, ref=ref, name="Shop")
    assert desk.run(save_mapping, name="shop", headings=("B",), fields=(Field.NAME,)) == ref
    rows = desk.ask(list_mappings)
    assert [(row.name, row.columns) for row in rows] == [
        ("Kassa", (("A", Field.NAME),)),
        ("shop", (("B", Field.NAME),)),
    ]
    desk.run(delete_mapping, ref=other)
    assert [row.ref for row in desk.ask(list_mappings)] == [ref]
    with pytest.raises(NotFoundError):
        desk.run(delete_mapping, ref=other)


@pytest.mark.parametrize(
    ("name", "headings", "words"), [(" ", ("A",), "Enter a name"), ("Shop", ("",), "no headings")]
)
def test_a_matching_needs_a_name_and_headings(desk: Desk, name, headings, words) -> None:
    with pytest.raises(DomainError, match=words):
        desk.run(save_mapping, name=name, headings=headings, fields=(Field.NAME,))


def test_who_slipped_into_a_name_of_a_matching_is_masked_when_erased(desk: Desk) -> None:
    karin = person(desk, "Karin Zettervall", email="karin.z@example.com")
    desk.run(save_mapping, name="Karin Zettervalls list", headings=HEADINGS, fields=FIELDS)
    desk.run(erase_subject, subject_ref=karin)
    assert [row.name for row in desk.ask(list_mappings)] == [
        "[raderat] list"
    ]  # in the language of the register
