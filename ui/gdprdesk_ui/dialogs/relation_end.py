"""When a relation ended, from which day some rules count."""

from __future__ import annotations

from gdprdesk.i18n import _
from gdprdesk.services.persons import PersonFile
from gdprdesk.services.subjects import end_relation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import DateField, FormField


class RelationEndForm(FormDialog):
    """The day on which a person and the business were done with each other.

    Attributes:
        day: The day; none says that the relation goes on.
    """

    def __init__(self, context: PageContext, person: PersonFile) -> None:
        super().__init__(
            context,
            _("The relation with {name} has ended").format(name=person.name),
            _("Some rules of the register count from here. What happens later moves the day on."),
            verb=_("Save"),
        )
        self._ref = person.ref
        self.day = DateField(person.relation_ended_on or context.today)
        ended = person.relation_ended_on is not None
        hint = _("Leave it empty if the relation goes on.") if ended else ""
        self._field = FormField(_("Ended on"), self.day, check=self.day.problem, hint=hint)
        self.body.addWidget(self._field)
        self.verb_button.clicked.connect(self._save)
        self.day.edit.setFocus()
        self.day.edit.selectAll()

    def _save(self) -> None:
        if self._field.is_right():
            ref, day = self._ref, self.day.day()
            said = _("The end is saved") if day else _("The relation goes on")
            self.context.save(
                lambda _progress: self.context.desk.run(end_relation, subject_ref=ref, on=day),
                lambda _none: self._end(said),
                self.verb_button,
                refused=self._field.show_error,
            )

    def _end(self, said: str) -> None:
        self.accept()
        self.context.toast(said, undoable=True)


def ask_relation_end(context: PageContext, person: PersonFile) -> RelationEndForm:
    """Ask on which day a relation ended."""
    form = RelationEndForm(context, person)
    form.open()
    return form
