"""Which data a breach concerns, whose, and of how many: proposed by the rows of the register."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.breach_rules import ABOUT_DATA
from gdprdesk.domain.terms import BreachFact, BreachQuestion, say
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.breach_log import BreachDetail
from gdprdesk.services.breach_people import (
    ConcernedActivity,
    list_concerned_activities,
    propose_concerned,
)
from gdprdesk.services.breaches import BreachAnswers
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.box_list import BoxList
from gdprdesk_ui.dialogs.breach_answers import AnswerForm, no_names
from gdprdesk_ui.dialogs.entered import lines_of
from gdprdesk_ui.widgets import FormField, TextArea


class DataForm(AnswerForm):
    """The rows of the register it concerns fill in the rest; what was written by hand stays.

    Attributes:
        activities: A box for each row of the register.
        groups: Whose data, one on each line.
        data: Which data, one on each line.
        people: About how many people.
        facts: What makes the data grave.
    """

    def __init__(self, context: PageContext, one: BreachDetail, then: Callable[[], object]) -> None:
        super().__init__(context, one, BreachQuestion.DATA, then)
        known_rows = context.desk.ask(list_concerned_activities, breach_ref=one.row.ref)
        rows = sorted(known_rows, key=lambda row: not row.people)
        self.activities = BoxList([(row.ref, _words(row)) for row in rows])
        self.groups, self.data = TextArea(lines=3), TextArea(lines=5)
        self.people = QLineEdit()
        self.facts = BoxList([(fact, say(fact)) for fact in ABOUT_DATA])
        self._proposed = context.desk.ask(propose_concerned, activity_refs=one.activities)
        ticked = [str(row.ref) for row in rows if row.chosen]
        fields = [
            FormField(
                _("What in your register does it concern?"),
                self.activities,
                hint=_("The program fills in the rest from what you tick."),
            ),
            FormField(_("Whose data?"), self.groups, hint=_("One group on each line.")),
            FormField(_("Which data?"), self.data, hint=f"{_('One on each line.')} {no_names()}"),
            FormField(_("About how many people?"), self.people, check=self._wrong_number),
            FormField(_("Are these among the data?"), self.facts),
        ]
        controls = {
            "activities": self.activities,
            "groups": self.groups,
            "data": self.data,
            "people": self.people,
            "facts": self.facts,
        }
        known = {
            "activities": ticked,
            "groups": "\n".join(one.groups),
            "data": "\n".join(one.data),
            "people": "" if one.row.people is None else str(one.row.people),
            "facts": [str(fact) for fact in one.facts],
        }
        self.fill(fields, controls, known)
        if one.case.everything and not ticked and one.row.people is None:
            self.activities.tick(row.ref for row in rows if row.people)
            self._propose()
        self.activities.changed.connect(self._propose)

    def _propose(self) -> None:
        """Put in what the ticked rows say, and keep what was written by hand."""
        before = self._proposed
        refs = self.activities.ticked()
        found = self._proposed = self.context.desk.ask(propose_concerned, activity_refs=refs)
        for area, old, new in (
            (self.groups, before.groups, found.groups),
            (self.data, before.data, found.data),
        ):
            own = [line for line in lines_of(area) if line not in old]
            area.setPlainText("\n".join(dict.fromkeys((*new, *own))))
        self.people.setText(str(found.people))
        if found.special:
            self.facts.boxes[BreachFact.SENSITIVE].setChecked(True)

    def _wrong_number(self) -> str | None:
        typed = self.people.text().strip()
        if not typed or typed.isdecimal():
            return None
        return _("Write a whole number, such as 412.")

    def answers(self) -> BreachAnswers:
        typed = self.people.text().strip()
        others = [fact for fact in self.one.facts if fact not in self.facts.boxes]
        return BreachAnswers(
            activities=self.activities.ticked(),
            groups=lines_of(self.groups),
            data=lines_of(self.data),
            people=int(typed) if typed else None,
            facts=(*others, *self.facts.ticked()),
        )


def _words(row: ConcernedActivity) -> str:
    people = ngettext("{count} person", "{count} people", row.people).format(count=row.people)
    return f"{row.name}  \N{MIDDLE DOT}  {people}"
