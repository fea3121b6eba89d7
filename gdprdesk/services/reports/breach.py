"""A breach on paper: the form, how the risk was judged, what was done. It names nobody."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gdprdesk.domain.base import BreachRef, ControllerRef, SubjectRef
from gdprdesk.domain.breach_rules import is_for_others
from gdprdesk.domain.terms import Permission, say
from gdprdesk.exports.document import (
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_day, format_moment, language
from gdprdesk.services.breach_cases import ready_phrases
from gdprdesk.services.breach_finding import find_breach
from gdprdesk.services.breach_forms import show_breach_form
from gdprdesk.services.breach_letters import (
    BreachLetter,
    show_breach_letter,
    show_controller_letter,
)
from gdprdesk.services.breach_log import BreachDetail, BreachRow, list_breaches, show_breach
from gdprdesk.services.breach_words import case_title
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report


@query("report.breach", needs=Permission.REGISTER)
def breach_report(read: Session, *, breach_ref: BreachRef, language_code: str = "") -> Document:
    """Return everything about a breach: its clock, the form, the judgement, what was done."""
    code = language_code or controller_of(read).language
    with language(code):
        one = show_breach(read, breach_ref=breach_ref)
        form = show_breach_form(read, breach_ref=breach_ref, language_code=code)
        lines = [(line.heading, line.value or "\N{EN DASH}") for line in form.lines]
        what = f"{case_title(one.row.number)}: {say(one.row.kind)}"
        others = is_for_others(find_breach(read, breach_ref))
        sections = [
            Section(_("How it stands"), _standing(one, form.authority, for_others=others)),
            Section(
                _("What {authority} asks for").format(authority=form.authority), [Fields(lines)]
            ),
            Section(_("How the risk was judged"), _judgement(one)),
        ]
        if one.deeds:
            done = [(format_moment(deed.at), _said(code, deed.what)) for deed in one.deeds]
            sections.append(Section(_("What was done"), [Fields(done)]))
        if one.controllers:
            sections.append(Section(_("Customers served"), [_controllers(one)]))
        return report(read, title=what, sections=sections)


def _said(code: str, text: str) -> str:
    return ready_phrases(code)(text)


def _standing(one: BreachDetail, authority: str, *, for_others: bool) -> list[Fields | Points]:
    row, clock = one.row, one.row.clock
    lines = [
        (_("Became known"), format_moment(clock.known_at)),
        (
            _("To be reported by"),
            _("{moment} ({hours} hours)").format(
                moment=format_moment(clock.due_at), hours=clock.hours
            ),
        ),
        (_("Reported"), _reported(row, authority, for_others=for_others)),
    ]
    if row.authority_case:
        lines.append((_("Case number of the authority"), row.authority_case))
    if row.closed_on is not None:
        lines.append((_("Closed"), format_day(row.closed_on)))
    lacking: list[Fields | Points] = [Points(one.lacks)] if one.lacks else []
    return [Fields(lines), *lacking]


def _reported(row: BreachRow, authority: str, *, for_others: bool) -> str:
    if row.reported_at is not None:
        said = _("{moment}, to {authority}")
        return said.format(moment=format_moment(row.reported_at), authority=authority)
    if row.not_reported:
        return _("No. {why}").format(why=row.not_reported)
    return _("By those the data are processed for") if for_others else _("Not yet")


def _judgement(one: BreachDetail) -> list[Paragraph | Points]:
    judged = say(one.row.risk) if one.row.risk else _("Not judged yet")
    reasons = [
        (
            _("For a small risk: {reason}") if reason.lowers else _("For a great risk: {reason}")
        ).format(reason=reason.words)
        for reason in one.proposal.reasons
    ]
    proposed = _("The program proposed: {risk}").format(risk=say(one.proposal.risk))
    return [
        Paragraph(". ".join(part for part in (judged, one.risk_why) if part), strong=True),
        Paragraph(proposed, muted=True),
        Points(reasons),
    ]


def _controllers(one: BreachDetail) -> Table:
    columns = (Column(_("Customer"), weight=2), Column(_("Told"), Kind.MOMENT))
    return Table(columns, [(told.controller.name, told.told_at) for told in one.controllers])


@query("report.breaches", needs=Permission.REGISTER)
def breaches_report(read: Session, *, language_code: str = "") -> Document:
    """Return the log of all breaches, also those not reported, with the reason: Article 33(5)."""
    with language(language_code or controller_of(read).language):
        rows = sorted(list_breaches(read), key=lambda one: one.number)
        columns = (
            Column(_("Number"), Kind.NUMBER, weight=0.7),
            Column(_("Became known"), Kind.MOMENT, weight=1.3, mandatory=True),
            Column(_("Kind"), weight=1.5),
            Column(_("What happened"), weight=3, mandatory=True),
            Column(_("People"), Kind.NUMBER, weight=0.8),
            Column(_("Effects"), weight=2.4, mandatory=True),
            Column(_("What was done"), weight=3, mandatory=True),
            Column(_("Risk"), weight=1.4),
            Column(_("Reported"), Kind.MOMENT, weight=1.3),
            Column(_("Why not, or why late"), weight=2),
            Column(_("People told"), Kind.DAY, weight=1.1),
            Column(_("Closed"), Kind.DAY, weight=1.1),
        )
        cells = [_logged(read, one) for one in rows]
        table = Table(columns, cells, cards=True, name=_("Breaches"))
        said = _("Article 33(5) of the GDPR asks for every breach, also one that is not reported.")
        known = [Paragraph(said, muted=True)]
        if not rows:
            known.append(Paragraph(_("No breach has been written down.")))
        return report(
            read,
            title=_("Log of personal data breaches"),
            sections=[Section("", [*known, table])],
            landscape=True,
        )


def _logged(read: Session, row: BreachRow) -> list[Cell]:
    one = show_breach(read, breach_ref=row.ref)
    return [
        row.number,
        row.clock.known_at,
        say(row.kind),
        row.what,
        row.people,
        one.consequences,
        one.measures,
        say(row.risk) if row.risk else "",
        row.reported_at,
        row.not_reported or one.late,
        row.people_told_on,
        row.closed_on,
    ]


@query("report.breach_letter", needs=Permission.REGISTER)
def breach_letter_report(
    read: Session,
    *,
    breach_ref: BreachRef,
    subject_ref: SubjectRef | None = None,
    controller_ref: ControllerRef | None = None,
    language_code: str = "",
) -> Document:
    """Return a letter about a breach: to a person, to a business served, or a notice to all."""
    if controller_ref is not None:
        written = show_controller_letter(
            read,
            breach_ref=breach_ref,
            controller_ref=controller_ref,
            language_code=language_code,
        )
    else:
        written = show_breach_letter(
            read, breach_ref=breach_ref, subject_ref=subject_ref, language_code=language_code
        )
    return letter_document(read, written)


def letter_document(read: Session, written: BreachLetter) -> Document:
    """Return a letter as a document."""
    with language(written.language):
        sections = [Section(part.heading, [Paragraph(part.text)]) for part in written.parts]
        return report(read, title=written.subject, subtitle=written.to, sections=sections)
