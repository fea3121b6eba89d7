"""A progress bar for long work, if somebody looks at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gdprdesk.jobs import SILENT, Progress

if TYPE_CHECKING:  # imported when a bar is drawn
    from rich import progress


class Bar:
    """A bar that the core reports to."""

    def __init__(self, drawn: progress.Progress, words: str) -> None:
        self._drawn = drawn
        self._task = drawn.add_task(words, total=None)

    def step(self, done: int, total: int, text: str = "") -> None:
        """Draw how far the work is."""
        self._drawn.update(
            self._task, completed=done, total=total or None, description=text or None
        )


@contextmanager
def watched(words: str) -> Iterator[Progress]:
    """Show a bar on standard error while the work lasts; nothing if that is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield SILENT
        return
    from rich import progress  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    columns = (
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        yield Bar(drawn, words)
