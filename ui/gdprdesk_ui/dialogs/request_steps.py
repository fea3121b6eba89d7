"""The steps of a request: who asks, whether he may, more time, the decision and the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.requests import refusal_grounds
from gdprdesk.domain.terms import (
    Channel,
    ExtensionReason,
    IdentityCheck,
    RefusalGround,
    RequestDecision,
    RequestKind,
    say,
)
from gdprdesk.i18n import _, format_day
from gdprdesk.services.request_handling import (
    add_request_note,
    answer_request,
    check_authority,
    check_identity,
    decide_request,
    doubt_identity,
    extend_request,
)
from gdprdesk.services.request_rows import RequestRow
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.case_form import CaseForm
from gdprdesk_ui.widgets import Choice, DateField, TextArea, required

_HERSELF = [one for one in IdentityCheck if one is not IdentityCheck.AUTHORITY_PAPER]


class IdentityForm(CaseForm):
    """How it was made sure who asks.

    Attributes:
        how: In which way.
        note: A remark.
        day: When.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        sentence = _(
            "A known address or a call back is enough. Never ask for a copy of an identity card."
        )
        super().__init__(context, one, _("Who asks?"), sentence, step="identity")
        self.how = self.ask("how", _("We know because"), Choice([(i, say(i)) for i in _HERSELF]))
        self.note = self.ask("note", _("Remark"), QLineEdit())
        self.day = self.ask_day(_("On"))
        self.start()

    def carry_out(self) -> Callable[[], Any]:
        how, note, day = self.how.value(), self.note.text(), self.day.day()
        return lambda: self.context.desk.run(
            check_identity, request_ref=self.one.ref, how=how, note=note, on=day
        )


class DoubtForm(CaseForm):
    """Why it is not sure who asks; the month stands still until she has shown it.

    Attributes:
        why: What makes it doubtful.
        day: When she was asked to show who she is.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        sentence = _(
            "Only with a good reason. The days until she has answered do not count; what you have "
            "promised yourself is not moved."
        )
        super().__init__(context, one, _("It is doubtful who asks"), sentence, step="doubt")
        self.why = self.ask("why", _("Why it is doubtful"), TextArea(lines=3), check=self._missing)
        self.day = self.ask_day(_("Asked on"))
        self.start()

    def _missing(self) -> str | None:
        return None if self.why.toPlainText().strip() else _("Write why: the authority may ask.")

    def carry_out(self) -> Callable[[], Any]:
        why, day = self.why.toPlainText(), self.day.day()
        return lambda: self.context.desk.run(
            doubt_identity, request_ref=self.one.ref, why=why, on=day
        )


class AuthorityForm(CaseForm):
    """How it was made sure that whoever asks may act for the person.

    Attributes:
        how: What was seen.
        day: When.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        sentence = _(
            "A power of attorney, a decision of a court, or the paragraph that an authority names."
        )
        title = _("May {name} ask this?").format(name=one.asker)
        super().__init__(context, one, title, sentence, step="authority")
        how = QLineEdit()
        seen = required(how.text, _("Write what you have seen."))
        self.how = self.ask("how", _("What we have seen"), how, check=seen)
        self.day = self.ask_day(_("On"))
        self.start()

    def carry_out(self) -> Callable[[], Any]:
        how, day = self.how.text(), self.day.day()
        return lambda: self.context.desk.run(
            check_authority, request_ref=self.one.ref, how=how, on=day
        )


