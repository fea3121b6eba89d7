"""Closing the business or handing it over, step by step."""

from gdprdesk_ui.pages.closing.page import ClosingPage

__all__ = ["ClosingPage"]
