"""A policy as it was pasted to sections and sentences, whatever web page or file it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])(?:-|\ufffe|\x02)[ \t]*\r?\n[ \t]*(?=[a-zåäöæø])")
_LOOKS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_HARD_BREAK = re.compile(r"(?<!\\)\\\s*$")
_ESCAPED = re.compile(r"\\(?=[^\w\s])")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")  # Markdown: before a sign, or to end a line
_STRESS = re.compile(r"\*+(?=\S)|(?<=\S)\*+|`")
_TITLE = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_BULLET = re.compile(r"(?:[-*+\u2022\u00b7\u25aa\u25cf\u2013]|[a-z]\))\s+(?=\S)")
_RULE = re.compile(r"[\s|:=_*+-]+$")
_NUMBER = re.compile(r"(?:§\s*)?(\d{1,2}(?:\.\d{1,2}){0,2})(?:[.):]|(?=\s))\s*(?=[A-ZÅÄÖÆØ])")
_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-ZÅÄÖÆØ0-9§])")
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:[a-zåäöæø]|t\.?ex|bl\.?a|m\.?m|m\.?fl|s\.?k|f\.?eks|e\.?g|i\.?e|etc|nr|no|art|"
    r"kap|kl|dvs|mv|osv|ev|jf|jfr|pkt|ca|inc|ltd|tel|tlf|org|inkl|exkl|resp|evt|vol|sec|para)\.$",
    re.IGNORECASE,
)
_ONLY_A_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.")
_LONGEST_TITLE, _MOST_TITLE_WORDS = 80, 9
_SHORT_LINE = 45
_LONGEST_SENTENCE = 1_200


@dataclass(frozen=True)
class Sentence:
    """A sentence, a heading, a line of a list or a row of a table.

    Attributes:
        text: As it is quoted.
        plain: As it is searched: small letters, plain quotes and dashes, single spaces.
        section: Which section it stands in, counted from 0.
        place: Which sentence of the whole text it is, counted from 0.
        brief: Whether it is a line of a list or a row of a table, which says things in few words.
    """

    text: str
    plain: str
    section: int
    place: int
    brief: bool = False


@dataclass(frozen=True)
class Section:
    """What stands between two headings.

    Attributes:
        sentences: Its heading first, if it has one.
        number: Of its heading, such as (2, 1); empty if it has none.
        level: How deep its heading stands: 1 for the title, 0 for what stands above any heading.
    """

    sentences: Sequence[Sentence]
    number: tuple[int, ...] = ()
    level: int = 0


@dataclass(frozen=True)
class PolicyText:
    """A policy, ready to be looked at."""

    sections: Sequence[Section]

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Walk every sentence and heading in the order it is read."""
        for section in self.sections:
            yield from section.sentences

    def is_heading(self, sentence: Sentence) -> bool:
        """Return whether a sentence is the heading of its section."""
        section = self.sections[sentence.section]
        return section.level > 0 and section.sentences[0] is sentence

    def chapter(self, place: int) -> Sequence[Section]:
        """Return a section with all that stands under the same heading below the title."""
        first = place
        while (above := self._above(first)) is not None and self.sections[above].level > 1:
            first = above
        last = first + 1
        while last < len(self.sections) and self.sections[last].level > self.sections[first].level:
            last += 1
        return self.sections[first:last]

    def _above(self, place: int) -> int | None:
        level = self.sections[place].level
        return next((n for n in range(place - 1, -1, -1) if self.sections[n].level < level), None)


@dataclass
class _Block:
    """Lines that belong together, on the way to become sentences."""

    lines: list[str] = field(default_factory=list)
    brief: bool = False


def plain(text: str) -> str:
    """Return a text as it is searched: by its words, whatever it looks like."""
    folded = unicodedata.normalize("NFC", text.translate(_LOOKS)).casefold()
    return " ".join(folded.split())


