"""What goes out of the register: for the authority, for its owner and for anybody who asks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import ActivityRef, RecipientRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    Audience,
    LegalBasis,
    Origin,
    RecipientRole,
    RiskCriterion,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.exports.document import Document, Fields, Table
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.activities import register_activity
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.agreements import see_evidence
from gdprdesk.services.assessments import screen_risk, weigh_interest
from gdprdesk.services.files import (
    FileFormat,
    export_agreement,
    export_processor_register,
    export_processors,
    export_public,
    export_recipients,
    export_register,
    export_retention,
)
from gdprdesk.services.organisation import (
    list_missing_of_organisation,
    show_organisation,
    update_organisation,
)
from gdprdesk.services.recipients import add_recipient, list_recipients
from gdprdesk.services.reports.agreement import agreement_report
from gdprdesk.services.reports.processors import processors_report, recipients_report
from gdprdesk.services.reports.register import public_report, register_report
from gdprdesk.services.reports.retention import retention_report
from gdprdesk.services.reports.served import processor_register_report
from gdprdesk.services.served import ControllerChanges, add_controller
from tests.builders import TODAY
from tests.texts import read_pdf

# Article 30(1): name and contact of the controller (a), purposes (b), people and data (c),
# recipients (d), transfers (e), time limits (f), measures (g), in that order.
LETTERS = [
    "Processing",
    "Controller",
    "Purpose",
    "Whose data",
    "Which data",
    "Recipients",
    "Outside the EEA",
    "Kept for",
    "Protection",
]


@pytest.fixture
def firm(desk: Desk) -> RecipientRef:
    ref = desk.run(
        add_recipient,
        name="Molnet",
        role=RecipientRole.PROCESSOR,
        service="Servrar",
        gets="Namn och bilder",
        country="US",
        mechanism="Standardavtalsklausuler",
        agreement_on=TODAY,
        agreement_until=TODAY + timedelta(days=365),
        sub_processors=({"name": "Hallen", "country": "IE", "service": "Ström"},),
        deletes_after="3-4 månader",
    )
    desk.run(see_evidence, recipient_ref=ref, what="Gallringslogg")
    return ref


@pytest.fixture
def cameras(desk: Desk, firm: RecipientRef) -> ActivityRef:
    """A row that says everything there is to say."""
    ref = desk.run(
        register_activity,
        name="Gårdens kameror",
        purpose="Skydda maskinerna",
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
    )
    said = ActivityChanges(
        basis_note="Det har stulits.",
        further_purposes=(
            {
                "purpose": "Lämna klipp till polisen",
                "legal_basis": "legal_obligation",
                "basis_note": "Rättegångsbalken",
                "start": "completed",
                "count": 30,
                "unit": "days",
                "law": None,
            },
        ),
        subjects=("Besökare",),
        categories=(
            {"text": "Rörliga bilder", "special": False},
            {"text": "Hälsa som syns", "special": True},
        ),
        special_condition=SpecialCondition.LEGAL_CLAIM,
        sources="Åtta kameror",
        collected_from=Origin.OTHER,
        duty="Ingen måste in på gården",
        profiling="Vi räknar besök",
        automated_decision="Porten öppnas av sig själv",
        objection="Ring oss",
        deidentification="Ansikten suddas",
        measures=("Låst skåp",),
        responsible="Verkmästaren",
        joint_controller="Grannen AB",
        joint_arrangement="Grannen svarar på frågor",
        system_of_record="Inspelaren",
        statements=("Vi lyssnar aldrig",),
        cookies=(
            {
                "name": "_ga",
                "owner": "Google",
                "life": "400 dagar",
                "purpose": "Mäta",
                "basis": "Samtycke",
            },
        ),
        camera={"number": 8, "places": "Gården", "days": 7, "sign": True, "sound": False},
        audiences=(Audience.CUSTOMERS,),
        rule=RetentionRule(Start.RECORDED, 7, Unit.DAYS, reason="Larmet ses efter på måndag"),
        recipients=(firm,),
    )
    desk.run(update_activity, activity_ref=ref, changes=said)
    steps = {"purpose": "x", "necessity": "x", "balance": "x", "outcome": "Stölderna väger tyngst"}
    desk.run(weigh_interest, activity_ref=ref, **steps)
    desk.run(
        screen_risk,
        activity_ref=ref,
        criteria=(RiskCriterion.MONITORING,),
        conclusion="Ett kriterium räcker inte",
    )
    return ref


def table_of(document: Document) -> Table:
    (found,) = (
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    )
    return found


def row_of(document: Document, name: str) -> dict[str, Any]:
    table = table_of(document)
    found = next(row for row in table.rows if row[0] == name)
    return {column.title: cell for column, cell in zip(table.columns, found, strict=True)}


def test_the_register_says_first_what_the_law_asks_for_and_then_the_rest(
    desk: Desk, cameras: ActivityRef
) -> None:
    document = desk.ask(register_report, language_code="en")
    assert [one.title for one in table_of(document).columns if one.mandatory] == LETTERS
    assert [one.title for one in table_of(document).columns][: len(LETTERS)] == LETTERS
    assert document.landscape
    assert row_of(document, "Gårdens kameror") == {
        "Processing": "Gårdens kameror",
        "Controller": "Kafé Lind, together with Grannen AB",
        "Purpose": "Skydda maskinerna",
        "Whose data": "Besökare",
        "Which data": "Rörliga bilder; Hälsa som syns",
        "Recipients": "Molnet (Servrar, processor, agreement 21 Nov 2026)",
        "Outside the EEA": "Molnet (US): Standardavtalsklausuler",
        "Kept for": "7 days after it was written down; 30 days after the order or request was "
        "completed",
        "Protection": "Låst skåp",
        "Legal basis": "Legitimate interest, Article 6(1)(f). Det har stulits.",
        "Further purposes": "Lämna klipp till polisen. Legal obligation, Article 6(1)(c). "
        "Rättegångsbalken. 30 days after the order or request was completed.",
        "Sensitive data": "Hälsa som syns: a legal claim",
        "Source": "Åtta kameror",
        "Collected from": "Somebody else, such as a public register",
        "Must the data be given": "Ingen måste in på gården",
        "Legitimate interest weighed": "21 Nov 2026: Stölderna väger tyngst",
        "Risk judged": "21 Nov 2026: People are watched systematically. Ett kriterium räcker inte.",
        "Profiling": "Vi räknar besök",
        "Automated decision": "Porten öppnas av sig själv",
        "How to object": "Ring oss",
        "Why so long": "Larmet ses efter på måndag",
        "When the time is over": "Erase it",
        "Made less personal by": "Ansikten suddas",
        "Arrangement with the joint controller": "Grannen svarar på frågor",
        "Cameras": "8 cameras. Gården. Recordings live for 7 days. A sign tells people "
        "before they are filmed. No sound is recorded.",
        "Cookies": "_ga: Google, 400 dagar, Mäta, Samtycke",
        "Kept in": "Inspelaren",
        "Responsible": "Verkmästaren",
        "We also say": "Vi lyssnar aldrig",
        "Told to": "Customers",
    }


def test_the_register_names_who_answers_for_it(desk: Desk) -> None:
    block = desk.ask(register_report, language_code="en").sections[0].blocks[0]
    assert isinstance(block, Fields)
    said = dict(block.lines)
    assert (said["Name"], said["Contact for privacy"]) == ("Kafé Lind", "Maja Lind")
    assert "no data protection officer" in said["Data protection officer"]
    assert said["Org. number"] == "556036-0793"


def test_what_no_row_says_has_no_column_and_what_the_law_asks_for_has_one(desk: Desk) -> None:
    titles = [one.title for one in table_of(desk.ask(register_report, language_code="en")).columns]
    assert "Profiling" not in titles
    assert set(LETTERS) <= set(titles)
    bare = desk.run(
        register_activity, name="Kurser", purpose="Kurser", legal_basis=LegalBasis.CONTRACT
    )
    assert bare
    row = row_of(desk.ask(register_report, language_code="en"), "Kurser")
    assert (row["Whose data"], row["Recipients"], row["Outside the EEA"]) == (
        "",
        "Nobody else",
        "No",
    )


def test_anybody_may_know_what_is_kept_but_not_who_keeps_it_or_how(
    desk: Desk, cameras: ActivityRef
) -> None:
    desk.run(update_organisation, email="hej@kafelind.se")
    document = desk.ask(public_report, language_code="en")
    row = row_of(document, "Gårdens kameror")
    assert (row["Purpose"], row["Recipients"]) == ("Skydda maskinerna", "Molnet (Servrar)")
    assert row["Kept for"].startswith("7 days")
    said = str([section.blocks[0] for section in document.sections[:1]])
    everything = " ".join(str(cell) for one in table_of(document).rows for cell in one)
    fields = document.sections[0].blocks[0]
    assert isinstance(fields, Fields)
    everything += str(fields.lines) + said
    for secret in ("Maja", "Verkmästaren", "Låst skåp", "agreement", "Stölderna"):
        assert secret not in everything
    assert "hej@kafelind.se" in everything


def test_the_period_stands_next_to_its_law(desk: Desk, cameras: ActivityRef) -> None:
    table = table_of(desk.ask(retention_report, language_code="en"))
    titles = [one.title for one in table.columns]
    assert titles.index("The law that says so") == titles.index("Kept for") + 1
    rows: list[dict[str, Any]] = [dict(zip(titles, row, strict=True)) for row in table.rows]
    books = next(one for one in rows if one["Processing"] == "Invoices and bookkeeping")
    assert books["Kept for"].startswith("7 years after the end of the calendar year")
    assert "1999:1078" in books["The law that says so"]
    own, other = (one for one in rows if one["Processing"] == "Gårdens kameror")
    assert (own["Kept for"], own["Why so long"], own["The law that says so"]) == (
        "7 days after it was written down",
        "Larmet ses efter på måndag",
        "",
    )
    assert (other["Purpose"], other["Kept for"]) == (
        "Lämna klipp till polisen",
        "30 days after the order or request was completed",
    )
    assert (own["When the time is over"], own["Kept in"]) == ("Erase it", "Inspelaren")


def test_processors_stand_with_their_agreements(desk: Desk, cameras: ActivityRef) -> None:
    row = row_of(desk.ask(processors_report, language_code="en"), "Molnet")
    assert row["Agreement of"] == TODAY
    assert row["Agreement until"] == TODAY + timedelta(days=365)
    assert (row["Country"], row["Safeguard outside the EEA"]) == (
        "United States",
        "Standardavtalsklausuler",
    )
    assert (row["Sub-processors"], row["Deletes after"]) == (
        "Hallen (Ireland, Ström)",
        "3-4 månader",
    )
    assert row["Evidence seen"] == "21 Nov 2026: Gallringslogg"
    assert (row["Gets"], row["Gets data of"]) == ("Namn och bilder", "Gårdens kameror")
    names = {one[0] for one in table_of(desk.ask(processors_report)).rows}
    everybody = {one[0] for one in table_of(desk.ask(recipients_report)).rows}
    assert everybody == {one.name for one in desk.ask(list_recipients)}
    assert "Skatteverket" in everybody - names
    accountant = row_of(desk.ask(processors_report, language_code="en"), "The accountant")
    assert accountant["Agreement of"] == "missing"
    assert accountant["Safeguard outside the EEA"] == "Not needed"


def test_the_record_of_a_processor_has_what_article_30_2_asks_for(
    desk: Desk, firm: RecipientRef
) -> None:
    changes = ControllerChanges(
        name="Salong Saxen",
        org_number="5560360793",
        contact="Eva",
        categories=("Lagra bokningar", "Skicka sms"),
        measures=("Egen databas",),
        agreement_on=TODAY,
        recipients=(firm,),
    )
    desk.run(add_controller, changes=changes)
    document = desk.ask(processor_register_report, language_code="en")
    assert row_of(document, "Salong Saxen, org. number 556036-0793") == {
        "Customer": "Salong Saxen, org. number 556036-0793",
        "Contact": "Eva",
        "What is done for it": "Lagra bokningar; Skicka sms",
        "Outside the EEA": "Molnet (US): Standardavtalsklausuler",
        "Protection": "Egen databas",
        "Sub-processors": "Molnet",
        "Agreement of": TODAY,
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_agreement_is_filled_in_and_ready_to_sign(
    desk: Desk, firm: RecipientRef, tmp_path: Path, code: str
) -> None:
    to = tmp_path / "avtal.docx"
    receipt = desk.run(export_agreement, recipient_ref=firm, to=to, language_code=code)
    text = "\n".join(one.text for one in docx.Document(str(to)).paragraphs)
    for said in ("Kafé Lind", "556036-0793", "Molnet", "Servrar", "Namn och bilder", "Hallen"):
        assert said in text
    assert "{" not in text
    assert receipt.format == "docx"
    for letter in "abcdefgh":
        assert letter in text
    paper = tmp_path / "avtal.pdf"
    desk.run(
        export_agreement,
        recipient_ref=firm,
        to=paper,
        format=FileFormat.PDF,
        language_code=code,
    )
    assert "Molnet" in read_pdf(paper)


def test_what_the_register_does_not_know_is_left_open_in_an_agreement(desk: Desk) -> None:
    bare = desk.run(add_recipient, name="Byrån", role=RecipientRole.PROCESSOR)
    sections = desk.ask(agreement_report, recipient_ref=bare, language_code="en").sections
    text = " ".join(block.text for one in sections for block in one.blocks)  # type: ignore[union-attr]
    assert "for the controller: …………" in text
    assert "when the agreement begins: none" in text
    authority = desk.run(add_recipient, name="Verket", role=RecipientRole.AUTHORITY)
    with pytest.raises(DomainError, match="made with a processor, which Verket is not"):
        desk.ask(agreement_report, recipient_ref=authority)


@pytest.mark.parametrize(
    "export",
    [
        export_register,
        export_processor_register,
        export_processors,
        export_recipients,
        export_retention,
        export_public,
    ],
)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_report_is_one_sheet_and_a_paper_on_its_side(
    desk: Desk, cameras: ActivityRef, tmp_path: Path, export: Any, code: str
) -> None:
    desk.run(add_controller, changes=ControllerChanges(name="Salong Saxen"))
    sheet, paper = tmp_path / "a.xlsx", tmp_path / "a.pdf"
    receipt = desk.run(export, to=sheet, language_code=code)
    book = openpyxl.load_workbook(sheet)
    assert len(book.sheetnames) == 1
    assert receipt.rows > 0
    assert book.worksheets[0].page_setup.orientation == "landscape"
    desk.run(export, to=paper, format=FileFormat.PDF, language_code=code)
    assert read_pdf(paper)


def test_a_business_says_what_is_missing_about_it(desk: Desk) -> None:
    assert desk.ask(list_missing_of_organisation) == (
        "There is no way to ask the business about privacy",
    )
    desk.run(update_organisation, phone="0701740645")
    assert desk.ask(list_missing_of_organisation) == ()
    desk.run(update_organisation, officer=" ", contact="", address="", org_number="")
    assert len(desk.ask(list_missing_of_organisation)) == 4
    assert desk.ask(show_organisation).officer == ""
