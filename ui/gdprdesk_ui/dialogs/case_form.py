"""The frame of the small forms that take a request one step further."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _
from gdprdesk.services.request_rows import RequestRow
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.widgets import DateField, FormField, all_right
from gdprdesk_ui.widgets.fields import Check

W = TypeVar("W", bound=QWidget)


class CaseForm(KeptForm):
    """Asks for what one step of a request needs, and writes it into the case.

    Attributes:
        one: The request.
    """

    def __init__(
        self, context: PageContext, one: RequestRow, title: str, sentence: str, *, step: str
    ) -> None:
        name = f"request.{step}.{one.number}"
        super().__init__(context, title, sentence, draft=name, verb=_("Save"))
        self.one = one
        self._fields: list[FormField] = []
        self._asked: dict[str, QWidget] = {}
        self.verb_button.clicked.connect(self._save_if_right)

    def ask(
        self, name: str, label: str, control: W, *, check: Check | None = None, hint: str = ""
    ) -> W:
        """Add a field and return its control."""
        field = FormField(label, control, check=check, hint=hint)
        self._fields.append(field)
        self._asked[name] = control
        self.body.addWidget(field)
        return control

    def ask_day(self, label: str, *, until_today: bool = True) -> DateField:
        """Add a field for a day; today, unless it is to come."""
        field = DateField(self.context.today if until_today else None)
        return self.ask("day", label, field, check=partial(day_problem, field, self.context))

    def start(self) -> None:
        """Show what was entered before it was interrupted, and begin in the first field."""
        self.begin(self._asked, {})
        self._fields[0].set_focus()

    def carry_out(self) -> Callable[[], Any]:
        """Return what is to be done with what was entered."""
        raise NotImplementedError

    def said(self) -> str:
        """Return what is said when it is done."""
        return _("It stands in the request")

    def _save_if_right(self) -> None:
        if all_right(self._fields):
            do = self.carry_out()
            self.keep(lambda _operation: do(), lambda _done: self.end(self.said()))


def day_problem(field: DateField, context: PageContext) -> str | None:
    """Return what is wrong with a day that must have come."""
    day: date | None = field.day()
    if day is not None and day > context.today:
        return _("This day has not come yet.")
    return field.problem()
