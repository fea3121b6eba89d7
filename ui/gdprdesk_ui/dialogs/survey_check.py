"""A survey that was promised to be anonymous: what breaks the promise, and a copy without it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.survey import SurveyColumn
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.imports import read_grid
from gdprdesk.services.survey import SurveyCheck, check_survey, save_cleaned
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import (
    Banner,
    EmptyState,
    Label,
    ProgressStrip,
    column,
    holder,
)

_WIDTH, _MOST_ROWS = 640, 8


class SurveyDialog(FormDialog):
    """A file is looked at, and nothing of it is kept; a copy leaves out what is ticked.

    Attributes:
        choose: The first step: choose a file, or drop one.
        verdict: Says that it is anonymous.
        broken: Says that it is not.
        boxes: The columns to leave out, by place.
        problem: Says why a file cannot be read or written.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Check a survey"),
            _("The answers are only looked at here. Nothing of them is kept."),
            verb=_("Choose a file…"),
            width=_WIDTH,
        )
        self.cancel_button.setText(_("Close"))
        self._check: SurveyCheck | None = None
        self._name = ""
        self.boxes: dict[int, QCheckBox] = {}
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.choose = EmptyState(
            "file-search",
            _("Which survey?"),
            _(
                "Drop the answers here, as CSV or Excel: from SurveyMonkey, Google Forms, "
                "Microsoft Forms or another service."
            ),
            takes_files=True,
        )
        self.choose.dropped.connect(self.read)
        self.strip = ProgressStrip()
        self.verdict = Banner("accent", _("Nothing in these answers tells whose they are."))
        self.broken = Banner("warn", "", icon_name="triangle-alert")
        self._columns = column(spacing=12)
        self._result = holder(column(self.verdict, self.broken, self._columns, None, spacing=14))
        self._result.hide()
        for one in (self.problem, self.choose, self._result, self.strip):
            self.body.addWidget(one)
        self.verb_button.clicked.connect(self._go_on)

    def read(self, path: Path) -> None:
        """Look at a survey; what is wrong with the file is said here."""
        self._name = path.stem
        self.problem.hide()
        operation = self.context.perform(
            lambda progress: check_survey(read_grid(path, progress=progress)),
            self._show,
            button=self.verb_button,
            refused=self._tell_problem,
        )
        self.strip.watch(operation, _("Reading {file} …").format(file=path.name))
        self.rejected.connect(operation.cancel)

    def _tell_problem(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _show(self, check: SurveyCheck) -> None:
        self._check = check
        self.choose.hide()
        self._result.show()
        self.verdict.setVisible(not check.columns)
        self.broken.setVisible(bool(check.columns))
        if not check.columns:
            self.verb_button.hide()
            return
        broken = ngettext(
            "{count} column tells, or can tell, whose an answer is.",
            "{count} columns tell, or can tell, whose an answer is.",
            len(check.columns),
        )
        self.broken.set_words(
            _("This survey is not anonymous as it stands."),
            broken.format(count=format_number(len(check.columns))),
        )
        for one in check.columns:
            box = QCheckBox(_("Leave out: {column}").format(column=one.heading or one.place + 1))
            box.setChecked(True)
            self.boxes[one.place] = box
            self._columns.addWidget(column_of(box, one, check.answers))
        self.verb_button.setText(_("Save a copy without these…"))

    def _go_on(self) -> None:
        if self._check is None:
            kinds = [(_("Surveys"), ["csv", "xlsx", "tsv", "txt"]), (_("All files"), ["*"])]
            path = ask.choose_file_to_open(self, _("Which survey?"), kinds)
            if path is not None:
                self.read(path)
            return
        self._save(self._check)

    def _save(self, check: SurveyCheck) -> None:
        name = _("{name} anonymous").format(name=self._name) + ".csv"
        kinds = [(_("CSV"), ["csv"]), (_("Excel workbook"), ["xlsx"])]
        path = ask.choose_file_to_save(self, _("Save a copy"), name, kinds)
        if path is None:
            return
        keep = [place for place, box in self.boxes.items() if not box.isChecked()]
        try:
            save_cleaned(check, path, keep=keep, overwrite=True)
        except DomainError as error:
            self._tell_problem(str(error))
            return
        self.accept()
        self.context.toast(_("{name} is saved").format(name=path.name))


def column_of(box: QCheckBox, one: SurveyColumn, answers: int) -> QWidget:
    """Return a column of the survey with its box, what was found in it, and in how many answers."""
    found = ", ".join(trace.label for trace in one.traces)
    said = _("{found}: in {count} of {answers} answers.").format(
        found=found, count=format_number(one.rows), answers=format_number(answers)
    )
    if not one.whole:
        rows = ", ".join(map(str, one.row_numbers[:_MOST_ROWS]))
        said += " " + _("Rows: {rows}").format(rows=rows)
    return holder(column(box, Label(said, "small", "muted", wrap=True), spacing=2))


def check_survey_file(context: PageContext) -> SurveyDialog:
    """Look whether a survey is as anonymous as was promised."""
    form = SurveyDialog(context)
    form.open()
    return form
