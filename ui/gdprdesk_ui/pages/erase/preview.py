"""What an erasure would take, keep and leave to be done elsewhere, and when it shall be done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QRadioButton, QWidget

from gdprdesk.domain.terms import Reason, say
from gdprdesk.i18n import _, format_day, format_moment
from gdprdesk.services.erasure_outside import OutsideRow
from gdprdesk.services.erasure_preview import ErasedGroup, ErasurePreview, KeptRow
from gdprdesk_ui.pages.page import Breadth
from gdprdesk_ui.widgets import (
    Avatar,
    Button,
    Card,
    CountHeading,
    Icon,
    Label,
    Line,
    ListRow,
    column,
    hide_unless,
    row,
)

ICONS = {
    "attachment": "paperclip",
    "booking": "cake-slice",
    "consent": "signature",
    "contact_detail": "phone",
    "diet_note": "triangle-alert",
    "draft": "pencil",
    "invoice": "receipt-text",
    "working_note": "notebook-pen",
}


class ErasurePreviewView(QWidget):
    """The decision before it is carried out.

    Signals:
        decided: The owner said yes; whether at once, without time to undo.
        cancelled: She thought better of it.
        wrong_person: It is somebody else of the same name.

    Attributes:
        later: Erase with time to undo.
        at_once: Erase now for good.
        erase_button: Says how many records go.
    """

    decided = Signal(bool)
    cancelled = Signal()
    wrong_person = Signal()

    def __init__(self, preview: ErasurePreview, today: date) -> None:
        super().__init__()
        self._today = today
        undoable = preview.waits or preview.due_at.date() > today
        self.later = QRadioButton(
            _("When the order is finished") if preview.waits else _("Now, with time to undo")
        )
        self.at_once = QRadioButton(_("At once, cannot be undone"))
        (self.later if undoable else self.at_once).setChecked(True)
        hide_unless(undoable, self.later)
        self.erase_button = Button(
            _("Erase {count} records").format(count=len(preview.erase)),
            "dangerFill",
            "trash-2",
            size="large",
            on_click=lambda: self.decided.emit(self.at_once.isChecked()),
        )
        self.cancel_button = Button(_("Cancel"), on_click=self.cancelled.emit)
        self.wrong_button = Button(_("No, somebody else"), "link", on_click=self.wrong_person.emit)
        lists = row(self._erased(preview), self._kept(preview), spacing=14)
        lists.setStretch(0, 1)
        lists.setStretch(1, 1)
        left = column(lists, self._outside(preview), None, spacing=14)
        self._sheet = row(left, column(self._when(preview, undoable=undoable), None), spacing=14)
        self._sheet.setStretch(0, 5)
        self._sheet.setStretch(1, 2)
        self.setLayout(column(self._right_person(preview), self._sheet, spacing=14))

    def set_breadth(self, breadth: Breadth) -> None:
        """Put the decision under the lists where there is little room."""
        turn(self._sheet, breadth)

    def _right_person(self, preview: ErasurePreview) -> Card:
        words = column(
            Label(_("Is this the right person?"), "strong"),
            Label("  ·  ".join(preview.facts), "small", "muted"),
            spacing=2,
        )
        line = row(Avatar(preview.name, 40), words, self.wrong_button, spacing=12)
        line.setStretch(1, 1)
        return Card(line, sunken=True, padding=14)

    def _erased(self, preview: ErasurePreview) -> Card:
        heading = CountHeading(
            "trash-2", "danger", _("Is erased"), _("Is gone for good"), count=len(preview.erase)
        )
        rows = [
            ListRow(ICONS.get(one.kind, "file"), one.said, self._span(one))
            for one in preview.groups
        ]
        return Card(heading, Line(), *rows, None, spacing=12)

    def _kept(self, preview: ErasurePreview) -> Card:
        heading = CountHeading(
            "scale",
            "info",
            _("Is kept"),
            _("For a reason in law"),
            count=len(preview.keep),
        )
        rows = [
            ListRow(
                ICONS.get(one.kind, "file"),
                one.said,
                self._reason(one),
                Label(self._until(one), "small", keep=True, tabular=True),
                wrap=True,
            )
            for one in preview.keep
        ]
        sentence = self._explanation(preview) if rows else _("Nothing has to be kept.")
        notes = [_small(sentence)]
        if preview.released:
            said = _("{count} orders and invoices stay with the company, without her name.")
            notes.append(_small(said.format(count=preview.released)))
        return Card(heading, Line(), *rows, *notes, None, spacing=12)

    def _outside(self, preview: ErasurePreview) -> Card:
        heading = CountHeading(
            "arrow-up-right",
            "warn",
            _("At others"),
            _("This you have to do yourself"),
            count=len(preview.outside),
        )
        rows = [self._task(one) for one in preview.outside]
        note = Label(_("You tick these off on the receipt afterwards."), "small", "muted")
        if not rows:
            note = Label(_("Nobody else has her data."), "body", "muted")
        return Card(heading, Line(), *rows, note, spacing=12)

    def _task(self, task: OutsideRow) -> ListRow:
        wanted = task.look_for[0] if task.look_for else ""
        copy = Button(
            _("Copy “{words}”").format(words=wanted),
            icon_name="copy",
            size="small",
            on_click=lambda: QGuiApplication.clipboard().setText(wanted),
        )
        buttons = [copy] if wanted else []
        return ListRow("arrow-up-right", task.recipient, task.task, *buttons, wrap=True)

    def _when(self, preview: ErasurePreview, *, undoable: bool) -> Card:
        later = _small(self._what_later_means(preview))
        later.setContentsMargins(28, 0, 0, 0)
        hide_unless(undoable, later)
        notes = [
            row(Icon("history", "muted", 18), _small(_("The log says that it was done, not who.")))
        ]
        return Card(
            Label(_("When?"), "card"),
            self.later,
            later,
            self.at_once,
            Line(),
            *notes,
            4,
            self.erase_button,
            self.cancel_button,
            spacing=12,
        )

    def _what_later_means(self, preview: ErasurePreview) -> str:
        if preview.waits:
            return _(
                "An order is not finished or not paid. Once it is, she is erased by herself. You"
                " can undo until then."
            )
        return _("Hidden right away and erased for good {moment}. You can undo until then.").format(
            moment=format_moment(preview.due_at)
        )

    def _span(self, group: ErasedGroup) -> str:
        first, last = (
            format_day(day, short=True, today=self._today)
            for day in (group.first_on, group.last_on)
        )
        return first if first == last else _("{first} to {last}").format(first=first, last=last)

    def _until(self, kept: KeptRow) -> str:
        return format_day(kept.until, short=True) if kept.until else _("until that is over")

    def _reason(self, kept: KeptRow) -> str:
        return opened_by_capital(kept.law) if kept.law else say(kept.reason)

    def _explanation(self, preview: ErasurePreview) -> str:
        if any(kept.reason is Reason.LAW_OBLIGES for kept in preview.keep):
            return _(
                "Of an invoice only what stands on it is left. It is erased by itself when its"
                " time is over."
            )
        return _("It is erased by itself as soon as it is no longer needed.")


def opened_by_capital(words: str) -> str:
    """Return words as the beginning of a line; the names in them keep their capitals."""
    return words[:1].upper() + words[1:]


def turn(sheet: QBoxLayout, breadth: Breadth) -> None:
    """Put what stands at the side under the rest where there is little room."""
    beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
    sheet.setDirection(under if breadth is Breadth.NARROW else beside)


def _small(words: str) -> Label:
    return Label(words, "small", "muted", wrap=True)
