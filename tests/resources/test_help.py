"""The help: the same pages in three languages, short, and with links that lead somewhere."""

import re
import shlex

import pytest
from babel.messages.pofile import read_po

from gdprdesk.cli import passwords
from gdprdesk.cli.parser import build_parser
from gdprdesk.i18n import LANGUAGES, _
from gdprdesk.i18n import language as spoken
from gdprdesk.resources import resource

PAGES = [
    "index",
    "first-start",
    "people",
    "orders",
    "calls",
    "consents",
    "newsletter",
    "photos",
    "journal",
    "register",
    "notice",
    "recipients",
    "requests",
    "erase",
    "clean-up",
    "export",
    "import",
    "lock-and-keys",
    "staff",
    "log",
    "backups",
    "breaches",
    "papers",
    "accountant",
    "reports",
    "commands",
    "options",
    "changelog",
]


def page(language, name):
    return resource(f"help/{language}/{name}.md").read_text("utf-8")


def commands_in(text):
    """Return the commands shown in a page, without what is said of them."""
    lines = re.findall(r"^ {4}gdprdesk (\S.*)$", text, re.MULTILINE)
    return [shlex.split(re.split(" {2,}", line)[0]) for line in lines]


def options_told(text):
    """Return the options of each command as the list of all options has them."""
    block = re.findall(r"^ {4}(.+)$", text[text.index("    demo  ") :], re.MULTILINE)
    told = {}
    for line in re.split(r"\n(?=\S)", "\n".join(block)):
        names = re.split(r" {2,}|$", line, maxsplit=1)[0]
        for name in names.split(", "):
            told[name] = set(re.findall(r"--[a-z-]+", line))
    told["do"] = set()  # what is told there is how to see all that it can do
    return told


OF_ALL = {"-h", "--help", "--json", "--as", "--key-file", "--security-key"}
OF_EXPORTS = {"--to", "--force", "--language", "--password-protect", "--for"}


def options_of(parser, common=OF_ALL):
    """Return the options of each command, but for those that all of its kind take."""
    found: dict[str, set[str]] = {}
    for action in parser._actions:
        for name, command in (action.choices or {}).items() if is_choice(action) else ():
            deeper = {} if name == "do" else options_of(command, OF_ALL | OF_EXPORTS)
            own = {one for part in command._actions for one in part.option_strings} - common
            found |= {f"{name} {key}": value for key, value in deeper.items()} or {name: own}
    return found


def choices_of(parser):
    """Return the commands under a command."""
    return next(action.choices for action in parser._actions if is_choice(action))


def is_choice(action):
    return isinstance(action.choices, dict)


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
    assert len(text.splitlines()) <= (80 if name == "options" else 60)
    assert "!" not in text
    assert "databas" not in text.casefold()
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert resource(f"help/{language}/{link}").is_file(), link


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_in_bold_stands_in_the_window(language) -> None:
    """A button that was given another name has it in the help, too."""
    with resource("translations/sv/LC_MESSAGES/gdprdesk.po").open("rb") as opened:
        sentences = [one.id for one in read_po(opened) if isinstance(one.id, str)]
    with spoken(language):
        shown = {_(one).replace("&", "") for one in sentences if one}
    for name in PAGES:
        assert set(re.findall(r"\*\*(.+?)\*\*", page(language, name))) <= shown, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_a_command(language) -> None:
    assert len(commands_in(page(language, "commands"))) > 10
    for name in PAGES:
        for words in commands_in(page(language, name)):
            build_parser(words).parse_args(words)


def test_the_example_under_the_options_of_a_command_is_a_command() -> None:
    known = choices_of(build_parser())
    examples = {name: one.epilog.partition(": ")[2] for name, one in known.items() if one.epilog}
    assert {"orders", "calls", "gift-cards", "consents", "media", "newsletter"} <= set(examples)
    for name, said in examples.items():
        program, *words = shlex.split(said)
        assert (program, words[0]) == ("gdprdesk", name)
        build_parser().parse_args(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_every_command_is_told(language) -> None:
    text = page(language, "options")
    assert options_told(text) == options_of(build_parser())
    (said,) = re.findall(r"`export` (.+?)\.(?: |$)", text)
    assert set(re.findall(r"`(--[a-z-]+)`", said)) == OF_EXPORTS


def test_every_export_takes_what_is_said_of_all_of_them() -> None:
    commands = choices_of(build_parser())
    for name, command in choices_of(commands["export"]).items():
        taken = {one for part in command._actions for one in part.option_strings}
        assert taken >= OF_EXPORTS, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variable_of_the_environment_is_told(language) -> None:
    asked = {value for name, value in vars(passwords).items() if name.isupper()}
    assert set(re.findall(r"`(GDPRDESK_\w+)`", page(language, "commands"))) == asked


def test_the_newest_version_is_the_first_section_of_the_changelog() -> None:
    for language in LANGUAGES:
        sections = re.findall(
            r"^## \[(.+)\] - (\d{4}-\d\d-\d\d)$", page(language, "changelog"), re.MULTILINE
        )
        assert sections[0] == ("0.1.0", "2026-11-22")
