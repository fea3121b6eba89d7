"""A survey that is promised to be anonymous: the columns of its answers that break the promise.

SurveyMonkey writes RespondentID, CollectorID, IP Address, Email Address and the names of whoever
was invited; Microsoft Forms the account's Email and Name; Google Forms an Email Address if that was
asked for. And people write their own number into a free answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gdprdesk.domain.columns import is_identity_number
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _


class Trace(StrEnum):
    """What in an answer tells, or can tell, whose it is."""

    IP = "ip"
    EMAIL = "email"
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    IDENTITY_NUMBER = "identity_number"
    LINK = "link"

    @property
    def label(self) -> str:
        """Return what it is, in the language spoken."""
        return _(_LABELS[self])


_LABELS = {
    Trace.IP: N_("IP address"),
    Trace.EMAIL: N_("E-mail address"),
    Trace.NAME: N_("Name"),
    Trace.PHONE: N_("Phone number"),
    Trace.ADDRESS: N_("Address"),
    Trace.IDENTITY_NUMBER: N_("Personal identity number"),
    Trace.LINK: N_("A number by which the survey service knows who it was"),
}


@dataclass(frozen=True, repr=False)
class SurveyColumn:
    """A column that breaks the promise, with what and how often; what stands there is not kept.

    Attributes:
        place: Which column, counted from 0.
        heading: What stands above it.
        traces: What was found in it.
        rows: In how many answers.
        row_numbers: The first of them, as a spreadsheet program counts.
        whole: Whether the whole column is of this, and not only a free answer here and there.
    """

    place: int
    heading: str
    traces: tuple[Trace, ...]
    rows: int
    row_numbers: tuple[int, ...]
    whole: bool


_HEADINGS = (
    (Trace.IP, r"^ip(ad+ress\w*)?$|ipad+ress"),
    (Trace.EMAIL, r"^(your|din)?(e?mail|epost|mejl)(ad+ress\w*)?$|emailad+ress|epostad+ress"),
    (Trace.IDENTITY_NUMBER, "personnummer|fodselsnummer|personnr|fodselsnr|^ssn$"),
    (Trace.NAME, "^(your|ditt|full|first|last|for|efter|etter|tilltals|user)?(namn|navn|name)$"),
    (Trace.NAME, "whatisyour(full)?name|vadheterdu|hvaheterdu"),
    (Trace.PHONE, "telefon|mobil|phone|tlf"),
    (Trace.ADDRESS, "^(post|gatu|gate|hem|street|home)?ad+ress\\w*$|^postnummer$|^zip"),
    (Trace.LINK, "^(respondent|collector|response)id$|^customdata|^externalreference"),
)
_BY_HEADING = tuple((trace, re.compile(words)) for trace, words in _HEADINGS)
_ANY = {"anonymous", "anonym", "anonymt", "-", "n/a"}
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_LOOKS = (
    (Trace.EMAIL, re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[a-zA-Z]{2,}")),
    (Trace.IP, re.compile(rf"(?<![\d.])(?:{_BYTE}\.){{3}}{_BYTE}(?![\d.])")),
    (Trace.IP, re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\w:])")),
    (Trace.PHONE, re.compile(r"(?<![\d.,:/-])(?:\+\d{2}|0)(?:[\s\-/()]*\d){7,12}(?![\d.,:/-])")),
)
_NUMBERS = re.compile(r"(?<!\d)\d{6}(?:\d{2})?[-+ ]?\d{4,5}(?!\d)")
_STREET = re.compile(
    r"\b[A-ZÅÄÖÆØ][a-zåäöæø]*(?:gatan?|vägen|gate|gaten|veien|vegen)\s\d{1,3}\s?[A-Za-z]?\b"
)
_MOST_NUMBERS = 20
_MOST = 0.5


def find_traces(
    header: Sequence[str], rows: Sequence[Sequence[str]], first_row_number: int
) -> tuple[SurveyColumn, ...]:
    """Return the columns that tell whose an answer is, by their heading or by what is in them.

    An empty column breaks no promise: the service was told not to gather it.

    Args:
        header: The words above the columns.
        rows: The answers.
        first_row_number: The number that a spreadsheet program shows beside the first answer.
    """
    found = (
        _look_at(place, heading, [row[place] for row in rows], first_row_number)
        for place, heading in enumerate(header)
    )
    return tuple(one for one in found if one is not None)


def _look_at(
    place: int, heading: str, cells: Sequence[str], first_row_number: int
) -> SurveyColumn | None:
    letters = _NOT_LETTERS.sub("", fold(heading))
    said = next((trace for trace, words in _BY_HEADING if words.search(letters)), None)
    traces: set[Trace] = set()
    numbers = []
    for number, cell in enumerate(cells, first_row_number):
        text = cell.strip()
        if not text or text.casefold() in _ANY:
            continue
        told = {said} if said else _traces_in(text)
        if told:
            traces |= told
            numbers.append(number)
    if not numbers:
        return None
    filled = sum(bool(cell.strip()) for cell in cells)
    return SurveyColumn(
        place=place,
        heading=" ".join(heading.split()),
        traces=tuple(one for one in Trace if one in traces),
        rows=len(numbers),
        row_numbers=tuple(numbers[:_MOST_NUMBERS]),
        whole=said is not None or len(numbers) > _MOST * filled,
    )


def _traces_in(text: str) -> set[Trace]:
    """Return what in a free answer tells whose it is."""
    found = {trace for trace, look in _LOOKS if look.search(text)}
    if any(map(is_identity_number, _NUMBERS.findall(text))):
        found = found - {Trace.PHONE} | {Trace.IDENTITY_NUMBER}
    if _STREET.search(text):
        found.add(Trace.ADDRESS)
    return found
