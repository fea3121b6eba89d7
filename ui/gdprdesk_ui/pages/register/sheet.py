"""One row of the register, read as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import LegalBasis, say
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.activities import ActivityDetail
from gdprdesk_ui.pages.register.sheet_parts import DOT, group, pills, quietly, said
from gdprdesk_ui.pages.register.sheet_recipients import (
    RecipientLines,
    lacks_something,
    places_said,
    sentences_about,
)
from gdprdesk_ui.pages.register.sheet_rows import (
    people_rows,
    place_rows,
    promise_rows,
    protection_rows,
    purpose_rows,
    time_rows,
)
from gdprdesk_ui.widgets import Banner, Button, Described, IconTile, Label, column, row

_MOST_BUTTONS = 2


class ActivitySheet(QWidget):
    """Everything about a processing, in the order people ask about it.

    Signals:
        change_wanted: Change the row.
        review_wanted: It was looked through and is right.
        weighing_wanted: Weigh the legitimate interest.
        judging_wanted: Judge the risk.
        recipient_wanted: Change a recipient; its row.

    Attributes:
        change_button: Changes the row.
        review_button: Says that it was looked through today.
        weigh_button: Weighs the legitimate interest; hidden where no purpose rests on one.
        judge_button: Judges the risk.
        lacks: What is missing, with the buttons that solve it; None where nothing is.
        agreement_buttons: A button for each agreement that is missing, by recipient.
    """

    change_wanted = Signal()
    review_wanted = Signal()
    weighing_wanted = Signal()
    judging_wanted = Signal()
    recipient_wanted = Signal(object)

    def __init__(self, activity: ActivityDetail, today: date) -> None:
        super().__init__()
        self._today = today
        self.change_button = Button(
            _("Change"), icon_name="pencil", on_click=self.change_wanted.emit
        )
        self.review_button = _small(_("Looked through today"), "check", self.review_wanted.emit)
        again = activity.assessment is not None
        self.weigh_button = _small(
            _("Weigh it again…") if again else _("Weigh the interest…"),
            "scale",
            self.weighing_wanted.emit,
        )
        again = activity.screening is not None
        self.judge_button = _small(
            _("Judge it again…") if again else _("Judge the risk…"),
            "shield-alert",
            self.judging_wanted.emit,
        )
        self._recipients = RecipientLines(activity.recipients, today, self.recipient_wanted.emit)
        self.agreement_buttons = self._recipients.agreement_buttons
        self.lacks = self._banner(activity)
        banner = [self.lacks] if self.lacks else []
        parts = [self._heading(activity), *banner, *self._rows(activity)]
        self.setLayout(column(*parts, None, spacing=14, margins=(28, 22, 28, 24)))

    def _heading(self, activity: ActivityDetail) -> QWidget:
        people = ngettext("{count} person", "{count} people", activity.people)
        facts = [people.format(count=format_number(activity.people))]
        if activity.responsible:
            facts.append(_("responsible: {name}").format(name=activity.responsible))
        words = column(
            Label(activity.row.name, "title", wrap=True),
            Label(DOT.join(facts), "small", "muted"),
            spacing=2,
        )
        heading = QWidget()
        line = row(IconTile(activity.row.icon, "accent", 44, 22), words, self.change_button)
        line.setSpacing(14)
        line.setStretch(1, 1)
        heading.setLayout(line)
        return heading

    def _banner(self, activity: ActivityDetail) -> Banner | None:
        """Return what is missing, with a button for whatever solves the first of it."""
        lacks = activity.row.lacks
        if not lacks:
            return None
        title = ngettext("One thing is missing", "{count} things are missing", len(lacks))
        return Banner(
            "warn",
            title.format(count=len(lacks)),
            ". ".join(lacks) + ".",
            list(islice(self._solutions(activity), _MOST_BUTTONS)),
            icon_name="triangle-alert",
        )

    def _solutions(self, activity: ActivityDetail) -> Iterator[Button]:
        left = len(activity.row.lacks) - sentences_about(activity.recipients, self._today)
        wanting = [one for one in activity.recipients if lacks_something(one, self._today)]
        if wanting:
            words = _("Complete {name}…").format(name=wanting[0].name)
            yield _small(words, None, lambda: self.recipient_wanted.emit(wanting[0]))
        due = activity.review_due_on
        if due is not None and due <= self._today:
            left -= 1
        for wanted, words, tell in (
            (_unweighed(activity), _("Weigh the interest…"), self.weighing_wanted),
            (_unjudged(activity), _("Judge the risk…"), self.judging_wanted),
        ):
            if wanted:
                left -= 1
                yield _small(words, None, tell.emit)
        if left > 0:
            yield _small(_("Complete…"), None, self.change_wanted.emit)

    def _rows(self, activity: ActivityDetail) -> list[QWidget]:
        return [
            *group(_("Purposes"), [*purpose_rows(activity), *self._weighed(activity)]),
            *group(_("People and data"), people_rows(activity)),
            *group(_("Time"), time_rows(activity)),
            *group(_("Who else"), self._others(activity)),
            *group(_("Protection and risk"), [*protection_rows(activity), self._judged(activity)]),
            *group(_("Website and cameras"), place_rows(activity)),
            *group(_("Promises"), [*promise_rows(activity), self._looked_through(activity)]),
        ]

    def _others(self, activity: ActivityDetail) -> Iterator[QWidget]:
        yield Described(_("Who gets them"), *self._recipients.lines)
        yield Described(_("Outside the EEA"), *places_said(activity.recipients))
        if activity.joint_controller:
            arranged = quietly(activity.joint_arrangement)
            yield Described(_("Together with"), said(activity.joint_controller), *arranged)
        yield Described(_("Kept in"), said(activity.system_of_record or _("This register")))

    def _weighed(self, activity: ActivityDetail) -> list[QWidget]:
        if not _rests_on_interest(activity):
            self.weigh_button.setParent(self)
            self.weigh_button.hide()
            return []
        one, button = activity.assessment, row(self.weigh_button, None)
        if one is None:
            return [Described(_("Weighed interest"), said(_("Not yet")), button)]
        steps = (one.purpose, one.necessity, one.balance)
        day = format_day(one.decided_on, short=True)
        signed = _("Decided {day} by {name}") if one.decided_by else _("Decided {day}")
        by = signed.format(day=day, name=one.decided_by)
        return [Described(_("Weighed interest"), said(one.outcome), *quietly(*steps, by), button)]

    def _judged(self, activity: ActivityDetail) -> QWidget:
        one, button = activity.screening, row(self.judge_button, None)
        if one is None:
            return Described(_("Risk"), said(_("Not judged")), button)
        met = pills((say(criterion), False) for criterion in one.criteria) if one.criteria else None
        day = _("Judged {day}").format(day=format_day(one.decided_on, short=True))
        parts = [said(one.conclusion), *([met] if met else []), *quietly(one.advice, day)]
        return Described(_("Risk"), *parts, button)

    def _looked_through(self, activity: ActivityDetail) -> QWidget:
        day, due = activity.reviewed_on, activity.review_due_on
        if day is None:
            words = Label(_("Not yet"), "body", "muted")
        else:
            words = Label(format_day(day, short=True), keep=True, tabular=True)
        again = _("Again by {day}").format(day=format_day(due, short=True)) if due else ""
        return Described(_("Looked through"), words, *quietly(again), row(self.review_button, None))


def _small(words: str, icon_name: str | None, do: Callable[[], object]) -> Button:
    return Button(words, icon_name=icon_name, size="small", on_click=do)


def _rests_on_interest(activity: ActivityDetail) -> bool:
    bases = {activity.legal_basis, *(one["legal_basis"] for one in activity.further_purposes)}
    return LegalBasis.LEGITIMATE_INTEREST in bases


def _unweighed(activity: ActivityDetail) -> bool:
    return _rests_on_interest(activity) and activity.assessment is None


def _unjudged(activity: ActivityDetail) -> bool:
    risky = activity.camera or activity.profiling or activity.automated_decision
    return bool(risky) and activity.screening is None
