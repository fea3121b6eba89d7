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
from gdprdesk.services.breach_files import export_breaches
from gdprdesk.services.files import (
    ExportReceipt,
    export_accountant,
    export_day_sheet,
    export_processor_register,
    export_processors,
    export_public,
    export_register,
    export_retention,
)
from gdprdesk.services.order_files import export_week_sheet
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
from gdprdesk_ui.dialogs.save_guarded import Saving, kinds_of, saving_of
from gdprdesk_ui.pages.label_options import LabelChoice, labels_of, saving_of_labels
from gdprdesk_ui.pages.pack_options import PackChoice, pack_of, saving_of_pack


class Asked(Enum):
    """What must be chosen before a report can be built, beside its language."""

    NOTHING = 0
    FINANCIAL_YEAR = 1
    YEAR = 2
    DAY = 3
    LABELS = 4
    PACK = 5


@dataclass(frozen=True)
class Options:
    """What was chosen for a report.

    Attributes:
        language: What it is written in.
        financial_year: The financial year, by the year in which it ends.
        year: The year of the yearly check.
        day: The day of the day sheet; None while it cannot be read.
        labels: What was chosen for address labels.
        pack: What was chosen of what the accountant gets.
    """

    language: str
    financial_year: int
    year: int
    day: date | None
    labels: LabelChoice
    pack: PackChoice


@dataclass(frozen=True)
class Report:
    """A report one can choose.

    Attributes:
        title: What it is called, marked with N_.
        sentence: What it is for, marked with N_.
        promise: What it does not hold, marked with N_.
        query: What answers it; whoever may not ask it does not see the report.
        build: Makes it.
        saving: How it is saved.
        asked: What must be chosen for it.
    """

    title: str
    sentence: str
    promise: str
    query: Callable[..., Document | Labels]
    build: Callable[[Desk, Options], Document | Labels]
    saving: Callable[[Desk, Options], Saving]
    asked: Asked = Asked.NOTHING

    def drawn(self, desk: Desk, chosen: Options) -> tuple[bytes, tuple[str, ...]]:
        """Return it as PDF, and what is to be told of what it leaves out."""
        built = self.build(desk, chosen)
        if isinstance(built, Document):
            return PDF.render(built), ()
        from gdprdesk.exports import labels  # noqa: PLC0415  (heavy, seldom)

        return labels.render(built), built.remarks

    def promised(self, chosen: Options) -> str:
        """Return what it does not hold, in the language of the window."""
        if self.asked is Asked.PACK and chosen.pack.with_names:
            return _("Names the customers. No notes, no diets, nothing of what was ordered.")
        return _(self.promise)


_SAID: dict[Asked, Callable[[Options], dict[str, object]]] = {
    Asked.NOTHING: lambda _chosen: {},
    Asked.FINANCIAL_YEAR: lambda chosen: {"year": chosen.financial_year},
    Asked.YEAR: lambda chosen: {"year": chosen.year},
    Asked.DAY: lambda chosen: {"day": chosen.day},
}


def _report(
    title: str,
    sentence: str,
    query: Callable[..., Document],
    export: Callable[..., ExportReceipt],
    *,
    promise: str = N_("Holds no customer's name."),
    asked: Asked = Asked.NOTHING,
) -> Report:
    """Return a report of which only the language and one thing more is chosen."""
    said = _SAID[asked]

    def build(desk: Desk, chosen: Options) -> Document:
        return desk.ask(query, language_code=chosen.language, **said(chosen))

    def saving(desk: Desk, chosen: Options) -> Saving:
        return saving_of(desk, _(title), export, language_code=chosen.language, **said(chosen))

    return Report(title, sentence, promise, query, build, saving, asked)


def _build_pack(desk: Desk, chosen: Options) -> Document:
    return pack_of(desk, chosen.financial_year, chosen.pack, chosen.language)


