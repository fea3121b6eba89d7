"""The yearly check: one page to sign, which names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.clean_up import CleanUpRun
from gdprdesk.domain.editions import NoticeVersion, RegisterSnapshot
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.sources import SourceNotice
from gdprdesk.domain.terms import ErasureState, Permission
from gdprdesk.exports.document import Document, Fields, Paragraph, Section
from gdprdesk.i18n import _, current_language, format_day, language
from gdprdesk.services.activities import every_activity
from gdprdesk.services.breach_log import list_breaches
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import law_changes
from gdprdesk.services.recipients import list_recipients_due
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report

_FIRST_YEAR = 2018
_MOST_NAMES = 4
_LINE = "." * 70
Lines = Iterator[tuple[str, str]]


@query("report.year", needs=Permission.REGISTER)
def year_report(read: Session, *, year: int, language_code: str = "") -> Document:
    """Return what was done for data protection in a calendar year, and what is to be done.

    Counts, rows of the register and suppliers; no person. One A4 page, to sign and keep.

    Raises:
        DomainError: The year has not come, or was before the regulation.
    """
    today = today_of(read)
    if not _FIRST_YEAR <= year <= today.year:
        raise DomainError(
            _("Write a year from {first} to {last}.").format(first=_FIRST_YEAR, last=today.year)
        )
    controller = controller_of(read)
    with language(language_code or controller.language):
        parts = (
            (_("Erased"), _erased(read, year)),
            (_("Asked and told"), _asked(read, year)),
            (_("The register"), _register(read, year)),
            (_("Suppliers"), _suppliers(read, year)),
            (_("The law"), _law(controller.country, year)),
        )
        sections = [Section(head, (Fields(known),)) for head, said in parts if (known := [*said])]
        return report(
            read,
            title=_("Yearly check of data protection {year}").format(year=year),
            subtitle=_("{name}, as of {day}").format(name=controller.name, day=format_day(today)),
            sections=[*sections, _signature()],
        )


def _erased(read: Session, year: int) -> Lines:
    cases = [one for one in read.scalars(select(ErasureCase)) if _in(one.deleted_at, year)]
    said = _("{people}, with {records} records. Of {held} of them some data are kept by law.")
    yield (
        _("People, at their wish"),
        said.format(
            people=len(cases),
            records=sum(sum(one.erased.values()) for one in cases),
            held=sum(one.state is ErasureState.HELD for one in cases),
        ),
    )
    runs = [one for one in read.scalars(select(CleanUpRun)) if _in(one.done_at, year)]
    lines = [line for run in runs for line in run.cleaned]
    said = _(
        "{count}. {records} records left since their time was over, {figures} of them as figures "
        "without names; {spared} were kept by a decision with its reason."
    )
    yield (
        _("Clean-ups"),
        said.format(
            count=len(runs),
            records=sum(line["count"] for line in lines),
            figures=sum(line["count"] for line in lines if line["anonymised"]),
            spared=sum(len(run.spared) for run in runs),
        ),
    )


def _asked(read: Session, year: int) -> Lines:
    asked = [one for one in read.scalars(select(ErasureCase)) if _in(one.asked_at, year)]
    answered = [one for one in asked if one.deleted_at or one.state is ErasureState.UNDONE]
    said = _("{answered} of {asked}")
    yield (
        _("Wishes for erasure answered"),
        said.format(answered=len(answered), asked=len(asked)),
    )
    notices = [one for one in read.scalars(select(SourceNotice)) if one.obtained_on.year == year]
    if notices:
        said = _("{told} of {all}, {late} later than the law allows")
        late = sum((one.told_on or today_of(read)) > one.due_on for one in notices)
        told = sum(one.told_on is not None for one in notices)
        yield (
            _("Told that data came from others"),
            said.format(told=told, all=len(notices), late=late),
        )
    yield from _breaches(read, year)
    versions = list(read.scalars(select(NoticeVersion)))
    said = _("{published} published, people were told of {told}")
    published = sum(one.made_on.year == year for one in versions)
    spread = sum(one.told_on is not None and one.told_on.year == year for one in versions)
    yield _("Privacy notices"), said.format(published=published, told=spread)


def _breaches(read: Session, year: int) -> Lines:
    rows = [row for row in list_breaches(read) if _is_of(row.clock.known_at, year)]
    if rows:
        said = _("{count}, {reported} of them reported, {late} late")
        reported = sum(row.reported_at is not None for row in rows)
        late = sum(row.clock.was_late or row.clock.is_late for row in rows)
        yield (
            _("Personal data breaches"),
            said.format(count=len(rows), reported=reported, late=late),
        )


def _register(read: Session, year: int) -> Lines:
    details = list(every_activity(read))
    seen = [one for one in details if one.reviewed_on and one.reviewed_on.year == year]
    said = _("{seen} of {rows}")
    yield _("Rows looked through"), said.format(seen=len(seen), rows=len(details))
    unseen = [one.name for one in details if one not in seen]
    if unseen:
        yield _("Not looked through"), _names(unseen)
    judged = sum(
        one.decided_on.year == year
        for detail in details
        for one in (detail.assessment, detail.screening)
        if one is not None
    )
    yield _("Interests weighed and risks judged"), str(judged)
    lacking = [one.name for one in details if one.row.missing]
    if lacking:
        yield _("Rows that lack something"), _names(lacking)
    taken = [
        one.name for one in read.scalars(select(RegisterSnapshot)) if one.taken_on.year == year
    ]
    yield _("Snapshots of the register"), _names(taken) if taken else "0"


def _suppliers(read: Session, year: int) -> Lines:
    due = list_recipients_due(read)
    for heading, rows in (
        (_("Agreements missing"), due.agreements),
        (_("Agreements that run out or have run out"), due.running_out),
        (_("Agreements to look through"), due.reviews),
        (_("Evidence that they erase, not seen for a year"), due.evidence),
    ):
        yield heading, _names(one.name for one in rows) if rows else _("None")
    seen = sum(
        date.fromisoformat(evidence["seen_on"]).year == year
        for one in read.scalars(select(Recipient))
        for evidence in one.evidence
    )
    yield _("Evidence seen this year"), str(seen)


def _law(country: str, year: int) -> Lines:
    begins, ends = _("from {day}: {law}"), _("until {day}: {law}")
    said = [
        (begins if one.begins else ends).format(
            day=format_day(one.on, short=True), law=one.name[current_language()]
        )
        for one in law_changes(country, date(year, 1, 1), date(year, 12, 31))
    ]
    yield _("Changed"), _names(said) if said else _("Nothing that this register goes by")


def _signature() -> Section:
    confirmed = _("I have gone through this page, and know what is still to be done.")
    fields = Fields(((_("Place and day"), _LINE), (_("Signature"), _LINE), (_("Name"), _LINE)))
    return Section(_("Signed"), (Paragraph(confirmed), fields))


def _names(names: Iterable[str]) -> str:
    """Return the first names of a list, and how many more there are: it is to fit on one page."""
    known: Sequence[str] = list(dict.fromkeys(names))
    if len(known) <= _MOST_NAMES:
        return ", ".join(known)
    more = _("{names} and {count} more")
    return more.format(names=", ".join(known[:_MOST_NAMES]), count=len(known) - _MOST_NAMES)


def _in(moment: str | None, year: int) -> bool:
    return moment is not None and _is_of(datetime.fromisoformat(moment), year)


def _is_of(moment: datetime, year: int) -> bool:
    return moment.astimezone().year == year
