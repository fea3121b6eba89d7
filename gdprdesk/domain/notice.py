"""What a privacy notice is made of, what it must hold, and how two of them differ.

Articles 12, 13 and 14. The sentences themselves are in `notice_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Literal

from gdprdesk.domain.activities import EEA, ProcessingActivity
from gdprdesk.domain.base import ActivityRef
from gdprdesk.domain.differences import Change, WordChange, compare_texts
from gdprdesk.domain.editions import FrozenPart
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import LegalBasis, Origin
from gdprdesk.i18n import N_

RIGHTS = "rights"
"""The group of the activities that go on after an erasure: requests, the log."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")

Level = Literal[1, 2]


class Form(StrEnum):
    """How a line of a notice looks.

    Attributes:
        TEXT: A paragraph.
        POINT: A line of a list.
        FIELD: A label and what it says.
        HEAD: The headings of a table.
        ROW: A row of a table.
        SMALL: The place in the law, last and small.
    """

    TEXT = "text"
    POINT = "point"
    FIELD = "field"
    HEAD = "head"
    ROW = "row"
    SMALL = "small"


@dataclass(frozen=True)
class Line:
    """A line of a notice: one text, or one for each cell."""

    form: Form
    cells: tuple[str, ...]

    @property
    def said(self) -> str:
        """Return the line as one text."""
        return (": " if self.form is Form.FIELD else " | ").join(self.cells)


@dataclass(frozen=True)
class Part:
    """What stands under a heading of a notice; the first part has none.

    Attributes:
        level: 1 for a part of the notice, 2 for a part of the part before it.
    """

    heading: str
    lines: tuple[Line, ...]
    level: Level = 1


@dataclass(frozen=True, eq=False)
class Told:
    """A row of the register as a notice tells of it.

    Attributes:
        interest: What the legitimate interest is, as it was weighed; empty if it was not.
        periods: How long each purpose keeps the data, a sentence each, the main one first.
        foreign: The row has texts that nobody has said in the language of the notice.
    """

    activity: ProcessingActivity
    recipients: Sequence[Recipient]
    interest: str
    periods: Sequence[str]
    foreign: bool = False

    @property
    def bases(self) -> frozenset[LegalBasis]:
        """Return the legal bases of all its purposes."""
        further = (LegalBasis(one["legal_basis"]) for one in self.activity.further_purposes)
        return frozenset({self.activity.legal_basis, *further})

    @property
    def stays(self) -> bool:
        """Whether it goes on after an erasure."""
        return self.activity.group == RIGHTS


@dataclass(frozen=True)
class Gap:
    """What a notice cannot say, since the register does not.

    Attributes:
        sentence: What is missing, in English.
        article: Where the regulation asks for it, such as "13(1)(a)".
        activity: The row of the register that does not say it; nothing if it is the business.
    """

    sentence: str
    article: str
    activity: ActivityRef | None = None


@dataclass(frozen=True)
class SentenceChange:
    """A sentence that says something else than before; empty where it came or went."""

    before: str
    after: str
    words: tuple[WordChange, ...]


@dataclass(frozen=True)
class PartChange:
    """A part of a notice that came, went or changed."""

    heading: str
    change: Change
    sentences: tuple[SentenceChange, ...]


def freeze(parts: Iterable[Part]) -> list[FrozenPart]:
    """Return the parts of a notice as they are kept."""
    return [
        FrozenPart(
            heading=one.heading,
            level=one.level,
            lines=[[line.form.value, *line.cells] for line in one.lines],
        )
        for one in parts
    ]


def thaw(parts: Iterable[FrozenPart]) -> tuple[Part, ...]:
    """Return the parts of a notice that was kept."""
    return tuple(
        Part(
            heading=one["heading"],
            lines=tuple(Line(Form(form), tuple(cells)) for form, *cells in one["lines"]),
            level=1 if one["level"] == 1 else 2,
        )
        for one in parts
    )


