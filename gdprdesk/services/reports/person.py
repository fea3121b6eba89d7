"""Everything about one person as she reads it: Article 15."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.requests import Masking
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.domain.terms import Permission, say
from gdprdesk.exports.document import (
    Column,
    Document,
    Fields,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_country, format_day, language
from gdprdesk.services.finding import controller_of, find_subject
from gdprdesk.services.law import authority_name
from gdprdesk.services.person_copy import PersonCopy, gather, must_give_all
from gdprdesk.services.person_json import OF_HER, reasons
from gdprdesk.services.proofs_about import proofs_about
from gdprdesk.services.read_log import readings_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.reports.person_words import lines_of, say_proof
from gdprdesk.services.reports.read_log import must_be_told, read_log_sections
from gdprdesk.services.staff_log import logged_of


@query("report.person", needs=Permission.EXPORT_ONE)
def person_report(
    read: Session,
    *,
    subject_ref: SubjectRef,
    language_code: str = "",
    masked: tuple[Masking, ...] = (),
    portable: bool = False,
) -> Document:
    """Return everything about one person as she reads it, in her language.

    Args:
        read: The open register.
        subject_ref: Who.
        language_code: Which language; without one, hers.
        masked: What is taken out because it is about somebody else.
        portable: Only what she gave herself, by consent or contract: Article 20.
    """
    must_give_all(read, portable=portable)  # refused in the language of the window
    subject = find_subject(read, subject_ref)
    with language(language_code or subject.language or controller_of(read).language):
        return as_document(read, gather(read, subject_ref, masks=masked, portable=portable))


def as_document(read: Session, copy: PersonCopy) -> Document:
    """Return a copy as a document in the language spoken."""
    name = controller_of(read).name
    sections = [_about(read, copy)]
    for kind, some in copy.of_kind():
        blocks = [Fields(tuple(lines_of(read, copy, one))) for one in some]
        sections.append(Section(_(kind.called[1]).capitalize(), blocks))
    sections += [*_logged(read, copy), _why(read, copy), *_also(read, copy)]
    sections += [*_masked(copy), *_left_out(copy), *_who_has_read(read, copy)]
    return report(
        read,
        title=_("Your data at {name}").format(name=name),
        subtitle=copy.subject.name,
        sections=[*sections, _rights(read)],
    )


def _about(read: Session, copy: PersonCopy) -> Section:
    subject = copy.subject
    company = read.get(Company, subject.company_id) if subject.company_id else None
    lines = [(_("Name"), subject.name), (_("You are"), say(subject.kind))]
    lines += [
        (_(DataSubject.labels[day]), format_day(known))
        for day in OF_HER
        if (known := getattr(subject, day))
    ]
    if subject.restriction:
        lines.append((_("Why it is only stored"), say(subject.restriction)))
    if company:
        lines.append((_("Company"), company.name))
    if copy.portable:
        intro = _("This is what you gave us yourself, by agreement or consent, to take along.")
    else:
        intro = _(
            "This is everything we hold about you. If something is wrong, tell us and we put it "
            "right."
        )
    return Section(_("About you"), (Paragraph(intro), Fields(tuple(lines))))


def _logged(read: Session, copy: PersonCopy) -> Iterator[Section]:
    """List what somebody who works here did, by month; whom it was about is not hers to know."""
    lines = logged_of(read, copy.records)
    if lines:
        columns = (Column(_("Month")), Column(_("What you did"), weight=3), Column(_("Times")))
        rows = [(one.month, one.said, one.count) for one in lines]
        yield Section(_("What the log says you did"), (Table(columns, rows),))


def _why(read: Session, copy: PersonCopy) -> Section:
    blocks = [Fields(tuple(_reason_lines(one))) for one in reasons(read, copy)]
    return Section(_("Why we keep it"), blocks)


def _reason_lines(reason: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    until = reason["kept_until"]
    yield _("What for"), reason["activity"]
    yield _("Purpose"), reason["purpose"]
    yield _("Legal basis"), reason["legal_basis"]
    yield _("How long"), reason["period"]
    yield (
        _("Until"),
        format_day(date.fromisoformat(until)) if until else _("The day is not known yet"),
    )
    yield _("From"), reason["source"]
    yield _("Who else gets it"), ", ".join(reason["recipients"]) or _("Nobody else")
    if reason["transfers"]:
        yield _("Outside the EEA"), "\n".join(map(_transfer, reason["transfers"]))
    yield _("What is concluded about you"), reason["profiling"] or _("Nothing")
    yield (
        _("What a program decides about you"),
        reason["automated_decision"] or _("Nothing: a person decides"),
    )
    if reason["objection"]:
        yield _("How you object"), reason["objection"]


def _transfer(one: Mapping[str, str]) -> str:
    said = _("{recipient} in {country}: {safeguard}")
    return said.format(
        recipient=one["recipient"],
        country=format_country(one["country"]),
        safeguard=one["safeguard"] or _("no safeguard is written down"),
    )


def _also(read: Session, copy: PersonCopy) -> Iterator[Section]:
    kept = [] if copy.portable else proofs_about(read, copy.known)
    if kept:
        intro = Paragraph(_("Beside your records we keep these notes. They do not say your name."))
        yield Section(_("What else we keep"), (intro, Points([say_proof(one) for one in kept])))


def _masked(copy: PersonCopy) -> Iterator[Section]:
    """List why something is missing: what it said is about somebody else, why it is gone is not."""
    if copy.masks:
        intro = Paragraph(
            _(
                "Where it says {masked} we have taken out what is about somebody else, so as not "
                "to harm the rights of others: Article 15(4). These are our reasons."
            ).format(masked=_("[masked]"))
        )
        why = list(dict.fromkeys(one["reason"] for one in copy.masks))
        yield Section(_("What we have taken out"), (intro, Points(why)))


def _left_out(copy: PersonCopy) -> Iterator[Section]:
    if counts := say_left_out(copy):
        portable = _(
            "This is not in here, since you did not give it to us yourself or we keep it for "
            "another reason than an agreement or your consent. Ask for a copy of everything "
            "to see it."
        )
        sealed = _(
            "This is sealed, and is opened only when the copy is saved: who opened it, and when, "
            "then stands in the log."
        )
        intro = Paragraph(portable if copy.portable else sealed)
        yield Section(_("What is not in here"), (intro, Points(counts)))


def _who_has_read(read: Session, copy: PersonCopy) -> Iterator[Section]:
    rows = readings_of(read, copy.subject.ref) if must_be_told(read) else ()
    if rows and not copy.portable:
        yield from read_log_sections(rows)


def say_left_out(copy: PersonCopy) -> Sequence[str]:
    """Return how many of which records are not in a copy: "2 invoices"."""
    return [
        f"{count} {_(kind.called[0] if count == 1 else kind.called[1])}"
        for kind, count in copy.left_out().items()
    ]


def _rights(read: Session) -> Section:
    controller = controller_of(read)
    contact = controller.email or controller.phone or controller.address or controller.name
    said = _(
        "You may have mistakes put right, have your data erased or restricted, object to what we "
        "do with them, and take them with you. Write to {contact}. If you are not content with our "
        "answer you may complain to {authority}."
    )
    text = said.format(contact=contact, authority=authority_name(controller.country))
    return Section(_("Your rights"), (Paragraph(text),))
