"""Gift cards and what is left on them."""

from gdprdesk_ui.pages.gift_cards.page import GiftCardsPage

__all__ = ["GiftCardsPage"]
