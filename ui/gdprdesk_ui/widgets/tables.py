"""Tables and lists, set up to be read, searched and worked with by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QListView, QTableView, QWidget

from gdprdesk_ui.models.delegates import CellDelegate, EntryDelegate, RailDelegate
from gdprdesk_ui.models.entries import Entry, EntryModel, Section
from gdprdesk_ui.models.paged_table import PagedTableModel
from gdprdesk_ui.theme import NEW_LOOK, ch, scaled
from gdprdesk_ui.tokens import ROW_HEIGHT, L

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Table(QTableView):
    """A table of rows with two lines each, over a PagedTableModel.

    Signals:
        opened: Enter or a double click on a row; the row.
        row_chosen: Another row is the current one; the row, or None.
    """

    opened = Signal(object)
    row_chosen = Signal(object)

    def __init__(
        self, model: PagedTableModel[Any], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = model
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._tell_row)
        model.modelReset.connect(self._keep_place)
        self._measure()

    def current(self) -> Any:
        """Return the chosen row, or None."""
        return self.currentIndex().data(PagedTableModel.ROW)

    def mark(self, needle: str) -> None:
        """Mark what was searched for in every cell."""
        self._delegate.needle = needle.strip()
        self.viewport().update()

    def set_columns_shown(self, numbers: Sequence[int]) -> None:
        """Show only these columns, where there is little room."""
        for number in range(len(self._model.columns)):
            self.setColumnHidden(number, number not in numbers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setFixedHeight(scaled(36))
        for number, column in enumerate(self._model.columns):
            if column.width:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(number, ch(column.width) + L)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _keep_place(self) -> None:
        if self._model.rowCount() and not self.currentIndex().isValid():
            self.selectRow(0)
        elif not self._model.rowCount():
            self.row_chosen.emit(None)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(PagedTableModel.ROW))

    def _tell_row(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.data(PagedTableModel.ROW))


class EntryList(QListView):
    """A list in sections. `look`: "rows" to choose from, or "rail" for a history.

    Signals:
        opened: Enter or a click on an entry; the entry.
        entry_chosen: Another entry is the current one; the entry, or None.
    """

    opened = Signal(object)
    entry_chosen = Signal(object)

    def __init__(
        self, name: str, look: Literal["rows", "rail"] = "rows", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(self) if look == "rows" else RailDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._tell_entry)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show other sections; the chosen entry stays chosen if it is still there."""
        before = self.current()
        self.entries.show_sections(sections)
        if before is not None and before.key is not None:
            self.choose(before.key)

    def current(self) -> Entry | None:
        """Return the chosen entry, or None."""
        entry: Entry | None = self.currentIndex().data(EntryModel.ENTRY)
        return entry

    def choose(self, key: object) -> None:
        """Choose the entry with this key, if it is there."""
        line = self.entries.line_of(key)
        if line is not None:
            self.setCurrentIndex(self.entries.index(line))

    def choose_first(self) -> None:
        """Choose the first entry."""
        self._choose_next(-1, 1)

    def move_choice(self, step: int) -> None:
        """Choose the next entry up (-1) or down (+1), over headings."""
        self._choose_next(self.currentIndex().row(), step)

    def _choose_next(self, line: int, step: int) -> None:
        found = self.entries.next_entry(line, step)
        if found is not None:
            self.setCurrentIndex(self.entries.index(found))

    def content_height(self) -> int:
        """Return how high the list is without scrolling."""
        return sum(self.sizeHintForRow(row) for row in range(self.entries.rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self.scheduleDelayedItemsLayout()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(160), scaled(120))

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(EntryModel.ENTRY)
        if entry is not None:
            self.opened.emit(entry)

    def _tell_entry(self, index: QModelIndex) -> None:
        self.entry_chosen.emit(index.data(EntryModel.ENTRY))
