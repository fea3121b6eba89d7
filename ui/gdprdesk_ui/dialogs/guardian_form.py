"""Who says yes or no for a child."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import Kinship, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.guardians import (
    GuardianRow,
    add_guardian,
    change_guardian,
    list_guardians,
    remove_guardian,
)
from gdprdesk_ui.context import PageContext
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


class GuardianForm(KeptForm):
    """A guardian of a child, and when the child is asked herself.

    Args:
        context: The open register.
        child: The child.
        known: The guardian to change; without one, a new one.

    Attributes:
        born: When the child was born; only the day she turns 18 is kept.
        page: The guardian as a person of the register.
        remove_button: Takes the guardian out; only for one that is there.
    """

    def __init__(
        self, context: PageContext, child: SubjectRef, known: GuardianRow | None = None
    ) -> None:
        others = context.desk.ask(list_guardians, subject_ref=child)
        day = format_day(others[0].of_age_on) if others else ""
        super().__init__(
            context,
            _("Change guardian") if known else _("New guardian"),
            _("She is asked herself from {day}, when she turns 18.").format(day=day)
            if others
            else _(
                "Says yes or no for a child. At 18 she is asked herself, and that is told here."
            ),
            draft=f"guardian:{child}:{known.ref}" if known else f"guardian:{child}",
            verb=_("Save"),
        )
        self._child, self._known = child, known
        self.name, self.reach = QLineEdit(), QLineEdit()
        self.kinship = Choice([(one, say(one)) for one in Kinship])
        self.born, self.asked_too = DateField(), DateField()
        self.page = PersonField(context)
        self._has_day = bool(others)
        self._fields = self._make_fields()
        for field in self._fields:
            self.body.addWidget(field)
        self.remove_button = Button(_("Remove"), "danger", "trash-2", on_click=self._remove)
        self.verbs.insertWidget(0, self.remove_button)
        self.remove_button.setVisible(known is not None)
        controls = {
            "name": self.name,
            "kinship": self.kinship,
            "born": self.born,
            "reach": self.reach,
            "asked_too": self.asked_too,
            "page": self.page,
        }
        self.begin(controls, _as_entered(known) if known else {})
        self.verb_button.clicked.connect(self._save)
        self.name.setFocus()

    def _make_fields(self) -> tuple[FormField, ...]:
        born = FormField(
            _("The child was born on"),
            self.born,
            check=self._born_problem,
            hint=_("Only the day she turns 18 is kept, not this one."),
            optional=self._has_day,
        )
        hide_unless(not self._has_day or self._known, born)
        return (
            FormField(_("Name"), self.name, check=required(self.name.text, _("Write who it is."))),
            FormField(_("Who this is"), self.kinship),
            born,
            FormField(_("Reached by"), self.reach, optional=True),
            FormField(
                _("The child herself was asked, too, on"),
                self.asked_too,
                check=self.asked_too.problem,
                optional=True,
            ),
            FormField(
                _("Is in the register as"),
                self.page,
                hint=_("Then the name goes from here, too, if the guardian is erased one day."),
                optional=True,
            ),
        )

    def _born_problem(self) -> str | None:
        problem = self.born.problem()
        if problem is None and self.born.day() is None and not self._has_day:
            return _("Write when she was born, so that she is asked herself at 18.")
        return problem

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, child, known = self.context.desk, self._child, self._known
        said: dict[str, Any] = {
            "name": self.name.text(),
            "kinship": self.kinship.value(),
            "born_on": self.born.day(),
            "reach": self.reach.text(),
            "asked_too_on": self.asked_too.day(),
            "guardian_ref": self.page.ref,
        }

        def write(_progress: object) -> None:
            if known is None:
                desk.run(add_guardian, subject_ref=child, **said)
            else:
                desk.run(change_guardian, ref=known.ref, **said)

        name = self.name.text().strip()
        self.keep(write, lambda _done: self.end(_("{name} is saved").format(name=name)))

    def _remove(self) -> None:
        desk, known = self.context.desk, self._known
        if known is not None:
            self.keep(
                lambda _progress: desk.run(remove_guardian, ref=known.ref),
                lambda _done: self.end(
                    _("{name} is no guardian here any more").format(name=known.name)
                ),
            )


def _as_entered(known: GuardianRow) -> dict[str, Any]:
    return {
        "name": known.name,
        "kinship": known.kinship,
        "reach": known.reach,
        "asked_too": known.asked_too_on.isoformat() if known.asked_too_on else "",
        "page": known.guardian_ref or "",
    }


def edit_guardian(
    context: PageContext, child: SubjectRef, known: GuardianRow | None = None
) -> GuardianForm:
    """Write down who says yes or no for a child, or change that."""
    form = GuardianForm(context, child, known)
    form.open()
    return form


def reopen_guardian(context: PageContext, which: str) -> GuardianForm:
    """Open the form of a draft again: of a child, and perhaps of one guardian of hers."""
    child, _colon, ref = which.partition(":")
    rows = context.desk.ask(list_guardians, subject_ref=SubjectRef(child))
    known = next(one for one in rows if one.ref == RecordRef(ref)) if ref else None
    return edit_guardian(context, SubjectRef(child), known)
