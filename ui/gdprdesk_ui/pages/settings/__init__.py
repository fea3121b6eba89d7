"""The settings: of this computer, of the business, of the register."""

from gdprdesk_ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
