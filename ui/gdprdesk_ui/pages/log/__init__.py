"""What was done and read in the register, and the monthly check of it."""

from gdprdesk_ui.pages.log.check import LogCheckPage
from gdprdesk_ui.pages.log.page import LogPage

__all__ = ["LogCheckPage", "LogPage"]
