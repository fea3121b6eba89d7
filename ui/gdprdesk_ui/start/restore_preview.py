"""What comes back with a backup and what would be lost, before anything is done."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk_ui.widgets import Banner, Icon, Label, column, holder, row

if TYPE_CHECKING:  # heavy; imported when a backup is opened
    from gdprdesk.services.restoring import LostWork, RestorePreview

_DAYS_SHOWN = 10


def preview_lines(preview: RestorePreview, *, replaces: bool) -> list[QWidget]:
    """Return what is shown of a preview.

    Args:
        preview: What was found in the copy.
        replaces: There is a register in that place now.
    """
    lines: list[QWidget] = [_counts(preview, with_now=preview.known)]
    if preview.lost:
        lines.append(_lost(preview.lost))
    elif replaces:
        said = (
            _("Nothing was done since: nothing is lost.")
            if preview.known
            else _("The register that is there cannot be read, so nobody can say what is lost.")
        )
        lines.append(_sentence("info", said))
    if preview.erased_again:
        lines.append(_sentence("user-x", _erased(len(preview.erased_again))))
    if replaces:
        lines.append(
            _sentence(
                "archive", _("The register that is there now is not deleted: it is moved aside.")
            )
        )
    lines += [Banner("warn", warning) for warning in preview.warnings]
    return lines


def _erased(count: int) -> str:
    return ngettext(
        "{count} person who was erased since is erased from it before anybody can open it.",
        "{count} people who were erased since are erased from it before anybody can open it.",
        count,
    ).format(count=format_number(count))


def _counts(preview: RestorePreview, *, with_now: bool) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    heads = [_("In the register"), _("In the copy"), *([_("Now")] if with_now else [])]
    for place, words in enumerate(heads):
        grid.addWidget(_cell(words, "muted", right=place > 0), 0, place)
    for line, count in enumerate(preview.counts, 1):
        grid.addWidget(Label(count.said[:1].upper() + count.said[1:], "small"), line, 0)
        grid.addWidget(_cell(format_number(count.then), "text"), line, 1)
        if with_now and count.now is not None:
            less = count.then < count.now
            grid.addWidget(_cell(format_number(count.now), "warn" if less else "text"), line, 2)
    return holder(grid)


def _cell(words: str, role: str, *, right: bool = True) -> Label:
    label = Label(
        words,
        "caption" if role == "muted" else "small",
        "warn" if role == "warn" else "muted" if role == "muted" else "text",
        keep=True,
        tabular=True,
    )
    if right:
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label


def _lost(lost: tuple[LostWork, ...]) -> QWidget:
    days = [(day, list(work)) for day, work in groupby(lost, key=lambda one: one.day)]
    lines = [_day(day, work) for day, work in reversed(days[-_DAYS_SHOWN:])]
    if len(days) > _DAYS_SHOWN:
        more = len(days) - _DAYS_SHOWN
        said = ngettext("and {count} day before", "and {count} days before", more)
        lines.append(Label(said.format(count=format_number(more)), "small", "muted"))
    title = Label(_("What was done since, and would be lost"), "strong", "warn", wrap=True)
    return holder(column(title, *lines, spacing=4))


def _day(day: date, work: list[LostWork]) -> Label:
    said = ", ".join(
        one.said if one.count == 1 else f"{one.said} ({format_number(one.count)})" for one in work
    )
    return Label(f"{format_day(day, short=True)}: {said}", "small", wrap=True)


def _sentence(icon_name: str, said: str) -> QWidget:
    line = row(Icon(icon_name, "muted", 16), Label(said, "small", wrap=True))
    line.setStretch(1, 1)
    return holder(line)
