"""What each column of a register kept elsewhere holds, with what stands in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.i18n import _
from gdprdesk.services.register_sheet import RegisterSheet
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Choice, GroupHeading, Label

_SHOWN = 2
_BETWEEN = "  \N{MIDDLE DOT}  "


class RegisterColumns(QWidget):
    """One line for each column: its heading, some of its cells, and what it becomes.

    Attributes:
        choices: What each column becomes, from left to right.
    """

    def __init__(self, sheet: RegisterSheet, changed: Callable[[], object]) -> None:
        super().__init__()
        self.choices: list[Choice[RegisterField]] = []
        lines = QGridLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(8)
        lines.setColumnStretch(0, 2)
        lines.setColumnStretch(1, 3)
        for place, words in enumerate((_("Column"), _("What stands in it"), _("Becomes"))):
            lines.addWidget(GroupHeading(words), 0, place)
        for index, field in enumerate(sheet.fields):
            label = sheet.column_label(index)
            choice = Choice([(one, one.label) for one in RegisterField])
            choice.set_value(field)
            choice.setAccessibleName(_("{column} becomes").format(column=label))
            choice.setMinimumWidth(ch(28))
            choice.picked.connect(lambda _field: changed())
            self.choices.append(choice)
            lines.addWidget(Label(label, "strong"), index + 1, 0)
            lines.addWidget(Label(_cells(sheet, index), "small", "muted"), index + 1, 1)
            lines.addWidget(choice, index + 1, 2)
        lines.setRowStretch(len(sheet.fields) + 1, 1)
        self.setLayout(lines)

    def fields(self) -> tuple[RegisterField, ...]:
        """Return what each column becomes."""
        return tuple(choice.value() for choice in self.choices)


def _cells(sheet: RegisterSheet, index: int) -> str:
    cells = (row.cells[index] for row in sheet.rows if index < len(row.cells))
    said = [" ".join(cell.split()) for cell in cells if cell.strip()]
    return _BETWEEN.join(said[:_SHOWN])
