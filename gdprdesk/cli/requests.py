"""What people ask for about their own data: the list with its days, one of them, a new one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer, answer_with, listed, plain
from gdprdesk.cli.call import Call
from gdprdesk.cli.person import person_meant
from gdprdesk.cli.signatures import add_choice, day, text
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Channel, Requester, RequestKind, say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.requests import (
    RequestFile,
    RequestRow,
    list_requests,
    open_request,
    show_request,
)

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

LIST, ADD, SHOW = "list", "add", "show"


def take_request_options(command: ArgumentParser) -> None:
    """Say what can be typed about requests."""
    deeds = (LIST, ADD, SHOW)
    command.add_argument("deed", nargs="?", choices=deeds, default=LIST, metavar="|".join(deeds))
    command.add_argument("ref", nargs="?", type=text, metavar="REF", help=_("which one to show"))
    command.add_argument("--open", action="store_true", help=_("only what waits for an answer"))
    for option, kind, default, words in (
        ("--kind", RequestKind, None, _("what is asked for")),
        ("--channel", Channel, Channel.EMAIL, _("how it came")),
        ("--by", Requester, Requester.SELF, _("who asks, if not she herself")),
    ):
        add_choice(command, option, kind, words, default=default)
    command.add_argument(
        "--received", type=day, metavar=_("DAY"), help=_("when it came; today, if not given")
    )
    for option, shape, words in (
        ("--person", _("REF|WORDS"), _("whose data, if she is in the register")),
        ("--asker", _("NAME"), _("who asks, if not a person of the register")),
        ("--reply-to", _("TEXT"), _("where the answer goes")),
        ("--wish", _("TEXT"), _("what was written or said")),
    ):
        command.add_argument(option, type=text, default="", metavar=shape, help=words)
    command.add_argument(
        "--again", action="store_true", help=_("although an open one asks for the same")
    )


def requests(call: Call) -> Answer:
    """List what people have asked for, show one, or write down a new one."""
    return {LIST: _list, ADD: _add, SHOW: _show}[call.given.deed](call)


def _list(call: Call) -> Answer:
    with call.register() as desk:
        rows = desk.ask(list_requests, open_only=call.given.open)

    def show(screen: Screen) -> None:
        headings = (
            _("No."),
            _("What is asked for"),
            _("Whom"),
            _("Received"),
            _("To answer by"),
            _("Left"),
            _("Ref"),
        )
        if rows:
            screen.table(headings, map(_cells, rows))
        else:
            screen.words(_("Nobody waits for an answer."))

    return Answer(listed(rows), show)


def _add(call: Call) -> Answer:
    given = call.given
    if given.kind is None:
        raise DomainError(_("Say what is asked for, with --kind. Nothing was saved."))
    with call.register() as desk:
        row = desk.run(
            open_request,
            kind=given.kind,
            received_on=given.received or desk.today,
            channel=given.channel,
            subject_ref=person_meant(desk, given.person) if given.person else None,
            requester=given.by,
            asker=given.asker,
            reply_to=given.reply_to,
            wish=given.wish,
            again=given.again,
        )
    said = _("Request {number} is written down. Answer by {day}: {left}.")
    words = said.format(number=row.number, day=format_day(row.due_on), left=_left(row))
    return answer_with(plain(row), words)


def _show(call: Call) -> Answer:
    if not call.given.ref:
        raise DomainError(_("Say which request to show, by the ref that the list gives it."))
    with call.register() as desk:
        file = desk.ask(show_request, request_ref=RecordRef(call.given.ref))
    return Answer(plain(file), lambda screen: _tell(screen, file))


def _tell(screen: Screen, file: RequestFile) -> None:
    row = file.row
    screen.words(f"{row.number}. {say(row.kind)} \N{EN DASH} {row.name or row.asker}", "bold")
    screen.lines(
        (
            (_("Received"), row.received_on),
            (_("To answer by"), row.due_on),
            (_("Left"), _left(row)),
            (_("Last day by law"), row.law_due_on),
            (_("Decision"), row.decision),
        )
    )
    screen.heading(_("To do"))
    screen.lines((say(one.task), one.done_on or _("not yet")) for one in file.tasks)
    screen.heading(_("What happened"))
    screen.table(
        (_("Day"), _("What"), _("By"), _("Remark")),
        ((step.on, step.said, step.by, step.note) for step in file.steps),
    )


def _cells(row: RequestRow) -> tuple[object, ...]:
    whom = row.name or row.asker
    return row.number, row.kind, whom, row.received_on, row.due_on, _left(row), row.ref


def _left(row: RequestRow) -> str:
    if row.days_left is None:
        return say(row.decision) if row.decision else ""
    if row.days_left < 0:
        late = ngettext("{count} day late", "{count} days late", -row.days_left)
        return late.format(count=-row.days_left)
    return ngettext("{count} day", "{count} days", row.days_left).format(count=row.days_left)
