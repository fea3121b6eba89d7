"""A mistake in the program is told, never swallowed, and never with what is in the records."""

from __future__ import annotations

import faulthandler
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gdprdesk import __version__
from gdprdesk.i18n import _
from gdprdesk_ui import ask


def technical(error: BaseException) -> str:
    """Return what a programmer needs: where it was and in which versions.

    Neither what the error says, which may be about a person, nor where the program is installed,
    which often names the user.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    versions = (
        f"GDPR Desk {__version__}, Python {platform.python_version()}, Qt {PySide6.__version__}, "
        f"{platform.system()} {platform.release()}"
    )
    return "\n".join([type(error).__name__, *where, versions])


def tell_bug(parent: QWidget | None, error: BaseException) -> None:
    """Tell that the program made a mistake, and offer the details to send."""
    sentence = _(
        "Something went wrong in the program. What was begun was not kept, and your register"
        " is as it was before. Try again; if it happens again, send us the details."
    )
    ask.tell_error(parent, sentence, technical(error))


class CrashTeller(QObject):
    """Tells of errors nobody caught, on whatever thread, one at a time.

    It waits for the window to be done with what it does: while a widget is painted no dialog can
    be shown.
    """

    _raised = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._telling = False
        self._raised.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take every error nobody caught from now on."""
        if sys.stderr is not None:
            faulthandler.enable()  # where a crash of a library was: to the terminal, to no file
        sys.excepthook = self.take
        threading.excepthook = self._take_of_thread
        sys.unraisablehook = self._take_unraisable

    def take(
        self, _kind: type[BaseException], error: BaseException, _where: TracebackType | None
    ) -> None:
        """Tell of an error soon. A signal to stop (Ctrl+C on the terminal) is obeyed."""
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        else:
            self._raised.emit(error)

    def _take_of_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            self._raised.emit(given.exc_value)

    def _take_unraisable(self, given: sys.UnraisableHookArgs) -> None:
        """Take what Python would print with its words, which a desktop writes to a file."""
        if given.exc_value is not None:
            self._raised.emit(given.exc_value)

    def _tell(self, error: BaseException) -> None:
        if self._telling:
            return
        self._telling = True
        try:
            tell_bug(QApplication.activeWindow(), error)
        finally:
            self._telling = False
