"""The lists of the programs that send newsletters: how each writes them, and who is on them.

Mailchimp, MailerLite and Paloma each have their own way to say that somebody has left: a file of
its own in a zip, a column with a word, a sheet of its own. All of them are understood by what the
columns, the files and the sheets are called, so that a column more or less does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

from gdprdesk.domain.columns import Field, guess_columns
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _

_SAMPLE = 200


class MailingTool(StrEnum):
    """A program that sends newsletters, and whose files are known."""

    MAILCHIMP = "mailchimp"
    MAILERLITE = "mailerlite"
    PALOMA = "paloma"

    @property
    def label(self) -> str:
        """Return what it is called everywhere."""
        return _FORMS[self].name

    @property
    def columns(self) -> tuple[str, str, str]:
        """Return the headings it expects of an address, a first and a last name."""
        return _FORMS[self].columns

    @property
    def suffix(self) -> str:
        """Return how the files end that it takes in."""
        return _FORMS[self].suffix

    @property
    def how_to_export(self) -> str:
        """Return where its own list is fetched, as a sentence."""
        return _(_FORMS[self].how_to_export)

    @property
    def how_to_import(self) -> str:
        """Return where the two files go, as a sentence."""
        return _(_FORMS[self].how_to_import)


class _Form(NamedTuple):
    """How a program reads and writes its lists."""

    name: str
    columns: tuple[str, str, str]
    suffix: str
    how_to_export: str
    how_to_import: str


_FORMS = {
    MailingTool.MAILCHIMP: _Form(
        "Mailchimp",
        ("Email Address", "First Name", "Last Name"),
        ".csv",
        N_("In Mailchimp: Audience, All contacts, Export audience. You get a zip; choose that."),
        N_(
            "In Mailchimp: Audience, Import contacts. Import the first file as Subscribed and the "
            "second as Unsubscribed."
        ),
    ),
    MailingTool.MAILERLITE: _Form(
        "MailerLite",
        ("Email", "Name", "Last name"),
        ".csv",
        N_(
            "In MailerLite: Subscribers, all statuses, Export, with the columns for status and day "
            "of unsubscribing. You get a CSV file."
        ),
        N_(
            "In MailerLite: Subscribers, Add subscribers, Import. Unsubscribe those of the second "
            "file there."
        ),
    ),
    MailingTool.PALOMA: _Form(
        "Paloma",
        ("E-post", "Förnamn", "Efternamn"),
        ".xlsx",
        N_(
            "In Paloma: the three dots beside the contact list, Export, with the unsubscribed on a "
            "sheet of their own. You get an Excel file."
        ),
        N_(
            "In Paloma: Contacts, Import, with consent as the legal ground. Unsubscribe those of "
            "the second file there."
        ),
    ),
}


class MailingStatus(IntEnum):
    """Where an address stands there; the strictest counts when it is on several lists."""

    ACTIVE = 1
    UNCONFIRMED = 2
    BOUNCED = 3
    UNSUBSCRIBED = 4


@dataclass(frozen=True, repr=False)
class Sheet:
    """One list of an export.

    Attributes:
        name: What its file or its sheet is called.
        header: The words above the columns.
        rows: Every cell as text.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, repr=False)
class Member:
    """Somebody on the list of a program.

    Attributes:
        email: Her address as it stands there.
        name: What she is called there; may be empty.
        left_on: When she unsubscribed; nothing if it does not say.
    """

    email: str
    name: str
    status: MailingStatus
    left_on: date | None = None


