"""What "Search or do" finds: people, what can be done for them, orders, and new things."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _, format_day
from gdprdesk.services.bookings import BookingRow, list_bookings
from gdprdesk.services.subjects import SubjectRow, list_subjects
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.breach_tell import tell_of_breach
from gdprdesk_ui.dialogs.call_form import log_call
from gdprdesk_ui.dialogs.gift_card_form import sell_card
from gdprdesk_ui.dialogs.give_copy import give_copy
from gdprdesk_ui.dialogs.import_people import import_people
from gdprdesk_ui.dialogs.order_form import new_order
from gdprdesk_ui.dialogs.person_form import new_person
from gdprdesk_ui.models.entries import Entry, Section

_PEOPLE, _ORDERS = 5, 4
_BETWEEN = "  \N{MIDDLE DOT}  "
_Offer = tuple[Permission | None, str, str, str, Callable[[], object]]
"""Who may do it, what it is called, its icon, its keys, and what does it."""


def find(context: PageContext, words: str) -> list[Section]:
    """Return what matches the words; the key of each entry opens or does it."""
    if not words.strip():
        return [Section(_("Do"), tuple(_commands(context, "")))]
    people: tuple[SubjectRow, ...] = ()
    orders: tuple[BookingRow, ...] = ()
    if context.may(list_subjects):
        people = context.desk.ask(list_subjects, search=words, limit=_PEOPLE).rows
    if context.may(list_bookings):
        orders = context.desk.ask(list_bookings, search=words, limit=_ORDERS).rows
    does = [*(_deeds(context, people[0]) if people else ()), *_commands(context, words)]
    if not people and context.may(Permission.PEOPLE):
        add = _("Add {name}").format(name=words)
        does.append(Entry(add, icon="user-plus", key=partial(new_person, context, words)))
    return [
        Section(context.names.people, tuple(_person(context, one) for one in people)),
        Section(_("Do"), tuple(does)),
        Section(context.names.orders, tuple(_order(context, one) for one in orders)),
    ]


def _person(context: PageContext, one: SubjectRow) -> Entry:
    reached = _BETWEEN.join(part for part in (one.phone, one.email, one.company) if part)
    return Entry(
        one.name,
        reached or _("No contact details"),
        avatar=one.name,
        key=partial(context.open_page, "person", subject_ref=one.ref),
    )


def _deeds(context: PageContext, one: SubjectRow) -> list[Entry]:
    """Return what is done most for a person."""
    order = partial(new_order, context, lambda _order: None, one.ref)
    erase = partial(context.open_page, "erase", subject_ref=one.ref)
    name, names = one.name, context.names
    new = names.either(_("New order for {name}"), _("New booking for {name}"))
    offered = (
        (
            Permission.ORDERS,
            Entry(new.format(name=name), icon=names.orders_icon, key=order),
        ),
        (
            Permission.EXPORT_ONE,
            Entry(
                _("Give {name} a copy of everything…").format(name=name),
                icon="download",
                key=partial(give_copy, context, one.ref),
            ),
        ),
        (
            Permission.ERASE,
            Entry(_("Erase {name}…").format(name=name), icon="eraser", tone="danger", key=erase),
        ),
    )
    return [entry for needs, entry in offered if context.may(needs)]


def _order(context: PageContext, one: BookingRow) -> Entry:
    day = format_day(one.wanted_on, short=True, today=context.today) if one.wanted_on else ""
    return Entry(
        f"{one.number}  {one.what}",
        one.who,
        icon="receipt-text",
        end=day,
        key=partial(context.open_page, "orders", show="all", ref=one.ref),
    )


def _commands(context: PageContext, words: str) -> list[Entry]:
    """Return what can be done at any time, where the words are in its name."""
    needle = words.strip().casefold()
    return [
        Entry(title, icon=icon, end=keys, key=do)
        for needs, title, icon, keys, do in (*_working_day(context), *_more(context))
        if needle in title.casefold() and (needs is None or context.may(needs))
    ]


def _working_day(context: PageContext) -> list[_Offer]:
    """Return what the day brings: orders, calls, gift cards and pictures."""
    names, orders, go = context.names, Permission.ORDERS, context.open_page
    new = names.either(_("New order"), _("New booking"))
    make = partial(new_order, context, lambda _order: None)
    return [
        (orders, new, names.orders_icon, "", make),
        (orders, _("Log a call"), "phone", "", partial(log_call, context)),
        (orders, _("Calls and messages"), "phone", "", partial(go, "calls")),
        (orders, _("Sell a gift card"), "gift", "", partial(sell_card, context)),
        (orders, _("Gift cards"), "gift", "", partial(go, "gift_cards")),
        (Permission.CONSENTS, _("Pictures and references"), "images", "", partial(go, "pictures")),
    ]


def _more(context: PageContext) -> list[_Offer]:
    """Return what can be done besides."""
    return [
        (
            Permission.PEOPLE,
            _("New person"),
            "user-plus",
            "Ctrl+Shift+N",
            partial(new_person, context),
        ),
        (
            Permission.EXPORT_ALL,
            _("Import people…"),
            "file-plus",
            "",
            partial(import_people, context),
        ),
        (None, _("Something has happened…"), "siren", "", partial(tell_of_breach, context)),
    ]
