"""Paper in the cabinet, what is to be shredded, and the log of what was."""

from gdprdesk_ui.pages.papers.page import PapersPage

__all__ = ["PapersPage"]
