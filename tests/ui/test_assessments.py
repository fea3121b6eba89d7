import pytest
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.terms import LegalBasis, RiskCriterion
from gdprdesk.services.activities import list_activities, register_activity, show_activity
from gdprdesk.services.assessments import list_assessments, screen_risk
from gdprdesk.services.notes import load_draft
from gdprdesk_ui.dialogs.assessment import AssessmentForm
from gdprdesk_ui.dialogs.screening import ScreeningForm
from tests.builders import TODAY
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened

STEPS = ("purpose", "necessity", "balance", "outcome")


@pytest.fixture
def shop(desk):
    """A row that rests on an interest nobody has weighed."""
    return desk.run(
        register_activity,
        name="Tävlingar",
        purpose="Lottar ut tårtor",
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
    )


@pytest.fixture
def window(desk, shop, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("register", activity_ref=shop)
        yield made


def words(page) -> list[str]:
    return [one.text() for one in page.sheet.findChildren(QLabel)]


def test_an_interest_is_weighed_in_four_steps(desk, shop, window, qtbot) -> None:
    page = window.page()
    assert "The legitimate interest has not been weighed" in page.sheet.lacks.sentence.text()
    page.sheet.weigh_button.click()
    form = dialog(qtbot, window, AssessmentForm)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert form.isVisible()
    assert form._fields[0].sentence.text() == "Write this step, too."
    for name in STEPS:
        form.steps[name].setPlainText(f" steg {name} ")
    form.decided_by.setText("Maja Lind")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "steg outcome" in words(page))
    assert "Decided 21 Nov 2026 by Maja Lind" in words(page)
    known = desk.ask(show_activity, activity_ref=shop)
    assert (known.assessment.necessity, known.assessment.decided_on) == ("steg necessity", TODAY)
    assert "The legitimate interest has not been weighed" not in known.row.lacks


def test_weighing_again_begins_with_what_was_concluded_and_keeps_it(
    desk, shop, window, qtbot
) -> None:
    page = window.page()
    for outcome in ("ja", "nej"):
        page.sheet.weigh_button.click()
        form = dialog(qtbot, window, AssessmentForm)
        for name in STEPS[:3]:
            if outcome == "ja":
                form.steps[name].setPlainText("steg")
            assert form.steps[name].toPlainText() == "steg"
        form.steps["outcome"].setPlainText(outcome)
        click(qtbot, form.verb_button)
        qtbot.waitUntil(lambda wanted=outcome: wanted in words(page))
    assert [one.outcome for one in desk.ask(list_assessments, activity_ref=shop)] == ["nej", "ja"]
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: "ja" in words(page))


def test_what_was_begun_is_there_after_a_lock(desk, shop, window, qtbot) -> None:
    window.page().sheet.weigh_button.click()
    form = dialog(qtbot, window, AssessmentForm)
    form.steps["purpose"].setPlainText("Hitta gamla beställningar")
    form._draft.keep()
    kept = {"form": f"assessment:{shop}", "subject_ref": None}
    qtbot.waitUntil(lambda: bool(desk.ask(load_draft, **kept)))
    form.reject()
    qtbot.waitUntil(lambda: not desk.ask(load_draft, **kept))


def test_the_risk_is_judged_with_advice_while_ticking(desk, shop, window, qtbot) -> None:
    page = window.page()
    page.sheet.judge_button.click()
    form = dialog(qtbot, window, ScreeningForm)
    assert nameless(form) == []
    assert len(form.boxes) == 9
    click(qtbot, form.boxes[RiskCriterion.SCORING])
    assert not form.advice.isVisible()
    click(qtbot, form.boxes[RiskCriterion.VULNERABLE])
    assert form.advice.isVisible()
    assert form.advice.title.text().startswith("2 of the nine criteria are met")
    click(qtbot, form.verb_button)
    assert form._field.sentence.text() == "Write what you conclude about the risk, and why."
    form.conclusion.setPlainText("Gjord i mars")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Gjord i mars" in words(page))
    known = desk.ask(show_activity, activity_ref=shop).screening
    assert known.criteria == (RiskCriterion.SCORING, RiskCriterion.VULNERABLE)


def test_what_was_ticked_before_is_ticked(desk, shop, window, qtbot) -> None:
    met = (RiskCriterion.MATCHING, RiskCriterion.HINDERED)
    desk.run(screen_risk, activity_ref=shop, conclusion="Liten risk", criteria=met)
    qtbot.waitUntil(lambda: "Liten risk" in words(window.page()))
    window.page().sheet.judge_button.click()
    form = dialog(qtbot, window, ScreeningForm)
    assert [one for one, box in form.boxes.items() if box.isChecked()] == [*met]
    assert form.advice.isVisible()
    assert form.conclusion.toPlainText() == "Liten risk"


def test_a_row_that_rests_on_no_interest_has_none_to_weigh(desk, window, qtbot) -> None:
    contract = next(
        one.ref
        for one in desk.ask(list_activities)
        if one.legal_basis is LegalBasis.CONTRACT and not one.missing
    )
    window.open_page("register", activity_ref=contract)
    assert not window.page().sheet.weigh_button.isVisible()
