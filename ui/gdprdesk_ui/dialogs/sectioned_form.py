"""A form too long for one view: its sections at the left, the fields of one of them beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.models.entries import Entry
from gdprdesk_ui.models.entries import Section as Group
from gdprdesk_ui.theme import NEW_LOOK, scaled
from gdprdesk_ui.widgets import EntryList, FormField, column, holder

_LIST_WIDTH, _HEIGHT, _AROUND = 232, 640, 48


@dataclass(frozen=True)
class FormSection:
    """Some fields that belong together.

    Attributes:
        key: What the program knows it by.
        title: What it is about.
        icon: A Lucide icon.
        fields: What is filled in there.
    """

    key: str
    title: str
    icon: str
    fields: tuple[FormField, ...] = field(default=())


class SectionedForm(KeptForm):
    """One section is shown at a time; one with something wrong says so in the list.

    Attributes:
        sections: The list of the sections.
    """

    def __init__(
        self, context: PageContext, title: str, sentence: str = "", *, draft: str, verb: str
    ) -> None:
        super().__init__(context, title, sentence, draft=draft, verb=verb, width=WIDE)
        self.sections = EntryList(_("Sections of the form"))
        self._parts: dict[str, FormSection] = {}
        self._panes: dict[str, QWidget] = {}
        self.put_beside(self.sections)
        self.sections.entry_chosen.connect(self._show_chosen)
        self._measure()

    def show_sections(self, parts: Sequence[FormSection]) -> None:
        """Show the sections; the first is open."""
        for part in parts:
            pane = holder(column(*part.fields, spacing=14))
            pane.hide()
            self._parts[part.key], self._panes[part.key] = part, pane
            self.body.addWidget(pane)
        self.body.addStretch(1)
        self._list_sections(())
        self.sections.choose_first()

    def open_section(self, key: str) -> None:
        """Show a section."""
        self.sections.choose(key)

    def all_right(self) -> bool:
        """Check every field of every section, and go to the first that is wrong."""
        wrong = {
            key: [one for one in part.fields if not one.is_right()]
            for key, part in self._parts.items()
        }
        found = [key for key, fields in wrong.items() if fields]
        self._list_sections(found)
        if found:
            self.open_section(found[0])
            wrong[found[0]][0].set_focus()
        return not found

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _list_sections(self, wrong: Sequence[str]) -> None:
        entries = tuple(
            Entry(
                part.title,
                _("Something is to be put right") if key in wrong else "",
                icon=part.icon,
                end_icon=("circle-alert", "danger") if key in wrong else None,
                key=key,
            )
            for key, part in self._parts.items()
        )
        self.sections.show_sections([Group("", entries)])

    def _show_chosen(self, chosen: Entry | None) -> None:
        if chosen is not None:
            for key, pane in self._panes.items():
                pane.setVisible(key == chosen.key)
            self._area.verticalScrollBar().setValue(0)

    def _measure(self) -> None:
        self.sections.setFixedWidth(scaled(_LIST_WIDTH))
        room = self.context.window.height() - _AROUND
        self.setMinimumHeight(min(scaled(_HEIGHT), room))
