"""The help: the same pages in three languages, short, and with links that lead somewhere."""

import re

import pytest

from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource

PAGES = [
    "index",
    "first-start",
    "people",
    "orders",
    "consents",
    "register",
    "erase",
    "export",
    "import",
    "lock-and-keys",
    "accountant",
    "commands",
    "changelog",
]


def page(language, name):
    return resource(f"help/{language}/{name}.md").read_text("utf-8")


def headings(text):
    return re.findall(r"^(#+) ", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_missing_and_none_is_hidden(language) -> None:
    files = {one.name for one in resource(f"help/{language}").iterdir()}
    assert files == {f"{name}.md" for name in PAGES}
    linked = set(re.findall(r"\]\(([\w-]+)\.md\)", page(language, "index")))
    assert linked == set(PAGES) - {"index"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_same_parts_in_every_language(name) -> None:
    said = {language: page(language, name) for language in LANGUAGES}
    assert len({tuple(headings(text)) for text in said.values()}) == 1
    assert len({text.count("\n") for text in said.values()}) == 1
    assert len(set(said.values())) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_short_and_plain(name, language) -> None:
    text = page(language, name)
    assert headings(text)[0] == "#"
    assert headings(text).count("#") == 1
    assert len(text.splitlines()) <= 60
    assert "!" not in text
    assert "databas" not in text.casefold()
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert resource(f"help/{language}/{link}").is_file(), link


def test_the_commands_are_the_same_in_every_language() -> None:
    words = re.compile(r"^ {4}gdprdesk (\w+)|(GDPRDESK_\w+)|(--[a-z-]+)", re.MULTILINE)
    said = {language: set(words.findall(page(language, "commands"))) for language in LANGUAGES}
    assert said["sv"] == said["nb"] == said["en"]
    assert len(said["en"]) > 15


def test_the_newest_version_is_the_first_section_of_the_changelog() -> None:
    for language in LANGUAGES:
        sections = re.findall(
            r"^## \[(.+)\] - (\d{4}-\d\d-\d\d)$", page(language, "changelog"), re.MULTILINE
        )
        assert sections[0] == ("0.1.0", "2026-11-22")
