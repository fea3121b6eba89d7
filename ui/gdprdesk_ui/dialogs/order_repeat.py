"""The same order again: once for another day, or week after week, with the days shown first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Every, say
from gdprdesk.i18n import _, format_weekday, ngettext
from gdprdesk.services.bookings import BookingRow, show_booking
from gdprdesk.services.order_repeats import (
    MOST_TIMES,
    RepeatDay,
    plan_repeats,
    repeat_booking,
    repeat_in_series,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.wanted import Wanted
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Choice, DateField, FormField, Label, all_right, clear, column, row

_USUAL_TIMES = 4


class RepeatForm(FormDialog):
    """How often, how many times or until when; each day can be left out.

    Attributes:
        how_often: Once, or in which rhythm.
        wanted: The day and the time of one more.
        times: How many times again; empty until the last day.
        until: The last day.
        days: A tick for each day it will come again.
        problem: Why there is no day.
    """

    def __init__(
        self, context: PageContext, order: BookingRow, then: Callable[[RecordRef], object]
    ) -> None:
        title = context.names.either(_("Repeat order {number}"), _("Repeat booking {number}"))
        super().__init__(context, title.format(number=order.number), order.what, verb=_("Repeat"))
        self._order, self._then = order, then
        rhythms = [(every, say(every)) for every in Every] if order.wanted_on else []
        self.how_often = Choice[Every | None]([(None, _("Once")), *rhythms])
        self.wanted = Wanted(lambda: None)
        self.wanted.show_moment(None, order.wanted_at)
        self._series = self._build_series()
        self.body.addWidget(FormField(_("How often"), self.how_often))
        self.body.addWidget(self.wanted)
        self.body.addWidget(self._series)
        self.how_often.picked.connect(lambda _every: self._turn())
        self.verb_button.clicked.connect(self._save)
        self._turn()
        self.how_often.setFocus()

    def _build_series(self) -> QWidget:
        self.times, self.until = QLineEdit(str(_USUAL_TIMES)), DateField()
        self.days: dict[date, QCheckBox] = {}
        self.problem = Label("", "small", "danger", wrap=True)
        self._times = FormField(_("Times"), self.times, check=self._times_problem, optional=True)
        self._times.setFixedWidth(ch(18))
        self._until = FormField(_("Until"), self.until, check=self.until.problem, optional=True)
        self._count = Label("", "small", "muted", wrap=True)
        self._list = column(spacing=4)
        ends = row(self._times, self._until, spacing=12)
        ends.setStretch(1, 1)
        made = QWidget()
        made.setLayout(column(ends, self.problem, self._list, self._count, spacing=10))
        self.times.textEdited.connect(lambda _text: self._plan())
        self.until.changed.connect(self._plan)
        return made

    def _turn(self) -> None:
        """Ask for one day, or for a series."""
        is_series = self.how_often.value() is not None
        self.wanted.setVisible(not is_series)
        self._series.setVisible(is_series)
        if is_series:
            self._plan()

    def _plan(self) -> None:
        """Show on which days it would come again."""
        planned: tuple[RepeatDay, ...] = ()
        self.problem.hide()
        every = self.how_often.value()
        if every is not None and not self._times_problem() and not self.until.problem():
            try:
                planned = self.context.desk.ask(
                    plan_repeats,
                    ref=self._order.ref,
                    every=every,
                    times=self._how_many(),
                    until=self.until.day(),
                )
            except DomainError as error:
                self.problem.setText(str(error))
                self.problem.show()
        clear(self._list)
        self.days = {one.day: self._tick(one) for one in planned if not one.is_taken}
        for tick in self.days.values():
            self._list.addWidget(tick)
        self._say_count()

    def _tick(self, planned: RepeatDay) -> QCheckBox:
        is_other_year = planned.day.year != self.context.today.year
        year = f" {planned.day.year}" if is_other_year else ""
        parts = [format_weekday(planned.day) + year]
        if planned.is_holiday:
            parts.append(_("public holiday"))
        parts.extend(one.sentence for one in planned.clashes)
        words = "  \N{MIDDLE DOT}  ".join(parts)
        tick = QCheckBox(words.replace("&", "&&"))
        tick.setChecked(True)
        tick.toggled.connect(lambda _on: self._say_count())
        return tick

    def _say_count(self) -> None:
        count = sum(tick.isChecked() for tick in self.days.values())
        said = self.context.names.either(
            ngettext("{count} more order", "{count} more orders", count),
            ngettext("{count} more booking", "{count} more bookings", count),
        )
        self._count.setText(said.format(count=count))

    def _how_many(self) -> int:
        typed = self.times.text().strip()
        return int(typed) if typed else MOST_TIMES

    def _times_problem(self) -> str | None:
        typed = self.times.text().strip()
        if not typed and self.until.day() is not None:
            return None
        if typed.isdecimal() and 0 < int(typed[:6]) <= MOST_TIMES:
            return None
        return _("Write a number from 1 to {most}, or a last day.").format(most=MOST_TIMES)

    def _save(self) -> None:
        every, desk, ref = self.how_often.value(), self.context.desk, self._order.ref
        if every is None:
            if all_right(self.wanted.fields):
                day, at = self.wanted.day.day(), self.wanted.time.time()
                self.context.save(
                    lambda _progress: desk.run(
                        repeat_booking, ref=ref, wanted_on=day, wanted_at=at
                    ),
                    self._end_one,
                    self.verb_button,
                )
        elif all_right((self._times, self._until)):
            times, until = self._how_many(), self.until.day()
            skipped = tuple(day for day, tick in self.days.items() if not tick.isChecked())
            self.context.save(
                lambda _progress: desk.run(
                    repeat_in_series,
                    ref=ref,
                    every=every,
                    times=times,
                    until=until,
                    skipped=skipped,
                ),
                self._end_series,
                self.verb_button,
                self._tell,
            )

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _end_one(self, ref: RecordRef) -> None:
        self.accept()
        number = self.context.desk.ask(show_booking, ref=ref).row.number
        said = self.context.names.either(
            _("Order {number} is saved"), _("Booking {number} is saved")
        )
        self.context.toast(said.format(number=number), undoable=True)
        self._then(ref)

    def _end_series(self, refs: tuple[RecordRef, ...]) -> None:
        self.accept()
        said = self.context.names.either(
            ngettext("{count} order is saved", "{count} orders are saved", len(refs)),
            ngettext("{count} booking is saved", "{count} bookings are saved", len(refs)),
        )
        self.context.toast(said.format(count=len(refs)), undoable=True)
        self._then(refs[0])


def repeat_order(
    context: PageContext, order: BookingRow, then: Callable[[RecordRef], object]
) -> RepeatForm:
    """Ask for which day or days an order is repeated."""
    form = RepeatForm(context, order, then)
    form.open()
    return form
