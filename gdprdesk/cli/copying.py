"""Handing a person everything that is held about her, and taking it in elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer
from gdprdesk.cli.call import Call
from gdprdesk.cli.exporting import saved
from gdprdesk.cli.passwords import copy_password
from gdprdesk.cli.progress import watched
from gdprdesk.cli.signatures import parts, text
from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.requests import Masking
from gdprdesk.i18n import _, ngettext
from gdprdesk.imports.person_file import is_sealed, open_person
from gdprdesk.services.copy_files import CopyFormat, export_person
from gdprdesk.services.copy_import import import_copy, review_copy
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.third_parties import OtherNamed, others_named

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

FORMATS = tuple(one.value for one in CopyFormat)


def add_copy_options(command: ArgumentParser) -> None:
    """Add whose copy it is, how it is guarded, what is taken out, and which request it answers."""
    command.add_argument("--person", type=text, required=True, metavar="REF")
    command.add_argument(
        "--mask",
        action="append",
        type=partial(parts, Masking),
        default=[],
        metavar="RECORD;WORDS;REASON",
        help=_("take words about somebody else out of a record, with the reason"),
    )
    command.add_argument(
        "--portable", action="store_true", help=_("only what she gave herself, to take along")
    )
    command.add_argument("--request", type=text, metavar="REF", help=_("the request it answers"))
    command.add_argument(
        "--given-to", type=text, default="", metavar=_("NAME"), help=_("who gets it, if not she")
    )


def save_person(call: Call) -> Answer:
    """Save everything about one person; say so if anybody can open it, or others are named."""
    given = call.given
    remarks: list[str] = []

    def save(desk: Desk, common: dict[str, Any]) -> ExportReceipt:
        ref = SubjectRef(given.person)
        others = desk.ask(others_named, subject_ref=ref)
        receipt = desk.run(
            export_person,
            subject_ref=ref,
            format=CopyFormat(given.format) if given.format else None,
            masked=tuple(given.mask),
            portable=given.portable,
            request_ref=RecordRef(given.request) if given.request else None,
            given_to=given.given_to,
            **common,
        )
        remarks.extend(_remarks(others, given.mask, guarded=receipt.protected))
        return receipt

    answer = saved(call, save)

    def show(screen: Screen) -> None:
        answer.show(screen)
        for one in remarks:
            screen.words(one)

    return replace(answer, show=show, notice=" ".join(remarks))


def take_in_copy(call: Call, *, again: bool) -> Answer:
    """Look at a person's copy and, unless it is only tried, take her in with all her records.

    Args:
        call: The command.
        again: She was erased here and has asked to come back herself.
    """
    source, receipt = call.given.source, None
    password = copy_password() if is_sealed(source) else None
    package = open_person(source, password=password)
    with call.register() as desk:
        review = desk.ask(review_copy, package=package)
        if not call.given.dry_run:
            with watched(_("Saving …")) as bar:
                receipt = desk.run(import_copy, package=package, again=again, progress=bar)
    said = receipt.remarks if receipt else (review.stopped, *review.remarks)
    remarks = [one for one in said if one]
    value = {
        "saved": receipt is not None,
        "person": receipt.ref if receipt else None,
        "name": review.name,
        "records": dict(review.counts),
        "total": 1,
        "added": 1 if receipt else 0,
        "stopped": review.stopped,
        "remarks": remarks,
    }

    def show(screen: Screen) -> None:
        whole = ngettext(
            "{name} with {count} record.", "{name} with {count} records.", review.total
        )
        screen.words(whole.format(name=review.name, count=review.total), "bold")
        for remark in remarks:
            screen.words(remark)
        done = _("Everything is taken in.")
        screen.words(done if receipt else _("Nothing is saved: this was only a look."), "bold")

    return Answer(value, show)


def _remarks(
    others: Sequence[OtherNamed], masked: Sequence[Masking], *, guarded: bool
) -> Iterator[str]:
    if not guarded:
        yield _("The file has no password: whoever gets hold of it can read it.")
    done = {(one["record"], one["words"]) for one in masked}
    left = [one for one in others if (one.record, one.words) not in done]
    if left:
        said = ngettext(
            "{count} place names somebody else and was left as it is.",
            "{count} places name somebody else and were left as they are.",
            len(left),
        )
        yield said.format(count=len(left))
        yield _("Look at them with: {command}").format(
            command="gdprdesk do FILE person.others --subject-ref REF"
        )
