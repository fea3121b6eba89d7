"""What can be typed: the commands, their arguments and their help."""

from __future__ import annotations

import inspect
from argparse import SUPPRESS, ArgumentParser, HelpFormatter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gdprdesk
from gdprdesk.cli import commands, copying, exporting
from gdprdesk.cli.answers import Answer
from gdprdesk.cli.backups import back_up, put_back
from gdprdesk.cli.breaches import add_breach_exports, breaches, take_breach_options
from gdprdesk.cli.call import Call
from gdprdesk.cli.calls import calls, take_call_options
from gdprdesk.cli.clean_up import clean_up
from gdprdesk.cli.consents import consents, take_consent_options
from gdprdesk.cli.demo import make_demo
from gdprdesk.cli.duplicates import duplicates, take_duplicate_options
from gdprdesk.cli.erasing import erase_person, take_erasure_options
from gdprdesk.cli.factors import factors, take_factor_options
from gdprdesk.cli.gift_cards import gift_cards, take_card_options
from gdprdesk.cli.importing import take_import_options, take_in
from gdprdesk.cli.journal import journal, take_journal_options
from gdprdesk.cli.log import log, take_log_options
from gdprdesk.cli.media import media, take_media_options
from gdprdesk.cli.naming import do
from gdprdesk.cli.newsletter import add_reader_options, newsletter, take_newsletter_options
from gdprdesk.cli.order_exports import add_order_exports
from gdprdesk.cli.orders import orders, take_order_options
from gdprdesk.cli.policy import check_policy
from gdprdesk.cli.register_importing import take_in_register, take_register_options
from gdprdesk.cli.requests import requests, take_request_options
from gdprdesk.cli.selling import add_sales_exports
from gdprdesk.cli.signatures import add_options, can_be_typed, text, whole
from gdprdesk.cli.staff import accept, staff, take_staff_options
from gdprdesk.cli.vouchers import take_voucher_options, vouchers
from gdprdesk.domain.closing import Ending
from gdprdesk.domain.terms import Audience, ExportPurpose, LetterKind
from gdprdesk.i18n import LANGUAGES, _
from gdprdesk.services import files, paper_files
from gdprdesk.services.files import FileFormat
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.log_files import export_log
from gdprdesk.services.notice_files import NoticeFormat
from gdprdesk.services.registry import ACTIONS, QUERIES, READINGS
from gdprdesk.services.templates import EXTRAS, TRADES
from gdprdesk.store.keys import OWNER

COUNTRIES = ("SE", "NO")
_PEOPLE_OF_THE_WINDOW = 60

Command = Callable[[Call], Answer]
Commands = Any  # what argparse gives for sub-commands has no public name


