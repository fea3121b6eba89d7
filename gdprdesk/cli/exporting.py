"""Saving reports and copies to files."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gdprdesk.cli.answers import Answer, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.handing import handing_of
from gdprdesk.cli.newsletter import save_mailing
from gdprdesk.desk import Desk
from gdprdesk.domain.base import EditionRef, RecipientRef, RecordRef, SubjectRef
from gdprdesk.i18n import _
from gdprdesk.services.book_years import show_book_years
from gdprdesk.services.clean_up_files import export_clean_up
from gdprdesk.services.files import (
    ExportReceipt,
    FileFormat,
    RegisterExport,
    export_accountant,
    export_agreement,
    export_consent,
    export_day_sheet,
    export_invoice,
    export_receipt,
)
from gdprdesk.services.letters import LetterFormat, export_letter
from gdprdesk.services.newsletter import export_newsletter
from gdprdesk.services.notice_files import NoticeFormat, export_notice
from gdprdesk.services.paper_files import export_closing
from gdprdesk.services.register_files import (
    export_difference,
    export_overview,
    export_snapshot,
    export_source_letter,
    export_year,
)

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

Format = TypeVar("Format", bound=StrEnum)


def save_report(export: RegisterExport) -> Callable[[Call], Answer]:
    """Return what saves a report on the whole register."""

    def save(call: Call) -> Answer:
        return saved(
            call,
            lambda desk, common: desk.run(
                export, format=chosen_format(call, FileFormat.XLSX), **common
            ),
        )

    return save


def save_agreement(call: Call) -> Answer:
    """Save a processor agreement, ready to sign."""
    ref, wanted = RecipientRef(call.given.recipient), chosen_format(call, FileFormat.DOCX)
    return saved(
        call,
        lambda desk, common: desk.run(export_agreement, recipient_ref=ref, format=wanted, **common),
    )


def save_notice(call: Call) -> Answer:
    """Save the privacy notice for an audience."""
    given = call.given
    version = EditionRef(given.version) if given.version else None
    wanted = chosen_format(call, NoticeFormat.HTML)
    return saved(
        call,
        lambda desk, common: desk.run(
            export_notice, audience=given.audience, version=version, format=wanted, **common
        ),
    )


def save_accountant(call: Call) -> Answer:
    """Save the list of invoices of a financial year; without one, of the last that is over."""

    def save(desk: Desk, common: dict[str, Any]) -> ExportReceipt:
        year = call.given.year
        if year is None:
            year = desk.ask(show_book_years).usual
        return desk.run(
            export_accountant, year=year, format=chosen_format(call, FileFormat.XLSX), **common
        )

    return saved(call, save)


def save_newsletter(call: Call) -> Answer:
    """Save who gets the newsletter, for the program that sends it."""
    if call.given.tool is not None:
        return save_mailing(call)
    wanted = chosen_format(call, FileFormat.CSV)
    return saved(
        call,
        lambda desk, common: desk.run(
            export_newsletter, purpose=call.given.purpose, format=wanted, **common
        ),
    )


def save_day_sheet(call: Call) -> Answer:
    """Save the orders of a day for the kitchen."""
    return saved(
        call,
        lambda desk, common: desk.run(
            export_day_sheet,
            day=call.given.day,
            format=chosen_format(call, FileFormat.XLSX),
            **common,
        ),
    )


def save_invoice(call: Call) -> Answer:
    """Save an invoice."""
    ref = RecordRef(call.given.ref)
    return saved(call, lambda desk, common: desk.run(export_invoice, ref=ref, **common))


def save_consent(call: Call) -> Answer:
    """Save the proof of a consent."""
    ref = RecordRef(call.given.ref)
    return saved(call, lambda desk, common: desk.run(export_consent, ref=ref, **common))


def save_receipt(call: Call) -> Answer:
    """Save the receipt of an erasure."""
    ref = SubjectRef(call.given.person)
    return saved(call, lambda desk, common: desk.run(export_receipt, subject_ref=ref, **common))


def save_clean_up(call: Call) -> Answer:
    """Save the protocol of a clean-up."""
    ref, wanted = EditionRef(call.given.ref), chosen_format(call, FileFormat.PDF)
    return saved(
        call,
        lambda desk, common: desk.run(export_clean_up, ref=ref, format=wanted, **common),
    )


def save_closing(call: Call) -> Answer:
    """Save the list of closing or handing over the business."""
    ending, wanted = call.given.ending, chosen_format(call, FileFormat.PDF)
    return saved(
        call, lambda desk, common: desk.run(export_closing, ending=ending, format=wanted, **common)
    )


def save_year(call: Call) -> Answer:
    """Save the yearly check; without a year, of this one."""
    wanted = chosen_format(call, FileFormat.PDF)

    def save(desk: Desk, common: dict[str, Any]) -> ExportReceipt:
        year = call.given.year or desk.today.year
        return desk.run(export_year, year=year, format=wanted, **common)

    return saved(call, save)


def save_overview(call: Call) -> Answer:
    """Save a year in pictures; without a year, this one."""
    wanted = chosen_format(call, FileFormat.PDF)

    def save(desk: Desk, common: dict[str, Any]) -> ExportReceipt:
        year = call.given.year or desk.today.year
        return desk.run(export_overview, year=year, format=wanted, **common)

    return saved(call, save)


def save_snapshot(call: Call) -> Answer:
    """Save the register as it was frozen on a day."""
    ref, wanted = EditionRef(call.given.ref), chosen_format(call, FileFormat.PDF)
    return saved(
        call, lambda desk, common: desk.run(export_snapshot, ref=ref, format=wanted, **common)
    )


def save_difference(call: Call) -> Answer:
    """Save what changed in the register between two snapshots, or since one."""
    given, wanted = call.given, chosen_format(call, FileFormat.PDF)
    newer = EditionRef(given.newer) if given.newer else None
    return saved(
        call,
        lambda desk, common: desk.run(
            export_difference, older=EditionRef(given.older), newer=newer, format=wanted, **common
        ),
    )


def save_source_letter(call: Call) -> Answer:
    """Save the letter that tells a person where her data came from."""
    ref, wanted = RecordRef(call.given.ref), chosen_format(call, FileFormat.DOCX)
    return saved(
        call, lambda desk, common: desk.run(export_source_letter, ref=ref, format=wanted, **common)
    )


def save_letter(call: Call) -> Answer:
    """Save a letter of a request, to print or to mail."""
    given, wanted = call.given, chosen_format(call, LetterFormat.PDF)
    return saved(
        call,
        lambda desk, common: desk.run(
            export_letter,
            request_ref=RecordRef(given.request),
            letter=given.letter,
            format=wanted,
            own_words=given.words,
            **common,
        ),
    )


def saved(call: Call, save: Callable[[Desk, dict[str, Any]], ExportReceipt]) -> Answer:
    """Save something from the register that was named, and tell what was saved.

    What whoever saved it should know, such as that anybody can read it, is told, too; on standard
    error when only a program reads the answer.
    """
    given = call.given
    common = {"to": given.to, "language_code": given.language, "overwrite": given.force}
    handing = handing_of(call)
    with call.register() as desk, desk.handing_out(handing):
        receipt = save(desk, common)
    words = (_("Saved: {path}").format(path=receipt.path), *receipt.remarks)
    told = plain(receipt)

    def show(screen: Screen) -> None:
        for one in words:
            screen.words(one)

    value = {one: told[one] for one in ("path", "format", "rows", "sha256")}
    return Answer(value, show, notice=" ".join(receipt.remarks))


def chosen_format(call: Call, otherwise: Format) -> Format:
    """Return the format that was asked for, else the one that the name of the file ends in."""
    target: Path = call.given.to
    named = target.suffix.casefold().removeprefix(".")
    kinds = type(otherwise)
    return kinds(call.given.format or (named if named in set(map(str, kinds)) else otherwise))
