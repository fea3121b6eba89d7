"""A one-time code, shown once: to read out, to print, or to save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from gdprdesk.i18n import _, format_day
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.staff import note_told
from gdprdesk.services.staff_keys import Invitation
from gdprdesk.services.staff_log import show_log_notice
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.theme import font
from gdprdesk_ui.widgets import Button, Card, Label, row
from gdprdesk_ui.widgets.printing import print_pdf

_WIDTH = 560


class CodeDialog(FormDialog):
    """Shows the code large; it is shown nowhere else and kept nowhere else.

    Attributes:
        code: The code, to read or copy.
        print_button: Prints it with what is told of the log.
        save_button: Saves the same as PDF.
        told: She was told of the log.
        said: What was printed or saved.
    """

    def __init__(self, context: PageContext, invitation: Invitation) -> None:
        super().__init__(
            context,
            _("One-time code for {name}").format(name=invitation.name),
            _("Give it to her by hand or by telephone, not in an e-mail."),
            verb=_("Done"),
            width=_WIDTH,
        )
        self._invitation = invitation
        self.code = Label(_in_two_lines(invitation.code), "display", wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setFont(font("display", tabular=True))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.print_button = Button(_("Print…"), icon_name="printer", on_click=self._print)
        self.save_button = Button(_("Save as PDF…"), icon_name="file-down", on_click=self._save)
        self.said = Label("", "small", "muted", wrap=True)
        self.said.hide()
        self.told = QCheckBox(_("She has been told that what she does here is logged"))
        until = _(
            "Where she opens the register she chooses her name, types the code, and chooses a "
            "password. It works once, and until {day}. It is not shown again; you can always make "
            "a new one."
        ).format(day=format_day(invitation.until))
        buttons = row(None, self.print_button, self.save_button, None)
        self.body.addWidget(
            Card(self.code, buttons, self.said, padding=20, spacing=14, sunken=True)
        )
        self.body.addWidget(Label(until, "small", "muted", wrap=True))
        self.body.addWidget(self.told)
        self.cancel_button.hide()
        self.verb_button.clicked.connect(self._end)
        self.print_button.setFocus()

    def _end(self) -> None:
        if not self.told.isChecked():
            self.accept()
            return
        desk, ref = self.context.desk, self._invitation.staff_ref
        self.context.save(
            lambda _progress: desk.run(note_told, staff_ref=ref),
            lambda _none: self.accept(),
            self.verb_button,
        )

    def _render(self, _progress: object) -> bytes:
        from gdprdesk.exports import PDF  # noqa: PLC0415  (heavy, seldom)
        from gdprdesk.services.reports.invitation import invitation_sheet  # noqa: PLC0415

        desk = self.context.desk
        business, notice = desk.ask(show_organisation).name, desk.ask(show_log_notice)
        return PDF.render(invitation_sheet(business, self._invitation, notice, desk.now))

    def _print(self) -> None:
        printer = ask.choose_printer(self)
        if printer is None:
            return

        def done(pdf: bytes) -> None:
            print_pdf(pdf, printer)
            self._say(_("Sent to the printer."))

        self.context.perform(self._render, done, button=self.print_button)

    def _save(self) -> None:
        name = _("One-time code for {name}").format(name=self._invitation.name)
        path = ask.choose_file_to_save(
            self, _("Save the one-time code"), f"{name}.pdf", [("PDF", ["pdf"])]
        )
        if path is None:
            return

        def work(progress: Operation[Path]) -> Path:
            from gdprdesk.exports.target import write_file  # noqa: PLC0415

            write_file(path, self._render(progress), overwrite=True)
            return path

        self.context.perform(work, self._say_saved, button=self.save_button)

    def _say_saved(self, path: Path) -> None:
        said = _("Saved as {path}. Whoever finds it can open the register: delete it afterwards.")
        self._say(said.format(path=path))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()


def _in_two_lines(code: str) -> str:
    """Return a code as it is read aloud: a line break is skipped when it is typed."""
    groups = code.split("-")
    half = len(groups) // 2
    return "\n".join(("-".join(groups[:half]) + "-", "-".join(groups[half:])))


def show_code(context: PageContext, invitation: Invitation) -> CodeDialog:
    """Show a code."""
    dialog = CodeDialog(context, invitation)
    dialog.open()
    return dialog
