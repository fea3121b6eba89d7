"""Making one person of two: whose name stays, and what becomes of everything."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QRadioButton

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _
from gdprdesk.services.merging import merge_people, show_merge
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.person_picker import PersonPicker
from gdprdesk_ui.widgets import Banner, Fact, FormField, Label, clear, column

_BESIDE = 560


class MergeForm(FormDialog):
    """Two people side by side: one name stays, and everything of both is hers.

    Attributes:
        names: A button for each name that may stay.
        problem: What was refused, as a sentence.
    """

    def __init__(self, context: PageContext, one_ref: SubjectRef, other_ref: SubjectRef) -> None:
        super().__init__(
            context,
            _("Are they one person?"),
            _(
                "Everything of both goes to one row, with its own days. You can take it back as "
                "long as the register is open."
            ),
            verb=_("Make one person"),
            width=_BESIDE,
        )
        self._refs = (one_ref, other_ref)
        seen = context.desk.ask(show_merge, keep_ref=one_ref, other_ref=other_ref)
        self.names = (QRadioButton(seen.keep_name), QRadioButton(seen.other_name))
        proposed = self.names[1 if seen.other_reads_better else 0]
        proposed.setChecked(True)
        self.problem = Banner("danger", "")
        self.problem.hide()
        self._what = column(spacing=10)
        self.body.addWidget(self.problem)
        self.body.addWidget(Label(_("Which name stays?"), "strong"))
        for name in self.names:
            self.body.addWidget(name)
        self.body.addLayout(self._what)
        self.names[0].toggled.connect(lambda _on: self._show())
        self.verb_button.clicked.connect(self._merge)
        proposed.setFocus()
        self._show()

    @property
    def _keep_and_other(self) -> tuple[SubjectRef, SubjectRef]:
        one, other = self._refs
        return (one, other) if self.names[0].isChecked() else (other, one)

    def _show(self) -> None:
        keep, other = self._keep_and_other
        seen = self.context.desk.ask(show_merge, keep_ref=keep, other_ref=other)
        clear(self._what)
        self._say(_("Goes over to {name}").format(name=seen.keep_name), seen.moves)
        self._say(_("Both have it, so it stands there once"), seen.same)
        self._say(_("Only one of them says yes, so it does not count"), seen.refused)
        for remark in seen.remarks:
            self._what.addWidget(Banner("info", remark))

    def _say(self, title: str, words: Iterable[str]) -> None:
        said = ", ".join(words)
        if said:
            self._what.addWidget(Fact(title, said, wrap=True))

    def _merge(self) -> None:
        keep, other = self._keep_and_other
        self.context.save(
            lambda _progress: self.context.desk.run(merge_people, keep_ref=keep, other_ref=other),
            self._end,
            self.verb_button,
            refused=self._refuse,
        )

    def _refuse(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self, _ref: SubjectRef) -> None:
        self.accept()
        self.context.toast(_("They are one person now"), undoable=True)


class PickTwo(FormDialog):
    """Two people that are one although nothing they have in common says so.

    Attributes:
        one: The first; `other` the second.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Which two are one person?"), verb=_("Compare…"))
        self.one, self.other = PersonPicker(context), PersonPicker(context)
        self.body.addWidget(FormField(_("One"), self.one))
        self.body.addWidget(FormField(_("And the other"), self.other))
        for picker in (self.one, self.other):
            picker.picked.connect(lambda _row: self._fit_verb())
        self.verb_button.clicked.connect(self._compare)
        self._fit_verb()
        self.one.setFocus()

    def _fit_verb(self) -> None:
        one, other = self.one.ref, self.other.ref
        self.verb_button.setEnabled(one is not None and other is not None and one != other)

    def _compare(self) -> None:
        one, other = self.one.ref, self.other.ref
        if one is not None and other is not None:
            self.accept()
            compare_people(self.context, one, other)


def compare_people(context: PageContext, one_ref: SubjectRef, other_ref: SubjectRef) -> MergeForm:
    """Show what becomes of two people when they are made one."""
    form = MergeForm(context, one_ref, other_ref)
    form.open()
    return form


def pick_two(context: PageContext) -> PickTwo:
    """Ask which two people are one."""
    form = PickTwo(context)
    form.open()
    return form
