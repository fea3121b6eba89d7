"""Other people named in a person's records: each left in her copy, or masked with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.requests import Masking
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.third_parties import OtherNamed
from gdprdesk_ui.widgets import Card, FormField, Label, Line, Switch, all_right, column, row


class OtherDecision(QWidget):
    """One place, the words around it, and what becomes of it. It stays unless the owner says so.

    Attributes:
        switch: Whether it is masked.
        reason: Why.
    """

    changed = Signal()

    def __init__(self, other: OtherNamed) -> None:
        super().__init__()
        self.other = other
        around = _("… {before}[{words}]{after} …").format(
            before=other.before, words=other.words, after=other.after
        )
        name = Label(other.words, "strong", wrap=True)
        known = _("{name}, in the register").format(name=other.who)
        whose = Label(known if other.who else _("Not in the register"), "small", "muted", wrap=True)
        self.switch = Switch(_("Mask “{words}”").format(words=other.words))
        self.reason = QLineEdit()
        self.field = FormField(
            _("Why it is masked"), self.reason, check=self._problem, hint=_("She reads the reason.")
        )
        self.field.hide()
        head = row(column(name, whose, spacing=1), None, Label(_("Mask")), self.switch)
        head.setStretch(0, 1)
        self.setLayout(
            column(
                head, Label(around, "small", wrap=True), self.field, spacing=6, margins=(0, 8, 0, 8)
            )
        )
        self.switch.toggled.connect(self._show_reason)

    def masking(self) -> Masking | None:
        """Return what is taken out; nothing if it stays."""
        if not self.switch.isChecked():
            return None
        return Masking(
            record=self.other.record, words=self.other.words, reason=self.reason.text().strip()
        )

    def _show_reason(self, masked: bool) -> None:
        self.field.setVisible(masked)
        if masked:
            self.changed.emit()
            self.reason.setFocus()

    def _problem(self) -> str | None:
        if self.switch.isChecked() and not self.reason.text().strip():
            return _("Write why it is masked: she has the right to know.")
        return None


class OthersNamed(Card):
    """Everybody else who is named, to be looked through before the copy is made.

    Attributes:
        decisions: One for each place.
    """

    def __init__(self, others: Sequence[OtherNamed]) -> None:
        self.decisions = [OtherDecision(one) for one in others]
        said = ngettext(
            "{count} place names somebody else", "{count} places name somebody else", len(others)
        )
        super().__init__(
            Label(said.format(count=len(others)), "strong", wrap=True),
            Label(
                _(
                    "What others wrote about her is hers, so it stays. Mask only what would harm "
                    "somebody else, and say why. Look into pictures and documents yourself."
                ),
                "small",
                "muted",
                wrap=True,
            ),
            sunken=True,
        )
        for decision in self.decisions:
            self.add(Line(), decision)
            decision.changed.connect(self._suggest)
        self.setVisible(bool(others))

    def masked(self) -> tuple[Masking, ...]:
        """Return what is taken out of the copy."""
        found = (one.masking() for one in self.decisions)
        return tuple(one for one in found if one)

    def is_right(self) -> bool:
        """Return whether every place that is masked has a reason; the others say what is wrong."""
        return all_right([one.field for one in self.decisions if one.switch.isChecked()])

    def _suggest(self) -> None:
        """Take over the reason that was written last where none is written yet."""
        reasons = [one.reason.text() for one in self.decisions if one.reason.text().strip()]
        usual = reasons[-1] if reasons else _("It is about somebody else and says nothing of you.")
        for one in self.decisions:
            if one.switch.isChecked() and not one.reason.text():
                one.reason.setText(usual)
