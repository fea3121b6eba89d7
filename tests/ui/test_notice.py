"""The page of the notice: read, published, compared, told of; and the checker of another text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.terms import Audience
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.notice import mark_notice_told, publish_notice, show_notice
from gdprdesk.services.notice_files import NoticeFormat
from gdprdesk.services.organisation import update_organisation
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.notice_difference import NoticeDifferenceDialog
from gdprdesk_ui.dialogs.notice_people import NoticePeopleDialog
from gdprdesk_ui.pages.notice import NoticePage
from tests.builders import TODAY, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write

POLICIES = Path(__file__).parent.parent / "data/policies"


@pytest.fixture
def page(context, show, desk):
    desk.run(update_organisation, email="maja@example.se")
    made = NoticePage(context)
    made.resize(1100, 700)
    made.refresh()
    return show(made)


def labels(page: NoticePage) -> str:
    return "\n".join(one.text() for one in page.written.side.findChildren(QLabel))


def refreshed(page: NoticePage) -> NoticePage:
    assert page.context.operations.wait()
    page.refresh()
    return page


def change_the_register(desk) -> None:
    ref = desk.ask(list_activities)[0].ref
    desk.run(update_activity, activity_ref=ref, changes=ActivityChanges(sources="Kunden berättar"))


# ---- The notice --------------------------------------------------------------------------------


def test_it_is_read_in_the_language_of_the_register(page) -> None:
    said = page.written.text.toPlainText()
    assert said.startswith("Så hanterar vi dina personuppgifter")
    assert "Kafé Lind är personuppgiftsansvarig" in said
    assert "Adress\nBox 8114, 104 20 Stockholm\nWebbplats\nhttps://www.imy.se\n" in said
    assert page.written.text.verticalScrollBar().value() == 0
    assert "Nothing: it says all that Articles 13 and 14 ask for." in labels(page)


def test_another_audience_and_language_are_chosen_by_a_click(page, qtbot) -> None:
    click(qtbot, page.written.audiences.buttons["web"])
    click(qtbot, page.written.languages.buttons["en"])
    said = page.written.text.toPlainText()
    assert "This is for you who visit our website." in said
    assert "cookie_consent" in said
    assert "Visitors are not in the register." in labels(page)


def test_what_is_missing_leads_to_where_it_is_put_right(page, desk, qtbot) -> None:
    desk.run(update_organisation, email="")
    ref = desk.ask(list_activities)[0].ref
    desk.run(update_activity, activity_ref=ref, changes=ActivityChanges(duty=""))
    refreshed(page)
    business, row = page.written.side.mend_buttons
    qtbot.waitUntil(row.isVisible)
    click(qtbot, business)
    click(qtbot, row)
    assert page.context.window.opened == [("settings", {}), ("register", {"activity_ref": ref})]


def test_publishing_makes_a_version_once(page, desk, qtbot) -> None:
    click(qtbot, page.written.publish_button)
    qtbot.waitUntil(lambda: page.context.window.said == ["Version 1 is published"])
    refreshed(page)
    versions = desk.ask(show_notice, audience=Audience.CUSTOMERS).versions
    assert [one.number for one in versions] == [1]
    assert not page.written.publish_button.isEnabled()
    assert "Published" in labels(page)
    change_the_register(desk)
    refreshed(page)
    assert page.written.publish_button.isEnabled()
    assert "The register says something else than version 1." in labels(page)


def test_it_is_saved_in_the_format_chosen(page, qtbot, tmp_path) -> None:
    for kind, action in zip(NoticeFormat, page.written.save_menu.actions(), strict=True):
        to = tmp_path / f"policy.{kind.value}"
        ask.next_answer(to)
        action.trigger()
        assert page.context.operations.wait()
        qtbot.waitUntil(lambda: f"{to.name} is saved" in page.context.window.said)  # noqa: B023
        assert to.stat().st_size > 1000


def test_an_old_version_is_saved_as_it_was(page, desk, qtbot, tmp_path) -> None:
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    change_the_register(desk)
    refreshed(page)
    (button,) = page.written.side.save_buttons
    qtbot.waitUntil(button.isVisible)
    click(qtbot, button)
    to = tmp_path / "old.md"
    ask.next_answer(to)
    page.written.save_menu.actions()[3].trigger()
    qtbot.waitUntil(to.exists)
    assert page.context.operations.wait()
    assert "Kunden berättar" not in to.read_text("utf-8")
    page.written.save_menu.close()


def test_what_changed_stands_beside_what_it_was(page, desk, qtbot) -> None:
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    change_the_register(desk)
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    refreshed(page)
    click(qtbot, page.written.side.compare_button)
    shown = dialog(qtbot, page.context.window, NoticeDifferenceDialog)
    assert shown.summary.text() == "Nothing: they say the same, word for word."
    qtbot.keyClick(shown.older, Qt.Key.Key_Down)  # version 1, with the register of today
    (part,) = shown.changes
    assert part.heading == "Beställningar och bokningar"
    assert [one.after for one in part.sentences if one.after] == [
        "Var de kommer ifrån: Kunden berättar."
    ]
    qtbot.keyClick(shown.newer, Qt.Key.Key_End)  # version 1 with itself
    assert shown.summary.text().startswith("Choose an older version first")
    assert nameless(shown) == []
    shown.accept()


def test_people_are_told_and_that_is_written_down(page, desk, qtbot) -> None:
    person(desk, "Karin Holm", email="karin@example.se")
    person(desk, "Bo Ek")
    person(desk, "Anna Ny", email="anna@example.se")
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    refreshed(page)
    assert "It is for 3 people in the register." in labels(page)
    click(qtbot, page.written.side.people_button)
    shown = dialog(qtbot, page.context.window, NoticePeopleDialog)
    assert shown.table.model().rowCount() == 3
    click(qtbot, shown.copy_button)
    assert QGuiApplication.clipboard().text() == "anna@example.se; karin@example.se"
    assert nameless(shown) == []
    click(qtbot, shown.verb_button)
    assert page.context.operations.wait()
    qtbot.waitUntil(lambda: bool(page.context.window.said))
    (version,) = desk.ask(show_notice, audience=Audience.CUSTOMERS).versions
    assert version.told_on == TODAY


def test_nothing_is_told_of_before_there_is_a_version(page, desk, qtbot) -> None:
    person(desk, "Karin Holm")
    refreshed(page)
    click(qtbot, page.written.side.people_button)
    shown = dialog(qtbot, page.context.window, NoticePeopleDialog)
    assert (shown.verb_button.text(), shown.copy_button.isEnabled()) == ("Close", False)
    shown.accept()


def test_whoever_was_told_is_not_to_be_told_again(page, desk, qtbot) -> None:
    person(desk, "Karin Holm")
    ref = desk.run(publish_notice, audience=Audience.CUSTOMERS)
    desk.run(mark_notice_told, ref=ref)
    refreshed(page)
    assert "told 21 Nov" in labels(page)
    click(qtbot, page.written.side.people_button)
    shown = dialog(qtbot, page.context.window, NoticePeopleDialog)
    assert shown.verb_button.text() == "Close"
    shown.accept()


# ---- The checker -------------------------------------------------------------------------------


@pytest.fixture
def checker(page):
    page.sides.choose("check")
    return page.checker


def titles(checker) -> list[str]:
    return [one.title for one in checker.report.findings]


def test_a_pasted_text_is_checked_and_its_sentence_marked(page, checker, qtbot) -> None:
    good = (POLICIES / "good_sv.md").read_text("utf-8")
    checker.text.setPlainText(f"{good}\n\nVi följer PuL.\n")
    click(qtbot, checker.check_button)
    qtbot.waitUntil(lambda: checker.report is not None)
    assert checker.summary.text() == "1 thing to put right"
    assert checker.found.current().detail == "Vi följer PuL."
    assert checker.text.textCursor().selectedText() == "Vi följer PuL."
    assert checker.found.hasFocus()


def test_arrow_keys_go_from_finding_to_finding(page, checker, qtbot) -> None:
    checker.text.setPlainText((POLICIES / "faulty_cafe_sv.txt").read_text("utf-8"))
    qtbot.keyClick(checker.check_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: checker.report is not None)
    first = checker.found.current().key
    qtbot.keyClick(checker.found, Qt.Key.Key_Down)
    assert checker.found.current().key != first


def test_a_file_is_read_and_checked_at_once(page, checker, qtbot) -> None:
    ask.next_answer(POLICIES / "good_nb.txt")
    click(qtbot, checker.file_button)
    qtbot.waitUntil(lambda: checker.report is not None)
    assert checker.summary.text() == "Nothing to put right"
    assert checker.report.language == "nb"
    assert "personvern" in checker.text.toPlainText().lower()


def test_what_cannot_be_checked_says_why_under_the_field(page, checker, qtbot, tmp_path) -> None:
    click(qtbot, checker.check_button)
    qtbot.waitUntil(lambda: checker.field.sentence.text().startswith("There is no text to check"))
    write(checker.text, "Vispa")
    picture = tmp_path / "bild.png"
    picture.write_bytes(b"\x89PNG" + bytes(50))
    checker.empty.dropped.emit(picture)
    qtbot.waitUntil(lambda: "picture" in checker.field.sentence.text())
    assert checker.text.toPlainText() == "Vispa"
    assert page.context.operations.wait()


def test_the_check_has_no_buttons_of_the_notice(page, checker) -> None:
    assert not page.written.publish_button.isVisible()
    assert not page.written.save_button.isVisible()
    assert page.first_focus() is checker.text
    assert page.commands() == {}


# ---- The page ----------------------------------------------------------------------------------


def test_other_pages_open_it_at_an_audience_or_at_the_check(page) -> None:
    page.arrive(audience=Audience.STAFF)
    assert page.written.audiences.key() == "staff"
    page.arrive(check=True)
    assert page.first_focus() is page.checker.text
    page.arrive()
    assert page.sides.key() == "written"


def test_everything_has_a_name_in_every_look(context, show, every_look) -> None:
    page = NoticePage(context)
    page.resize(900, 600)
    page.refresh()
    show(page)
    page.grab()
    assert nameless(page) == []
    page.sides.choose("check")
    page.grab()
    assert nameless(page) == []


def test_the_window_opens_it_under_the_register(desk, theme, show, clock) -> None:
    with opened(desk, theme, show, clock) as window:
        window.open_page("notice")
        (page,) = window.findChildren(NoticePage)
        assert page.isVisible()
        assert page.written.text.toPlainText()
