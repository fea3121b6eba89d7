"""What people ask for about their own data: the list, and each case."""

from gdprdesk_ui.pages.requests.case import RequestPage
from gdprdesk_ui.pages.requests.page import RequestsPage

__all__ = ["RequestPage", "RequestsPage"]
