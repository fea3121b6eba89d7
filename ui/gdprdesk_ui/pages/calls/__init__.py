"""Calls and messages, the latest first."""

from gdprdesk_ui.pages.calls.page import CallsPage

__all__ = ["CallsPage"]
