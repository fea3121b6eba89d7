"""What every command takes, and the parts that several take: a register, a target, a language."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, HelpFormatter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gdprdesk.cli.answers import Answer
from gdprdesk.cli.call import Call
from gdprdesk.i18n import LANGUAGES, _

Command = Callable[[Call], Answer]
Commands = Any  # what argparse gives for sub-commands has no public name


class _Help(HelpFormatter):
    """The help in the language spoken."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        said = {"positional arguments": _("Arguments"), "options": _("Options")}
        super().start_section(said.get(heading or "", heading))


def new_parser(make: Callable[..., ArgumentParser], *names: str, **options: Any) -> ArgumentParser:
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


def add_command(add: Commands, name: str, run: Command | None, words: str) -> ArgumentParser:
    """Add a command with its help."""
    command = new_parser(add.add_parser, name, help=words, description=words)
    if run is not None:
        command.set_defaults(run=run)
    return command


def on_file(
    add: Commands, name: str, run: Command | None, words: str, example: str = ""
) -> ArgumentParser:
    """Add a command on a register, with an example of what is typed after the file."""
    command = add_command(add, name, run, words)
    command.add_argument("file", type=Path, metavar=_("FILE"), help=_("the folder of the register"))
    if example:
        typed = f"gdprdesk {name} {_('FILE')} {example}"
        command.epilog = _("For example: {command}").format(command=typed)
    return command


def add_target(command: ArgumentParser) -> None:
    """Add which file is saved, and whether another may be replaced."""
    command.add_argument(
        "--to", type=Path, required=True, metavar=_("PATH"), help=_("the file to save")
    )
    command.add_argument("--force", action="store_true", help=_("replace a file that is there"))


def add_language(command: ArgumentParser, words: str) -> None:
    """Add the choice of a language."""
    command.add_argument("--language", choices=LANGUAGES, default="", help=words)
