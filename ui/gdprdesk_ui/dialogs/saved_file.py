"""What is said when a file was saved: where it is, and a button to see it there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import Button, IconTile, Label, column, row


class SavedFile(QWidget):
    """Name and folder of a file that was saved.

    Attributes:
        folder_button: Shows the file's folder in the file manager of the computer.
    """

    def __init__(self, path: Path, sentence: str) -> None:
        super().__init__()
        self._path = path
        self.name = Label(path.name, "strong", wrap=True)
        self.folder = Label(str(path.parent), "small", "muted")
        self.sentence = Label(sentence, "body", wrap=True)
        self.folder_button = Button(
            _("Show in folder"), icon_name="folder-open", on_click=self._show
        )
        words = column(self.name, self.folder, spacing=2)
        line = row(IconTile("file-check", "accent", 44, 22), words, self.folder_button, spacing=14)
        line.setStretch(1, 1)
        self.setLayout(column(line, self.sentence, spacing=14))

    def _show(self) -> None:
        if not _show_folder(self._path):
            self.sentence.setText(
                _("The folder could not be shown. The file is saved there all the same.")
            )


def tell_saved(context: PageContext, path: Path) -> None:
    """Say that a file was saved, with a button that shows its folder."""
    context.toast(
        _("{name} is saved").format(name=path.name),
        verb=_("Show in folder"),
        do=lambda: _show_folder(path),
    )


def _show_folder(path: Path) -> bool:
    """Show the folder of a file in the file manager of the computer; returns whether it could."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
