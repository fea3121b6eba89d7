"""The list of readers for the program that sends the letters, and the list of those who left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import EEA, ActivityRecipient
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.domain.newsletters import ListHandover
from gdprdesk.domain.papers import Disclosure
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    Channel,
    ContactKind,
    Decision,
    LegalBasis,
    Permission,
    SubjectState,
)
from gdprdesk.exports.mailing_file import render_mailing
from gdprdesk.exports.target import TargetExistsError
from gdprdesk.i18n import N_, _, format_country, ngettext
from gdprdesk.services.disclosures import hand_out
from gdprdesk.services.files import save_content
from gdprdesk.services.finding import find_activity_for
from gdprdesk.services.handing import name_for_log
from gdprdesk.services.newsletter import (
    NEWSLETTER,
    ReaderList,
    ReaderRow,
    find_words,
    list_readers,
)
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import in_use
from gdprdesk.store.unit_of_work import UnitOfWork

_ADDRESS = (0,)  # in the first column, whatever the program calls it


@dataclass(frozen=True, repr=False)
class MailingPreview:
    """What a list for a program would hold; nothing is written yet.

    Attributes:
        people: How many people there are in all whose data are in use.
        readers: How many say yes and are on the list.
        left: How many get no more letters since the last list for this program.
        pending: How many have signed up and not confirmed; they are not on it.
        unreachable: How many say yes, but have no address here.
        stopped: How many say yes, but may get no letters.
        last_on: When the last list for this program was made; nothing if none was.
        warnings: What to know before it leaves the house, as sentences.
    """

    purpose: str
    title: str
    tool: MailingTool
    people: int
    readers: int
    left: int
    pending: int
    unreachable: int
    stopped: int
    last_on: date | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class MailingReceipt:
    """The files that were written.

    Attributes:
        path: Who gets the letters.
        left_path: Who gets them no more; nothing if there is nobody.
    """

    path: Path
    left_path: Path | None
    readers: int
    left: int


@query("newsletter.preview", needs=Permission.EXPORT_ALL)
def preview_mailing(
    read: Session, *, tool: MailingTool, purpose: str = NEWSLETTER
) -> MailingPreview:
    """Return what a list for a program would hold, and what to know before it is handed over.

    Raises:
        DomainError: Nobody is asked for these letters, or they go to numbers.
    """
    found = _readers(read, purpose)
    text = find_words(read, purpose)
    people = select(func.count()).select_from(DataSubject)
    active = people.where(DataSubject.state == SubjectState.ACTIVE, in_use())
    last = last_handover(read, purpose, tool)
    return MailingPreview(
        purpose=purpose,
        title=found.title,
        tool=tool,
        people=read.scalar(active) or 0,
        readers=len(found.readers),
        left=len(_left_since(read, purpose, last)),
        pending=_count_pending(read, purpose),
        unreachable=found.unreachable,
        stopped=found.stopped,
        last_on=last.handed_on if last else None,
        warnings=tuple(warnings_of(read, text.activity_id, tool)),
    )


@query("newsletter.tool", needs=Permission.EXPORT_ALL)
def usual_tool(read: Session, *, purpose: str = NEWSLETTER) -> MailingTool:
    """Return the program that got the last list of a purpose, else the one the register names.

    Raises:
        DomainError: Nobody is asked for these letters.
    """
    made = select(ListHandover.tool).where(ListHandover.purpose == purpose)
    last = read.scalars(made.order_by(ListHandover.id.desc())).first()
    activity = find_words(read, purpose).activity_id
    named = (one for one in MailingTool if _recipient(read, activity, one) is not None)
    return last or next(named, MailingTool.MAILCHIMP)


@action("export.mailing", N_("Export"), undoable=False, needs=Permission.EXPORT_ALL)
def export_mailing(
    work: UnitOfWork,
    *,
    tool: MailingTool,
    to: Path,
    purpose: str = NEWSLETTER,
    overwrite: bool = False,
) -> MailingReceipt:
    """Save who gets letters for the program that sends them, and beside it who has left since.

    Only who says yes is in it, with address and name and nothing else. That it was handed over is
    written down: to whom, what for and under which name.

    Raises:
        DomainError: Nobody says yes, the file must end otherwise, or is there already.
    """
    found = _readers(work.session, purpose)
    left = _left_since(work.session, purpose, last_handover(work.session, purpose, tool))
    text = find_words(work.session, purpose)
    return hand_over(
        work,
        Mailing(tool, purpose, found.title, text.activity_id, LegalBasis.CONSENT),
        found.readers,
        left,
        to,
        overwrite=overwrite,
    )


@dataclass(frozen=True, repr=False)
class Mailing:
    """A list, and on what ground it goes to which program."""

    tool: MailingTool
    purpose: str
    title: str
    activity_id: int
    basis: LegalBasis


def hand_over(
    work: UnitOfWork,
    mailing: Mailing,
    readers: Iterable[ReaderRow],
    left: Iterable[str],
    to: Path,
    *,
    overwrite: bool,
) -> MailingReceipt:
    """Write the files of a list, and write down that it was handed over.

    Raises:
        DomainError: There is nobody in it, or a file cannot be written there.
    """
    staying, gone = list(readers), sorted(left)
    if not staying and not gone:
        raise DomainError(_("Nobody says yes to this, so there is no list. Nothing was saved."))
    left_path = left_file(to) if gone else None
    if left_path is not None and not overwrite and left_path.exists():
        raise TargetExistsError(
            _(
                "There is already a file “{name}” there. It is unchanged. Choose another name, or"
                " say that it may be replaced."
            ).format(name=left_path.name)
        )
    tool = mailing.tool
    rows = [(one.contact, *parts_of_name(one.name)) for one in staying]
    content = render_mailing(tool.columns, rows, tool.suffix, addresses=_ADDRESS)
    saved = save_content(work, content, to, tool.suffix, overwrite=overwrite, rows=len(staying))
    if left_path is not None:
        only = [(one,) for one in gone]
        out = render_mailing(tool.columns[:1], only, tool.suffix, addresses=_ADDRESS)
        save_content(work, out, left_path, tool.suffix, overwrite=overwrite, rows=len(gone))
        work.note_file(name_for_log(work.session, to.name))  # the list is what the log names
    note_handover(work, mailing, len(staying), len(gone), to.name)
    return MailingReceipt(saved.path, left_path, len(staying), len(gone))


def left_file(to: Path) -> Path:
    """Return where those are written who get the letters no more: beside the list."""
    return to.with_name(f"{to.stem} - {_('unsubscribed')}{to.suffix}")


def parts_of_name(name: str) -> tuple[str, str]:
    """Return the first names and the last name that a person's name seems to have."""
    if "," in name:
        last, _comma, first = name.partition(",")
        return " ".join(first.split()), " ".join(last.split())
    first, _space, last = name.rpartition(" ")
    return (first, last) if first else (last, "")


