"""A register that was kept elsewhere: chosen, its columns matched, looked through, then saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.register_import import (
    RegisterReceipt,
    RegisterReview,
    import_register,
    review_register,
)
from gdprdesk.services.register_sheet import RegisterSheet, read_register
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.register_import_columns import RegisterColumns
from gdprdesk_ui.dialogs.register_import_review import RegisterReviewStep
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Banner, Button, EmptyState, ProgressStrip

R = TypeVar("R")
_HEIGHT, _AROUND = 600, 48


class ImportRegister(FormDialog):
    """Three steps; nothing is saved before the last, and then all of it or nothing.

    Attributes:
        choose: The first step: choose a file, or drop one.
        columns: The second step: what each column holds; None before.
        review: The third step: what becomes of each row; None before.
        back_button: One step back.
        problem: Says why a file cannot be read.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context, _("Take in a register"), " ", verb=_("Choose a file…"), width=WIDE
        )
        self._sheet: RegisterSheet | None = None
        self._found: RegisterReview | None = None
        self._file = ""
        self.columns: RegisterColumns | None = None
        self.review: RegisterReviewStep | None = None
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.choose = EmptyState(
            "file-spreadsheet",
            _("Which list?"),
            _("Drop an Excel or CSV file here, or choose one. The file itself is not changed."),
            footnote=_("The sheets of the authorities are known, and what this program has saved."),
            takes_files=True,
        )
        self.choose.dropped.connect(self.read)
        self.strip = ProgressStrip()
        self.back_button = Button(_("Back"), icon_name="arrow-left", on_click=self._go_back)
        self.verbs.insertWidget(0, self.back_button)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.choose, 1)
        self.body.addWidget(self.strip)
        self._at: QWidget = self.choose
        self.verb_button.clicked.connect(self._go_on)
        self._show_step(self.choose)
        self.setMinimumHeight(min(scaled(_HEIGHT), context.window.height() - _AROUND))

    def read(self, path: Path) -> None:
        """Read a file; what is wrong with it is said here."""
        self._file = path.name
        self._do(
            lambda progress: read_register(path, progress=progress),
            self._take_sheet,
            _("Reading {file} …").format(file=path.name),
        )

    def _do(
        self, call: Callable[[Operation[R]], R], then: Callable[[R], object], words: str
    ) -> None:
        self.problem.hide()
        operation = self.context.perform(
            call, then, button=self.verb_button, refused=self._tell_problem
        )
        self.strip.watch(operation, words)
        self.rejected.connect(operation.cancel)

    def _tell_problem(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()
        self._area.verticalScrollBar().setValue(0)

    def _go_on(self) -> None:
        if self._at is self.choose:
            kinds = [(_("Registers"), ["xlsx", "csv", "tsv", "txt"]), (_("All files"), ["*"])]
            path = ask.choose_file_to_open(self, _("Which list?"), kinds)
            if path is not None:
                self.read(path)
        elif self._at is self.columns:
            self._look_through()
        else:
            self._save()

    def _go_back(self) -> None:
        at_review = self._at is self.review and self.columns is not None
        self._show_step(self.columns if at_review and self.columns else self.choose)

    def _take_sheet(self, sheet: RegisterSheet) -> None:
        self._sheet = sheet
        if self.columns is not None:
            self.columns.deleteLater()
        self.columns = RegisterColumns(sheet, self.problem.hide)
        self.body.insertWidget(1, self.columns, 1)
        self._show_step(self.columns)

    def _look_through(self) -> None:
        sheet, columns, desk = self._sheet, self.columns, self.context.desk
        if sheet is not None and columns is not None:
            fields = columns.fields()
            self._do(
                lambda _progress: desk.ask(review_register, sheet=sheet, fields=fields),
                self._take_review,
                _("Looking through the register …"),
            )

    def _take_review(self, review: RegisterReview) -> None:
        if self.review is not None:
            self.review.deleteLater()
        self._found = review
        self.review = RegisterReviewStep(review)
        self.review.decided.connect(self._say_taken)
        self.body.insertWidget(1, self.review, 1)
        self._show_step(self.review)

    def _show_step(self, step: QWidget) -> None:
        self._at = step
        self.problem.hide()
        for one in (self.choose, self.columns, self.review):
            if one is not None:
                one.setVisible(one is step)
        self.back_button.setVisible(step is not self.choose)
        self.verb_button.setEnabled(True)
        if step is self.choose:
            self.verb_button.setText(_("Choose a file…"))
            self.sentence.setText(_("Nothing is saved before you have looked it through."))
        elif step is self.columns:
            rows = len(self._sheet.rows) if self._sheet else 0
            said = ngettext("{file}: {count} row.", "{file}: {count} rows.", rows)
            what = said.format(file=self._file, count=format_number(rows))
            self.sentence.setText(what + " " + _("Say what each column holds."))
            self.verb_button.setText(_("Look it through"))
        else:
            self.sentence.setText(_("Decide what becomes of each row. Nothing is saved yet."))
            self._say_taken()
        self._area.verticalScrollBar().setValue(0)
        self.verb_button.setFocus()

    def _say_taken(self) -> None:
        count = self.review.taken() if self.review else 0
        words = ngettext("Take in {count} row", "Take in {count} rows", count)
        self.verb_button.setText(words.format(count=format_number(count)))
        self.verb_button.setEnabled(count > 0)

    def _save(self) -> None:
        review, step, desk = self._found, self.review, self.context.desk
        if review is not None and step is not None:
            choices = dict(step.choices)
            self._do(
                lambda _progress: desk.run(import_register, review=review, choices=choices),
                self._end,
                _("Saving …"),
            )

    def _end(self, receipt: RegisterReceipt) -> None:
        self.accept()
        added = ngettext("{count} row added", "{count} rows added", receipt.added)
        words = added.format(count=format_number(receipt.added))
        if receipt.updated:
            more = ngettext("{count} row filled in", "{count} rows filled in", receipt.updated)
            words = f"{words}, {more.format(count=format_number(receipt.updated))}"
        self.context.toast(words, undoable=True)


def take_in_register(context: PageContext, path: Path | None = None) -> ImportRegister:
    """Take in a register that was kept elsewhere."""
    form = ImportRegister(context)
    form.open()
    if path is not None:
        form.read(path)
    return form
