"""Saving orders: a slip of one, the sheet of a week, a calendar for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.terms import Permission
from gdprdesk.exports.calendar_file import Event
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.files import ExportReceipt, FileFormat, save_content, write_document
from gdprdesk.services.finding import controller_of, now_of
from gdprdesk.services.order_calendar import OrderSlot, harmless_titles, show_order_calendar
from gdprdesk.services.organisation import show_page_names
from gdprdesk.services.permissions import must, permissions_of
from gdprdesk.services.person_cards import EVENT_STATES, ZONES
from gdprdesk.services.registry import action
from gdprdesk.services.reports.slip import SlipCopy, order_slip
from gdprdesk.services.reports.week import week_sheet
from gdprdesk.store.unit_of_work import UnitOfWork


@action("export.calendar", N_("Export"), undoable=False, needs=Permission.ORDERS)
def export_calendar(
    work: UnitOfWork,
    *,
    since: date,
    until: date,
    to: Path,
    with_names: bool = False,
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the orders of some days for a calendar program, without names unless you ask for them.

    What a guest must not eat, notes and other words about health are never in it: a calendar is
    seen by many. Whose data are only stored stands there as a time alone.

    Raises:
        NotAllowedError: Names are asked for by whoever may not see people.
        DomainError: The days are the wrong way round or too many, or it cannot be written there.
    """
    from gdprdesk.exports import calendar_file  # noqa: PLC0415

    if with_names:
        must(permissions_of(work.session), Permission.PEOPLE)
    controller = controller_of(work.session)
    with language(language_code or controller.language):
        slots = tuple(show_order_calendar(work.session, since=since, until=until).slots)
        content = calendar_file.render(
            list(_events(work.session, slots, with_names=with_names)),
            name=controller.name,
            zone=ZONES[controller.country],
            made_at=now_of(work.session),
        )
    return save_content(work, content, to, ".ics", overwrite=overwrite, rows=len(slots))


@action("export.week_sheet", N_("Export"), undoable=False, needs=Permission.ORDERS)
def export_week_sheet(
    work: UnitOfWork,
    *,
    to: Path,
    day: date | None = None,
    format: FileFormat = FileFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the orders of the week a day is in, for the wall."""
    document = week_sheet(work.session, day=day, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite, guarded=True)


@action("export.slip", N_("Export"), undoable=False, needs=Permission.ORDERS)
def export_slip(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    to: Path,
    copy: SlipCopy = SlipCopy.CUSTOMER,
    with_diet: bool = False,
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the slip of an order as PDF: for the customer, for the shop or for the kitchen."""
    work.mention(ref)
    document = order_slip(
        work.session, ref=ref, copy=copy, with_diet=with_diet, language_code=language_code
    )
    return write_document(work, document, to, FileFormat.PDF, overwrite=overwrite)


def _events(read: Session, slots: tuple[OrderSlot, ...], *, with_names: bool) -> Iterator[Event]:
    titles = harmless_titles(read, slots) if with_names else {}
    either = show_page_names(read).either
    for slot in slots:
        named = with_names and not slot.is_restricted
        numbered = either(_("Order {number}"), _("Booking {number}")).format(number=slot.number)
        what = titles.get(slot.ref) or numbered
        parts = (what, slot.who) if named else (_bare(slot, either),)
        yield Event(
            uid=f"{slot.ref}@gdprdesk",
            title=" \N{EN DASH} ".join(part for part in parts if part),
            on=slot.day,
            at=slot.at,
            state=EVENT_STATES[slot.state],
            place=slot.room,
            minutes=slot.minutes,
        )


def _bare(slot: OrderSlot, either: Callable[[str, str], str]) -> str:
    if slot.at is None:
        return either(_("Order"), _("Booking"))
    return either(_("Order {time}"), _("Booking {time}")).format(time=f"{slot.at:%H:%M}")
