"""Telling the authority: the form to copy from, that it was sent, or why it is not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk.i18n import _, format_moment
from gdprdesk.services.breach_forms import FormLine, show_breach_form
from gdprdesk.services.breach_log import BreachDetail
from gdprdesk.services.breach_steps import leave_unreported, report_breach, supplement_breach
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.moment_field import MomentField
from gdprdesk_ui.dialogs.reason import ReasonForm
from gdprdesk_ui.tokens import Role
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    DateField,
    FormField,
    Label,
    Line,
    TextArea,
    all_right,
    column,
    holder,
    row,
)


class FormToCopy(FormDialog):
    """The fields of the authority's form in its order, each with a button that copies it.

    Attributes:
        copy_buttons: One for each field that has something in it, by what it holds.
    """

    def __init__(self, context: PageContext, one: BreachDetail) -> None:
        form = context.desk.ask(show_breach_form, breach_ref=one.row.ref)
        super().__init__(
            context,
            _("The form of {authority}").format(authority=form.authority),
            _("Open {web} and copy the fields one by one. Nothing is sent from here.").format(
                web=form.web
            ),
            verb=_("I have sent it…"),
            width=WIDE,
        )
        self.copy_buttons: dict[str, Button] = {}
        missing = [line.heading for line in form.lines if line.is_missing]
        if missing:
            said = _("Still to be filled in: {fields}").format(fields="; ".join(missing))
            self.body.addWidget(Banner("warn", said, icon_name="triangle-alert"))
        for line in form.lines:
            self.body.addWidget(self._line(line))
        self.verb_button.clicked.connect(lambda: self._go_on(one))
        self.cancel_button.setText(_("Close"))

    def _line(self, line: FormLine) -> QWidget:
        role: Role = "warn" if line.is_missing else "text"
        value = Label(line.value or _("Nothing to write here"), "body", role, wrap=True)
        words = column(Label(line.heading, "small", "muted", wrap=True), value, spacing=2)
        shown = row(words, spacing=12)
        shown.setStretch(0, 1)
        if line.value:
            button = Button(_("Copy"), icon_name="copy", size="small")
            button.setAccessibleDescription(line.heading)
            button.clicked.connect(lambda: self._copy(button, line.value))
            shown.addWidget(button)
            self.copy_buttons[line.holds] = button
        return holder(column(shown, Line(), spacing=8))

    def _copy(self, button: Button, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        button.setText(_("Copied"))

    def _go_on(self, one: BreachDetail) -> None:
        self.accept()
        ReportForm(self.context, one).open()


class ReportForm(KeptForm):
    """That the authority was told: when, its number, why late, and whether more follows.

    Attributes:
        at: When it was sent.
        case: The authority's own number.
        late: Why it came late; only where it did.
        more: Whether the rest follows later.
        due: By when the rest follows.
    """

    def __init__(self, context: PageContext, one: BreachDetail) -> None:
        super().__init__(
            context,
            _("Reported to the authority"),
            _("To be reported by {moment}").format(moment=format_moment(one.row.clock.due_at)),
            draft=f"breach:{one.row.ref}:report",
            verb=_("Save"),
        )
        self._one = one
        self.at, self.case = MomentField(), QLineEdit()
        self.late, self.due = TextArea(lines=3), DateField()
        self.more = QCheckBox(_("Not everything was known yet: the rest follows"))
        hint = _("Empty: the last day of the authority, or two weeks where it has none.")
        self._late_field = FormField(
            _("Why did it take longer than {hours} hours?").format(hours=one.row.clock.hours),
            self.late,
            hint=_("Article 33(1) asks for it."),
        )
        self._due_field = FormField(
            _("When do you send the rest?"),
            self.due,
            check=self.due.problem,
            hint=hint,
            optional=True,
        )
        self._fields = [
            FormField(_("When did you send it?"), self.at, check=self.at.problem),
            FormField(_("Case number of the authority"), self.case, optional=True),
            self._late_field,
        ]
        for part in (*self._fields, self.more, self._due_field):
            self.body.addWidget(part)
        controls = {
            "at": self.at,
            "case": self.case,
            "late": self.late,
            "more": self.more,
            "due": self.due,
        }
        due = one.row.supplement_due
        known = {
            "at": (one.row.reported_at or context.desk.now).isoformat(),
            "case": one.row.authority_case,
            "late": one.late,
            "more": due is not None,
            "due": due.isoformat() if due else "",
        }
        self.begin(controls, known)
        self.at.changed.connect(self._show_parts)
        self.more.toggled.connect(self._show_parts)
        self.verb_button.clicked.connect(self._save)
        self._show_parts()
        self.case.setFocus()

    def _show_parts(self) -> None:
        at = self.at.moment()
        self._late_field.setVisible(at is not None and at > self._one.row.clock.due_at)
        self._due_field.setVisible(self.more.isChecked())

    def _save(self) -> None:
        if not all_right([*self._fields, self._due_field]):
            return
        desk, ref = self.context.desk, self._one.row.ref
        at, case, late = self.at.moment(), self.case.text(), text_of(self.late)
        more, due = self.more.isChecked(), self.due.day()
        self.keep(
            lambda _progress: desk.run(
                report_breach,
                breach_ref=ref,
                reported_at=at,
                authority_case=case,
                late=late,
                whole=not more,
                supplement_due=due,
            ),
            lambda _none: self.end(_("The report is written down")),
        )


def send_rest(context: PageContext, one: BreachDetail, button: Button) -> None:
    """Write down that the rest was sent to the authority today."""
    context.save(
        lambda _progress: context.desk.run(supplement_breach, breach_ref=one.row.ref),
        lambda _none: context.toast(_("The rest is sent"), undoable=True),
        button,
    )


def ask_why_unreported(context: PageContext, one: BreachDetail) -> ReasonForm:
    """Ask why the authority need not be told."""
    form = ReasonForm(
        context,
        _("Not to be reported"),
        _("Only when it is unlikely to harm anybody. The reason stays in the log: Article 33(5)."),
        label=_("Why need the authority not be told?"),
        missing=_("Write why the authority need not be told."),
        draft=f"breach:{one.row.ref}:unreported",
        known=one.row.not_reported or one.risk_why,
        do=_unreported(context, one),
    )
    form.open()
    return form


def _unreported(context: PageContext, one: BreachDetail) -> Callable[[str], object]:
    return lambda why: context.desk.run(leave_unreported, breach_ref=one.row.ref, why=why)
