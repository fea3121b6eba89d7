"""Who may open a register: invited, given a role, removed; and the first opening with a code."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.passwords import new_password, one_time_code
from gdprdesk.cli.signatures import text
from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import say
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_day
from gdprdesk.services.staff import StaffRow, list_staff
from gdprdesk.services.staff_keys import Invitation
from gdprdesk.services.staff_leaving import (
    LeavingView,
    list_leaving,
    show_leaving,
    tick_leaving,
)
from gdprdesk.services.staff_roles import RoleRow, list_roles
from gdprdesk.store.keys import staff_in

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen


def take_staff_options(command: ArgumentParser) -> None:
    """Say what can be typed about who may open the register."""
    command.add_argument(
        "deed", nargs="?", choices=tuple(_DEEDS), default="list", metavar="|".join(_DEEDS)
    )
    for option, words in (
        ("--name", _("what somebody who is invited is called")),
        ("--who", _("who is meant, by name or ref")),
        ("--role", _("what she may see and do, by name or ref")),
        ("--done", _("the step of the leaving list that is done")),
        ("--note", _("a note on it")),
    ):
        command.add_argument(option, type=text, default="", metavar=_("TEXT"), help=words)


def staff(call: Call) -> Answer:
    """Do what was typed about who may open the register."""
    with call.register() as desk:
        return _DEEDS[call.given.deed](desk, call.given)


def accept(call: Call) -> Answer:
    """Open a register for the first time, with a one-time code and a password to choose."""
    staff_in(call.folder)
    desk = Desk.accept(
        call.folder,
        staff=call.given.staff,
        code=one_time_code(),
        new_password=new_password(),
        limits=call.limits,
        clock=call.clock,
    )
    desk.lock()
    words = _("The password is chosen. The code opens nothing any more.")
    return answer_with({"accepted": True}, words)


def _list(desk: Desk, _given: Any) -> Answer:
    rows = desk.ask(list_staff)

    def show(screen: Screen) -> None:
        headings = (_("Name"), _("Role"), _("Since"), _("State"), _("Needs"), _("Ref"))
        screen.table(headings, map(_cells, rows))

    return Answer(listed(rows), show)


def _cells(row: StaffRow) -> tuple[object, ...]:
    needs = ", ".join(say(one) for one in row.factors)
    return row.name, row.role_name, row.joined_on, _state(row), needs, row.ref


def _state(row: StaffRow) -> str:
    if row.left_on is not None:
        return _("left {day}").format(day=format_day(row.left_on))
    if row.invited_until is not None:
        return _("invited until {day}").format(day=format_day(row.invited_until))
    return _("has not got the key of the journal") if row.lacks_journal_key else ""


def _invite(desk: Desk, given: Any) -> Answer:
    if not given.name or not given.role:
        raise DomainError(
            _("Say who is invited with --name, and what she may do with --role. Nobody was.")
        )
    return _code(desk.access.invite(given.name, _role(desk, given.role).key))


def _renew(desk: Desk, given: Any) -> Answer:
    return _code(desk.access.renew(_who(desk, given)))


def _code(invitation: Invitation) -> Answer:
    def show(screen: Screen) -> None:
        said = _("One-time code for {name}: {code}")
        screen.words(said.format(name=invitation.name, code=invitation.code), "bold")
        screen.words(
            _(
                "It counts until {day} and is not shown again. Give it to her by hand or by "
                "telephone. With it she chooses her own password:"
            ).format(day=format_day(invitation.until))
        )
        screen.words("gdprdesk accept FILE --as NAME")

    return Answer(plain(invitation), show)


def _set_role(desk: Desk, given: Any) -> Answer:
    if not given.role:
        raise DomainError(_("Say which role with --role. Nothing was changed."))
    wants_new_keys = desk.access.set_role(_who(desk, given), _role(desk, given.role).key)
    words = _("The role is changed.")
    if wants_new_keys:
        words += " " + _("She may have kept the key of the journal: change the keys.")
    return answer_with({"changed": True, "wants_new_keys": wants_new_keys}, words)


def _remove(desk: Desk, given: Any) -> Answer:
    ref = _who(desk, given)
    desk.access.remove(ref)
    left = {one.ref: one for one in desk.ask(list_leaving)}.get(ref)
    if left is None:
        return answer_with({"removed": True, "leaving": None}, _("The invitation is withdrawn."))
    return Answer(
        {"removed": True, "leaving": plain(left)}, lambda screen: _show_leaving(screen, left)
    )


def _roles(desk: Desk, _given: Any) -> Answer:
    rows = desk.ask(list_roles)

    def show(screen: Screen) -> None:
        headings = (_("Role"), _("People"), _("May"), _("Ref"))
        cells = (
            (one.name, one.people, ", ".join(say(may) for may in one.permissions), one.key)
            for one in rows
        )
        screen.table(headings, cells)

    return Answer(listed(rows), show)


def _leaving(desk: Desk, given: Any) -> Answer:
    if given.done:
        ref = _who(desk, given)
        desk.run(tick_leaving, staff_ref=ref, key=given.done, note=given.note)
    views = (
        (desk.ask(show_leaving, staff_ref=_who(desk, given)),)
        if given.who
        else desk.ask(list_leaving)
    )

    def show(screen: Screen) -> None:
        for one in views:
            _show_leaving(screen, one)
        if not views:
            screen.words(_("Nobody has left of whom something is to be seen to."))

    return Answer(listed(views), show)


def _show_leaving(screen: Screen, view: LeavingView) -> None:
    day = format_day(view.left_on)
    screen.words(_("{name} left on {day}.").format(name=view.name, day=day), "bold")
    screen.table(
        (_("Step"), _("What"), _("Done"), _("By"), _("Remark")),
        ((one.key, one.title, one.done_on, one.done_by, one.note) for one in view.rows),
    )


def _who(desk: Desk, given: Any) -> RecordRef:
    """Return who is meant; of several of one name whoever works here still."""
    if not given.who:
        raise DomainError(_("Say who is meant with --who. Nothing was changed."))
    for one in desk.ask(list_staff):
        if given.who == one.ref or fold(given.who) == fold(one.name):
            return one.ref
    raise NotFoundError(
        _("Nobody called {name} works with this register. Nothing was changed.").format(
            name=given.who
        )
    )


def _role(desk: Desk, said: str) -> RoleRow:
    roles = desk.ask(list_roles)
    for one in roles:
        if said == one.key or fold(said) == fold(one.name):
            return one
    names = ", ".join(one.name for one in roles)
    raise NotFoundError(
        _("There is no role called {name}. Nothing was changed. Choose one of: {names}").format(
            name=said, names=names
        )
    )


_DEEDS: dict[str, Callable[[Desk, Any], Answer]] = {
    "list": _list,
    "invite": _invite,
    "renew": _renew,
    "role": _set_role,
    "remove": _remove,
    "roles": _roles,
    "leaving": _leaving,
}
