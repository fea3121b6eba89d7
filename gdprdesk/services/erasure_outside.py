"""What the owner has to do where the program does not reach: at others, and in every channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.erasure import OutsideTask
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Channel, ConsentMethod, ContactKind, RecipientRole
from gdprdesk.i18n import N_, _
from gdprdesk.services.media_people import picture_of
from gdprdesk.services.paper_tasks import PaperTask, paper_tasks
from gdprdesk.services.recipients import recipients_by_activity
from gdprdesk.services.subjects import first_contact

_SHOWN = "shown: "
_WORDS: Mapping[str, tuple[str, str]] = {
    Channel.PHONE: (
        N_("Telephone"),
        N_("Delete her number from the contacts, the call list and the voicemail."),
    ),
    Channel.SMS: (N_("Text messages"), N_("Delete the text messages from and to her.")),
    Channel.EMAIL: (
        N_("Mailbox"),
        N_("Search for her address and delete what you find, in the sent folder and the bin too."),
    ),
    Channel.MESSENGER: (N_("Messenger"), N_("Delete the conversation with her.")),
    Channel.WEB: (N_("Website"), N_("Delete what she has filled in on the website.")),
}
_LOOKED_FOR_BY: Mapping[str, tuple[ContactKind, ...]] = {
    Channel.PHONE: (ContactKind.PHONE,),
    Channel.SMS: (ContactKind.PHONE,),
    Channel.MESSENGER: (),
}
_ALL_OF_THEM = (ContactKind.EMAIL, ContactKind.PHONE)
_CAME_BY = {ConsentMethod.WEB_FORM: Channel.WEB, ConsentMethod.EMAIL: Channel.EMAIL}


@dataclass(frozen=True, repr=False)
class OutsideRow:
    """What the owner has to do at somebody else's or in a channel, and what to look for there.

    Attributes:
        key: What it is ticked off by.
        recipient: Who or what it is, in the language spoken.
        look_for: Her address, number and name, as far as they help there.
    """

    key: str
    recipient: str
    task: str
    look_for: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class OutsideDone:
    """The same on the receipt, where it names nobody.

    Attributes:
        done_on: The day it was done; nothing while it is not.
        is_own: It is a channel of the business itself, not somebody else.
    """

    key: str
    recipient: str
    task: str
    done_on: date | None
    is_own: bool


def outside_tasks(
    session: Session,
    subject: DataSubject,
    records: Sequence[PersonalRecord],
    erased: Iterable[PersonalRecord],
) -> tuple[OutsideRow, ...]:
    """Return what is to be done at each recipient and in each channel ever used with her.

    Args:
        session: The open register.
        subject: The person.
        records: Everything about her.
        erased: What of it goes: whoever got that is told, Article 19.
    """
    tasks = [*_at_recipients(session, records, erased), *_in_channels(session, records)]
    found, links = {}, _links(session, records)
    for task in tasks:
        kinds = _LOOKED_FOR_BY.get(task["recipient"], _ALL_OF_THEM)
        known = (*(first_contact(records, kind) for kind in kinds), subject.name)
        known = (*links.get(task["recipient"], ()), *known)
        who, what = _said(task)
        look_for = tuple(one for one in known if one)
        found[task["recipient"]] = OutsideRow(task["recipient"], who, what, look_for)
    return (*found.values(), *_on_paper(session, subject, records))


def _on_paper(
    session: Session, subject: DataSubject, records: Sequence[PersonalRecord]
) -> Iterator[OutsideRow]:
    """Walk the places where paper about her lies, each with all there is to do."""
    by_place: dict[str, list[PaperTask]] = {}
    for task in paper_tasks(session, subject, records):
        by_place.setdefault(task.place, []).append(task)
    for place, tasks in by_place.items():
        said = dict.fromkeys(_("{task}.").format(task=one.task) for one in tasks)
        words = " ".join((*said, _("Write it in the shredding log.")))
        look_for = tuple(dict.fromkeys(", ".join(one.look_for) for one in tasks))
        yield OutsideRow(place, place, words, look_for)


def as_task(row: OutsideRow) -> OutsideTask:
    """Return a task as the receipt keeps it, in no language where it is a channel."""
    own = row.key in _WORDS or row.key.startswith(_SHOWN)
    return OutsideTask(recipient=row.key, task="" if own else row.task, done_on=None)


def done_at_others(tasks: Iterable[OutsideTask]) -> tuple[OutsideDone, ...]:
    """Return the tasks of a receipt in the language spoken."""
    return tuple(
        OutsideDone(
            task["recipient"],
            *_said(task),
            date.fromisoformat(task["done_on"]) if task["done_on"] else None,
            is_own=task["recipient"] in _WORDS and not task["task"],
        )
        for task in tasks
    )


def _at_recipients(
    session: Session, records: Iterable[PersonalRecord], erased: Iterable[PersonalRecord]
) -> Iterator[OutsideTask]:
    recipients = recipients_by_activity(session)
    gone = {record.activity_id for record in erased}
    for activity_id in sorted({record.activity_id for record in records}):
        for one in recipients.get(activity_id, []):
            told = activity_id in gone and one.role is not RecipientRole.AUTHORITY
            if one.task or told:
                yield OutsideTask(recipient=one.name, task=one.task, done_on=None)


def _in_channels(session: Session, records: Iterable[PersonalRecord]) -> Iterator[OutsideTask]:
    used: dict[str, None] = {}
    for record in records:
        used |= dict.fromkeys(_channels_of(session, record))
    keys = [key for key in Channel if key in used and key in _WORDS]
    for key in (*keys, *(one for one in used if one.startswith(_SHOWN))):
        yield OutsideTask(recipient=str(key), task="", done_on=None)


def _channels_of(session: Session, record: PersonalRecord) -> Iterator[str]:
    """Walk the channels that a record says were used, whatever its columns are called."""
    for column in inspect(type(record)).columns:
        value = getattr(record, column.key) if column.info.get("personal") is False else None
        if isinstance(value, Channel):
            yield value.value
        elif isinstance(value, ConsentMethod) and value in _CAME_BY:
            yield _CAME_BY[value].value
    if isinstance(record, Consent):  # only places that the words of the register know
        known = session.get_one(ConsentText, record.text_id).channels
        yield from (f"{_SHOWN}{one}" for one in record.channels if one in known)
    media = picture_of(session, record)
    if media is not None:
        yield from (f"{_SHOWN}{one['channel']}" for _number, one in media.still_up())


def _links(session: Session, records: Iterable[PersonalRecord]) -> dict[str, list[str]]:
    """Return where in each place pictures of her are: while they are known, and on no receipt."""
    found: dict[str, list[str]] = {}
    for media in filter(None, (picture_of(session, one) for one in records)):
        for _number, one in media.still_up():
            found.setdefault(f"{_SHOWN}{one['channel']}", []).append(one["link"] or media.title)
    return found


def _said(task: OutsideTask) -> tuple[str, str]:
    key = task["recipient"]
    if key in _WORDS and not task["task"]:
        who, what = _WORDS[key]
        return _(who), _(what)
    if key.startswith(_SHOWN):
        return key.removeprefix(_SHOWN), _("Take down what shows her, if something does.")
    told = _("Tell them that her data are erased, so that they erase theirs (Article 19).")
    return key, task["task"] or told
