"""Address labels: everybody who has an address and may be written to, ready for the printer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    ContactKind,
    ExportPurpose,
    Permission,
    SubjectKind,
    SubjectState,
)
from gdprdesk.domain.text import fold
from gdprdesk.exports.label_sheets import Labels, LabelSheet
from gdprdesk.i18n import (
    LANGUAGES,
    _,
    current_language,
    format_country,
    language,
    ngettext,
)
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.standing import in_use, may_get_advertising
from gdprdesk.services.subjects import people_found

_BETWEEN_LINES = {  # a comma, or the space before a postcode and its town
    "SE": re.compile(r",| (?=\d{3} ?\d{2} [^\d,]+(?:,|$))"),
    "NO": re.compile(r",| (?=\d{4} [^\d,]+(?:,|$))"),
}


@query("report.labels", needs=Permission.EXPORT_ALL)
def address_labels(
    read: Session,
    *,
    search: str = "",
    kind: SubjectKind | None = None,
    purpose: str = "",
    sheet: LabelSheet = LabelSheet.THREE_BY_SEVEN,
    first: int = 1,
    used_for: ExportPurpose = ExportPurpose.MAILING,
    language_code: str = "",
) -> Labels:
    """Return labels with names and addresses, and how many people are left out and why.

    Whose data are only stored (Article 18) and who is about to be erased is left out; for letters
    and mailings also who gets no advertising (Article 21). No phone, no notes, no diets.

    Args:
        read: The open register.
        search: As on the page of people: beginnings of words, or digits of a number.
        kind: Only these.
        purpose: Only who says yes to this, and whose data may be used for it.
        sheet: On what they are printed.
        first: The label to begin with, where a sheet is used in part.
        used_for: What for.
        language_code: The language of the file; without one, that of the business.

    Raises:
        DomainError: The sheet has no such first label.
    """
    controller = controller_of(read)
    found = people_found(read, search=search, kind=kind, purpose=purpose)
    staged = people_found(
        read, search=search, kind=kind, purpose=purpose, state=SubjectState.STAGED
    )
    is_mailing = used_for is ExportPurpose.MAILING
    allowed = may_get_advertising() if is_mailing else in_use()
    among, written = DataSubject.id.in_(found), DataSubject.id.in_(found) & allowed
    labels = list(_labels(read, written, controller.country))
    with language(language_code or controller.language):
        title, spoken = _("Address labels"), current_language()
    return Labels(
        labels=labels,
        title=title,
        language=spoken,
        organisation=controller.name,
        sheet=sheet,
        first=first,
        remarks=_left_out(
            stored=_count(read, among & ~in_use()),
            staged=_count(read, DataSubject.id.in_(staged)),
            objecting=_count(read, among & in_use() & ~allowed),
            unreachable=_count(read, written) - len(labels),
        ),
    )


def _labels(read: Session, written: ColumnElement[bool], country: str) -> Iterator[tuple[str, ...]]:
    """Walk the labels in the order of the names; a contact's may go to her company."""
    own_country, between = _names_of(country), _BETWEEN_LINES[country]
    addresses: dict[int | None, str] = {}
    of_address = select(ContactDetail.subject_id, ContactDetail.value).where(
        ContactDetail.kind == ContactKind.ADDRESS
    )
    for who, value in read.execute(of_address.order_by(ContactDetail.id)):
        addresses.setdefault(who, value)
    people = (
        select(DataSubject.id, DataSubject.name, Company.name, Company.address)
        .outerjoin(Company, Company.id == DataSubject.company_id)
        .where(written)
        .order_by(DataSubject.sort_key, DataSubject.id)
    )
    for who, name, company, address_of_company in read.execute(people):
        address = addresses.get(who) or address_of_company or ""
        lines = [" ".join(line.split()) for line in between.split(address)]
        lines = [line for line in lines if line]
        if lines and fold(lines[-1]) in own_country:
            lines.pop()
        if lines:
            yield (name, *([company] if company else []), *lines)


def _names_of(country: str) -> set[str]:
    """Return what a country is called in each language, to be compared."""
    names = set()
    for code in LANGUAGES:
        with language(code):
            names.add(fold(format_country(country)))
    return names


def _count(read: Session, of: ColumnElement[bool]) -> int:
    return read.scalar(select(func.count()).select_from(DataSubject).where(of)) or 0


def _left_out(*, stored: int, staged: int, objecting: int, unreachable: int) -> tuple[str, ...]:
    """Return in a sentence for each reason how many people have no label."""
    told = (
        (
            stored,
            ngettext(
                "{count} person is left out: her data are only stored for now.",
                "{count} people are left out: their data are only stored for now.",
                stored,
            ),
        ),
        (
            staged,
            ngettext(
                "{count} person is left out: she is about to be erased.",
                "{count} people are left out: they are about to be erased.",
                staged,
            ),
        ),
        (
            objecting,
            ngettext(
                "{count} person is left out: she gets no advertising.",
                "{count} people are left out: they get no advertising.",
                objecting,
            ),
        ),
        (
            unreachable,
            ngettext(
                "{count} person is left out: she has no address.",
                "{count} people are left out: they have no address.",
                unreachable,
            ),
        ),
    )
    return tuple(sentence.format(count=count) for count, sentence in told if count)
