"""A register that was kept elsewhere comes in: nothing of it is lost, nothing of it is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import ProcessingActivity, RetentionRule
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.domain.register_text import (
    read_bases,
    read_conditions,
    read_countries,
    read_period,
    split_items,
)
from gdprdesk.domain.retention import describe_rule
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import (
    AtEnd,
    LegalBasis,
    RecipientRole,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.exports import CSV, XLSX
from gdprdesk.exports.document import Table
from gdprdesk.i18n import LANGUAGES, language
from gdprdesk.services.activities import ActivityDetail, list_activities, show_activity
from gdprdesk.services.law import law_in
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.register_import import (
    EntryState,
    RegisterReview,
    ReviewedRow,
    Take,
    import_register,
    review_register,
)
from gdprdesk.services.register_sheet import RegisterSheet, SheetRow, read_register
from gdprdesk.services.register_words import field_of, register_words
from gdprdesk.services.reports.register import register_report
from gdprdesk.services.templates import TRADES, activities_of
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock

WORDS = register_words("SE")
LAW = law_in("SE", 12)
ICO = (  # the headings of the sheet for controllers, in its order
    "Business function",
    "Purpose of processing",
    "Name and contact details of joint controller (if applicable)",
    "Categories of individuals",
    "Categories of personal data",
    "Categories of recipients",
    "Link to contract with processor",
    (
        "Names of third countries or international organisations that personal data are "
        "transferred to (if applicable)"
    ),
    (
        "Safeguards for exceptional transfers of personal data to third countries or "
        "international organisations (if applicable)"
    ),
    "Retention schedule (if possible)",
    "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data",
    "Article 9 condition for processing special category data",
    "The source of the personal data (if applicable)",
    "Data Protection Impact Assessment required?",
)


@contextmanager
def empty_register(folder: Path, trade: str = "cafe", code: str = "sv") -> Iterator[Desk]:
    """Open a register that has not a single row."""
    whole = replace(CAFE, trade=trade, language=code)
    rows = tuple(row["key"] for row in activities_of(trade, whole.has))
    business = replace(whole, left_out=rows)
    opened, _key = Desk.create(
        folder / f"empty-{trade}-{code}.gdprdesk",
        business=business,
        password=PASSWORD,
        limits=CHEAP,
        clock=Clock(),
    )
    with UnitOfWork(opened._vault, Clock()) as work:  # the row that a register is never without
        work.session.delete(work.session.scalars(select(StaffMember)).one())
        work.session.flush()
        work.session.execute(delete(ProcessingActivity))
        work.session.execute(delete(Recipient))
        work.commit("test.empty")
    yield opened
    opened.lock()


def save(path: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    """Write a workbook with one sheet, some of whose cells are merged."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(list(row))
    for cells in merged:
        workbook.active.merge_cells(cells)
    workbook.save(path)
    return path


def reviewed(
    desk: Desk, tmp_path: Path, *rows: Sequence[object], merged: Sequence[str] = ()
) -> RegisterReview:
    sheet = read_register(save(tmp_path / "register.xlsx", rows, merged))
    return desk.ask(review_register, sheet=sheet)


def only(review: RegisterReview) -> ReviewedRow:
    (row,) = review.rows
    return row


def detail(desk: Desk, name: str) -> ActivityDetail:
    ref = next(row.ref for row in desk.ask(list_activities) if row.name == name)
    return desk.ask(show_activity, activity_ref=ref)


def table(desk: Desk, code: str = "") -> list[tuple[object, ...]]:
    """Return the register as its report says it."""
    return [tuple(row) for row in whole_table(desk, code).rows]


def whole_table(desk: Desk, code: str = "") -> Table:
    """Return the table of the report of the register."""
    blocks = (
        b for one in desk.ask(register_report, language_code=code).sections for b in one.blocks
    )
    return next(block for block in blocks if isinstance(block, Table))


