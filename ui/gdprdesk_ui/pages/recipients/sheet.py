"""Everything that is known of one recipient, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.recipients import SubProcessor
from gdprdesk.domain.terms import RecipientRole, say
from gdprdesk.i18n import _, format_country, format_day
from gdprdesk.services.recipients import RecipientRow
from gdprdesk_ui.pages.register.sheet_parts import DOT, group, pills, quietly, said, told
from gdprdesk_ui.tokens import Role
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Described,
    IconTile,
    Label,
    ListRow,
    Pill,
    column,
    hide_unless,
    row,
)
from gdprdesk_ui.widgets.layout import Item

_ICONS = {
    RecipientRole.PROCESSOR: "handshake",
    RecipientRole.CONTROLLER: "building-2",
    RecipientRole.AUTHORITY: "landmark",
}


class RecipientSheet(QWidget):
    """Who it is, what it gets, the agreement with it, and what was seen of its keeping.

    Signals:
        change_wanted: Change what is known.
        remove_wanted: Take it out of the register.
        file_wanted: Put the signed agreement in.
        copy_wanted: Save a copy of the agreement that is kept here.
        without_file_wanted: Take the file of the agreement out.
        agreement_wanted: Write an agreement to sign.
        review_wanted: The agreement was looked through.
        evidence_wanted: Write down what was seen.

    Attributes:
        change_button: Changes what is known.
        remove_button: Takes it out; only where no row of the register names it.
        file_button: Puts the signed agreement in, or another one.
        copy_button: Saves a copy of it; None while there is no file.
        agreement_button: Writes an agreement to sign; None where none is needed.
        review_button: Says that the agreement was looked through.
        evidence_button: Writes down what was seen.
        due: What is to be arranged; None where nothing is.
    """

    change_wanted = Signal()
    remove_wanted = Signal()
    file_wanted = Signal()
    copy_wanted = Signal()
    without_file_wanted = Signal()
    agreement_wanted = Signal()
    review_wanted = Signal()
    evidence_wanted = Signal()

    def __init__(self, one: RecipientRow, due: Sequence[str], today: date) -> None:
        super().__init__()
        self._one, self._today = one, today
        self.change_button = Button(
            _("Change"), icon_name="pencil", on_click=self.change_wanted.emit
        )
        self.remove_button = _small(_("Remove"), "trash-2", self.remove_wanted.emit)
        hide_unless(not one.used_in, self.remove_button)
        self.file_button = _small(
            _("Put in another…") if one.agreement_name else _("Put in the signed agreement…"),
            "paperclip",
            self.file_wanted.emit,
        )
        self.copy_button: Button | None = None
        self.agreement_button: Button | None = None
        self.review_button = _small(_("Looked through today"), "check", self.review_wanted.emit)
        self.evidence_button = _small(_("Write what you saw…"), "eye", self.evidence_wanted.emit)
        self.due = Banner("warn", ". ".join(due) + ".", icon_name="triangle-alert") if due else None
        banner = [self.due] if self.due else []
        self.setLayout(
            column(
                self._heading(),
                *banner,
                *group(_("The service"), self._what_for()),
                *self._agreement(),
                *group(_("How it keeps its word"), self._keeping()),
                row(self.remove_button, None),
                None,
                spacing=14,
                margins=(24, 22, 24, 24),
            )
        )

    def _heading(self) -> QWidget:
        one = self._one
        words = column(
            Label(one.name, "title", wrap=True),
            Label(
                DOT.join((say(one.role), format_country(one.country))), "small", "muted", wrap=True
            ),
            spacing=2,
        )
        heading = QWidget()
        line = row(IconTile(_ICONS[one.role], "accent", 44, 22), words, self.change_button)
        line.setSpacing(14)
        line.setStretch(1, 1)
        heading.setLayout(line)
        return heading

    def _what_for(self) -> list[QWidget]:
        one = self._one
        used = pills((name, False) for name in one.used_in) if one.used_in else None
        nowhere = said(_("No row of the register names it yet."), quiet=True)
        lawful = one.mechanism or _("no safeguard is given")
        return [
            Described(_("What it does for you"), said(one.service)),
            Described(_("What it gets"), said(one.gets)),
            *(told(_("Outside the EEA"), lawful) if one.outside_eea else []),
            Described(_("Used for"), used or nowhere),
            *told(_("When somebody is erased"), one.task),
            *told(_("Contact"), one.contact),
        ]

    def _agreement(self) -> list[QWidget]:
        one = self._one
        if one.role is not RecipientRole.PROCESSOR and one.agreement_on is None:
            return self._without(self.file_button, self.review_button)
        self.agreement_button = _small(
            _("Write one to sign…"), "signature", self.agreement_wanted.emit
        )
        days = [self._days(), *([self._ends()] if one.agreement_until else [])]
        write = [row(self.agreement_button, None)]
        return group(
            _("Agreement"),
            [
                Described(_("In force"), *days, *write),
                Described(_("The signed paper"), *self._file()),
                Described(_("To be looked through"), self._review(), row(self.review_button, None)),
            ],
        )

    def _without(self, *buttons: QWidget) -> list[QWidget]:
        """Keep buttons that have no place here, hidden: the sheet takes them with it."""
        for button in buttons:
            button.setParent(self)
            button.hide()
        return []

    def _days(self) -> QWidget:
        begun = self._one.agreement_on
        if begun is None:
            return said(_("Not yet"))
        return said(_("Since {day}").format(day=format_day(begun, short=True)))

    def _ends(self) -> QWidget:
        day = self._one.agreement_until or self._today
        words = _("Ended {day}") if day < self._today else _("Until {day}")
        role: Role = "warn" if self._one.runs_out else "text"
        return Label(words.format(day=format_day(day, short=True)), "body", role, wrap=True)

    def _file(self) -> list[Item]:
        one = self._one
        if not one.agreement_name:
            return [said(_("Not kept here")), row(self.file_button, None)]
        self.copy_button = _small(_("Save a copy…"), "download", self.copy_wanted.emit)
        without = _small(_("Take it out"), None, self.without_file_wanted.emit)
        return [
            ListRow("file-check", one.agreement_name),
            row(self.copy_button, self.file_button, None),
            row(without, None),
        ]

    def _review(self) -> QWidget:
        day = self._one.review_on
        if day is None:
            return said(_("No day is set"))
        return said(_("By {day}").format(day=format_day(day, short=True)))

    def _keeping(self) -> list[QWidget]:
        one = self._one
        if one.role is not RecipientRole.PROCESSOR and not one.evidence:
            return self._without(self.evidence_button)
        seen = [_seen(each["what"], each["seen_on"]) for each in reversed(one.evidence)]
        others = [_other(each) for each in one.sub_processors]
        button = row(self.evidence_button, None)
        return [
            *told(_("It deletes after"), one.deletes_after),
            Described(_("What you have seen"), *(seen or [said(_("Nothing yet"))]), button),
            *([Described(_("It uses in its turn"), *others)] if others else []),
        ]


def _seen(what: str, day: str) -> QWidget:
    words = column(said(what), *quietly(format_day(date.fromisoformat(day), short=True)), spacing=1)
    line = QWidget()
    line.setLayout(words)
    return line


def _other(one: SubProcessor) -> QWidget:
    return ListRow(None, one["name"], one["service"], Pill(format_country(one["country"])))


def _small(words: str, icon_name: str | None, do: Callable[[], object]) -> Button:
    return Button(words, icon_name=icon_name, size="small", on_click=do)
