"""Checking a privacy policy that is there already. It needs no register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, listed
from gdprdesk.cli.call import Call
from gdprdesk.cli.progress import watched
from gdprdesk.clock import today
from gdprdesk.domain.policy.words import kind_label, severity_label
from gdprdesk.i18n import _, ngettext
from gdprdesk.imports.policy_text import read_policy
from gdprdesk.services.policy_check import MOST_CHARACTERS, PolicyReport, check_text

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

_PASTED = "-"


def check_policy(call: Call) -> Answer:
    """Tell what is missing, unclear, outdated or wrong in a policy from a file or the input."""
    given = call.given
    if given.source == _PASTED:
        text = sys.stdin.read(MOST_CHARACTERS + 1)
    else:
        with watched(_("Reading …")) as bar:
            text = read_policy(Path(given.source), progress=bar)
    found = check_text(
        text, today=today(call.clock), code=given.language, country=given.country or ""
    )
    value = {"language": found.language, "country": found.country, **listed(found.findings)}
    return Answer(value, lambda screen: _show(screen, found))


def _show(screen: Screen, found: PolicyReport) -> None:
    for one in found.findings:
        screen.heading(one.title)
        screen.words(f"{kind_label(one.kind)}. {severity_label(one.severity)}.", "dim")
        for quote in filter(None, (one.quote, one.beside)):
            screen.words(f"“{quote}”", "italic")
        screen.words(one.why)
        screen.words(one.how)
        screen.words(one.article, "dim")
    count = len(found.findings)
    said = ngettext("{count} thing to put right.", "{count} things to put right.", count)
    screen.heading(said.format(count=count) if count else _("Nothing to put right was found."))
    screen.words(_("This is a check of words by a program, and no legal advice."), "dim")