def last_handover(read: Session, purpose: str, tool: MailingTool) -> ListHandover | None:
    """Return the last list of a purpose that was made for a program."""
    made = select(ListHandover).where(ListHandover.purpose == purpose, ListHandover.tool == tool)
    return read.scalars(made.order_by(ListHandover.id.desc())).first()


def warnings_of(read: Session, activity_id: int, tool: MailingTool) -> Iterable[str]:
    """Walk what to know before the data of an activity go to a program: Articles 28 and 44."""
    found = _recipient(read, activity_id, tool)
    if found is None:
        yield _(
            "The register does not say that {tool} gets this. Add it under Suppliers and choose it "
            "in the row of the register."
        ).format(tool=tool.label)
        return
    if found.country not in EEA:
        where = format_country(found.country)
        if found.mechanism:
            yield _("{tool} is outside the EU: {country}. It rests on: {mechanism}.").format(
                tool=tool.label, country=where, mechanism=found.mechanism
            )
        else:
            yield _(
                "{tool} is outside the EU: {country}. The register does not say what makes the "
                "transfer lawful."
            ).format(tool=tool.label, country=where)
    if found.needs_agreement:
        yield _("The agreement with {tool} that the law asks for is missing.").format(
            tool=tool.label
        )


def _recipient(read: Session, activity_id: int, tool: MailingTool) -> Recipient | None:
    """Return the supplier of an activity that is this program, by its name."""
    gets = (
        select(Recipient)
        .join(ActivityRecipient, ActivityRecipient.recipient_id == Recipient.id)
        .where(ActivityRecipient.activity_id == activity_id)
    )
    wanted = tool.label.casefold()
    return next((one for one in read.scalars(gets) if wanted in one.name.casefold()), None)