_WORDS = (
    (MailingStatus.UNSUBSCRIBED, "unsubscri|avregistr|avslut|avanmal|avmeld|optout|junk|spam"),
    (MailingStatus.BOUNCED, "^clean|bounce|studs|invalid|ogiltig|ugyldig|retur"),
    (MailingStatus.UNCONFIRMED, "unconfirm|pending|obekraft|ubekreft|nonsubscri|transactional"),
    (MailingStatus.ACTIVE, "^subscri|^active|^aktiv|^registr|^pamel|^ja$|^yes$"),
)
_STATUS_WORDS = tuple((status, re.compile(words)) for status, words in _WORDS)
_STATUS_COLUMN = re.compile("^(email)?(marketing)?(status|state|tillstand|tilstand)$")
_LEFT_COLUMN = re.compile("^(unsub(scribed?)?(time|at|on|date)?|(avregistr|avanmal|avmeld)\\w*)$")
_BOUNCED_COLUMN = re.compile("^(cleaned?|bounced?)(time|at|on|date)?$")
_NOT_YET = {"", "0", "no", "nej", "nei", "false", "falskt", "usant", "null", "none", "-"}
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_SIGNS = (
    (MailingTool.MAILCHIMP, {"leid", "euid", "memberrating", "optintime", "unsubtime"}),
    (MailingTool.MAILERLITE, {"subscriber", "subscribedat", "unsubscribedat", "optedinat"}),
    (MailingTool.PALOMA, {"rattsliggrund", "legalground", "kontaktlista", "kontaktlistor"}),
)


def tool_of(sheets: Iterable[Sheet]) -> MailingTool | None:
    """Return which program wrote the lists, by headings that only it has; nothing if unsure."""
    seen = [{_letters(heading) for heading in sheet.header} for sheet in sheets]
    for tool, signs in _SIGNS:
        if any(signs & words for words in seen):
            return tool
    return None


def read_members(sheets: Sequence[Sheet], today: date) -> tuple[Member, ...]:
    """Return everybody on the lists of an export, also who has left.

    Args:
        sheets: The lists of the export.
        today: The last day on which anybody can have left.
    """
    return tuple(member for sheet in sheets for member in _members_of(sheet, today))


def has_addresses(sheet: Sheet) -> bool:
    """Return whether a list has a column of e-mail addresses."""
    return Field.EMAIL in _fields_of(sheet)


def _fields_of(sheet: Sheet) -> tuple[Field, ...]:
    """Return what the columns hold; the first of several with addresses is the one."""
    return guess_columns(sheet.header, sheet.rows[:_SAMPLE])


def _members_of(sheet: Sheet, today: date) -> Iterator[Member]:
    fields = _fields_of(sheet)
    if Field.EMAIL not in fields:
        return
    place = fields.index(Field.EMAIL)
    words = [_letters(heading) for heading in sheet.header]
    listed_as = _status_in(sheet.name) or MailingStatus.ACTIVE
    for row in sheet.rows:
        address = row[place].strip()
        if _ADDRESS.fullmatch(address):
            left = _cell_under(_LEFT_COLUMN, words, row)
            status = (
                _status_in(_cell_under(_STATUS_COLUMN, words, row))
                or _by_days(left, _cell_under(_BOUNCED_COLUMN, words, row))
                or listed_as
            )
            left_on = _day_in(left, today) if status is MailingStatus.UNSUBSCRIBED else None
            yield Member(address, _name_in(fields, row), status, left_on)


def _cell_under(heading: re.Pattern[str], words: Sequence[str], row: Sequence[str]) -> str:
    """Return what stands under the first heading of a kind; nothing if there is none."""
    found = (cell for word, cell in zip(words, row, strict=True) if heading.match(word))
    return next(found, "").strip()


def _by_days(left: str, bounced: str) -> MailingStatus | None:
    if left.casefold() not in _NOT_YET:
        return MailingStatus.UNSUBSCRIBED
    return MailingStatus.BOUNCED if bounced.casefold() not in _NOT_YET else None


def _status_in(text: str) -> MailingStatus | None:
    """Return the status that a word, a file or a sheet speaks of."""
    letters = _letters(text)
    found = (status for status, words in _STATUS_WORDS if letters and words.search(letters))
    return next(found, None)


def _day_in(text: str, today: date) -> date | None:
    """Return the day at the beginning of a moment in ISO form, as all three write it."""
    found = _ISO.match(text)
    if found is None:
        return None
    try:
        return min(date(*map(int, found.groups())), today)
    except ValueError:
        return None


def _name_in(fields: Sequence[Field], row: Sequence[str]) -> str:
    cells = dict(zip(fields, row, strict=True))
    first = cells.get(Field.FIRST_NAME, "") or cells.get(Field.NAME, "")
    last = cells.get(Field.LAST_NAME, "")
    whole = first if last and first.endswith(last) else f"{first} {last}"
    return " ".join(whole.split())


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))
