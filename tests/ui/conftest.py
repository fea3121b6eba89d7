"""A window has one theme; the tests of the window share it."""

from functools import partial

import pytest
from PySide6.QtWidgets import QWidget

from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.theme import Scheme, Theme
from gdprdesk_ui.widgets import ProgressStrip

PATIENCE_MS = 30_000
"""How long a test waits for something that surely comes, on a machine busy with others too."""


@pytest.fixture
def qtbot(qtbot):
    """The robot, with more patience than its own five seconds, and with pages that change."""
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    wait_until = qtbot.waitUntil
    qtbot.waitUntil = lambda seen, **more: wait_until(partial(_seen_already, seen), **more)
    return qtbot


def _seen_already(seen):
    """Ask whether something is to be seen; on a page that is just being left it is not yet."""
    try:
        return seen()
    except (AttributeError, IndexError, RuntimeError, StopIteration) as early:
        raise AssertionError(f"not yet: {early!r}") from early


@pytest.fixture(autouse=True)
def _no_refusal_that_nobody_expected():
    """A refusal opens a dialog, which would wait for ever: it fails the test instead."""
    with ask.hearing_errors() as told:
        yield
    assert told == []


@pytest.fixture(scope="session")
def _worn(qapp):
    return Theme(qapp)


@pytest.fixture
def theme(_worn):
    """The theme of the window, light and at 100 %, and again so afterwards."""
    _worn.use(scheme=Scheme.LIGHT, text_scale=1.0, high_contrast=False)
    yield _worn
    _worn.use(scheme=Scheme.LIGHT, text_scale=1.0, high_contrast=False)


@pytest.fixture(params=[(Scheme.LIGHT, 1.0), (Scheme.LIGHT, 1.5), (Scheme.DARK, 1.0)], ids=str)
def every_look(request, theme):
    """Light and dark, text at 100 and 150 %."""
    theme.use(scheme=request.param[0], text_scale=request.param[1])
    return theme


@pytest.fixture(autouse=True)
def _every_answer_was_asked_for():
    """A prepared answer that nobody took would answer a later test."""
    yield
    left = [*ask._answers]
    ask._answers.clear()  # or every test after this one would fail for it
    assert left == []


@pytest.fixture
def operations(qapp):
    """The worker of a window; nothing may run when a test is over."""
    made = Operations()
    yield made
    assert made.wait()


@pytest.fixture
def context(desk, operations, theme, qtbot):
    """What a page is given, over an open register. What it opens and says is kept in lists.

    `context.window.opened` holds the pages it opened, `context.window.said` its messages.
    """
    window = QWidget()
    qtbot.addWidget(window)
    window.opened, window.said = [], []  # type: ignore[attr-defined]
    return PageContext(
        desk=desk,
        operations=operations,
        theme=theme,
        window=window,
        toast=lambda words, **_more: window.said.append(words),  # type: ignore[attr-defined]
        open_page=lambda key, **more: window.opened.append((key, more)),  # type: ignore[attr-defined]
        go_back=lambda: window.opened.append(("back", {})),  # type: ignore[attr-defined]
        strip=ProgressStrip(window),
        set_badge=lambda *_badge: None,
        lock=lambda: window.opened.append(("lock", {})),  # type: ignore[attr-defined]
        restore=lambda path: window.opened.append(("restore", {"backup": path})),  # type: ignore[attr-defined]
    )


@pytest.fixture
def show(qtbot):
    """Show a widget in an active window, so that it can have the focus."""
    kept = []

    def shown(widget):
        kept.append(widget)
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return shown
