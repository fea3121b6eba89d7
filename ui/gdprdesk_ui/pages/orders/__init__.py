"""The orders and the invoices made from them."""

from gdprdesk_ui.pages.orders.page import OrdersPage

__all__ = ["OrdersPage"]
