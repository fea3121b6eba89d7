"""The names of people: taken apart, inflected, and spelt in more than one way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA, Levenshtein

from gdprdesk.domain.text import fold

WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")

# Before a family name, and never looked for: "von", "af".
_PARTICLES = frozenset(
    {"af", "av", "al", "da", "de", "del", "den", "der", "la", "le", "van", "von"}
)
_NAMES_THAT_ARE_WORDS = """
alm alva asp august bakke berg bjorn blom bo bok bonde bratt dag dahl dal ek eng even fager falk
flink frid frisk frost gard gran glad hage hagen hall hamar hammar hav hjort hog holm is kall
klar klok kvist lang lange lie lilja lind ling liv lo lund maj mai malm man mark may mo modig
moen munk my norden nord ny odd os per rask ren rik ros rose skog snygg sol stark stein sten
stig stor strand strom svan svard tall tor trygg ulv vang viken vik vind viol vit
"""
_ALSO_WORDS = frozenset(_NAMES_THAT_ARE_WORDS.split())  # folded
_CASES = ("", "s")
_FAMILY_CASES = (*_CASES, "arna", "arnas", "ene", "enes", "skan", "skans")
# What is heard the same in Swedish and Norwegian names.
_SOUNDS = tuple(
    (re.compile(spelt), heard)
    for spelt, heard in (
        ("ck|ch", "k"),
        ("ph", "f"),
        ("th|dt", "t"),
        ("q[vu]", "kv"),
        ("q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("x", "ks"),
        ("z", "s"),
        ("w", "v"),
        ("ae|aa", "a"),
        ("oe", "o"),
        ("[yj]", "i"),
        ("(?<=.)h(?=[^aeiou]|$)", ""),
        ("f$", "v"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = frozenset("aeiou")
_ALIKE = 0.85
"""So much of two names must be the same; measured on a table of real names in the tests."""
_NEARLY_THE_SAME = 0.875
"""And so much where one letter stands for another: of short names that makes other names."""
_MOST_LETTERS_MORE = 4
_ENDING = 2  # the last letters tell Kristian from Kristina and Daniel from Daniela


@dataclass(frozen=True, repr=False)
class NameParts:
    """A name taken apart, each part folded.

    Attributes:
        given: The given names; of those with a hyphen each part, and both as one word.
        family: The last word; two parts if it has a hyphen, none if there is only one word.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]


def parts_of(name: str) -> NameParts:
    """Take a name apart: "Holm, Anna-Lena" and "Anna-Lena Holm" alike."""
    family, comma, given = name.partition(",")
    words = [*given.split(), *family.split()] if comma else name.split()
    spelt = [tuple(plain(part) for part in WORD.findall(word)) for word in words]
    known = [parts for parts in spelt if parts and not _PARTICLES.issuperset(parts)]
    if not known:
        return NameParts((), ())
    firsts = known[:-1] or known
    joined = ["".join(parts) for parts in firsts if len(parts) > 1]
    given_parts = [part for parts in firsts for part in parts]
    return NameParts((*given_parts, *joined), known[-1] if known[1:] else ())


def plain(word: str) -> str:
    """Return one word of a name as it is compared: folded, and without an apostrophe."""
    return fold(word).replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")


def is_also_word(folded: str) -> bool:
    """Return whether a name means something else as well: "sten", "björn"."""
    return folded in _ALSO_WORDS or folded.removesuffix("s") in _ALSO_WORDS


def forms(part: str, *, family: bool) -> Iterator[str]:
    """Walk how a part of a name is inflected: "Nybergs", and of a family "Nybergarna"."""
    return (part + case for case in (_FAMILY_CASES if family else _CASES))


def alike(one: str, other: str) -> bool:
    """Return whether two folded names could be one, spelt otherwise or with a slip of the finger.

    Names that people tell apart are not: Anna and Hanna, Lindberg and Lundberg, Hansen and Hansson.
    """
    first, second = heard(one), heard(other)
    if first == second:
        return True
    if first[:1] != second[:1] or first[-_ENDING:] != second[-_ENDING:]:
        return False
    similar = OSA.normalized_similarity(first, second, score_cutoff=_ALIKE)
    exchanged = [
        {first[op.src_pos], second[op.dest_pos]}
        for op in Levenshtein.editops(first, second)
        if op.tag == "replace"
    ]
    if not exchanged:
        return similar > 0
    return similar >= _NEARLY_THE_SAME and not any(pair <= _VOWELS for pair in exchanged)


def any_alike(said: str, parts: Iterable[str]) -> bool:
    """Return whether a folded word could be one of these names, or the genitive of it."""
    spelt = {said, said.removesuffix("s")}
    near = (part for part in parts if abs(len(said) - len(part)) <= _MOST_LETTERS_MORE)
    return any(alike(one, part) for part in near for one in spelt)


def heard(folded: str) -> str:
    """Return a folded name as it is heard: that of Qvist and Kvist is the same."""
    for spelt, sound in _SOUNDS:
        folded = spelt.sub(sound, folded)
    return folded
