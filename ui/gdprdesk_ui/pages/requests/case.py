"""One request: how long there is, what is to be done next, and everything that happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QWidget

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import CaseStep, RequestTask, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.request_rows import RequestFile, RequestRow
from gdprdesk.services.requests import show_request
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.case_form import CaseForm
from gdprdesk_ui.dialogs.give_copy import give_copy
from gdprdesk_ui.dialogs.request_letter import write_letter
from gdprdesk_ui.dialogs.request_steps import (
    AnswerForm,
    AuthorityForm,
    DecisionForm,
    DoubtForm,
    ExtensionForm,
    IdentityForm,
    RemarkForm,
    open_step,
)
from gdprdesk_ui.dialogs.request_work import (
    CorrectionForm,
    ObjectionForm,
    RestrictionForm,
    WeighingForm,
)
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.pages.requests.cards import AskedCard, HistoryCard, ToldCard, WayCard
from gdprdesk_ui.pages.requests.nothing import NothingCard
from gdprdesk_ui.pages.requests.words import time_left, who_asks
from gdprdesk_ui.widgets import Banner, Button, PageHeading, Pill, clear, column, holder, row

_BETWEEN = "  \N{MIDDLE DOT}  "


class RequestPage(Page):
    """A case from the first word to the answer; what is to be done next has the green button.

    Attributes:
        way: What is to be done, in order, with the verb of the next step.
        asked: What was asked, how it came, and the days that count.
        told: Who is to be told of what was done.
        nothing: Searches for somebody who is not in the register.
        history: What happened.
        letter_button: The letters that fit now.
        more_time_button: An extension, while the law still allows one.
        doubt_button: Asks for proof of who asks, which stops the clock of the law.
        decide_button: Decides at any time, such as to refuse.
        remark_button: Writes a remark into the history.
        person_button: Goes to the person.
    """

    changed_kinds = frozenset({DataSubjectRequest, DataSubject, ErasureCase})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: RecordRef | None = None
        self._file: RequestFile | None = None
        self.back_button = Button(_("Requests"), "link", "arrow-left", on_click=self._back)
        self.letter_button = Button(_("Letter…"), icon_name="mail", on_click=self._letter)
        self.person_button = Button(_("To the person"), icon_name="user", on_click=self._person)
        self.heading = PageHeading("", "", [self.person_button, self.letter_button])
        self.way = WayCard()
        self.way.wanted.connect(self._do)
        self.asked, self.told, self.history = AskedCard(), ToldCard(context), HistoryCard()
        self.nothing = NothingCard(context)
        self.more_time_button = Button(
            _("More time…"), "link", "hourglass", on_click=self._open(ExtensionForm)
        )
        self.doubt_button = Button(
            _("It is doubtful who asks…"), "link", "circle-help", on_click=self._open(DoubtForm)
        )
        self.decide_button = Button(
            _("Decide or refuse…"), "link", "scale", on_click=self._open(DecisionForm)
        )
        self.remark_button = Button(_("Remark…"), "link", "pencil", on_click=self._open(RemarkForm))
        self._build()

    def _build(self) -> None:
        self.late = Banner("danger", "", icon_name="triangle-alert")
        self._pills = row(spacing=8)
        also = column(
            self.more_time_button,
            self.doubt_button,
            self.decide_button,
            self.remark_button,
            spacing=2,
        )
        left = column(self.way, self.nothing, self.told, holder(also), None, spacing=14)
        right = column(self.asked, self.history, None, spacing=14)
        self._sides = row(spacing=14)
        self._sides.addLayout(left, 10)
        self._sides.addLayout(right, 12)
        self.setLayout(
            column(
                row(self.back_button, None),
                self.heading,
                holder(row(self._pills, None)),
                self.late,
                self._sides,
                None,
                spacing=10,
                margins=(28, 14, 28, 24),
            )
        )

    def arrive(self, *, request_ref: RecordRef) -> None:
        """Show this request."""
        self._ref = request_ref

    def refresh(self) -> None:
        assert self._ref is not None  # noqa: S101  (a request is given on arrival)
        file = self._file = self.context.desk.ask(show_request, request_ref=self._ref)
        one = file.row
        self.heading.set_words(
            who_asks(one),
            _BETWEEN.join(
                (
                    say(one.kind),
                    _("Article {article}").format(article=one.kind.article),
                    _("No. {number}").format(number=one.number),
                )
            ),
        )
        self._show_pills(one)
        self._show_late(one)
        self.way.show_file(file)
        self.asked.show_file(file, self.context.today)
        self.told.show_file(file)
        self.nothing.show_file(file)
        self.history.show_steps(file.steps, self.context.today)
        self.person_button.setVisible(one.subject_ref is not None and bool(one.name))
        until = one.extendable_until
        self.more_time_button.setVisible(until is not None and self.context.today <= until)
        self.doubt_button.setVisible(one.needs_identity and not one.is_paused)
        self.decide_button.setVisible(one.is_open)

    def _show_pills(self, one: RequestRow) -> None:
        clear(self._pills)
        words, tone = time_left(one, self.context.today)
        self._pills.addWidget(Pill(words, tone, "clock" if one.is_open else "check"))
        if one.decision is not None:
            self._pills.addWidget(Pill(say(one.decision), "info"))

    def _show_late(self, one: RequestRow) -> None:
        self.late.setVisible(one.is_overdue)
        sentence = (
            _("The law's day has passed too. Answer today, and say that you are sorry.")
            if one.breaks_law
            else _("The law gives you until {day}; you have promised sooner.").format(
                day=format_day(one.law_due_on)
            )
        )
        self.late.set_words(_("This should have been answered"), sentence)

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {}

    def first_focus(self) -> QWidget | None:
        return self.way.button if self.way.button is not None else self.back_button

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        across = QBoxLayout.Direction.LeftToRight
        under = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(under if breadth is Breadth.NARROW else across)

    def _open(self, form: Callable[[PageContext, RequestRow], CaseForm]) -> Callable[[], object]:
        """Return what opens a form about this request."""

        def show() -> None:
            if self._file is not None:
                open_step(form(self.context, self._file.row))

        return show

    def _do(self, task: RequestTask) -> None:
        """Take the next step."""
        file = self._file
        if file is None:
            return
        one, subject = file.row, file.row.subject_ref
        plain: dict[RequestTask, Callable[[PageContext, RequestRow], CaseForm]] = {
            RequestTask.IDENTITY: IdentityForm,
            RequestTask.AUTHORITY: AuthorityForm,
            RequestTask.COMPLAINT: RemarkForm,
            RequestTask.DECIDE: DecisionForm,
            RequestTask.ANSWER: AnswerForm,
        }
        if task in plain:
            open_step(plain[task](self.context, one))
        elif subject is not None:
            self._do_with_her(task, one, subject)

    def _do_with_her(self, task: RequestTask, one: RequestRow, subject: SubjectRef) -> None:
        work: dict[RequestTask, Callable[[], object]] = {
            RequestTask.COPY: partial(give_copy, self.context, subject, one.ref),
            RequestTask.TAKE_ALONG: partial(give_copy, self.context, subject, one.ref),
            RequestTask.CORRECT: lambda: open_step(CorrectionForm(self.context, one)),
            RequestTask.ERASE: partial(
                self.context.open_page, "erase", subject_ref=subject, request_ref=one.ref
            ),
            RequestTask.RESTRICT: lambda: open_step(RestrictionForm(self.context, one, subject)),
            RequestTask.OBJECTION: partial(self._object, one, subject),
        }
        if task in work:
            work[task]()

    def _object(self, one: RequestRow, subject: SubjectRef) -> None:
        """Write down what she objects to, or weigh it once it rests."""
        steps = self._file.steps if self._file is not None else ()
        if any(step.what is CaseStep.RESTRICTED for step in steps):
            open_step(WeighingForm(self.context, one))
        else:
            open_step(ObjectionForm(self.context, one, subject))

    def _letter(self) -> None:
        if self._file is not None:
            write_letter(self.context, self._file.row)

    def _person(self) -> None:
        ref = self._file.row.subject_ref if self._file is not None else None
        if ref is not None:
            self.context.open_page("person", subject_ref=ref)

    def _back(self) -> None:
        self.context.open_page("requests")
