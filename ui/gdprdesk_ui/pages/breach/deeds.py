"""What to do first, ticked off, and what was done so far."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk.i18n import _, format_moment
from gdprdesk.services.breach_log import BreachDetail, BreachStep
from gdprdesk.services.breach_steps import note_breach, tick_step
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Button, Card, CardHeading, Label, clear, column, holder, row

_MOMENT_DIGITS = 20


class FirstCard(Card):
    """What to do first, with a box for each.

    Attributes:
        boxes: The boxes by step.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(spacing=10)
        self._context = context
        self._count = Label("", "small", "muted", keep=True)
        self._rows = column(spacing=8)
        self.boxes: dict[str, QCheckBox] = {}
        self.add(CardHeading(_("What to do first"), self._count), self._rows)

    def show_breach(self, one: BreachDetail) -> None:
        """Show the steps of the case of a breach."""
        clear(self._rows)
        self.boxes = {}
        done = sum(step.done_at is not None for step in one.steps)
        self._count.setText(_("{done} of {all} done").format(done=done, all=len(one.steps)))
        for step in one.steps:
            self._rows.addWidget(self._line(one, step))

    def _line(self, one: BreachDetail, step: BreachStep) -> QWidget:
        box = QCheckBox()
        box.setAccessibleName(step.words)
        box.setChecked(step.done_at is not None)
        box.setEnabled(one.row.closed_on is None)
        box.clicked.connect(partial(self._tick, one, step, box))
        self.boxes[step.key] = box
        words = Label(step.words, "body", "muted" if step.done_at else "text", wrap=True)
        line = row(box, words, spacing=10)
        line.setStretch(1, 1)
        return holder(line)

    def _tick(
        self, one: BreachDetail, step: BreachStep, box: QCheckBox, _clicked: bool = False
    ) -> None:
        desk, ref, on = self._context.desk, one.row.ref, box.isChecked()
        self._context.save(
            lambda _progress: desk.run(tick_step, breach_ref=ref, step=step.key, done=on),
            button=box,
        )


class DeedsCard(Card):
    """What was done so far, the earliest first, with a line for more.

    Attributes:
        edit: What was done.
        add_button: Writes it down.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(spacing=10)
        self._context = context
        self._one: BreachDetail | None = None
        self._rows = column(spacing=8)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(_("Such as: rang the insurance company"))
        self.edit.setAccessibleName(_("What was done"))
        self.add_button = Button(_("Add"), icon_name="plus", size="small", on_click=self._add)
        self.edit.returnPressed.connect(self._add)
        line = row(self.edit, self.add_button, spacing=8)
        line.setStretch(0, 1)
        self._line = holder(line)
        self.add(CardHeading(_("Done so far")), self._rows, self._line)

    def show_breach(self, one: BreachDetail) -> None:
        """Show what was done about a breach."""
        self._one = one
        clear(self._rows)
        known = (one.row.clock.known_at, _("Learnt of it"))
        for at, what in (known, *((deed.at, deed.what) for deed in one.deeds)):
            when = Label(format_moment(at), "small", "muted", keep=True, tabular=True)
            when.setFixedWidth(ch(_MOMENT_DIGITS, "small"))
            words = row(when, Label(what, "body", wrap=True), spacing=8)
            words.setStretch(1, 1)
            self._rows.addWidget(holder(words))
        self._line.setVisible(one.row.closed_on is None)

    def _add(self) -> None:
        one, what = self._one, self.edit.text()
        if one is None or not what.strip():
            return
        desk, ref = self._context.desk, one.row.ref
        self._context.save(
            lambda _progress: desk.run(note_breach, breach_ref=ref, what=what),
            lambda _none: self.edit.clear(),
            self.add_button,
        )
