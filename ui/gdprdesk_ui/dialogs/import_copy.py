"""A person's copy from another register, looked at and taken in with all her records."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import kind_name, personal_kinds
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.imports.person_file import PersonPackage, is_sealed, open_person
from gdprdesk.services.copy_import import CopyReceipt, CopyReview, review_copy
from gdprdesk.services.copy_import import import_copy as save_copy
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import (
    Banner,
    FormField,
    Label,
    PasswordField,
    Switch,
    column,
    holder,
    row,
)


class ImportCopy(FormDialog):
    """Her name and what there is of her; the password first, if the copy has one.

    Attributes:
        password: Of the copy; shown only if it has one.
        problem: Says why it cannot be taken in.
        again: She was erased here and has asked to come back herself.
    """

    def __init__(self, context: PageContext, path: Path) -> None:
        super().__init__(
            context,
            _("Take in a person's copy"),
            _("Everything another register handed out about one person. Nothing is saved yet."),
            verb=_("Look at it"),
        )
        self._path = path
        self._package: PersonPackage | None = None
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.password = PasswordField()
        self._password_field = FormField(_("Password of the copy"), self.password)
        self.again = Switch(_("She has asked to come back herself"))
        self._again_row = holder(
            row(Label(_("She has asked to come back herself"), wrap=True), None, self.again)
        )
        self._again_row.hide()
        self.found = column(spacing=6)
        self.body.addWidget(self.problem)
        self.body.addWidget(self._password_field)
        self.body.addLayout(self.found)
        self.body.addWidget(self._again_row)
        self.again.toggled.connect(self.verb_button.setEnabled)
        self.verb_button.clicked.connect(self._go_on)
        if not is_sealed(path):
            self._password_field.hide()
            self._look()

    def _go_on(self) -> None:
        if self._package is None:
            self._look()
        else:
            self._save(self._package)

    def _look(self) -> None:
        self.problem.hide()
        try:
            package = open_person(self._path, password=self.password.text() or None)
            review = self.context.desk.ask(review_copy, package=package)
        except DomainError as error:
            self._tell(str(error))
            return
        self._package = package
        self._password_field.hide()
        self._show(review)

    def _show(self, review: CopyReview) -> None:
        called = {kind_name(kind): kind.called for kind in personal_kinds()}
        self.found.addWidget(Label(review.name, "heading", wrap=True))
        for kind, count in review.counts.items():
            one, many = called.get(kind, (kind, kind))
            self.found.addWidget(Label(f"{count} {_(one if count == 1 else many)}"))
        for remark in review.remarks:
            self.found.addWidget(Label(remark, "body", "warn", wrap=True))
        if review.stopped:
            self._tell(review.stopped)
            self._again_row.show()
        self.verb_button.setText(_("Take her in"))
        self.verb_button.setEnabled(not review.stopped)

    def _save(self, package: PersonPackage) -> None:
        desk, again = self.context.desk, self.again.isChecked()
        self.context.save(
            lambda progress: desk.run(save_copy, package=package, again=again, progress=progress),
            self._end,
            self.verb_button,
            refused=self._tell,
        )

    def _tell(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self, receipt: CopyReceipt) -> None:
        self.accept()
        self.context.open_page("person", subject_ref=receipt.ref)
        words = _("{name} is taken in").format(name=receipt.name)
        self.context.toast(" ".join((words, *receipt.remarks)), undoable=True)


def import_copy(context: PageContext, path: Path) -> ImportCopy:
    """Take in a person from the copy that another register handed out."""
    form = ImportCopy(context, path)
    form.open()
    return form
