"""What the business itself decides about its working day: rooms, and words nobody writes."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gdprdesk.i18n import _
from gdprdesk.services.organisation import show_organisation, update_organisation
from gdprdesk.services.quiet_words import list_own_words, set_own_words
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import Button, Card, CardHeading, FormField, Label, TextArea, row


class WorkingDayCard(Card):
    """Saved by its button, and taken back by Undo.

    Attributes:
        rooms: The rooms that visits are booked in, one on each line.
        words: The own list of words, one on each line.
        save_button: Saves both.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("The working day")), padding=20, spacing=16)
        self._context = context
        self._known: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self.rooms, self.words = TextArea(lines=4), TextArea(lines=4)
        self.save_button = Button(_("Save"), on_click=self.save)
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        rooms = FormField(
            _("Rooms"),
            self.rooms,
            hint=_("One on each line. A visit can then be booked in one of them."),
            optional=True,
        )
        words = FormField(
            _("Words you do not want to read about anybody"),
            self.words,
            hint=_(
                "One on each line. Whoever writes one in a note is asked quietly, as with words "
                "that tell of health, faith or politics."
            ),
            optional=True,
        )
        both = row(rooms, words, spacing=20)
        for place, field in enumerate((rooms, words)):
            both.setStretch(place, 1)
            both.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.add(both, self.problem, row(None, self.save_button))

    def refresh(self) -> None:
        """Show what is in the register; what is being typed stays."""
        desk = self._context.desk
        now = (desk.ask(show_organisation).rooms, desk.ask(list_own_words))
        edits = (self.rooms, self.words)
        for number, (edit, known) in enumerate(zip(edits, now, strict=True)):
            if self._known is None or _lines(edit) == self._known[number]:
                edit.setPlainText("\n".join(known))
        self._known = now

    def save(self) -> None:
        """Save what was changed."""
        self.problem.hide()
        rooms, words, desk = _lines(self.rooms), _lines(self.words), self._context.desk
        known = self._known

        def write(_progress: object) -> None:
            if known is None or rooms != known[0]:
                desk.run(update_organisation, rooms=rooms)
            if known is None or words != known[1]:
                desk.run(set_own_words, words=words)

        said = _("The working day is saved")
        self._context.save(
            write,
            lambda _none: self._context.toast(said, undoable=True),
            self.save_button,
            refused=self._refuse,
        )

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()


def _lines(edit: TextArea) -> tuple[str, ...]:
    return tuple(line for line in edit.toPlainText().splitlines() if line.strip())