def _readers(read: Session, purpose: str) -> ReaderList:
    found = list_readers(read, purpose=purpose)
    if found.contact is not ContactKind.EMAIL:
        raise DomainError(
            _("These letters go to numbers, not to addresses. Save them as a list instead.")
        )
    return found


def _left_since(read: Session, purpose: str, last: ListHandover | None) -> set[str]:
    """Return the addresses of those who get no more letters since a list, or ever if none was made.

    They have taken their yes back, object, or have let their data only be stored. Somebody else
    with the same address may still say yes; then it stays.
    """
    newest = (
        select(func.max(Consent.id))
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ConsentText.purpose == purpose)
        .group_by(Consent.subject_id)
    )
    gone = (
        select(ContactDetail.value, ContactDetail.normal)
        .join(DataSubject, DataSubject.id == ContactDetail.subject_id)
        .join(Consent, Consent.subject_id == DataSubject.id)
        .where(Consent.id.in_(newest), _says_no_since(purpose, last))
        .where(DataSubject.state == SubjectState.ACTIVE)
        .where(ContactDetail.kind == ContactKind.EMAIL)
    )
    staying = {one.contact.casefold() for one in list_readers(read, purpose=purpose).readers}
    return {value for value, normal in read.execute(gone) if normal not in staying}


def _says_no_since(purpose: str, last: ListHandover | None) -> ColumnElement[bool]:
    had_said_yes = (
        select(Consent.subject_id)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ConsentText.purpose == purpose, Consent.decision == Decision.GIVEN)
    )
    says_no = (Consent.decision == Decision.WITHDRAWN) | (
        (Consent.decision == Decision.REFUSED) & Consent.subject_id.in_(had_said_yes)
    )
    if last is None:
        return says_no & in_use()
    set_aside = (DataSubject.objected_on >= last.handed_on) | (
        DataSubject.restricted_on >= last.handed_on
    )
    was_on_it = (Consent.decision == Decision.GIVEN) & (Consent.id <= last.up_to)
    return (says_no & (Consent.id > last.up_to)) | (was_on_it & set_aside)


def _count_pending(read: Session, purpose: str) -> int:
    waiting = (
        select(func.count())
        .select_from(Consent)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .join(DataSubject, DataSubject.id == Consent.subject_id)
        .where(ConsentText.purpose == purpose, Consent.decision == Decision.PENDING)
        .where(Consent.ended_on.is_(None), DataSubject.state == SubjectState.ACTIVE, in_use())
    )
    return read.scalar(waiting) or 0


def note_handover(work: UnitOfWork, mailing: Mailing, readers: int, left: int, name: str) -> None:
    """Write down that a list was handed over: what, to whom, on what ground."""
    work.session.add(
        ListHandover(
            purpose=mailing.purpose,
            tool=mailing.tool,
            handed_on=work.today,
            up_to=work.session.scalar(select(func.max(Consent.id))) or 0,
            readers=readers,
            left=left,
        )
    )
    if find_activity_for(work.session, Disclosure) is None:
        return
    found = _recipient(work.session, mailing.activity_id, mailing.tool)
    file = name_for_log(work.session, name)
    said = ngettext(
        "{title}: {count} address with name, and {left} to take off the list. File: {file}",
        "{title}: {count} addresses with names, and {left} to take off the list. File: {file}",
        readers,
    )
    hand_out(
        work,
        to_whom=found.name if found else mailing.tool.label,
        what=said.format(title=mailing.title, count=readers, left=left, file=file),
        basis=mailing.basis,
        channel=Channel.WEB,
    )
