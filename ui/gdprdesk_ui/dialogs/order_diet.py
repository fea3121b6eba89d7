"""What must not be in an order: health, so it is only kept after a yes, and for a few days."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit

from gdprdesk.i18n import _
from gdprdesk.services.activities import show_diet_period
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.wanted import Wanted
from gdprdesk_ui.widgets import FormField


class DietFields:
    """The diet and, once there is a new one, the question whether it may be kept.

    Attributes:
        diet: What must not be in it.
        agreed: The guest has said yes to its being kept.
        field: agreed_field: The two with their labels; the second is hidden until it is asked.
    """

    def __init__(
        self, context: PageContext, wanted: Wanted, touched: Callable[[], object], known: str
    ) -> None:
        self._wanted, self._known = wanted, known
        period = context.desk.ask(show_diet_period)
        self.diet = QLineEdit()
        self.agreed = QCheckBox(_("The guest has said yes"))
        self.field = FormField(_("Special diet"), self.diet, check=self._day_problem, optional=True)
        self.agreed_field = FormField(
            _("Is it all right that we keep this?"),
            self.agreed,
            check=self._problem,
            hint=_("It is about health. Kept: {period}.").format(period=period),
        )
        self.agreed_field.hide()
        if not period:
            self.field.hide()
        self.diet.textEdited.connect(touched)
        self.diet.textChanged.connect(self.ask)
        self.agreed.toggled.connect(touched)
        self.agreed.toggled.connect(lambda _on: self.agreed_field.show_error(None))

    def text(self) -> str:
        """Return what a draft keeps: a new diet only once the guest has said yes."""
        return self.diet.text() if self._may_be_kept() else self._known

    def show_text(self, text: str) -> None:
        """Show a diet; one that differs from what is known was agreed to."""
        self.diet.setText(text)
        self.agreed.setChecked(text not in {"", self._known})

    def ask(self) -> None:
        """Ask for the yes, if there is something new to keep."""
        self.agreed_field.setVisible(self._is_new())

    def _is_new(self) -> bool:
        typed = self.diet.text().strip()
        return bool(typed) and typed != self._known

    def _may_be_kept(self) -> bool:
        return not self._is_new() or self.agreed.isChecked()

    def _problem(self) -> str | None:
        if self._may_be_kept():
            return None
        return _("Ask the guest first, or empty the field. Without a yes it is not kept.")

    def _day_problem(self) -> str | None:
        if not self._is_new() or self._wanted.day.edit.text().strip():
            return None
        return _("Say for which day it is: it is only kept until some days after that.")
