"""The tool that keeps the catalogues in step with the program, on a small program of its own."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from gdprdesk_ui.qt_translator import QT_WORDS
from tests import translations


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program with one sentence, one plural and one word in a context, all translated."""
    for folder in translations.SOURCES:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "gdprdesk/page.py").write_text(
        '_("Hello {name}")\nngettext("{n} day", "{n} days", n)\npgettext("button", "Open")\n'
    )
    translations.update(tmp_path)
    for code in translations.TRANSLATED:
        _translate(tmp_path, code, "Hello {name}", f"{code} {{name}}")
        _translate(tmp_path, code, "{n} day", ("en", "{n} st"))
        for word in (*QT_WORDS, "Open"):
            _translate(tmp_path, code, word, f"{code} {word}")
    translations.update(tmp_path)
    return tmp_path


def _translate(root: Path, code: str, text: str, said: str | tuple[str, str]) -> None:
    catalogue = translations._read(code, root)
    for message in catalogue:
        if message.id and translations._text(message) == text:
            message.string = said
    with translations.catalogue_file(code, root).open("wb") as opened:
        write_po(opened, catalogue)


def test_a_translated_program_has_no_faults_and_speaks(program) -> None:
    assert translations.faults(program) == []
    with translations.catalogue_file("nb", program).with_suffix(".mo").open("rb") as compiled:
        spoken = gettext.GNUTranslations(compiled)
    assert spoken.gettext("Hello {name}") == "nb {name}"
    assert spoken.ngettext("{n} day", "{n} days", 2) == "{n} st"
    assert spoken.pgettext("button", "Open") == "nb Open"
    assert spoken.pgettext("Qt", "&Yes") == "nb &Yes"


def test_a_new_sentence_is_a_fault_until_it_is_translated(program) -> None:
    (program / "ui/gdprdesk_ui/more.py").write_text('# Translators: on a door\nN_("Hello {who}")\n')
    assert "sv: not taken in: 'Hello {who}'" in translations.faults(program)
    translations.update(program)
    assert translations.faults(program) == [
        "sv: not translated: 'Hello {who}'",
        "nb: not translated: 'Hello {who}'",
    ], "and no other sentence is guessed to be its translation"
    assert "Translators: on a door" in translations.catalogue_file("sv", program).read_text("utf-8")


def test_a_sentence_that_is_gone_is_dropped(program) -> None:
    (program / "gdprdesk/page.py").write_text('ngettext("{n} day", "{n} days", n)\n')
    assert "nb: said no more: 'Hello {name}'" in translations.faults(program)
    translations.update(program)
    assert translations.faults(program) == []
    assert "Hello" not in translations.catalogue_file("nb", program).read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said", "fault"),
    [
        ("Hello {name}", "Hej {namn}", "other fields in braces"),
        ("Hello {name}", "Hej", "other fields in braces"),
        ("Hello {name}", "Hej {name}\n", "ends otherwise"),
        ("{n} day", ("", "{n} dagar"), "not translated"),
        ("{n} day", ("en dag", "{m} dagar"), "other fields in braces"),
    ],
)
def test_a_translation_that_would_break_the_sentence_is_a_fault(program, text, said, fault) -> None:
    _translate(program, "sv", text, said)
    assert f"sv: {fault}: {text!r}" in translations.faults(program)


def test_a_catalogue_that_was_not_compiled_is_a_fault(program) -> None:
    _translate(program, "sv", "Hello {name}", "Tjena {name}")
    assert translations.faults(program) == ["sv: compiled from something else"]


def test_the_same_sentences_make_the_same_files(program) -> None:
    before = translations.catalogue_file("sv", program).read_bytes()
    translations.update(program)
    assert translations.catalogue_file("sv", program).read_bytes() == before
