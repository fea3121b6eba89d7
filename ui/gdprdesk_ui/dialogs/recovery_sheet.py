"""The recovery key to print or save, and the proof that it is on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui import ask
from gdprdesk_ui.calls import perform
from gdprdesk_ui.operations import Operation, Operations
from gdprdesk_ui.theme import font
from gdprdesk_ui.widgets import Button, Card, FormField, Label, column, row
from gdprdesk_ui.widgets.printing import print_pdf


class RecoverySheet(QWidget):
    """Shows the key once. It is shown nowhere else and kept nowhere else.

    Signals:
        settled: The key was typed back, or the user says that she has it on paper; or no more.

    Attributes:
        key: The key, to read or copy.
        print_button: Prints the sheet.
        save_button: Saves it as PDF.
        typed: Where the key can be typed back.
        on_paper: The user has it on paper.
        said: What was printed or saved.
    """

    settled = Signal(bool)

    def __init__(
        self,
        operations: Operations,
        business: str,
        recovery_key: str,
        made_at: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._operations, self._business = operations, business
        self._recovery_key, self._made_at = recovery_key, made_at
        self.key = Label(recovery_key, "title", wrap=True, tabular=True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setFont(font("title", tabular=True))
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.print_button = Button(_("Print…"), icon_name="printer", on_click=self._print)
        self.save_button = Button(_("Save as PDF…"), icon_name="file-down", on_click=self._save)
        self.said = Label("", "small", "muted", wrap=True)
        self.said.hide()
        self.typed = QLineEdit()
        self._typed_field = FormField(
            _("Type the key from the paper"), self.typed, check=self._typing_fault, optional=True
        )
        self.on_paper = QCheckBox(_("I have the key on paper, in a safe place"))
        self.typed.textChanged.connect(self._settle)
        self.on_paper.toggled.connect(self._settle)
        shown = Card(self.key, row(None, self.print_button, self.save_button, None), self.said,
                     padding=20, spacing=14, sunken=True)  # fmt: skip
        self.setLayout(column(shown, 16, self._typed_field, 8, self.on_paper, spacing=0))

    def is_settled(self) -> bool:
        """Return whether the key is on paper, as far as can be known."""
        return self.on_paper.isChecked() or _letters(self.typed.text()) == _letters(
            self._recovery_key
        )

    def first_focus(self) -> QWidget:
        """Return where the cursor begins."""
        return self.print_button

    def _settle(self) -> None:
        self.settled.emit(self.is_settled())

    def _typing_fault(self) -> str | None:
        if not self.typed.text().strip() or self.is_settled():
            return None
        return _("This is not the key shown above. Compare each group of four.")

    def _render(self, _progress: object) -> bytes:
        from gdprdesk.exports import PDF  # noqa: PLC0415  (heavy, seldom)
        from gdprdesk.services.reports.proofs import recovery_sheet  # noqa: PLC0415

        return PDF.render(recovery_sheet(self._business, self._recovery_key, self._made_at))

    def _print(self) -> None:
        printer = ask.choose_printer(self)
        if printer is None:
            return

        def done(pdf: bytes) -> None:
            print_pdf(pdf, printer)
            self._say(_("Sent to the printer. Look that all of the key is on the paper."))

        perform(self._operations, self, self._render, done, button=self.print_button)

    def _save(self) -> None:
        name = _("Recovery key {name}").format(name=self._business)
        path = ask.choose_file_to_save(
            self, _("Save the recovery key"), f"{name}.pdf", [("PDF", ["pdf"])]
        )
        if path is None:
            return

        def work(progress: Operation[Path]) -> Path:
            from gdprdesk.exports.target import write_file  # noqa: PLC0415

            write_file(path, self._render(progress), overwrite=True)
            return path

        perform(self._operations, self, work, self._say_saved, button=self.save_button)

    def _say_saved(self, path: Path) -> None:
        said = _(
            "Saved as {path}. Move it off this computer: whoever finds it here can open the "
            "register."
        )
        self._say(said.format(path=path))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()


def _letters(typed: str) -> str:
    return "".join(letter for letter in typed if letter.isalnum()).upper()
