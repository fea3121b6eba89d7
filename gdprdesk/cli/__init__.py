"""The command line: the same actions and queries as the window.

Exit 0: done. 1: refused, with a sentence on standard error and nothing on standard output.
2: mistyped.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gdprdesk.cli.answers import Answer, to_json
from gdprdesk.cli.call import Call, OpenWindow
from gdprdesk.cli.letters import visible
from gdprdesk.cli.parser import build_parser
from gdprdesk.clock import Clock, system_clock
from gdprdesk.core_dumps import leave_no_core
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _, use_language
from gdprdesk.jobs import Cancelled
from gdprdesk.settings import Settings
from gdprdesk.store.keys import Limits

__all__ = ["build_parser", "main"]

DONE, REFUSED = 0, 1


def main(
    arguments: Sequence[str] | None = None,
    *,
    limits: Limits | None = None,
    clock: Clock = system_clock,
    settings: Settings | None = None,
    open_window: OpenWindow | None = None,
) -> int:
    """Run one command.

    Args:
        arguments: What was typed; without it, what the program was started with.
        limits: How much work a password costs; tests take less.
        clock: What time it is.
        settings: What was chosen on this computer; without it, what is saved there.
        open_window: Opens the window on a register with its password, where there is a window.

    Returns:
        0 if it is done, 1 if it was refused.

    Raises:
        SystemExit: It was mistyped, or help was asked for.
    """
    leave_no_core()
    use_language((settings or Settings.load()).spoken())
    typed = sys.argv[1:] if arguments is None else arguments
    given = build_parser(typed).parse_args(typed)
    call = Call(given, limits, clock, open_window)
    try:
        answer: Answer = given.run(call)
    except DomainError as error:
        return _refuse(str(error))
    except (KeyboardInterrupt, EOFError, Cancelled):
        return _refuse(_("Stopped."))
    except Exception as error:  # noqa: BLE001  (the last resort: no trace, no personal data)
        return _refuse(_fault(error))
    return _tell(answer, as_json=given.json)


def _tell(answer: Answer, *, as_json: bool) -> int:
    try:
        _write(answer, as_json=as_json)
    except BrokenPipeError:  # who reads has seen enough: `gdprdesk people FILE | head`
        _close_output()
    except OSError:
        _close_output()
        return _refuse(_("The answer could not be written. Is the disk full?"))
    if as_json and answer.notice:
        sys.stderr.write(f"{visible(answer.notice)}\n")
    if answer.complaint:
        return _refuse(answer.complaint)
    return answer.then() if answer.then else DONE


def _write(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        _speak_unicode()
        sys.stdout.write(f"{to_json(answer.value)}\n")
    else:
        from gdprdesk.cli.screen import Screen  # noqa: PLC0415  (rich)

        answer.show(Screen(sys.stdout))
    sys.stdout.flush()


def _speak_unicode() -> None:
    """Write JSON in UTF-8 wherever it goes; half a character is written as JSON escapes it."""
    with suppress(AttributeError):  # a stream that somebody put there
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _close_output() -> None:
    """Let Python find nothing to write when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(sentence: str) -> int:
    with suppress(OSError):
        sys.stderr.write(f"{visible(sentence)}\n")
    return REFUSED


def _fault(error: Exception) -> str:
    """Return a sentence about a mistake of the program that says where, but nothing of whom."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return _(
        "The program has made a mistake: {kind} at {file}:{line}. What it was doing is not saved; "
        "your register is as it was before."
    ).format(kind=type(error).__name__, file=Path(place.filename).name, line=place.lineno)
