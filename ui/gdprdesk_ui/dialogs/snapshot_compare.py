"""What changed in the register from one day to another, word by word."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import EditionRef
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.files import FileFormat
from gdprdesk.services.register_files import export_difference, export_snapshot
from gdprdesk.services.snapshots import SnapshotRow, compare_snapshots, list_snapshots
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.dialogs.snapshot_changes import ChangeCard
from gdprdesk_ui.dialogs.snapshot_new import freeze
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Choice,
    EmptyState,
    FormField,
    Label,
    clear,
    column,
    holder,
    row,
)

_HEIGHT, _AROUND = 640, 48


class CompareForm(FormDialog):
    """Two days to choose, and the rows that came, went or changed in between.

    Attributes:
        older: The day one begins with.
        newer: The other day; None for now.
        cards: The rows that changed.
        save_older_button: Saves the older day as a document.
        empty: Shown while nothing is frozen yet.
        freeze_button: Freezes the register.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Compare the register with an earlier day"),
            verb=_("Save what changed…"),
            width=WIDE,
        )
        self.cancel_button.setText(_("Close"))
        self.cards: list[ChangeCard] = []
        self._snapshots: tuple[SnapshotRow, ...] = ()
        self.freeze_button = Button(
            _("Freeze today…"), icon_name="camera", on_click=lambda: freeze(context, self._take)
        )
        self.save_older_button = Button(
            _("Save the older day…"), icon_name="download", on_click=self._save_older
        )
        self.verbs.insertWidget(0, self.freeze_button)
        self.verbs.insertWidget(1, self.save_older_button)
        self.older = Choice[EditionRef | None]([(None, "")])
        self.newer = Choice[EditionRef | None]([(None, _("As it is now"))])
        self.empty = EmptyState(
            "camera",
            _("Nothing is frozen yet"),
            _("Freeze the register today; then you see later what changed since."),
        )
        self._summary = Label("", "strong", wrap=True)
        self._broken = Banner(
            "danger",
            _("The older day is not what was frozen."),
            _("The log says otherwise. Compare with a backup copy of that day."),
        )
        self._build()
        self.older.picked.connect(lambda _ref: self._offer_newer())
        self.newer.picked.connect(lambda _ref: self._show_changes())
        self.verb_button.clicked.connect(self._save_difference)
        self._read()

    def _build(self) -> None:
        self._changes = column(spacing=12)
        days = row(
            FormField(_("The earlier day"), self.older),
            FormField(_("Compared with"), self.newer),
            spacing=14,
        )
        self._found = holder(
            column(days, self._broken, self._summary, self._changes, None, spacing=14)
        )
        self._broken.hide()
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self._found, 1)
        room = self.context.window.height() - _AROUND
        self.setMinimumHeight(min(scaled(_HEIGHT), room))

    def _take(self, _ref: EditionRef) -> None:
        self._read()

    def _read(self) -> None:
        self._snapshots = self.context.desk.ask(list_snapshots)
        there = bool(self._snapshots)
        self.empty.setVisible(not there)
        self._found.setVisible(there)
        self.save_older_button.setEnabled(there)
        self.verb_button.setEnabled(there)
        if there:
            self.older.set_choices([(one.ref, _called(one)) for one in self._snapshots])
            self._offer_newer()

    def _offer_newer(self) -> None:
        """Offer the days after the older one: the list has the newest first."""
        newer = self._snapshots[: self._place()]
        self.newer.set_choices(
            [(None, _("As it is now")), *((one.ref, _called(one)) for one in newer)]
        )
        self._show_changes()

    def _place(self) -> int:
        older = self.older.value()
        return next(place for place, one in enumerate(self._snapshots) if one.ref == older)

    def _show_changes(self) -> None:
        clear(self._changes)
        self._broken.setVisible(not self._snapshots[self._place()].intact)
        older = self._snapshots[self._place()].ref
        found = self.context.desk.ask(compare_snapshots, older=older, newer=self.newer.value())
        words = ngettext("{count} row changed", "{count} rows changed", len(found.rows))
        nothing = _("Nothing changed in between.")
        self._summary.setText(words.format(count=len(found.rows)) if found.rows else nothing)
        self.cards = [ChangeCard(one) for one in found.rows]
        for card in self.cards:
            self._changes.addWidget(card)

    def _save_difference(self) -> None:
        save_report(
            self.context,
            _("Changes in the register"),
            export_difference,
            FileFormat.PDF,
            FileFormat.DOCX,
            button=self.verb_button,
            older=self._snapshots[self._place()].ref,
            newer=self.newer.value(),
        )

    def _save_older(self) -> None:
        one = self._snapshots[self._place()]
        save_report(
            self.context,
            _("Register {day}").format(day=one.taken_on.isoformat()),
            export_snapshot,
            FileFormat.PDF,
            FileFormat.DOCX,
            button=self.save_older_button,
            ref=one.ref,
        )


def _called(one: SnapshotRow) -> str:
    return f"{format_day(one.taken_on, short=True)}: {one.name}"


def compare(context: PageContext) -> QWidget:
    """Compare the register with an earlier day."""
    form = CompareForm(context)
    form.open()
    return form