def notice_lacks(controller: Organisation, rows: Sequence[Told]) -> tuple[Gap, ...]:
    """Return what a notice should say and the register does not.

    Articles 13(1) and (2), 14(1) and (2), 12(1), 21 and 26(2).
    """
    own = (
        (controller.name, "13(1)(a)", N_("The name of the business is missing")),
        (controller.address, "13(1)(a)", N_("The address of the business is missing")),
        (
            controller.email or controller.phone,
            "13(1)(a)",
            N_("There is no way to ask the business about privacy"),
        ),
        (
            controller.officer,
            "13(1)(b)",
            N_("It does not say who the data protection officer is, or why there is none"),
        ),
        (
            any(not one.stays for one in rows),
            "13(1)(c)",
            N_("No row of the register is told to these people"),
        ),
        (
            any(one.stays for one in rows),
            "13(2)(a)",
            N_("It does not say what stays after an erasure"),
        ),
    )
    lacking = [Gap(said, article) for there, article, said in own if not there]
    return (*lacking, *(gap for one in rows for gap in _lacks_of(one)))


def _lacks_of(told: Told) -> Iterator[Gap]:
    row, other = told.activity, told.activity.collected_from is Origin.OTHER
    interest = LegalBasis.LEGITIMATE_INTEREST in told.bases
    abroad = (one for one in told.recipients if one.country not in EEA)
    judged = row.profiling or row.automated_decision
    asked: tuple[tuple[object, str, str], ...] = (
        (row.purpose, "13(1)(c)", N_("The purpose is missing")),
        (row.categories, "14(1)(d)", N_("It does not say which data")),
        (
            told.interest or not interest,
            "13(1)(d)",
            N_("The legitimate interest has not been weighed"),
        ),
        (
            all(one.mechanism for one in abroad),
            "13(1)(f)",
            N_("A transfer outside the EEA has no safeguard"),
        ),
        (row.sources or not other, "14(2)(f)", N_("It does not say where the data come from")),
        (
            row.duty or other,
            "13(2)(e)",
            N_("It does not say whether the data must be given, and what happens if not"),
        ),
        (
            row.objection or not judged,
            "21(1)",
            N_("It does not say how a person objects to being profiled"),
        ),
        (
            row.joint_arrangement or not row.joint_controller,
            "26(2)",
            N_("It does not say who of the two controllers answers for what"),
        ),
        (
            not told.foreign,
            "12(1)",
            N_("Its own words are written in another language than the notice"),
        ),
    )
    return (Gap(said, article, row.ref) for there, article, said in asked if not there)


def compare_parts(older: Sequence[Part], newer: Sequence[Part]) -> tuple[PartChange, ...]:
    """Return what changed from one notice to another: its parts, and the sentences in them."""
    before, after = _by_heading(older), _by_heading(newer)
    found = []
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        change = Change.ADDED if old is None else Change.GONE if new is None else Change.CHANGED
        found.append(PartChange(key[0], change, tuple(_changed(old or (), new or ()))))
    return tuple(found)


def _by_heading(parts: Sequence[Part]) -> Mapping[tuple[str, int], Sequence[str]]:
    """Return the sentences of each part; two parts of one heading are told apart by number."""
    found: dict[tuple[str, int], Sequence[str]] = {}
    for part in parts:
        number = sum(heading == part.heading for heading, _number in found)
        said = [one for line in part.lines for one in _SENTENCE.split(line.said)]
        found[part.heading, number] = said
    return found


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[SentenceChange]:
    """Walk the sentences that differ; one in the place of another is told beside it."""
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, came = [*old[i:j]], [*new[k:n]]
        longest = max(len(gone), len(came))
        gone += [""] * (longest - len(gone))
        came += [""] * (longest - len(came))
        for before, after in zip(gone, came, strict=True):
            yield SentenceChange(before, after, compare_texts(before, after))
