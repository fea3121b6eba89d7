"""The scan of a signed form: found by the code at its foot, kept with the answer it proves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.services.consent_forms import attach_form, find_form
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Banner, Button, EmptyState, FormField, Label, hide_unless

_SCANS = ["pdf", "jpg", "jpeg", "png"]


class ScanForm(FormDialog):
    """Takes the scan of a form that was signed by hand.

    Args:
        context: The open register.
        known: The answer it belongs to; without it, the code on the form says whose it is.

    Attributes:
        code: The code at the foot of the form.
        whose: Whose form it is.
        drop: Where the scan is dropped, with a button to choose it.
        path: The scan; nothing before it was chosen.
        problem: What the register refused, and what to do about it.
    """

    def __init__(self, context: PageContext, known: RecordRef | None = None) -> None:
        super().__init__(
            context,
            _("Signed form"),
            _("The scan is kept in the register as the proof of her answer."),
            verb=_("Keep the scan"),
        )
        self._consent = known
        self.path: Path | None = None
        self.problem = Banner("danger", "")
        self.code = QLineEdit()
        self._code = FormField(
            _("Code at the foot of the form"),
            self.code,
            check=self._code_problem,
            hint=_("Such as ABCD-EFGH-IJKL-MNOP."),
        )
        hide_unless(known is None, self._code)
        self.whose = Label("", "strong", wrap=True)
        self.choose_button = Button(_("Choose a file…"), on_click=self._choose)
        self.drop = EmptyState(
            "file-check",
            _("Drop the scan here"),
            _("A PDF, JPEG or PNG. Of a photo only the picture is kept, not where it was taken."),
            [self.choose_button],
            takes_files=True,
        )
        for part in (self.problem, self._code, self.whose, self.drop):
            self.body.addWidget(part)
        self.problem.hide()
        self.whose.hide()
        self.drop.dropped.connect(self.take)
        self.code.editingFinished.connect(self._look_up)
        self.verb_button.clicked.connect(self._save)
        self.verb_button.setEnabled(False)
        (self.choose_button if known else self.code).setFocus()

    def take(self, path: Path) -> None:
        """Take a scan; it is read when it is kept."""
        self.path = path
        self.drop.set_words(path.name, _("Drop another one to replace it."))
        self.verb_button.setEnabled(True)

    def _choose(self) -> None:
        path = ask.choose_file_to_open(
            self.context.window, _("Choose the scan"), [(_("Scan"), _SCANS)]
        )
        if path is not None:
            self.take(path)

    def _look_up(self) -> None:
        """Find whose form it is, and say so before anything is kept."""
        self._consent = None
        self.whose.setVisible(False)
        if self._code_problem() is None:
            form = self.context.desk.ask(find_form, code=self.code.text())
            self._consent = form.consent_ref
            said = _("{name}, {purpose}").format(name=form.name, purpose=form.title)
            self.whose.setText(said)
            self.whose.setVisible(True)

    def _code_problem(self) -> str | None:
        try:
            form = self.context.desk.ask(find_form, code=self.code.text())
        except DomainError as error:
            return str(error)
        if form.consent_ref is None:
            return _(
                "What {name} answered is not written down yet. Write it down under “New consent”, "
                "and come back with the scan."
            ).format(name=form.name)
        return None

    def _save(self) -> None:
        if self._code.isVisible():
            if not self._code.is_right():
                return
            self._look_up()
        desk, ref, path = self.context.desk, self._consent, self.path
        if ref is not None and path is not None:
            self.problem.hide()
            self.context.save(
                lambda progress: desk.run(attach_form, ref=ref, path=path, progress=progress),
                lambda _done: self._end(),
                self.verb_button,
                self._tell,
            )

    def _tell(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self) -> None:
        self.accept()
        self.context.toast(_("The signed form is kept"), undoable=True)


def keep_scan(context: PageContext, known: RecordRef | None = None) -> ScanForm:
    """Take the scan of a form that was signed by hand."""
    form = ScanForm(context, known)
    form.open()
    return form
