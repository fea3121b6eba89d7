"""What can be typed: every command in the order of the help, as one reads it from the top."""

from __future__ import annotations

import inspect
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import gdprdesk
from gdprdesk.cli import commands
from gdprdesk.cli.backups import back_up, put_back
from gdprdesk.cli.breaches import breaches, take_breach_options
from gdprdesk.cli.calls import calls, take_call_options
from gdprdesk.cli.clean_up import clean_up
from gdprdesk.cli.consents import consents, take_consent_options
from gdprdesk.cli.demo import make_demo
from gdprdesk.cli.duplicates import duplicates, take_duplicate_options
from gdprdesk.cli.erasing import erase_person, take_erasure_options
from gdprdesk.cli.export_options import add_exports
from gdprdesk.cli.factors import factors, take_factor_options
from gdprdesk.cli.frame import Commands, add_command, add_language, add_target, new_parser, on_file
from gdprdesk.cli.gift_cards import gift_cards, take_card_options
from gdprdesk.cli.importing import take_import_options, take_in
from gdprdesk.cli.journal import journal, take_journal_options
from gdprdesk.cli.log import log, take_log_options
from gdprdesk.cli.media import media, take_media_options
from gdprdesk.cli.naming import do
from gdprdesk.cli.newsletter import newsletter, take_newsletter_options
from gdprdesk.cli.orders import orders, take_order_options
from gdprdesk.cli.policy import check_policy
from gdprdesk.cli.register_importing import take_in_register, take_register_options
from gdprdesk.cli.requests import requests, take_request_options
from gdprdesk.cli.signatures import add_options, can_be_typed, text, whole
from gdprdesk.cli.staff import accept, staff, take_staff_options
from gdprdesk.cli.vouchers import take_voucher_options, vouchers
from gdprdesk.i18n import _
from gdprdesk.services.registry import ACTIONS, QUERIES, READINGS
from gdprdesk.services.templates import EXTRAS, TRADES
from gdprdesk.store.keys import OWNER

COUNTRIES = ("SE", "NO")
_PEOPLE_OF_THE_WINDOW = 60


def build_parser(typed: Sequence[str] | None = None) -> ArgumentParser:
    """Return a parser that knows every command, and every action and query by its name.

    Args:
        typed: What was typed; then only those names are known that it can mean, since to know all
            of them takes ten times as long as all the rest.
    """
    parser = new_parser(ArgumentParser, prog="gdprdesk", description=_about())
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
    _add_working_day(add)
    _add_people(add)
    _add_rights(add)
    add_exports(add)
    _add_records(add)
    _add_upkeep(add)
    _add_doors(add)
    _add_names(add, typed)
    return parser


def _about() -> str:
    return _("Keep the record of processing of a small business, and what it holds about people.")


def _add_registers(add: Commands) -> None:
    demo = add_command(add, "demo", make_demo, _("make an example register and open it"))
    demo.add_argument("--trade", choices=TRADES, default=TRADES[0])
    demo.add_argument("--country", choices=COUNTRIES, default=COUNTRIES[0])
    add_language(demo, _("the language of the register"))
    demo.add_argument(
        "--people",
        type=whole,
        default=_PEOPLE_OF_THE_WINDOW,
        metavar="N",
        help=_("how many people are in it"),
    )
    demo.add_argument("--to", type=Path, metavar=_("FILE"), help=_("the new folder"))
    demo.add_argument("--no-window", action="store_true", help=_("only make it"))
    new = on_file(add, "new", commands.make_register, _("make a new register"))
    new.add_argument("--name", type=text, required=True, help=_("the name of the business"))
    new.add_argument("--trade", choices=TRADES, default=TRADES[0])
    new.add_argument("--country", choices=COUNTRIES, required=True)
    add_language(new, _("the language of the register"))
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
    take_import_options(on_file(add, "import", take_in, _("take in a customer list or a copy")))
    words = _("take in a register of processing that was kept elsewhere")
    take_register_options(on_file(add, "import-register", take_in_register, words))
    words = _("list which vouchers of a bookkeeping file name people of the register")
    take_voucher_options(on_file(add, "vouchers", vouchers, words, "2026.se"))


def _add_working_day(add: Commands) -> None:
    words = _("list orders and bookings, take one, or say what became of one")
    take_order_options(on_file(add, "orders", orders, words, "paid 1001 --by card"))
    words = _("list calls and messages, write one down, or make an order of it")
    take_call_options(on_file(add, "calls", calls, words, "order --ref REF"))
    words = _("list gift cards and what is left on them; sell, use or stop one")
    take_card_options(on_file(add, "gift-cards", gift_cards, words, "sell --amount 500"))


