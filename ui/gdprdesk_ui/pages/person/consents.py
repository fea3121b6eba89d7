"""What a person said yes and no to, and what she was never asked."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Decision, Permission, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.consents import ConsentRow as Standing
from gdprdesk.services.consents import withdraw_consent
from gdprdesk.services.guardians import list_guardians
from gdprdesk.services.persons import PersonFile
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.consent import ask_consent
from gdprdesk_ui.dialogs.consent_part import take_back_part
from gdprdesk_ui.pages.person.guardians import GuardianRows
from gdprdesk_ui.widgets import Card, CardHeading, ConsentRow, Label, column, holder


class ConsentCard(Card):
    """One row for each purpose: a switch where she has answered, else a button to ask.

    Attributes:
        rows: The rows by purpose.
        guardians: Who says yes or no for her, if she is a child.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("Consents")), spacing=12)
        self._context = context
        self._ref: SubjectRef | None = None
        self.rows: dict[str, ConsentRow] = {}
        self._none = Label(_("Nothing here needs a consent."), "small", "muted", wrap=True)
        self._standing: dict[str, Standing] = {}
        self._rows = column(spacing=12)
        self.guardians = GuardianRows(context)
        self.add(holder(self._rows), self._none, self.guardians)
        context.leave_out(Permission.CONSENTS, self.guardians)

    def show_person(self, person: PersonFile) -> None:
        """Show where a person stands on every purpose."""
        self._ref = person.ref
        for gone in set(self.rows) - {one.purpose for one in person.consents}:
            self.rows.pop(gone).deleteLater()
        for one in person.consents:
            if one.purpose not in self.rows:
                self._append(one)
            self.rows[one.purpose].set_state(
                _state(one),
                _standing_words(one),
                has_parts=one.counts and len(one.channels) > 1,
            )
        self._standing = {one.purpose: one for one in person.consents}
        self._none.setVisible(not person.consents)
        if self._context.may(list_guardians):
            self.guardians.show_person(person.ref)

    def _append(self, one: Standing) -> None:
        made = ConsentRow(one.icon, one.name, "", None)
        made.asked.connect(partial(self._ask, one.purpose))
        made.given.connect(partial(self._ask, one.purpose))
        made.withdrawn.connect(partial(self._withdraw, one.purpose, one.name))
        made.parted.connect(partial(self._take_back_part, one.purpose))
        self.rows[one.purpose] = made
        self._rows.addWidget(made)

    def _ask(self, purpose: str) -> None:
        if self._ref is not None:
            ask_consent(self._context, self._ref, purpose)

    def _take_back_part(self, purpose: str) -> None:
        one = self._standing[purpose]
        if self._ref is not None:
            take_back_part(self._context, self._ref, (purpose, one.name), one.channels)

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
    """Return yes, no, or not asked; what ended by itself, such as at 18, is to be asked anew."""
    if one.decision is Decision.GIVEN:
        return True if one.counts else None
    return None if one.decision in {None, Decision.PENDING} else False


def _standing_words(one: Standing) -> str:
    if one.decision is None or one.decided_on is None or one.method is None:
        return _("Not asked yet")
    said = {
        Decision.GIVEN: _("Yes since {day}") if one.counts else _("Counts no more: ask her anew"),
        Decision.REFUSED: _("No, {day}"),
        Decision.WITHDRAWN: _("Taken back {day}"),
        Decision.PENDING: _("Asked for {day}, not confirmed"),
    }[one.decision]
    by = _("said by {name}").format(name=one.given_by) if one.given_by else ""
    places = ", ".join(one.channels) if one.counts else ""
    parts = (said.format(day=format_day(one.decided_on)), say(one.method), by, places)
    return "  \N{MIDDLE DOT}  ".join(part for part in parts if part)
