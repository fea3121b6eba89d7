"""The log extract that a person is given: in which language, and with which names."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import LANGUAGES, _, current_language, format_moment
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.read_log import ReadingRow, list_readings
from gdprdesk.services.read_log_letter import export_read_log
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.save_guarded import Saving, save_guarded
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.widgets import Choice, EntryList, FormField, Label, Switch, row

_SHOWN = 8


class ReadLogForm(FormDialog):
    """Shows who has read about a person, and saves it for her.

    Attributes:
        readings: Who has read, the latest first.
        kind: As what it is saved.
        language: The language of the letter.
        names: Whether it names those who read.
    """

    def __init__(self, context: PageContext, subject_ref: SubjectRef, name: str) -> None:
        super().__init__(
            context,
            _("Who has read about {name}").format(name=name),
            _("Each time something guarded was opened or saved, the latest first."),
            verb=_("Save the log extract…"),
            width=600,
        )
        self._subject_ref = subject_ref
        rows = context.desk.ask(list_readings, subject_ref=subject_ref)
        self.readings = EntryList(_("Who has read"), "rows")
        self.readings.show_sections([Section("", tuple(map(_entry, rows)) or (_nobody(),))])
        line = self.readings.content_height() // max(1, len(rows))
        self.readings.setFixedHeight(min(self.readings.content_height(), line * _SHOWN) + 2)
        self.kind: Choice[LetterFormat] = Choice(
            [(LetterFormat.PDF, _("PDF to print")), (LetterFormat.TXT, _("Text to mail"))]
        )
        self.language: Choice[str] = Choice([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.language.set_value(current_language())
        self.names = Switch(_("Name those who have read"))
        self.body.addWidget(self.readings)
        self.body.addWidget(FormField(_("As what"), self.kind))
        self.body.addWidget(FormField(_("Language"), self.language))
        self.body.addLayout(row(Label(_("Name those who have read")), None, self.names))
        hint = _("She has a right to know which unit read and when. Names are yours to give.")
        self.body.addWidget(Label(hint, "small", "muted", wrap=True))
        self.verb_button.clicked.connect(self._save)
        self.cancel_button.setText(_("Close"))

    def _save(self) -> None:
        kind, desk = self.kind.value(), self.context.desk
        ref, names, code = self._subject_ref, self.names.isChecked(), self.language.value()

        def write(to: Path, _kind: str) -> ExportReceipt:
            return desk.run(
                export_read_log,
                subject_ref=ref,
                to=to,
                format=kind,
                with_names=names,
                language_code=code,
                overwrite=True,
            )

        name = _("Who has read")
        kinds = [(kind.value, self.kind.currentText())]
        save_guarded(self.context, Saving(name, name, export_read_log, kinds, write))


def _entry(one: ReadingRow) -> Entry:
    why = f" ({one.why})" if one.why else ""
    return Entry(one.who, one.what + why, avatar=one.who, end=format_moment(one.at))


def _nobody() -> Entry:
    return Entry(_("Nobody has read anything guarded."), icon="shield-check")


def show_read_log(context: PageContext, subject_ref: SubjectRef, name: str) -> ReadLogForm:
    """Show who has read about a person."""
    form = ReadLogForm(context, subject_ref, name)
    form.open()
    return form
