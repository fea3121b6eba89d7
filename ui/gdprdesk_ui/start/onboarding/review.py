"""Step 3: the proposed register, a line for each activity that opens to say more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.first_run import FirstRun
from gdprdesk.services.onboarding import ProposedActivity, is_unusually_long
from gdprdesk_ui.dialogs.activity_new import GROUPS
from gdprdesk_ui.start.onboarding.step import StepPage
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import (
    Banner,
    Card,
    GroupHeading,
    IconButton,
    IconTile,
    Label,
    Line,
    Switch,
    TextArea,
    clear,
    column,
    holder,
    row,
)

_WIDEST = 860


class ActivityRow(QWidget):
    """One proposed activity: kept or left out. Opened, it says why, and lets the period be changed.

    Attributes:
        keep: Whether it is wanted.
        more: Opens it, and closes it again.
        length: How long it is kept.
        periods: The same, as a sentence for each purpose.
        details: What is shown when it is open.
        months: The period, where it is the owner's to decide.
        reason: Why it is kept so long, where that is unusual.
        problem: What is wrong with the period.
    """

    def __init__(self, run: FirstRun, proposed: ProposedActivity) -> None:
        super().__init__()
        self.proposed, self._run = proposed, run
        name = proposed.name
        self.keep = Switch(
            _("Keep {name}").format(name=name), on=proposed.key not in run.business.left_out
        )
        self.keep.setVisible(not proposed.is_needed)
        self.more = IconButton("chevron-down", "", on_click=self._open_or_close)
        self._name = Label(name, "strong", wrap=True)
        self.length = Label("", "small", "muted", keep=True)
        self.periods = Label("", "small", "muted", wrap=True)
        own = (run.business.rules or {}).get(proposed.key, proposed.months)
        self.months = QLineEdit(str(own) if own else "")
        self.months.setAccessibleName(_("Months for {name}").format(name=name))
        self.months.setFixedWidth(ch(6))
        self.reason = TextArea(lines=3)
        self.reason.setAccessibleName(_("Why {name} is kept so long").format(name=name))
        self.reason.setPlainText(proposed.reason)
        self._why = holder(column(Label(_("Why so long"), "small"), self.reason, spacing=4))
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        self._told = (self.months.text(), proposed.reason)
        self.keep.toggled.connect(lambda _on: self._turn())
        self.months.textEdited.connect(self._ask_why)
        self.months.editingFinished.connect(self.take_months)
        self._build()
        self._ask_why()
        self._say_period()
        self._turn()

    def _build(self) -> None:
        self.details = holder(column(*self._details(), spacing=4, margins=(0, 8, 0, 6)))
        self.details.hide()
        head = row(self._name, 12, self.length, self.keep, self.more, spacing=14)
        head.setStretch(0, 1)
        words = column(head, self.problem, self.details, spacing=1)
        tile = IconTile(self.proposed.icon, "accent", 30, 16)
        line = row(tile, words, spacing=14, margins=(0, 6, 0, 6))
        line.setStretch(1, 1)
        line.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self._name_button()

    def _details(self) -> Iterable[QWidget]:
        proposed = self.proposed
        yield Label(proposed.purpose, wrap=True)
        yield Label(say(proposed.legal_basis), "small", "muted")
        yield self.periods
        if proposed.months is not None:
            before, after = Label(_("Keep for"), keep=True), Label(_("months"), keep=True)
            yield holder(row(before, self.months, after, None, margins=(0, 6, 0, 0)))
            yield self._why
        if proposed.weighed:
            yield from _paragraphs(_("What speaks for it and against it"), proposed.weighed)
        if proposed.risk:
            yield from _paragraphs(_("The risk for people"), (proposed.risk,))

    def open(self, *, on: bool) -> None:
        """Show more about it, or less."""
        self.details.setVisible(on)
        self._name_button()

    def _open_or_close(self) -> None:
        self.open(on=self.details.isHidden())

    def _name_button(self) -> None:
        name, is_open = self.proposed.name, not self.details.isHidden()
        words = _("Less about {name}") if is_open else _("More about {name}")
        self.more.set_action("chevron-up" if is_open else "chevron-down", words.format(name=name))

    def _turn(self) -> None:
        on = self.keep.isChecked()
        self._run.keep(self.proposed.key, wanted=on)
        self._name.set_role("text" if on else "muted")
        self.length.setText(self.proposed.length if on else _("Left out"))
        self.months.setEnabled(on)

    def _say_period(self) -> None:
        self.periods.setText("\n".join(dict.fromkeys(self.proposed.periods)))

    def _ask_why(self) -> None:
        written = self.months.text().strip()
        self._why.setVisible(written.isdecimal() and is_unusually_long(int(written)))

    def take_months(self) -> None:
        """Take the period that was written, and say it in words."""
        written = (self.months.text().strip(), self.reason.toPlainText().strip())
        if written == self._told:
            return
        months, reason = written
        try:
            self._run.set_months(
                self.proposed.key, int(months) if months.isdecimal() else 0, reason
            )
        except DomainError as error:
            self.problem.setText(str(error))
        else:
            self.problem.setText("")
            self._told = written
            (self.proposed,) = (one for one in self._run.proposal() if one.key == self.proposed.key)
            self._say_period()
            self._turn()
        self.problem.setVisible(bool(self.problem.text()))


class ReviewStep(StepPage):
    """Shows the lines, and what is not known of the business yet.

    Attributes:
        rows: The proposed activities by key.
        missing: What the business has not said, and may say later.
    """

    def __init__(self, run: FirstRun, parent: QWidget | None = None) -> None:
        super().__init__(run, _("Is this right?"), "", parent)
        self.rows: dict[str, ActivityRow] = {}
        self._list = column(spacing=8)
        self.missing = Banner("info", _("You can add this later, in Settings"), " ")
        held = holder(column(self._list, self.missing, spacing=14))
        held.setMaximumWidth(_WIDEST)
        wide = row(held, None)
        wide.setStretch(0, 100)
        self.setLayout(column(self.head, 14, wide, None, spacing=0))

    def refresh(self) -> None:
        clear(self._list)
        proposal = self.run.proposal()
        self.rows = {one.key: ActivityRow(self.run, one) for one in proposal}
        for group, members in groupby(proposal, key=lambda one: one.group):
            self._list.addWidget(GroupHeading(_(GROUPS[group])))
            card = Card(padding=8, spacing=0)
            card.box.setContentsMargins(16, 4, 12, 4)
            for place, one in enumerate(members):
                card.add(*([Line()] if place else []), self.rows[one.key])
            self._list.addWidget(card)
            self._list.addSpacing(8)
        for line in self.rows.values():
            line.keep.toggled.connect(partial(self._count))
        self._say_missing()
        self._count()

    def first_focus(self) -> QWidget:
        return next(iter(self.rows.values())).keep

    def take(self) -> bool:
        for line in self.rows.values():
            line.take_months()
        wrong = [line for line in self.rows.values() if line.problem.text()]
        if wrong:
            wrong[0].open(on=True)
            wrong[0].months.setFocus()
        return not wrong

    def _say_missing(self) -> None:
        missing = self.run.missing()
        self.missing.set_words(_("You can add this later, in Settings"), ". ".join((*missing, "")))
        self.missing.setVisible(bool(missing))

    def _count(self, *_state: object) -> None:
        kept = sum(line.keep.isChecked() for line in self.rows.values())
        said = ngettext(
            "{count} activity is in your register. Turn off what you do not do.",
            "{count} activities are in your register. Turn off what you do not do.",
            kept,
        )
        self.sentence.setText(said.format(count=kept))


def _paragraphs(title: str, sentences: Iterable[str]) -> Iterable[QWidget]:
    yield holder(column(Label(title, "strong", wrap=True), margins=(0, 8, 0, 0)))
    for sentence in sentences:
        yield Label(sentence, "small", "muted", wrap=True)
