"""Pictures, recordings and references: all of them, and one with everybody in it."""

from gdprdesk_ui.pages.media.one import PicturePage
from gdprdesk_ui.pages.media.page import PicturesPage

__all__ = ["PicturePage", "PicturesPage"]
