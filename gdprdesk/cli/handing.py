"""What is chosen for a file that leaves: what it is for, and a password."""

from __future__ import annotations

from gdprdesk.cli.call import Call
from gdprdesk.cli.passwords import export_password
from gdprdesk.domain.handing import Handing


def handing_of(call: Call) -> Handing:
    """Return what was typed for the file that is saved; the password is asked for."""
    given = call.given
    return Handing(given.purpose_of_file, export_password() if given.password_protect else None)
