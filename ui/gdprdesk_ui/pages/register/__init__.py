"""The record of processing: every purpose, and everything Article 30(1) asks about it."""

from gdprdesk_ui.pages.register.page import RegisterPage

__all__ = ["RegisterPage"]
