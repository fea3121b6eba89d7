"""Today: what is to be done and handed out, and how things stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _, format_weekday
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.staff_names import show_who_works
from gdprdesk.services.today import show_today
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.consent import ask_consent
from gdprdesk_ui.dialogs.order_form import new_order
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.pages.today.cards import (
    ComingCard,
    OrdersCard,
    StandingCard,
    TaskCard,
    greeting,
    things_to_do,
)
from gdprdesk_ui.pages.today.task import Task
from gdprdesk_ui.pages.today.tasks import tasks_of
from gdprdesk_ui.widgets import Button, PageHeading, column, row


class TodayPage(Page):
    """A list of things to do, not a dashboard: each row ends in the verb that does it.

    Attributes:
        heading: A greeting, the day, how much there is to do.
        order_button: Takes an order.
        consent_button: Writes down what a person said yes or no to.
        tasks: What is to be done.
        orders: What is to be handed out today.
        standing: How the register stands.
        coming: The next days.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        new = context.names.either(_("New order"), _("New booking"))
        self.order_button = Button(new, "primary", "plus", on_click=self._new)
        self.consent_button = Button(
            _("New consent"), icon_name="signature", on_click=lambda: ask_consent(context)
        )
        actions = [self.consent_button, self.order_button]
        self.heading = PageHeading("", "", actions, kind="display")
        self.tasks = TaskCard()
        self.orders = OrdersCard(context)
        self.standing = StandingCard()
        self.coming = ComingCard(context)
        main = column(self.tasks, self.orders, None, spacing=16)
        side = column(self.standing, self.coming, None, spacing=16)
        self._sides = row(spacing=16)
        self._sides.addLayout(main, 22)
        self._sides.addLayout(side, 9)
        inside = column(self.heading, self._sides, None, spacing=20, margins=(32, 26, 32, 26))
        self.setLayout(inside)
        context.leave_out(Permission.ORDERS, self.order_button, self.orders)
        context.leave_out(Permission.CONSENTS, self.consent_button)
        context.leave_out(Permission.PEOPLE, self.consent_button)
        context.leave_out(Permission.REGISTER, self.standing)

    def refresh(self) -> None:
        own = self.context.desk.ask(show_organisation)
        view = self.context.desk.ask(show_today)
        tasks = tasks_of(self.context, view, own.currency)
        hour = self.context.desk.now.astimezone().hour
        self.heading.set_words(
            greeting(hour, self.context.desk.ask(show_who_works).name),
            things_to_do(len(tasks), format_weekday(view.day)),
        )
        focused = QApplication.focusWidget()
        goes = focused is not None and (
            self.tasks.isAncestorOf(focused) or self.orders.isAncestorOf(focused)
        )
        if goes and focused is not None:
            # Else each that goes hands the keyboard on, and the page scrolls after it.
            focused.clearFocus()
        self.tasks.show_tasks(tasks)
        self.orders.show_orders(view.orders)
        self.standing.show_view(view)
        self.coming.show_view(view)
        self._show_badge(tasks)
        if goes:
            self.first_focus().setFocus()

    def count_waiting(self) -> None:
        currency = self.context.desk.ask(show_organisation).currency
        self._show_badge(tasks_of(self.context, self.context.desk.ask(show_today), currency))

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        if not self.context.may(Permission.ORDERS):
            return {}
        return {
            Command.NEW: self._new,
            Command.PRINT: lambda: self.context.open_page("reports", report="day_sheet"),
        }

    def first_focus(self) -> QWidget:
        return self.tasks.rows[0].button if self.tasks.rows else self.order_button

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        across = QBoxLayout.Direction.LeftToRight
        under = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(under if breadth is Breadth.NARROW else across)

    def _show_badge(self, tasks: Sequence[Task]) -> None:
        is_pressing = any(task.tone == "danger" for task in tasks)
        self.context.set_badge("today", len(tasks), "danger" if is_pressing else "neutral")

    def _new(self) -> None:
        new_order(self.context, lambda _ref: None)
