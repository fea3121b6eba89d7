"""People who may stand in the register twice, two by two."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.duplicates import ToldApart
from gdprdesk.domain.identity import IdentityNumber
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import Likeness, say
from gdprdesk.i18n import _, format_number
from gdprdesk.services.duplicates import DuplicateRow, list_duplicates, tell_apart
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.merge_form import compare_people, pick_two
from gdprdesk_ui.pages.page import Page
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import (
    Button,
    Card,
    EmptyState,
    Label,
    ListRow,
    PageHeading,
    Pill,
    clear,
    column,
    row,
)

_SHOWN = 25
_TONES: dict[Likeness, Tone] = {
    Likeness.SURE: "accent",
    Likeness.LIKELY: "warn",
    Likeness.POSSIBLE: "neutral",
}


class DuplicateLine(QWidget):
    """Two people who may be one.

    Attributes:
        compare_button: Shows what becomes of both before they are made one.
        apart_button: Says that they are two.
    """

    def __init__(self, context: PageContext, one: DuplicateRow) -> None:
        super().__init__()
        self._context, self._one = context, one
        self.compare_button = Button(
            _("Compare…"),
            size="small",
            on_click=lambda: compare_people(context, one.one_ref, one.other_ref),
        )
        self.apart_button = Button(_("Not the same"), "link", on_click=self._tell_apart)
        title = _("{one} and {other}").format(one=one.one, other=one.other)
        for button in (self.compare_button, self.apart_button):
            button.setAccessibleDescription(title)
        sure = Pill(say(one.likeness), _TONES[one.likeness])
        line = ListRow(
            "users-round", title, one.why, sure, self.apart_button, self.compare_button, wrap=True
        )
        self.setLayout(row(line, spacing=0))

    def _tell_apart(self) -> None:
        desk, one = self._context.desk, self._one
        self._context.perform(
            lambda _progress: desk.run(tell_apart, one_ref=one.one_ref, other_ref=one.other_ref),
            lambda _none: self._context.toast(_("They stay two people"), undoable=True),
        )


class DuplicatesPage(Page):
    """Who may stand in the register twice; each pair is made one person, or told apart.

    Attributes:
        pick_button: Makes one person of two that were not found.
        lines: A line for each pair that is shown.
        empty: Shown while nobody stands there twice.
    """

    changed_kinds = frozenset({DataSubject, ContactDetail, IdentityNumber, ToldApart})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lines: list[DuplicateLine] = []
        self.pick_button = Button(_("Choose two people…"), on_click=lambda: pick_two(context))
        heading = PageHeading(
            _("Who may stand here twice"),
            _("Compared by name, phone, e-mail and identity number. Nothing happens by itself."),
            [self.pick_button],
            back=(context.names.people, lambda: context.open_page("people")),
        )
        self.empty = EmptyState(
            "user-check",
            _("Nobody stands here twice"),
            _("When two rows look like one person, they stand here to be compared."),
        )
        self._lines = column(spacing=12)
        self._more = Label("", "small", "muted")
        self._card = Card(self._lines, self._more, spacing=12)
        self.setLayout(
            column(heading, self.empty, self._card, None, spacing=16, margins=(28, 16, 28, 20))
        )

    def refresh(self) -> None:
        """Look for them anew."""
        found = self.context.desk.ask(list_duplicates, limit=_SHOWN)
        clear(self._lines)
        self.lines = [DuplicateLine(self.context, one) for one in found.rows]
        for line in self.lines:
            self._lines.addWidget(line)
        left = found.total - len(self.lines)
        self._more.setText(_("And {count} more after these.").format(count=format_number(left)))
        self._more.setVisible(left > 0)
        self.empty.setVisible(not found.total)
        self._card.setVisible(bool(found.total))

    def first_focus(self) -> QWidget:
        """Begin at the first pair."""
        return self.lines[0].compare_button if self.lines else self.pick_button
