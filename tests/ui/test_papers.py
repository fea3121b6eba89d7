"""Paper in the window: listed, due, shredded; the log is saved. Promises 000.14 and 001.14."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdprdesk.services.activities import list_activities
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.holds import list_holds
from gdprdesk.services.notes import load_draft
from gdprdesk.services.papers import PaperChanges, add_paper, list_papers, show_usual_row
from gdprdesk.services.shredding import list_shredded
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.paper_form import PaperForm, ShredForm
from gdprdesk_ui.pages.papers import PapersPage
from tests.builders import TODAY, delivered, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, press, save_as, write

OLD = date(2023, 1, 31)


@pytest.fixture
def box(desk):
    """A box of orders whose time is over."""
    changes = PaperChanges(place="Skåpet", box="Låda 3", what="Beställningar", to_on=OLD)
    return desk.run(add_paper, changes=changes)


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("clean_up")
        yield made


def papers_page(window, qtbot):
    click(qtbot, window.page().paper_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), PapersPage))
    return window.page()


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_an_empty_cabinet_says_how_to_begin_and_a_box_is_added(desk, window, qtbot) -> None:
    person(desk)
    page = papers_page(window, qtbot)
    assert page.empty.isVisible()
    assert not page.print_button.isVisible()
    assert nameless(page) == []
    click(qtbot, page.new_button)
    form = dialog(qtbot, window, PaperForm)
    assert nameless(form) == []
    assert form.activity.value() == desk.ask(show_usual_row)
    assert not form.remove_button.isVisible()
    click(qtbot, form.verb_button)
    assert form._fields[0].sentence.text() == "Write where it lies."
    write(form.place, "Låst skåp")
    write(form.box, "Pärm 1")
    write(form.what, "Avtal")
    form.person.choose(form.person._rows("Karin")[0])
    form.oldest.set_day(TODAY)
    form.newest.set_day(OLD)
    click(qtbot, form.verb_button)
    assert form.isVisible()
    form.oldest.set_day(None)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(page.lines) == 1)
    (one,) = desk.ask(list_papers)
    assert (one.place, one.box, one.what, one.name, one.to_on) == (
        "Låst skåp",
        "Pärm 1",
        "Avtal",
        "Karin Holm",
        OLD,
    )
    assert "1 is to be taken out and shredded" in said(page)
    assert not page.empty.isVisible()


def test_what_is_half_written_about_paper_is_kept(desk, window, qtbot) -> None:
    karin = person(desk)
    page = papers_page(window, qtbot)
    click(qtbot, page.new_button)
    form = dialog(qtbot, window, PaperForm)
    write(form.box, "Pärm 7")
    form.person.choose(form.person._rows("Karin")[0])
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="paper").get("person") == karin)
    form.close()
    form.deleteLater()
    form._draft.touch()


def test_a_box_that_is_over_is_shredded_from_the_clean_up(desk, box, window, qtbot) -> None:
    page = window.page()
    assert not page.empty.isVisible()
    assert "Only paper is over" in page.heading.sentence.text()
    (line,) = page.papers.lines
    assert nameless(page) == []
    click(qtbot, line.shred_button)
    form = dialog(qtbot, window, ShredForm)
    assert nameless(form) == []
    assert form.by.text() == "Maja Lind"
    form.day.set_day(TODAY + timedelta(days=1))
    click(qtbot, form.verb_button)
    assert form._fields[3].sentence.text() == (
        "Nothing has been shredded on a day that has not come."
    )
    form.day.set_day(TODAY)
    write(form.amount, "1 låda")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(page.empty.isVisible)
    (done,) = desk.ask(list_shredded)
    assert (done.amount, done.done_by, done.how) == ("1 låda", "Maja Lind", "Cross-cut shredder")
    assert not page.papers.isVisible()


def test_what_the_register_refuses_stands_in_the_form(desk, window, qtbot) -> None:
    law = next(one.ref for one in desk.ask(list_activities) if one.name.startswith("Fakturor"))
    changes = PaperChanges(
        place="Skåpet", box="Pärm 2", what="Fakturor", activity_ref=law, to_on=TODAY
    )
    desk.run(add_paper, changes=changes)
    page = papers_page(window, qtbot)
    assert "Kept until 31 Dec 2033, by law" in said(page)
    click_once_shown(qtbot, lambda: page.lines[0].shred_button)
    form = dialog(qtbot, window, ShredForm)
    write(form.amount, "1")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert "must be kept until" in form.problem.title.text()
    assert form.amount.text() == "1"
    qtbot.waitUntil(form.verb_button.isEnabled)
    write(form.scan, "Maja")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_papers) == ())


def test_loose_paper_belongs_to_an_erasure(desk, window, qtbot, tmp_path) -> None:
    karin = person(desk)
    delivered(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    page = papers_page(window, qtbot)
    click(qtbot, page.shred_button)
    form = dialog(qtbot, window, ShredForm)
    assert form.erasure.isVisible()
    assert form.erasure.count() == 2
    form.erasure.set_value(karin)
    write(form.what, "Beställningslappar")
    write(form.amount, "3 ark")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "for an erasure" in said(page))
    assert desk.ask(list_shredded)[0].subject_ref == karin
    to = tmp_path / "log.pdf"
    ask.next_answer(to)
    click(qtbot, page.log_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "log.pdf is saved")
    assert karin in "".join(read_pdf(to).split())
    assert "Holm" not in read_pdf(to)
    to = tmp_path / "log.xlsx"
    ask.next_answer(to)
    click(qtbot, page.sheet_button)
    qtbot.waitUntil(lambda: to.exists() and window.toast.words.text() == "log.xlsx is saved")


def test_a_box_is_changed_and_taken_out_of_the_list(desk, box, window, qtbot, tmp_path) -> None:
    page = papers_page(window, qtbot)
    to = tmp_path / "list.pdf"
    click(qtbot, page.print_button)
    save_as(qtbot, window, to)
    qtbot.waitUntil(lambda: window.toast.words.text() == "list.pdf is saved")
    click_once_shown(qtbot, lambda: page.lines[0].change_button)
    form = dialog(qtbot, window, PaperForm)
    form.newest.set_day(None)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Still filled" in said(page))
    click_once_shown(qtbot, lambda: page.lines[0].change_button)
    form = dialog(qtbot, window, PaperForm)
    click(qtbot, form.remove_button)
    qtbot.waitUntil(page.empty.isVisible)
    assert desk.ask(list_shredded) == desk.ask(list_holds) == ()


def test_a_long_list_is_shortened(desk, box, window, qtbot) -> None:
    for number in range(14):
        changes = PaperChanges(place="Skåpet", box=f"Pärm {number:02}", what="Avtal", to_on=TODAY)
        desk.run(add_paper, changes=changes)
    page = papers_page(window, qtbot)
    assert len(page.lines) == 12
    assert page.more_buttons["papers"].text() == "Show all 15"
    click(qtbot, page.more_buttons["papers"])
    assert len(page.lines) == 15
    assert not page.more_buttons["papers"].isVisible()


def test_today_says_which_box_and_opens_the_form(desk, box, window, qtbot) -> None:
    window.navigate("today")
    row = next(one for one in window.page().tasks.rows if "Låda 3" in one.button.accessibleName()
               or "Låda 3" in said(one))  # fmt: skip
    click(qtbot, row.button)
    form = dialog(qtbot, window, ShredForm)
    press(qtbot, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_every_look(desk, box, every_look, context, show) -> None:
    page = show(PapersPage(context))
    page.refresh()
    page.grab()
    for form in (PaperForm(context), ShredForm(context, desk.ask(list_papers)[0])):
        form.open()
        form.grab()
        form.reject()
