"""A row of the register, changed: everything it can say, in sections."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import ActivityRef
from gdprdesk.i18n import _
from gdprdesk.services.activities import ActivityDetail, remove_activity, show_activity
from gdprdesk.services.activity_changes import update_activity
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.activity_controls import ActivityControls, activity_entered
from gdprdesk_ui.dialogs.sectioned_form import FormSection, SectionedForm
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Button, FormField, Label, TextArea, required

_REVIEWS = range(1, 121)


class ActivityForm(SectionedForm):
    """All fields of a processing; lists are written one thing on each line.

    Attributes:
        controls: Where everything is filled in.
        remove_button: Takes the row out of the register.
    """

    def __init__(self, context: PageContext, activity: ActivityDetail) -> None:
        super().__init__(
            context, activity.row.name, draft=f"activity:{activity.row.ref}", verb=_("Save")
        )
        self._activity = activity
        self.controls = ActivityControls(context, activity)
        self.controls.review_months.setFixedWidth(ch(10))
        self.remove_button = Button(_("Remove"), "danger", "trash-2", on_click=self._remove)
        self.verbs.insertWidget(0, self.remove_button)
        self.show_sections(
            [
                FormSection("basics", _("Purpose"), "book-open", self._basics()),
                FormSection("data", _("Whose and which data"), "users", self._people()),
                FormSection("time", _("How long"), "hourglass", self._time()),
                FormSection("others", _("Who else"), "handshake", self._others()),
                FormSection("protection", _("Protection"), "shield-check", self._protection()),
                FormSection("place", _("Website and cameras"), "globe", self._place()),
                FormSection("promises", _("Promises"), "signature", self._promises()),
            ]
        )
        self.begin(self.controls.all(), activity_entered(activity))
        self.verb_button.clicked.connect(self._save)
        self.controls.texts["name"].setFocus()

    def _text(
        self, name: str, label: str, hint: str = "", *, wanted: str = "", optional: bool = True
    ) -> FormField:
        edit = self.controls.texts[name]
        check = required(lambda: _typed(edit), wanted) if wanted else None
        return FormField(label, edit, check=check, hint=hint, optional=optional and not wanted)

    def _list(self, name: str, label: str) -> FormField:
        return self._text(name, label, _("One on each line."), optional=False)

    def _basics(self) -> tuple[FormField, ...]:
        on = self.controls
        return (
            self._text("name", _("What it is called"), wanted=_("Write what it is called.")),
            self._text("purpose", _("What it is for"), wanted=_("Write what it is for.")),
            FormField(_("Legal basis"), on.basis),
            self._text("basis_note", _("Why that basis")),
            FormField(
                _("Further purposes"),
                on.further,
                check=on.further.problem,
                hint=_("What else the same data are for, each on its own basis and for its time."),
                optional=True,
            ),
            self._text("responsible", _("Who is responsible")),
            FormField(_("Under which heading"), on.group),
        )

    def _people(self) -> tuple[FormField, ...]:
        on = self.controls
        return (
            self._list("subjects", _("Whose data")),
            FormField(_("Which data"), on.plain, hint=_("One on each line.")),
            FormField(
                _("Sensitive data"),
                on.special,
                hint=_("Health, faith, union and the like: Article 9. One on each line."),
                optional=True,
            ),
            FormField(_("What allows the sensitive data"), on.condition),
            FormField(
                _("Who gives you the data"),
                on.origin,
                hint=_("Somebody else: then each person is told of it within a month, Article 14."),
            ),
            self._text("sources", _("Where the data come from")),
            self._text(
                "duty",
                _("Must they be given"),
                _("And what happens if somebody does not give them."),
            ),
            FormField(
                _("Fields that forms ask for"),
                on.fields,
                hint=_("What is not ticked in any row is off in every form."),
                optional=True,
            ),
        )

    def _time(self) -> tuple[FormField, ...]:
        on = self.controls
        return (
            self._kept(),
            FormField(
                _("Why so long"),
                on.reason,
                hint=_("Asked for where it is more than three years and no law says so."),
                optional=True,
            ),
            FormField(_("When the time is over"), on.at_end),
            self._text(
                "deidentification",
                _("Made less personal"),
                _("Such as a shortened IP address, or initials instead of names."),
            ),
            FormField(
                _("Looked through again after, in months"),
                on.review_months,
                check=self._wrong_months,
            ),
        )

    def _kept(self) -> FormField:
        if self._activity.rule.law is None:
            return FormField(
                _("Kept for"),
                self.controls.rule,
                check=self.controls.rule.problem,
                hint=_("The second number only where it is a range, such as 3 to 4 months."),
            )
        self.controls.rule.setParent(self)
        self.controls.rule.hide()
        said = Label(self._activity.periods[0], wrap=True)
        return FormField(
            _("Kept for"), said, hint=_("A law says so, so it cannot be changed here.")
        )

    def _others(self) -> tuple[FormField, ...]:
        return (
            FormField(_("Who else gets the data"), self.controls.recipients, optional=True),
            self._text(
                "joint_controller",
                _("Together with"),
                _("Another business that decides about the data with you: Article 26."),
            ),
            self._text("joint_arrangement", _("Who of the two answers for what")),
            self._text(
                "system_of_record",
                _("Kept in another system"),
                _("Its name, if it holds the originals. Empty: this register does."),
            ),
        )

    def _protection(self) -> tuple[FormField, ...]:
        return (
            self._list("measures", _("How they are protected")),
            self._text(
                "profiling", _("Profiling"), _("What you conclude about people from their data.")
            ),
            self._text(
                "automated_decision",
                _("Automated decisions"),
                _("What a program decides about people by itself: Article 22."),
            ),
            self._text(
                "objection", _("How to object"), _("The way a person says no to it: Article 21.")
            ),
        )

    def _place(self) -> tuple[FormField, ...]:
        on = self.controls
        return (
            FormField(_("Cookies"), on.cookies, check=on.cookies.problem, optional=True),
            FormField(_("Cameras"), on.camera, check=on.camera.problem, optional=True),
        )

    def _promises(self) -> tuple[FormField, ...]:
        return (
            self._list("statements", _("What you also promise")),
            FormField(_("Which privacy notices tell of it"), self.controls.audiences),
        )

    def _wrong_months(self) -> str | None:
        typed = self.controls.review_months.text().strip()
        if typed.isdecimal() and int(typed) in _REVIEWS:
            return None
        return _("Write a number of months from 1 to 120, such as 12.")

    def _save(self) -> None:
        if not self.all_right():
            return
        desk, ref, changes = self.context.desk, self._activity.row.ref, self.controls.changes()
        self.keep(
            lambda _progress: desk.run(update_activity, activity_ref=ref, changes=changes),
            lambda _none: self.end(_("“{name}” is changed").format(name=changes.name)),
        )

    def _remove(self) -> None:
        desk, ref = self.context.desk, self._activity.row.ref
        words = _("“{name}” is removed").format(name=self._activity.row.name)
        self.keep(
            lambda _progress: desk.run(remove_activity, activity_ref=ref),
            lambda _none: self.end(words),
        )


def _typed(edit: QLineEdit | TextArea) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def edit_activity(context: PageContext, activity_ref: ActivityRef) -> ActivityForm:
    """Change a row of the register."""
    form = ActivityForm(context, context.desk.ask(show_activity, activity_ref=activity_ref))
    form.open()
    return form
