"""New registers as they can be read: by their rows, in print, and in the notices made of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Audience
from gdprdesk.services.activities import ActivityDetail, list_activities, show_activity
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.files import FileFormat, export_public, export_register
from gdprdesk.services.notice_files import NoticeFormat, export_notice
from gdprdesk.services.onboarding import Business
from gdprdesk.services.recipients import RecipientRow, list_recipients
from gdprdesk.services.templates import extras_of
from tests.builders import CHEAP, PASSWORD, Clock

OWN_NUMBERS = {"SE": "556036-0793", "NO": "923609016"}


def new_register(folder: Path, trade: str, country: str, said: str) -> Desk:
    """Make the register of a business that has told all it is asked for, and has all there is."""
    business = Business(
        "Lind & co",
        trade=trade,
        country=country,
        language=said,
        org_number=OWN_NUMBERS[country],
        address="Storgatan 1",
        contact="Maja Lind",
        email="maja@example.com",
        phone="0701740645",
        extras=extras_of(trade),
    )
    desk, _recovery = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    return desk


@dataclass(frozen=True)
class Book:
    """A new register that no test changes."""

    desk: Desk
    papers: Path

    def rows(self) -> list[ActivityDetail]:
        """Return everything each row says."""
        known = self.desk.ask(list_activities)
        return [self.desk.ask(show_activity, activity_ref=one.ref) for one in known]

    def row(self, name: str) -> ActivityDetail:
        """Return the row of this name, or the one whose name begins so."""
        known = self.desk.ask(list_activities)
        exact = [one for one in known if one.name == name]
        (found,) = exact or [one for one in known if one.name.startswith(name)]
        return self.desk.ask(show_activity, activity_ref=found.ref)

    def recipient(self, name: str) -> RecipientRow:
        """Return the recipient whose name begins so."""
        (found,) = (one for one in self.desk.ask(list_recipients) if one.name.startswith(name))
        return found

    def asked(self, purpose: str) -> str:
        """Return the words in which somebody is asked for her consent."""
        texts = self.desk.ask(list_consent_texts)
        return next(one.text for one in texts if one.purpose == purpose)

    def printed(self) -> str:
        """Return the register as the authority gets it."""
        self.desk.run(export_register, to=self._paper("register.json"), format=FileFormat.JSON,
                      overwrite=True)  # fmt: skip
        return _words(self._paper("register.json"))

    def public(self) -> str:
        """Return what anybody who asks may know of it."""
        self.desk.run(export_public, to=self._paper("public.json"), format=FileFormat.JSON,
                      overwrite=True)  # fmt: skip
        return _words(self._paper("public.json"))

    def notice(self, audience: Audience) -> str:
        """Return the privacy notice for an audience."""
        target = self._paper(f"{audience}.html")
        self.desk.run(export_notice, to=target, audience=audience, format=NoticeFormat.HTML,
                      overwrite=True)  # fmt: skip
        return target.read_text("utf-8")

    def _paper(self, name: str) -> Path:
        return self.papers / name


Books = Callable[[str, str, str], Book]


@pytest.fixture(scope="session")
def book_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The new register of a trade, country and language, made once."""
    made: dict[tuple[str, str, str], Book] = {}

    def book(trade: str, country: str, said: str) -> Book:
        wanted = trade, country, said
        if wanted not in made:
            place = tmp_path_factory.mktemp("new")
            made[wanted] = Book(new_register(place / "new.gdprdesk", *wanted), place)
        return made[wanted]

    yield book
    for one in made.values():
        one.desk.lock()


def _words(file: Path) -> str:
    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                yield from texts(one)
        elif isinstance(value, str):
            yield value

    return "\n".join(texts(json.loads(file.read_text("utf-8"))))
