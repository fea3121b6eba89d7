"""The privacy notice to give out: on the website, by e-mail, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy.orm import Session

from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.notice import Form, Line, Part
from gdprdesk.domain.terms import Audience, Permission, say
from gdprdesk.exports.document import (
    Block,
    Column,
    Document,
    Fields,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.finding import controller_of, now_of, today_of
from gdprdesk.services.notice import VersionRow, show_notice, show_version
from gdprdesk.services.registry import query

_NARROWEST, _WIDEST = 10, 30  # letters


@query("report.notice", needs=Permission.REGISTER)
def notice_report(
    read: Session,
    *,
    audience: Audience = Audience.CUSTOMERS,
    language_code: str = "",
    version: EditionRef | None = None,
) -> Document:
    """Return the privacy notice for an audience as the register writes it today, or a version.

    Args:
        read: The register.
        audience: Whom it speaks to.
        language_code: What it is written in.
        version: What was published earlier, word for word; it has its own audience and language.
    """
    if version is not None:
        known = show_version(read, ref=version)
        return _document(read, known.row.audience, known.row.language, known.parts, known.row)
    view = show_notice(read, audience=audience, language_code=language_code)
    published = view.versions[0] if view.is_published else None
    return _document(read, view.audience, view.language, view.parts, published)


def _document(
    read: Session, audience: Audience, code: str, parts: Iterable[Part], row: VersionRow | None
) -> Document:
    controller = controller_of(read)
    with language(code):
        return Document(
            title=_("How we handle your personal data"),
            subtitle=_("Privacy notice of {name}. {audience}. {edition}.").format(
                name=controller.name, audience=say(audience), edition=_edition(read, row)
            ),
            language=code,
            sections=part_sections(parts),
            made_at=now_of(read),
            organisation=controller.name,
        )


def _edition(read: Session, row: VersionRow | None) -> str:
    if row is None:
        return _("Draft of {day}").format(day=format_day(today_of(read)))
    return _("Version {number} of {day}").format(number=row.number, day=format_day(row.made_on))


def part_sections(parts: Iterable[Part]) -> tuple[Section, ...]:
    """Return the parts of a notice as sections of a document."""
    return tuple(Section(one.heading, _blocks(one), one.level) for one in parts)


def _blocks(part: Part) -> tuple[Block, ...]:
    """Return the lines of a part, those of one kind together."""
    kinds = groupby(part.lines, key=lambda one: Form.ROW if one.form is Form.HEAD else one.form)
    return tuple(block for form, lines in kinds for block in _block(form, list(lines)))


def _column(title: str, *texts: str) -> Column:
    """Return a column that is as wide beside the others as what stands in it, within reason."""
    longest = max(map(len, (title, *texts)))
    return Column(title, weight=min(max(longest, _NARROWEST), _WIDEST))


def _block(form: Form, lines: list[Line]) -> Iterator[Block]:
    if form is Form.POINT:
        yield Points([line.said for line in lines])
    elif form is Form.FIELD:
        yield Fields([(label, said) for label, said in (line.cells for line in lines)])
    elif form is Form.ROW:
        head, *rows = [line.cells for line in lines]
        columns = zip(head, *rows, strict=True)
        yield Table(columns=[_column(*texts) for texts in columns], rows=rows)
    else:
        yield from (Paragraph(line.said, muted=form is Form.SMALL) for line in lines)
