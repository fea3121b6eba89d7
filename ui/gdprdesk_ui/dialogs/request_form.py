"""A new request: what is asked, by whom, when and how it came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QRadioButton

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import (
    CallOutcome,
    Channel,
    ConsentMethod,
    ErasureGround,
    Requester,
    RequestKind,
    say,
)
from gdprdesk.i18n import _
from gdprdesk.services.journal_end import say_on_phone
from gdprdesk.services.objections import AdvertisingReceipt, unsubscribe
from gdprdesk.services.persons import show_subject
from gdprdesk.services.phone_requests import answer_call, show_call_back_number
from gdprdesk.services.request_rows import RequestRow
from gdprdesk.services.requests import open_request
from gdprdesk.services.subjects import SubjectRow, list_subjects
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.case_form import day_problem
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.person_picker import PersonPicker
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Choice,
    DateField,
    FormField,
    Label,
    TextArea,
    all_right,
    column,
    holder,
    row,
)

Opened = Callable[[RequestRow], object]


class RequestForm(KeptForm):
    """Writes a request down; from then on its days count.

    Attributes:
        kind: What is asked for.
        person: Whose data it is about, if she is in the register.
        requester: Who asks.
        asker: The name of whoever asks, if it is not the person chosen.
        reply_to: Where the answer goes, if not to an address that is here.
        channel: How it came.
        day: When.
        wish: What was written or said.
        ground: Why she may have it erased.
        calls: The three ways of going on while she is on the phone.
        only_letters: Ends newsletters and offers, and nothing else.
        journal_words: What is read to her on the phone about the end of a journal.
    """

    def __init__(
        self, context: PageContext, opened: Opened, subject_ref: SubjectRef | None = None
    ) -> None:
        super().__init__(
            context,
            _("New request"),
            _("The month to answer in counts from the day it came."),
            draft="request.new",
            verb=_("Open the request"),
        )
        self._opened = opened
        self.kind = Choice([(one, say(one)) for one in RequestKind])
        self.person = PersonPicker(context)
        self.requester = Choice([(one, say(one)) for one in Requester])
        self.asker, self.reply_to = QLineEdit(), QLineEdit()
        self.channel = Choice([(one, say(one)) for one in Channel])
        self.channel.set_value(Channel.EMAIL)
        self.day = DateField(context.today)
        self.wish = TextArea(lines=3)
        self.ground = Choice([(one, say(one)) for one in ErasureGround])
        self.only_letters = Button(
            _("Only stop newsletters"), size="small", on_click=self._unsubscribe
        )
        self.calls = {one: QRadioButton(words) for one, words in _calls()}
        self._build()
        self.begin(
            {
                "kind": self.kind,
                "requester": self.requester,
                "asker": self.asker,
                "reply_to": self.reply_to,
                "channel": self.channel,
                "wish": self.wish,
            },
            {},
        )
        if subject_ref is not None:
            self._choose(subject_ref)
        for changed in (self.kind.picked, self.requester.picked, self.channel.picked):
            changed.connect(lambda _value: self._show_fields())
        self.person.picked.connect(lambda _row: self._show_fields())
        self.verb_button.clicked.connect(self._save)
        self._show_fields()
        self.kind.setFocus()

    def _build(self) -> None:
        self._apart = Banner(
            "info",
            _("Everything, or only the newsletters?"),
            _("Ask her. To stop newsletters needs no case and is done at once."),
            [self.only_letters],
        )
        said = self.context.desk.ask(say_on_phone)
        self._says_journal = bool(said)
        self.journal_words = Banner("info", _("Read this to her"), said)
        self._person_field = FormField(_("About whom"), self.person)
        self._asker_field = FormField(_("Name of whoever asks"), self.asker, check=self._no_name)
        self._reply_field = FormField(_("Answer to"), self.reply_to, optional=True)
        self._day_field = FormField(
            _("Came on"), self.day, check=partial(day_problem, self.day, self.context)
        )
        self._ground_field = FormField(_("Why she may have it erased"), self.ground)
        self._call = holder(
            column(Label(_("She is on the phone now"), "strong"), *self.calls.values(), spacing=6)
        )
        self.calls[CallOutcome.KNOWN].setChecked(True)
        came = row(FormField(_("How it came"), self.channel), self._day_field, spacing=12)
        for part in (
            FormField(_("What is asked"), self.kind),
            self._apart,
            self._person_field,
            FormField(_("Who asks"), self.requester),
            self._asker_field,
            self._reply_field,
            holder(came),
            self._call,
            self.journal_words,
            self._ground_field,
            FormField(_("What she wrote or said"), self.wish, optional=True),
        ):
            self.body.addWidget(part)

    @property
    def by_phone(self) -> bool:
        """Whether a person of the register is on the phone herself."""
        herself = self.requester.value() is Requester.SELF
        return herself and self.person.ref is not None and self.channel.value() is Channel.PHONE

    def _choose(self, ref: SubjectRef) -> None:
        """Begin with a person, as the search finds her."""
        name = self.context.desk.ask(show_subject, subject_ref=ref).name
        rows = self.context.desk.ask(list_subjects, search=name).rows
        found: SubjectRow | None = next((one for one in rows if one.ref == ref), None)
        if found is not None:
            self.person.choose(found)

    def _show_fields(self) -> None:
        known, erases = self.person.ref is not None, self.kind.value() is RequestKind.ERASE
        self._apart.setVisible(erases and known)
        self._ground_field.setVisible(erases)
        herself = self.requester.value() is Requester.SELF
        self._asker_field.setVisible(not (known and herself))
        self._reply_field.setVisible(not (known and herself))
        self._call.setVisible(self.by_phone)
        self.journal_words.setVisible(self.by_phone and erases and self._says_journal)
        ref = self.person.ref
        if self.by_phone and ref is not None:
            number = self.context.desk.ask(show_call_back_number, subject_ref=ref)
            called = _("I call back {number}").format(number=number) if number else ""
            self.calls[CallOutcome.CALL_BACK].setText(called)
            self.calls[CallOutcome.CALL_BACK].setVisible(bool(called))

    def _no_name(self) -> str | None:
        if self._asker_field.isHidden() or self.asker.text().strip():
            return None
        return _("Choose the person, or write who asks.")

    def _save(self) -> None:
        if all_right([self._asker_field, self._day_field]):
            self.keep(lambda _operation: self._open(), self._end)

    def _open(self) -> RequestRow:
        desk, subject_ref, kind = self.context.desk, self.person.ref, self.kind.value()
        ground = self.ground.value() if kind is RequestKind.ERASE else None
        if self.by_phone and subject_ref is not None:
            outcome = next(one for one, box in self.calls.items() if box.isChecked())
            return desk.run(
                answer_call,
                subject_ref=subject_ref,
                kind=kind,
                outcome=outcome,
                wish=self.wish.toPlainText(),
                erasure_ground=ground,
            )
        return desk.run(
            open_request,
            kind=kind,
            received_on=self.day.day() or self.context.today,
            channel=self.channel.value(),
            subject_ref=subject_ref,
            requester=self.requester.value(),
            asker="" if self._asker_field.isHidden() else self.asker.text(),
            reply_to="" if self._reply_field.isHidden() else self.reply_to.text(),
            wish=self.wish.toPlainText(),
            erasure_ground=ground,
        )

    def _end(self, opened: RequestRow) -> None:
        self.end(_("Request {number} is open").format(number=opened.number))
        self._opened(opened)

    def _unsubscribe(self) -> None:
        ref = self.person.ref
        if ref is not None:
            self.keep(
                lambda _operation: self.context.desk.run(
                    unsubscribe, subject_ref=ref, method=ConsentMethod.ORALLY
                ),
                self._say_ended,
            )

    def _say_ended(self, receipt: AdvertisingReceipt) -> None:
        self.end(_("Stopped: {names}").format(names=", ".join(receipt.ended)))


def _calls() -> tuple[tuple[CallOutcome, str], ...]:
    return (
        (CallOutcome.KNOWN, _("I know her: go on at once")),
        (CallOutcome.CALL_BACK, _("I call back")),
        (CallOutcome.LETTER, _("She gets a letter to the address here")),
    )


def new_request(
    context: PageContext, opened: Opened, subject_ref: SubjectRef | None = None
) -> RequestForm:
    """Ask what is asked for, and open the request."""
    form = RequestForm(context, opened, subject_ref)
    form.open()
    return form
