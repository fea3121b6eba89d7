"""The journal: its entries listed, read with a reason, written, signed, corrected and searched.

What is written comes from a file or the input, so that it stands in no history of commands.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, BooleanOptionalAction
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.signatures import add_choice, day, text, whole
from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import ReadReason, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.files import FileFormat
from gdprdesk.services.journal import NoteRow, list_drafts, list_notes
from gdprdesk.services.journal_extract import export_journal
from gdprdesk.services.journal_files import add_file
from gdprdesk.services.journal_reading import (
    OpenNote,
    read_journal,
    read_note,
    search_journal,
)
from gdprdesk.services.journal_templates import list_templates
from gdprdesk.services.journal_writing import (
    add_to_note,
    correct_note,
    discard_draft,
    sign_note,
    write_note,
)

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

_MOST_CHARACTERS = 10_001  # one more than may be saved, so that the refusal says why


def take_journal_options(command: ArgumentParser) -> None:
    """Say what can be typed about the journal."""
    command.add_argument("deed", choices=tuple(_DEEDS), metavar="|".join(_DEEDS))
    command.add_argument("words", nargs="*", type=text, help=_("what to search for"))
    for option, words in (
        ("--person", _("whose journal")),
        ("--note", _("which entry")),
        ("--booking", _("the booking it belongs to")),
    ):
        command.add_argument(option, type=text, metavar="REF", help=words)
    add_choice(command, "--reason", ReadReason, _("why it is read; this stands in the log"))
    command.add_argument(
        "--text-file", type=Path, metavar=_("PATH"), help=_("what to write; else from the input")
    )
    command.add_argument("--day", type=day, metavar=_("DAY"), help=_("the day of the visit"))
    command.add_argument("--minutes", type=whole, metavar="N", help=_("how long it took"))
    words = _("sign it; a new entry is a draft unless you say so, what is added is signed")
    command.add_argument("--sign", action=BooleanOptionalAction, default=None, help=words)
    command.add_argument("--file", dest="added", type=Path, help=_("a photo, recording or PDF"))
    command.add_argument("--to", type=Path, metavar=_("PATH"), help=_("the file to save"))
    command.add_argument("--force", action="store_true", help=_("replace a file that is there"))


def journal(call: Call) -> Answer:
    """List, read, write or search journals."""
    with call.register() as desk:
        return _DEEDS[call.given.deed](desk, call)


def _list(desk: Desk, call: Call) -> Answer:
    """List the entries of a journal, or without a person the drafts that nobody has signed."""
    if call.given.person:
        rows = desk.ask(list_notes, subject_ref=_person(call))
    else:
        rows = desk.ask(list_drafts, days=0)
    return Answer(listed(rows), lambda screen: _table(screen, rows))


def _read(desk: Desk, call: Call) -> Answer:
    if call.given.note:
        note = desk.read(read_note, ref=_note(call), reason=_reason(call))
        return Answer(plain(note), lambda screen: _show(screen, [note]))
    opened = desk.read(read_journal, subject_ref=_person(call), reason=_reason(call))
    return Answer(plain(opened), lambda screen: _show(screen, opened.notes))


def _search(desk: Desk, call: Call) -> Answer:
    words, person = " ".join(call.given.words), call.given.person
    found = desk.read(
        search_journal,
        text=words or _written(call),
        subject_ref=SubjectRef(person) if person else None,
    )

    def show(screen: Screen) -> None:
        headings = (_("Day"), _("Name"), _("Found"), _("Ref"))
        cells = ((format_day(r.row.happened_on), r.row.name, r.around, r.row.ref) for r in found)
        screen.table(headings, cells)

    return Answer(listed(found), show)


def _write(desk: Desk, call: Call) -> Answer:
    given = call.given
    ref = desk.run(
        write_note,
        subject_ref=_person(call),
        text=_written(call),
        ref=RecordRef(given.note) if given.note else None,
        happened_on=given.day,
        minutes=given.minutes,
        booking_ref=RecordRef(given.booking) if given.booking else None,
    )
    if given.sign:
        desk.run(sign_note, ref=ref)
    return _done(ref, signed=bool(given.sign))


def _correct(desk: Desk, call: Call) -> Answer:
    sign = call.given.sign is not False
    ref = desk.run(correct_note, ref=_note(call), text=_written(call), sign=sign)
    return _done(ref, signed=sign)


def _add(desk: Desk, call: Call) -> Answer:
    sign = call.given.sign is not False
    ref = desk.run(add_to_note, ref=_note(call), text=_written(call), sign=sign)
    return _done(ref, signed=sign)


def _sign(desk: Desk, call: Call) -> Answer:
    desk.run(sign_note, ref=_note(call))
    return _done(_note(call), signed=True)


def _discard(desk: Desk, call: Call) -> Answer:
    desk.run(discard_draft, ref=_note(call))
    return answer_with({"ref": _note(call)}, _("The draft is thrown away."))


def _file(desk: Desk, call: Call) -> Answer:
    given = call.given
    if given.added is None:
        raise DomainError(_("Say which file, with --file. Nothing was saved."))
    note = RecordRef(given.note) if given.note else None
    ref = desk.run(add_file, subject_ref=_person(call), path=given.added, note_ref=note)
    return answer_with({"ref": ref}, _("The file is in the journal."))


def _extract(desk: Desk, call: Call) -> Answer:
    given = call.given
    if given.to is None:
        raise DomainError(_("Say where to save it, with --to. Nothing was saved."))
    receipt = desk.read(
        export_journal,
        subject_ref=_person(call),
        to=given.to,
        reason=given.reason or ReadReason.REQUEST,
        format=_format_of(given.to),
        overwrite=given.force,
    )
    return answer_with(plain(receipt), _("Saved: {path}").format(path=receipt.path))


def _templates(desk: Desk, _call: Call) -> Answer:
    rows = desk.ask(list_templates)

    def show(screen: Screen) -> None:
        for one in rows:
            screen.heading(one.name)
            screen.words(one.text)

    return Answer(listed(rows), show)


_DEEDS: Mapping[str, Callable[[Desk, Call], Answer]] = {
    "list": _list,
    "read": _read,
    "search": _search,
    "write": _write,
    "sign": _sign,
    "correct": _correct,
    "add": _add,
    "discard": _discard,
    "file": _file,
    "extract": _extract,
    "templates": _templates,
}


def _person(call: Call) -> SubjectRef:
    if not call.given.person:
        raise DomainError(_("Say whose journal, with --person. Nothing was shown or changed."))
    return SubjectRef(call.given.person)


def _note(call: Call) -> RecordRef:
    if not call.given.note:
        raise DomainError(_("Say which entry, with --note. Nothing was shown or changed."))
    return RecordRef(call.given.note)


def _reason(call: Call) -> ReadReason:
    reason: ReadReason | None = call.given.reason
    if reason is None:
        raise DomainError(
            _("Say why you read it, with --reason: it stands in the log. Nothing was shown.")
        )
    return reason


def _written(call: Call) -> str:
    path: Path | None = call.given.text_file
    if path is None:
        return sys.stdin.read(_MOST_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(_MOST_CHARACTERS)
    except (OSError, UnicodeDecodeError):
        raise DomainError(
            _("This file cannot be read. Nothing was saved. Is it still there?")
        ) from None


def _format_of(to: Path) -> FileFormat:
    ending = to.suffix.casefold().removeprefix(".")
    return FileFormat(ending) if ending in set(FileFormat) else FileFormat.PDF


def _done(ref: RecordRef, *, signed: bool) -> Answer:
    return answer_with({"ref": ref}, _("Signed.") if signed else _("Saved as a draft."))


def _table(screen: Screen, rows: Iterable[NoteRow]) -> None:
    headings = (_("Day"), _("Name"), _("Kind"), _("Written by"), _("Signed by"), _("Ref"))
    cells = (
        (format_day(r.happened_on), r.name, say(r.kind), r.author, r.signer or _("draft"), r.ref)
        for r in rows
    )
    screen.table(headings, cells)


def _show(screen: Screen, notes: Iterable[OpenNote]) -> None:
    for one in notes:
        row = one.row
        screen.heading(f"{format_day(row.happened_on)}: {say(row.kind)}")
        signed = _("Signed by {name}").format(name=row.signer) if row.signer else _("draft")
        screen.words(f"{row.author}. {signed}. {row.ref}", "dim")
        screen.words(one.text)
        for file in one.files:
            screen.words(file.file_name, "italic")
