"""Choosing the file of a backup, wherever it is put back from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gdprdesk.door import BACKUP_SUFFIX
from gdprdesk.i18n import _
from gdprdesk_ui import ask


def choose_backup(parent: QWidget) -> Path | None:
    """Let the user choose the file of a backup."""
    title = _("Choose the backup")
    return ask.choose_file_to_open(parent, title, [(_("Backups"), [BACKUP_SUFFIX[1:]])])
