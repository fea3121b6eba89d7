"""Step 3: the proposed register, one card for each activity."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.first_run import FirstRun
from gdprdesk.services.onboarding import ProposedActivity
from gdprdesk_ui.start.onboarding.step import StepPage
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Card, IconTile, Label, Switch, clear, column, holder, row


class ActivityCard(Card):
    """One proposed activity: kept or left out, with its period.

    Attributes:
        keep: Whether it is wanted.
        months: The period, where it is the owner's to decide.
        problem: What is wrong with the period.
    """

    def __init__(self, run: FirstRun, proposed: ProposedActivity) -> None:
        super().__init__(padding=16, spacing=0)
        self.proposed, self._run = proposed, run
        self.keep = Switch(
            _("Keep {name}").format(name=proposed.name),
            on=proposed.key not in run.business.left_out,
        )
        own = (run.business.rules or {}).get(proposed.key, proposed.months)
        self.months = QLineEdit(str(own) if own else "")
        self.months.setAccessibleName(_("Months for {name}").format(name=proposed.name))
        self.months.setFixedWidth(ch(6))
        self._period = Label(proposed.period, "small", "muted", wrap=True)
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        self._state = Label("", "caption", "muted", keep=True)
        self._own = holder(row(self.months, Label(_("months"), "small", "muted", keep=True)))
        self._own.setVisible(proposed.months is not None)
        self.keep.toggled.connect(self._turn)
        self.months.editingFinished.connect(self.take_months)
        self._build()
        self._turn(self.keep.isChecked())

    def _build(self) -> None:
        proposed = self.proposed
        words = column(
            Label(proposed.name, "heading"),
            Label(proposed.purpose, "small", "muted", wrap=True),
            4,
            Label(say(proposed.legal_basis), "small"),
            self._period,
            self.problem,
            spacing=2,
        )
        decide = column(row(self._own, 16, self._state, self.keep), None)
        line = row(IconTile(proposed.icon, "accent"), words, 12, decide, spacing=14)
        line.setStretch(1, 1)
        self.add(line)

    def show_period(self, period: str) -> None:
        """Say the period in words."""
        self._period.setText(period)

    def _turn(self, on: bool) -> None:
        self._run.keep(self.proposed.key, wanted=on)
        self._state.setText(_("Kept") if on else _("Left out"))
        self.months.setEnabled(on)

    def take_months(self) -> None:
        """Take the period that was written, and say it in words."""
        if self.proposed.months is None:
            return
        written = self.months.text().strip()
        try:
            self._run.set_months(self.proposed.key, int(written) if written.isdecimal() else 0)
        except DomainError as error:
            self.problem.setText(str(error))
        else:
            self.problem.setText("")
            for one in self._run.proposal():
                if one.key == self.proposed.key:
                    self.show_period(one.period)
        self.problem.setVisible(bool(self.problem.text()))


class ReviewStep(StepPage):
    """Shows the cards.

    Attributes:
        cards: The proposed activities by key.
    """

    def __init__(self, run: FirstRun, parent: QWidget | None = None) -> None:
        super().__init__(run, _("Is this right?"), "", parent)
        self.cards: dict[str, ActivityCard] = {}
        self._list = column(spacing=12)
        self.setLayout(column(self.head, 18, self._list, None, spacing=0))

    def refresh(self) -> None:
        clear(self._list)
        self.cards = {one.key: ActivityCard(self.run, one) for one in self.run.proposal()}
        for card in self.cards.values():
            card.keep.toggled.connect(partial(self._count))
            self._list.addWidget(card)
        self._count()

    def first_focus(self) -> QWidget:
        return next(iter(self.cards.values())).keep

    def take(self) -> bool:
        for card in self.cards.values():
            card.take_months()
        wrong = [card for card in self.cards.values() if card.problem.text()]
        if wrong:
            wrong[0].months.setFocus()
        return not wrong

    def _count(self, *_state: object) -> None:
        kept = sum(card.keep.isChecked() for card in self.cards.values())
        said = ngettext(
            "{count} activity is in your register. Turn off what you do not do; "
            "a period set by a law stays as it is.",
            "{count} activities are in your register. Turn off what you do not do; "
            "a period set by a law stays as it is.",
            kept,
        )
        self.sentence.setText(said.format(count=kept))
