"""The four lists of an erasure: what goes, what stays, what is at others, what is in backups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import Reason, say
from gdprdesk.i18n import _, format_day, format_moment, ngettext
from gdprdesk.services.backup_catalogue import BackupCopyRow
from gdprdesk.services.erasure_outside import OutsideRow
from gdprdesk.services.erasure_preview import ErasedGroup, ErasurePreview, KeptRow
from gdprdesk_ui.widgets import Button, Card, CountHeading, Label, Line, ListRow

ICONS = {
    "attachment": "paperclip",
    "booking": "cake-slice",
    "call": "phone",
    "gift_card": "gift",
    "breach_notice": "siren",
    "camera_clip": "video",
    "consent": "signature",
    "contact_detail": "phone",
    "data_subject_request": "inbox",
    "diet_note": "triangle-alert",
    "disclosure": "send",
    "draft": "pencil",
    "invoice": "receipt-text",
    "paper_file": "folder",
    "working_note": "notebook-pen",
}
_CHANNELS = {
    "phone": "phone",
    "sms": "message-square",
    "email": "mail",
    "messenger": "message-circle",
    "web": "globe",
    "paper": "folder",
}


def erased_card(preview: ErasurePreview, today: date) -> Card:
    """Return the list of what goes, a row for each kind."""
    heading = CountHeading(
        "trash-2", "danger", _("Is erased"), _("Is gone for good"), count=len(preview.erase)
    )
    rows = [
        ListRow(ICONS.get(one.kind, "file"), one.said, _span(one, today)) for one in preview.groups
    ]
    return Card(heading, Line(), *rows, None, spacing=12)


def kept_card(preview: ErasurePreview) -> Card:
    """Return the list of what stays: which, why, until when, and what of it."""
    count = len(preview.keep) + len(preview.proofs)
    heading = CountHeading("scale", "info", _("Is kept"), _("For a reason in law"), count=count)
    rows = [*_kept_rows(preview.keep), *_what_proves(preview)]
    notes = [small(sentence) for sentence in _explanations(preview)]
    return Card(heading, Line(), *rows, *notes, None, spacing=12)


def outside_card(preview: ErasurePreview) -> Card:
    """Return the list of what the owner has to do herself, each with what to look for."""
    heading = CountHeading(
        "arrow-up-right",
        "warn",
        _("At others"),
        _("This you have to do yourself"),
        count=len(preview.outside),
    )
    rows = [_task(one) for one in preview.outside]
    note = small(
        _("You tick these off on the receipt. Copy what to look for now: later nobody knows it.")
        if rows
        else _("Nobody else has her data.")
    )
    return Card(heading, Line(), *rows, note, spacing=12)


def copies_card(preview: ErasurePreview) -> Card:
    """Return the list of backups, a row for each place and what can be done there."""
    heading = CountHeading(
        "archive",
        "neutral",
        _("In backups"),
        _("Older copies of the register"),
        count=len(preview.copies),
    )
    rows = [*_places(preview.copies)]
    note = small(
        _("No backup comes back with her: whoever is erased is erased again when it is restored.")
        if rows
        else _("The program knows of no copy. Copies made without it are not known to it.")
    )
    return Card(heading, Line(), *rows, note, spacing=12)


def opened_by_capital(words: str) -> str:
    """Return words as the beginning of a line; the names in them keep their capitals."""
    return words[:1].upper() + words[1:]


def small(words: str) -> Label:
    """Return a sentence in small muted letters."""
    return Label(words, "small", "muted", wrap=True)


def channel_icon(key: str) -> str:
    """Return the icon of a recipient or channel."""
    return _CHANNELS.get(key, "arrow-up-right")


def _kept_rows(keep: Sequence[KeptRow]) -> Iterator[ListRow]:
    """Walk what stays; what is called the same and stays as long stands in one row."""
    alike: dict[tuple[object, ...], list[KeptRow]] = {}
    for one in keep:
        alike.setdefault((one.said, one.reason, one.until, one.law), []).append(one)
    for some in alike.values():
        said = some[0].said
        if len(some) > 1:
            said = _("{what} ({count})").format(what=said, count=len(some))
        yield _kept_row(replace(some[0], said=said))


def _kept_row(kept: KeptRow) -> ListRow:
    until = format_day(kept.until, short=True) if kept.until else _("until that is over")
    why = opened_by_capital(kept.law) if kept.law else say(kept.reason)
    return ListRow(
        ICONS.get(kept.kind, "file"),
        kept.said,
        why,
        Label(until, "small", keep=True, tabular=True),
        wrap=True,
    )


def _what_proves(preview: ErasurePreview) -> Iterator[ListRow]:
    """Walk what is left without a name: proofs, and the keyed hashes of the stop list."""
    for one in preview.proofs:
        day = Label(format_day(one.until, short=True), "small", keep=True, tabular=True)
        yield ListRow("file-check", one.said, _("Without her name"), day, wrap=True)
    if preview.stopped_until:
        day = Label(format_day(preview.stopped_until, short=True), "small", keep=True, tabular=True)
        sentence = _("Her addresses, as codes nobody can read")
        yield ListRow("shield", _("Stop list"), sentence, day, wrap=True)


def _explanations(preview: ErasurePreview) -> Iterator[str]:
    by_law = [kept for kept in preview.keep if kept.reason is Reason.LAW_OBLIGES]
    if preview.journal_stays:
        yield _("Her journal stays, and her name with it, until its time is over.")
    if any(kept.kind != "journal_note" for kept in by_law):
        yield _(
            "Of an invoice only what stands on it is left. It is erased by itself when its"
            " time is over."
        )
    elif preview.keep and not by_law:
        yield _("It is erased by itself as soon as it is no longer needed.")
    elif not preview.keep and not preview.proofs:
        yield _("Nothing has to be kept.")
    if preview.released:
        said = _("{count} orders and invoices stay with the company, without her name.")
        yield said.format(count=preview.released)
    yield from preview.cards


def _task(task: OutsideRow) -> ListRow:
    wanted = task.look_for[0] if task.look_for else ""
    copy = Button(
        _("Copy “{words}”").format(words=wanted),
        icon_name="copy",
        size="small",
        on_click=lambda: QGuiApplication.clipboard().setText(wanted),
    )
    buttons: list[QWidget] = [copy] if wanted else []
    return ListRow(channel_icon(task.key), task.recipient, task.task, *buttons, wrap=True)


def _places(copies: Iterable[BackupCopyRow]) -> Iterator[ListRow]:
    places: dict[tuple[str, bool], list[BackupCopyRow]] = {}
    for one in copies:
        places.setdefault((one.place, one.reachable), []).append(one)
    for (place, reachable), some in places.items():
        count = ngettext("{count} copy", "{count} copies", len(some)).format(count=len(some))
        last = format_day(max(one.until for one in some), short=True)
        newest = format_moment(max(one.made_at for one in some))
        sentence = (
            _("She is erased in them too. The newest is of {moment}.").format(moment=newest)
            if reachable
            else _("Cannot be reached now. The last of them runs out {day}.").format(day=last)
        )
        yield ListRow(
            "hard-drive" if reachable else "usb", f"{place}: {count}", sentence, wrap=True
        )


def _span(group: ErasedGroup, today: date) -> str:
    days = (group.first_on, group.last_on)
    first, last = (format_day(day, short=True, today=today) for day in days)
    return first if first == last else _("{first} to {last}").format(first=first, last=last)
