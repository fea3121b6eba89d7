"""Paper: where a folder or box lies and what is in it, and that paper was shredded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from gdprdesk.domain.base import ActivityRef, SubjectRef
from gdprdesk.domain.terms import ErasureState
from gdprdesk.i18n import _, format_day
from gdprdesk.services.activities import list_activities
from gdprdesk.services.erasure_cases import list_erasures
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.papers import (
    PaperChanges,
    PaperRow,
    add_paper,
    list_places,
    remove_paper,
    show_usual_row,
    update_paper,
)
from gdprdesk.services.patient_law import show_patient_law
from gdprdesk.services.shredding import list_shredded, shred
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.person_field import PersonField
from gdprdesk_ui.widgets import (
    Button,
    Choice,
    DateField,
    FormField,
    all_right,
    hide_unless,
    required,
)

_ERASURES_SHOWN = 20
_NUMBER_SHOWN = 8


class PaperForm(KeptForm):
    """A folder or box of paper.

    Args:
        context: The open register.
        known: The one to change; without it, a new one.

    Attributes:
        person: Whom it is about; nobody if it is about many.
        journal: Whether it is a journal on paper; asked where journals are kept.
        remove_button: Takes the row out of the list; only for one that is there.
    """

    def __init__(self, context: PageContext, known: PaperRow | None = None) -> None:
        super().__init__(
            context,
            _("Change paper") if known else _("New paper"),
            _("Where it lies, so that it is found when its time is over or somebody is erased."),
            draft=f"paper:{known.ref}" if known else "paper",
            verb=_("Save"),
        )
        self._known = known
        self.place, self.box, self.what = QLineEdit(), QLineEdit(), QLineEdit()
        self.activity = Choice([(one.ref, one.name) for one in context.desk.ask(list_activities)])
        self.person = PersonField(context)
        self.oldest, self.newest = DateField(), DateField()
        self.journal = QCheckBox(_("It is a journal on paper, or part of one"))
        self._fields = self._build()
        self.remove_button = Button(_("Remove"), "danger", "trash-2", on_click=self._remove)
        self.remove_button.setVisible(known is not None)
        self.verbs.insertWidget(0, self.remove_button)
        controls = {
            "place": self.place,
            "box": self.box,
            "what": self.what,
            "activity": self.activity,
            "person": self.person,
            "oldest": self.oldest,
            "newest": self.newest,
            "journal": self.journal,
        }
        self.begin(controls, _as_entered(known) if known else self._usual())
        self.verb_button.clicked.connect(self._save)
        self.place.setFocus()

    def _build(self) -> Sequence[FormField]:
        fields = (
            FormField(
                _("Where it lies"),
                self.place,
                check=required(self.place.text, _("Write where it lies.")),
                hint=_("Such as: the locked cabinet in the office."),
            ),
            FormField(
                _("Folder or box"),
                self.box,
                check=required(self.box.text, _("Write what stands on the folder or box.")),
            ),
            FormField(
                _("What is in it"),
                self.what,
                check=required(self.what.text, _("Write what kind of paper it is.")),
            ),
            FormField(
                _("Processing"),
                self.activity,
                hint=_("The rule of this row of the register says how long it is kept."),
            ),
            FormField(
                _("Whom it is about"),
                self.person,
                hint=_("Empty if it is about many."),
                optional=True,
            ),
            FormField(_("Oldest paper"), self.oldest, check=self.oldest.problem, optional=True),
            FormField(
                _("Newest paper"),
                self.newest,
                check=self._wrong_end,
                hint=_("Empty while paper is still put into it."),
                optional=True,
            ),
        )
        for field in fields:
            self.body.addWidget(field)
        was_one = self._known is not None and self._known.journal
        hide_unless(was_one or self.context.desk.ask(show_patient_law), self.journal)
        self.body.addWidget(self.journal)
        return fields

    def _usual(self) -> dict[str, Any]:
        desk = self.context.desk
        places = desk.ask(list_places)
        return {"place": places[0] if places else "", "activity": desk.ask(show_usual_row)}

    def _wrong_end(self) -> str | None:
        begins, ends = self.oldest.day(), self.newest.day()
        if begins is not None and ends is not None and ends < begins:
            return _("The newest paper is older than the oldest. Look at the days.")
        return self.newest.problem()

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        newest, person = self.newest.day(), self.person.ref
        changes = PaperChanges(
            place=self.place.text(),
            box=self.box.text(),
            what=self.what.text(),
            activity_ref=ActivityRef(self.activity.value()),
            subject_ref=person,
            from_on=self.oldest.day(),
            to_on=newest,
            still_filled=newest is None,
            about_many=person is None,
            journal=self.journal.isChecked(),
        )
        desk, known, box = self.context.desk, self._known, self.box.text().strip()

        def write(_progress: object) -> None:
            if known is None:
                desk.run(add_paper, changes=changes)
            else:
                desk.run(update_paper, ref=known.ref, changes=changes)

        self.keep(write, lambda _none: self.end(_("{name} is saved").format(name=box)))

    def _remove(self) -> None:
        known = self._known
        if known is not None:
            desk, words = self.context.desk, _("{name} is out of the list").format(name=known.box)
            self.keep(
                lambda _progress: desk.run(remove_paper, ref=known.ref),
                lambda _none: self.end(words),
            )


class ShredForm(KeptForm):
    """What was shredded, how much, how, when and by whom.

    Args:
        context: The open register.
        paper: The folder or box it was; without it, loose paper.

    Attributes:
        erasure: The erasure it belongs to; nothing if to none.
    """

    def __init__(self, context: PageContext, paper: PaperRow | None = None) -> None:
        super().__init__(
            context,
            _("Shredded: {what}").format(what=paper.box) if paper else _("Paper was shredded"),
            _("Once it is shredded it leaves the list for good. The log names nobody.")
            if paper
            else _("A line in the shredding log, which names nobody."),
            draft=f"shred:{paper.ref}" if paper else "shred",
            verb=_("It is shredded"),
        )
        self._paper = paper
        self.what, self.amount, self.how = QLineEdit(), QLineEdit(), QLineEdit()
        self.day, self.by, self.scan = DateField(), QLineEdit(), QLineEdit()
        self.erasure = Choice(self._erasures())
        self._fields = self._build()
        controls = {
            "what": self.what,
            "amount": self.amount,
            "how": self.how,
            "day": self.day,
            "by": self.by,
            "scan": self.scan,
            "erasure": self.erasure,
        }
        self.begin(controls, self._usual())
        self.verb_button.clicked.connect(self._save)
        (self.amount if self.what.text() else self.what).setFocus()

    def _build(self) -> Sequence[FormField]:
        by_law = self._paper is not None and self._paper.kept_by_law
        erasure = FormField(_("For an erasure"), self.erasure, optional=True)
        fields = (
            FormField(
                _("What kind of paper"),
                self.what,
                check=required(self.what.text, _("Write what kind of paper it was.")),
                hint=_("Without names: the log stays when the people have left."),
            ),
            FormField(
                _("How much"),
                self.amount,
                check=required(self.amount.text, _("Write how much, such as: 1 box, 40 sheets.")),
            ),
            FormField(
                _("How"), self.how, check=required(self.how.text, _("Write how it was destroyed."))
            ),
            FormField(_("On which day"), self.day, check=self._wrong_day),
            FormField(_("By whom"), self.by, check=required(self.by.text, _("Write who did it."))),
            FormField(
                _("Who has checked the scan"),
                self.scan,
                hint=_("If it was scanned first. Only then may it go before its day.")
                if by_law
                else _("If it was scanned first."),
                optional=True,
            ),
            erasure,
        )
        for field in fields:
            self.body.addWidget(field)
        erasure.setVisible(self.erasure.count() > 1)
        return fields

    def _erasures(self) -> list[tuple[SubjectRef | None, str]]:
        carried_out = {ErasureState.HELD, ErasureState.DONE}
        rows = [one for one in self.context.desk.ask(list_erasures) if one.state in carried_out]
        found: list[tuple[SubjectRef | None, str]] = [(None, _("No erasure"))]
        for one in rows[:_ERASURES_SHOWN]:
            day = format_day(one.due_at.astimezone().date())
            number = one.ref[:_NUMBER_SHOWN]
            found.append((one.ref, _("{day}, number {number}").format(day=day, number=number)))
        return found

    def _usual(self) -> dict[str, Any]:
        desk = self.context.desk
        before = desk.ask(list_shredded)
        return {
            "what": self._paper.activity if self._paper else "",
            "how": before[0].how if before else _("Cross-cut shredder"),
            "day": self.context.today.isoformat(),
            "by": desk.ask(show_organisation).contact,
        }

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Choose a day.")
        if day > self.context.today:
            return _("Nothing has been shredded on a day that has not come.")
        return None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, paper = self.context.desk, self._paper
        said: dict[str, Any] = {
            "what": text_of(self.what),
            "amount": text_of(self.amount),
            "how": text_of(self.how),
            "done_on": self.day.day(),
            "done_by": text_of(self.by),
            "digitised_by": text_of(self.scan),
            "paper": paper.ref if paper else None,
            "subject_ref": self.erasure.value(),
        }
        self.keep(lambda _progress: desk.run(shred, **said), lambda _ref: self._told())

    def _told(self) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(_("It stands in the shredding log"))


def _as_entered(known: PaperRow) -> dict[str, Any]:
    def day(value: date | None) -> str:
        return value.isoformat() if value else ""

    return {
        "place": known.place,
        "box": known.box,
        "what": known.what,
        "activity": known.activity_ref,
        "person": known.subject_ref or "",
        "oldest": day(known.from_on),
        "newest": day(known.to_on),
        "journal": known.journal,
    }


def new_paper(context: PageContext) -> PaperForm:
    """Write down where paper lies."""
    form = PaperForm(context)
    form.open()
    return form


def edit_paper(context: PageContext, known: PaperRow) -> PaperForm:
    """Change what is known of a folder or box."""
    form = PaperForm(context, known)
    form.open()
    return form


def shred_paper(context: PageContext, paper: PaperRow | None = None) -> ShredForm:
    """Write down that a folder or box, or loose paper, was shredded."""
    form = ShredForm(context, paper)
    form.open()
    return form
