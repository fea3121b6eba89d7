"""Another recovery key: the paper is lost, or somebody has seen it."""

from __future__ import annotations

from gdprdesk.door import AtHand
from gdprdesk.i18n import _
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.proof import ProofForm
from gdprdesk_ui.dialogs.recovery_sheet import RecoverySheet

_WIDTH = 560


class NewRecoveryKey(FormDialog):
    """Shows the new key once; the one before opens nothing any more.

    Attributes:
        sheet: The key and what to do with it.
    """

    def __init__(self, context: PageContext, recovery_key: str) -> None:
        super().__init__(
            context,
            _("Print your new recovery key"),
            _("The key printed before opens nothing any more. Destroy that paper."),
            verb=_("Done"),
            width=_WIDTH,
        )
        desk = context.desk
        business = desk.ask(show_organisation).name
        self.sheet = RecoverySheet(context.operations, business, recovery_key, desk.now)
        self.body.addWidget(self.sheet)
        self.cancel_button.hide()
        self.verb_button.setEnabled(False)
        self.sheet.settled.connect(self.verb_button.setEnabled)
        self.verb_button.clicked.connect(self.accept)

    def reject(self) -> None:
        """Stay: a key that is on no paper would be lost for ever."""
        if self.sheet.is_settled():
            super().reject()


def new_recovery_key(context: PageContext) -> ProofForm[str]:
    """Make a new key, once the password is written, and show it."""

    def make(password: str, at_hand: AtHand) -> str:
        context.desk.own_access.prove(password, at_hand)
        return context.desk.new_recovery_key()

    form = ProofForm(
        context,
        _("Make a new recovery key?"),
        _(
            "The key you printed before stops working at once. Have a printer ready, or a USB "
            "stick that is not kept beside the computer."
        ),
        verb=_("Make a new key"),
        do=make,
        then=lambda key: NewRecoveryKey(context, key).open(),
    )
    form.open()
    return form
