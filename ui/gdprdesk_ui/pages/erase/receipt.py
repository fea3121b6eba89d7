"""The receipt of an erasure: each step once it is done, and what is left to do elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from gdprdesk.domain.base import counted, kind_name, personal_kinds
from gdprdesk.domain.erasure import CopyLine
from gdprdesk.domain.terms import ErasureState, Reason, say
from gdprdesk.i18n import _, format_day, format_moment, ngettext
from gdprdesk.services.erasure_cases import ErasureReceipt
from gdprdesk.services.erasure_outside import OutsideDone
from gdprdesk_ui.pages.erase.lists import ICONS, opened_by_capital, small
from gdprdesk_ui.pages.erase.preview import turn
from gdprdesk_ui.pages.page import Breadth
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    FlowLayout,
    Icon,
    Label,
    Line,
    ListRow,
    Pill,
    column,
    row,
)

_TONES: dict[ErasureState, Tone] = {
    ErasureState.STAGED: "warn",
    ErasureState.WAITING: "warn",
    ErasureState.HELD: "info",
    ErasureState.DONE: "accent",
    ErasureState.UNDONE: "neutral",
}


class ErasureReceiptView(QWidget):
    """How far an erasure has come.

    Signals:
        undo_wanted: Bring her back.
        carry_out_wanted: Do not wait any longer.
        save_wanted: Save the receipt as PDF.
        hers_wanted: Save it for herself, with her name.
        task_done: Done at a recipient or in a channel; its key.

    Attributes:
        ticks: A box for each thing to do elsewhere, by its key.
    """

    undo_wanted = Signal()
    carry_out_wanted = Signal()
    save_wanted = Signal()
    hers_wanted = Signal()
    task_done = Signal(str)

    def __init__(self, receipt: ErasureReceipt, look_for: Mapping[str, str]) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        self._look_for = look_for
        self.undo_button = Button(_("Undo"), "primary", "undo-2", on_click=self.undo_wanted.emit)
        self.carry_out_button = Button(
            _("Erase at once"), "danger", on_click=self.carry_out_wanted.emit
        )
        self.save_button = Button(
            _("Save the receipt…"),
            icon_name="download",
            on_click=self.save_wanted.emit,
        )
        self.hers_button = Button(
            _("For her, with her name…"),
            icon_name="download",
            on_click=self.hers_wanted.emit,
        )
        left = column(self._steps(receipt), self._outside(receipt), None, spacing=14)
        right = column(
            self._erased(receipt), self._kept(receipt), self._searched(receipt), None, spacing=14
        )
        self._sheet = row(left, right, spacing=14)
        self._sheet.setStretch(0, 3)
        self._sheet.setStretch(1, 2)
        self.setLayout(self._sheet)

    def set_breadth(self, breadth: Breadth) -> None:
        """Put what was erased and kept under the steps where there is little room."""
        turn(self._sheet, breadth)

    def _steps(self, receipt: ErasureReceipt) -> Card:
        undoable = receipt.state in {ErasureState.STAGED, ErasureState.WAITING}
        waiting = [self.undo_button, self.hers_button, self.carry_out_button]
        buttons = waiting if undoable else [self.save_button]
        return Card(
            CardHeading(_("What has been done"), Pill(say(receipt.state), _TONES[receipt.state])),
            self._step(_("Asked for"), receipt.asked_at, self._because(receipt)),
            *self._steps_after(receipt),
            Line(),
            FlowLayout(*buttons, spacing=12),
            spacing=12,
        )

    def _because(self, receipt: ErasureReceipt) -> str:
        terms = (receipt.ground, receipt.checked)
        return "  ·  ".join(say(one) for one in terms if one is not None)

    def _steps_after(self, receipt: ErasureReceipt) -> list[QWidget]:
        if receipt.state is ErasureState.STAGED:
            due = format_moment(receipt.due_at)
            return [
                self._step(_("Hidden from every list"), receipt.asked_at),
                Label(_("Erased for good {moment}.").format(moment=due), "body"),
            ]
        if receipt.state is ErasureState.WAITING:
            sentence = _("Erased by itself as soon as the order is finished and paid.")
            return [Label(sentence, "body", wrap=True)]
        return [
            self._step(_("Taken out of the register"), receipt.deleted_at),
            self._step(_("Written in the ledger of the erased"), receipt.deleted_at),
            *self._masked(receipt),
            self._step(_("Every page of the file cleaned"), receipt.cleaned_at),
            *map(self._copy, receipt.copies),
        ]

    def _step(self, words: str, at: datetime | None, more: str = "") -> ListRow:
        done = Icon("circle-check", "accent_text", 20) if at else Icon("circle", "muted", 20)
        said = format_moment(at) if at else _("not done yet")
        return ListRow(done, words, "  ·  ".join(one for one in (said, more) if one), wrap=True)

    def _masked(self, receipt: ErasureReceipt) -> list[ListRow]:
        if not receipt.masked:
            return []
        said = _("Masked in other people's records: {count}").format(count=receipt.masked)
        return [self._step(said, receipt.deleted_at)]

    def _copy(self, copy: CopyLine) -> ListRow:
        done, until = (_day(copy["done_on"]), _day(copy["until"]))
        sign = Icon("circle-check", "accent_text", 20) if done else Icon("circle", "muted", 20)
        said = (
            _("Done {day}").format(day=done)
            if done
            else _("Could not be reached. It runs out {day}.").format(day=until)
        )
        title = _("Erased in the copy {file}, {place}").format(
            file=copy["file"], place=copy["place"]
        )
        return ListRow(sign, title, said, wrap=True)

    def _outside(self, receipt: ErasureReceipt) -> Card:
        rows = [self._tick(one) for one in receipt.outside]
        if not rows:
            rows = [Label(_("Nobody else has her data."), "body", "muted")]
        return Card(CardHeading(_("To do at others")), *rows, spacing=12)

    def _tick(self, task: OutsideDone) -> QWidget:
        box = QCheckBox()
        box.setAccessibleName(task.recipient)
        box.setChecked(task.done_on is not None)
        box.setEnabled(task.done_on is None)
        box.clicked.connect(lambda: self.task_done.emit(task.key))
        self.ticks[task.key] = box
        said = task.task
        if task.done_on:
            said = _("Done {day}").format(day=format_day(task.done_on, short=True))
        wanted = self._look_for.get(task.key, "")
        copy = Button(
            _("Copy “{words}”").format(words=wanted),
            icon_name="copy",
            size="small",
            on_click=lambda: QGuiApplication.clipboard().setText(wanted),
        )
        buttons: list[QWidget] = [copy] if wanted and not task.done_on else []
        return ListRow(box, task.recipient, said, *buttons, wrap=True)

    def _erased(self, receipt: ErasureReceipt) -> Card:
        kinds = {kind_name(kind): kind for kind in personal_kinds()}
        rows: list[QWidget] = [
            ListRow(ICONS.get(kind, "file"), counted(kinds[kind], count))
            for kind, count in receipt.erased
        ]
        if not rows:
            rows = [Label(_("Nothing"), "body", "muted")]
        staged = receipt.state is ErasureState.STAGED
        return Card(CardHeading(_("Will be erased") if staged else _("Erased")), *rows, spacing=12)

    def _kept(self, receipt: ErasureReceipt) -> Card:
        alike = Counter(
            (one["kind"], one["law"] or say(Reason(one["reason"])), one["until"])
            for one in receipt.keep
        )
        rows: list[QWidget] = [
            self._kept_row(kind, why, until, count) for (kind, why, until), count in alike.items()
        ]
        if receipt.proofs and receipt.proofs_until:
            day = format_day(receipt.proofs_until, short=True)
            said = ngettext("{count} proof", "{count} proofs", receipt.proofs)
            rows.append(
                ListRow(
                    "file-check",
                    said.format(count=receipt.proofs),
                    _("Of consents and requests, without her name"),
                    Label(day, "small", keep=True, tabular=True),
                    wrap=True,
                )
            )
        rows += [
            ListRow("gift", sentence, _("Of whoever has the number"), wrap=True)
            for sentence in receipt.cards
        ]
        if not rows:
            rows = [Label(_("Nothing"), "body", "muted")]
        return Card(CardHeading(_("Kept, and why")), *rows, spacing=12)

    def _searched(self, receipt: ErasureReceipt) -> Card:
        kinds = {kind_name(kind): kind for kind in personal_kinds()}
        looked = ", ".join(counted(kinds[kind], count) for kind, count in receipt.searched)
        if not looked:
            said = _("What is written about others was not looked through for her name.")
        else:
            said = _("Looked through for her name: {records}.").format(records=looked)
        found = (
            _("Found {found}. To be masked: {count}.").format(
                found=receipt.found, count=receipt.to_mask
            )
            if receipt.deleted_at is None
            else _("Found {found}. Masked: {count}.").format(
                found=receipt.found, count=receipt.masked
            )
        )
        beyond = _("What files and pictures of others show, paper and mailboxes: not searched.")
        lines = [small(said), *([small(found)] if looked else []), small(beyond)]
        if receipt.until:
            day = format_day(receipt.until, short=True)
            lines.append(small(_("This receipt is kept until {day}.").format(day=day)))
        return Card(CardHeading(_("Searched")), *lines, spacing=8)

    def _kept_row(self, kind: str, why: str, until: str | None, count: int) -> ListRow:
        kinds = {kind_name(one): one for one in personal_kinds()}
        day = (
            format_day(date.fromisoformat(until), short=True) if until else _("until that is over")
        )
        return ListRow(
            ICONS.get(kind, "file"),
            counted(kinds[kind], count),
            opened_by_capital(why),
            Label(day, "small", keep=True, tabular=True),
            wrap=True,
        )


def _day(iso: str | None) -> str:
    return format_day(date.fromisoformat(iso[:10]), short=True) if iso else ""
