"""Letting go of what is over: what, why, what stays all the same, and the proof afterwards."""

from gdprdesk_ui.pages.clean_up.page import CleanUpPage

__all__ = ["CleanUpPage"]
