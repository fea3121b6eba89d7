"""What is asked for beside the password: a key file, a security key."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import FactorKind
from gdprdesk.door import KEY_FILE_SUFFIX, AtHand
from gdprdesk.i18n import _
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.stick_prompt import StickPrompt
from gdprdesk_ui.widgets import Button, FormField, Label, column, row


def choose_key_file(parent: QWidget) -> Path | None:
    """Let somebody choose a key file."""
    kinds = [(_("Key file"), [KEY_FILE_SUFFIX.removeprefix(".")]), (_("All files"), ["*"])]
    return ask.choose_file_to_open(parent, _("Choose your key file"), kinds)


class FactorFields(QWidget):
    """Exactly what somebody has chosen to need beside her password; nothing to see without.

    Attributes:
        key_file: Where the key file is.
        choose_button: Chooses another.
        prompt: What the security key waits for.
    """

    def __init__(self, key_file: Path | None, parent: QWidget | None = None) -> None:
        """Args are where the key file was last, and the parent."""
        super().__init__(parent)
        self.key_file = key_file
        self._needed: Collection[FactorKind] = ()
        self._name = Label("", "small")
        self.choose_button = Button(_("Choose…"), size="small", on_click=self._choose)
        line = row(self._name, self.choose_button, spacing=10)
        line.setStretch(0, 1)
        control = QWidget()
        control.setLayout(line)
        control.setFocusProxy(self.choose_button)
        self._field = FormField(_("Key file"), control)
        self.choose_button.setAccessibleName(_("Choose the key file"))
        self.prompt = StickPrompt()
        self.setLayout(column(self._field, self.prompt, spacing=14))
        self._show_name()
        self.need(())

    def need(self, kinds: Collection[FactorKind]) -> None:
        """Ask for these."""
        self._needed = kinds
        self._field.setVisible(FactorKind.KEY_FILE in kinds)
        self.prompt.setVisible(FactorKind.SECURITY_KEY in kinds)
        self.setVisible(bool(kinds))

    def at_hand(self) -> AtHand:
        """Return what can be asked now, for one try."""
        self._field.show_error(None)
        asking = self.prompt.asking() if FactorKind.SECURITY_KEY in self._needed else None
        return AtHand(self.key_file, asking)

    def say(self, kind: FactorKind, sentence: str) -> None:
        """Say why a factor gave nothing."""
        if kind is FactorKind.KEY_FILE:
            self._field.show_error(sentence)
        else:
            self.prompt.say_problem(sentence)

    def _choose(self) -> None:
        path = choose_key_file(self)
        if path is not None:
            self.key_file = path
            self._field.show_error(None)
            self._show_name()

    def _show_name(self) -> None:
        self._name.setText(self.key_file.name if self.key_file else _("None chosen yet"))
        self._name.setToolTip(str(self.key_file or ""))
