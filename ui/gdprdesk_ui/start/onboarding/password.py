"""Step 4: a password, and where the register is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gdprdesk.door import synced_by
from gdprdesk.i18n import _
from gdprdesk.services.first_run import FirstRun
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.new_password import NewPassword
from gdprdesk_ui.start.onboarding.step import StepPage, at_left
from gdprdesk_ui.widgets import Banner, Button, Card, CardHeading, Label, column, row

_WIDEST = 620


class PasswordStep(StepPage):
    """Asks for the password and the place.

    Attributes:
        new: The password, twice.
        place: The folder that the register will be.
        place_button: Asks for another.
        problem: What is wrong with the place, or why no register could be made.
    """

    def __init__(self, run: FirstRun, parent: QWidget | None = None) -> None:
        super().__init__(
            run,
            _("Choose a password"),
            _("It encrypts the register. Nobody can open it without, and we cannot either."),
            parent,
        )
        self.new = NewPassword(run.known_names)
        self.place = Label("", "strong", wrap=True)
        self.place_button = Button(_("Other folder…"), size="small", on_click=self._choose)
        self.problem = Banner("warn", "", icon_name="triangle-alert")
        where = row(self.place, self.place_button, spacing=12)
        where.setStretch(0, 1)
        explained = Label(
            _("Everything is in this one folder: copy it to a USB stick and you have a backup."),
            "small", "muted", wrap=True,
        )  # fmt: skip
        password = Card(self.new, padding=24)
        place = Card(CardHeading(_("Where the register is kept")), where, explained, padding=24)
        self.problem.setMaximumWidth(_WIDEST)
        cards = at_left(password, _WIDEST), 16, at_left(place, _WIDEST)
        self.setLayout(column(self.head, 18, self.problem, 4, *cards, None, spacing=0))
        self.refresh()

    def refresh(self) -> None:
        self.place.setText(str(self.run.folder))
        service = synced_by(self.run.folder)
        self.problem.setVisible(bool(service))
        if service:
            self.problem.set_words(
                _("{service} copies this folder to the cloud").format(service=service),
                _(
                    "A register can be damaged there, and those you erase live on in its copies. "
                    "Choose a folder that is only on this computer."
                ),
            )

    def first_focus(self) -> QWidget:
        return self.new.first_focus()

    def take(self) -> bool:
        return self.new.is_right()

    def tell(self, sentence: str) -> None:
        """Say why the register could not be made."""
        self.problem.set_words(_("The register was not made"), sentence)
        self.problem.show()

    def _choose(self) -> None:
        chosen = ask.choose_folder(self, _("Choose the folder that the register is put in"))
        if chosen is not None:
            self.run.parent = chosen
            self.refresh()
