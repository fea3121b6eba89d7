"""The record of processing, Article 30(1): for the authority and, in short, for anybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import (
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Section,
    Table,
)
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.activities import every_activity
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.activity_words import ActivityWords, Phrase
from gdprdesk.services.reports.frame import report, without_empty
from gdprdesk.services.templates import phrase_book

Words = ActivityWords


@dataclass(frozen=True)
class _Told:
    """A column: what stands above it, how it is said, and whether Article 30(1) asks for it."""

    title: str
    cell: Callable[[ActivityWords], Cell]
    weight: float = 1.4
    mandatory: bool = False
    kind: Kind = Kind.TEXT


# What Article 30(1) asks for, in the order of its letters, and then what other articles ask for.
_ASKED_FOR = (
    _Told(N_("Processing"), Words.name, 1.6, mandatory=True),
    _Told(N_("Controller"), Words.controller, 1.4, mandatory=True),
    _Told(N_("Purpose"), Words.purpose, 2.2, mandatory=True),
    _Told(N_("Whose data"), Words.subjects, 1.4, mandatory=True),
    _Told(N_("Which data"), Words.categories, 2.0, mandatory=True),
    _Told(N_("Recipients"), Words.recipients, 2.0, mandatory=True),
    _Told(N_("Outside the EEA"), Words.transfers, 1.6, mandatory=True),
    _Told(N_("Kept for"), Words.period, 1.8, mandatory=True),
    _Told(N_("Protection"), Words.measures, 2.0, mandatory=True),
)
_BESIDES = (
    _Told(N_("Legal basis"), Words.basis, 1.6),
    _Told(N_("Further purposes"), Words.further, 2.0),
    _Told(N_("Sensitive data"), Words.sensitive),
    _Told(N_("Source"), Words.source),
    _Told(N_("Collected from"), Words.collected_from, 1.0),
    _Told(N_("Must the data be given"), Words.duty),
    _Told(N_("Legitimate interest weighed"), Words.interest, 1.8),
    _Told(N_("Risk judged"), Words.risk, 1.8),
    _Told(N_("Profiling"), Words.profiling),
    _Told(N_("Automated decision"), Words.automated),
    _Told(N_("How to object"), Words.objection),
    _Told(N_("Why so long"), Words.reason),
    _Told(N_("When the time is over"), Words.at_end, 1.0),
    _Told(N_("Made less personal by"), Words.deidentification),
    _Told(N_("Arrangement with the joint controller"), Words.arrangement),
    _Told(N_("Cameras"), Words.cameras),
    _Told(N_("Cookies"), Words.cookies, 1.8),
    _Told(N_("Kept in"), Words.system, 1.0),
    _Told(N_("Responsible"), Words.responsible, 1.0),
    _Told(N_("We also say"), Words.statements),
    _Told(N_("Told to"), Words.audiences, 1.0),
    _Told(N_("Reviewed"), Words.reviewed_on, 0.8, kind=Kind.DAY),
    _Told(N_("To be reviewed"), Words.review_due_on, 0.8, kind=Kind.DAY),
)
# What anybody may know: neither who works here nor how exactly the data are protected.
_PUBLIC = (
    _Told(N_("Processing"), Words.name, 1.4),
    _Told(N_("Purpose"), Words.purpose, 2.0),
    _Told(N_("Legal basis"), Words.basis, 1.6),
    _Told(N_("Further purposes"), Words.further, 1.8),
    _Told(N_("Whose data"), Words.subjects, 1.2),
    _Told(N_("Which data"), Words.categories, 1.8),
    _Told(N_("Source"), Words.source, 1.2),
    _Told(N_("Recipients"), Words.recipient_names, 1.8),
    _Told(N_("Outside the EEA"), Words.transfers, 1.4),
    _Told(N_("Kept for"), Words.period, 1.4),
    _Told(N_("Automated decision"), Words.automated),
    _Told(N_("How to object"), Words.objection),
    _Told(N_("Cameras"), Words.cameras),
    _Told(N_("Cookies"), Words.cookies, 1.8),
    _Told(N_("We also say"), Words.statements, 1.4),
)


@query("report.register", needs=Permission.REGISTER)
def register_report(read: Session, *, language_code: str = "") -> Document:
    """Return the record of processing: one row for each activity, mandatory columns marked.

    What no row has anything to say about has no column, if the law does not ask for it.
    """
    owner = controller_of(read)
    with language(language_code or owner.language):
        phrase = _phrase(owner, language_code)
        return report(
            read,
            title=_("Record of processing activities"),
            subtitle=". ".join((owner.name, _("Article 30(1) of the GDPR."))),
            sections=[
                Section(_("Controller"), (business_fields(owner, phrase),)),
                Section(_("Processing"), (_table(read, owner, phrase, (*_ASKED_FOR, *_BESIDES)),)),
            ],
            landscape=True,
        )


@query("report.public", needs=Permission.REGISTER)
def public_report(read: Session, *, language_code: str = "") -> Document:
    """Return what anybody who asks may know of the record of processing."""
    owner = controller_of(read)
    with language(language_code or owner.language):
        phrase = _phrase(owner, language_code)
        about = Paragraph(
            _(
                "This is an extract of our record of processing. The data are protected by "
                "technical and organisational measures; how exactly is not told here, since that "
                "would make the protection weaker. Would you like to know what we have about you? "
                "Write to us."
            )
        )
        reach = [
            (_("Name"), owner.name),
            (_("Org. number"), owner.org_number),
            (_("Address"), owner.address),
            (_("E-mail"), owner.email),
            (_("Phone"), owner.phone),
        ]
        fields = Fields(tuple(line for line in reach if line[1]))
        return report(
            read,
            title=_("What we use personal data for"),
            sections=[
                Section(_("Who we are"), (fields, about)),
                Section(_("Processing"), (_table(read, owner, phrase, _PUBLIC),)),
            ],
            landscape=True,
        )


def business_fields(owner: Organisation, phrase: Phrase) -> Fields:
    """Return who answers for the register, as Article 30(1)(a) asks for it."""
    lines = (
        (_("Name"), owner.name),
        (_("Org. number"), owner.org_number),
        (_("Address"), owner.address),
        (_("Contact for privacy"), owner.contact),
        (_("E-mail"), owner.email),
        (_("Phone"), owner.phone),
        (_("Data protection officer"), phrase(owner.officer)),
    )
    return Fields(tuple(line for line in lines if line[1]))


def _phrase(owner: Organisation, code: str) -> Phrase:
    return phrase_book(owner.trade, code or owner.language)


def _table(read: Session, owner: Organisation, phrase: Phrase, told: Sequence[_Told]) -> Table:
    words = [ActivityWords(detail, owner, phrase) for detail in every_activity(read)]
    rows = [[one.cell(row) for one in told] for row in words]
    columns = [Column(_(one.title), one.kind, one.weight, one.mandatory) for one in told]
    return replace(without_empty(columns, rows), cards=True, name=_("Register"))
