"""Gaps and repetitions in the numbers of the headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from gdprdesk.domain.policy.findings import Finding, Reading, Rule
from gdprdesk.domain.policy.text import Section

_LEAST = 3
Numbered = list[tuple[int, Section]]


def gaps(missing: Rule, repeated: Rule, reading: Reading) -> Iterator[Finding]:
    """Walk the numbers that are left out, or used twice, among headings counted together."""
    for run in _runs(reading):
        if len(run) < _LEAST:
            continue
        for (before, _), (number, section) in pairwise(run):
            heading = section.sentences[0]
            if number == before:
                yield Finding(repeated, heading, named={"number": str(number)})
            elif number == before + 2:
                yield Finding(missing, heading, named={"number": str(number - 1)})


def _runs(reading: Reading) -> Iterator[Numbered]:
    """Walk the series of numbers: what begins at 1 again is a series of its own."""
    series: dict[tuple[int, ...], list[Numbered]] = defaultdict(list)
    for section in reading.text.sections:
        if not section.number:
            continue
        *above, number = section.number
        runs = series[tuple(above)]
        if not runs or number < runs[-1][-1][0]:
            runs.append([])
        runs[-1].append((number, section))
    for runs in series.values():
        yield from runs
