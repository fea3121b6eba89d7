"""The worker of the window."""

from __future__ import annotations

import gc

from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from gdprdesk.domain.errors import DomainError


def test_what_qt_makes_after_a_call_is_what_it_is(operations) -> None:
    """A finished call leaves no name behind for the address that the next object gets."""
    for _ in range(100):
        operations.start(lambda _progress: None)
        assert operations.wait()
        document = QTextDocument()
        assert isinstance(QTextCursor(document).insertTable(2, 2), QTextTable)


def test_python_takes_no_widget_apart_on_the_worker_thread(operations) -> None:
    during: list[bool] = []
    operations.start(lambda _progress: during.append(gc.isenabled()))
    assert operations.wait()
    assert (during, gc.isenabled()) == ([False], True)


def test_the_collector_works_again_after_a_call_that_failed(operations) -> None:
    def fail(_progress: object) -> None:
        raise DomainError("no")

    operations.start(fail)
    assert operations.wait()
    assert gc.isenabled()
