"""For whom the business processes data: the record of a processor, Article 30(2)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import Cell, Column, Document, Kind, Section
from gdprdesk.i18n import _, language
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.activity_words import Phrase, listed, transfer_words
from gdprdesk.services.reports.frame import report, without_empty
from gdprdesk.services.reports.register import business_fields
from gdprdesk.services.served import ControllerRow, list_controllers
from gdprdesk.services.templates import phrase_book


@query("report.processor_register", needs=Permission.REGISTER)
def processor_register_report(read: Session, *, language_code: str = "") -> Document:
    """Return the record of what is processed for others: one row for each of them."""
    owner = controller_of(read)
    code = language_code or owner.language
    with language(code):
        phrase = phrase_book(owner.trade, code)
        rows = [_row(one, phrase) for one in list_controllers(read)]
        shown = without_empty(_columns(), rows)
        table = replace(shown, cards=True, name=_("Customers served"))
        return report(
            read,
            title=_("Record of processing for others"),
            subtitle=". ".join((owner.name, _("Article 30(2) of the GDPR."))),
            sections=[
                Section(_("Processor"), (business_fields(owner, phrase),)),
                Section(_("Customers served"), (table,)),
            ],
            landscape=True,
        )


def _columns() -> list[Column]:
    return [
        Column(_("Customer"), weight=1.4, mandatory=True),
        Column(_("Contact"), weight=1.4, mandatory=True),
        Column(_("Data protection officer"), weight=1.2),
        Column(_("What is done for it"), weight=2.6, mandatory=True),
        Column(_("Outside the EEA"), weight=1.6, mandatory=True),
        Column(_("Protection"), weight=2.6, mandatory=True),
        Column(_("Sub-processors"), weight=1.8),
        Column(_("Agreement of"), Kind.DAY, weight=0.9),
        Column(_("Agreement until"), Kind.DAY, weight=0.9),
        Column(_("Service ended"), Kind.DAY, weight=0.9),
    ]


def _row(one: ControllerRow, phrase: Phrase) -> list[Cell]:
    number = _("org. number {number}").format(number=one.org_number) if one.org_number else ""
    return [
        listed((one.name, number)),
        one.contact,
        one.officer,
        "; ".join(map(phrase, one.categories)),
        transfer_words(one.recipients, phrase),
        "; ".join(map(phrase, one.measures)),
        listed(phrase(other.name) for other in one.recipients),
        one.agreement_on,
        one.agreement_until,
        one.ended_on,
    ]
