"""What is to be done today."""

from gdprdesk_ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
