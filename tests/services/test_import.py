"""Taking in a customer list: reviewed first, then all of it or nothing."""

from __future__ import annotations

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.columns import Field
from gdprdesk.domain.errors import DomainError
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.jobs import Cancelled
from gdprdesk.services.companies import list_companies
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import Choice, ImportReview, RowState, review_list
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects
from tests.builders import person

HEADER = ("Namn", "E-post", "Telefon", "Företag", "Anteckning")


def grid(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Grid:
    whole = tuple((*row, *("",) * (len(header) - len(row))) for row in rows)
    return Grid(header=header, rows=whole, first_row_number=2, file_format=FileFormat.CSV)


def review(desk: Desk, *rows: tuple[str, ...]) -> ImportReview:
    return desk.ask(review_list, grid=grid(*rows))


def test_a_list_comes_in_with_everything(desk: Desk) -> None:
    row = ("Åsa Öberg", "asa@example.com", "0701740645", "Hotell Sjön", "Gillar marsipan")
    reviewed = review(desk, row, ("", "", "", "", ""), ("Bo Ek",))
    assert [one.number for one in reviewed.rows] == [2, 4]
    receipt = desk.run(import_people, review=reviewed)
    assert (receipt.added, receipt.merged, receipt.skipped, receipt.wrong) == (2, 0, 0, 0)
    (asa,) = desk.ask(list_subjects, search="åsa").rows
    assert (asa.phone, asa.email, asa.company) == (
        "070-174 06 45",
        "asa@example.com",
        "Hotell Sjön",
    )
    shown = desk.ask(show_subject, subject_ref=asa.ref)
    assert [one.title for one in shown.history] == ["Gillar marsipan"]
    assert desk.check().ok


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "asa@example.com"), "no name"),
        (("Åsa", "asa@"), "e-mail address like this"),
        (("Åsa", "", "12"), "phone number like this"),
        (("x" * 201,), "at most 200 letters"),
        (("\u200b", "asa@example.com"), "no name"),
        (("x" * 20_000,), "at most 200 letters"),
        (("Åsa\0Ek",), "signs in it"),
        (("Åsa", "", "", "x" * 10_001), "at most 10,000 letters"),
        (("880320-0016", "a@example.com"), "personal identity number"),
    ],
)
def test_a_wrong_row_is_listed_with_its_reason_and_stays_out(
    desk: Desk, row: tuple[str, ...], reason: str
) -> None:
    reviewed = review(desk, ("Bo Ek", "bo@example.com"), ("Anna Ek",), row)
    wrong = reviewed.rows[2]
    assert (wrong.number, wrong.state) == (4, RowState.WRONG)
    assert reason in wrong.reason
    assert desk.run(import_people, review=reviewed).wrong == 1
    assert desk.ask(list_subjects).total == 2


def test_who_is_known_is_offered_and_a_shared_number_makes_nobody_one(desk: Desk) -> None:
    person(desk, "Karin Holm", phone="0701740645")
    reviewed = review(
        desk,
        ("karin holm", "karin@example.com", "+46701740645"),  # name and number: the same
        ("Kim Holm", "", "070-174 06 45"),  # only the number: two people
        ("Karin Holm",),  # only the name: two people
        ("Ny Person", "ny@example.com"),
        ("Ny Person", "ny@example.com"),  # twice in the list
    )
    assert [(row.state, row.choice) for row in reviewed.rows] == [
        (RowState.DUPLICATE, Choice.MERGE),
        (RowState.DUPLICATE, Choice.ADD),
        (RowState.DUPLICATE, Choice.ADD),
        (RowState.NEW, Choice.ADD),
        (RowState.DUPLICATE, Choice.SKIP),
    ]
    assert reviewed.rows[0].reason == "Karin Holm is in the register already."
    assert reviewed.rows[4].reason == "Ny Person is also in row 5."
    receipt = desk.run(import_people, review=reviewed)
    assert (receipt.added, receipt.merged, receipt.skipped) == (3, 1, 1)
    karin = next(row for row in desk.ask(list_subjects, search="0645").rows if row.email)
    assert (karin.name, karin.email) == ("Karin Holm", "karin@example.com")
    assert len(desk.ask(show_subject, subject_ref=karin.ref).contacts) == 2


