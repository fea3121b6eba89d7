"""Who the business is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.organisation import EarlierYear, Organisation
from gdprdesk.domain.terms import CleanUpMode, Permission
from gdprdesk.i18n import N_, _, current_language
from gdprdesk.services.contacts import own_org_number
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import authority_name, vat_rate, vat_rates
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.registry import action, query
from gdprdesk.services.templates import template
from gdprdesk.store.unit_of_work import UnitOfWork

_MONTHS = range(1, 13)
_ANSWER_DAYS = range(31)
_MOST_ROOMS = 50
_LONGEST_ROOM = 60
_UNDO_HOURS = range(24 * 7 + 1)


@dataclass(frozen=True)
class OrganisationRow:
    """The controller: Article 4(7), and what follows from where it is."""

    name: str
    trade: str
    country: str
    language: str
    currency: str
    authority: str
    vat_rates: tuple[str, ...]
    usual_vat: str
    org_number: str
    address: str
    contact: str
    email: str
    phone: str
    officer: str
    year_ends_in: int
    answer_days: int | None
    undo_hours: int
    clean_up: CleanUpMode
    rooms: tuple[str, ...]


@query("organisation.show", needs=None)
def show_organisation(read: Session) -> OrganisationRow:
    """Return who the business is."""
    known = controller_of(read)
    return OrganisationRow(
        name=known.name,
        trade=known.trade,
        country=known.country,
        language=known.language,
        currency=known.currency,
        authority=authority_name(known.country),
        vat_rates=tuple(f"{rate.normalize():f}" for rate in vat_rates(read)),
        usual_vat=_usual_vat(read),
        org_number=known.org_number,
        address=known.address,
        contact=known.contact,
        email=known.email,
        phone=known.phone,
        officer=known.officer,
        year_ends_in=known.year_ends_in,
        answer_days=known.answer_days,
        undo_hours=known.undo_hours,
        clean_up=known.clean_up,
        rooms=tuple(known.rooms),
    )


@dataclass(frozen=True)
class PageNames:
    """What pages are called in this trade, in the language spoken.

    Attributes:
        people: Those it has data about: people, clients, customers.
        orders: What they want of it: orders, bookings.
        orders_icon: The sign of the latter.
        books: Whether what they want is called a booking, and no order.
        has_journal: Whether a journal is kept, so that it has pages.
    """

    people: str
    orders: str
    orders_icon: str
    books: bool
    has_journal: bool

    def either(self, order: str, booking: str) -> str:
        """Return the words for an order, or those for a booking."""
        return booking if self.books else order


@query("organisation.page_names", needs=None)
def show_page_names(read: Session) -> PageNames:
    """Return what pages are called in the trade of the business."""
    pages, said = template(controller_of(read).trade)["pages"], current_language()
    return PageNames(
        people=pages["people"][said],
        orders=pages["orders"][said],
        orders_icon=pages["orders_icon"],
        books=pages["order"] == "booking",
        has_journal=keeps_journal(read),
    )


@query("organisation.missing", needs=None)
def list_missing_of_organisation(read: Session) -> tuple[str, ...]:
    """Return what Article 30(1)(a) asks for and the register does not say about the business."""
    return missing_of(controller_of(read))


def missing_of(known: Organisation) -> tuple[str, ...]:
    """Return what Article 30(1)(a) asks for and is not known of a controller, in sentences."""
    lacks = (
        (known.org_number, N_("The org. number of the business is missing")),
        (known.address, N_("The address of the business is missing")),
        (known.contact, N_("It does not say who answers questions about privacy")),
        (known.email or known.phone, N_("There is no way to ask the business about privacy")),
        (known.officer, N_("It does not name a data protection officer, or say why there is none")),
    )
    return tuple(_(sentence) for said, sentence in lacks if not said.strip())


@action("organisation.update", N_("Changed business"), needs=Permission.REGISTER)
def update_organisation(
    work: UnitOfWork,
    *,
    name: str | None = None,
    org_number: str | None = None,
    address: str | None = None,
    contact: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    officer: str | None = None,
    year_ends_in: int | None = None,
    undo_hours: int | None = None,
    answer_days: int | None = None,
    clean_up: CleanUpMode | None = None,
    rooms: tuple[str, ...] | None = None,
) -> None:
    """Change what the register says about the business; what is not given stays.

    Zero days to answer takes the own promise away; requests that are here keep theirs. A room
    that is taken away stays in the bookings that have it.
    """
    known = controller_of(work.session)
    if name is not None:
        check_business_name(name)
    if year_ends_in is not None:
        check_year_end(year_ends_in)
        _remember_year(known, year_ends_in, work.today)
    if undo_hours is not None and undo_hours not in _UNDO_HOURS:
        raise DomainError(_("An erasure can be undone for at most seven days."))
    if rooms is not None:
        known.rooms = _checked_rooms(rooms)
    if answer_days is not None:
        known.answer_days = _checked_promise(answer_days)
    if org_number is not None:
        org_number = own_org_number(org_number, known.country)
    given = {
        "name": name,
        "org_number": org_number,
        "address": address,
        "contact": contact,
        "email": email,
        "phone": phone,
        "officer": officer,
        "year_ends_in": year_ends_in,
        "undo_hours": undo_hours,
        "clean_up": clean_up,
    }
    for field, value in given.items():
        if value is not None:
            setattr(known, field, value if isinstance(value, CleanUpMode | int) else value.strip())


def _usual_vat(read: Session) -> str:
    """Return the rate in percent of what the trade sells most."""
    own = controller_of(read)
    key = template(own.trade)["pages"]["usual_vat"]
    return f"{vat_rate(own.country, key, today_of(read)).normalize():f}"


def _checked_rooms(rooms: tuple[str, ...]) -> list[str]:
    """Return the rooms in their order, each once."""
    plain = [" ".join(room.split()) for room in rooms]
    kept: dict[str, str] = {}
    for room in filter(is_visible, plain):
        kept.setdefault(room.casefold(), room)
    if len(kept) > _MOST_ROOMS or any(len(room) > _LONGEST_ROOM for room in kept):
        raise DomainError(
            _(
                "There can be at most {count} rooms, with names of at most {length} letters. "
                "Nothing was changed. Write one room on each line."
            ).format(count=_MOST_ROOMS, length=_LONGEST_ROOM)
        )
    return list(kept.values())


def _checked_promise(days: int) -> int | None:
    """Return within how many days the business promises to answer; nothing for no promise."""
    if days not in _ANSWER_DAYS:
        raise DomainError(
            _(
                "Promise an answer within 1 to 30 days: the law itself gives no more than a month. "
                "Nothing was changed. With 0 days there is no promise of your own."
            )
        )
    return days or None


def _remember_year(known: Organisation, month: int, today: date) -> None:
    """Write down until when the year ended in another month: what was invoiced goes by it."""
    if month != known.year_ends_in:
        before = EarlierYear(until=today.isoformat(), month=known.year_ends_in)
        known.earlier_years = [*known.earlier_years, before]


def check_business_name(name: str) -> None:
    """Refuse a business without a name.

    Raises:
        DomainError: There is nothing to be seen in it.
    """
    if not is_visible(name):
        raise DomainError(_("Write the name of the business."))


def check_year_end(month: int) -> None:
    """Refuse a financial year that ends in no month.

    Raises:
        DomainError: It is not from 1 to 12.
    """
    if month not in _MONTHS:
        raise DomainError(_("A financial year ends in a month from 1 to 12."))
