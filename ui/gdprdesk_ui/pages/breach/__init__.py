"""One breach."""

from gdprdesk_ui.pages.breach.page import BreachPage

__all__ = ["BreachPage"]
