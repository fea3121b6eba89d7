"""The list of a newsletter program compared with the register: looked at first, then written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QListView, QWidget

from gdprdesk.domain.list_comparison import Finding
from gdprdesk.domain.mailing_lists import MailingTool, Sheet
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.imports.mailing_file import read_mailing
from gdprdesk.services.comparison_report import export_comparison
from gdprdesk.services.files import FileFormat
from gdprdesk.services.newsletter_comparison import (
    ComparedRow,
    Comparison,
    ComparisonReceipt,
    compare_list,
    take_over_comparison,
)
from gdprdesk.services.newsletter_export import usual_tool
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.models.check_lines import CheckLine, CheckLineDelegate, CheckLineModel
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Choice,
    EmptyState,
    EntryList,
    FormField,
    Label,
    ProgressStrip,
    column,
    holder,
    row,
)

R = TypeVar("R")
_TICKED = {Finding.LEFT, *(one for one in Finding if one.there)}
_HEIGHT, _AROUND, _LIST_HEIGHT = 600, 48, 300
_SHARES = (0.52, 0.78)  # most of a line is an address


class CompareReaders(FormDialog):
    """Two steps: choose the file, then look at what was found; only one button changes anything.

    Attributes:
        choose: The first step: choose a file, or drop one.
        tool: Which program the file is from.
        found: What was found, with the count of each.
        lines: The addresses of what is chosen there; those who left are unticked to be spared, and
            what is done over there is ticked off as one goes.
        report_button: Saves what is to be done.
        problem: Says why a file cannot be read.
    """

    def __init__(self, context: PageContext, purpose: str) -> None:
        super().__init__(
            context, _("Compare with the newsletter program"), " ",
            verb=_("Choose a file…"), width=WIDE,
        )  # fmt: skip
        self._purpose = purpose
        self._comparison: Comparison | None = None
        self._sheets: tuple[Sheet, ...] = ()
        self._unticked: set[str] = set()
        self._done: set[str] = set()
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.tool = Choice([(one, one.label) for one in MailingTool])
        self.tool.set_value(context.desk.ask(usual_tool, purpose=purpose))
        self.choose = EmptyState(
            "file-spreadsheet",
            _("Which list?"),
            "",
            footnote=_("Nothing is changed before you have looked at it."),
            takes_files=True,
        )
        self.choose.dropped.connect(self.read)
        self.strip = ProgressStrip()
        self.found = EntryList(_("What was found"))
        self.advice = Label("", "body", wrap=True)
        self.lines = QListView()
        self.lines.setAccessibleName(_("Addresses"))
        self.model = CheckLineModel(self.lines)
        self.lines.setModel(self.model)
        self.lines.setItemDelegate(CheckLineDelegate(self.lines, _SHARES))
        self.lines.setMinimumHeight(scaled(_LIST_HEIGHT))
        self.report_button = Button(
            _("Save what is to be done…"), icon_name="download", on_click=self._save_report
        )
        self.verbs.insertWidget(0, self.report_button)
        self._build()
        self.tool.picked.connect(lambda _tool: self._say_where())
        self.found.entry_chosen.connect(lambda _entry: self._show_lines())
        self.model.turned.connect(self._turn)
        self.verb_button.clicked.connect(self._go_on)
        self._show_step(looking=False)

    def _build(self) -> None:
        self._first = holder(
            column(FormField(_("Which program sends the letters?"), self.tool), self.choose)
        )
        self.found.setFixedWidth(scaled(300))
        side = column(self.advice, self.lines, spacing=10)
        self._second = holder(row(self.found, holder(side), spacing=16))
        for one in (self.problem, self._first, self._second, self.strip):
            self.body.addWidget(one)
        self.setMinimumHeight(min(scaled(_HEIGHT), self.context.window.height() - _AROUND))
        self._say_where()

    def _say_where(self) -> None:
        self.choose.set_words(_("Which list?"), self.tool.value().how_to_export)

    def read(self, path: Path) -> None:
        """Read an export and compare it; what is wrong with it is said here."""
        desk, purpose, tool = self.context.desk, self._purpose, self.tool.value()

        def compare(progress: Operation[Comparison]) -> Comparison:
            sheets = read_mailing(path, progress=progress)
            return desk.ask(compare_list, sheets=sheets, purpose=purpose, tool=tool)

        self._do(compare, self._show, _("Reading {file} …").format(file=path.name))

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

    def _show(self, comparison: Comparison) -> None:
        self._comparison = comparison
        entries = tuple(
            Entry(one.label, end=format_number(count), key=one.value, icon=_icon(one))
            for one, count in comparison.counts.items()
            if count
        )
        self.found.show_sections([Section("", entries)])
        self.found.choose_first()
        self._show_step(looking=True)
        self._show_lines()

    def _show_step(self, *, looking: bool) -> None:
        self._first.setVisible(not looking)
        self._second.setVisible(looking)
        self.report_button.setVisible(looking)
        found = self._comparison
        if not looking or found is None:
            self.sentence.setText(_("Whoever left there is written down here; nothing goes out."))
            return
        said = ngettext("{count} address compared.", "{count} addresses compared.", len(found.rows))
        words = said.format(count=format_number(len(found.rows)))
        if found.unreadable:
            lost = ngettext(
                "{count} line holds no address.", "{count} lines hold no address.", found.unreadable
            )
            words = f"{words} {lost.format(count=format_number(found.unreadable))}"
        self.sentence.setText(words)
        self._say_verb()

    def _finding(self) -> Finding:
        chosen = self.found.current()
        return Finding(chosen.key) if chosen else Finding.ALIKE

    def _rows(self) -> tuple[ComparedRow, ...]:
        return self._comparison.of(self._finding()) if self._comparison else ()

    def _show_lines(self) -> None:
        finding = self._finding()
        self.advice.setText(finding.advice)
        lines = [self._line(one) for one in self._rows()]
        self.model.show_lines(lines, len(lines))

    def _line(self, one: ComparedRow) -> CheckLine:
        ticked: bool | None = None
        if one.finding is Finding.LEFT:
            ticked = one.normal not in self._unticked
        elif one.finding in _TICKED:
            ticked = one.normal in self._done
        left = format_day(one.left_on, short=True) if one.left_on else ""
        return CheckLine(one.normal, one.email, one.name, left, ticked=ticked)

    def _turn(self, normal: str, ticked: bool) -> None:
        spared = self._finding() is Finding.LEFT
        changed, add = (self._unticked, not ticked) if spared else (self._done, ticked)
        (changed.add if add else changed.discard)(normal)
        self._show_lines()
        self._say_verb()

    def _chosen(self) -> int:
        left = self._comparison.of(Finding.LEFT) if self._comparison else ()
        return sum(one.normal not in self._unticked for one in left)

    def _say_verb(self) -> None:
        count = self._chosen()
        words = ngettext("Write down that {count} left", "Write down that {count} left", count)
        gone = len(self._comparison.of(Finding.GONE)) if self._comparison else 0
        if gone and not count:
            words = ngettext("Stop letters to {count}", "Stop letters to {count}", gone)
        self.verb_button.setText(words.format(count=format_number(count or gone)))
        self.verb_button.setEnabled(count + gone > 0)

    def _go_on(self) -> None:
        if self._comparison is not None:
            self._take_over(self._comparison)
            return
        kinds = [(_("Lists"), ["zip", "csv", "xlsx", "txt"]), (_("All files"), ["*"])]
        path = ask.choose_file_to_open(self, _("Which list?"), kinds)
        if path is not None:
            self.read(path)

    def _take_over(self, comparison: Comparison) -> None:
        desk, spared = self.context.desk, frozenset(self._unticked)
        self._do(
            lambda _progress: desk.run(take_over_comparison, comparison=comparison, spared=spared),
            self._end,
            _("Saving …"),
        )

    def _end(self, receipt: ComparisonReceipt) -> None:
        self.accept()
        said = ngettext(
            "{count} yes taken back", "{count} yes taken back", receipt.withdrawn
        ).format(count=format_number(receipt.withdrawn))
        self.context.toast(said, undoable=True)

    def _save_report(self) -> None:
        if self._comparison is not None:
            save_report(
                self.context,
                _("To do in the newsletter program"),
                export_comparison,
                FileFormat.PDF,
                FileFormat.CSV,
                comparison=self._comparison,
            )


def _icon(finding: Finding) -> str:
    if finding is Finding.LEFT:
        return "mail-x"
    return "triangle-alert" if finding.there else "check"


def compare_readers(context: PageContext, purpose: str, path: Path | None = None) -> QWidget:
    """Compare the list of a newsletter program: one that was dropped, or one still to choose."""
    form = CompareReaders(context, purpose)
    form.open()
    if path is not None:
        form.read(path)
    return form
