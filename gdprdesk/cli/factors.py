"""What is needed beside a password on the command line: asked for, listed, added and removed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with
from gdprdesk.cli.call import Call
from gdprdesk.cli.passwords import password
from gdprdesk.cli.security_keys import TerminalAsking
from gdprdesk.cli.signatures import text
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import FactorKind, say
from gdprdesk.door import AtHand
from gdprdesk.i18n import _
from gdprdesk.store.keys import staff_in

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_factor_options(command: ArgumentParser) -> None:
    """Say what can be typed about what is needed beside the password."""
    deeds = tuple(_DEEDS)
    command.add_argument("deed", nargs="?", choices=deeds, default="list", metavar="|".join(deeds))
    command.add_argument(
        "--path", type=Path, metavar=_("PATH"), help=_("the key file; made if it is not there")
    )
    command.add_argument(
        "--number", type=text, default="", metavar="N", help=_("which security key, as listed")
    )


def factors(call: Call) -> Answer:
    """Do what was typed about what is needed beside the password."""
    staff_in(call.folder)
    typed = password()
    desk = call.unlock(typed)
    try:
        _DEEDS[call.given.deed](desk, typed, call.at_hand, call.given)
        needed = desk.own_access.factors()
    finally:
        desk.lock()
    value = {"key_file": needed.key_file, "security_keys": list(needed.security_keys)}
    if not needed.kinds:
        return answer_with(value, _("Nothing is needed beside the password."))

    def show(screen: Screen) -> None:
        screen.words(_("Needed beside the password:"))
        if needed.key_file:
            screen.words(say(FactorKind.KEY_FILE))
        for number in needed.security_keys:
            screen.words(_("Security key {number}").format(number=number))

    return Answer(value, show)


def _list(desk: Desk, typed: str, at_hand: AtHand, given: Namespace) -> None:
    """Change nothing: what is needed is answered in any case."""


def _add_key_file(desk: Desk, typed: str, at_hand: AtHand, given: Namespace) -> None:
    path = given.path
    if path is None:
        raise DomainError(_("Say with --path where the key file is to be. Nothing was changed."))
    own = desk.own_access
    (own.use_key_file if path.exists() else own.make_key_file)(typed, path, at_hand)
    warning = own.weakness_of_place(path)
    if warning:
        sys.stderr.write(f"{warning}\n")


def _remove_key_file(desk: Desk, typed: str, at_hand: AtHand, given: Namespace) -> None:  # noqa: ARG001
    desk.own_access.stop_key_file(typed, at_hand)


def _add_security_key(desk: Desk, typed: str, at_hand: AtHand, given: Namespace) -> None:  # noqa: ARG001
    desk.own_access.add_security_key(typed, AtHand(at_hand.key_file, TerminalAsking()))


def _remove_security_key(desk: Desk, typed: str, at_hand: AtHand, given: Namespace) -> None:
    desk.own_access.remove_security_key(typed, given.number, at_hand)


_DEEDS: dict[str, Callable[[Desk, str, AtHand, Namespace], None]] = {
    "list": _list,
    "add-key-file": _add_key_file,
    "remove-key-file": _remove_key_file,
    "add-security-key": _add_security_key,
    "remove-security-key": _remove_security_key,
}
