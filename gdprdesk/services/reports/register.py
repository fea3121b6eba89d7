"""The record of processing for the authority: Article 30(1), in the order of its letters."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.terms import SpecialCondition, say
from gdprdesk.exports.document import Cell, Column, Document, Kind, Section, Table
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.activities import ActivityDetail, every_activity
from gdprdesk.services.finding import controller_of
from gdprdesk.services.recipients import RecipientRow
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.templates import phrase_book

Phrase = Callable[[str], str]


@query("report.register")
def register_report(read: Session, *, language_code: str = "") -> Document:
    """Return the record of processing: one row for each activity, mandatory columns marked."""
    controller = controller_of(read)
    code = language_code or controller.language
    with language(code):
        phrase = phrase_book(controller.trade, code)
        rows = [_row(detail, controller, phrase) for detail in every_activity(read)]
        title = _("Record of processing activities")
        table = Table(columns=_columns(), rows=rows, cards=True, name=_("Register"))
        return report(
            read,
            title=title,
            subtitle=_who(controller),
            sections=[Section("", (table,))],
            landscape=True,
        )


def _who(controller: Organisation) -> str:
    number = _("org. number {number}").format(number=controller.org_number)
    contact = _("contact for privacy: {name}").format(name=controller.contact)
    officer = _("data protection officer: {name}").format(name=controller.officer)
    parts = (
        controller.name,
        controller.org_number and number,
        controller.address,
        controller.contact and contact,
        controller.email,
        controller.phone,
        controller.officer and officer,
    )
    return ", ".join(part for part in parts if part) + ". " + _("Article 30(1) of the GDPR.")


def _columns() -> list[Column]:
    return [
        Column(_("Processing"), weight=1.6, mandatory=True),
        Column(_("Controller"), weight=1.4, mandatory=True),
        Column(_("Purpose"), weight=2.2, mandatory=True),
        Column(_("Legal basis"), weight=1.6),
        Column(_("Whose data"), weight=1.4, mandatory=True),
        Column(_("Which data"), weight=2.0, mandatory=True),
        Column(_("Sensitive data"), weight=1.4),
        Column(_("Source"), weight=1.4),
        Column(_("Recipients"), weight=2.0, mandatory=True),
        Column(_("Outside the EEA"), weight=1.6, mandatory=True),
        Column(_("Kept for"), weight=1.8, mandatory=True),
        Column(_("Protection"), weight=2.0, mandatory=True),
        Column(_("Responsible"), weight=1.0),
        Column(_("Kept in"), weight=1.0),
        Column(_("We also say"), weight=1.4),
        Column(_("Reviewed"), Kind.DAY, weight=0.8),
    ]


def _row(detail: ActivityDetail, controller: Organisation, phrase: Phrase) -> list[Cell]:
    special = [phrase(one["text"]) for one in detail.categories if one["special"]]
    outside = [one for one in detail.recipients if one.outside_eea]
    joint = (
        _("together with {name}").format(name=detail.joint_controller)
        if detail.joint_controller
        else ""
    )
    return [
        phrase(detail.row.name),
        ", ".join(part for part in (controller.name, joint) if part),
        phrase(detail.purpose),
        _sentence(_basis(detail), phrase(detail.basis_note)),
        _list(detail.subjects, phrase),
        _list([one["text"] for one in detail.categories], phrase),
        _special(special, detail.special_condition),
        phrase(detail.sources),
        "; ".join(_recipient(one, phrase) for one in detail.recipients) or _("Nobody else"),
        "; ".join(f"{one.name} ({one.country}): {phrase(one.mechanism)}" for one in outside)
        or _("No"),
        detail.period,
        _list(detail.measures, phrase),
        phrase(detail.responsible),
        phrase(detail.system_of_record) or _("This register"),
        " ".join(phrase(one) for one in detail.statements),
        detail.reviewed_on,
    ]


def _basis(detail: ActivityDetail) -> str:
    basis = detail.row.legal_basis
    return _("{basis}, Article {article}").format(basis=say(basis), article=basis.article)


def _special(categories: list[str], condition: SpecialCondition | None) -> str:
    if not categories:
        return _("No")
    ground = say(condition).lower() if condition else _("no condition of Article 9 is given")
    return f"{', '.join(categories)}: {ground}"


def _recipient(one: RecipientRow, phrase: Phrase) -> str:
    said = [phrase(one.service), say(one.role).lower()]
    if one.agreement_on:
        said.append(_("agreement {day}").format(day=format_day(one.agreement_on, short=True)))
    elif one.needs_agreement:
        said.append(_("agreement missing"))
    return f"{phrase(one.name)} ({', '.join(part for part in said if part)})"


def _list(texts: tuple[str, ...] | list[str], phrase: Phrase) -> str:
    return ", ".join(phrase(one) for one in texts)


def _sentence(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
