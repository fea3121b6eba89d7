"""What is done with the register as a whole, now and then: a quiet menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.register_import import take_in_register
from gdprdesk_ui.dialogs.snapshot_compare import compare
from gdprdesk_ui.dialogs.snapshot_new import freeze
from gdprdesk_ui.widgets import IconButton


class RegisterTools(IconButton):
    """Freeze, compare, take in, and those one processes for.

    Attributes:
        freeze_action: Freezes the register as it is.
        compare_action: Compares it with an earlier day.
        import_action: Takes in a register that was kept elsewhere.
        served_action: Shows those one processes for.
    """

    def __init__(self, context: PageContext, show_served: Callable[[], object]) -> None:
        super().__init__("ellipsis", _("More"))
        self._menu = QMenu(self)
        self.freeze_action = self._add(
            _("Freeze it as it is today…"), lambda: freeze(context, lambda _ref: None)
        )
        self.compare_action = self._add(_("Compare with an earlier day…"), lambda: compare(context))
        self._menu.addSeparator()
        self.import_action = self._add(
            _("Take in a register kept elsewhere…"), lambda: take_in_register(context)
        )
        self._menu.addSeparator()
        self.served_action = self._add(_("Those we process for"), show_served)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _add(self, words: str, do: Callable[[], object]) -> QAction:
        action = QAction(words, self._menu)
        action.triggered.connect(lambda _checked=False: do())
        self._menu.addAction(action)
        return action
