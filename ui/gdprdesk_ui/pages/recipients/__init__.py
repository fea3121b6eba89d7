"""Who else gets personal data: suppliers, authorities, and the agreements with them."""

from gdprdesk_ui.pages.recipients.page import RecipientsPage

__all__ = ["RecipientsPage"]
