"""What people are asked, in which words, and what they answered."""

from gdprdesk_ui.pages.consents.page import ConsentsPage

__all__ = ["ConsentsPage"]
