"""The process the program runs in: what it leaves behind, and how it makes place for a new one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

Replace = Callable[[Sequence[str]], None]
"""Puts a new process in the place of this one, with these arguments."""


def leave_no_core() -> None:
    """Forbid the system to write the memory to a file if the program is killed."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def command_line(arguments: Sequence[str]) -> list[str]:
    """Return how the program is started with these arguments: installed, in a checkout, frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-P", "-m", "gdprdesk_ui", *arguments]


def replace_process(arguments: Sequence[str]) -> NoReturn:
    """Start the program anew, so that nothing it knew stays in memory. Never returns."""
    command = command_line(arguments)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a terminal has none
            stream.flush()
    if sys.platform != "win32":
        os.execv(command[0], command)  # noqa: S606  (our own program)
    subprocess.Popen(command, close_fds=True)  # noqa: S603  (our own program)
    os._exit(0)
