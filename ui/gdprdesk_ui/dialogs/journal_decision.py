"""What was decided about a journal that the law binds, and carrying that out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.journal import DestructionTest
from gdprdesk.domain.terms import DestructionAsker, say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.destruction import (
    DestructionReceipt,
    DestructionRow,
    EntryRow,
    decide_destruction,
    destroy_journal,
    list_decisions,
    list_journal_parts,
    record_order,
)
from gdprdesk.services.erasure_preview import ErasurePreview
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.wrapped_box import WrappedBox
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.widgets import (
    Button,
    Choice,
    DateField,
    FormField,
    ListRow,
    TextArea,
    all_right,
    column,
    holder,
    required,
)

_FOUND = ("harmless", "wrong", "burden", "unneeded")


class PartBoxes(QWidget):
    """A box for each part of a journal; none ticked is the whole of it.

    Signals:
        changed: One was ticked or unticked.

    Attributes:
        boxes: The boxes by the ref of the part.
    """

    changed = Signal()

    def __init__(self, parts: Sequence[EntryRow]) -> None:
        super().__init__()
        self.boxes: dict[RecordRef, QCheckBox] = {}
        for one in parts:
            words = (format_day(one.on, short=True), one.said, one.author)
            self.boxes[one.ref] = QCheckBox("  \N{MIDDLE DOT}  ".join(filter(None, words)))
            self.boxes[one.ref].clicked.connect(self.changed)
        self.setLayout(column(*self.boxes.values(), spacing=6))

    def ticked(self) -> tuple[RecordRef, ...]:
        """Return the parts that are ticked."""
        return tuple(ref for ref, box in self.boxes.items() if box.isChecked())

    def entered(self) -> list[str]:
        """Return what is ticked, as plain values."""
        return list(self.ticked())

    def show_entered(self, value: Sequence[str]) -> None:
        """Show what was ticked before."""
        for ref, box in self.boxes.items():
            box.setChecked(ref in value)


class JournalDecisionForm(KeptForm):
    """In Sweden what IVO has decided, in Norway the practice's own test.

    Args:
        context: The open register.
        subject_ref: Whose journal.
        name: What she is called.
        who: Who decides, as a sentence.

    Attributes:
        granted: Whether IVO has ordered it.
        day: The day of IVO's decision, `number` what stands on it.
        asked_by: Who wants it, in Norway.
        found: What was found, in Norway: the boxes by the names of the test's questions.
        why: The reasons.
        parts: What the decision is about.
        destroy_buttons: Carry out a decision that was written down, by its ref.
    """

    def __init__(self, context: PageContext, subject_ref: SubjectRef, name: str, who: str) -> None:
        super().__init__(
            context,
            _("The journal of {name}").format(name=name),
            who,
            draft=f"journal_decision:{subject_ref}",
            verb=_("Write it down"),
        )
        self._ref = subject_ref
        self._is_own = context.desk.ask(show_organisation).country == "NO"
        self.granted = Choice([(True, _("It is to be destroyed")), (False, _("It is to be kept"))])
        self.day, self.number, self.why = DateField(), QLineEdit(), TextArea(lines=3)
        self.asked_by = Choice([(one, say(one)) for one in DestructionAsker])
        lines = [WrappedBox(words) for words in _questions()]
        self._questions = holder(column(*lines, spacing=6))
        self.found = {name: one.box for name, one in zip(_FOUND, lines, strict=True)}
        self.parts = PartBoxes(context.desk.ask(list_journal_parts, subject_ref=subject_ref))
        self.destroy_buttons: dict[RecordRef, Button] = {}
        for one in context.desk.ask(list_decisions, subject_ref=subject_ref):
            self.body.addWidget(self._line(one))
        self._fields = self._own_fields() if self._is_own else self._fields_of_order()
        for field in self._fields:
            self.body.addWidget(field)
        whole = _("The whole journal, if nothing is ticked.")
        self.body.addWidget(FormField(_("What it is about"), self.parts, hint=whole))
        controls: dict[str, QWidget] = {"why": self.why, "parts": self.parts}
        if self._is_own:
            controls |= {"asked_by": self.asked_by, **self.found}
        else:
            controls |= {"granted": self.granted, "day": self.day, "number": self.number}
        self.begin(controls, {})
        self.verb_button.clicked.connect(self._save)

    def _fields_of_order(self) -> list[FormField]:
        return [
            FormField(_("What IVO has decided"), self.granted),
            FormField(_("Day of the decision"), self.day, check=self._wrong_day),
            FormField(
                _("Number of the decision"),
                self.number,
                check=required(self.number.text, _("Write the number that stands on it.")),
            ),
            FormField(_("Remark"), self.why, optional=True),
        ]

    def _own_fields(self) -> list[FormField]:
        return [
            FormField(_("Who wants it destroyed"), self.asked_by),
            FormField(
                _("What you have found"),
                self._questions,
                hint=_(
                    "It is destroyed if the first is so, and either the second and third together "
                    "or the fourth. Otherwise it is kept."
                ),
            ),
            FormField(
                _("Your reasons"),
                self.why,
                check=required(self.why.toPlainText, _("Write your reasons.")),
                hint=_("They stand in the letter."),
            ),
        ]

    def _line(self, one: DestructionRow) -> ListRow:
        what = _("the whole journal")
        if one.entries:
            what = ngettext("{count} part", "{count} parts", one.entries).format(count=one.entries)
        outcome = _("To be destroyed: {what}") if one.granted else _("To be kept: {what}")
        if one.carried_out_on:
            outcome = _("Destroyed: {what}")
        who = (format_day(one.decided_on, short=True), one.decided_by, one.case_number)
        buttons = []
        if one.granted and one.carried_out_on is None:
            button = Button(_("Destroy now…"), "danger", on_click=partial(self._destroy, one.ref))
            self.destroy_buttons[one.ref] = button
            buttons.append(button)
        return ListRow(
            "scale",
            outcome.format(what=what),
            "  \N{MIDDLE DOT}  ".join(filter(None, who)),
            *buttons,
            wrap=True,
        )

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Choose a day.")
        return _("This day has not come yet.") if day > self.context.today else None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk = self.context.desk
        said: dict[str, Any] = {
            "subject_ref": self._ref,
            "refs": self.parts.ticked(),
            "why": text_of(self.why),
        }
        if self._is_own:
            found = {name: box.isChecked() for name, box in self.found.items()}
            said["test"] = DestructionTest(asked_by=self.asked_by.value(), **found)
        else:
            said |= {
                "granted": self.granted.value(),
                "decided_on": self.day.day(),
                "case_number": text_of(self.number),
            }
        write: Callable[..., RecordRef] = decide_destruction if self._is_own else record_order
        self.keep(lambda _progress: desk.run(write, **said), lambda _ref: self._written())

    def _written(self) -> None:
        self.end(_("The decision is written down. Open it again to carry it out."))

    def _destroy(self, ref: RecordRef) -> None:
        sure = ask.confirm_irreversible(
            self.context.window,
            _("Destroy what was decided"),
            _("Exactly that is destroyed now and for good, in the backups too. There is no undo."),
            _("Destroy"),
        )
        if sure:
            self.keep(partial(self._carry_out, ref), self._destroyed)

    def _carry_out(
        self, ref: RecordRef, progress: Operation[DestructionReceipt]
    ) -> DestructionReceipt:
        receipt = self.context.desk.run(destroy_journal, ref=ref)
        self.context.desk.finish(progress)
        return receipt

    def _destroyed(self, receipt: DestructionReceipt) -> None:
        self._draft.forget()
        self.accept()
        words = _("It is destroyed")
        if receipt.papers:
            words = _("It is destroyed. Take out the paper and shred it: {places}").format(
                places=", ".join(receipt.papers)
            )
        self.context.toast(words)


def _questions() -> Sequence[str]:
    return (
        _("No public interest speaks against it: supervision, proof in a claim, research"),
        _("It is wrong or misleading"),
        _("Whom it is about feels it as a strain"),
        _("It is obviously not needed to help the client, or belongs elsewhere"),
    )


def decide_on_journal(context: PageContext, preview: ErasurePreview) -> JournalDecisionForm:
    """Write down what was decided about the journal of a person, or carry it out."""
    form = JournalDecisionForm(context, preview.ref, preview.name, preview.journal_stays)
    form.open()
    return form
