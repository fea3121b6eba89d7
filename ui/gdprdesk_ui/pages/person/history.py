"""What happened between a person and the business, and a line to write what happened now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.notes import add_note
from gdprdesk.services.persons import HistoryRow, PersonFile
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.quiet_warning import QuietStrip
from gdprdesk_ui.models.entries import Entry
from gdprdesk_ui.pages.person.words import history_sections
from gdprdesk_ui.widgets import Card, Chips, EntryList, Label

ALL = "all"
_KINDS = {
    "orders": frozenset({"booking", "gift_card"}),
    "invoices": frozenset({"invoice"}),
    "consents": frozenset({"consent"}),
    "calls": frozenset({"call"}),
    "notes": frozenset({"working_note", "attachment"}),
}


class HistoryCard(Card):
    """The history by months with a choice of kinds, and a note field: Enter saves.

    Attributes:
        chips: Which kinds.
        note: What is to be remembered of her.
        quiet: What of that is better not kept.
        list: What happened, the newest first.

    Signals:
        opened: Something that happened was chosen; its row.
    """

    opened = Signal(object)

    def __init__(self, context: PageContext) -> None:
        chips = (
            (Permission.PEOPLE, ALL, _("All")),
            (Permission.ORDERS, "orders", context.names.orders),
            (Permission.INVOICES, "invoices", _("Invoices")),
            (Permission.CONSENTS, "consents", _("Consents")),
            (Permission.ORDERS, "calls", _("Calls")),
            (Permission.NOTES, "notes", _("Notes and files")),
        )
        self.chips = Chips(
            [(key, words) for needs, key, words in chips if context.may(needs)],
            _("Which of the history"),
        )
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("Write a note …"))
        self.note.setAccessibleName(_("Note"))
        self.list = EntryList(_("History"), "rail")
        self._none = Label(_("Nothing has happened here yet."), "body", "muted", wrap=True)
        self.quiet = QuietStrip(context)
        self.quiet.watch(self.note)
        super().__init__(
            Label(_("History"), "card"),
            *(self.chips, self.note, self.quiet, self.list, self._none),
            None,
        )
        self._context = context
        self._person: PersonFile | None = None
        self._draft = DraftKeeper(context, "note", self._entered, self)
        self.chips.chosen.connect(lambda _kind: self._show_list())
        self.note.textEdited.connect(self._draft.touch)
        self.note.returnPressed.connect(self._save_note)
        self.list.opened.connect(self._open)
        context.theme.changed.connect(self._settle)

    def show_person(self, person: PersonFile) -> None:
        """Show a person's history, and the note that was begun."""
        if self._person is None or self._person.ref != person.ref:
            self.note.setText(self._draft.follow(person.ref).get("text", ""))
            self.chips.choose(ALL)
        self._person = person
        self._show_list()

    def _entered(self) -> dict[str, str]:
        text = self.note.text()
        return {"text": text} if text.strip() else {}

    def _show_list(self) -> None:
        if self._person is None:
            return
        kinds = _KINDS.get(self.chips.key())
        rows = tuple(row for row in self._person.history if kinds is None or row.kind in kinds)
        self.list.show_sections(history_sections(rows, self._person.currency, self._context.names))
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._settle()

    def _settle(self) -> None:
        """Be as high as the history is long: the page scrolls, not the list."""
        self.list.setFixedHeight(self.list.content_height() + 2)

    def _save_note(self) -> None:
        person, text, desk = self._person, self.note.text(), self._context.desk
        if person is not None and text.strip():
            self._context.perform(
                lambda _progress: desk.run(add_note, subject_ref=person.ref, text=text),
                lambda _note: self._note_saved(),
            )

    def _note_saved(self) -> None:
        self.note.clear()
        self._draft.forget()

    def _open(self, entry: Entry) -> None:
        rows = self._person.history if self._person else ()
        chosen: HistoryRow | None = next((row for row in rows if row.ref == entry.key), None)
        if chosen is not None:
            self.opened.emit(chosen)
