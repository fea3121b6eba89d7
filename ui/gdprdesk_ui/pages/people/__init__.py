"""The people in the register: the list, and a look at one beside it."""

from gdprdesk_ui.pages.people.page import PeoplePage

__all__ = ["PeoplePage"]
