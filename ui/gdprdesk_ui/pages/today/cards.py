"""The cards of Today: things to do, the orders of the day, how one stands, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import BookingState
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.journal_writing import write_note
from gdprdesk.services.today import TodayView
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.wanted import write_time
from gdprdesk_ui.pages.orders.deeds import hand_out, pay_today
from gdprdesk_ui.pages.orders.words import diet_words
from gdprdesk_ui.pages.today.task import Task
from gdprdesk_ui.pages.today.tasks import coming_of
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    Icon,
    Label,
    ListRow,
    OpenRow,
    Pill,
    TaskRow,
    clear,
    column,
    hide_unless,
    row,
    time_label,
)

_SHOWN_COMING = 6
_DAY_DIGITS = 8


class TaskCard(Card):
    """What is to be done.

    Attributes:
        rows: A row for each task.
    """

    def __init__(self) -> None:
        super().__init__(padding=0, spacing=0)
        self._sorted = Label(_("The most pressing first"), "small", "muted")
        heading = CardHeading(_("To do"), self._sorted)
        self._rows = column(spacing=0)
        self.add(row(heading, margins=(16, 14, 16, 6)), self._rows)
        self.rows: list[TaskRow] = []

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """Show these tasks, or that there are none."""
        clear(self._rows)
        self.rows = []
        self._sorted.setVisible(len(tasks) > 1)
        for number, task in enumerate(tasks, 1):
            shown = TaskRow(
                task.icon,
                task.title,
                task.sentence,
                task.verb,
                tone=task.tone,
                deadline=task.deadline,
                last=number == len(tasks),
            )
            shown.chosen.connect(task.do)
            self.rows.append(shown)
            self._rows.addWidget(shown)
        if not tasks:
            done = ListRow(
                "circle-check", _("All is done"), _("Nothing waits for you."), tint="accent_text"
            )
            self._rows.addLayout(row(done, margins=(16, 4, 16, 14)))


class OrderLine(QWidget):
    """An order of today: click to see it, or do at once what is done most.

    Attributes:
        open_row: Opens the order.
        hand_out_button: It was fetched.
        paid_button: It was paid today.
        note_button: Writes what was said, where a journal is kept.
    """

    def __init__(self, context: PageContext, order: BookingRow) -> None:
        super().__init__()
        what, who = order.what, order.who or _("Passer-by")
        either = context.names.either
        self.open_row = OpenRow(
            time_label(write_time(order.wanted_at) or "\N{EN DASH}"),
            what,
            who,
            *_pills(context, order),
        )
        self.open_row.clicked.connect(partial(context.open_page, "orders", ref=order.ref))
        self.hand_out_button = Button(either(_("Handed out"), _("Done")), size="small")
        self.hand_out_button.clicked.connect(lambda: hand_out(context, order, self.hand_out_button))
        self.paid_button = Button(_("Paid"), size="small")
        self.paid_button.clicked.connect(lambda: pay_today(context, order, self.paid_button))
        self.note_button = Button(_("Write note"), size="small", icon_name="notebook-pen")
        self.note_button.clicked.connect(self._write_note)
        for button in (self.hand_out_button, self.paid_button, self.note_button):
            button.setAccessibleDescription(f"{what}, {who}")
        self._context, self._order = context, order
        has_journal = context.names.has_journal and context.may(write_note)
        hide_unless(has_journal and order.subject_ref is not None, self.note_button)
        buttons = (self.note_button, self.hand_out_button, self.paid_button)
        line = row(self.open_row, *buttons, 6, spacing=6)
        line.setStretch(0, 1)
        self.setLayout(line)
        to_pay = order.total > 0 and order.paid_on is None and not order.is_invoiced
        self.hand_out_button.setVisible(order.state is BookingState.CONFIRMED)
        self.paid_button.setVisible(to_pay)

    def _write_note(self) -> None:
        self._context.open_page(
            "client_journal",
            subject_ref=self._order.subject_ref,
            booking_ref=self._order.ref,
            new=True,
        )


def _pills(context: PageContext, order: BookingRow) -> list[Pill]:
    pills = []
    if order.diet:
        pill = Pill(diet_words(order.diet), "warn", "triangle-alert")
        pill.setToolTip(order.diet)
        pills.append(pill)
    if order.state is BookingState.COMPLETED:
        done = context.names.either(_("Handed out"), _("Done"))
        pills.append(Pill(done, "accent", "check"))
    if order.state is BookingState.ENQUIRY:
        pills.append(Pill(_("Enquiry"), "info"))
    if order.is_invoiced:
        pills.append(Pill(_("Invoice"), "neutral", "receipt-text"))
    elif order.paid_on is not None:
        pills.append(Pill(_("Paid"), "accent", "check"))
    return pills


class OrdersCard(Card):
    """The orders of today.

    Attributes:
        lines: A line for each.
        all_button: Opens the orders.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(padding=8, spacing=2)
        self._context = context
        self.all_button = Button(
            _("Show all"), "link", on_click=partial(context.open_page, "orders")
        )
        title = context.names.either(_("Today's orders"), _("Today's bookings"))
        heading = CardHeading(title, self.all_button)
        self._lines = column(spacing=0)
        self.add(row(heading, margins=(8, 6, 8, 4)), self._lines)
        self.lines: list[OrderLine] = []

    def show_orders(self, orders: Sequence[BookingRow]) -> None:
        """Show these orders, or that there are none."""
        clear(self._lines)
        self.lines = [OrderLine(self._context, order) for order in orders]
        for line in self.lines:
            self._lines.addWidget(line)
        if not orders:
            said = self._context.names.either(
                _("Nothing is to be handed out today."), _("Nobody is booked today.")
            )
            nothing = Label(said, "body", "muted", wrap=True)
            self._lines.addLayout(row(nothing, margins=(10, 2, 10, 8)))


