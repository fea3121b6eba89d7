"""What each column of a list holds, with what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from gdprdesk.domain.columns import REPEATABLE, Field
from gdprdesk.i18n import _
from gdprdesk.imports import Grid
from gdprdesk.services.import_mappings import suggest_columns
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.import_matching import MatchingBar
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Choice, GroupHeading, Label, column

_SHOWN = 3
_ANY_NUMBER = REPEATABLE | {Field.IGNORE, Field.IDENTITY_NUMBER}
_BETWEEN = "  \N{MIDDLE DOT}  "


class ColumnsStep(QWidget):
    """One line for each column in use: its heading, some of its cells, and what it becomes.

    Attributes:
        choices: What each column becomes, from left to right.
        matching: How the columns were recognised, and remembering it.
    """

    def __init__(self, context: PageContext, grid: Grid, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self._header = grid.header
        suggested = context.desk.ask(suggest_columns, grid=grid)
        self.matching = MatchingBar(context, suggested, self._columns)
        self.matching.setVisible(not grid.fields)
        self.choices: list[Choice[Field]] = []
        lines = QGridLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(8)
        lines.setColumnStretch(1, 1)
        lines.setColumnMinimumWidth(0, ch(18))
        for place, words in enumerate((_("Column"), _("What stands in it"), _("Becomes"))):
            lines.addWidget(GroupHeading(words), 0, place)
        for index, field in enumerate(suggested.fields):
            choice = Choice([(one, one.label) for one in Field])
            choice.set_value(field)
            choice.setAccessibleName(_("{column} becomes").format(column=grid.column_label(index)))
            choice.setMinimumWidth(ch(28))
            choice.picked.connect(partial(self._pick, index))
            self.choices.append(choice)
            cells = [line[index].strip() for line in grid.rows if line[index].strip()]
            sample = Label(_BETWEEN.join(cells[:_SHOWN]), "small", "muted")
            shown = (Label(grid.column_label(index), "strong"), sample, choice)
            for place, widget in enumerate(shown):
                lines.addWidget(widget, index + 1, place)
                if not cells and field is Field.IGNORE:  # a column of its program, never filled
                    widget.hide()
        self.setLayout(column(self.matching.said, lines, self.matching, None, spacing=16))

    def fields(self) -> tuple[Field, ...]:
        """Return what each column becomes."""
        return tuple(choice.value() for choice in self.choices)

    def _columns(self) -> tuple[tuple[str, ...], tuple[Field, ...]]:
        return self._header, self.fields()

    def _pick(self, index: int, field: Field) -> None:
        """Let a column become something; what can only be once leaves the column it was."""
        for other, choice in enumerate(self.choices):
            if other != index and choice.value() is field and field not in _ANY_NUMBER:
                choice.set_value(Field.IGNORE)
        self._changed()