class ExtensionForm(CaseForm):
    """Why it takes longer: she is told within the first month.

    Attributes:
        reason: One of the two that the law knows.
        note: Why, as it stands in the letter.
        day: When she was told.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        until = one.extendable_until or one.law_due_on
        sentence = _(
            "You get three months from the day it came. Tell her why by {day}, with the letter."
        ).format(day=format_day(until))
        super().__init__(context, one, _("More time to answer"), sentence, step="extension")
        self.reason = self.ask(
            "reason", _("Because"), Choice([(each, say(each)) for each in ExtensionReason])
        )
        self.note = self.ask(
            "note", _("Why, as it stands in the letter"), TextArea(lines=3), check=self._missing
        )
        self.day = self.ask_day(_("Told on"))
        self.start()

    def _missing(self) -> str | None:
        return None if self.note.toPlainText().strip() else _("Write why it takes longer.")

    def carry_out(self) -> Callable[[], Any]:
        reason, note, day = self.reason.value(), self.note.toPlainText(), self.day.day()
        return lambda: self.context.desk.run(
            extend_request, request_ref=self.one.ref, reason=reason, note=note, told_on=day
        )


class DecisionForm(CaseForm):
    """What becomes of a request, and why if it is refused.

    Attributes:
        decision: Done, in part, refused or taken back.
        ground: Why not, or not all.
        note: The same in own words, as it stands in the answer.
        day: From when it can be erased, where a refused erasure has such a day.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        sentence = _("Until it is answered you can decide anew.")
        super().__init__(context, one, _("What becomes of it?"), sentence, step="decision")
        decisions = [each for each in RequestDecision if each is not RequestDecision.NOTHING_HELD]
        self.decision = self.ask(
            "decision", _("Decision"), Choice([(each, say(each)) for each in decisions])
        )
        grounds = refusal_grounds(one.kind)
        self.ground = self.ask(
            "ground",
            _("On the ground that"),
            Choice[RefusalGround]([(each, f"{say(each)} ({each.article})") for each in grounds]),
        )
        self.note = self.ask("note", _("Why, as it stands in the answer"), TextArea(lines=3))
        self.day = DateField(None)
        if one.kind is RequestKind.ERASE:
            self.ask("day", _("Can be erased from"), self.day, check=self.day.problem)
        else:
            self.day.setParent(self)
            self.day.hide()
        self.decision.picked.connect(lambda _value: self._show_ground())
        self.start()
        self._show_ground()

    @property
    def refuses(self) -> bool:
        """Whether something is not done."""
        return self.decision.value() in {RequestDecision.REFUSED, RequestDecision.PARTLY}

    def _show_ground(self) -> None:
        for field in self._fields[1:]:
            field.setVisible(self.refuses)

    def carry_out(self) -> Callable[[], Any]:
        decision = self.decision.value()
        ground = self.ground.value() if self.refuses else None
        note = self.note.toPlainText() if self.refuses else ""
        day = self.day.day() if self.refuses else None
        return lambda: self.context.desk.run(
            decide_request,
            request_ref=self.one.ref,
            decision=decision,
            refusal=ground,
            note=note,
            erasable_on=day,
        )

    def said(self) -> str:
        """Return what is said when it is done."""
        return _("It is decided: send the answer")


class AnswerForm(CaseForm):
    """How and when the answer went: the request is closed then.

    Attributes:
        how: By letter, mail and so on.
        day: When.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        sentence = _("The request is closed with this.")
        super().__init__(context, one, _("The answer has gone"), sentence, step="answer")
        self.how = self.ask("how", _("How"), Choice([(each, say(each)) for each in Channel]))
        self.how.set_value(one.channel)
        self.day = self.ask_day(_("On"))
        self.start()

    def carry_out(self) -> Callable[[], Any]:
        how, day = self.how.value(), self.day.day()
        return lambda: self.context.desk.run(
            answer_request, request_ref=self.one.ref, answered_by=how, on=day
        )

    def said(self) -> str:
        """Return what is said when it is done."""
        return _("Request {number} is closed").format(number=self.one.number)


class RemarkForm(CaseForm):
    """A remark for the history of a request, or what was done about a complaint.

    Attributes:
        text: What it says.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        super().__init__(context, one, _("Write a remark"), "", step="remark")
        self.text = self.ask("text", _("Remark"), TextArea(lines=4), check=self._missing)
        self.start()

    def _missing(self) -> str | None:
        return None if self.text.toPlainText().strip() else _("Write something first.")

    def carry_out(self) -> Callable[[], Any]:
        text = self.text.toPlainText()
        return lambda: self.context.desk.run(add_request_note, request_ref=self.one.ref, text=text)


def open_step(form: CaseForm) -> CaseForm:
    """Show a form over the page."""
    form.open()
    return form
