"""A look at the person chosen in the list, beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.terms import ContactKind, Decision, Permission, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.consents import ConsentRow
from gdprdesk.services.persons import PersonFile, show_subject
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.order_form import new_order
from gdprdesk_ui.pages.person.words import history_title, since_words
from gdprdesk_ui.widgets import (
    Avatar,
    Button,
    Fact,
    Label,
    Line,
    ListRow,
    Surface,
    clear,
    column,
    row,
    scrolling,
    time_label,
)

_LATEST = 4


class PreviewPane(Surface):
    """Who it is, how to reach her, what she said yes to, and what happened last.

    Attributes:
        ref: Who is shown, if anybody is.
        open_button: Opens her page.
        order_button: A new order for her.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.ref: SubjectRef | None = None
        self.name = Label("", "title", wrap=True)
        self._since = Label("", "small", "muted")
        self._avatar = Avatar("", 48)
        head = row(self._avatar, column(self.name, self._since, spacing=2), spacing=12)
        head.setStretch(1, 1)
        self._facts = column(spacing=14)
        self.open_button = Button(_("Open"), on_click=self._open)
        new = context.names.either(_("New order"), _("New booking"))
        self.order_button = Button(new, on_click=self._order)
        inner = QWidget()
        inner.setLayout(column(head, self._facts, None, spacing=16, margins=(20, 20, 20, 12)))
        foot = row(self.open_button, self.order_button, None, margins=(20, 12, 20, 16))
        self.setLayout(column(scrolling(inner, ground="surface"), foot, spacing=0))
        context.leave_out(Permission.ORDERS, self.order_button)

    def show_person(self, ref: SubjectRef | None) -> None:
        """Show a person, or nobody."""
        self.ref = ref
        try:
            person = self._context.desk.ask(show_subject, subject_ref=ref) if ref else None
        except NotFoundError:
            person = None
        for part in (self.open_button, self.order_button, self._avatar, self.name, self._since):
            part.setVisible(person is not None)
        clear(self._facts)
        if person is not None:
            self._fill(person)

    def _fill(self, person: PersonFile) -> None:
        self._avatar.set_name(person.name)
        self.name.setText(person.name)
        self._since.setText(since_words(person))
        self._facts.addLayout(_contacts(person))
        asked = [one for one in person.consents if one.decision is not None]
        if asked:
            self._facts.addWidget(Line())
            self._facts.addWidget(Label(_("Consents"), "heading"))
            for one in asked:
                self._facts.addWidget(_consent(one))
        if person.history:
            self._facts.addWidget(Line())
            self._facts.addWidget(Label(_("Latest"), "heading"))
        names = self._context.names
        for entry in person.history[:_LATEST]:
            day = format_day(entry.on, short=True, today=self._context.today)
            words = Label(history_title(entry, names), "small")
            line = row(time_label(day, 12), words, spacing=8)
            line.setStretch(1, 1)
            self._facts.addLayout(line)

    def _open(self) -> None:
        self._context.open_page("person", subject_ref=self.ref)

    def _order(self) -> None:
        if self.ref is not None:
            new_order(self._context, lambda _order: None, self.ref)


def _contacts(person: PersonFile) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    for line, kind in enumerate((ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS)):
        value = ", ".join(one.value for one in person.contacts if one.kind is kind)
        if value:
            grid.addWidget(Fact(say(kind), value), line, 0)
    return grid


def _consent(one: ConsentRow) -> ListRow:
    assert one.decision is not None and one.decided_on is not None  # noqa: S101, PT018
    day = format_day(one.decided_on)
    yes = one.decision is Decision.GIVEN
    return ListRow(
        one.icon, one.name, f"{say(one.decision)}, {day}", tint="accent_text" if yes else "muted"
    )