@pytest.fixture(scope="module")
def one_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A register that no test of this module changes."""
    with empty_register(tmp_path_factory.mktemp("one")) as opened:
        yield opened


# ------------------------------------------------------------------------------ our own export


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("trade", TRADES)
def test_our_own_sheet_makes_an_equal_register(tmp_path: Path, trade: str, code: str) -> None:
    business = replace(CAFE, trade=trade, language=code)
    made, _key = Desk.create(
        tmp_path / "full.gdprdesk",
        business=business,
        password=PASSWORD,
        limits=CHEAP,
        clock=Clock(),
    )
    path = tmp_path / "register.xlsx"
    path.write_bytes(XLSX.render(made.ask(register_report)))
    expected = table(made)
    made.lock()
    with empty_register(tmp_path, trade, code) as desk:
        review = desk.ask(review_register, sheet=read_register(path))
        assert {row.state for row in review.rows} == {EntryState.NEW}
        assert [row.remarks for row in review.rows if row.remarks] == []
        desk.run(import_register, review=review)
        assert table(desk) == expected
        assert desk.check().ok


def test_csv_comes_back_too(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(CSV.render(desk.ask(register_report)))
    with empty_register(tmp_path) as other:
        review = other.ask(review_register, sheet=read_register(path))
        other.run(import_register, review=review)
        assert table(other) == table(desk)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_column_of_our_own_export_is_known(desk: Desk, code: str) -> None:
    columns = whole_table(desk, code).columns
    assert [one.title for one in columns if field_of(one.title) is None] == []


# --------------------------------------------------------------------------- the sheets of others


def test_the_sheet_of_the_british_authority(desk: Desk, tmp_path: Path) -> None:
    row = (
        "Finance",
        "Payroll",
        "N/A",
        "Employees",
        "Contact details; bank details; trade union membership",
        "HMRC, Payroll Ltd (processor)",
        "file:///contract.docx",
        "USA",
        "Standard contractual clauses",
        "6 years after end of employment",
        "Encrypted storage; access controls",
        "Article 6(1)(c) legal obligation",
        "Article 9(2)(b) employment law",
        "The employee",
        "No",
    )
    review = reviewed(
        desk,
        tmp_path,
        ("Controller", "", "Data Protection Officer", "", "Representative"),
        ("Name", "Kafé Lind", "Name", "N/A", "Name", "N/A"),
        ("Address", "Storgatan 1", "Address", "", "Address", ""),
        (),
        ICO,
        row,
        merged=["A1:B1"],
    )
    known = only(review)
    assert (known.number, known.name, known.state) == (6, "Payroll", EntryState.NEW)
    assert known.left == (
        ("Link to contract with processor", "file:///contract.docx"),
        ("Data Protection Impact Assessment required?", "No"),
    )
    assert any(
        "What stands around" in remark and "Kafé Lind" in remark for remark in review.remarks
    )
    assert set(review.recipients) == {"HMRC", "Payroll Ltd", "Recipient in United States"}
    desk.run(import_register, review=review)
    shown = detail(desk, "Payroll")
    assert (shown.responsible, shown.sources) == ("Finance", "The employee")
    assert shown.row.legal_basis is LegalBasis.LEGAL_OBLIGATION
    assert shown.special_condition is SpecialCondition.EMPLOYMENT
    assert [one["text"] for one in shown.categories if one["special"]] == ["trade union membership"]
    assert shown.rule == RetentionRule(Start.RELATION_ENDED, 6, Unit.YEARS)
    assert shown.measures == ("Encrypted storage", "access controls")
    roles = {one.name: (one.role, one.country, one.mechanism) for one in shown.recipients}
    assert roles == {
        "HMRC": (RecipientRole.AUTHORITY, "SE", ""),
        "Payroll Ltd": (RecipientRole.PROCESSOR, "SE", ""),
        "Recipient in United States": (
            RecipientRole.CONTROLLER,
            "US",
            "Standard contractual clauses",
        ),
    }


def test_a_card_of_the_french_authority(desk: Desk, tmp_path: Path) -> None:
    review = reviewed(
        desk,
        tmp_path,
        ("FICHE DE REGISTRE",),
        ("", ""),
        ("Nom du traitement", "Gestion de la paie"),
        ("Finalité principale", "Payer les salariés"),
        ("Sous-finalités", "Déclarations sociales"),
        ("Base légale", "Obligation légale (art. 6.1.c)"),
        ("Catégories de personnes concernées", "Salariés", "Intérimaires"),
        ("Catégories de données", "État civil"),
        ("", "Coordonnées bancaires"),
        ("Données sensibles", "Non"),
        ("Durée de conservation", "5 ans après le départ du salarié"),
        ("Destinataires", "URSSAF\nCabinet Martin (sous-traitant)"),
        ("Transferts hors UE", "Non"),
        ("Mesures de sécurité", "Chiffrement ; contrôle d'accès"),
        ("Date de création", "25/05/2018"),
    )
    known = only(review)
    assert known.state is EntryState.NEW
    assert known.left == (("Date de création", "25/05/2018"),)
    desk.run(import_register, review=review)
    shown = detail(desk, "Gestion de la paie")
    assert (shown.purpose, shown.subjects) == ("Payer les salariés", ("Salariés", "Intérimaires"))
    assert [one["text"] for one in shown.categories] == ["État civil", "Coordonnées bancaires"]
    assert shown.row.legal_basis is LegalBasis.LEGAL_OBLIGATION
    assert shown.rule.count == 5
    assert shown.rule.start is Start.RELATION_ENDED
    assert {one.name: one.role for one in shown.recipients} == {
        "URSSAF": RecipientRole.AUTHORITY,
        "Cabinet Martin": RecipientRole.PROCESSOR,
    }


def test_a_list_with_a_column_for_each_kind_of_data(desk: Desk, tmp_path: Path) -> None:
    review = reviewed(
        desk,
        tmp_path,
        (
            "Nom du traitement",
            "Finalité principale",
            "Données d'identification",
            "Vie professionnelle",
            "Données de localisation",
            "Licéité du traitement",
        ),
        ("Clients", "Suivi commercial", "Oui", "CV ; diplômes", "Non", "Intérêt légitime"),
    )
    entry = only(review).entry
    assert entry is not None
    assert [one["text"] for one in entry.categories] == [
        "Données d'identification",
        "CV",
        "diplômes",
    ]
    assert entry.legal_basis is LegalBasis.LEGITIMATE_INTEREST


@pytest.mark.parametrize(
    ("rows", "start", "categories"),
    [
        (
            (("Behandling", "Ändamål", "Rättslig grund", "Kategorier av registrerade",
              "Kategorier av personuppgifter", "Mottagare", "Tredjelandsöverföring", "Gallring"),
             ("Kundregister", "Sköta order", "Avtal", "Kunder", "Namn, adress (gata, ort), telefon",
              "Fortnox (biträde)", "Nej", "24 månader efter senaste köp")),
            Start.LAST_ACTIVITY,
            "Namn; adress (gata, ort); telefon",
        ),
        (
            (("Behandlingsaktivitet", "Formål", "Behandlingsgrunnlag", "Kategorier av registrerte",
              "Kategorier av personopplysninger", "Mottakere", "Overføring til tredjeland",
              "Slettefrist"),
             ("Kunderegister", "Levere ordre", "Avtale, artikkel 6 nr. 1 bokstav b", "Kunder",
              "Navn; telefon", "Fiken (databehandler)", "Nei",
              "24 måneder etter avsluttet kundeforhold")),
            Start.RELATION_ENDED,
            "Navn; telefon",
        ),
    ],
)  # fmt: skip
def test_sheets_as_the_nordic_authorities_describe_them(
    desk: Desk, tmp_path: Path, rows: tuple[tuple[str, ...], ...], start: Start, categories: str
) -> None:
    known = only(reviewed(desk, tmp_path, ("Registerförteckning 2026",), *rows))
    assert (known.remarks, known.left) == ((), ())
    entry = known.entry
    assert entry is not None
    assert entry.legal_basis is LegalBasis.CONTRACT
    assert entry.rule == RetentionRule(start, 24, Unit.MONTHS)
    assert "; ".join(one["text"] for one in entry.categories) == categories
    assert [one.role for one in entry.recipients] == [RecipientRole.PROCESSOR]


def test_the_sheet_that_explains_is_passed_over(desk: Desk, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Guide"
    workbook.active.append(["How to use this template", "Read this first"])
    workbook.create_sheet("Register").append(["Processing activity", "Purpose"])
    workbook["Register"].append(["Payroll", "Pay the staff"])
    path = tmp_path / "two.xlsx"
    workbook.save(path)
    sheet = read_register(path)
    assert (sheet.sheet, sheet.other_sheets) == ("Register", ("Guide",))
    assert read_register(path, sheet="Guide").sheet == "Guide"
    assert any("Guide" in one for one in desk.ask(review_register, sheet=sheet).remarks)


# ------------------------------------------------------------------------------------- bad input


def test_merged_cells_go_on_with_the_row_above(desk: Desk, tmp_path: Path) -> None:
    review = reviewed(
        desk,
        tmp_path,
        ("Behandling", "Ändamål", "Personuppgifter", "Gallringstid"),
        ("Löner", "Betala ut lön", "Namn", "7 år efter räkenskapsåret"),
        (None, None, "Kontonummer", None),
        (None, None, "Skatt", "10 år"),
        merged=["A2:A4", "B2:B4"],
    )
    row = only(review)
    assert row.entry is not None
    assert [one["text"] for one in row.entry.categories] == ["Namn", "Kontonummer", "Skatt"]
    assert "Put together with row 3, 4" in row.remarks[0]
    assert any("names several times" in remark for remark in row.remarks)
    assert (row.entry.rule.count, row.entry.rule.at_end) == (10, AtEnd.ASK)
    assert row.entry.rule.reason == "7 år efter räkenskapsåret; 10 år"


def test_half_filled_rows_say_what_is_missing(desk: Desk, tmp_path: Path) -> None:
    review = reviewed(
        desk,
        tmp_path,
        ("Behandling", "Ändamål", "Rättslig grund", "Gallringstid"),
        (None, None, None, "2 år"),
        ("Personal", None, None, None),
        ("Kunder", None, "Avtal", None),
        (None, "Skicka utskick till den som vill ha dem. Och följa upp.", None, None),
    )
    lone, heading, customers, unnamed = review.rows
    assert (lone.state, lone.left) == (EntryState.WRONG, (("Gallringstid", "2 år"),))
    assert "neither a name nor a purpose" in lone.remarks[0]
    assert (heading.state, heading.remarks) == (
        EntryState.WRONG,
        ("The row has nothing but a name.",),
    )
    assert customers.entry is not None
    assert customers.entry.purpose == ""
    assert any("does not say what it is for" in one for one in customers.remarks)
    assert any("does not say how long" in one for one in customers.remarks)
    assert customers.entry.rule == RetentionRule(Start.RECORDED, 24, Unit.MONTHS, at_end=AtEnd.ASK)
    assert unnamed.name == "Skicka utskick till den som vill ha dem"
    assert any("on what legal basis" in one for one in unnamed.remarks)
    receipt = desk.run(import_register, review=review)
    assert (receipt.added, receipt.wrong) == (2, 2)
    assert "The legitimate interest has not been weighed" in detail(desk, unnamed.name).row.lacks


def test_one_name_for_two_purposes_is_told(desk: Desk, tmp_path: Path) -> None:
    header = ("Behandling", "Ändamål", "Rättslig grund")
    rows = (("Kunder", "Sälja", "Avtal"), ("kunder", "Skicka utskick", "Samtycke"))
    first, second = reviewed(desk, tmp_path, header, *rows).rows
    assert not any("same name" in remark for remark in first.remarks)
    assert second.remarks[0] == "Row 2 has the same name."
    assert {first.state, second.state} == {EntryState.NEW}


@pytest.mark.parametrize("text", ["0 månader", "1000 år", "så länge det behövs", "?"])
def test_periods_that_cannot_be_are_asked_about_and_kept(
    desk: Desk, tmp_path: Path, text: str
) -> None:
    row = only(
        reviewed(
            desk,
            tmp_path,
            ("Behandling", "Ändamål", "Rättslig grund", "Gallringstid"),
            ("Kunder", "Sälja", "Avtal", text),
        )
    )
    assert row.entry is not None
    assert row.entry.rule.at_end is AtEnd.ASK
    assert row.entry.rule.reason in {text, ""}
    assert "you are asked before anything goes" in row.remarks[0]


def test_foreign_headings_are_mapped_by_hand(desk: Desk, tmp_path: Path) -> None:
    rows = (("Nimi", "Tarkoitus", "Muuta"), ("Palkat", "Maksaa palkat", "x"))
    sheet = read_register(save(tmp_path / "suomi.xlsx", rows))
    with pytest.raises(DomainError, match="Nimi, Tarkoitus, Muuta"):
        desk.ask(review_register, sheet=sheet)
    fields = (RegisterField.NAME, RegisterField.PURPOSE, RegisterField.IGNORE)
    row = only(desk.ask(review_register, sheet=sheet, fields=fields))
    assert (row.name, row.left) == ("Palkat", (("Muuta", "x"),))


def test_sensitive_data_that_it_does_not_name(desk: Desk, tmp_path: Path) -> None:
    header = ("Behandling", "Ändamål", "Personuppgifter", "Känsliga uppgifter")
    first, second, third = reviewed(
        desk,
        tmp_path,
        header,
        ("A", "a", "Namn, hälsouppgifter", "Ja"),
        ("B", "b", "Namn", "Ja"),
        ("C", "c", "Namn", "Allergier"),
    ).rows

    def special(row: ReviewedRow) -> list[str]:
        assert row.entry is not None
        return [one["text"] for one in row.entry.categories if one["special"]]

    assert (special(first), special(second), special(third)) == (
        ["hälsouppgifter"],
        [],
        ["Allergier"],
    )
    assert any("but not which" in remark for remark in second.remarks)


def test_a_name_that_is_too_long_and_a_cell_that_cannot_be_kept(desk: Desk, tmp_path: Path) -> None:
    header = ("Behandling", "Ändamål", "Skydd")
    long, large = reviewed(
        desk, tmp_path, header, ("x" * 201, "a", "b"), ("Y", "y", "z" * 10_001)
    ).rows
    assert (long.state, long.left[1]) == (EntryState.WRONG, ("Ändamål", "a"))
    assert "at most 200 letters" in long.remarks[0]
    assert "at most 10,000 letters" in large.remarks[0]


# ---------------------------------------------------------------------------- what is there already


def test_a_known_row_stays_as_it_is_unless_it_is_to_be_filled_in(
    desk: Desk, tmp_path: Path
) -> None:
    header = ("Behandling", "Ändamål", "Rättslig grund", "Mottagare")
    rows = (header, ("beställningar och bokningar", "Annat ändamål", "Samtycke", "Nya Byrån AB"))
    review = reviewed(desk, tmp_path, *rows)
    row = only(review)
    assert (row.state, row.number) == (EntryState.EXISTS, 2)
    before = table(desk)
    receipt = desk.run(import_register, review=review)
    assert (receipt.added, receipt.updated, receipt.skipped) == (0, 0, 1)
    assert table(desk) == before
    receipt = desk.run(import_register, review=review, choices={2: Take.UPDATE})
    assert (receipt.updated, receipt.recipients) == (1, 1)
    shown = detail(desk, "beställningar och bokningar")
    assert shown.purpose == "Annat ändamål"
    assert len(shown.subjects) == 2, "what the file does not say stays"
    assert "Nya Byrån AB" in {one.name for one in shown.recipients}
    assert desk.run(import_register, review=review, choices={2: Take.ADD}).added == 1


def test_what_a_law_says_about_a_known_row_outlives_a_sheet_that_is_silent(
    desk: Desk, tmp_path: Path
) -> None:
    before = detail(desk, "Fakturor och bokföring")
    header = ("Behandling", "Ändamål", "Rättslig grund", "Gallring")
    for basis, period in (("", ""), ("Avtal", "1 månad")):
        row = ("Fakturor och bokföring", "Skriva fakturor", basis, period)
        review = reviewed(desk, tmp_path, header, row)
        desk.run(import_register, review=review, choices={2: Take.UPDATE})
        assert detail(desk, "Fakturor och bokföring").rule == before.rule
        shown = detail(desk, "Fakturor och bokföring").legal_basis
        assert shown is (LegalBasis.CONTRACT if basis else before.legal_basis)


def test_it_is_taken_back_as_one_step(desk: Desk, tmp_path: Path) -> None:
    before, recipients = table(desk), desk.ask(list_recipients)
    header = ("Behandling", "Ändamål", "Mottagare")
    review = reviewed(desk, tmp_path, header, ("A", "a", "Ny 1"), ("B", "b", "Ny 1; Ny 2"))
    assert review.recipients == ("Ny 1", "Ny 2")
    assert desk.run(import_register, review=review).recipients == 2
    assert len(table(desk)) == len(before) + 2
    desk.undo()
    assert (table(desk), desk.ask(list_recipients)) == (before, recipients)


# --------------------------------------------------------------------------------- what texts mean


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("24 months after last purchase", RetentionRule(Start.LAST_ACTIVITY, 24, Unit.MONTHS)),
        ("3-4 månader efter senaste kontakt",
         RetentionRule(Start.LAST_ACTIVITY, 3, Unit.MONTHS, most=4)),
        ("3\N{EN DASH}4 måneder etter siste kjøp",
         RetentionRule(Start.LAST_ACTIVITY, 3, Unit.MONTHS, most=4)),
        ("1,5 år efter leverans", RetentionRule(Start.COMPLETED, 18, Unit.MONTHS)),
        ("six weeks after the event", RetentionRule(Start.COMPLETED, 42, Unit.DAYS)),
        ("10 ans après la fin du contrat", RetentionRule(Start.RELATION_ENDED, 10, Unit.YEARS)),
        ("until withdrawn", RetentionRule(Start.CONSENT_WITHDRAWN, 0, Unit.MONTHS)),
        ("tills samtycket återkallas", RetentionRule(Start.CONSENT_WITHDRAWN, 0, Unit.MONTHS)),
        ("7 år enligt bokföringslagen",
         RetentionRule(Start.FINANCIAL_YEAR_END, 7, Unit.YEARS, "bookkeeping")),
    ],
)  # fmt: skip
def test_how_long(text: str, rule: RetentionRule) -> None:
    assert read_period(text, WORDS) == (rule, "")


def test_a_time_without_a_beginning_counts_from_the_day_it_was_written_down() -> None:
    rule, remark = read_period("30 dagar", WORDS)
    assert rule == RetentionRule(Start.RECORDED, 30, Unit.DAYS)
    assert "does not say from when" in remark


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("6(1)(b)", [LegalBasis.CONTRACT]),
        ("Art. 6.1 första stycket f", [LegalBasis.LEGITIMATE_INTEREST]),
        ("artikkel 6 nr. 1 bokstav c", [LegalBasis.LEGAL_OBLIGATION]),
        ("Intérêt légitime", [LegalBasis.LEGITIMATE_INTEREST]),
        ("avtal", [LegalBasis.CONTRACT]),
        ("Avtale og samtykke", [LegalBasis.CONTRACT, LegalBasis.CONSENT]),
        ("the weather", []),
    ],
)
def test_on_what_basis(text: str, bases: list[LegalBasis]) -> None:
    assert read_bases(text, WORDS) == bases


def test_conditions_and_countries() -> None:
    assert read_conditions("Art. 9(2)(h), health care", WORDS) == [SpecialCondition.HEALTH_CARE]
    assert read_countries("USA, Royaume-Uni och Indien; JP", WORDS) == ["JP", "US", "IN", "GB"]


RULES = st.builds(
    RetentionRule,
    start=st.sampled_from(Start),
    count=st.integers(1, 100),
    unit=st.sampled_from(Unit),
)


@given(RULES, st.sampled_from(LANGUAGES))
def test_a_rule_said_by_us_is_understood_by_us(rule: RetentionRule, code: str) -> None:
    with language(code):
        said = describe_rule(rule, LAW, TODAY)
        read, remark = read_period(said, WORDS)
        assert (describe_rule(read, LAW, TODAY), remark) == (said, "")
    assert read.after(date(2026, 1, 31)) == rule.after(date(2026, 1, 31))


@given(st.text())
def test_no_text_is_too_strange_for_a_period(text: str) -> None:
    rule, _remark = read_period(text, WORDS)
    assert 0 <= rule.count <= 36_600
    assert date(2026, 1, 1) <= rule.after(date(2026, 1, 1)) <= date(2130, 1, 1)


@given(st.text(), st.text())
def test_no_text_is_too_strange_for_anything_else(one: str, other: str) -> None:
    read_bases(one, WORDS)
    read_conditions(one, WORDS)
    read_countries(one, WORDS)
    field_of(one)
    assert all(item.strip() == item and item for item in split_items(one + other))


@given(st.lists(st.text("abcåäö xyz", min_size=1).map(str.strip).filter(bool), unique=True))
def test_items_come_back_as_they_were(items: list[str]) -> None:
    assert split_items("; ".join(items)) == items


@given(st.lists(st.tuples(*(st.text(max_size=20) for _column in range(6))), max_size=6))
def test_no_sheet_is_too_strange(one_register: Desk, rows: list[tuple[str, ...]]) -> None:
    fields = tuple(RegisterField)[:6]
    sheet = RegisterSheet(
        headings=tuple(field.label for field in fields),
        rows=tuple(SheetRow(number, cells) for number, cells in enumerate(rows, 2)),
    )
    review = one_register.ask(review_register, sheet=sheet, fields=fields)
    taken = {row.number for row in review.rows}
    assert taken <= set(range(2, 8))
