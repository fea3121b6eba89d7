"""Choosing a person by typing a part of her name, number or address."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _
from gdprdesk.services.subjects import SubjectRow, list_subjects
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.widgets import Avatar, Button, EntryList, Label, SearchField, clear, column, row

_OFFERED = 5


class PersonPicker(QWidget):
    """A field with the matches under it; once one is chosen, her name with a way back.

    Signals:
        picked: A person was chosen; her row. None when the choice was taken back.

    Attributes:
        search: Where one types; Down goes to the matches, Enter takes the first.
        matches: Those found.
    """

    picked = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.chosen: SubjectRow | None = None
        self.search = SearchField(_("Name, phone or e-mail"))
        self.matches = EntryList(_("People found"), "rows")
        self.matches.setMinimumHeight(0)
        self.nobody = Label(_("Nobody found."), "small", "muted")
        self.change_button = Button(_("Somebody else"), "link", on_click=self.forget)
        self._chosen_line = QWidget()
        self._chosen_box = row(spacing=10)
        self._chosen_line.setLayout(self._chosen_box)
        self.setLayout(column(self.search, self.matches, self.nobody, self._chosen_line, spacing=6))
        self.setFocusProxy(self.search)
        self.search.searched.connect(self._find)
        self.search.left_down.connect(self._enter_matches)
        self.search.returnPressed.connect(self._take_first)
        self.matches.opened.connect(lambda entry: self._take(entry.key))
        self._show()

    @property
    def ref(self) -> SubjectRef | None:
        """Return who is chosen."""
        return self.chosen.ref if self.chosen else None

    def choose(self, row: SubjectRow) -> None:
        """Choose a person."""
        self.chosen = row
        self._show()
        self.picked.emit(row)

    def forget(self) -> None:
        """Take the choice back."""
        self.chosen = None
        self.search.clear()
        self._show()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(None)

    def _find(self, words: str) -> None:
        rows = self._rows(words)
        self.matches.show_sections([Section("", tuple(_entry(one) for one in rows))])
        self.matches.setFixedHeight(self.matches.content_height() if rows else 0)
        self.matches.setVisible(bool(rows))
        self.nobody.setVisible(bool(words.strip()) and not rows)

    def _rows(self, words: str) -> tuple[SubjectRow, ...]:
        if not words.strip():
            return ()
        return self._context.desk.ask(list_subjects, search=words, limit=_OFFERED).rows

    def _enter_matches(self) -> None:
        self.matches.setFocus(Qt.FocusReason.OtherFocusReason)
        self.matches.choose_first()

    def _take_first(self) -> None:
        rows = self._rows(self.search.text())
        if rows:
            self.choose(rows[0])

    def _take(self, ref: object) -> None:
        rows = self._rows(self.search.text())
        found = next((one for one in rows if one.ref == ref), None)
        if found is not None:
            self.choose(found)

    def _show(self) -> None:
        chosen = self.chosen
        self.search.setVisible(chosen is None)
        self.matches.setVisible(False)
        self.nobody.setVisible(False)
        self._chosen_line.setVisible(chosen is not None)
        if chosen is not None:
            self._chosen_box.removeWidget(self.change_button)
            clear(self._chosen_box)
            words = column(
                Label(chosen.name, "strong"),
                Label(chosen.phone or chosen.email, "small", "muted"),
                spacing=1,
            )
            self._chosen_box.addWidget(Avatar(chosen.name, 34))
            self._chosen_box.addLayout(words, 1)
            self._chosen_box.addWidget(self.change_button)


def _entry(row: SubjectRow) -> Entry:
    return Entry(row.name, row.phone or row.email, avatar=row.name, key=row.ref)
