"""Passwords: from the environment, or typed on the terminal without being shown. Never arguments.

What stands on a command line is seen by every program of the computer.
"""

from __future__ import annotations

import getpass
import os
import sys

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _

PASSWORD = "GDPRDESK_PASSWORD"  # noqa: S105
NEW_PASSWORD = "GDPRDESK_NEW_PASSWORD"  # noqa: S105
EXPORT_PASSWORD = "GDPRDESK_EXPORT_PASSWORD"  # noqa: S105
RECOVERY_KEY = "GDPRDESK_RECOVERY_KEY"
CODE = "GDPRDESK_CODE"


def password() -> str:
    """Return the password of the register.

    Raises:
        DomainError: There is none, and nobody to ask.
    """
    return _asked(_("Password: "), PASSWORD)


def recovery_key() -> str:
    """Return the recovery key as it stands on paper.

    Raises:
        DomainError: There is none, and nobody to ask.
    """
    return _asked(_("Recovery key: "), RECOVERY_KEY)


def one_time_code() -> str:
    """Return the one-time code that somebody was invited with.

    Raises:
        DomainError: There is none, and nobody to ask.
    """
    return _asked(_("One-time code: "), CODE)


def new_password() -> str:
    """Return a new password for the register.

    Raises:
        DomainError: There is none, or the two that were typed differ.
    """
    return _asked_twice(_("New password: "), NEW_PASSWORD)


def first_password() -> str:
    """Return the password of a register that is about to be made."""
    return os.environ.get(NEW_PASSWORD) or os.environ.get(PASSWORD) or new_password()


def export_password() -> str:
    """Return the password that a file is to have.

    Raises:
        DomainError: There is none, or the two that were typed differ.
    """
    return _asked_twice(_("Password of the file: "), EXPORT_PASSWORD)


def copy_password() -> str:
    """Return the password of a copy that is to be taken in.

    Raises:
        DomainError: There is none, and nobody to ask.
    """
    return _asked(_("Password of the file: "), EXPORT_PASSWORD)


def _asked(question: str, variable: str) -> str:
    given = os.environ.get(variable)
    if not given and sys.stdin is not None and sys.stdin.isatty():
        given = getpass.getpass(question)
    if not given:
        said = _("A password is needed: type it on the terminal, or set {variable}.")
        if variable == RECOVERY_KEY:
            said = _("The recovery key is needed: type it on the terminal, or set {variable}.")
        elif variable == CODE:
            said = _("The one-time code is needed: type it on the terminal, or set {variable}.")
        raise DomainError(said.format(variable=variable))
    return given


def _asked_twice(question: str, variable: str) -> str:
    given = _asked(question, variable)
    if not os.environ.get(variable) and getpass.getpass(_("The same once more: ")) != given:
        raise DomainError(_("The two passwords are not the same. Nothing was changed."))
    return given
