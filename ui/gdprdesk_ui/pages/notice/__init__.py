"""The privacy notice that the register writes, and a checker of one that is there already."""

from gdprdesk_ui.pages.notice.page import NoticePage

__all__ = ["NoticePage"]
