"""Which pages this business has for whoever works here, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.organisation import show_page_names
from gdprdesk_ui.pages.page import PageSpec
from gdprdesk_ui.widgets.sidebar import Destination


class Destinations:
    """The pages of an open register that its user may see.

    Attributes:
        specs: Each page, by its key, in the order of the navigation.
    """

    def __init__(self, pages: Sequence[PageSpec], desk: Desk) -> None:
        self._names = desk.ask(show_page_names)
        self._may_order = desk.may(Permission.ORDERS)
        self.specs = {one.key: one for one in pages if self._is_there(one, desk)}

    def _is_there(self, spec: PageSpec, desk: Desk) -> bool:
        if "journal" in {spec.key, spec.under} and not self._names.has_journal:
            return False
        return not spec.needs or any(desk.may(one) for one in spec.needs)

    def shown(self) -> list[Destination]:
        """Return what stands in the navigation."""
        return [
            Destination(
                spec.key,
                self.title(spec.key),
                self._icon(spec),
                _(spec.group) if spec.group else "",
            )
            for spec in self.specs.values()
            if not spec.under
        ]

    def title(self, key: str) -> str:
        """Return what a page is called: two of them by the trade of the business."""
        by_trade = {"people": self._names.people, "orders": self._names.orders}
        if key == "orders" and not self._may_order:
            return _("Invoices")
        return by_trade.get(key) or _(self.specs[key].title)

    def _icon(self, spec: PageSpec) -> str:
        if spec.key != "orders":
            return spec.icon
        return self._names.orders_icon if self._may_order else "receipt-text"
