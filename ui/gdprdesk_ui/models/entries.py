"""A short list in sections: the hits of a search, the rows of the register, a person's history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gdprdesk_ui.tokens import Tone

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, repr=False)
class Entry:
    """One line of a list.

    Attributes:
        title: What it is.
        detail: A quieter line under it.
        icon: A Lucide icon before it.
        tone: What the icon says.
        avatar: The name whose initials stand before it, instead of an icon.
        pill: A pill after the title, with its tone.
        end: What stands to the right: a day, a shortcut, an amount.
        end_icon: An icon to the right, with its tone.
        key: What the page knows it by.
    """

    title: str
    detail: str = ""
    icon: str | None = None
    tone: Tone = "neutral"
    avatar: str = ""
    pill: tuple[str, Tone] | None = None
    end: str = ""
    end_icon: tuple[str, Tone] | None = None
    key: Any = None

    def spoken(self) -> str:
        """Return what a screen reader says."""
        pill = self.pill[0] if self.pill else ""
        return ", ".join(part for part in (self.title, pill, self.detail, self.end) if part)


@dataclass(frozen=True, repr=False)
class Section:
    """Some entries under a heading; without a heading they simply follow."""

    title: str
    entries: tuple[Entry, ...] = field(default=())


class EntryModel(QAbstractListModel):
    """Sections one after another in one flat list: headings can be neither chosen nor focused.

    Attributes:
        ENTRY: The role that returns the entry, or None for a heading.
    """

    ENTRY = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Entry | str] = []

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show other sections."""
        self.beginResetModel()
        self._lines = []
        for section in sections:
            if section.entries:
                self._lines += [section.title] if section.title else []
                self._lines += section.entries
        self.endResetModel()

    def entry(self, line: int) -> Entry | None:
        """Return the entry in a line; None for a heading or beyond the end."""
        if not 0 <= line < len(self._lines):
            return None
        found = self._lines[line]
        return found if isinstance(found, Entry) else None

    def line_of(self, key: object) -> int | None:
        """Return the line of the entry with this key, or None."""
        for line, found in enumerate(self._lines):
            if isinstance(found, Entry) and found.key == key:
                return line
        return None

    def next_entry(self, line: int, step: int) -> int | None:
        """Return the line of the next entry up (-1) or down (+1), or None."""
        line += step
        while 0 <= line < len(self._lines):
            if isinstance(self._lines[line], Entry):
                return line
            line += step
        return None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == self.ENTRY:
            return self.entry(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            found = self._lines[index.row()]
            return found.spoken() if isinstance(found, Entry) else found
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
