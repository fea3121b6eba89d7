"""The catalogues of the program's sentences: take in new ones, and tell what is missing.

python -m tests.translations             say what is not translated, and fail if anything is not
python -m tests.translations --update    take new sentences in, drop old ones, compile
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from gdprdesk_ui.qt_translator import CONTEXT, QT_WORDS

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ("gdprdesk", "ui/gdprdesk_ui")
TRANSLATED: Final = ("sv", "nb")  # English is what the sentences are written in
NO_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)  # the same sentences make the same file


def sentences(root: Path = ROOT) -> Catalog:
    """Return every sentence of the program, with the notes for translators."""
    template = Catalog(project="gdprdesk", copyright_holder="the gdprdesk authors")
    for folder in SOURCES:
        found = extract_from_dir(
            root / folder,
            method_map=[("**.py", "python")],
            keywords=DEFAULT_KEYWORDS,
            comment_tags=("Translators:",),
        )
        for file, _line, message, comments, context in found:
            template.add(
                message,
                locations=[(f"{folder}/{file}", 0)],
                auto_comments=comments,
                context=context,
            )
    for word in sorted(QT_WORDS):
        template.add(word, context=CONTEXT)
    return template


def catalogue_file(code: str, root: Path = ROOT) -> Path:
    """Return where the translations to a language are."""
    return root / "resources/translations" / code / "LC_MESSAGES/gdprdesk.po"


def update(root: Path = ROOT) -> None:
    """Bring every catalogue up to the sentences there are now; nothing is guessed."""
    template = sentences(root)
    for code in TRANSLATED:
        file = catalogue_file(code, root)
        catalogue = _read(code, root)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            write_po(opened, catalogue, width=100, sort_by_file=True, include_lineno=False)
        file.with_suffix(".mo").write_bytes(_compiled(catalogue).getvalue())


def faults(root: Path = ROOT) -> list[str]:
    """Return what is wrong with the catalogues, a sentence each; nothing if they are complete."""
    wanted = {_key(message) for message in sentences(root) if message.id}
    found: list[str] = []
    for code in TRANSLATED:
        catalogue = _read(code, root)
        there = {_key(message): message for message in catalogue if message.id}
        found += [f"{code}: not taken in: {key[1]!r}" for key in sorted(wanted - set(there))]
        found += [f"{code}: said no more: {key[1]!r}" for key in sorted(set(there) - wanted)]
        for message in there.values():
            found += [f"{code}: {fault}: {_text(message)!r}" for fault in _faults_of(message)]
        file = catalogue_file(code, root).with_suffix(".mo")
        compiled = file.read_bytes() if file.is_file() else _compiled(Catalog()).getvalue()
        if _spoken(io.BytesIO(compiled)) != _spoken(_compiled(catalogue)):
            found.append(f"{code}: compiled from something else")
    return found


def _faults_of(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "a guess"
    one = [message.string] if isinstance(message.string, str) else list(message.string or ("",))
    if not all(one):
        yield "not translated"
        return
    source = [message.id] if isinstance(message.id, str) else list(message.id)
    fields = set().union(*map(_fields, source))
    if any(_fields(text) - fields for text in one) or _fields(one[-1]) != _fields(source[-1]):
        yield "other fields in braces"
    if {text[-1:] == "\n" for text in source} != {text[-1:] == "\n" for text in one}:
        yield "ends otherwise"


def _fields(text: str) -> set[str]:
    return {name for _text, name, _form, _how in string.Formatter().parse(text) if name is not None}


def _key(message: Message) -> tuple[str, str]:
    return (message.context or "", _text(message))


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _read(code: str, root: Path) -> Catalog:
    file = catalogue_file(code, root)
    if file.is_file():
        with file.open("rb") as opened:
            return read_po(opened, locale=code)
    return Catalog(
        code,
        header_comment="# Translations of gdprdesk, under the licence of the program (MIT).",
        project="gdprdesk",
        version="1",
        msgid_bugs_address="the gdprdesk authors",
        last_translator="the gdprdesk authors",
        language_team="the gdprdesk authors",
        creation_date=NO_DAY,
        revision_date=NO_DAY,
        fuzzy=False,
    )


def _compiled(catalogue: Catalog) -> io.BytesIO:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled


def _spoken(compiled: io.BytesIO) -> dict[tuple[str, str], object]:
    """Return what a compiled catalogue says, without its header."""
    compiled.seek(0)
    return {_key(message): message.string for message in read_mo(compiled) if message.id}


def main(arguments: list[str]) -> int:
    """Check the catalogues, or bring them up to date first. Returns 1 if something is wrong."""
    if "--update" in arguments:
        update()
    found = faults()
    for fault in found:
        sys.stdout.write(fault + "\n")
    sys.stdout.write(f"{len(found)} faults.\n" if found else "Every sentence is translated.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
