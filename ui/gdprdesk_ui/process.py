"""The process the program runs in, and how it makes place for a new one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

_GIVEN = "GDPRDESK_"
"""How the passwords begin that a command is given in its environment, which the next process
would inherit."""

Replace = Callable[[Sequence[str]], None]
"""Puts a new process in the place of this one, with these arguments."""


def command_line(arguments: Sequence[str]) -> list[str]:
    """Return how the program is started with these arguments: installed, in a checkout, frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-P", "-m", "gdprdesk_ui", *arguments]


def replace_process(arguments: Sequence[str]) -> NoReturn:
    """Start the program anew, so that nothing it knew stays in memory. Never returns."""
    command = command_line(arguments)
    for name in [one for one in os.environ if one.startswith(_GIVEN)]:
        del os.environ[name]
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a terminal has none
            stream.flush()
    if sys.platform != "win32":
        os.execv(command[0], command)  # noqa: S606  (our own program)
    subprocess.Popen(command, close_fds=True)  # noqa: S603  (our own program)
    os._exit(0)
