"""What can be printed or saved, shown as the very PDF that comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from gdprdesk.i18n import LANGUAGES, _, current_language
from gdprdesk.services.book_years import BookYears, show_book_years
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.served import list_controllers, show_served_defaults
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded, Saving, save_guarded
from gdprdesk_ui.pages.label_options import LabelOptions
from gdprdesk_ui.pages.pack_options import PackOptions
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.pages.report_list import REPORTS, Asked, Options
from gdprdesk_ui.theme import NEW_LOOK, scaled
from gdprdesk_ui.widgets import (
    Button,
    Choice,
    DateField,
    FormField,
    Icon,
    Label,
    Line,
    PageHeading,
    PdfPreview,
    Surface,
    column,
    holder,
    row,
    scrolling,
)
from gdprdesk_ui.widgets.printing import print_pdf

_OPTIONS_WIDTH = 340
_PLAIN = {"pdf", "xlsx"}
"""What most reports can be saved as; each has a button."""
_YEARS = 5
"""So many years back one may look for the yearly check."""


class ReportsPage(Page):
    """A report as it will look, with what can be chosen beside it.

    Attributes:
        choices: A button for each report, by its key.
        language: What the report is written in.
        year: The financial year of what the accountant gets.
        checked_year: The year of the yearly check.
        day: The day of the day sheet.
        labels: What is chosen for address labels.
        pack: What is chosen of what the accountant gets.
        remarks: What is left out of what is shown.
        preview: The very PDF that is saved and printed.
        saving: The dialog in which a file is guarded and saved; None before.
    """

    scrolls = False

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._offered = {key: one for key, one in REPORTS.items() if context.may(one.query)}
        self._key, self._pdf = next(iter(self._offered)), b""
        self._years: BookYears | None = None
        self._is_moved = False
        self.excel_button, self.pdf_button, self.save_button = (
            Button(words, icon_name=icon, on_click=partial(self._save, kind))
            for words, icon, kind in (
                (_("Save as Excel"), "file-spreadsheet", "xlsx"),
                (_("Save as PDF"), "download", "pdf"),
                (_("Save…"), "download", ""),
            )
        )
        self.print_button = Button(_("Print…"), "primary", "printer", on_click=self._print)
        self.heading = PageHeading(
            _("Reports"),
            "",
            [self.excel_button, self.pdf_button, self.save_button, self.print_button],
        )
        self.saving: SaveGuarded | None = None
        self.preview = PdfPreview()
        self.options = self._options()
        self._pane = scrolling(self.options, ground="surface")
        sheet = row(self.preview, Line(upright=True), self._pane, spacing=0)
        sheet.setStretch(0, 1)
        box = column(row(self.heading, margins=(28, 22, 24, 16)), Line(), sheet, spacing=0)
        box.setStretch(2, 1)
        self.setLayout(box)

    def arrive(self, *, report: str = "", day: date | None = None, **_more: Any) -> None:
        """Take which report is wanted, and of which day."""
        if report in self.choices:
            self.choices[report].setChecked(True)
            self._key = report
        if day is not None:
            with QSignalBlocker(self.day):  # the page reads it all when it has arrived
                self.day.set_day(day)

    def refresh(self) -> None:
        """Build the report again and show it."""
        self._offer_years()
        report = REPORTS[self._key]
        self.heading.set_words(_(report.title), _(report.sentence))
        self.promise.setText(report.promised(self._chosen()))
        is_plain = {ending for ending, _words in self._saving().kinds} == _PLAIN
        for button in (self.excel_button, self.pdf_button):
            button.setVisible(is_plain)
        self.save_button.setVisible(not is_plain)
        self.year_field.setVisible(report.asked in {Asked.FINANCIAL_YEAR, Asked.PACK})
        self.pack.setVisible(report.asked is Asked.PACK)
        self.checked_field.setVisible(report.asked is Asked.YEAR)
        self.day_field.setVisible(report.asked is Asked.DAY)
        self.labels.setVisible(report.asked is Asked.LABELS)
        self._offer_served()
        if self._details.parentWidget() is not self._choices[self._key]:
            self._under[self._key].addWidget(self._details)
            self._is_moved = True
        desk, chosen = self.context.desk, self._chosen()
        self.context.perform(
            lambda _progress: report.drawn(desk, chosen),
            self._show,
            doing=_("Building the report …"),
        )

    def _offer_years(self) -> None:
        """Offer the financial years there are, beginning with the one that is handed over next."""
        if not self.context.may(show_book_years):
            return
        before, found = self.year.value(), self.context.desk.ask(show_book_years)
        years = {one.ends_in: one for one in found.years}
        if tuple(years) != self.year.values():
            self.year.set_choices([(one, str(one)) for one in years])
            is_first = self._years is None
            self.year.set_value(found.usual if is_first or before not in years else before)
        self._years = found
        self.pack.show_year(years[self.year.value()])

    def commands(self) -> dict[Command, Callable[[], object]]:
        """Print and export by shortcut."""
        return {Command.PRINT: self._print, Command.EXPORT: partial(self._save, "xlsx")}

    def first_focus(self) -> QWidget:
        """Begin at the choice of report."""
        return self.choices[self._key]

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._pane.setFixedWidth(scaled(_OPTIONS_WIDTH))
        return super().event(event)

    def _options(self) -> QWidget:
        """Return the reports one under the other; what can be chosen stands under the chosen."""
        self.choices = {key: QRadioButton(_(report.title)) for key, report in self._offered.items()}
        group = QButtonGroup(self)
        self._choices, self._under = {}, {}
        for key, button in self.choices.items():
            group.addButton(button)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            sentence = Label(_(REPORTS[key].sentence), "small", "muted", wrap=True)
            button.setAccessibleDescription(sentence.text())
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            self._under[key] = column(sentence, spacing=10, margins=(28, 0, 0, 0))
            self._choices[key] = holder(column(button, self._under[key], spacing=2))
        self.choices[self._key].setChecked(True)
        self._details = self._what_can_be_chosen()
        options = Surface()
        heading, margins = Label(_("Which report?"), "heading"), (22, 20, 20, 20)
        options.setLayout(
            column(heading, *self._choices.values(), None, spacing=10, margins=margins)
        )
        return options

    def _what_can_be_chosen(self) -> QWidget:
        """Return the fields of all reports; those that fit the chosen one are shown."""
        self.language = Choice([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        own = self.context.desk.ask(show_organisation).language
        self.language.set_value(own or current_language())
        self.language.picked.connect(self.refresh)
        this_year = self.context.today.year
        self.year = Choice([(this_year, str(this_year))])
        self.year.picked.connect(self.refresh)
        years = range(this_year, this_year - _YEARS, -1)
        self.checked_year = Choice([(one, str(one)) for one in years])
        self.checked_year.picked.connect(self.refresh)
        self.day = DateField(self.context.today)
        self.day.changed.connect(self._pick_day)
        self.year_field = FormField(_("Financial year that ends in"), self.year)
        self.checked_field = FormField(_("Year"), self.checked_year)
        self.day_field = FormField(_("Day"), self.day, check=self.day.problem)
        self.labels, self.pack = LabelOptions(), PackOptions()
        self.labels.picked.connect(self.refresh)
        self.pack.picked.connect(self.refresh)
        self.remarks = Label("", "small", wrap=True)
        self.promise = Label("", "small", "muted", wrap=True)
        return holder(
            column(
                self.year_field,
                self.checked_field,
                self.day_field,
                self.labels,
                self.pack,
                FormField(_("Language"), self.language),
                row(Icon("shield-check", "accent_text", 18), self.promise, spacing=10),
                self.remarks,
                spacing=10,
                margins=(0, 0, 0, 6),
            )
        )

    def _pick_day(self) -> None:
        if self.day.day() is not None:  # not while it is half typed
            self.refresh()

    def _choose(self, key: str) -> None:
        self._key = key
        self.refresh()

    def _chosen(self) -> Options:
        return Options(
            self.language.value(),
            self.year.value(),
            self.checked_year.value(),
            self.day.day(),
            self.labels.chosen(),
            self.pack.chosen(),
        )

    def _bring_into_view(self) -> None:
        """Scroll to the chosen report with its choices, and where they are many, to its name."""
        for one in (self._details, self.choices[self._key]):
            self._pane.ensureWidgetVisible(one, 0, 20)

    def _offer_served(self) -> None:
        """Offer the register of those one processes for where there are any."""
        if "processor_register" not in self.choices:
            return
        ask_desk = self.context.desk.ask
        serves = ask_desk(list_controllers) or ask_desk(show_served_defaults).categories
        wanted = bool(serves) or self._key == "processor_register"
        self._choices["processor_register"].setVisible(wanted)

    def _show(self, drawn: tuple[bytes, tuple[str, ...]]) -> None:
        self._pdf, remarks = drawn
        self.preview.show_pdf(self._pdf)
        self.remarks.setText(" ".join(remarks))
        self.remarks.setVisible(bool(remarks))
        if self._is_moved:  # once: nothing jumps while one chooses
            self._is_moved = False
            self._bring_into_view()

    def _saving(self) -> Saving:
        return REPORTS[self._key].saving(self.context.desk, self._chosen())

    def _save(self, kind: str, _clicked: bool = False) -> None:
        self.saving = save_guarded(self.context, self._saving().beginning_with(kind))

    def _print(self) -> None:
        printer = ask.choose_printer(self.context.window) if self._pdf else None
        if printer is not None:
            pdf = self._pdf
            self.context.perform(lambda _progress: print_pdf(pdf, printer), doing=_("Printing …"))
