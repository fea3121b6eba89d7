"""The log of breaches."""

from gdprdesk_ui.pages.breaches.page import BreachesPage

__all__ = ["BreachesPage"]
