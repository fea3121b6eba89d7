"""Calls of the core from the window: on the worker thread, and what is shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

from gdprdesk_ui import ask
from gdprdesk_ui.crash import tell_bug
from gdprdesk_ui.operations import Operation, Operations
from gdprdesk_ui.widgets.buttons import Button
from gdprdesk_ui.widgets.progress import ProgressStrip

R = TypeVar("R")


def perform(
    operations: Operations,
    window: QWidget,
    call: Callable[[Operation[R]], R],
    then: Callable[[R], object] | None = None,
    *,
    doing: str = "",
    button: QAbstractButton | None = None,
    refused: Callable[[str], object] | None = None,
    always: Callable[[], object] | None = None,
    strip: ProgressStrip | None = None,
) -> Operation[R]:
    """Do something on the worker thread while the window stays alive.

    After a refusal `then` is not called.

    Args:
        operations: The worker.
        window: The parent of dialogs.
        call: What to do. It is given the progress to report to.
        then: What to do with the result, back in the window.
        doing: What is said while it lasts ("Saving …").
        button: The button that began it; off until it is over.
        refused: Where the sentence of a refusal is told, such as under a field; without it, in a
            dialog.
        always: What to do when it is over, whichever way.
        strip: Where progress is shown.
    """
    operation = operations.prepare(call)
    if doing and strip is not None:
        strip.watch(operation, doing)
    held = _Held(button, doing)
    operation.succeeded.connect(partial(held.free_and, then))
    tell_refusal = refused or (lambda sentence: ask.tell_error(window, sentence))
    operation.refused.connect(partial(held.free_and, tell_refusal))
    operation.crashed.connect(partial(held.free_and, lambda error: tell_bug(window, error)))
    operation.finished.connect(partial(held.free_and, None, None))  # it was cancelled
    if always is not None:
        operation.finished.connect(always)
    operations.begin(operation)
    return operation


class _Held:
    """The button that began something, off while it lasts; then what came of it has the last word.

    Args:
        button: The button, if there is one.
        doing: What it says meanwhile.
    """

    def __init__(self, button: QAbstractButton | None, doing: str) -> None:
        self._button = button
        if isinstance(button, Button) and doing:
            button.set_busy(doing)
        elif button is not None:
            button.setEnabled(False)

    def free_and(self, then: Callable[[Any], object] | None, result: object) -> None:
        """Let the button be pressed again if it is still there, and go on with the result."""
        button, self._button = self._button, None
        if button is not None and isValid(button):
            if isinstance(button, Button):
                button.set_busy(None)
            else:
                button.setEnabled(True)
        if then is not None:
            then(result)
