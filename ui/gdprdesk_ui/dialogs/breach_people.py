"""Whom a breach concerns: choosing them, what they are written, and that they were told."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Channel, say
from gdprdesk.i18n import LANGUAGE_NAMES, _, ngettext
from gdprdesk.services.breach_files import export_breach_letter
from gdprdesk.services.breach_letters import (
    BreachLetter,
    show_breach_letter,
    show_controller_letter,
)
from gdprdesk.services.breach_log import BreachDetail
from gdprdesk.services.breach_people import (
    choose_people,
    leave_untold,
    tell_people,
    tell_publicly,
)
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.served import ControllerRow
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.person_picker import PersonPicker
from gdprdesk_ui.dialogs.reason import ReasonForm
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Choice,
    DateField,
    FormField,
    Label,
    all_right,
    row,
)


class ChoosePeople(FormDialog):
    """One person, or everybody of whom there are data in the rows it concerns.

    Attributes:
        picker: Finds a person.
        all_button: Chooses everybody in the rows it concerns.
    """

    def __init__(self, context: PageContext, one: BreachDetail) -> None:
        super().__init__(
            context,
            _("Whom does it concern?"),
            _("Each of them is told by a letter or a message of her own."),
            verb=_("Add"),
        )
        self._one = one
        self.picker = PersonPicker(context)
        self.all_button = Button(
            _("Everybody in the rows it concerns"), icon_name="users", on_click=self._take_all
        )
        self.all_button.setEnabled(bool(one.activities))
        self.body.addWidget(FormField(_("One person"), self.picker))
        self.body.addLayout(row(self.all_button, None))
        self.verb_button.setEnabled(False)
        self.picker.picked.connect(lambda found: self.verb_button.setEnabled(found is not None))
        self.verb_button.clicked.connect(self._take_one)
        self.picker.setFocus()

    def _take_one(self) -> None:
        if self.picker.ref is not None:
            self._choose((self.picker.ref,), of_activities=False)

    def _take_all(self) -> None:
        self._choose((), of_activities=True)

    def _choose(self, refs: tuple[SubjectRef, ...], *, of_activities: bool) -> None:
        context, ref = self.context, self._one.row.ref

        def chosen(count: int) -> None:
            self.accept()
            said = ngettext("{count} person is added", "{count} people are added", count)
            context.toast(said.format(count=count), undoable=count > 0)

        context.save(
            lambda _progress: context.desk.run(
                choose_people, breach_ref=ref, subject_refs=refs, of_activities=of_activities
            ),
            chosen,
            self.verb_button,
        )


class LetterDialog(FormDialog):
    """A letter to read, to copy into a mail, or to save as PDF.

    Attributes:
        spoken: The language it is in.
        copy_button: Copies it as text.
    """

    def __init__(
        self,
        context: PageContext,
        one: BreachDetail,
        *,
        subject_ref: SubjectRef | None = None,
        served: ControllerRow | None = None,
    ) -> None:
        super().__init__(context, "", verb=_("Save as PDF…"), width=WIDE)
        self._one, self._subject_ref, self._served = one, subject_ref, served
        self.cancel_button.setText(_("Close"))
        self.copy_button = Button(_("Copy the text"), icon_name="copy", on_click=self._copy)
        self.verbs.insertWidget(1, self.copy_button)
        self._letter = self._read("")
        self.spoken = Choice(list(LANGUAGE_NAMES))
        self.spoken.set_value(self._letter.language)
        self.spoken.picked.connect(self._show)
        self.warning = Banner("warn", "", icon_name="triangle-alert")
        self._text = Label("", "body", wrap=True)
        self.body.addWidget(FormField(_("Language"), self.spoken))
        self.body.addWidget(self.warning)
        self.body.addWidget(self._text)
        self.body.addStretch(1)
        self.verb_button.clicked.connect(self._save)
        self._show(self._letter.language)

    def _read(self, code: str) -> BreachLetter:
        desk, ref = self.context.desk, self._one.row.ref
        if self._served is not None:
            return desk.ask(
                show_controller_letter,
                breach_ref=ref,
                controller_ref=self._served.ref,
                language_code=code,
            )
        return desk.ask(
            show_breach_letter,
            breach_ref=ref,
            subject_ref=self._subject_ref,
            language_code=code,
        )

    def _show(self, code: str) -> None:
        self._letter = self._read(code)
        self.title.setText(self._letter.subject)
        self._text.setText(self._letter.body)
        warnings = []
        if self._letter.blanks:
            said = _("Still to be filled in: {fields}")
            warnings.append(said.format(fields=" ".join(self._letter.blanks)))
        if self._letter.in_own_words:
            warnings.append(_("Your own sentences are not translated. Do that before you send it."))
        self.warning.set_words(" ".join(warnings))
        self.warning.setVisible(bool(warnings))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._letter.body)
        self.copy_button.setText(_("Copied"))

    def _save(self) -> None:
        context, served = self.context, self._served
        title = _("Save the letter")
        name = _("Breach {number} letter").format(number=self._one.row.number) + ".pdf"
        path = ask.choose_file_to_save(context.window, title, name, [(_("PDF"), ["pdf"])])
        if path is None:
            return
        code = self.spoken.value()

        def saved(receipt: ExportReceipt) -> None:
            self.accept()
            tell_saved(context, receipt.path)

        context.save(
            lambda _progress: context.desk.run(
                export_breach_letter,
                breach_ref=self._one.row.ref,
                to=path,
                subject_ref=self._subject_ref,
                controller_ref=served.ref if served else None,
                language_code=code,
                overwrite=True,
            ),
            saved,
            self.verb_button,
        )


class ToldForm(KeptForm):
    """That everybody chosen was told: how, and on which day.

    Attributes:
        by: How.
        day: When.
    """

    def __init__(self, context: PageContext, one: BreachDetail) -> None:
        waiting = one.row.untold
        said = ngettext("{count} person", "{count} people", waiting).format(count=waiting)
        super().__init__(
            context,
            _("They have been told"),
            said,
            draft=f"breach:{one.row.ref}:told",
            verb=_("Save"),
        )
        self._one = one
        self.by = Choice([(channel, say(channel)) for channel in Channel])
        self.day = DateField()
        self._fields = [
            FormField(_("How?"), self.by),
            FormField(_("On which day?"), self.day, check=self.day.problem),
        ]
        for field in self._fields:
            self.body.addWidget(field)
        known = {"by": Channel.EMAIL, "day": context.today.isoformat()}
        self.begin({"by": self.by, "day": self.day}, known)
        self.verb_button.clicked.connect(self._save)
        self.by.setFocus()

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref, by, day = self.context.desk, self._one.row.ref, self.by.value(), self.day.day()
        self.keep(
            lambda _progress: desk.run(tell_people, breach_ref=ref, by=by, on=day),
            lambda _none: self.end(_("It is written down that they were told")),
        )


def ask_public_notice(context: PageContext, one: BreachDetail) -> ReasonForm:
    """Ask where the public notice stands and why not everybody was written to."""
    return _opened(
        ReasonForm(
            context,
            _("Told by a public notice"),
            _("When it would be far too much work to tell each of them: Article 34(3)."),
            label=_("Where does it stand, and why not a letter to each?"),
            missing=_("Write where the notice stands."),
            draft=f"breach:{one.row.ref}:notice",
            known=one.told_how,
            do=lambda how: context.desk.run(tell_publicly, breach_ref=one.row.ref, how=how),
        )
    )


def ask_why_untold(context: PageContext, one: BreachDetail) -> ReasonForm:
    """Ask why the people need not be told."""
    return _opened(
        ReasonForm(
            context,
            _("Need not be told"),
            _("When nobody can read the data, or the danger is over since: Article 34(3)."),
            label=_("Why need they not be told?"),
            missing=_("Write why they need not be told."),
            draft=f"breach:{one.row.ref}:untold",
            known=one.not_told,
            do=lambda why: context.desk.run(leave_untold, breach_ref=one.row.ref, why=why),
        )
    )


def _opened(form: ReasonForm) -> ReasonForm:
    form.open()
    return form
