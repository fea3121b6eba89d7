"""What a person said when she was asked: to which words, how, and where the proof is."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import ConsentMethod, Decision, say
from gdprdesk.exports import PDF
from gdprdesk.i18n import LANGUAGES, _
from gdprdesk.services.consent_texts import ConsentTextRow, list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.guardians import list_guardians
from gdprdesk.services.persons import show_subject
from gdprdesk.services.reports.consent_form import consent_form
from gdprdesk.services.staff_names import show_who_works
from gdprdesk.services.subjects import SubjectRow
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.channel_boxes import ChannelBoxes
from gdprdesk_ui.dialogs.counter import CounterAnswer, show_to_customer
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.person_picker import PersonPicker
from gdprdesk_ui.widgets import (
    Button,
    Card,
    Choice,
    DateField,
    FormField,
    Label,
    all_right,
    hide_unless,
    holder,
    row,
)
from gdprdesk_ui.widgets.printing import print_pdf

_ANSWERS = (Decision.GIVEN, Decision.REFUSED, Decision.PENDING)
_METHODS: tuple[ConsentMethod, ...] = (
    ConsentMethod.SIGNATURE,
    ConsentMethod.ORALLY,
    ConsentMethod.WEB_FORM,
    ConsentMethod.EMAIL,
)
_WIDTH = 560


class AnswerField(QWidget):
    """Yes, no or not confirmed, none of them chosen beforehand.

    Attributes:
        buttons: They, by what they mean.
    """

    def __init__(self) -> None:
        super().__init__()
        self.buttons = {answer: QRadioButton(say(answer)) for answer in _ANSWERS}
        self._group = QButtonGroup(self)
        for button in self.buttons.values():
            self._group.addButton(button)
        self.setLayout(row(*self.buttons.values(), None, spacing=24))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.buttons[Decision.GIVEN].setFocus(event.reason())

    def answer(self) -> Decision | None:
        """Return what was answered; None before she has."""
        checked = (one for one, button in self.buttons.items() if button.isChecked())
        return next(checked, None)


class ConsentForm(FormDialog):
    """Who was asked what, and what was answered.

    Args:
        context: The open register.
        subject_ref: Who was asked; without it, she is looked for here.
        purpose: What for; without it, it is chosen here.

    Attributes:
        picker: Looks for the person; None where she is given.
        words: The exact words of the version in use.
        other_words: Says that there are none in her language, and which she is shown.
        who: Who answers for a child; empty for herself.
        show_button: Turns the screen to the customer, who reads, ticks, signs and answers.
        print_button: Prints the form to sign by hand.
    """

    def __init__(
        self, context: PageContext, subject_ref: SubjectRef | None = None, purpose: str = ""
    ) -> None:
        super().__init__(context, _("New consent"), verb=_("Save"), width=_WIDTH)
        self._given, self._wanted = subject_ref, purpose
        self._texts = {
            code: {one.purpose: one for one in context.desk.ask(list_consent_texts, language=code)}
            for code in LANGUAGES
        }
        own = context.desk.ask(list_consent_texts)
        self.picker = None if subject_ref else PersonPicker(context)
        self.purpose = Choice([(one.purpose, one.name) for one in own])
        if purpose:
            self.purpose.set_value(purpose)
        self.language = Choice([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self._own_language = own[0].language
        self.language.set_value(self._own_language)
        self.words = Label("", wrap=True)
        self.version = Label("", "small", "muted")
        self.channels, self.answer = ChannelBoxes(), AnswerField()
        self.who: Choice[str] = Choice([("", "")])
        self.show_button = Button(
            _("Show to the customer"), icon_name="monitor", on_click=self._show_to_customer
        )
        self.print_button = Button(_("Print the form…"), icon_name="printer", on_click=self._print)
        self._is_shown = False
        self.method = Choice([(one, say(one)) for one in _METHODS])
        self.evidence = QLineEdit()
        self.day = DateField(context.today)
        self._build()
        self._draft = DraftKeeper(context, "consent", self._entered, self)
        self._turn_to(subject_ref)
        self._listen()
        (self.picker or self.purpose).setFocus()

    def _build(self) -> None:
        self._person = FormField(_("Person"), self.picker or QWidget(), check=self._person_problem)
        hide_unless(self.picker, self._person)
        what = _beside(
            FormField(_("What for"), self.purpose), FormField(_("Asked in"), self.language)
        )
        self._who = FormField(
            _("Who answers"),
            self.who,
            hint=_(
                "No law names an age for this. Let her guardian answer unless she understands "
                "what she says yes to."
            ),
        )
        hide_unless(None, self._who)
        self.other_words = Label("", "small", "warn", wrap=True)
        answer = FormField(_("What was the answer?"), self.answer, check=self._answer_problem)
        self._where = FormField(
            _("Where it may be seen"), self.channels, check=self._channel_problem
        )
        day = FormField(_("Day"), self.day, check=self._day_problem)
        proof = FormField(
            _("Proof"),
            self.evidence,
            hint=_("Who heard it, or where the paper is."),
            optional=True,
        )
        self._fields = (self._person, answer, self._where, day)
        exact = Card(self.version, self.words, sunken=True, padding=14, spacing=6)
        how = _beside(FormField(_("How"), self.method), day)
        parts = (self._person, what, self.other_words, exact, self._who, answer, self._where)
        for part in (*parts, how, proof):
            self.body.addWidget(part)
        self.verbs.insertWidget(0, self.show_button)
        self.verbs.insertWidget(1, self.print_button)

    def _listen(self) -> None:
        for choice in (self.purpose, self.language):
            choice.picked.connect(lambda _value: self._show_words())
            choice.picked.connect(lambda _value: self._draft.touch())
        self.method.picked.connect(lambda _value: self._draft.touch())
        self.who.picked.connect(lambda _value: self._draft.touch())
        for button in self.answer.buttons.values():
            button.clicked.connect(self._draft.touch)
        self.evidence.textEdited.connect(self._draft.touch)
        self.day.changed.connect(self._draft.touch)
        if self.picker is not None:
            self.picker.picked.connect(self._pick)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)

    def _pick(self, person: SubjectRow | None) -> None:
        if person is not None:
            self._turn_to(person.ref)
            self.show_button.setFocus()  # she stands at the counter: Enter turns the screen to her

    def _turn_to(self, ref: SubjectRef | None) -> None:
        """Speak her language, and show what was entered for her before, if it is about this."""
        entered = self._draft.follow(ref)
        if self._wanted and entered.get("purpose") != self._wanted:
            entered = {}
        if ref is not None:
            person = self.context.desk.ask(show_subject, subject_ref=ref)
            self.language.set_value(person.language or self.language.value())
            self._offer_guardians(ref, person.name)
            if self._given:
                said = _("What {name} said, and to which words.").format(name=person.name)
                self.sentence.setText(said)
                self.sentence.show()
        self._show(entered)

    def _offer_guardians(self, ref: SubjectRef, name: str) -> None:
        """Ask who answers for a child: her guardian, unless somebody decides otherwise."""
        guardians = self.context.desk.ask(list_guardians, subject_ref=ref)
        today = self.context.today
        names = [one.name for one in guardians if one.name and today < one.of_age_on]
        herself = ("", _("{name} herself").format(name=name))
        self.who.set_choices([*((one, one) for one in names), herself])
        self._who.setVisible(bool(names))

    def _show(self, entered: dict[str, Any]) -> None:
        if entered and entered["purpose"] in self._texts[self._own_language]:
            self.purpose.set_value(entered["purpose"])
            self.language.set_value(entered["language"])
            self.method.set_value(ConsentMethod(entered["method"]))
            self.evidence.setText(entered["evidence"])
            self.day.edit.setText(entered["day"])
            if entered.get("who", "") in self.who:
                self.who.set_value(entered["who"])
            if entered["answer"]:
                self.answer.buttons[Decision(entered["answer"])].setChecked(True)
        self._show_words()
        for channel in entered.get("channels", ()):
            if channel in self.channels.boxes:
                self.channels.boxes[channel].setChecked(True)

    def _entered(self) -> dict[str, Any]:
        answer = self.answer.answer()
        if not answer and not self.evidence.text().strip() and not self._is_shown:
            return {}
        return {
            "purpose": self.purpose.value(),
            "language": self.language.value(),
            "method": self.method.value().value,
            "evidence": self.evidence.text(),
            "day": self.day.edit.text(),
            "answer": answer.value if answer else "",
            "channels": list(self.channels.ticked()),
            "who": self.who.value(),
        }

    def _text(self) -> ConsentTextRow:
        """Return the words in the language she is asked in, or in that of the register."""
        own = self._texts[self._own_language][self.purpose.value()]
        return self._texts[self.language.value()].get(self.purpose.value(), own)

    def _show_words(self) -> None:
        text = self._text()
        has_words = text.language == self.language.value()
        self.other_words.setText(
            _("There are no words for this in {language}. She is shown those in {other}.").format(
                language=LANGUAGE_NAMES[self.language.value()],
                other=LANGUAGE_NAMES[text.language],
            )
        )
        self.other_words.setVisible(not has_words)
        self.words.setText(text.text)
        self.version.setText(_("The exact words, version {version}").format(version=text.version))
        self.channels.offer(text.channels)
        self._where.setVisible(bool(text.channels))

    def _ref(self) -> SubjectRef | None:
        return self._given or (self.picker.ref if self.picker else None)

    def _person_problem(self) -> str | None:
        return None if self._ref() else _("Choose the person who was asked.")

    def _channel_problem(self) -> str | None:
        needed = self._text().channels and self.answer.answer() is Decision.GIVEN
        if needed and not self.channels.ticked():
            return _("Tick at least one place, or the answer is no.")
        return None

    def _answer_problem(self) -> str | None:
        return None if self.answer.answer() else _("Choose yes or no.")

    def _day_problem(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Write the day it was said.")
        return _("This day has not come yet.") if day > self.context.today else None

    def _save(self) -> None:
        ref, answer, day = self._ref(), self.answer.answer(), self.day.day()
        if not all_right(self._fields) or ref is None or answer is None or day is None:
            return
        self._record(
            ref,
            decision=answer,
            method=self.method.value(),
            channels=self.channels.ticked() if answer is Decision.GIVEN else (),
            evidence=self.evidence.text(),
            decided_on=day,
        )

    def _show_to_customer(self) -> None:
        """Turn the screen to the customer; the form waits behind, and is kept if it is locked."""
        if not self._person.is_right():
            return
        self._is_shown = True
        self._draft.keep()
        counter = show_to_customer(self.context, self._text(), self.who.value())
        counter.answered.connect(self._take)
        counter.rejected.connect(self._return)

    def _return(self) -> None:
        self._is_shown = False
        self._draft.touch()
        self.show_button.setFocus()
        self._leave_counter()

    def _leave_counter(self) -> None:
        """Lock what lies behind, if whoever works here wants to open it herself."""
        if self.context.preferences.settings.lock_after_counter:
            self.context.lock()

    def _take(self, answer: CounterAnswer) -> None:
        ref = self._ref()
        if ref is not None:
            heard = self.context.desk.ask(show_who_works).name
            self._record(
                ref,
                decision=answer.decision,
                method=answer.method,
                channels=answer.channels,
                evidence=_("At the counter, {name} was there").format(name=heard),
                decided_on=self.context.today,
                signature=answer.signature,
            )

    def _record(self, ref: SubjectRef, **said: Any) -> None:
        desk, text, given_by = self.context.desk, self._text(), self.who.value()
        self.context.save(
            lambda _progress: desk.run(
                record_consent, subject_ref=ref, text_ref=text.ref, given_by=given_by, **said
            ),
            self._end,
            self.verb_button,
        )

    def _print(self) -> None:
        ref = self._ref()
        if self._person.is_right() and ref is not None:
            desk, text = self.context.desk, self._text()
            document = desk.ask(consent_form, subject_ref=ref, text_ref=text.ref)
            printer = ask.choose_printer(self)
            if printer is not None:
                self.context.perform(
                    lambda _progress: print_pdf(PDF.render(document), printer),
                    doing=_("Printing …"),
                    button=self.print_button,
                )

    def _end(self, _ref: RecordRef) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(
            _("The answer to “{purpose}” is saved").format(purpose=self._text().name),
            undoable=True,
        )
        if self._is_shown:
            self._leave_counter()


def _beside(wide: QWidget, narrow: QWidget) -> QWidget:
    line = row(wide, narrow, spacing=12)
    line.setStretch(0, 3)
    line.setStretch(1, 2)
    return holder(line)


def ask_consent(
    context: PageContext, subject_ref: SubjectRef | None = None, purpose: str = ""
) -> ConsentForm:
    """Write down what a person said when she was asked."""
    form = ConsentForm(context, subject_ref, purpose)
    form.open()
    return form