class StandingCard(Card):
    """How the register stands: is it complete, are the agreements there, how many people."""

    def __init__(self) -> None:
        super().__init__(spacing=12)
        self.add(CardHeading(_("How you stand")))
        self._rows = column(spacing=12)
        self.add(self._rows)

    def show_view(self, view: TodayView) -> None:
        """Show how it stands."""
        clear(self._rows)
        complete = _("{count} of {all} complete").format(count=view.complete, all=view.of)
        missing = len(view.recipients.agreements)
        lack = ngettext("{count} is missing", "{count} are missing", missing)
        people = ngettext("{count} person", "{count} people", view.people)
        for sign, title, sentence in (
            (_sign(is_right=not view.lacking), _("Register"), complete),
            (
                _sign(is_right=not missing),
                _("Agreements with suppliers"),
                lack.format(count=missing) if missing else _("All in place"),
            ),
            (
                Icon("users", "muted"),
                _("In the register"),
                people.format(count=format_number(view.people)),
            ),
        ):
            self._rows.addWidget(ListRow(sign, title, sentence))


def _sign(*, is_right: bool) -> Icon:
    return Icon("circle-check", "accent_text") if is_right else Icon("triangle-alert", "warn_text")


class ComingCard(Card):
    """What comes after today: orders, and invoices that are due.

    Attributes:
        rows: A row for each.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(padding=8, spacing=2)
        self._context = context
        self._rows = column(spacing=0)
        self.add(row(CardHeading(_("Coming up")), margins=(8, 8, 8, 4)), self._rows)
        self.rows: list[OpenRow] = []

    def show_view(self, view: TodayView) -> None:
        """Show the next days."""
        clear(self._rows)
        self.rows = []
        for day, what, do in coming_of(self._context, view)[:_SHOWN_COMING]:
            when = Label(day, "small", "muted", keep=True, tabular=True)
            when.setFixedWidth(ch(_DAY_DIGITS, "small"))
            shown = OpenRow(when, what)
            shown.clicked.connect(do)
            self.rows.append(shown)
            self._rows.addWidget(shown)
        if not self.rows:
            nothing = Label(_("Nothing yet."), "body", "muted")
            self._rows.addLayout(row(nothing, margins=(10, 2, 10, 8)))


def greeting(hour: int, contact: str) -> str:
    """Return a greeting for the time of day, with the first name of whom it is for."""
    first = contact.split(maxsplit=1)[0] if contact.split() else ""
    noon, evening = 12, 18
    if hour < noon:
        return _("Good morning, {name}").format(name=first) if first else _("Good morning")
    if hour < evening:
        return _("Good afternoon, {name}").format(name=first) if first else _("Good afternoon")
    return _("Good evening, {name}").format(name=first) if first else _("Good evening")


def things_to_do(count: int, weekday: str) -> str:
    """Return the day and how many things there are to do on it."""
    if not count:
        return weekday
    said = ngettext("{count} thing to do", "{count} things to do", count)
    return f"{weekday}  \N{MIDDLE DOT}  {said.format(count=format_number(count))}"
