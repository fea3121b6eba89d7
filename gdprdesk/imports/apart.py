"""Reading a file in a process of its own, which can be stopped at any time.

In a frozen application the program that starts must call `multiprocessing.freeze_support()`
before anything else, since the reading process is that same program started again.
"""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import _, current_language
from gdprdesk.imports.child import REFUSED, STEP, gone
from gdprdesk.imports.source import Limits, refusal
from gdprdesk.jobs import Progress

_TICK = 0.1


@dataclass(frozen=True)
class Advice:
    """What to say about a file of a kind when it cannot be read; sentences in English.

    Attributes:
        choose: What to do when it is a folder.
        divide: What to do when it is too large.
        slow: That reading takes too long, and what to do.
        died: That the reading process ended, and what to do.
    """

    choose: str
    divide: str
    slow: tuple[str, str]
    died: tuple[str, str]


def read_apart(
    target: Callable[..., None],
    path: Path,
    *arguments: Any,
    limits: Limits,
    progress: Progress,
    advice: Advice,
) -> Any:
    """Return what a function in another process reads from a file and sends.

    Args:
        target: Takes the connection, the path, the arguments, the limits and the language.
        path: The file the user chose.
        arguments: What else it takes.
        limits: How large the file may be, and how much memory and time the reading may use.
        progress: Asked ten times a second whether to go on.
        advice: What to tell the user of a file of this kind.

    Raises:
        UnreadableFileError: Why the file cannot be read, and what to do, in a sentence.
        Cancelled: The user stopped it.
    """
    _check_file(path, limits, advice)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=target,
        args=(theirs, str(path), *arguments, limits, current_language()),
        daemon=True,
    )
    with ours:
        child.start()
        theirs.close()
        try:
            return _receive(ours, limits, progress, advice)
        finally:
            child.kill()
            child.join()
            child.close()


def _check_file(path: Path, limits: Limits, advice: Advice) -> None:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refusal(_("This is a folder, not a file."), _(advice.choose))
        path.open("rb").close()
    except FileNotFoundError as error:
        raise refusal(_("The file is not there any more.")) from error
    except OSError as error:
        raise gone() from error
    if size == 0:
        raise refusal(_("The file is empty."))
    if size > limits.file_bytes:
        raise refusal(
            _("The file is larger than {size} MB.").format(size=limits.file_bytes // 1024**2),
            _(advice.divide),
        )


def _receive(connection: Connection, limits: Limits, progress: Progress, advice: Advice) -> Any:
    """Return what was read, letting the user stop meanwhile."""
    latest = time.monotonic() + limits.seconds
    done, total = 0, 0
    while True:
        progress.step(done, total)
        if time.monotonic() > latest:
            raise refusal(*map(_, advice.slow))
        if not connection.poll(_TICK):
            continue
        try:
            kind, content = json.loads(connection.recv_bytes())
        except (EOFError, ConnectionError) as error:
            # the process died: of too little memory, or of what is in the file
            raise refusal(*map(_, advice.died)) from error
        if kind == REFUSED:
            raise UnreadableFileError(content)
        if kind != STEP:
            return content
        done, total = content
