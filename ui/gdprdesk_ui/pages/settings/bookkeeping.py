"""The accounts that the accountant's pack books on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from gdprdesk.domain.accounts import AccountUse
from gdprdesk.i18n import _
from gdprdesk.services.accounts import AccountEntry, show_accounts, update_accounts
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import Button, Card, CardHeading, FormField, Label, row


class BookkeepingCard(Card):
    """Saved by its button, and taken back by Undo.

    Attributes:
        numbers: The number of each account, by what it is for.
        save_button: Saves.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("Bookkeeping")), padding=20, spacing=16)
        self._context = context
        self._known: dict[AccountUse, str] = {}
        self.numbers = {use: QLineEdit() for use in AccountUse}
        self.save_button = Button(_("Save"), on_click=self.save)
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        words = _(
            "The accounts of the BAS plan that the pack for the accountant books on. Leave them as "
            "they are unless your accountant uses others."
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        for number, (use, edit) in enumerate(self.numbers.items()):
            place = divmod(number, 2)
            grid.addWidget(FormField(use.label, edit), *place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.add(
            Label(words, "body", "muted", wrap=True),
            grid,
            self.problem,
            row(None, self.save_button),
        )

    def refresh(self) -> None:
        """Show what is in the register; what is being typed stays."""
        if not self._context.may(show_accounts):
            return
        for one in self._context.desk.ask(show_accounts):
            edit = self.numbers[one.use]
            if edit.text() == self._known.get(one.use, ""):
                edit.setText(one.number)
            self._known[one.use] = one.number

    def save(self) -> None:
        """Save what was changed."""
        self.problem.hide()
        changed = tuple(
            AccountEntry(use, edit.text())
            for use, edit in self.numbers.items()
            if edit.text().strip() != self._known.get(use)
        )
        desk, said = self._context.desk, _("The accounts are saved")
        self._context.save(
            lambda _progress: desk.run(update_accounts, accounts=changed),
            lambda _none: self._context.toast(said, undoable=True),
            self.save_button,
            refused=self._refuse,
        )

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
