"""A page that is one long list: its heading, what it is searched by, the rows, and their sum."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from gdprdesk_ui.widgets import Line, PageHeading, column, row

_ROWS = 3  # the part of the page that grows


def long_list(
    heading: PageHeading, filters: QBoxLayout, found: QWidget, foot: QWidget
) -> QBoxLayout:
    """Lay out a page that is one long list."""
    box = column(
        row(heading, margins=(28, 16, 28, 12)),
        filters,
        Line(),
        found,
        Line(),
        row(foot, None, margins=(28, 8, 28, 10)),
        spacing=0,
    )
    box.setStretch(_ROWS, 1)
    return box


def one_of(*pages: QWidget) -> QStackedWidget:
    """Return a place that shows one of several: the rows, or that there are none."""
    place = QStackedWidget()
    for page in pages:
        place.addWidget(page)
    return place
