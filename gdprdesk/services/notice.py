"""The privacy notice: written from the register, published in versions, told to people.

Articles 12 to 14. Nothing is typed twice: change a row of the register, and the notice says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import ActivityRef, EditionRef
from gdprdesk.domain.editions import NoticeVersion
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.notice import (
    RIGHTS,
    Gap,
    Part,
    PartChange,
    Told,
    compare_parts,
    freeze,
    notice_lacks,
    thaw,
)
from gdprdesk.domain.notice_text import NoticeSource, write_notice
from gdprdesk.domain.terms import Audience, Permission, cite
from gdprdesk.i18n import LANGUAGES, N_, _, language
from gdprdesk.services.finding import controller_of
from gdprdesk.services.notice_people import count_people
from gdprdesk.services.notice_source import notice_source, told_rows
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class GapRow:
    """What a notice cannot say, since the register does not.

    Attributes:
        sentence: What is missing, in the language spoken.
        article: Where the regulation asks for it.
        activity_ref: The row of the register to mend; nothing if it is about the business.
        activity: The name of that row.
    """

    sentence: str
    article: str
    activity_ref: ActivityRef | None
    activity: str


@dataclass(frozen=True, repr=False)
class VersionRow:
    """A version of a notice as a list shows it.

    Attributes:
        told_on: When those concerned were told of it; nothing if they were not yet.
    """

    ref: EditionRef
    audience: Audience
    language: str
    number: int
    made_on: date
    told_on: date | None


@dataclass(frozen=True, repr=False)
class NoticeView:
    """A notice as the register writes it today.

    Attributes:
        language: What it is written in.
        parts: Its headings and lines.
        gaps: What it should say and the register does not.
        versions: Those published, the newest first.
        is_published: Whether the newest one says the same.
        people: How many people in the register it is for.
    """

    audience: Audience
    language: str
    parts: tuple[Part, ...]
    gaps: tuple[GapRow, ...]
    versions: tuple[VersionRow, ...]
    is_published: bool
    people: int


@dataclass(frozen=True, repr=False)
class VersionDetail:
    """A version with everything it said."""

    row: VersionRow
    parts: tuple[Part, ...]


@dataclass(frozen=True, repr=False)
class NoticeDifference:
    """What changed from one version to another; without a newer one, to the notice of today."""

    older: VersionRow
    newer: VersionRow | None
    parts: tuple[PartChange, ...]


@dataclass(frozen=True, repr=False)
class NoticeTask:
    """Something to do about a published notice.

    Attributes:
        version: The newest one.
        is_outdated: The register says something else now.
        untold: How many people were not told of it yet.
    """

    version: VersionRow
    is_outdated: bool
    untold: int


@query("notice.audiences", needs=Permission.REGISTER)
def list_audiences(read: Session) -> tuple[Audience, ...]:
    """Return whom the register has something to tell, in the order they are listed."""
    rows = read.execute(select(ProcessingActivity.audiences, ProcessingActivity.group))
    told = {one for audiences, group in rows if group != RIGHTS for one in audiences}
    return tuple(one for one in Audience if one in told)


@query("notice.show", needs=Permission.REGISTER)
def show_notice(read: Session, *, audience: Audience, language_code: str = "") -> NoticeView:
    """Return the notice for an audience, as the register is today, and what it lacks."""
    code = _code(read, language_code)
    source = _source(read, audience, code)
    parts, versions = _parts(source, code), _versions(read, audience, code)
    names = {one.activity.ref: one.activity.name for one in source.rows}
    gaps = notice_lacks(source.controller, source.rows)
    return NoticeView(
        audience=audience,
        language=code,
        parts=parts,
        gaps=tuple(_gap(one, names) for one in gaps),
        versions=tuple(_row(one) for one in versions),
        is_published=bool(versions) and thaw(versions[0].parts) == parts,
        people=count_people(read, audience),
    )


@query("notice.version", needs=Permission.REGISTER)
def show_version(read: Session, *, ref: EditionRef) -> VersionDetail:
    """Return what a version said, word for word."""
    version = _find(read, ref)
    return VersionDetail(_row(version), thaw(version.parts))


@query("notice.compare", needs=Permission.REGISTER)
def compare_notices(
    read: Session, *, older: EditionRef, newer: EditionRef | None = None
) -> NoticeDifference:
    """Return what changed between two versions, or since one: parts, and sentences in them.

    Raises:
        DomainError: They are for others, in other languages, or in the wrong order.
    """
    before = _find(read, older)
    if newer is None:
        now = _parts(_source(read, before.audience, before.language), before.language)
        return NoticeDifference(_row(before), None, compare_parts(thaw(before.parts), now))
    after = _find(read, newer)
    if (before.audience, before.language) != (after.audience, after.language):
        raise DomainError(_("These are different notices. Compare two versions of the same one."))
    if before.number >= after.number:
        raise DomainError(_("Choose an older version first, and a newer one to compare it with."))
    changes = compare_parts(thaw(before.parts), thaw(after.parts))
    return NoticeDifference(_row(before), _row(after), changes)


@query("notice.due", needs=Permission.REGISTER)
def list_notice_tasks(read: Session) -> tuple[NoticeTask, ...]:
    """Return which published notices are out of date, or not told to those they are for.

    Who gets to know the business now gets the first version from the start, so only those after
    it are told to people.
    """
    newest: dict[tuple[str, Audience], NoticeVersion] = {}
    for one in read.scalars(select(NoticeVersion).order_by(NoticeVersion.id)):
        newest[one.language, one.audience] = one
    tasks: list[NoticeTask] = []
    for code in dict.fromkeys(code for code, _audience in newest):
        with language(code):
            rows = told_rows(read)
            own = (one for one in newest.values() if one.language == code)
            tasks += [_task(read, one, rows) for one in own]
    return tuple(one for one in tasks if one.is_outdated or one.untold)


@action("notice.publish", N_("Published notice"), undoable=False, needs=Permission.REGISTER)
def publish_notice(work: UnitOfWork, *, audience: Audience, language_code: str = "") -> EditionRef:
    """Freeze the notice as it is today as its next version.

    Raises:
        DomainError: Nothing is told to these people, or the newest version says the same.
    """
    code = _code(work.session, language_code)
    source = _source(work.session, audience, code)
    if all(one.stays for one in source.rows):
        raise DomainError(
            _(
                "No row of the register is told to these people, so there is no notice for them. "
                "Nothing was published."
            )
        )
    parts, versions = _parts(source, code), _versions(work.session, audience, code)
    if versions and thaw(versions[0].parts) == parts:
        raise DomainError(
            _("The newest version says the same, word for word. Nothing was published.")
        )
    version = NoticeVersion(
        audience=audience,
        language=code,
        number=versions[0].number + 1 if versions else 1,
        made_on=work.today,
        parts=freeze(parts),
    )
    work.session.add(version)
    return version.ref


@action("notice.told", N_("Told of notice"), needs=Permission.REGISTER)
def mark_notice_told(work: UnitOfWork, *, ref: EditionRef, on: date | None = None) -> None:
    """Write down that those concerned have been told of a version, today if nothing is said.

    Raises:
        DomainError: The day has not come, or the version did not exist by then.
    """
    version, day = _find(work.session, ref), on or work.today
    if day > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    if day < version.made_on:
        raise DomainError(
            _("The version was published later than that. Nothing was saved. Look at the day.")
        )
    version.told_on = day


def _task(read: Session, version: NoticeVersion, rows: Sequence[Told]) -> NoticeTask:
    now = write_notice(notice_source(read, version.audience, rows=rows))
    waits = version.number > 1 and version.told_on is None
    return NoticeTask(
        version=_row(version),
        is_outdated=thaw(version.parts) != now,
        untold=count_people(read, version.audience) if waits else 0,
    )


def _source(read: Session, audience: Audience, code: str) -> NoticeSource:
    with language(code):
        return notice_source(read, audience)


def _parts(source: NoticeSource, code: str) -> tuple[Part, ...]:
    with language(code):
        return write_notice(source)


def _code(read: Session, wanted: str) -> str:
    return wanted if wanted in LANGUAGES else controller_of(read).language


def _gap(gap: Gap, names: dict[ActivityRef, str]) -> GapRow:
    article = cite(gap.article)
    name = names[gap.activity] if gap.activity else ""
    return GapRow(_(gap.sentence), article, gap.activity, name)


def _versions(read: Session, audience: Audience, code: str) -> list[NoticeVersion]:
    own = (NoticeVersion.audience == audience, NoticeVersion.language == code)
    return [*read.scalars(select(NoticeVersion).where(*own).order_by(NoticeVersion.number.desc()))]


def _find(read: Session, ref: EditionRef) -> NoticeVersion:
    found = read.scalar(select(NoticeVersion).where(NoticeVersion.ref == ref))
    if found is None:
        raise NotFoundError(_("This version is not in the register."))
    return found


def _row(one: NoticeVersion) -> VersionRow:
    return VersionRow(one.ref, one.audience, one.language, one.number, one.made_on, one.told_on)
