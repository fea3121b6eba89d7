"""People who may stand in the register twice."""

from gdprdesk_ui.pages.duplicates.page import DuplicatesPage

__all__ = ["DuplicatesPage"]
