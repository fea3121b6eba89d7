"""The week on the wall: what is to be done on each day, for those who work here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.terms import BookingState, Permission, say
from gdprdesk.exports.document import Cell, Column, Document, Paragraph, Section
from gdprdesk.i18n import _, format_days, format_number, format_weekday, language, ngettext
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.order_calendar import (
    CalendarDay,
    OrderSlot,
    harmless_titles,
    show_order_calendar,
    week_of,
)
from gdprdesk.services.organisation import PageNames, show_page_names
from gdprdesk.services.permissions import may
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report, without_empty


@query("report.week_sheet", needs=Permission.ORDERS)
def week_sheet(read: Session, *, day: date | None = None, language_code: str = "") -> Document:
    """Return the orders of the week a day is in, a part for each day.

    It has no diets and no notes; names are in it for whoever may see people.
    """
    with language(language_code or controller_of(read).language):
        monday, sunday = week_of(day or today_of(read))
        view = show_order_calendar(read, since=monday, until=sunday)
        titles = harmless_titles(read, view.slots)
        with_names, names = may(read, Permission.PEOPLE), show_page_names(read)
        sections = [_day(one, titles, names, with_names=with_names) for one in view.days]
        if with_names and any(one.who for one in view.slots):
            warning = _("Put this sheet in the shredder when the week is over: it has names.")
            sections.append(Section("", (Paragraph(warning, muted=True),)))
        number = format_number(monday.isocalendar().week)
        days = format_days(monday, sunday)
        return report(
            read,
            title=_("Week {number}").format(number=number),
            subtitle=f"{controller_of(read).name}  \N{MIDDLE DOT}  {days}",
            sections=sections,
            landscape=True,
        )


def slot_time(slot: OrderSlot) -> str:
    """Return when it is: "14:00", and with a dash until when, if that is known."""
    if slot.at is None:
        return ""
    begins = f"{slot.at:%H:%M}"
    if not slot.minutes:
        return begins
    ends = slot.at.hour * 60 + slot.at.minute + slot.minutes
    return f"{begins}\N{EN DASH}{ends // 60 % 24:02}:{ends % 60:02}"


def _day(
    one: CalendarDay, titles: Mapping[RecordRef, str], names: PageNames, *, with_names: bool
) -> Section:
    said = ", ".join(part for part in (format_weekday(one.day), one.holiday) if part)
    if not one.slots:
        return Section(said, (Paragraph(_("Nothing is written down."), muted=True),))
    columns = [
        Column(_("Time"), weight=0.9),
        Column(names.either(_("Order"), _("Booking")), weight=3.2),
        *([Column(_("For"), weight=2.0)] if with_names else []),
        Column(_("With"), weight=1.4),
        Column(_("Room"), weight=1.0),
        Column(_("How far it has come"), weight=1.2),
    ]
    rows = [_row(slot, titles[slot.ref], with_names=with_names) for slot in one.slots]
    count = names.either(
        ngettext("{count} order", "{count} orders", len(rows)),
        ngettext("{count} booking", "{count} bookings", len(rows)),
    )
    heading = f"{said}  \N{MIDDLE DOT}  {count.format(count=format_number(len(rows)))}"
    return Section(heading, (without_empty(columns, rows),))


def _row(slot: OrderSlot, title: str, *, with_names: bool) -> list[Cell]:
    state = "" if slot.state is BookingState.CONFIRMED else say(slot.state)
    return [
        slot_time(slot),
        f"{slot.number}  {title}".strip(),
        *([slot.who] if with_names else []),
        slot.practitioner,
        slot.room,
        state,
    ]
