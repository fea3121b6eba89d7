"""What a person said yes and no to, and what she was never asked."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Decision, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.consents import ConsentRow as Standing
from gdprdesk.services.consents import withdraw_consent
from gdprdesk.services.persons import PersonFile
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.consent import ask_consent
from gdprdesk_ui.widgets import Card, CardHeading, ConsentRow, Label


class ConsentCard(Card):
    """One row for each purpose: a switch where she has answered, else a button to ask.

    Attributes:
        rows: The rows by purpose.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("Consents")), spacing=12)
        self._context = context
        self._ref: SubjectRef | None = None
        self.rows: dict[str, ConsentRow] = {}
        self._none = Label(_("Nothing here needs a consent."), "small", "muted", wrap=True)
        self.add(self._none)

    def show_person(self, person: PersonFile) -> None:
        """Show where a person stands on every purpose."""
        self._ref = person.ref
        for gone in set(self.rows) - {one.purpose for one in person.consents}:
            self.rows.pop(gone).deleteLater()
        for one in person.consents:
            if one.purpose not in self.rows:
                self._append(one)
            self.rows[one.purpose].set_state(_state(one), _standing_words(one))
        self._none.setVisible(not person.consents)

    def _append(self, one: Standing) -> None:
        made = ConsentRow(one.icon, one.name, "", None)
        made.asked.connect(partial(self._ask, one.purpose))
        made.given.connect(partial(self._ask, one.purpose))
        made.withdrawn.connect(partial(self._withdraw, one.purpose, one.name))
        self.rows[one.purpose] = made
        self.add(made)

    def _ask(self, purpose: str) -> None:
        if self._ref is not None:
            ask_consent(self._context, self._ref, purpose)

    def _withdraw(self, purpose: str, name: str) -> None:
        ref, desk = self._ref, self._context.desk
        if ref is None:
            return
        words = _("{purpose}: the yes is taken back").format(purpose=name)
        self._context.perform(
            lambda _progress: desk.run(withdraw_consent, subject_ref=ref, purpose=purpose),
            lambda _consent: self._context.toast(words, undoable=True),
        )


def _state(one: Standing) -> bool | None:
    waits = one.decision in {None, Decision.PENDING}
    return None if waits else one.decision is Decision.GIVEN


def _standing_words(one: Standing) -> str:
    if one.decision is None or one.decided_on is None or one.method is None:
        return _("Not asked yet")
    said = {
        Decision.GIVEN: _("Yes since {day}"),
        Decision.REFUSED: _("No, {day}"),
        Decision.WITHDRAWN: _("Taken back {day}"),
        Decision.PENDING: _("Asked for {day}, not confirmed"),
    }[one.decision]
    return f"{said.format(day=format_day(one.decided_on))}  \N{MIDDLE DOT}  {say(one.method)}"
