"""Another password for the register."""

from __future__ import annotations

from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.factor_fields import FactorFields
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.new_password import NewPassword
from gdprdesk_ui.widgets import FormField, PasswordField, required


class ChangePassword(FormDialog):
    """Asks for the old password and a new one.

    Attributes:
        old: The password until now.
        new: The new one, twice.
        factors: What is needed beside the old one.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Change password"),
            _("The recovery key on paper stays as it is."),
            verb=_("Change password"),
        )
        self.old, self.new = PasswordField(), NewPassword(context.desk.known_names)
        self._old_field = FormField(
            _("Password until now"),
            self.old,
            check=required(self.old.text, _("Write the password you use now.")),
        )
        self.factors = FactorFields(context.preferences.settings.key_file)
        self.body.addWidget(self._old_field)
        self.body.addWidget(self.factors)
        self.factors.need(context.desk.own_access.factors().kinds)
        self.body.addWidget(self.new)
        self.verb_button.clicked.connect(self._change)
        self.old.setFocus()

    def _change(self) -> None:
        right = [self.new.is_right(), self._old_field.is_right()]
        if not all(right):
            return
        old, new, desk = self.old.text(), self.new.text(), self.context.desk
        at_hand = self.factors.at_hand()
        self.context.save(
            lambda _progress: desk.change_password(old, new, at_hand),
            lambda _done: self._tell(),
            self.verb_button,
            refused=self._old_field.show_error,
        ).finished.connect(self.factors.prompt.rest)

    def _tell(self) -> None:
        self.context.toast(_("The password is changed"))
        self.accept()


def change_password(context: PageContext) -> ChangePassword:
    """Show the form and return it."""
    form = ChangePassword(context)
    form.open()
    return form