class _Help(HelpFormatter):
    """The help in the language spoken."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        said = {"positional arguments": _("Arguments"), "options": _("Options")}
        super().start_section(said.get(heading or "", heading))


def build_parser(typed: Sequence[str] | None = None) -> ArgumentParser:
    """Return a parser that knows every command, and every action and query by its name.

    Args:
        typed: What was typed; then only those names are known that it can mean, since to know all
            of them takes ten times as long as all the rest.
    """
    parser = _new(ArgumentParser, prog="gdprdesk", description=_about())
    parser.set_defaults(json=False, staff=OWNER, key_file=None, security_key=False)
    parser.add_argument(
        "--version",
        action="version",
        version=f"gdprdesk {gdprdesk.__version__}",
        help=_("show the version"),
    )
    add = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    _add_registers(add)
    _add_imports(add)
    _add_people(add)
    _add_exports(add)
    _add_upkeep(add)
    _add_names(add, typed)
    return parser


def _about() -> str:
    return _("Keep the record of processing of a small business, and what it holds about people.")


def _new(make: Callable[..., ArgumentParser], *names: str, **options: Any) -> ArgumentParser:
    """Make a parser that takes what every command takes, before or after its own arguments."""
    made = make(*names, add_help=False, allow_abbrev=False, formatter_class=_Help, **options)
    made.add_argument("-h", "--help", action="help", help=_("show this help"))
    made.add_argument(
        "--json", action="store_true", default=SUPPRESS, help=_("print one JSON value")
    )
    made.add_argument(
        "--as", dest="staff", default=SUPPRESS, metavar=_("NAME"), help=_("who opens the register")
    )
    made.add_argument(
        "--key-file",
        type=Path,
        default=SUPPRESS,
        metavar=_("PATH"),
        help=_("the key file that is needed beside the password"),
    )
    made.add_argument(
        "--security-key",
        action="store_true",
        default=SUPPRESS,
        help=_("ask the security key that is needed beside the password"),
    )
    return made


def _command(add: Commands, name: str, run: Command | None, words: str) -> ArgumentParser:
    command = _new(add.add_parser, name, help=words, description=words)
    if run is not None:
        command.set_defaults(run=run)
    return command


def _on_file(add: Commands, name: str, run: Command | None, words: str) -> ArgumentParser:
    command = _command(add, name, run, words)
    command.add_argument("file", type=Path, metavar=_("FILE"), help=_("the folder of the register"))
    return command


def _add_registers(add: Commands) -> None:
    demo = _command(add, "demo", make_demo, _("make an example register and open it"))
    demo.add_argument("--trade", choices=TRADES, default=TRADES[0])
    demo.add_argument("--country", choices=COUNTRIES, default=COUNTRIES[0])
    _add_language(demo, _("the language of the register"))
    demo.add_argument(
        "--people",
        type=whole,
        default=_PEOPLE_OF_THE_WINDOW,
        metavar="N",
        help=_("how many people are in it"),
    )
    demo.add_argument("--to", type=Path, metavar=_("FILE"), help=_("the new folder"))
    demo.add_argument("--no-window", action="store_true", help=_("only make it"))
    new = _on_file(add, "new", commands.make_register, _("make a new register"))
    new.add_argument("--name", type=text, required=True, help=_("the name of the business"))
    new.add_argument("--trade", choices=TRADES, default=TRADES[0])
    new.add_argument("--country", choices=COUNTRIES, required=True)
    _add_language(new, _("the language of the register"))
    for option, words in (
        ("--org-number", _("its org. number")),
        ("--address", _("its address")),
        ("--contact", _("who answers questions about privacy")),
        ("--email", _("its e-mail address")),
        ("--phone", _("its phone number")),
    ):
        new.add_argument(option, type=text, default="", help=words)
    extras = "|".join(EXTRAS)
    for option, words in (
        ("--extra", _("what it has besides the usual, such as cameras")),
        ("--without", _("what it does not have, such as a newsletter")),
    ):
        new.add_argument(
            option, action="append", choices=EXTRAS, default=[], metavar=extras, help=words
        )
    month = _("the month in which its financial year ends")
    new.add_argument(
        "--year-ends-in", type=int, choices=range(1, 13), default=12, metavar="1-12", help=month
    )


def _add_imports(add: Commands) -> None:
    take_import_options(_on_file(add, "import", take_in, _("take in a customer list or a copy")))
    words = _("take in a register of processing that was kept elsewhere")
    take_register_options(_on_file(add, "import-register", take_in_register, words))
    words = _("list which vouchers of a bookkeeping file name people of the register")
    take_voucher_options(_on_file(add, "vouchers", vouchers, words))


def _add_people(add: Commands) -> None:
    people = _on_file(add, "people", commands.list_people, _("list people"))
    people.add_argument(
        "search", nargs="*", type=text, metavar=_("SEARCH"), help=_("beginnings of words")
    )
    people.add_argument("--limit", type=whole, metavar="N", help=_("how many at most"))
    people.add_argument("--offset", type=whole, default=0, metavar="N", help=_("how many to skip"))
    person = _on_file(add, "person", commands.show_person, _("show everything about one person"))
    person.add_argument("ref", type=text, metavar="REF")
    _add_language(person, _("the language of the copy"))
    words = _("list orders and bookings, take one, or say what became of one")
    take_order_options(_on_file(add, "orders", orders, words))
    erase = _on_file(add, "erase", erase_person, _("erase a person; can be undone for a day"))
    take_erasure_options(erase)
    words = _("list calls and messages, write one down, or make an order of it")
    take_call_options(_on_file(add, "calls", calls, words))
    words = _("list who says yes to what, write down an answer, take one back, or prove one")
    take_consent_options(_on_file(add, "consents", consents, words))
    words = _("list gift cards and what is left on them; sell, use or stop one")
    take_card_options(_on_file(add, "gift-cards", gift_cards, words))
    over = _on_file(add, "clean-up", clean_up, _("let go of what the rules say is over"))
    over.add_argument("--preview", action="store_true", help=_("only show what would go"))


def _add_exports(add: Commands) -> None:
    export = _on_file(add, "export", None, _("save a report or a copy to a file"))
    what = export.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    formats = tuple(one.value for one in FileFormat)
    _add_register_exports(what, formats)
    kinds = tuple(one.value for one in NoticeFormat)
    notice = _export(what, "notice", exporting.save_notice, _("the privacy notice"), kinds)
    notice.add_argument(
        "--audience",
        type=Audience,
        choices=list(Audience),
        default=Audience.CUSTOMERS,
        metavar="|".join(Audience),
        help=_("whom it speaks to"),
    )
    notice.add_argument(
        "--version", type=text, metavar="REF", help=_("an older version, word for word")
    )
    _add_record_exports(what, formats)
    _add_letter(what)
    add_sales_exports(partial(_export, what), formats)
    words = _("who gets the newsletter")
    add_reader_options(_export(what, "newsletter", exporting.save_newsletter, words, formats))
    words = _("everything about one person")
    copying.add_copy_options(_export(what, "person", copying.save_person, words, copying.FORMATS))
    receipt = _export(what, "receipt", exporting.save_receipt, _("the receipt of an erasure"))
    receipt.add_argument("--person", type=text, required=True, metavar="REF")
    done = _export(
        what, "clean-up", exporting.save_clean_up, _("the protocol of a clean-up"), formats
    )
    done.add_argument("--ref", type=text, required=True, metavar="REF")
    add_breach_exports(partial(_export, what), formats)
    add_order_exports(partial(_export, what), formats)
    consent = _export(what, "consent", exporting.save_consent, _("the proof of a consent"))
    consent.add_argument("--ref", type=text, required=True, metavar="REF")


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
    closing.add_argument(
        "--ending",
        type=Ending,
        choices=list(Ending),
        default=Ending.CLOSE,
        metavar="|".join(Ending),
        help=_("whether it closes or is handed over"),
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
    letter.add_argument(
        "--letter",
        type=LetterKind,
        choices=list(LetterKind),
        required=True,
        metavar="|".join(LetterKind),
        help=_("which letter"),
    )
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
    command = _command(what, name, run, words)
    _add_target(command)
    _add_language(command, _("the language of the document"))
    command.add_argument(
        "--password-protect", action="store_true", help=_("let it open with a password only")
    )
    command.add_argument(
        "--for",
        dest="purpose_of_file",
        type=ExportPurpose,
        choices=list(ExportPurpose),
        metavar="|".join(ExportPurpose),
        help=_("what it is for, as the log says it"),
    )
    if formats:
        command.add_argument("--format", choices=formats, help=_("as the name ends, if not given"))
    return command


def _add_upkeep(add: Commands) -> None:
    _on_file(add, "activities", commands.list_register, _("list the register"))
    _on_file(add, "recipients", commands.list_others, _("list who else gets personal data"))
    _on_file(add, "served", commands.list_served, _("list for whom data are processed"))
    words = _("list what people ask for about their data, show one, or write down a new one")
    take_request_options(_on_file(add, "requests", requests, words))
    words = _("list who may stand there twice, make one person of two, or tell them apart")
    take_duplicate_options(_on_file(add, "duplicates", duplicates, words))
    take_media_options(_on_file(add, "media", media, _("pictures: what is shown, and where")))
    words = _("list breaches, or write down a new one")
    take_breach_options(_on_file(add, "breaches", breaches, words))
    words = _("list, read, write or search journals")
    take_journal_options(_on_file(add, "journal", journal, words))
    words = _("compare the list of a newsletter program, or check a survey")
    take_newsletter_options(_on_file(add, "newsletter", newsletter, words))
    words = _("see who has read what about a person, or save it for her")
    take_log_options(_on_file(add, "log", log, words))
    _on_file(add, "check", commands.check, _("check the file, its log and its erasures"))
    copy = _on_file(add, "backup", back_up, _("make a copy of the register, and read it again"))
    copy.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("where, such as on a stick"))
    back = _command(add, "restore", put_back, _("put a backup back, without the erased"))
    back.add_argument("backup", type=Path, metavar=_("BACKUP"), help=_("the file"))
    back.add_argument("file", type=Path, metavar=_("FILE"), help=_("the folder of the register"))
    back.add_argument(
        "--recovery-key", action="store_true", help=_("with the recovery key, not a password")
    )
    back.add_argument("--preview", action="store_true", help=_("only show what would happen"))
    policy = _command(add, "check-policy", check_policy, _("check a privacy policy that you have"))
    policy.add_argument("source", metavar=_("POLICY"), help=_("its file, or - for the input"))
    _add_language(policy, _("the language it is written in; found, if not given"))
    policy.add_argument("--country", choices=COUNTRIES, help=_("whose law; found, if not given"))
    change = _on_file(add, "password", commands.change_password, _("change a password"))
    change.add_argument(
        "--recovery", action="store_true", help=_("with the recovery key, not the old password")
    )
    words = _("what is needed beside the password: a key file, a security key")
    take_factor_options(_on_file(add, "factors", factors, words))
    take_staff_options(_on_file(add, "staff", staff, _("let people in and out, and list them")))
    _on_file(add, "accept", accept, _("open a register for the first time, with a one-time code"))
    words = _("write the register anew under new keys, when somebody has left")
    _on_file(add, "change-keys", commands.change_keys, words)
    words = _("save a new recovery key to print; the old one opens nothing then")
    _add_target(_on_file(add, "recovery-key", commands.print_recovery_key, words))


def _add_names(add: Commands, typed: Sequence[str] | None) -> None:
    command = _on_file(add, "do", do, _("do any action or ask any question by its name"))
    names = command.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    known = {**ACTIONS, **QUERIES, **READINGS}
    if typed is not None:
        meant = {name: known[name] for name in typed if name in known}
        known = meant or (known if "do" in typed else {})
    for name, function in sorted(known.items()):
        said = (inspect.getdoc(function) or "").partition("\n")[0]
        command = _command(names, name, None, said)
        if can_be_typed(function):
            add_options(command, function)


def _add_target(command: ArgumentParser) -> None:
    command.add_argument(
        "--to", type=Path, required=True, metavar=_("PATH"), help=_("the file to save")
    )
    command.add_argument("--force", action="store_true", help=_("replace a file that is there"))


def _add_language(command: ArgumentParser, words: str) -> None:
    command.add_argument("--language", choices=LANGUAGES, default="", help=words)
