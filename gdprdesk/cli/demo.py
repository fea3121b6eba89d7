"""The example register: a made-up business with some years behind it."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.cli.answers import Answer
from gdprdesk.cli.call import Call
from gdprdesk.cli.passwords import PASSWORD
from gdprdesk.cli.progress import watched
from gdprdesk.clock import Clock, system_clock, today
from gdprdesk.desk import Desk
from gdprdesk.i18n import _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.example import Example, example_business, live_example
from gdprdesk.store.keys import Limits

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

DEMO_PASSWORD = "demo-demo-demo"  # noqa: S105  (it protects nobody: the people are made up)
_CLOSING_TIME = time(17)


def make_example(
    folder: Path,
    *,
    trade: str = "cafe",
    country: str = "SE",
    language: str = "",
    people: int = 60,
    password: str = DEMO_PASSWORD,
    limits: Limits | None = None,
    clock: Clock = system_clock,
    progress: Progress = SILENT,
) -> None:
    """Make a register and live through the years of a made-up business in it.

    Raises:
        DomainError: The place, the password or the number will not do; nothing was made.
    """
    past = _Past(clock)
    example = Example(trade, country, people, today(clock))
    past.go_to(example.days[0])
    desk, _key = Desk.create(
        folder,
        business=example_business(trade, country, language),
        password=password,
        example=True,
        limits=limits,
        clock=past,
    )
    try:
        for number, day in enumerate(example.days):
            progress.step(number, len(example.days))
            past.go_to(day)
            desk.run(live_example, example=example)
            if day == example.erased_on:
                desk.finish()
        past.return_to_now()
        desk.finish()
    except BaseException:
        desk.lock()
        shutil.rmtree(desk.folder, ignore_errors=True)
        raise
    desk.lock()


def make_demo(call: Call) -> Answer:
    """Make the example register, and open the window on it unless that is not wanted."""
    given = call.given
    folder: Path = given.to or _first_free(_("example"))
    password = os.environ.get(PASSWORD) or DEMO_PASSWORD
    with watched(_("Making the example register …")) as bar:
        make_example(
            folder,
            trade=given.trade,
            country=given.country,
            language=given.language,
            people=given.people,
            password=password,
            limits=call.limits,
            clock=call.clock,
            progress=bar,
        )
    told = (
        _("Its password is {password}. Everybody in it is made up.").format(password=password)
        if password == DEMO_PASSWORD
        else _("Its password is the one in {variable}.").format(variable=PASSWORD)
    )

    def show(screen: Screen) -> None:
        screen.words(_("The example register is made: {path}").format(path=folder))
        screen.words(told)

    opened = call.open_window
    return Answer(
        {"path": folder.resolve(), "people": given.people},
        show,
        notice=told,
        then=None if opened is None or given.no_window else lambda: opened(folder, password),
    )


class _Past:
    """A clock that stands at closing time of a day gone by, or runs as the real one."""

    def __init__(self, clock: Clock) -> None:
        self._real = clock
        self._at: datetime | None = None

    def __call__(self) -> datetime:
        return self._at or self._real()

    def go_to(self, day: date) -> None:
        """Stand at a day; today the clock runs as the real one."""
        closing = datetime.combine(day, _CLOSING_TIME).astimezone(UTC)
        self._at = None if day == today(self._real) else closing

    def return_to_now(self) -> None:
        """Run as the real clock again."""
        self._at = None


def _first_free(name: str) -> Path:
    """Return a folder of this name that is not there yet: example, example-2, example-3."""
    folder, number = Path(f"{name}.gdprdesk"), 2
    while folder.exists():
        folder, number = Path(f"{name}-{number}.gdprdesk"), number + 1
    return folder
