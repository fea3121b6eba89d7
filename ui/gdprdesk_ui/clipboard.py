"""Copy what nobody else may see: out of every history, and gone again after ten seconds."""

from __future__ import annotations

import sys
from functools import cache

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from gdprdesk_ui import objective_c

KEPT_MS = 10_000
_MARKS = {
    # Linux: what clipboard histories of the desktops look for.
    "x-kde-passwordManagerHint": b"secret",
    # Windows: registered under these very names; a zero of four bytes is a no.
    "ExcludeClipboardContentFromMonitorProcessing": bytes(4),
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
}
_CONCEALED = b"org.nspasteboard.ConcealedType"  # macOS


def guarded_mime(text: str) -> QMimeData:
    """Return text with the marks that keep it out of histories and off other computers."""
    made = QMimeData()
    made.setText(text)
    for name, mark in _MARKS.items():
        made.setData(name, mark)
    return made


class GuardedClipboard(QObject):
    """Forgets what was copied last, unless something else was copied since.

    Args:
        clipboard: That of the system.
    """

    def __init__(self, clipboard: QClipboard) -> None:
        super().__init__()
        self._clipboard, self._text = clipboard, ""
        self._wait = QTimer(self, singleShot=True, interval=KEPT_MS)
        self._wait.timeout.connect(self.forget)

    def copy(self, text: str) -> None:
        """Put text there for ten seconds."""
        self._clipboard.setMimeData(guarded_mime(text))
        _conceal()
        self.watch(text)

    def watch(self, text: str) -> None:
        """Forget text in ten seconds that Qt itself has put there or is about to."""
        self._text = text
        self._wait.start()

    def forget(self) -> None:
        """Take away what was copied, if it is still there. Also called before locking."""
        self._wait.stop()
        text, self._text = self._text, ""
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if text and self._clipboard.text(mode) == text:
                self._clipboard.clear(mode)


@cache
def guarded_clipboard() -> GuardedClipboard:
    """Return the one of this program."""
    return GuardedClipboard(QGuiApplication.clipboard())


def copy_guarded(text: str) -> None:
    """Copy a value that nobody else may see; it is gone from the clipboard in ten seconds."""
    guarded_clipboard().copy(text)


def _conceal() -> None:
    """Mark what was just copied for the clipboard histories of macOS, which Qt has no name for."""
    if sys.platform == "darwin":
        board = objective_c.send(objective_c.class_named(b"NSPasteboard"), b"generalPasteboard")
        words = objective_c.class_named(b"NSString")
        mark = objective_c.send(words, b"stringWithUTF8String:", _CONCEALED)
        empty = objective_c.send(words, b"stringWithUTF8String:", b"")
        arrays = objective_c.class_named(b"NSArray")
        marks = objective_c.send(arrays, b"arrayWithObject:", mark)
        objective_c.send(board, b"addTypes:owner:", marks, None)
        objective_c.send(board, b"setString:forType:", empty, mark)
