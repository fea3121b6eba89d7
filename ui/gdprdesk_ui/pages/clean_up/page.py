"""The page on which is let go of what the rules of the register say is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import RecordRef, personal_kinds
from gdprdesk.domain.clean_up import CleanUpRun
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.papers import DestructionRecord
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import CleanUpMode, HoldGround
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.clean_up import CleanUpRow, Spared, carry_out_clean_up, list_clean_ups
from gdprdesk.services.clean_up_preview import CleanUpView, DueRow, show_clean_up
from gdprdesk.services.holds import Decision, list_holds
from gdprdesk.services.papers import list_papers
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.hold import ask_decision
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.pages.clean_up.done import DoneCard, save_protocol
from gdprdesk_ui.pages.clean_up.group import GroupCard
from gdprdesk_ui.pages.clean_up.kept import KeptCard
from gdprdesk_ui.pages.clean_up.papers import PaperCard
from gdprdesk_ui.pages.page import Page
from gdprdesk_ui.widgets import (
    Button,
    Card,
    EmptyState,
    Label,
    Line,
    ListRow,
    PageHeading,
    Surface,
    clear,
    column,
    holder,
    row,
    scrolling,
)

_NAMES_SHOWN = 5


class CleanUpPage(Page):
    """All that is over, by rule and ticked; one button lets go of it.

    What is unticked needs a reason, which is kept as a draft until the clean-up is done.

    Attributes:
        groups: What is over, by activity and rule.
        kept: What stays all the same.
        papers: What is over on paper.
        paper_button: Opens the page about paper and shredding.
        done: The clean-ups that were done.
        erase_button: Lets go of what is ticked; says how much that is.
        empty: Shown while nothing is over.
    """

    scrolls = False
    changed_kinds = frozenset(
        {
            *(kind for kind in personal_kinds() if kind is not Draft),
            DataSubject,
            ProcessingActivity,
            Organisation,
            ErasureCase,
            CleanUpRun,
            DestructionRecord,
        }
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: CleanUpView | None = None
        self._decided: dict[RecordRef, Decision] = {}
        self._asked_for: set[RecordRef] = set()
        self._draft = DraftKeeper(context, "clean_up", self._entered, self)
        self.groups: list[GroupCard] = []
        self.paper_button = Button(
            _("Paper and shredding"),
            icon_name="archive",
            on_click=lambda: context.open_page("papers"),
        )
        self.heading = PageHeading(_("Clean-up"), "", [self.paper_button])
        self.heading.sentence.setWordWrap(True)
        self.empty = EmptyState("circle-check", _("Nothing is over today"), "")
        self.papers = PaperCard(context)
        self.kept, self.done = KeptCard(context), DoneCard(context)
        self.kept.opened.connect(self._open_person)
        self.settings_button = Button(
            _("Change in Settings"), "link", on_click=lambda: context.open_page("settings")
        )
        self._mode = Label("", "small", "muted")
        self.erase_button = Button("", "dangerFill", "trash-2", on_click=self._erase)
        self._sum = Label("", "body", wrap=True)
        self._build()
        self._decided = _decisions(self._draft.follow(None))

    def _build(self) -> None:
        self._due = column(spacing=14)
        inside = column(
            self.heading,
            4,
            self.empty,
            self._due,
            self.papers,
            self.kept,
            self.done,
            row(self._mode, self.settings_button, None),
            None,
            spacing=14,
            margins=(28, 22, 28, 24),
        )
        foot = row(self._sum, self.erase_button, spacing=16, margins=(28, 12, 28, 12))
        foot.setStretch(0, 1)
        self._foot = Surface()
        self._foot.setLayout(column(Line(), foot, spacing=0))
        whole = column(scrolling(holder(inside)), self._foot, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def refresh(self) -> None:
        view = self.context.desk.ask(show_clean_up)
        if view != self._view:
            self._show_groups(view)
        self._view = view
        self.papers.show_papers(self.context.desk.ask(list_papers, due_only=True))
        self.kept.show_kept(self.context.desk.ask(list_holds), view.waiting)
        self.done.show_runs(self.context.desk.ask(list_clean_ups))
        automatic = view.mode is CleanUpMode.AUTOMATIC
        self._mode.setText(
            _("What needs no decision leaves by itself when the register is opened.")
            if automatic
            else _("Nothing leaves by itself: you start the clean-up.")
        )
        self._show_ticks()

    def commands(self) -> Mapping[Any, Callable[[], object]]:
        return {}

    def first_focus(self) -> QWidget | None:
        """Begin where nothing is done by Enter."""
        return self.groups[0].tick if self.groups else self.settings_button

    def _show_groups(self, view: CleanUpView) -> None:
        over = {one.ref for group in view.due for one in group.rows}
        self._decided = {ref: one for ref, one in self._decided.items() if ref in over}
        self._asked_for &= over
        clear(self._due)
        self.groups = [GroupCard(group, view.day) for group in view.due]
        for card in self.groups:
            card.turned.connect(self._turn)
            card.opened.connect(lambda one: self._open_person(one.subject_ref))
            self._due.addWidget(card)
        if view.names:
            self._due.addWidget(_names_card(view.names))
        nothing = not view.due and not view.names and not view.by_hand
        soon = _soon(view.soon, more=not nothing)
        self.heading.set_words(_("Clean-up"), " ".join(filter(None, (_over(view), soon))))
        self.empty.set_words(_("Nothing is over today"), soon or _("Nor within 30 days."))
        self.empty.setVisible(nothing)
        self.heading.sentence.setVisible(not nothing)

    def _show_ticks(self) -> None:
        ticked = self._ticked()
        for card in self.groups:
            card.show_ticks(ticked, self._decided)
        view = self._view
        count = len(ticked) + (len(view.names) if view else 0)
        self._foot.setVisible(bool(self.groups) or count > 0)
        self.erase_button.setText(_erase_words(count))
        self.erase_button.setEnabled(count > 0 or bool(self._decided))
        self._sum.setText(_sum_words(count, len(self._decided)))

    def _ticked(self) -> set[RecordRef]:
        return {
            one.ref
            for card in self.groups
            for one in card.group.rows
            if (one.ref in self._asked_for if card.group.asks else one.ref not in self._decided)
        }

    def _turn(self, rows: Sequence[DueRow], on: bool) -> None:
        """Tick rows, or ask why they stay; what is asked about anyway needs no reason."""
        refs = {one.ref for one in rows}
        asked = {one.ref for card in self.groups if card.group.asks for one in card.group.rows}
        if on:
            self._asked_for |= refs & asked
            self._decided = {
                ref: decision for ref, decision in self._decided.items() if ref not in refs
            }
            self._draft.touch()
        else:
            self._asked_for -= refs
            staying = refs - asked - self._decided.keys()
            if staying:
                title = _keep_title([one for one in rows if one.ref in staying])
                ask_decision(self.context, title, lambda decision: self._keep(staying, decision))
        self._show_ticks()

    def _keep(self, refs: set[RecordRef], decision: Decision) -> None:
        self._decided |= dict.fromkeys(refs, decision)
        self._draft.touch()
        self._show_ticks()

    def _erase(self) -> None:
        ticked = tuple(self._ticked())
        count = len(ticked) + (len(self._view.names) if self._view else 0)
        sentence = _(
            "It is erased now and for good, and cannot be brought back: there is no undo. "
            "The protocol names nobody."
        )
        words = _erase_words(count)
        if not ask.confirm_irreversible(self.context.window, words, sentence, words):
            return
        spared = tuple(Spared(ref, decision) for ref, decision in self._decided.items())

        def clean_up(progress: Operation[CleanUpRow]) -> CleanUpRow:
            desk = self.context.desk
            run = desk.run(carry_out_clean_up, refs=ticked, spared=spared, progress=progress)
            desk.finish()
            return run

        self.context.perform(
            clean_up, self._tell, doing=_("Cleaning up …"), button=self.erase_button
        )

    def _tell(self, run: CleanUpRow) -> None:
        self._decided.clear()
        self._asked_for.clear()
        self._draft.forget()
        said = ngettext(
            "{count} record is erased", "{count} records are erased", run.records
        ).format(count=format_number(run.records))
        self.context.toast(
            said,
            verb=_("Protocol…"),
            do=lambda: save_protocol(self.context, run),
            deletion=True,
        )

    def _open_person(self, ref: object) -> None:
        if ref is not None:
            self.context.open_page("person", subject_ref=ref)

    def _entered(self) -> dict[str, Any]:
        return {
            ref: [one.ground.value, one.why, one.review_on.isoformat()]
            for ref, one in self._decided.items()
        }


def _decisions(entered: Mapping[str, Any]) -> dict[RecordRef, Decision]:
    return {
        RecordRef(ref): Decision(HoldGround(ground), why, date.fromisoformat(review_on))
        for ref, (ground, why, review_on) in entered.items()
    }


def _names_card(names: Sequence[str]) -> Card:
    said = ", ".join(names[:_NAMES_SHOWN])
    if len(names) > _NAMES_SHOWN:
        said = _("{names} and {count} more").format(
            names=said, count=format_number(len(names) - _NAMES_SHOWN)
        )
    title = ngettext(
        "{count} person of whom only the name is left",
        "{count} people of whom only the names are left",
        len(names),
    )
    return Card(ListRow("user-x", title.format(count=format_number(len(names))), said))


def _over(view: CleanUpView) -> str:
    count = sum(len(group.rows) for group in view.due) + len(view.names)
    if not count and view.by_hand:
        return _("Only paper is over: it is shredded by hand.")
    said = ngettext(
        "{count} record has reached its last day by the rules of the register.",
        "{count} records have reached their last day by the rules of the register.",
        count,
    ).format(count=format_number(count))
    if view.people:
        more = ngettext(
            "With them {count} person leaves altogether.",
            "With them {count} people leave altogether.",
            view.people,
        ).format(count=format_number(view.people))
        said = f"{said} {more}"
    return said


def _soon(count: int, *, more: bool) -> str:
    if not count:
        return ""
    said = (
        ngettext("{count} more comes within 30 days.", "{count} more come within 30 days.", count)
        if more
        else ngettext(
            "{count} record comes within 30 days.", "{count} records come within 30 days.", count
        )
    )
    return said.format(count=format_number(count))


def _erase_words(count: int) -> str:
    said = ngettext("Erase {count} record", "Erase {count} records", count)
    return said.format(count=format_number(count))


def _sum_words(count: int, kept: int) -> str:
    parts = [_("Nothing has been erased yet.")]
    if kept:
        said = ngettext("{count} stays by your decision.", "{count} stay by your decision.", kept)
        parts.append(said.format(count=format_number(kept)))
    if not count and not kept:
        parts.append(_("Tick what is to leave."))
    return " ".join(parts)


def _keep_title(rows: Sequence[DueRow]) -> str:
    if len(rows) == 1:
        whom = ", ".join(part for part in (rows[0].said, rows[0].name) if part)
        return _("Keep: {what}").format(what=whom)
    said = ngettext("Keep {count} record", "Keep {count} records", len(rows))
    return said.format(count=format_number(len(rows)))