def parse(text: str) -> PolicyText:
    """Return the sections and sentences of a policy; headings may be marked as in Markdown."""
    sections: list[Section] = []
    found: list[Sentence] = []
    number: tuple[int, ...] = ()
    level, places = 0, count()
    for kind, line in _blocks(_cleaned(text)):
        marks, said = _title(line) if kind == "title" else (0, line)
        if kind == "title":
            if found:
                sections.append(Section(tuple(found), number, level))
            counted = _NUMBER.match(said)
            number = tuple(map(int, counted[1].split("."))) if counted else ()
            found, level = [], marks or max(len(number) + 1, 2)
        for one in [said] if kind == "title" else _sentences(said):
            brief = kind == "brief"
            found.append(Sentence(one, plain(one), len(sections), next(places), brief))
    if found:
        sections.append(Section(tuple(found), number, level))
    return PolicyText(tuple(sections))


def _title(line: str) -> tuple[int, str]:
    """Return how deep a heading is marked to stand, and what it says."""
    marked = _TITLE.match(line)
    return (len(marked[1]), marked[2]) if marked else (0, line)


def _cleaned(text: str) -> list[str]:
    """Return the lines without marks of looks; lines that Markdown breaks by hand are a list."""
    text = _LINK.sub(r"\1", _BROKEN_WORD.sub("", _UNSEEN.sub("", text)))
    lines: list[str] = []
    goes_on = False
    for line in text.splitlines():
        said, breaks = _HARD_BREAK.subn("", line)
        mark = "- " if (breaks or goes_on) and said.strip() else ""
        lines.append(mark + _ESCAPED.sub("", _STRESS.sub("", said)).strip())
        goes_on = bool(breaks)
    return lines


def _blocks(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Walk the headings, lines of lists and paragraphs."""
    block = _Block()
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        after = lines[place + 1] if place + 1 < len(lines) else ""
        marked, bullet = _TITLE.match(line), _BULLET.match(line)
        is_title = marked or _is_title(line, before, after)
        is_row = line.count("|") > 1 or "\t" in line
        if not line or _RULE.match(line) or is_title or bullet or is_row or _is_new(block, line):
            yield from _closed(block)
            block = _Block(brief=bool(bullet or is_row))
        if is_title:
            yield "title", line
        elif not _RULE.match(line):
            block.lines.append(line[bullet.end() :] if bullet else line.strip("|\t "))
    yield from _closed(block)


def _closed(block: _Block) -> Iterator[tuple[str, str]]:
    said = " ".join(line for line in block.lines if line)
    if said:
        yield "brief" if block.brief else "text", said


def _is_new(block: _Block, line: str) -> bool:
    """Return whether a line begins anew, rather than going on where the paper ended."""
    if not block.lines:
        return False
    last = block.lines[-1]
    return len(last) < _SHORT_LINE and not line[0].islower() and not last.endswith((",", ";"))


def _is_title(line: str, before: str, after: str) -> bool:
    if not line or len(line) > _LONGEST_TITLE or line.endswith((".", ",", ";", "!")):
        return False
    if "|" in line or "@" in line or _BULLET.match(line):
        return False
    numbered = _NUMBER.match(line)
    short = len(line.split()) <= _MOST_TITLE_WORDS + bool(numbered)
    if numbered:
        return short and not line.endswith(":")
    alone = not before and not after[:1].islower() and bool(after or line.endswith("?"))
    return short and alone and line[0].isupper() and not line.endswith(":")


def _sentences(said: str) -> Iterator[str]:
    begun = ""
    for part in _END.split(" ".join(said.split())):
        begun = f"{begun} {part}".strip()
        if not (_SHORTENED.search(begun) or _ONLY_A_NUMBER.fullmatch(begun)):
            yield from _cut(begun)
            begun = ""
    if begun:
        yield from _cut(begun)


def _cut(sentence: str) -> Iterator[str]:
    """Walk a sentence in parts that a reader can take in; nobody writes longer ones."""
    while len(sentence) > _LONGEST_SENTENCE:
        at = sentence.rfind(" ", 0, _LONGEST_SENTENCE)
        at = at if at > 0 else _LONGEST_SENTENCE
        yield sentence[:at]
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence
