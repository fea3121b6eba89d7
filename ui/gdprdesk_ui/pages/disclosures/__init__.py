"""What was handed out, and the camera clips that are kept."""

from gdprdesk_ui.pages.disclosures.page import DisclosuresPage

__all__ = ["DisclosuresPage"]
