"""Her personal identity number: masked, and shown for a moment once the log says why."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import ReadReason, say
from gdprdesk.i18n import _
from gdprdesk.services.identity_numbers import (
    NumberRow,
    list_numbers,
    read_number,
    remove_number,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.number_form import NumberForm, ReadForm
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    GuardedText,
    IconButton,
    Label,
    clear,
    column,
    hide_unless,
    row,
)

SHOWN_MS = 30_000
"""So long a number stays to be read."""


class NumberLine(Card):
    """One number, masked, with what can be done to it.

    Attributes:
        value: The number: masked, or for half a minute all of it.
        show_button: Asks why it is read, and shows it.
        change_button: Changes it.
        remove_button: Takes it out of the register.
    """

    def __init__(self, context: PageContext, one: NumberRow, subject_ref: SubjectRef) -> None:
        super().__init__(padding=10, spacing=4, sunken=True)
        self._context, self._one, self._subject = context, one, subject_ref
        self.value = GuardedText(one.shown, "strong")
        self.value.setAccessibleName(say(one.kind))
        self.show_button = Button(_("Show…"), "link", "eye", on_click=self._ask)
        self.change_button = IconButton("pencil", _("Change"), on_click=self._change)
        self.remove_button = IconButton("trash-2", _("Remove"), on_click=self._remove)
        self._hide = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._hide.timeout.connect(self.cover)
        self.also = Label("", "small", "warn", wrap=True)
        if one.also:
            self.also.setText(_("Somebody else here has the same number. One of them is wrong."))
        hide_unless(one.also, self.also)
        self.add(
            row(self.value, None, self.show_button, self.change_button, self.remove_button),
            Label(f"{say(one.kind)}: {one.why}", "small", "muted", wrap=True),
            self.also,
        )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cover()

    def cover(self) -> None:
        """Show no more of it than anybody may see."""
        self._hide.stop()
        self.value.setText(self._one.shown)
        self.show_button.setText(_("Show…"))

    def _ask(self) -> None:
        if self._hide.isActive():
            self.cover()
        else:
            ReadForm(self._context, self._read).open()

    def _read(self, reason: ReadReason) -> None:
        ref, desk = self._one.ref, self._context.desk
        self._context.perform(
            lambda _progress: desk.read(read_number, ref=ref, reason=reason), self._show
        )

    def _show(self, number: str) -> None:
        self.value.setText(number)
        self.show_button.setText(_("Hide"))
        self._hide.start()

    def _change(self) -> None:
        NumberForm(self._context, self._subject, self._one).open()

    def _remove(self) -> None:
        ref: RecordRef = self._one.ref
        self._context.perform(
            lambda _progress: self._context.desk.run(remove_number, ref=ref),
            lambda _none: self._context.toast(
                _("The number is removed"), undoable=True, deletion=True
            ),
        )


class NumbersCard(Card):
    """Her identity numbers.

    Attributes:
        add_button: Writes one down.
        lines: A line for each.
    """

    def __init__(self, context: PageContext) -> None:
        self.add_button = Button(_("Add…"), "link", "plus", on_click=self._add)
        super().__init__(CardHeading(_("Personal identity number"), self.add_button))
        self._context = context
        self._ref: SubjectRef | None = None
        self._rows: tuple[NumberRow, ...] | None = None
        self._box = column(spacing=8)
        self._none = Label(
            _("None is kept. Write one down only if it is clearly needed."),
            "small", "muted", wrap=True,
        )  # fmt: skip
        self.box.addLayout(self._box)
        self.add(self._none)
        self.lines: list[NumberLine] = []

    def show_person(self, ref: SubjectRef) -> None:
        """Show her numbers, masked; one that is being read stays as long as it is the same."""
        if not self._context.may(list_numbers):
            return
        rows = self._context.desk.ask(list_numbers, subject_ref=ref)
        if (ref, rows) == (self._ref, self._rows):
            return
        self._ref, self._rows = ref, rows
        clear(self._box)
        self.lines = [NumberLine(self._context, one, ref) for one in rows]
        for line in self.lines:
            self._box.addWidget(line)
        self._none.setVisible(not rows)

    def _add(self) -> None:
        if self._ref is not None:
            NumberForm(self._context, self._ref).open()
