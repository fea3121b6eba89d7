"""The command that erases a person: shown in four lists, staged, carried out, undone."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, answer_with, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.progress import watched
from gdprdesk.cli.signatures import add_choice, text
from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.terms import ErasureGround, ErasureState, IdentityCheck, say
from gdprdesk.i18n import _, format_day, format_moment
from gdprdesk.services.backup_catalogue import BackupCopyRow
from gdprdesk.services.erasure import erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.erasure_cases import ErasureReceipt, show_receipt
from gdprdesk.services.erasure_preview import ErasurePreview, KeptRow, preview_erasure
from gdprdesk.services.traces import Trace, TraceSearch, list_traces

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_erasure_options(command: ArgumentParser) -> None:
    """Say what can be typed about an erasure."""
    command.add_argument("ref", type=text, metavar="REF")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help=_("only show what would go"))
    how.add_argument("--now", action="store_true", help=_("at once, and for good"))
    how.add_argument("--undo", action="store_true", help=_("take back an erasure that waits"))
    add_choice(command, "--ground", ErasureGround, _("why she may ask for it"))
    add_choice(command, "--checked", IdentityCheck, _("how it was made sure that it is she"))
    command.add_argument(
        "--leave-traces",
        action="store_true",
        help=_("mask nothing of her in other people's records"),
    )
    command.add_argument(
        "--acknowledge-journal",
        action="store_true",
        help=_("you have read her what it means that her journal goes"),
    )


def erase_person(call: Call) -> Answer:
    """Show, stage, carry out or undo the erasure of a person.

    Traces of her in other people's records are masked where they can hardly mean anybody else.
    """
    ref, given = SubjectRef(call.given.ref), call.given
    with call.register() as desk:
        if given.undo:
            desk.run(undo_erasure, subject_ref=ref)
            receipt = desk.ask(show_receipt, subject_ref=ref)
            words = _("The erasure is undone. Everything is as it was.")
            return answer_with(_value(ref, receipt.state.value), words)
        if given.now and _is_staged(desk, ref):
            _carry_out(desk, ref)
            return _answer_of_receipt(desk.ask(show_receipt, subject_ref=ref))
        preview = desk.ask(preview_erasure, subject_ref=ref)
        with watched(_("Looking for traces …")) as bar:
            search = desk.ask(list_traces, subject_ref=ref, progress=bar)
        if given.preview:
            return _answer(preview, search, None)
        with watched(_("Looking for traces …")) as bar:
            desk.run(
                stage_erasure,
                subject_ref=ref,
                ground=given.ground,
                checked=given.checked,
                masks=() if given.leave_traces else search.advised,
                acknowledge_journal=given.acknowledge_journal,
                at_once=given.now,
                progress=bar,
            )
        if given.now:
            _carry_out(desk, ref)
        return _answer(preview, search, desk.ask(show_receipt, subject_ref=ref))


def _is_staged(desk: Desk, ref: SubjectRef) -> bool:
    try:
        return desk.ask(show_receipt, subject_ref=ref).state is ErasureState.STAGED
    except NotFoundError:
        return False


def _carry_out(desk: Desk, ref: SubjectRef) -> None:
    with watched(_("Erasing …")) as bar:
        desk.run(erase_subject, subject_ref=ref, progress=bar)
    with watched(_("Cleaning the file …")) as bar:
        desk.finish(bar)


def _answer(preview: ErasurePreview, search: TraceSearch, receipt: ErasureReceipt | None) -> Answer:
    value = {
        **_value(preview.ref, receipt.state.value if receipt else "preview"),
        "erase": [asdict(one) for one in preview.erase],
        "keep": [_kept(one) for one in preview.keep],
        "outside": [plain(one) for one in preview.outside],
        "backups": [_copy(one) for one in preview.copies],
        "proofs": [plain(one) for one in preview.proofs],
        "traces": [plain(one) for one in search.traces],
        "searched": dict(search.searched),
        "masked": receipt.masked if receipt else 0,
        "namesakes": [plain(one) for one in preview.namesakes],
        "journal_goes": preview.journal_goes,
        "journal_stays": preview.journal_stays,
        "gift_cards": list(receipt.cards if receipt else preview.cards),
    }
    return Answer(value, lambda screen: _show(screen, preview, search, receipt))


def _answer_of_receipt(receipt: ErasureReceipt) -> Answer:
    value = {
        **_value(receipt.ref, receipt.state.value),
        "outside": [plain(one) for one in receipt.outside],
        "gift_cards": list(receipt.cards),
        "masked": receipt.masked,
    }
    return answer_with(value, _state(receipt))


def _value(ref: SubjectRef, state: str) -> dict[str, Any]:
    return {"ref": ref, "state": state, "erase": [], "keep": [], "outside": [], "backups": []}


def _show(
    screen: Screen, preview: ErasurePreview, search: TraceSearch, receipt: ErasureReceipt | None
) -> None:
    screen.words(_state(receipt), "bold")
    facts = "  \N{MIDDLE DOT}  ".join((preview.name, *preview.facts)) if receipt is None else ""
    if facts:
        screen.words(facts)
    if preview.namesakes and receipt is None:
        screen.words(_("Somebody else has the same name. Look whether this is the right one:"))
        screen.lines((one.ref, "  \N{MIDDLE DOT}  ".join(one.facts)) for one in preview.namesakes)
    for words in filter(None, (preview.journal_goes, preview.journal_stays)):
        screen.words(words)
    screen.heading(_("Goes"))
    screen.lines((one.said, _between(one)) for one in preview.groups)
    screen.heading(_("Stays"))
    screen.lines((one.said, _why(one)) for one in preview.keep)
    screen.lines((one.said, _until(one.until)) for one in preview.proofs)
    for sentence in preview.cards:
        screen.words(sentence)
    screen.heading(_("For you to do elsewhere"))
    screen.lines(
        (one.recipient, " ".join((one.task, ", ".join(one.look_for)))) for one in preview.outside
    )
    screen.heading(_("In backups"))
    screen.lines((f"{one.place}: {one.file}", _until(one.until)) for one in preview.copies)
    screen.heading(_("Named in other people's records"))
    screen.lines((one.whose or _("Nobody"), _excerpt(one)) for one in search.traces)


def _excerpt(trace: Trace) -> str:
    return " ".join(trace.around.split()) + ("" if trace.sure else f" ({_('perhaps')})")


def _kept(row: KeptRow) -> dict[str, Any]:
    return {
        "record": {"kind": row.kind, "ref": row.ref},
        "law": row.law or None,
        "until": row.until,
        "fields": row.fields,
    }


def _copy(copy: BackupCopyRow) -> dict[str, Any]:
    return {
        "file": copy.file,
        "place": copy.place,
        "made_at": copy.made_at.isoformat(),
        "reachable": copy.reachable,
        "until": copy.until,
    }


def _state(receipt: ErasureReceipt | None) -> str:
    if receipt is None:
        return _("Nothing is erased yet. This is what would be.")
    if receipt.deleted_at is None and receipt.due_at > receipt.asked_at:
        return _("Is erased {moment}. Until then you can undo it.").format(
            moment=format_moment(receipt.due_at)
        )
    cleaned = _("Every page of the file is cleaned.") if receipt.cleaned_at else ""
    return f"{say(receipt.state)}. {cleaned}".strip()


def _between(group: Any) -> str:
    first, last = (format_day(day, short=True) for day in (group.first_on, group.last_on))
    return first if first == last else f"{first} \N{EN DASH} {last}"


def _until(day: Any) -> str:
    return _("until {day}").format(day=format_day(day))


def _why(row: KeptRow) -> str:
    until = _until(row.until) if row.until else ""
    return ", ".join(part for part in (row.law or say(row.reason), until) if part)
