"""A customer list becomes people: chosen, its columns matched, looked through, then saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.imports import Grid, read_grid
from gdprdesk.imports.person_file import is_person_copy
from gdprdesk.imports.sie_file import is_sie, read_vouchers
from gdprdesk.services.people_import import ImportReceipt
from gdprdesk.services.people_import import import_people as save_people
from gdprdesk.services.people_review import ImportReview, review_list
from gdprdesk.services.sources import show_usual_origin
from gdprdesk.services.vouchers import VoucherNaming, find_in_vouchers
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.import_batches import show_imports
from gdprdesk_ui.dialogs.import_columns import ColumnsStep
from gdprdesk_ui.dialogs.import_copy import import_copy
from gdprdesk_ui.dialogs.import_review import ReviewStep
from gdprdesk_ui.dialogs.person_fields import OriginField
from gdprdesk_ui.dialogs.vouchers import show_vouchers
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.widgets import Banner, Button, EmptyState, ProgressStrip, all_right

R = TypeVar("R")
Operated = Callable[[Operation[R]], R]
_Named = tuple[tuple[VoucherNaming, ...], int]
_ENDINGS = ("xlsx", "csv", "tsv", "txt", "vcf", "ics", "zip", "json", "se", "si")


class ImportPeople(FormDialog):
    """Three steps; nothing is saved before the last, and then all of it or nothing.

    Attributes:
        choose: The first step: choose a file, or drop one.
        earlier_button: Shows what was imported before, to be taken back.
        columns: The second step: what each column holds; None before.
        review: The third step: what becomes of each row; None before.
        back_button: One step back.
        origin: Whom the list comes from, asked in the second step.
        problem: Says why a list cannot be read.
        strip: How far the reading or saving is, with a button to stop it.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Import people"), " ", verb=_("Choose a file…"), width=WIDE)
        self._grid: Grid | None = None
        self._file = ""
        self.columns: ColumnsStep | None = None
        self.review: ReviewStep | None = None
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.earlier_button = Button(_("Earlier imports…"), on_click=self._show_earlier)
        self.choose = EmptyState(
            "file-spreadsheet",
            _("Which list?"),
            _(
                "Drop an Excel, CSV, vCard or calendar file here, or choose one. The file itself "
                "is not changed. A copy of one person from another register (zip or JSON) is taken "
                "in too; a bookkeeping file (SIE) is only looked through for names."
            ),
            [self.earlier_button],
            footnote=_(
                "From Visma, Fortnox, Mailchimp and others: save it there as Excel or CSV. From a "
                "phone or a mail program: save the contacts as vCard."
            ),
            takes_files=True,
        )
        self.choose.dropped.connect(self.read)
        self.strip = ProgressStrip()
        self.back_button = Button(_("Back"), icon_name="arrow-left", on_click=self._go_back)
        self.verbs.insertWidget(0, self.back_button)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.choose, 1)
        self.origin = OriginField(self.problem.hide)
        self.origin.show_value(context.desk.ask(show_usual_origin), "")
        self.body.addWidget(self.origin)
        self.body.addWidget(self.strip)
        self._at: QWidget = self.choose
        self.verb_button.clicked.connect(self._go_on)
        self._show_step(self.choose)
        self.setMinimumHeight(min(560, context.window.height() - 48))

    def read(self, path: Path) -> None:
        """Read a list, or look at a person's copy; what is wrong with it is said here."""
        if is_person_copy(path):
            self.accept()
            import_copy(self.context, path)
            return
        self._file = path.name
        if is_sie(path):
            self._look_through_vouchers(path)
            return
        self._do(
            lambda progress: read_grid(path, progress=progress),
            self._take_grid,
            _("Reading {file} …").format(file=path.name),
        )

    def _look_through_vouchers(self, path: Path) -> None:
        desk = self.context.desk

        def look(progress: Operation[_Named]) -> _Named:
            read = read_vouchers(path, progress=progress)
            return desk.ask(find_in_vouchers, vouchers=read, progress=progress), len(read)

        self._do(look, self._show_vouchers, _("Reading {file} …").format(file=path.name))

    def _show_vouchers(self, named: _Named) -> None:
        found, looked = named
        self.accept()
        show_vouchers(self.context, self._file, found, looked)

    def _show_earlier(self) -> None:
        self.accept()
        show_imports(self.context)

    def _do(self, call: Operated[R], then: Callable[[R], object], words: str) -> None:
        self.problem.hide()
        operation = self.context.perform(
            call, then, button=self.verb_button, refused=self._tell_problem
        )
        self.strip.watch(operation, words)
        self.rejected.connect(operation.cancel)

    def _tell_problem(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _go_on(self) -> None:
        if self._at is self.choose:
            kinds = [
                (_("Customer lists"), list(_ENDINGS)),
                (_("All files"), ["*"]),
            ]
            path = ask.choose_file_to_open(self, _("Which list?"), kinds)
            if path is not None:
                self.read(path)
        elif self._at is self.columns:
            self._look_through()
        else:
            self._save()

    def _go_back(self) -> None:
        if self._at is self.review and self.columns is not None:
            self._show_step(self.columns)
        else:
            self._show_step(self.choose)

    def _take_grid(self, grid: Grid) -> None:
        self._grid = grid
        if self.columns is not None:
            self.columns.deleteLater()
        self.columns = ColumnsStep(self.context, grid, self.problem.hide)
        self.body.insertWidget(1, self.columns, 1)
        self._show_step(self.columns)

    def _look_through(self) -> None:
        grid, columns, desk = self._grid, self.columns, self.context.desk
        if grid is not None and columns is not None and all_right(self.origin.fields):
            fields = columns.fields()
            self._do(
                lambda _progress: desk.ask(review_list, grid=grid, fields=fields),
                self._take_review,
                _("Looking through the list …"),
            )

    def _take_review(self, review: ImportReview) -> None:
        if self.review is not None:
            self.review.deleteLater()
        self.review = ReviewStep(review)
        self.review.decided.connect(self._say_taken)
        self._found = review
        self.body.insertWidget(1, self.review, 1)
        self._show_step(self.review)

    def _show_step(self, step: QWidget) -> None:
        self._at = step
        self.problem.hide()
        for one in (self.choose, self.columns, self.review):
            if one is not None:
                one.setVisible(one is step)
        self.origin.setVisible(step is self.columns)
        self.back_button.setVisible(step is not self.choose)
        self.verb_button.setEnabled(True)
        if step is self.choose:
            self.verb_button.setText(_("Choose a file…"))
            self.sentence.setText(_("Nothing is saved before you have looked it through."))
        elif step is self.columns:
            rows = len(self._grid.rows) if self._grid else 0
            said = ngettext("{file}: {count} row.", "{file}: {count} rows.", rows)
            what = said.format(file=self._file, count=format_number(rows))
            self.sentence.setText(what + " " + _("Say what each column holds."))
            self.verb_button.setText(_("Look it through"))
        else:
            self.sentence.setText(_("Decide what becomes of each row. Nothing is saved yet."))
            self._say_taken()
        self.verb_button.setFocus()

    def _say_taken(self) -> None:
        count = self.review.taken() if self.review else 0
        words = ngettext("Save {count} person", "Save {count} people", count)
        if self.review and self.review.of_orders:
            words = ngettext("Save {count} booking", "Save {count} bookings", count)
        no_letters = self.review.unsubscribed() if self.review else 0
        if no_letters and not count:
            words = ngettext("Stop letters to {count}", "Stop letters to {count}", no_letters)
        self.verb_button.setText(words.format(count=format_number(count or no_letters)))
        self.verb_button.setEnabled(count + no_letters > 0)

    def _save(self) -> None:
        if self.review is not None:
            review, fates, desk = self._found, dict(self.review.fates), self.context.desk
            (origin, source), file = self.origin.value(), self._file
            self._do(
                lambda progress: desk.run(
                    save_people,
                    review=review,
                    choices=fates,
                    origin=origin,
                    source=source,
                    file=file,
                    progress=progress,
                ),
                self._end,
                _("Saving …"),
            )

    def _end(self, receipt: ImportReceipt) -> None:
        self.accept()
        added = ngettext("{count} person added", "{count} people added", receipt.added)
        words = added.format(count=format_number(receipt.added))
        if receipt.merged:
            more = ngettext("{count} person got more", "{count} people got more", receipt.merged)
            words = f"{words}, {more.format(count=format_number(receipt.merged))}"
        if receipt.orders:
            taken = ngettext("{count} order", "{count} orders", receipt.orders)
            words = f"{words}, {taken.format(count=format_number(receipt.orders))}"
        if receipt.unsubscribed:
            fewer = ngettext(
                "{count} without letters", "{count} without letters", receipt.unsubscribed
            )
            words = f"{words}, {fewer.format(count=format_number(receipt.unsubscribed))}"
        self.context.toast(words, undoable=True)


def import_people(context: PageContext, path: Path | None = None) -> ImportPeople:
    """Take in a customer list: one that was dropped, or one still to be chosen."""
    form = ImportPeople(context)
    form.open()
    if path is not None:
        form.read(path)
    return form
