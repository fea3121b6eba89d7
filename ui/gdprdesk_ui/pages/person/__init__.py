"""One person with everything: how to reach her, what she agreed to, why it is kept, history."""

from gdprdesk_ui.pages.person.page import PersonPage

__all__ = ["PersonPage"]
