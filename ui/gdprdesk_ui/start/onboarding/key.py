"""After the four steps: the recovery key on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _
from gdprdesk.services.first_run import FirstRun
from gdprdesk_ui.dialogs.recovery_sheet import RecoverySheet
from gdprdesk_ui.start.onboarding.step import StepPage, at_left
from gdprdesk_ui.widgets import Card, column

_WIDEST = 620


class KeyStep(StepPage):
    """Shows the recovery key.

    Attributes:
        sheet: The key and what to do with it.
    """

    def __init__(self, run: FirstRun, sheet: RecoverySheet, parent: QWidget | None = None) -> None:
        super().__init__(
            run,
            _("Print your recovery key"),
            _(
                "The register is made. If you forget the password, this key is the only way in. "
                "Keep it locked away, not beside the computer."
            ),
            parent,
        )
        self.sheet = sheet
        card = at_left(Card(sheet, padding=24), _WIDEST)
        self.setLayout(column(self.head, 18, card, None, spacing=0))

    def first_focus(self) -> QWidget:
        return self.sheet.first_focus()

    def take(self) -> bool:
        return self.sheet.is_settled()
