"""The journals of the practice, and one of them with its entries."""

from gdprdesk_ui.pages.journal.client import ClientJournalPage
from gdprdesk_ui.pages.journal.page import JournalPage

__all__ = ["ClientJournalPage", "JournalPage"]