def test_the_user_decides_otherwise(desk: Desk) -> None:
    person(desk, "Karin Holm", phone="0701740645")
    rows = (("Karin Holm", "", "0701740645"), ("Bo Ek",), ("Kim Holm", "", "0701740645"))
    choices = {2: Choice.ADD, 3: Choice.SKIP, 4: Choice.MERGE}
    receipt = desk.run(import_people, review=review(desk, *rows), choices=choices)
    assert (receipt.added, receipt.merged, receipt.skipped) == (1, 1, 1)
    assert [row.name for row in desk.ask(list_subjects).rows] == ["Karin Holm", "Karin Holm"]


def test_stopping_saves_nothing(desk: Desk) -> None:
    class Stop:
        def step(self, done: int, total: int, text: str = "") -> None:
            assert (total, text) == (5, "")
            if done == 3:
                raise Cancelled

    reviewed = review(desk, *((f"Person {number}",) for number in range(5)))
    with pytest.raises(Cancelled):
        desk.run(import_people, review=reviewed, progress=Stop())
    assert desk.ask(list_subjects).total == 0
    assert desk.check().ok


def test_the_columns_can_be_said(desk: Desk) -> None:
    odd = grid(("0701740645", "Åsa Öberg"), header=("Kolumn A", "Kolumn B"))
    with pytest.raises(DomainError, match="which column holds the names"):
        desk.ask(review_list, grid=odd, fields=(Field.PHONE, Field.IGNORE))
    reviewed = desk.ask(review_list, grid=odd, fields=(Field.PHONE, Field.NAME))
    desk.run(import_people, review=reviewed)
    assert desk.ask(list_subjects).rows[0].phone == "070-174 06 45"


def test_names_addresses_and_numbers_in_pieces(desk: Desk) -> None:
    header = ("Förnamn", "Efternamn", "Adress", "Postnr", "Ort", "Kundnr")
    row = ("Åsa", "Öberg", "Gatan 1", "352 30", "Växjö", "77")
    desk.run(import_people, review=desk.ask(review_list, grid=grid(row, header=header)))
    (asa,) = desk.ask(list_subjects).rows
    assert asa.name == "Åsa Öberg"
    contacts = desk.ask(show_subject, subject_ref=asa.ref).contacts
    assert [one.value for one in contacts] == ["Gatan 1, 352 30 Växjö", "Customer number 77"]


def test_identity_numbers_and_newsletters_do_not_come_in_with_a_list(desk: Desk) -> None:
    header = ("Namn", "Personnummer", "Nyhetsbrev")
    reviewed = desk.ask(review_list, grid=grid(("Åsa", "880320-0016", "ja"), header=header))
    assert len(reviewed.remarks) == 2
    desk.run(import_people, review=reviewed)
    (asa,) = desk.ask(list_subjects).rows
    assert (asa.consents, desk.ask(list_subjects, search="8803").total) == ((), 0)


