"""How a person was told where data about her came from, or why she need not be: Article 14."""

from __future__ import annotations

from PySide6.QtWidgets import QRadioButton

from gdprdesk.domain.terms import Channel, SourceException, say
from gdprdesk.i18n import _
from gdprdesk.services.sources import SourceRow, excuse_notice, mark_told
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import (
    Choice,
    DateField,
    FormField,
    TextArea,
    all_right,
    column,
    holder,
    required,
)


class ToldForm(FormDialog):
    """How and when she was told.

    Attributes:
        how: By letter, by phone and so on.
        day: When.
    """

    def __init__(self, context: PageContext, source: SourceRow) -> None:
        title = _("{name} was told").format(name=source.name)
        super().__init__(context, title, source.source, verb=_("Save"))
        self._ref = source.ref
        self.how = Choice([(one, say(one)) for one in Channel])
        self.how.set_value(Channel.EMAIL)
        self.day = DateField(context.today)
        self._field = FormField(_("On"), self.day, check=self._problem)
        self.body.addWidget(FormField(_("How"), self.how))
        self.body.addWidget(self._field)
        self.verb_button.clicked.connect(self._save)
        self.how.setFocus()

    def _problem(self) -> str | None:
        missing = None if self.day.day() else _("Choose a day.")
        return self.day.problem() or missing

    def _save(self) -> None:
        if all_right([self._field]):
            ref, how, day = self._ref, self.how.value(), self.day.day()
            self.context.save(
                lambda _progress: self.context.desk.run(mark_told, ref=ref, how=how, on=day),
                lambda _none: self._end(),
                self.verb_button,
                refused=self._field.show_error,
            )

    def _end(self) -> None:
        self.accept()
        self.context.toast(_("It is written down that she was told"), undoable=True)


class UntoldForm(FormDialog):
    """Which exception it is, and why, in own words: the authority would ask.

    Attributes:
        exceptions: The four there are.
        why: Own words.
    """

    def __init__(self, context: PageContext, source: SourceRow) -> None:
        title = _("{name} need not be told").format(name=source.name)
        sentence = _("Only for one of these reasons: Article 14(5).")
        super().__init__(context, title, sentence, verb=_("Save"))
        self._ref = source.ref
        self.exceptions = {one: QRadioButton(say(one)) for one in SourceException}
        self.exceptions[SourceException.KNOWS].setChecked(True)
        self.why = TextArea(lines=3)
        self._field = FormField(
            _("Why, in your own words"),
            self.why,
            check=required(self.why.toPlainText, _("Write why she need not be told.")),
        )
        choices = holder(column(*self.exceptions.values(), spacing=0))
        self.body.addWidget(FormField(_("Reason"), choices))
        self.body.addWidget(self._field)
        self.verb_button.clicked.connect(self._save)
        self.why.setFocus()

    def _save(self) -> None:
        if all_right([self._field]):
            ref, why = self._ref, self.why.toPlainText()
            chosen = next(one for one, button in self.exceptions.items() if button.isChecked())
            self.context.save(
                lambda _progress: self.context.desk.run(
                    excuse_notice, ref=ref, exception=chosen, why=why
                ),
                lambda _none: self._end(),
                self.verb_button,
            )

    def _end(self) -> None:
        self.accept()
        self.context.toast(_("It is written down why she need not be told"), undoable=True)


def ask_told(context: PageContext, source: SourceRow) -> ToldForm:
    """Ask how and when a person was told where data about her came from."""
    form = ToldForm(context, source)
    form.open()
    return form


def ask_why_untold(context: PageContext, source: SourceRow) -> UntoldForm:
    """Ask why a person need not be told."""
    form = UntoldForm(context, source)
    form.open()
    return form
