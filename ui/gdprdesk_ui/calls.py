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
    if button is not None:
        _hold(button, operation, doing)
    if then is not None:
        operation.succeeded.connect(then)
    operation.refused.connect(refused or (lambda sentence: ask.tell_error(window, sentence)))
    operation.crashed.connect(lambda error: tell_bug(window, error))
    if always is not None:
        operation.finished.connect(always)
    operations.begin(operation)
    return operation


def _hold(button: QAbstractButton, operation: Operation[Any], doing: str) -> None:
    if isinstance(button, Button) and doing:
        button.set_busy(doing)
    else:
        button.setEnabled(False)
    operation.finished.connect(partial(_free, button))


def _free(button: QAbstractButton) -> None:
    """Let a button be pressed again, if what was done did not take it off the page."""
    if not isValid(button):
        return
    if isinstance(button, Button):
        button.set_busy(None)
    else:
        button.setEnabled(True)