def test_private_people_among_companies_come_in_without_their_numbers(desk: Desk) -> None:
    """Bookkeeping programs have one column for both numbers."""
    header = ("Kundnamn", "Organisationsnummer", "E-post")
    rows = (
        ("Anna Karlsson", "19880320-0016", "anna@example.com"),
        ("Bygg & Son AB", "556036-0793", "info@example.se"),
        ("Skog AB", "5560125790", ""),
    )
    reviewed = desk.ask(review_list, grid=grid(*rows, header=header))
    assert [one.state for one in reviewed.rows] == [RowState.NEW] * 3
    (remark,) = reviewed.remarks
    assert remark.startswith("Personal identity numbers are left out")
    desk.run(import_people, review=reviewed)
    known = {one.name: one for one in desk.ask(list_subjects).rows}
    assert sorted(known) == ["Anna Karlsson", "Bygg & Son AB", "Skog AB"]
    assert known["Anna Karlsson"].email == "anna@example.com"
    assert desk.ask(list_subjects, search="880320").total == 0
    companies = {one.name: one.org_number for one in desk.ask(list_companies)}
    assert companies == {"Bygg & Son AB": "556036-0793", "Skog AB": "556012-5790"}


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("070-174 06 45 / 0470-123 45", ["070-174 06 45", "0470-123 45"]),
        ("0701740645; +47 22 12 34 56", ["070-174 06 45", "+47 22 12 34 56"]),
        ("070-174 06 45 eller 0470-12345", ["070-174 06 45", "0470-123 45"]),
        ("0470/123 45", ["0470-123 45"]),
        ("070-174 06 45;", ["070-174 06 45"]),
    ],
)
def test_two_numbers_in_one_cell_are_two(desk: Desk, cell: str, numbers: list[str]) -> None:
    (row,) = review(desk, ("Åsa Öberg", "", cell)).rows
    assert [value for _kind, value, _normal in row.contacts] == numbers


def test_two_addresses_in_one_cell_are_two_and_one_that_is_wrong_is_told(desk: Desk) -> None:
    rows = review(
        desk,
        ("Åsa Öberg", "asa@example.com; asa.oberg@example.se"),
        ("Bo Ek", "bo@example.com, ring hellre"),
    ).rows
    said = [value for _kind, value, _normal in rows[0].contacts]
    assert said == ["asa@example.com", "asa.oberg@example.se"]
    assert rows[1].state is RowState.WRONG


def test_a_town_stays_with_its_street(desk: Desk) -> None:
    header = ("Namn", "Gatuadress (arbete)", "Ort (arbete)", "Postnummer (arbete)",
              "Gatuadress (hem)", "Ort (hem)", "Postnummer (hem)")  # fmt: skip
    rows = (
        ("Åsa Öberg", "", "", "", "Gatan 1", "Växjö", "352 30"),
        ("Bo Ek", "Torget 2", "Lund", "223 50", "Gatan 3", "Malmö", "211 20"),
    )
    desk.run(import_people, review=desk.ask(review_list, grid=grid(*rows, header=header)))
    found = [
        [one.value for one in desk.ask(show_subject, subject_ref=person.ref).contacts]
        for person in sorted(desk.ask(list_subjects).rows, key=lambda person: person.name)
    ]
    assert found == [["Torget 2, 223 50 Lund", "Gatan 3, 211 20 Malmö"], ["Gatan 1, 352 30 Växjö"]]


def test_one_company_for_all_its_people(desk: Desk) -> None:
    rows = (("Anna", "", "", "Hotell Sjön"), ("Bo", "", "", "hotell sjön"))
    desk.run(import_people, review=review(desk, *rows))
    assert [(row.name, row.contacts) for row in desk.ask(list_companies)] == [("Hotell Sjön", 2)]


def test_who_is_about_to_be_erased_does_not_come_in_once_more(desk: Desk) -> None:
    karin = person(desk, "Karin Holm", email="karin@example.com")
    before = review(desk, ("Carin Holm", "Karin@example.com"), ("Bo Ek",))
    desk.run(stage_erasure, subject_ref=karin)
    (again, _bo) = review(desk, ("Carin Holm", "Karin@example.com"), ("Bo Ek",)).rows
    assert again.state is RowState.STOPPED
    assert "about to be erased" in again.reason
    assert "Karin Holm" not in again.reason
    adding = {2: Choice.ADD}
    assert desk.run(import_people, review=before, choices=adding).added == 1  # Bo Ek alone
    desk.run(erase_subject, subject_ref=karin)
    assert [one.name for one in desk.ask(list_subjects).rows] == ["Bo Ek"]
