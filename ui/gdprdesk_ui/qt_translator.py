"""Qt's own words in the language of the program: its buttons, its menus, its file window.

Qt ships Swedish with gaps and no Norwegian bokmål at all, so the words people meet are in the
program's own catalogue under the context "Qt". What is not there comes from Qt's own file.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from gdprdesk.i18n import current_language, pgettext

CONTEXT: Final = "Qt"

BUTTONS: Final = (
    "OK",
    "&OK",
    "Open",
    "Save",
    "Save All",
    "Cancel",
    "&Cancel",
    "Close",
    "&Close",
    "Discard",
    "Apply",
    "Reset",
    "Restore Defaults",
    "Help",
    "Abort",
    "Retry",
    "Ignore",
    "&Yes",
    "Yes to &All",
    "&No",
    "N&o to All",
    "Show Details...",
    "Hide Details...",
    "Close without Saving",
)
TEXT_MENUS: Final = (
    "&Undo",
    "&Redo",
    "Cu&t",
    "&Copy",
    "Copy &Link Location",
    "&Paste",
    "Delete",
    "Select All",
    "&Select All",
    "&Step up",
    "Step &down",
)
SCROLLING: Final = (
    "Scroll here",
    "Left edge",
    "Top",
    "Right edge",
    "Bottom",
    "Page left",
    "Page up",
    "Page right",
    "Page down",
    "Scroll left",
    "Scroll up",
    "Scroll right",
    "Scroll down",
    "Scroll Left",
    "Scroll Right",
)
FILE_WINDOW: Final = (
    "Look in:",
    "&Look in:",
    "&File name:",
    "File &name:",
    "Files of type:",
    "Files of &type:",
    "Directory:",
    "All Files (*)",
    "All files (*)",
    "&Open",
    "&Save",
    "&Choose",
    "&Rename",
    "&Delete",
    "&New Folder",
    "New Folder",
    "Create New Folder",
    "Create a New Folder",
    "Save As",
    "Find Directory",
    "Show &hidden files",
    "Back",
    "Go back",
    "Forward",
    "Go forward",
    "Parent Directory",
    "Go to the parent directory",
    "List View",
    "Change to list view mode",
    "Detail View",
    "Change to detail view mode",
    "Sidebar",
    "List of places and bookmarks",
    "Recent Places",
    "Computer",
    "Directories",
    "Files",
    "Name",
    "Size",
    "Type",
    "Kind",
    "Date Modified",
    "Remove",
    "%1 already exists.\nDo you want to replace it?",
    "%1\nFile not found.\nPlease verify the correct file name was given.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
)
QT_WORDS: Final = frozenset(BUTTONS + TEXT_MENUS + SCROLLING + FILE_WINDOW)


class QtTranslator(QTranslator):
    """Answers Qt when it asks for a word of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shipped = QTranslator(self)

    def follow_language(self) -> None:
        """Take up the language the program speaks now, with the file Qt ships for it if any."""
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._shipped.load(f"qtbase_{current_language()}", folder)

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the word, or None so that Qt looks further: an empty string would blank it."""
        if source in QT_WORDS and (said := pgettext(CONTEXT, source)) != source:
            return said
        return self._shipped.translate(context, source, disambiguation, n) or None

    def isEmpty(self) -> bool:
        return False


def translate_qt(application: QCoreApplication) -> None:
    """Let Qt's own words, months and numbers be in the language the program speaks now."""
    translator = application.findChild(QtTranslator) or QtTranslator(application)
    application.removeTranslator(translator)
    translator.follow_language()
    QLocale.setDefault(QLocale(current_language()))
    application.installTranslator(translator)
