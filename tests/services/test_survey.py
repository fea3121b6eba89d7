"""A cleaned copy of a survey is what was there without what tells whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.domain.errors import DomainError
from gdprdesk.exports.target import TargetExistsError
from gdprdesk.imports import read_grid
from gdprdesk.services.survey import SurveyCheck, check_survey, save_cleaned

LINES = """RespondentID,IP Address,Email Address,Vad var bra?,Betyg
1,10.0.0.1,asa@example.com,Allt,5
2,10.0.0.2,,"=HYPERLINK(""http://x"")",4
3,10.0.0.3,bo@example.com,Ring 070-174 06 45,3
"""


@pytest.fixture
def check(tmp_path: Path) -> SurveyCheck:
    path = tmp_path / "enkät.csv"
    path.write_text(LINES, "utf-8")
    return check_survey(read_grid(path))


def test_the_columns_go_and_the_answers_stay(check: SurveyCheck, tmp_path: Path) -> None:
    assert (len(check.columns), check.answers) == (4, 3)
    target = tmp_path / "ren.csv"
    assert save_cleaned(check, target, keep=[3]) == 3
    assert target.read_text("utf-8").splitlines() == [
        "Vad var bra?,Betyg",
        "Allt,5",
        '"\'=HYPERLINK(""http://x"")",4',
        "Ring 070-174 06 45,3",
    ]
    again = check_survey(read_grid(target))
    assert [one.heading for one in again.columns] == ["Vad var bra?"]
    workbook = tmp_path / "ren.xlsx"
    assert save_cleaned(check, workbook) == 4
    assert check_survey(read_grid(workbook)).columns == ()


def test_nothing_is_overwritten_and_nothing_empty_is_saved(
    check: SurveyCheck, tmp_path: Path
) -> None:
    target = tmp_path / "ren.csv"
    target.write_text("mine")
    with pytest.raises(TargetExistsError):
        save_cleaned(check, target)
    with pytest.raises(DomainError, match=r"must end in \.csv / \.xlsx"):
        save_cleaned(check, tmp_path / "ren.pdf")
    path = tmp_path / "bara.csv"
    path.write_text("IP Address,Email Address\n10.0.0.1,asa@example.com\n")
    with pytest.raises(DomainError, match="No column would be left"):
        save_cleaned(check_survey(read_grid(path)), tmp_path / "tom.csv")
