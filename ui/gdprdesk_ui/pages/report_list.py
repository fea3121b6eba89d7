"""The reports there are: what each is called, for whom, and how it is built and saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from gdprdesk.desk import Desk
from gdprdesk.exports import PDF, Document
from gdprdesk.exports.label_sheets import Labels
from gdprdesk.i18n import N_, _
from gdprdesk.services.accountant_pack import export_accountant_pack
from gdprdesk.services.breach_files import export_breaches
from gdprdesk.services.files import (
    ExportReceipt,
    FileFormat,
    RegisterExport,
    export_accountant,
    export_day_sheet,
    export_processor_register,
    export_processors,
    export_public,
    export_register,
    export_retention,
)
from gdprdesk.services.order_files import export_week_sheet
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.people_files import ListFormat, export_people
from gdprdesk.services.register_files import export_overview, export_year
from gdprdesk.services.reports.accountant import accountant_report
from gdprdesk.services.reports.accountant_pack import accountant_pack_report
from gdprdesk.services.reports.breach import breaches_report
from gdprdesk.services.reports.labels import address_labels
from gdprdesk.services.reports.orders import day_sheet
from gdprdesk.services.reports.overview import overview_report
from gdprdesk.services.reports.people import people_report
from gdprdesk.services.reports.processors import processors_report
from gdprdesk.services.reports.register import public_report, register_report
from gdprdesk.services.reports.retention import retention_report
from gdprdesk.services.reports.served import processor_register_report
from gdprdesk.services.reports.week import week_sheet
from gdprdesk.services.reports.year import year_report
from gdprdesk_ui.dialogs.save_guarded import Saving
from gdprdesk_ui.pages.label_options import LabelChoice, labels_of, saving_of_labels


class Asked(Enum):
    """What must be chosen before a report can be built, beside its language."""

    NOTHING = 0
    FINANCIAL_YEAR = 1
    YEAR = 2
    DAY = 3
    LABELS = 4


@dataclass(frozen=True)
class Options:
    """What was chosen for a report.

    Attributes:
        language: What it is written in.
        financial_year: The financial year, by the year in which it ends.
        year: The year of the yearly check.
        day: The day of the day sheet; None while it cannot be read.
        labels: What was chosen for address labels.
    """

    language: str
    financial_year: int
    year: int
    day: date | None
    labels: LabelChoice


Build = Callable[[Desk, Options], Document | Labels]
Save = Callable[[Desk, Options, Path, FileFormat], ExportReceipt]


@dataclass(frozen=True)
class Report:
    """A report one can choose.

    Attributes:
        title: What it is called, marked with N_.
        sentence: What it is for, marked with N_.
        promise: What it does not hold, marked with N_.
        query: What answers it; whoever may not ask it does not see the report.
        build: Makes it.
        save: Writes it to a file; nothing for what has a dialog for that, see `saving`.
        asked: What must be chosen for it.
        saving: What is saved of it, where that is asked for in a dialog of its own: what it is
            for, and with which password.
    """

    title: str
    sentence: str
    promise: str
    query: Callable[..., Document | Labels]
    build: Build
    save: Save | None
    asked: Asked = Asked.NOTHING
    saving: Callable[[Desk, Options], Saving] | None = None

    def drawn(self, desk: Desk, chosen: Options) -> tuple[bytes, tuple[str, ...]]:
        """Return it as PDF, and what is to be told of what it leaves out."""
        built = self.build(desk, chosen)
        if isinstance(built, Document):
            return PDF.render(built), ()
        from gdprdesk.exports import labels  # noqa: PLC0415  (heavy, seldom)

        return labels.render(built), built.remarks


def _of_register(
    title: str,
    sentence: str,
    query: Callable[..., Document],
    export: RegisterExport,
    promise: str = N_("Holds no customer's name."),
) -> Report:
    """Return a report on the whole register, of which only the language is chosen."""

    def build(desk: Desk, chosen: Options) -> Document:
        return desk.ask(query, language_code=chosen.language)

    def save(desk: Desk, chosen: Options, to: Path, wanted: FileFormat) -> ExportReceipt:
        return desk.run(export, to=to, format=wanted, language_code=chosen.language, overwrite=True)

    return Report(title, sentence, promise, query, build, save)


def _build_accountant(desk: Desk, chosen: Options) -> Document:
    return desk.ask(accountant_report, year=chosen.financial_year, language_code=chosen.language)


def _save_accountant(desk: Desk, chosen: Options, to: Path, wanted: FileFormat) -> ExportReceipt:
    return desk.run(
        export_accountant,
        year=chosen.financial_year,
        to=to,
        format=wanted,
        language_code=chosen.language,
        overwrite=True,
    )


def _build_pack(desk: Desk, chosen: Options) -> Document:
    return desk.ask(
        accountant_pack_report, year=chosen.financial_year, language_code=chosen.language
    )


def _saving_pack(desk: Desk, chosen: Options) -> Saving:
    def write(to: Path, _kind: str) -> ExportReceipt:
        return desk.run(
            export_accountant_pack,
            year=chosen.financial_year,
            to=to,
            language_code=chosen.language,
            overwrite=True,
        )

    kinds = [("zip", _("Everything packed as zip: Excel, PDF and in Sweden SIE 4I"))]
    if desk.ask(show_organisation).country == "SE":
        kinds.append(("si", _("Only the vouchers (SIE 4I), for Fortnox, Visma and others")))
    name = _("For the accountant {year}").format(year=chosen.financial_year)
    title = _("Pack for the accountant")
    return Saving(title, name, "export.accountant_pack", kinds, guarded=False, write=write)


def _build_people(desk: Desk, chosen: Options) -> Document:
    return desk.ask(people_report, language_code=chosen.language)


def _saving_people(desk: Desk, chosen: Options) -> Saving:
    def write(to: Path, kind: str) -> ExportReceipt:
        return desk.run(
            export_people,
            to=to,
            format=ListFormat(kind),
            language_code=chosen.language,
            overwrite=True,
        )

    kinds = [
        ("xlsx", _("Excel workbook")),
        ("csv", _("Text table (CSV)")),
        ("json", _("Data for other programs (JSON)")),
    ]
    name = _("Customer list")
    return Saving(name, name, "export.people", kinds, guarded=True, write=write)


def _build_labels(desk: Desk, chosen: Options) -> Labels:
    return labels_of(desk, chosen.labels, chosen.language)


def _saving_labels(desk: Desk, chosen: Options) -> Saving:
    return saving_of_labels(desk, chosen.labels, chosen.language)


def _build_day_sheet(desk: Desk, chosen: Options) -> Document:
    return desk.ask(day_sheet, day=chosen.day, language_code=chosen.language)


def _save_day_sheet(desk: Desk, chosen: Options, to: Path, wanted: FileFormat) -> ExportReceipt:
    return desk.run(
        export_day_sheet,
        to=to,
        day=chosen.day,
        format=wanted,
        language_code=chosen.language,
        overwrite=True,
    )


def _build_week_sheet(desk: Desk, chosen: Options) -> Document:
    return desk.ask(week_sheet, day=chosen.day, language_code=chosen.language)


def _save_week_sheet(desk: Desk, chosen: Options, to: Path, wanted: FileFormat) -> ExportReceipt:
    return desk.run(
        export_week_sheet,
        to=to,
        day=chosen.day,
        format=wanted,
        language_code=chosen.language,
        overwrite=True,
    )


def _build_year(desk: Desk, chosen: Options) -> Document:
    return desk.ask(year_report, year=chosen.year, language_code=chosen.language)


def _save_year(desk: Desk, chosen: Options, to: Path, wanted: FileFormat) -> ExportReceipt:
    return desk.run(
        export_year,
        year=chosen.year,
        to=to,
        format=wanted,
        language_code=chosen.language,
        overwrite=True,
    )


def _build_overview(desk: Desk, chosen: Options) -> Document:
    return desk.ask(overview_report, year=chosen.year, language_code=chosen.language)


def _save_overview(desk: Desk, chosen: Options, to: Path, wanted: FileFormat) -> ExportReceipt:
    return desk.run(
        export_overview,
        year=chosen.year,
        to=to,
        format=wanted,
        language_code=chosen.language,
        overwrite=True,
    )


REPORTS = {
    "register": _of_register(
        N_("Record of processing"),
        N_("For the authority: all that Article 30 asks for"),
        register_report,
        export_register,
    ),
    "processor_register": _of_register(
        N_("Those we process for"),
        N_("For the authority: what Article 30(2) asks for"),
        processor_register_report,
        export_processor_register,
        N_("Holds the businesses you serve, none of their customers."),
    ),
    "processors": _of_register(
        N_("Processors"),
        N_("Who handles data for you, with the agreements"),
        processors_report,
        export_processors,
    ),
    "retention": _of_register(
        N_("How long data are kept"),
        N_("Each purpose with its time, and the law beside it"),
        retention_report,
        export_retention,
    ),
    "public": _of_register(
        N_("For anybody who asks"),
        N_("What may be shown of the record of processing"),
        public_report,
        export_public,
        N_("Leaves out how data are protected. Holds no customer's name."),
    ),
    "breaches": _of_register(
        N_("Log of personal data breaches"),
        N_("All breaches, also those that were not reported: Article 33(5)"),
        breaches_report,
        export_breaches,
        N_("Names nobody, unless you wrote a name in it."),
    ),
    "year": Report(
        N_("Yearly check"),
        N_("One page to sign: what was done, what is to be done"),
        N_("Holds no customer's name."),
        year_report,
        _build_year,
        _save_year,
        Asked.YEAR,
    ),
    "overview": Report(
        N_("The year in pictures"),
        N_("Orders, income, people, consents and requests, drawn"),
        N_("Holds figures only, nobody's name."),
        overview_report,
        _build_overview,
        _save_overview,
        Asked.YEAR,
    ),
    "accountant": Report(
        N_("For the accountant"),
        N_("The invoices of a financial year, with VAT"),
        N_("Holds names only where the invoice needs them. No notes, no diets, no consents."),
        accountant_report,
        _build_accountant,
        _save_accountant,
        Asked.FINANCIAL_YEAR,
    ),
    "accountant_pack": Report(
        N_("Pack for the accountant"),
        N_("Sales, payments and VAT of a financial year: Excel, PDF and SIE 4I"),
        N_("Names nobody. No notes, no diets, nothing of what was ordered."),
        accountant_pack_report,
        _build_pack,
        None,
        Asked.FINANCIAL_YEAR,
        _saving_pack,
    ),
    "people": Report(
        N_("Customer list"),
        N_("Everybody with all addresses and numbers, for Excel"),
        N_("Holds everybody's contacts: save it with a password, and erase it when it is used."),
        people_report,
        _build_people,
        None,
        saving=_saving_people,
    ),
    "labels": Report(
        N_("Address labels"),
        N_("For sheets of labels, to print on any printer"),
        N_("Names and addresses only. Put what is left over in the shredder."),
        address_labels,
        _build_labels,
        None,
        Asked.LABELS,
        _saving_labels,
    ),
    "day_sheet": Report(
        N_("Day sheet"),
        N_("Orders of a day, for the kitchen wall"),
        N_("Holds names and diets. Put it in the shredder afterwards."),
        day_sheet,
        _build_day_sheet,
        _save_day_sheet,
        Asked.DAY,
    ),
    "week_sheet": Report(
        N_("Week sheet"),
        N_("Orders and visits of a week, day by day"),
        N_("Holds names, but no diets and no notes. Put it in the shredder afterwards."),
        week_sheet,
        _build_week_sheet,
        _save_week_sheet,
        Asked.DAY,
    ),
}
