"""Gift cards, typed: listed with what is owed, sold, used, stopped."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.person import person_meant
from gdprdesk.cli.signatures import amount, day, text
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _, format_money
from gdprdesk.services.gift_cards import (
    GiftCardRow,
    list_gift_cards,
    sell_gift_card,
    show_gift_card,
    show_outstanding,
    use_gift_card,
    void_gift_card,
)
from gdprdesk.services.organisation import show_organisation

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_card_options(command: ArgumentParser) -> None:
    """Say what can be typed about gift cards."""
    command.add_argument(
        "deed", nargs="?", choices=tuple(_DEEDS), default="list", metavar="|".join(_DEEDS)
    )
    for option, words in (
        ("--search", _("a part of the number, or of a name")),
        ("--number", _("the number of the card")),
        ("--buyer", _("who bought it, by ref or words; not needed")),
        ("--reason", _("why it is stopped")),
    ):
        command.add_argument(option, type=text, default="", metavar=_("TEXT"), help=words)
    command.add_argument(
        "--amount", type=amount, metavar=_("AMOUNT"), help=_("what it is worth, or what is taken")
    )
    command.add_argument(
        "--valid-until", type=day, metavar=_("DAY"), help=_("the last day it may be used")
    )
    command.add_argument("--all", action="store_true", help=_("also those with nothing left"))


def gift_cards(call: Call) -> Answer:
    """Do what was typed about gift cards."""
    with call.register() as desk:
        return _DEEDS[call.given.deed](desk, call.given)


def _list(desk: Desk, given: Any) -> Answer:
    page = desk.ask(list_gift_cards, search=given.search, open_only=not given.all, limit=10_000)
    owed = desk.ask(show_outstanding)
    currency = desk.ask(show_organisation).currency

    def show(screen: Screen) -> None:
        headings = (_("Number"), _("Left"), _("Of"), _("Sold"), _("Valid until"), _("Buyer"))
        screen.table(headings, map(_cells, page.rows))
        said = _("{count} cards can be used, with {amount} left in all.")
        screen.words(said.format(count=owed.cards, amount=format_money(owed.left, currency)))

    return Answer({**listed(page.rows, page.total), "outstanding": plain(owed)}, show)


def _cells(row: GiftCardRow) -> tuple[object, ...]:
    return row.number, row.left, row.amount, row.sold_on, row.valid_until, row.buyer


def _sell(desk: Desk, given: Any) -> Answer:
    ref = desk.run(
        sell_gift_card,
        amount=_given_amount(given),
        number=given.number,
        valid_until=given.valid_until,
        subject_ref=person_meant(desk, given.buyer) if given.buyer else None,
    )
    sold = desk.ask(list_gift_cards, open_only=False, limit=10_000).rows
    number = next(one.number for one in sold if one.ref == ref)
    words = _("Gift card {number} is sold.").format(number=number)
    return answer_with({"ref": ref, "number": number}, words)


def _use(desk: Desk, given: Any) -> Answer:
    left = desk.run(use_gift_card, number=given.number, amount=_given_amount(given))
    money = format_money(left, desk.ask(show_organisation).currency)
    words = _("Taken from the card. {amount} is left on it.").format(amount=money)
    return answer_with({"left": str(left)}, words)


def _stop(desk: Desk, given: Any) -> Answer:
    card = desk.ask(show_gift_card, number=given.number)
    desk.run(void_gift_card, ref=card.ref, reason=given.reason)
    words = _("Gift card {number} is stopped.").format(number=card.number)
    return answer_with({"stopped": card.number}, words)


def _given_amount(given: Any) -> Any:
    if given.amount is None:
        raise DomainError(_("Say how much with --amount. Nothing was saved."))
    return given.amount


_DEEDS = {"list": _list, "sell": _sell, "use": _use, "stop": _stop}
