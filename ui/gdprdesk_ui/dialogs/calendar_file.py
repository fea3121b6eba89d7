"""Orders and visits of some days, for a calendar program."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox

from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.order_files import export_calendar
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.widgets import Banner, DateField, FormField, all_right, row


class CalendarFile(FormDialog):
    """From which day to which, and whether anybody is named; then where to.

    Attributes:
        since: The first day.
        until: The last day.
        with_names: Whether the file says who comes for what.
        warning: What that means.
    """

    def __init__(self, context: PageContext, since: date, until: date) -> None:
        super().__init__(
            context,
            _("For a calendar program"),
            _("A file that Outlook, Google and telephones open. No diets and no notes are in it."),
            verb=_("Save…"),
        )
        self.since, self.until = DateField(since), DateField(until)
        self._fields = (
            FormField(_("First day"), self.since, check=self.since.problem),
            FormField(_("Last day"), self.until, check=self._until_problem),
        )
        self.with_names = QCheckBox(_("With names and what was ordered"))
        self.warning = Banner(
            "warn",
            _("A calendar is seen by many"),
            _("Whoever runs the calendar gets the names of your customers. Save it without."),
            icon_name="triangle-alert",
        )
        self.warning.hide()
        self.body.addLayout(row(*self._fields, spacing=12))
        self.body.addWidget(self.with_names)
        self.body.addWidget(self.warning)
        self.with_names.toggled.connect(self.warning.setVisible)
        context.leave_out(Permission.PEOPLE, self.with_names)
        self.verb_button.clicked.connect(self._save)

    def _until_problem(self) -> str | None:
        since, until = self.since.day(), self.until.day()
        if since is not None and until is not None and until < since:
            return _("The last day is before the first.")
        return self.until.problem() or (None if until else _("Write a day."))

    def _save(self) -> None:
        since, until = self.since.day(), self.until.day()
        if not all_right(self._fields) or since is None or until is None:
            return
        name = _("Calendar {since} to {until}.ics").format(since=since, until=until)
        kinds = [(_("Calendar"), ["ics"])]
        path = ask.choose_file_to_save(self.context.window, _("Save the calendar"), name, kinds)
        if path is None:
            return
        desk, names = self.context.desk, self.with_names.isChecked()
        self.context.save(
            lambda _progress: desk.run(
                export_calendar,
                since=since,
                until=until,
                to=path,
                with_names=names,
                overwrite=True,
            ),
            self._saved,
            self.verb_button,
        )

    def _saved(self, receipt: ExportReceipt) -> None:
        self.accept()
        tell_saved(self.context, receipt.path)


def save_calendar(context: PageContext, since: date, until: date) -> CalendarFile:
    """Save some days for a calendar program."""
    form = CalendarFile(context, since, until)
    form.open()
    return form