def _saving_pack(desk: Desk, chosen: Options) -> Saving:
    return saving_of_pack(desk, chosen.financial_year, chosen.pack, chosen.language)


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

    name = _("Customer list")
    return Saving(name, name, export_people, kinds_of("xlsx", "csv", "json"), write)


def _build_labels(desk: Desk, chosen: Options) -> Labels:
    return labels_of(desk, chosen.labels, chosen.language)


def _saving_labels(desk: Desk, chosen: Options) -> Saving:
    return saving_of_labels(desk, chosen.labels, chosen.language)


REPORTS = {
    "register": _report(
        N_("Record of processing"),
        N_("For the authority: all that Article 30 asks for"),
        register_report,
        export_register,
    ),
    "processor_register": _report(
        N_("Those we process for"),
        N_("For the authority: what Article 30(2) asks for"),
        processor_register_report,
        export_processor_register,
        promise=N_("Holds the businesses you serve, none of their customers."),
    ),
    "processors": _report(
        N_("Processors"),
        N_("Who handles data for you, with the agreements"),
        processors_report,
        export_processors,
    ),
    "retention": _report(
        N_("How long data are kept"),
        N_("Each purpose with its time, and the law beside it"),
        retention_report,
        export_retention,
    ),
    "public": _report(
        N_("For anybody who asks"),
        N_("What may be shown of the record of processing"),
        public_report,
        export_public,
        promise=N_("Leaves out how data are protected. Holds no customer's name."),
    ),
    "breaches": _report(
        N_("Log of breaches"),
        N_("All breaches, also those that were not reported: Article 33(5)"),
        breaches_report,
        export_breaches,
        promise=N_("Names nobody, unless you wrote a name in it."),
    ),
    "year": _report(
        N_("Yearly check"),
        N_("One page to sign: what was done, what is to be done"),
        year_report,
        export_year,
        promise=N_("Holds no customer's name."),
        asked=Asked.YEAR,
    ),
    "overview": _report(
        N_("The year in pictures"),
        N_("Orders, income, people, consents and requests, drawn"),
        overview_report,
        export_overview,
        promise=N_("Holds figures only, nobody's name."),
        asked=Asked.YEAR,
    ),
    "accountant": _report(
        N_("Invoice list"),
        N_("Only the invoices of a financial year, each with text and customer"),
        accountant_report,
        export_accountant,
        promise=N_(
            "Holds names only where the invoice needs them. No notes, no diets, no consents."
        ),
        asked=Asked.FINANCIAL_YEAR,
    ),
    "accountant_pack": Report(
        N_("For the accountant"),
        N_("All that is booked: sales, payments and VAT, in Sweden with SIE 4I"),
        N_("Names nobody. No notes, no diets, nothing of what was ordered."),
        accountant_pack_report,
        _build_pack,
        _saving_pack,
        Asked.PACK,
    ),
    "people": Report(
        N_("Customer list"),
        N_("Everybody with all addresses and numbers, for Excel"),
        N_("Holds everybody's contacts: save it with a password, and erase it when it is used."),
        people_report,
        _build_people,
        _saving_people,
    ),
    "labels": Report(
        N_("Address labels"),
        N_("For sheets of labels, to print on any printer"),
        N_("Names and addresses only. Put what is left over in the shredder."),
        address_labels,
        _build_labels,
        _saving_labels,
        Asked.LABELS,
    ),
    "day_sheet": _report(
        N_("Day sheet"),
        N_("What is to be done on a day, for the wall"),
        day_sheet,
        export_day_sheet,
        promise=N_("Holds names and diets. Put it in the shredder afterwards."),
        asked=Asked.DAY,
    ),
    "week_sheet": _report(
        N_("Week sheet"),
        N_("Orders and visits of a week, day by day"),
        week_sheet,
        export_week_sheet,
        promise=N_("Holds names, but no diets and no notes. Put it in the shredder afterwards."),
        asked=Asked.DAY,
    ),
}
