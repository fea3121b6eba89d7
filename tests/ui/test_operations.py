"""The worker of the window."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable


def test_what_qt_makes_after_a_call_is_what_it_is(operations) -> None:
    """A finished call leaves no name behind for the address that the next object gets."""
    for _ in range(100):
        operations.start(lambda _progress: None)
        assert operations.wait()
        document = QTextDocument()
        assert isinstance(QTextCursor(document).insertTable(2, 2), QTextTable)
