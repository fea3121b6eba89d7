"""The letter to somebody whose data came from somebody else: Article 14."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.notice import Form, Part
from gdprdesk.domain.notice_text import NoticeSource, write_notice
from gdprdesk.domain.sources import SourceNotice
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import Audience, Origin, Permission, SubjectKind, cite
from gdprdesk.exports.document import Document, Paragraph, Section
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.finding import activity_for, controller_of, find_record, records_of
from gdprdesk.services.notice_source import notice_source
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.reports.notice import part_sections

_AUDIENCES = {
    SubjectKind.SUPPLIER: Audience.SUPPLIERS,
    SubjectKind.EMPLOYEE: Audience.STAFF,
    SubjectKind.SUBSCRIBER: Audience.NEWSLETTER,
}


@query("report.source_letter", needs=Permission.PEOPLE)
def source_letter(read: Session, *, ref: RecordRef, language_code: str = "") -> Document:
    """Return what a person is told about data that came from somebody else, in her language.

    Where they came from, and everything that Article 14(1) and (2) asks for, from the rows of the
    register that they are kept for.
    """
    notice = find_record(read, SourceNotice, ref)
    subject = read.get_one(DataSubject, notice.subject_id)
    controller = controller_of(read)
    with language(language_code or subject.language or controller.language):
        came = _("They came from: {source}. We got them on {day}.")
        opening = (
            Paragraph(_("We have data about you that did not come from yourself.")),
            Paragraph(
                came.format(source=notice.source.rstrip("."), day=format_day(notice.obtained_on)),
                strong=True,
            ),
            Paragraph(_("Here is what we do with them, and what you can ask of us.")),
        )
        audience = _AUDIENCES.get(subject.kind, Audience.CUSTOMERS)
        source = notice_source(read, audience, _kept_for(read, subject))
        parts = (part for part in _for_article_14(source) if part.heading)
        law = Paragraph(
            _("We write to you because of Article {first} and {second} of the GDPR.").format(
                first=cite("14(1)"), second=cite("14(2)")
            ),
            muted=True,
        )
        return report(
            read,
            title=_("Where we have data about you from"),
            subtitle=subject.name,
            sections=(Section("", opening), *part_sections(parts), Section("", (law,))),
        )


def _kept_for(read: Session, subject: DataSubject) -> set[int]:
    """Return the rows that her data are kept for: those fed by others, if there are any."""
    kept = {one.activity_id for one in records_of(read, subject) if not one.accompanies}
    kept = kept or {activity_for(read, ContactDetail, subject.kind).id}
    by_others = set(
        read.scalars(
            select(ProcessingActivity.id).where(
                ProcessingActivity.id.in_(kept),
                ProcessingActivity.collected_from == Origin.OTHER,
            )
        )
    )
    return by_others or kept


def _for_article_14(source: NoticeSource) -> Iterator[Part]:
    """Walk the parts of the notice without what is only for those who gave the data themselves.

    Where a row usually gets its data from is not where hers came from, and she need not give any.
    """
    unsaid = {text for told in source.rows for text in (told.activity.sources, told.activity.duty)}

    def phrase(text: str) -> str:
        return "" if text in unsaid else source.phrase(text)

    for part in write_notice(replace(source, phrase=phrase)):
        yield replace(part, lines=tuple(one for one in part.lines if one.form is not Form.SMALL))
