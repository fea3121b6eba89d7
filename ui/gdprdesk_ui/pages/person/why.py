"""Why a person's data are kept and until when, and what the owner decides about it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.holds import list_holds
from gdprdesk.services.persons import PersonFile
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.hold import ask_hold_person
from gdprdesk_ui.dialogs.relation_end import ask_relation_end
from gdprdesk_ui.pages.clean_up.kept import HoldLine
from gdprdesk_ui.pages.person.words import until_words
from gdprdesk_ui.widgets import Button, Card, CardHeading, FlowLayout, Label, clear, column, row


class WhyCard(Card):
    """Why her data are kept, with the legal ground, and until when.

    Attributes:
        holds: What is kept on by decision, each with its buttons.
        hold_button: Keeps everything about her.
        end_button: Writes down when the relation ended.
    """

    def __init__(self, context: PageContext) -> None:
        more = Button(_("Read more"), "link", on_click=lambda: context.open_page("register"))
        super().__init__(CardHeading(_("Why we keep it"), more))
        self._context = context
        self._person: PersonFile | None = None
        self.more_button = more
        self._rows = column(spacing=10)
        self._held = column(spacing=10)
        self.holds: list[HoldLine] = []
        self._ended = Label("", "small", "muted", wrap=True)
        self.hold_button = Button(
            _("Keep everything…"), icon_name="hand", size="small", on_click=self._hold
        )
        self.end_button = Button("", icon_name="calendar-check", size="small", on_click=self._end)
        self.add(self._rows, self._held, self._ended, FlowLayout(self.hold_button, self.end_button))

    def show_person(self, person: PersonFile) -> None:
        """Show why a person's data are kept."""
        self._person = person
        clear(self._rows)
        for why in person.why:
            until = Label(until_words(why), "body", keep=True, tabular=True)
            until.setAlignment(Qt.AlignmentFlag.AlignTop)
            ground = f"{say(why.legal_basis)}  \N{MIDDLE DOT}  {why.period}"
            words = column(
                Label(why.activity), Label(ground, "small", "muted", wrap=True), spacing=1
            )
            line = row(words, until, spacing=12)
            line.setStretch(0, 1)
            self._rows.addLayout(line)
        self._show_holds(person)
        ended = person.relation_ended_on
        day = format_day(ended) if ended else ""
        self._ended.setText(_("The relation ended {day}.").format(day=day))
        self._ended.setVisible(ended is not None)
        self.end_button.setText(_("Change the end…") if ended else _("The relation has ended…"))

    def _show_holds(self, person: PersonFile) -> None:
        clear(self._held)
        may = self._context.may(list_holds)
        found = self._context.desk.ask(list_holds, subject_ref=person.ref) if may else ()
        self.holds = [HoldLine(self._context, one, narrow=True) for one in found]
        for line in self.holds:
            self._held.addWidget(line)
        everything = any(one.of_everything for one in found)
        self.hold_button.setVisible(not everything)

    def _hold(self) -> None:
        if self._person is not None:
            ask_hold_person(self._context, self._person.ref, self._person.name)

    def _end(self) -> None:
        if self._person is not None:
            ask_relation_end(self._context, self._person)
