"""Choosing about whom a note is to be written."""

from __future__ import annotations

from collections.abc import Callable

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.person_picker import PersonPicker
from gdprdesk_ui.widgets import FormField


class ClientForm(FormDialog):
    """Asks about whom.

    Attributes:
        person: Who it is.
    """

    def __init__(self, context: PageContext, then: Callable[[SubjectRef], object]) -> None:
        super().__init__(context, _("New note"), verb=_("Write note"))
        self._then = then
        self.person = PersonPicker(context)
        self.body.addWidget(FormField(_("Client"), self.person))
        self.verb_button.clicked.connect(self._go_on)
        self.verb_button.setEnabled(False)
        self.person.picked.connect(lambda one: self.verb_button.setEnabled(one is not None))

    def _go_on(self) -> None:
        ref = self.person.ref
        if ref is not None:
            self.accept()
            self._then(ref)


def choose_client(context: PageContext, then: Callable[[SubjectRef], object]) -> ClientForm:
    """Ask about whom a note is to be written."""
    form = ClientForm(context, then)
    form.open()
    return form
