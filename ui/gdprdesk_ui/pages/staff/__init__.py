"""Who works with the register, what each may do, and what to see to when somebody quits."""

from gdprdesk_ui.pages.staff.leaving import LeavingPage
from gdprdesk_ui.pages.staff.page import StaffPage

__all__ = ["LeavingPage", "StaffPage"]
