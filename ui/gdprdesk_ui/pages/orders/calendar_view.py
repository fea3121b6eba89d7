"""A day or a week of orders, with what leads to the day before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.i18n import (
    _,
    format_days,
    format_number,
    format_short_weekday,
    format_weekday,
)
from gdprdesk.services.order_calendar import (
    OrderCalendar,
    OrderSlot,
    show_order_calendar,
    week_of,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.calendar_file import save_calendar
from gdprdesk_ui.pages.orders.calendar_grid import CalendarGrid, GridColumn
from gdprdesk_ui.pages.orders.calendar_heads import CalendarHeads
from gdprdesk_ui.pages.orders.list_words import orders_words
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Button, IconButton, Label, Line, Pill, column, row, scrolling

Span = Literal["day", "week"]
_MINUTE_MS = 60_000
_DAYS: dict[Span, int] = {"day": 1, "week": 7}


class CalendarView(QWidget):
    """The calendar, with a bar above it that says which days it shows.

    Signals:
        opened: An order was chosen.
        begun: A new order is wanted where the cursor is.
        turned_to: A day of the week is to be shown alone.
        read: The days were read; how many orders they have is known.

    Attributes:
        grid: The hours and orders.
        heads: What stands above its columns.
        before: Leads to the day or week before.
        after: Leads to the next.
        today_button: Leads to today.
        title: Which days are shown.
        week: The number of their week.
        save_button: Saves the days for a calendar program.
    """

    opened = Signal(object)
    begun = Signal()
    turned_to = Signal(object)
    read = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._day = context.today
        self._span: Span = "week"
        self.count = 0
        self.grid = CalendarGrid()
        self.heads = CalendarHeads(self.grid)
        self.before = IconButton("chevron-left", _ways("week")[0], on_click=lambda: self.turn(-1))
        self.after = IconButton("chevron-right", _ways("week")[1], on_click=lambda: self.turn(1))
        self.today_button = Button(_("Today"), size="small", on_click=self.go_to_today)
        self.title = Label("", "heading")
        self.week = Pill("")
        self._area = self._scrolled()
        self.save_button = IconButton(
            "download", _("Save for a calendar program…"), on_click=self.save
        )
        bar = row(
            self.before, self.after, self.today_button, 4, self.title, None, self.week,
            self.save_button, margins=(12, 10, 16, 8),
        )  # fmt: skip
        box = column(bar, self.heads, Line(), self._area, spacing=0)
        box.setStretch(3, 1)
        self.setLayout(box)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self.grid.opened.connect(self.opened)
        self.grid.begun.connect(self.begun)
        self.grid.turned.connect(self.turn)
        self.grid.stood.connect(self._keep_in_view)
        self.heads.opened.connect(self.turned_to)

    def _scrolled(self) -> QScrollArea:
        area = scrolling(self.grid, ground="surface")
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.grid.installEventFilter(self)
        return area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.grid and event.type() == QEvent.Type.Resize:
            self.heads.place()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()

    # which days

    def look_at(self, span: Span, day: date | None = None) -> None:
        """Show a day, or the week it is in; without a day, that where the cursor is."""
        self._span, self._day = span, day or self._day
        self.refresh()
        self.grid.stand_on(self._day)

    def turn(self, by: int) -> None:
        """Show the day or week before (-1) or after (+1)."""
        self._day += timedelta(days=by * _DAYS[self._span])
        self.refresh()

    def go_to_today(self) -> None:
        """Show today."""
        self.look_at(self._span, self._context.today)

    def save(self) -> None:
        """Save the days that are shown, or others, for a calendar program."""
        save_calendar(self._context, *self._days())

    def _days(self) -> tuple[date, date]:
        return week_of(self._day) if self._span == "week" else (self._day, self._day)

    def refresh(self) -> None:
        """Read the days again and show them."""
        since, until = self._days()
        view = self._context.desk.ask(show_order_calendar, since=since, until=until)
        columns = _of_week(view) if self._span == "week" else _of_day(view)
        today = self._context.today
        self.grid.show_columns(columns, self._context.desk.now.astimezone())
        self.heads.show_columns(columns, today, open_days=self._span == "week")
        self.heads.setVisible(self._span == "week" or len(columns) > 1)
        self.count = sum(len(one.slots) for one in view.days)
        self._say(view)
        before, after = _ways(self._span)
        self.before.set_action("chevron-left", before)
        self.after.set_action("chevron-right", after)
        self.today_button.setEnabled(not since <= today <= until)
        self.read.emit()

    def count_words(self) -> str:
        """Return how many orders are shown."""
        return orders_words(self._context.names, self.count)

    def choose(self, ref: RecordRef | None) -> None:
        """Show which order stands beside the calendar."""
        self.grid.choose(ref)

    def first_focus(self) -> QWidget:
        """Begin where the cursor is."""
        return self.grid.target()

    def _say(self, view: OrderCalendar) -> None:
        first, last = view.days[0], view.days[-1]
        number = format_number(first.day.isocalendar().week)
        self.week.set_pill(_("Week {number}").format(number=number), "neutral", None)
        if self._span == "week":
            self.title.setText(format_days(first.day, last.day))
        else:
            parts = (format_weekday(first.day), first.holiday, self._if_today(first.day))
            self.title.setText("  \N{MIDDLE DOT}  ".join(part for part in parts if part))

    def _if_today(self, day: date) -> str:
        return _("today") if day == self._context.today else ""

    def _keep_in_view(self) -> None:
        box = self.grid.cursor_box()
        self._area.ensureVisible(
            box.center().x(), box.center().y(), 0, box.height() // 2 + scaled(8)
        )


def _ways(span: Span) -> tuple[str, str]:
    """Return what leads back and forth is called."""
    if span == "week":
        return _("The week before"), _("The week after")
    return _("The day before"), _("The day after")


def _of_week(view: OrderCalendar) -> list[GridColumn]:
    return [
        GridColumn(one.day, format_short_weekday(one.day), one.holiday, one.slots)
        for one in view.days
    ]


def _of_day(view: OrderCalendar) -> list[GridColumn]:
    """Return a column for each who receives visitors, or for each room; else one for all."""
    day = view.days[0]
    for key, nobody in ((_practitioner, _("Nobody in particular")), (_room, _("No room"))):
        names = sorted({key(slot) for slot in day.slots} - {""})
        if len(names) > 1:
            groups = [(name, name) for name in names]
            groups += [("", nobody)] if any(not key(slot) for slot in day.slots) else []
            return [
                GridColumn(day.day, title, "", _those(day.slots, key, name))
                for name, title in groups
            ]
    return [GridColumn(day.day, format_short_weekday(day.day), "", day.slots)]


def _those(
    slots: Iterable[OrderSlot], key: Callable[[OrderSlot], str], name: str
) -> tuple[OrderSlot, ...]:
    return tuple(slot for slot in slots if key(slot) == name)


def _practitioner(slot: OrderSlot) -> str:
    return slot.practitioner


def _room(slot: OrderSlot) -> str:
    return slot.room
