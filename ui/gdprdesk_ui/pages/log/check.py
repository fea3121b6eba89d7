"""The monthly check of the log: each reading looked at, a conclusion, a signature."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.audit import LogSample
from gdprdesk.domain.base import BreachRef, EditionRef
from gdprdesk.domain.terms import BreachKind, Verdict, say
from gdprdesk.i18n import _, format_moment, format_month, ngettext
from gdprdesk.services.breaches import start_breach
from gdprdesk.services.log_sample import draw_sample, judge_reading, sign_sample
from gdprdesk.services.sample_view import SampleLine, SampleView, list_samples, show_sample
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.page import Page
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Card,
    CardHeading,
    Choice,
    FlowLayout,
    FormField,
    Label,
    Line,
    PageHeading,
    Pill,
    TextArea,
    clear,
    column,
    row,
)


class ReadingCard(QWidget):
    """One reading: who, when, about whom and why, what to look at, and what is thought of it.

    Attributes:
        verdict: What is thought of it.
        words: Why.
    """

    def __init__(self, line: SampleLine, *, may_judge: bool) -> None:
        super().__init__()
        one = line.reading
        self.number = one.line
        self.verdict: Choice[Verdict | None] = Choice(
            [(None, _("Choose…")), *((value, say(value)) for value in Verdict)]
        )
        self.verdict.set_value(line.verdict)
        self.verdict.setAccessibleName(_("What you think of it"))
        self.words = QLineEdit(line.words)
        self.words.setPlaceholderText(_("What is to be asked, or is not right"))
        self.words.setAccessibleName(_("Why"))
        for control in (self.verdict, self.words):
            control.setEnabled(may_judge)
        title = _("{who} read about {whom}").format(who=one.who, whom=line.whom)
        why = one.why or _("no reason asked")
        said = _("{moment}: {what}. Reason: {why}.").format(
            moment=format_moment(one.at), what=one.what, why=why
        )
        pills = FlowLayout(*(Pill(say(hint), "warn") for hint in line.hints))
        judged = row(self.verdict, self.words, spacing=10)
        judged.setStretch(1, 1)
        box = column(
            Label(title, "strong", wrap=True), Label(said, "small", "muted", wrap=True), spacing=6
        )
        if line.hints:
            box.addLayout(pills)
        box.addLayout(judged)
        box.addWidget(Line())
        self.setLayout(box)

    @property
    def problem(self) -> str:
        """What is missing; empty if it is judged."""
        value = self.verdict.value()
        if value is None:
            return _("Choose what you think of each reading.")
        if value is not Verdict.OK and not self.words.text().strip():
            return _("Write what is to be asked, or what is not right.")
        return ""


class LogCheckPage(Page):
    """The readings of a month that were picked by chance, looked at one by one.

    Attributes:
        draw_button: Picks them.
        cards: One for each reading.
        conclusion: What came of it.
        keep_button: Keeps what was judged, to go on later.
        sign_button: Signs the check.
        breach_button: Writes down a breach, where a reading was not right.
        alone: Says that she is the only one who has read.
        problem: What is missing before it can be signed.
    """

    changed_kinds = frozenset({LogSample})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._month = context.today
        self._ref: EditionRef | None = None
        self.cards: list[ReadingCard] = []
        self.draw_button = Button(_("Begin"), "primary", "search", on_click=self._draw)
        self.keep_button = Button(_("Go on later"), on_click=self._keep)
        self.sign_button = Button(_("Sign the check"), "primary", "signature", on_click=self._sign)
        self.breach_button = Button(_("Write down a breach"), "danger", on_click=self._breach)
        self.conclusion = TextArea(_("Such as: all readings belong to visits."), 3)
        self.alone = Banner(
            "warn",
            _("You are the only one who has read"),
            _("Nobody checks herself well. Let somebody else look at it with you, if you can."),
        )
        self.wrong = Banner(
            "danger",
            _("A reading was not right"),
            _("It may be a breach: then 72 hours run from when you knew it, Article 33."),
            [self.breach_button],
        )
        self.problem = Label("", "small", "danger", wrap=True)
        self._lines = column(spacing=16)
        self._build()

    def _build(self) -> None:
        self.heading = PageHeading(
            _("Check of the log"),
            " ",
            [self.draw_button],
            back=(_("Today"), lambda: self.context.open_page("today")),
        )
        self._field = FormField(_("What came of it"), self.conclusion)
        self._signed = Label("", "body", "muted", wrap=True)
        self._card = Card(
            CardHeading(_("The readings")),
            self._lines,
            self._field,
            self.problem,
            row(None, self.keep_button, self.sign_button),
            self._signed,
            spacing=14,
        )
        self.setLayout(
            column(
                self.heading,
                self.alone,
                self.wrong,
                self._card,
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    def arrive(self, *, month: date) -> None:
        """Show the check of a month, to be begun or gone on with.

        Args:
            month: Its first day.
        """
        if month != self._month:
            self._ref = None
        self._month = month

    def refresh(self) -> None:
        self.alone.setVisible(False)
        self.wrong.setVisible(False)
        if self._ref is None:
            begun = self.context.desk.ask(list_samples)
            self._ref = next((one.ref for one in begun if one.month == self._month), None)
        title = _("Check of the log, {month}").format(month=format_month(self._month))
        self.draw_button.setVisible(self._ref is None)
        self._card.setVisible(self._ref is not None)
        if self._ref is None:
            said = _("Some readings are picked by chance. You say of each whether it is right.")
            self.heading.set_words(title, said)
            return
        self._show(title, self.context.desk.ask(show_sample, sample_ref=self._ref))

    def first_focus(self) -> QWidget | None:
        return self.cards[0].verdict if self.cards else self.draw_button

    def _show(self, title: str, view: SampleView) -> None:
        count = ngettext(
            "{picked} of {count} reading, picked by chance",
            "{picked} of {count} readings, picked by chance",
            view.readings,
        ).format(picked=len(view.lines), count=view.readings)
        self.heading.set_words(title, count)
        is_open = view.signed_at is None
        if not is_open or [card.number for card in self.cards] != view.numbers:
            self._show_cards(view)  # else what is half judged would go when the rest is kept
        self.alone.setVisible(view.only_own)
        self.wrong.setVisible(bool(view.not_right))
        for widget in (self.keep_button, self.sign_button, self._field):
            widget.setVisible(is_open)
        self.problem.setText("")
        if view.signed_at is not None:
            moment = format_moment(view.signed_at)
            said = _("Signed by {name}, {moment}: {words}")
            self._signed.setText(
                said.format(name=view.signed_by, moment=moment, words=view.conclusion)
            )
        self._signed.setVisible(not is_open)

    def _show_cards(self, view: SampleView) -> None:
        clear(self._lines)
        self.cards = [ReadingCard(one, may_judge=view.signed_at is None) for one in view.lines]
        for card in self.cards:
            self._lines.addWidget(card)

    def _draw(self) -> None:
        desk, month = self.context.desk, self._month
        self.context.save(
            lambda _progress: desk.run(draw_sample, month=month), self._drawn, self.draw_button
        )

    def _drawn(self, ref: EditionRef) -> None:
        self._ref = ref
        self.refresh()

    def _judged(self) -> list[tuple[int, Verdict, str]]:
        """Return what was chosen and has its words."""
        return [
            (card.number, value, card.words.text())
            for card in self.cards
            if (value := card.verdict.value()) is not None and not card.problem
        ]

    def _write(self, judged: list[tuple[int, Verdict, str]]) -> None:
        assert self._ref is not None  # noqa: S101  (there are cards only of a sample)
        for number, verdict, words in judged:
            self.context.desk.run(
                judge_reading, sample_ref=self._ref, line=number, verdict=verdict, words=words
            )

    def _keep(self) -> None:
        judged = self._judged()
        self.context.save(
            lambda _progress: self._write(judged),
            lambda _done: self.context.toast(_("What you judged is kept")),
            self.keep_button,
        )

    def _sign(self) -> None:
        words, ref, judged = self.conclusion.toPlainText(), self._ref, self._judged()
        missing = next((card.problem for card in self.cards if card.problem), "")
        if not missing and not words.strip():
            missing = _("Write what came of the check.")
        self.problem.setText(missing)
        if missing or ref is None:
            return

        def sign() -> None:
            self._write(judged)
            self.context.desk.run(sign_sample, sample_ref=ref, conclusion=words)

        self.context.save(
            lambda _progress: sign(),
            lambda _done: self.context.toast(_("The check is signed")),
            self.sign_button,
        )

    def _breach(self) -> None:
        desk = self.context.desk

        def started(ref: BreachRef) -> None:
            self.context.open_page("breach", breach_ref=ref)

        self.context.save(
            lambda _progress: desk.run(start_breach, kind=BreachKind.WRONG_ACCESS),
            started,
            self.breach_button,
        )
