"""Any action, query or reading by its name."""

from __future__ import annotations

from gdprdesk.cli.answers import Answer, answer_of
from gdprdesk.cli.call import Call
from gdprdesk.cli.signatures import can_be_typed, collect
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.services.registry import ACTIONS, QUERIES, READINGS

INSTEAD = {
    "backup.note": "backup",
    "register.fill": "new",
    "example.live": "demo",
    "export.comparison": "newsletter FILE compare --report",
    "report.comparison": "newsletter FILE compare --report",
    "newsletter.compare": "newsletter FILE compare",
    "newsletter.take_over": "newsletter FILE compare --apply",
    "import.review": "import --dry-run",
    "import.suggest": "import --dry-run",
    "import.people": "import",
    "voucher.names": "vouchers",
    "import.register": "import-register",
    "import.register_review": "import-register --dry-run",
}


def do(call: Call) -> Answer:
    """Do an action, answer a question or show what is guarded.

    Raises:
        DomainError: It takes more than can be typed, and has a command of its own.
    """
    name = call.given.action
    function = {**ACTIONS, **QUERIES, **READINGS}[name]
    if not can_be_typed(function):
        raise DomainError(
            _("This takes more than can be typed here. Use this command instead: {command}").format(
                command=f"gdprdesk {INSTEAD[name]}"
            )
        )
    said = collect(function, vars(call.given))
    with call.register() as desk:
        if name in QUERIES:
            return answer_of(desk.ask(function, **said))
        if name in READINGS:
            return answer_of(desk.read(function, **said))
        result = desk.run(function, **said)
        desk.finish()
        return answer_of(result)
