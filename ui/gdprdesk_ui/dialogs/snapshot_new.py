"""Freezing the register as it is today, with why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import EditionRef
from gdprdesk.i18n import _
from gdprdesk.services.snapshots import take_snapshot
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.widgets import FormField, all_right, required


class SnapshotForm(KeptForm):
    """A name, such as why it is frozen.

    Attributes:
        name: What the snapshot is called.
    """

    def __init__(self, context: PageContext, then: Callable[[EditionRef], object]) -> None:
        super().__init__(
            context,
            _("Freeze the register"),
            _("It stays as it is today, never changed and never removed. It names no customers."),
            draft="snapshot",
            verb=_("Freeze"),
        )
        self._then = then
        self.name = QLineEdit()
        self._field = FormField(
            _("Why"),
            self.name,
            check=required(self.name.text, _("Write why you freeze it, such as: yearly review.")),
            hint=_("Such as: before the yearly review."),
        )
        self.body.addWidget(self._field)
        self.begin({"name": self.name}, {"name": ""})
        self.verb_button.clicked.connect(self._save)
        self.name.setFocus()

    def _save(self) -> None:
        if not all_right([self._field]):
            return
        desk, name = self.context.desk, self.name.text()
        self.keep(lambda _progress: desk.run(take_snapshot, name=name), self._end)

    def _end(self, ref: EditionRef) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(_("The register is frozen"))
        self._then(ref)


def freeze(context: PageContext, then: Callable[[EditionRef], object]) -> SnapshotForm:
    """Freeze the register as it is today."""
    form = SnapshotForm(context, then)
    form.open()
    return form
