"""What is chosen for address labels: whom they are for, what for, and on which sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import ExportPurpose, SubjectKind, say
from gdprdesk.exports.label_sheets import SIZES, Labels, LabelSheet
from gdprdesk.i18n import N_, _
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.people_files import export_labels
from gdprdesk.services.reports.labels import address_labels
from gdprdesk_ui.dialogs.save_guarded import Saving, kinds_of
from gdprdesk_ui.widgets import Choice, FormField, column

_SHEETS = {
    LabelSheet.THREE_BY_SEVEN: N_("21 labels of 63.5 x 38.1 mm"),
    LabelSheet.TWO_BY_SEVEN: N_("14 labels of 99.1 x 38.1 mm"),
}
_USES = (
    ExportPurpose.MAILING,
    ExportPurpose.OWN_WORK,
    ExportPurpose.BOOKKEEPING,
    ExportPurpose.OTHER,
)


@dataclass(frozen=True)
class LabelChoice:
    """What was chosen for address labels.

    Attributes:
        kind: Whom they are for; nothing for everybody.
        used_for: What for: for mailings who gets no advertising gets none.
        sheet: On what they are printed.
        first: The label to begin with.
    """

    kind: SubjectKind | None
    used_for: ExportPurpose
    sheet: LabelSheet
    first: int


class LabelOptions(QWidget):
    """The choices for address labels.

    Signals:
        picked: Something else was chosen.

    Attributes:
        kind: Whom they are for.
        used_for: What for.
        sheet: On what they are printed.
        first: The label to begin with, where a sheet is used in part.
    """

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kinds: list[tuple[SubjectKind | None, str]] = [(None, _("Everybody"))]
        self.kind = Choice([*kinds, *((one, say(one)) for one in SubjectKind)])
        self.used_for = Choice([(one, say(one)) for one in _USES])
        self.sheet = Choice([(one, _(words)) for one, words in _SHEETS.items()])
        self.first: Choice[int] = Choice([(1, "1")])
        self._number()
        for choice in (self.kind, self.used_for, self.first):
            choice.picked.connect(lambda _value: self.picked.emit())
        self.sheet.picked.connect(self._change_sheet)
        hint = _("A sheet that is used in part goes in again: count row by row.")
        self.setLayout(
            column(
                FormField(_("For whom"), self.kind),
                FormField(_("What they are for"), self.used_for),
                FormField(_("Sheet"), self.sheet),
                FormField(_("Begin with label"), self.first, hint=hint),
                spacing=10,
            )
        )

    def chosen(self) -> LabelChoice:
        """Return what is chosen now."""
        return LabelChoice(
            self.kind.value(), self.used_for.value(), self.sheet.value(), self.first.value()
        )

    def _number(self) -> None:
        """Offer the labels of the sheet to begin with."""
        count = SIZES[self.sheet.value()].count
        self.first.set_choices([(one, str(one)) for one in range(1, count + 1)])

    def _change_sheet(self) -> None:
        before = self.first.value()
        self._number()
        if before in self.first:
            self.first.set_value(before)
        self.picked.emit()


def labels_of(desk: Desk, choice: LabelChoice, language_code: str) -> Labels:
    """Return the labels that were chosen."""
    return desk.ask(
        address_labels,
        kind=choice.kind,
        sheet=choice.sheet,
        first=choice.first,
        used_for=choice.used_for,
        language_code=language_code,
    )


def saving_of_labels(desk: Desk, choice: LabelChoice, language_code: str) -> Saving:
    """Return how the labels that were chosen are saved: for what was chosen, as they are shown."""

    def write(to: Path, _kind: str) -> ExportReceipt:
        return desk.run(
            export_labels,
            to=to,
            kind=choice.kind,
            sheet=choice.sheet,
            first=choice.first,
            language_code=language_code,
            overwrite=True,
        )

    name = _("Address labels")
    return Saving(name, name, export_labels, kinds_of("pdf"), write, choice.used_for)
