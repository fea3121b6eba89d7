"""What is written about breaches: the form on paper, the log, the letters."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BreachKind, BreachRisk
from gdprdesk.exports.document import Fields, Paragraph, Points
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.breach_files import (
    export_breach,
    export_breach_letter,
    export_breach_letters,
    export_breaches,
)
from gdprdesk.services.breach_forms import show_breach_form
from gdprdesk.services.breach_people import choose_people, tell_people
from gdprdesk.services.breach_served import choose_controllers
from gdprdesk.services.breach_steps import (
    close_breach,
    leave_unreported,
    report_breach,
    tick_step,
)
from gdprdesk.services.breaches import start_breach
from gdprdesk.services.files import FileFormat
from gdprdesk.services.reports.breach import (
    breach_letter_report,
    breach_report,
    breaches_report,
)
from gdprdesk.services.reports.year import year_report
from gdprdesk.services.served import ControllerChanges, add_controller
from tests.breaches import told
from tests.builders import NOON, Clock, person
from tests.texts import read_pdf


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_paper_says_all_that_the_authority_asks_and_names_nobody(
    desk: Desk, tmp_path: Path, code: str
) -> None:
    karin = person(desk, "Karin Holm")
    ref = told(desk, risk=BreachRisk.HIGH)
    desk.run(choose_people, breach_ref=ref, subject_refs=(karin,))
    desk.run(tell_people, breach_ref=ref)
    desk.run(tick_step, breach_ref=ref, step="police")
    desk.run(report_breach, breach_ref=ref, authority_case="IMY-2026-77")
    to = tmp_path / "breach.pdf"
    desk.run(export_breach, breach_ref=ref, to=to, language_code=code)
    text = read_pdf(to.read_bytes())
    form = desk.ask(show_breach_form, breach_ref=ref, language_code=code)
    flat = " ".join(text.split())
    for line in form.lines:
        assert " ".join(line.value.split()) in flat, line.heading
    assert "IMY-2026-77" in text
    assert "Holm" not in text
    assert desk.ask(breach_report, breach_ref=ref, language_code=code).language == code


def test_the_log_has_them_all_also_those_not_reported(
    desk: Desk, tmp_path: Path, clock: Clock
) -> None:
    first = told(desk)
    desk.run(leave_unreported, breach_ref=first, why="Krypterad och låst.")
    desk.run(close_breach, breach_ref=first)
    clock.move(hours=1)
    second = told(desk, BreachKind.LOST_PAPER, risk=BreachRisk.RISK)
    clock.move(hours=80)
    desk.run(report_breach, breach_ref=second, late="Pärmen saknades först på måndagen.")
    to = tmp_path / "log.xlsx"
    receipt = desk.run(export_breaches, to=to, language_code="en")
    assert receipt.rows == 2
    sheet = openpyxl.load_workbook(to).active
    rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    [heading] = [row for row in rows if "Became known" in str(row)]
    place = {str(title).removesuffix(" *"): number for number, title in enumerate(heading)}
    said = [
        (row[place["Number"]], row[place["Why not, or why late"]], row[place["Closed"]])
        for row in rows[rows.index(heading) + 1 :]
    ]
    assert [one[:2] for one in said[:2]] == [
        (1, "Krypterad och låst."),
        (2, "Pärmen saknades först på måndagen."),
    ]
    assert said[0][2].date() == date(2026, 11, 21)
    desk.run(export_breaches, to=tmp_path / "log.pdf", format=FileFormat.PDF)
    assert "Krypterad och låst." in read_pdf((tmp_path / "log.pdf").read_bytes())


def test_an_empty_log_says_so(desk: Desk) -> None:
    [section] = desk.ask(breaches_report, language_code="en").sections
    said = section.blocks[1]
    assert isinstance(said, Paragraph)
    assert said.text == "No breach has been written down."


def test_letters_to_everybody_who_is_not_told_yet(desk: Desk, tmp_path: Path) -> None:
    karin, olle = person(desk, "Karin Holm"), person(desk, "Olle Ek", language="nb")
    ref = told(desk, risk=BreachRisk.HIGH)
    with pytest.raises(DomainError, match="Nobody is chosen"):
        desk.run(export_breach_letters, breach_ref=ref, to=tmp_path / "letters.zip")
    desk.run(choose_people, breach_ref=ref, subject_refs=(karin, olle))
    with pytest.raises(DomainError, match=r"must end in \.zip"):
        desk.run(export_breach_letters, breach_ref=ref, to=tmp_path / "letters.pdf")
    receipt = desk.run(export_breach_letters, breach_ref=ref, to=tmp_path / "letters.zip")
    assert receipt.rows == 2
    with zipfile.ZipFile(tmp_path / "letters.zip") as archive:
        assert archive.namelist() == ["0001.pdf", "0002.pdf"]
        first, second = (read_pdf(archive.read(name)) for name in archive.namelist())
    assert "Hej Karin Holm," in first
    assert "Hei Olle Ek," in second


def test_a_letter_of_its_own_to_each(desk: Desk, tmp_path: Path) -> None:
    karin = person(desk, "Karin Holm")
    served = desk.run(add_controller, changes=ControllerChanges(name="Salong Vera"))
    ref = told(desk)
    desk.run(choose_controllers, breach_ref=ref, controller_refs=(served,))
    readers: tuple[tuple[dict[str, Any], str], ...] = (
        ({"subject_ref": karin}, "Hej Karin Holm,"),
        ({"controller_ref": served}, "Till Salong Vera"),
        ({}, "Till dig som är eller har varit kund hos oss:"),
    )
    for number, (reader, says) in enumerate(readers):
        to = tmp_path / f"{number}.pdf"
        desk.run(export_breach_letter, breach_ref=ref, to=to, **reader)
        assert says in read_pdf(to.read_bytes())
    document = desk.ask(breach_letter_report, breach_ref=ref, subject_ref=karin, language_code="en")
    assert (document.title, document.subtitle) == (
        "About an event that concerns your data",
        "Karin Holm",
    )


def test_the_time_it_took_stands_on_the_paper(desk: Desk) -> None:
    ref = desk.run(start_breach, kind=BreachKind.OTHER, known_at=NOON - timedelta(hours=24))
    [standing, *_rest] = desk.ask(breach_report, breach_ref=ref, language_code="en").sections
    facts, gaps = standing.blocks[:2]
    assert isinstance(facts, Fields)
    assert isinstance(gaps, Points)
    lines = dict(facts.lines)
    assert lines["To be reported by"].endswith("(72 hours)")
    assert lines["Reported"] == "Not yet"
    assert "The risk is not judged" in gaps.items


def test_the_yearly_check_counts_them(desk: Desk, clock: Clock) -> None:
    def lines():
        sections = desk.ask(year_report, year=2026, language_code="en").sections
        return dict(
            line for one in sections for block in one.blocks for line in getattr(block, "lines", ())
        )

    assert "Personal data breaches" not in lines()
    told(desk, BreachKind.LOST_PAPER)
    reported = told(desk)
    desk.run(report_breach, breach_ref=reported)
    clock.move(hours=73)
    assert lines()["Personal data breaches"] == "2, 1 of them reported, 1 late"
