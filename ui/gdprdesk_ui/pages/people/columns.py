"""What a list of people shows of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gdprdesk.domain.terms import SubjectKind, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.consent_texts import ConsentTextRow
from gdprdesk.services.subjects import SubjectRow
from gdprdesk_ui.models.cells import PersonCell, SignCell, TextCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel

_SIGN_DIGITS = 3


class PeopleModel(PagedTableModel[SubjectRow]):
    """The people of a search."""

    PAGE = 50


def people_columns(texts: Sequence[ConsentTextRow], today: date) -> list[Column[SubjectRow]]:
    """Return the columns of the list; the consents as signs in the order of their texts."""

    def person(row: SubjectRow) -> PersonCell:
        pill = "" if row.kind is SubjectKind.CUSTOMER else row.company or say(row.kind)
        return PersonCell(row.name, row.email, pill)

    def consents(row: SubjectRow) -> SignCell:
        return SignCell(
            tuple(
                (text.icon, text.purpose in row.consents, _consent_words(text, row))
                for text in texts
            )
        )

    def last(row: SubjectRow) -> TextCell:
        return TextCell(format_day(row.last_on, short=True, today=today), "muted", tabular=True)

    def kept(row: SubjectRow) -> TextCell:
        return TextCell(kept_words(row, today), "muted", tabular=True)

    return [
        Column(_("Name"), lambda row: row.name, cell=person),
        Column(_("Phone"), lambda row: row.phone, width=13),
        Column(
            _("Consents"),
            lambda row: ", ".join(text.name for text in texts if text.purpose in row.consents),
            cell=consents,
            width=max(9, _SIGN_DIGITS * len(texts)),
        ),
        Column(_("Last"), lambda row: last(row).text, cell=last, width=12),
        Column(_("Kept until"), lambda row: kept(row).text, cell=kept, width=13),
    ]


def kept_words(row: SubjectRow, today: date) -> str:
    """Return when the last of a person's data leaves."""
    if row.kept_until is None:
        return _("Still needed")
    return format_day(row.kept_until, short=True, today=today)


def _consent_words(text: ConsentTextRow, row: SubjectRow) -> str:
    said = _("{purpose} yes") if text.purpose in row.consents else _("{purpose} no")
    return said.format(purpose=text.name)