def _add_people(add: Commands) -> None:
    people = on_file(add, "people", commands.list_people, _("list people"))
    people.add_argument(
        "search", nargs="*", type=text, metavar=_("SEARCH"), help=_("beginnings of words")
    )
    people.add_argument("--limit", type=whole, metavar="N", help=_("how many at most"))
    people.add_argument("--offset", type=whole, default=0, metavar="N", help=_("how many to skip"))
    person = on_file(add, "person", commands.show_person, _("show everything about one person"))
    person.add_argument("ref", type=text, metavar="REF")
    add_language(person, _("the language of the copy"))
    words = _("list who may stand there twice, make one person of two, or tell them apart")
    take_duplicate_options(
        on_file(add, "duplicates", duplicates, words, "--merge REF REF --preview")
    )
    words = _("list who says yes to what, write down an answer, take one back, or prove one")
    take_consent_options(
        on_file(
            add,
            "consents",
            consents,
            words,
            "record --person karin --purpose newsletter --decision given",
        )
    )
    words = _("list pictures, take one in, say where it is shown or is no more, or save one")
    take_media_options(on_file(add, "media", media, words, "publish REF --place Instagram"))
    words = _("compare the list of a newsletter program, or check a survey")
    take_newsletter_options(
        on_file(add, "newsletter", newsletter, words, "compare export.zip --report list.pdf")
    )
    words = _("list, read, write or search journals")
    take_journal_options(on_file(add, "journal", journal, words))


def _add_rights(add: Commands) -> None:
    words = _("list what people ask for about their data, show one, or write down a new one")
    take_request_options(on_file(add, "requests", requests, words))
    erase = on_file(add, "erase", erase_person, _("erase a person; can be undone for a day"))
    take_erasure_options(erase)
    over = on_file(add, "clean-up", clean_up, _("let go of what the rules say is over"))
    over.add_argument("--preview", action="store_true", help=_("only show what would go"))
    words = _("list breaches, or write down a new one")
    take_breach_options(on_file(add, "breaches", breaches, words))


def _add_records(add: Commands) -> None:
    on_file(add, "activities", commands.list_register, _("list the register"))
    on_file(add, "recipients", commands.list_others, _("list who else gets personal data"))
    on_file(add, "served", commands.list_served, _("list for whom data are processed"))
    policy = add_command(
        add, "check-policy", check_policy, _("check a privacy policy that you have")
    )
    policy.add_argument("source", metavar=_("POLICY"), help=_("its file, or - for the input"))
    add_language(policy, _("the language it is written in; found, if not given"))
    policy.add_argument("--country", choices=COUNTRIES, help=_("whose law; found, if not given"))
    words = _("see who has read what about a person, or save it for her")
    take_log_options(on_file(add, "log", log, words))


def _add_upkeep(add: Commands) -> None:
    on_file(add, "check", commands.check, _("check the file, its log and its erasures"))
    copy = on_file(add, "backup", back_up, _("make a copy of the register, and read it again"))
    copy.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("where, such as on a stick"))
    back = add_command(add, "restore", put_back, _("put a backup back, without the erased"))
    back.add_argument("backup", type=Path, metavar=_("BACKUP"), help=_("the file"))
    back.add_argument("file", type=Path, metavar=_("FILE"), help=_("the folder of the register"))
    back.add_argument(
        "--recovery-key", action="store_true", help=_("with the recovery key, not a password")
    )
    back.add_argument("--preview", action="store_true", help=_("only show what would happen"))


def _add_doors(add: Commands) -> None:
    change = on_file(add, "password", commands.change_password, _("change a password"))
    change.add_argument(
        "--recovery", action="store_true", help=_("with the recovery key, not the old password")
    )
    words = _("what is needed beside the password: a key file, a security key")
    take_factor_options(on_file(add, "factors", factors, words))
    take_staff_options(on_file(add, "staff", staff, _("let people in and out, and list them")))
    on_file(add, "accept", accept, _("open a register for the first time, with a one-time code"))
    words = _("write the register anew under new keys, when somebody has left")
    on_file(add, "change-keys", commands.change_keys, words)
    words = _("save a new recovery key to print; the old one opens nothing then")
    add_target(on_file(add, "recovery-key", commands.print_recovery_key, words))


def _add_names(add: Commands, typed: Sequence[str] | None) -> None:
    command = on_file(add, "do", do, _("do any action or ask any question by its name"))
    names = command.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    known = {**ACTIONS, **QUERIES, **READINGS}
    if typed is not None:
        meant = {name: known[name] for name in typed if name in known}
        known = meant or (known if "do" in typed else {})
    for name, function in sorted(known.items()):
        said = (inspect.getdoc(function) or "").partition("\n")[0]
        command = add_command(names, name, None, said)
        if can_be_typed(function):
            add_options(command, function)
