"""What can be saved to a file, and what can be typed about each."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial

from gdprdesk.cli import copying, exporting
from gdprdesk.cli.breaches import add_breach_exports
from gdprdesk.cli.frame import Command, Commands, add_command, add_language, add_target, on_file
from gdprdesk.cli.newsletter import add_reader_options
from gdprdesk.cli.order_exports import add_order_exports
from gdprdesk.cli.selling import add_sales_exports
from gdprdesk.cli.signatures import add_choice, text, whole
from gdprdesk.domain.closing import Ending
from gdprdesk.domain.terms import Audience, ExportPurpose, LetterKind
from gdprdesk.i18n import _
from gdprdesk.services import files, paper_files
from gdprdesk.services.files import FileFormat
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.log_files import export_log
from gdprdesk.services.notice_files import NoticeFormat


def add_exports(add: Commands) -> None:
    """Add everything that can be saved."""
    export = on_file(add, "export", None, _("save a report or a copy to a file"))
    what = export.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    formats = tuple(one.value for one in FileFormat)
    _add_register_exports(what, formats)
    kinds = tuple(one.value for one in NoticeFormat)
    notice = _export(what, "notice", exporting.save_notice, _("the privacy notice"), kinds)
    add_choice(notice, "--audience", Audience, _("whom it speaks to"), default=Audience.CUSTOMERS)
    notice.add_argument(
        "--version", type=text, metavar="REF", help=_("an older version, word for word")
    )
    _add_record_exports(what, formats)
    _add_letter(what)
    add_sales_exports(partial(_export, what), formats)
    add_order_exports(partial(_export, what), formats)
    words = _("who gets the newsletter")
    add_reader_options(_export(what, "newsletter", exporting.save_newsletter, words, formats))
    words = _("everything about one person")
    copying.add_copy_options(_export(what, "person", copying.save_person, words, copying.FORMATS))
    receipt = _export(what, "receipt", exporting.save_receipt, _("the receipt of an erasure"))
    receipt.add_argument("--person", type=text, required=True, metavar="REF")
    consent = _export(what, "consent", exporting.save_consent, _("the proof of a consent"))
    consent.add_argument("--ref", type=text, required=True, metavar="REF")
    done = _export(
        what, "clean-up", exporting.save_clean_up, _("the protocol of a clean-up"), formats
    )
    done.add_argument("--ref", type=text, required=True, metavar="REF")
    add_breach_exports(partial(_export, what), formats)


def _add_register_exports(what: Commands, formats: tuple[str, ...]) -> None:
    """Add what the register says."""
    for name, saving, words in (
        ("register", files.export_register, _("the record of processing")),
        ("processor-register", files.export_processor_register, _("what is done for others")),
        ("processors", files.export_processors, _("the processors and their agreements")),
        ("recipients", files.export_recipients, _("who else gets personal data")),
        ("retention", files.export_retention, _("how long everything is kept")),
        ("audit", export_log, _("who did what when")),
        ("public", files.export_public, _("what anybody who asks may know")),
        ("papers", paper_files.export_papers, _("the list of paper")),
        ("shredding", paper_files.export_shredding, _("the shredding log")),
        ("disclosures", paper_files.export_disclosures, _("what was handed out")),
        ("instructions", paper_files.export_instructions, _("what customers served asked for")),
    ):
        _export(what, name, exporting.save_report(saving), words, formats)
    words = _("the list of closing or handing over the business")
    closing = _export(what, "closing", exporting.save_closing, words, formats)
    add_choice(
        closing, "--ending", Ending, _("whether it closes or is handed over"), default=Ending.CLOSE
    )
    agreement = _export(
        what, "agreement", exporting.save_agreement, _("a processor agreement to sign"), formats
    )
    agreement.add_argument("--recipient", type=text, required=True, metavar="REF")


def _add_record_exports(what: Commands, formats: tuple[str, ...]) -> None:
    """Add what tells how the register itself is kept."""
    year = _export(what, "year", exporting.save_year, _("the yearly check to sign"), formats)
    year.add_argument("--year", type=whole, metavar="N", help=_("this year, if not given"))
    words = _("the year in pictures: orders, income, people, consents, requests")
    overview = _export(what, "overview", exporting.save_overview, words, formats)
    overview.add_argument("--year", type=whole, metavar="N", help=_("this year, if not given"))
    words = _("the register as it was frozen")
    snapshot = _export(what, "snapshot", exporting.save_snapshot, words, formats)
    snapshot.add_argument("--ref", type=text, required=True, metavar="REF")
    words = _("what changed in the register since a snapshot")
    difference = _export(what, "difference", exporting.save_difference, words, formats)
    difference.add_argument("--older", type=text, required=True, metavar="REF")
    difference.add_argument(
        "--newer", type=text, metavar="REF", help=_("a later snapshot; else the register of today")
    )
    words = _("the letter that says where data came from")
    letter = _export(what, "source-letter", exporting.save_source_letter, words, formats)
    letter.add_argument("--ref", type=text, required=True, metavar="REF")


def _add_letter(what: Commands) -> None:
    """Add the letters of a request."""
    formats = tuple(one.value for one in LetterFormat)
    letter = _export(
        what, "letter", exporting.save_letter, _("a letter to whoever made a request"), formats
    )
    letter.add_argument("--request", type=text, required=True, metavar="REF")
    add_choice(letter, "--letter", LetterKind, _("which letter"), required=True)
    letter.add_argument(
        "--words",
        type=text,
        default="",
        metavar=_("TEXT"),
        help=_("what you add in your own words"),
    )


def _export(
    what: Commands, name: str, run: Command, words: str, formats: tuple[str, ...] = ()
) -> ArgumentParser:
    command = add_command(what, name, run, words)
    add_target(command)
    add_language(command, _("the language of the document"))
    command.add_argument(
        "--password-protect", action="store_true", help=_("let it open with a password only")
    )
    add_choice(
        command,
        "--for",
        ExportPurpose,
        _("what it is for, as the log says it"),
        dest="purpose_of_file",
    )
    if formats:
        command.add_argument("--format", choices=formats, help=_("as the name ends, if not given"))
    return command
