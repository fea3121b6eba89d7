import re

import pytest
from PySide6.QtCore import Qt, QUrl

from gdprdesk.i18n import LANGUAGES, language, use_language
from gdprdesk.resources import resource
from gdprdesk_ui.pages.help import INDEX, HelpPage, help_index, help_text
from tests.ui.accessibility import nameless


@pytest.fixture
def page(context, show):
    use_language("en")
    made = HelpPage(context)
    made.resize(1000, 700)
    return show(made)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_index_names_every_page_there_is(code) -> None:
    with language(code):
        named = {entry.key for section in help_index() for entry in section.entries}
        there = {one.name.removesuffix(".md") for one in resource(f"help/{code}").iterdir()}
    assert named == there


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_link_leads_to_a_page(code) -> None:
    with language(code):
        for section in help_index():
            for entry in section.entries:
                for target in re.findall(r"\]\(([^)]+)\)", help_text(str(entry.key))):
                    assert resource(f"help/{code}/{target}").is_file(), (entry.key, target)


def test_it_opens_at_the_index_and_reads_what_is_chosen(page, qtbot) -> None:
    assert page.page_shown() == INDEX
    page.index.setFocus()
    qtbot.keyClick(page.index, Qt.Key.Key_Down)
    assert page.page_shown() == "first-start"
    assert page.text.toPlainText().startswith("First start")


def test_a_link_in_the_text_leads_on(page) -> None:
    page.text.anchorClicked.emit(QUrl("erase.md"))
    assert page.page_shown() == "erase"
    assert page.text.toPlainText().startswith("Erase")
    assert page.index.current().key == "erase"


@pytest.mark.parametrize("link", ["https://example.org/a.md", "../../law/se.toml", "nothing.md"])
def test_nothing_leads_out_of_the_help(page, link) -> None:
    page.text.anchorClicked.emit(QUrl(link))
    assert page.page_shown() == INDEX


def test_a_page_is_opened_by_its_name(page) -> None:
    page.arrive(page="orders")
    assert page.text.toPlainText().startswith("Orders")


def test_it_is_named_and_painted(page, every_look) -> None:
    assert nameless(page) == []
    assert not page.grab().isNull()
