"""The page of the copies of the register."""

from gdprdesk_ui.pages.backups.page import BackupsPage

__all__ = ["BackupsPage"]
