"""A role of one's own, made of what somebody may see and do."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RoleRef
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.staff_roles import RoleRow, add_role, change_role
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.tick_boxes import TickBoxes
from gdprdesk_ui.widgets import FormField, required

_WIDTH = 620


class RoleForm(FormDialog):
    """A name, and a box for each thing; what one may not do oneself cannot be ticked.

    Attributes:
        name: What the role is called.
        permissions: What whoever has it may see and do.
    """

    def __init__(self, context: PageContext, role: RoleRow | None = None) -> None:
        super().__init__(
            context,
            _("Change role") if role else _("New role"),
            _("What is not ticked is not there for her: no page, no search, no figure."),
            verb=_("Save"),
            width=_WIDTH,
        )
        self._role = role
        self.name = QLineEdit(role.name if role else "")
        self.permissions = TickBoxes(Permission)
        if role:
            self.permissions.show_entered(role.permissions)
        for one, box in self.permissions.boxes.items():
            box.setEnabled(context.desk.may(one))
        self._name_field = FormField(
            _("Name"), self.name, check=required(self.name.text, _("Write a name."))
        )
        self.body.addWidget(self._name_field)
        self.body.addWidget(FormField(_("She may"), self.permissions))
        self.verb_button.clicked.connect(self._save)
        self.name.setFocus()

    def _end(self) -> None:
        self.accept()
        self.context.toast(_("The role is saved"))

    def _save(self) -> None:
        if not self._name_field.is_right():
            return
        desk, role = self.context.desk, self._role
        name, ticked = self.name.text(), self.permissions.ticked()

        def save(_progress: object) -> None:
            if role is None:
                desk.run(add_role, name=name, permissions=ticked)
            else:
                ref = RoleRef(role.key)
                desk.run(change_role, role_ref=ref, name=name, permissions=ticked)

        self.context.save(
            save,
            lambda _none: self._end(),
            self.verb_button,
            refused=self._name_field.show_error,
        )
