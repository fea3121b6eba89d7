"""What can be printed or saved, shown as the very PDF that comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from gdprdesk.i18n import LANGUAGES, _, current_language
from gdprdesk.services.files import ExportReceipt, FileFormat
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.served import list_controllers, show_served_defaults
from gdprdesk.services.today import list_financial_years
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded, save_guarded
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.pages.label_options import LabelOptions
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
from gdprdesk_ui.widgets.layout import Item
from gdprdesk_ui.widgets.printing import print_pdf

_OPTIONS_WIDTH = 340
_YEARS = 5
"""So many years back one may look for the yearly check."""


class ReportsPage(Page):
    """A report as it will look, with what can be chosen beside it.

    Attributes:
        choices: A button for each report, by its key.
        language: What the report is written in.
        year: The financial year of the accountant's list.
        checked_year: The year of the yearly check.
        day: The day of the day sheet.
        labels: What is chosen for address labels.
        remarks: What is left out of what is shown.
        preview: The very PDF that is saved and printed.
        saving: The dialog in which a file is guarded and saved; None before.
    """

    scrolls = False

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._offered = {key: one for key, one in REPORTS.items() if context.may(one.query)}
        self._key, self._pdf = next(iter(self._offered)), b""
        self.excel_button = Button(
            _("Save as Excel"), icon_name="file-spreadsheet", on_click=self._save_excel
        )
        self.pdf_button = Button(_("Save as PDF"), icon_name="download", on_click=self._save_pdf)
        self.save_button = Button(_("Save…"), icon_name="download", on_click=self._save_asking)
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
        years = self._financial_years()
        before = self.year.value()
        self.year.set_choices([(one, str(one)) for one in years])
        if before in years:
            self.year.set_value(before)
        report = REPORTS[self._key]
        self.heading.set_words(_(report.title), _(report.sentence))
        self.promise.setText(_(report.promise))
        for button in (self.excel_button, self.pdf_button):
            button.setVisible(report.saving is None)
        self.save_button.setVisible(report.saving is not None)
        self.year_field.setVisible(report.asked is Asked.FINANCIAL_YEAR)
        self.checked_field.setVisible(report.asked is Asked.YEAR)
        self.day_field.setVisible(report.asked is Asked.DAY)
        self.labels.setVisible(report.asked is Asked.LABELS)
        self._offer_served()
        desk, chosen = self.context.desk, self._chosen()
        self.context.perform(
            lambda _progress: report.drawn(desk, chosen),
            self._show,
            doing=_("Building the report …"),
        )

    def _financial_years(self) -> tuple[int, ...]:
        may = self.context.may(list_financial_years)
        found = self.context.desk.ask(list_financial_years) if may else ()
        return found or (self.context.today.year,)

    def commands(self) -> dict[Command, Callable[[], object]]:
        """Print and export by shortcut."""
        return {Command.PRINT: self._print, Command.EXPORT: self._save_excel}

    def first_focus(self) -> QWidget:
        """Begin at the choice of report."""
        return self.choices[self._key]

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._pane.setFixedWidth(scaled(_OPTIONS_WIDTH))
        return super().event(event)

    def _options(self) -> QWidget:
        self.choices = {key: QRadioButton(_(report.title)) for key, report in self._offered.items()}
        group = QButtonGroup(self)
        self._choices = {}
        parts: list[Item] = [Label(_("Which report?"), "heading")]
        for key, button in self.choices.items():
            group.addButton(button)
            sentence = Label(_(REPORTS[key].sentence), "small", "muted", wrap=True)
            sentence.setContentsMargins(28, 0, 0, 0)
            button.setAccessibleDescription(sentence.text())
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            self._choices[key] = holder(column(button, sentence, spacing=2))
            parts.append(self._choices[key])
        self.choices[self._key].setChecked(True)
        self.language = Choice([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        own = self.context.desk.ask(show_organisation).language
        self.language.set_value(own or current_language())
        self.language.picked.connect(self.refresh)
        self.year = Choice([(self.context.today.year, str(self.context.today.year))])
        self.year.picked.connect(self.refresh)
        this_year = self.context.today.year
        years = range(this_year, this_year - _YEARS, -1)
        self.checked_year = Choice([(one, str(one)) for one in years])
        self.checked_year.picked.connect(self.refresh)
        self.day = DateField(self.context.today)
        self.day.changed.connect(self._pick_day)
        self.year_field = FormField(_("Financial year that ends in"), self.year)
        self.checked_field = FormField(_("Year"), self.checked_year)
        self.day_field = FormField(_("Day"), self.day, check=self.day.problem)
        self.labels = LabelOptions()
        self.labels.picked.connect(self.refresh)
        self.remarks = Label("", "small", wrap=True)
        self.promise = Label("", "small", "muted", wrap=True)
        options = Surface()
        options.setLayout(
            column(
                *parts,
                Line(),
                self.year_field,
                self.checked_field,
                self.day_field,
                self.labels,
                FormField(_("Language"), self.language),
                Line(),
                row(Icon("shield-check", "accent_text", 18), self.promise, spacing=10),
                self.remarks,
                None,
                spacing=10,
                margins=(22, 20, 20, 20),
            )
        )
        return options

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
        )

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

    def _save_excel(self) -> None:
        self._save(FileFormat.XLSX, (_("Excel workbook"), ["xlsx"]))

    def _save_pdf(self) -> None:
        self._save(FileFormat.PDF, (_("PDF"), ["pdf"]))

    def _save_asking(self) -> None:
        """Save what asks what it is for and how it is guarded."""
        saving = REPORTS[self._key].saving
        if saving is not None:
            self.saving = save_guarded(self.context, saving(self.context.desk, self._chosen()))

    def _save(self, wanted: FileFormat, ending: tuple[str, list[str]]) -> None:
        save = REPORTS[self._key].save
        if save is None:
            self._save_asking()
            return
        suggestion = f"{_(REPORTS[self._key].title)}.{wanted.value}"
        path = ask.choose_file_to_save(
            self.context.window, _("Save the report"), suggestion, [ending]
        )
        if path is not None:
            desk, chosen = self.context.desk, self._chosen()
            self.context.save(lambda _progress: save(desk, chosen, path, wanted), self._saved)

    def _saved(self, saved: ExportReceipt) -> None:
        tell_saved(self.context, saved.path)

    def _print(self) -> None:
        printer = ask.choose_printer(self.context.window) if self._pdf else None
        if printer is not None:
            pdf = self._pdf
            self.context.perform(lambda _progress: print_pdf(pdf, printer), doing=_("Printing …"))
