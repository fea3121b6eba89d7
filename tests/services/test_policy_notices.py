"""What the program writes itself must pass its own checker: every trade, country and language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.i18n import LANGUAGES
from gdprdesk.imports.policy_text import policy_text
from gdprdesk.services.notice import list_audiences
from gdprdesk.services.notice_files import NoticeFormat, export_notice
from gdprdesk.services.onboarding import Business
from gdprdesk.services.policy_check import check_policy
from gdprdesk.services.templates import TRADES
from tests.builders import CAFE, CHEAP, PASSWORD, Clock

SWEDISH = replace(CAFE, email="hej@lind.example")
NORWEGIAN = replace(SWEDISH, country="NO", language="nb", org_number="974760673")


@contextmanager
def new_register(folder: Path, business: Business) -> Iterator[Desk]:
    """Make the register of a business that has done nothing but choose its trade."""
    desk, _recovery = Desk.create(
        folder / "r.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    yield desk
    desk.lock()


def findings(desk: Desk, folder: Path, code: str, kind: NoticeFormat) -> list[tuple[str, ...]]:
    """Return what the checker says of the notice for each audience, read from its file."""
    found: list[tuple[str, ...]] = []
    for audience in desk.ask(list_audiences):
        file = folder / f"{audience.value}-{code}.{kind.value}"
        desk.run(export_notice, to=file, audience=audience, language_code=code, format=kind)
        checked = desk.ask(check_policy, text=policy_text(file))
        assert checked.language == code
        found += [(file.name, one.code, one.quote) for one in checked.findings]
    return found


@pytest.mark.parametrize("business", [SWEDISH, NORWEGIAN], ids=["SE", "NO"])
@pytest.mark.parametrize("trade", TRADES)
def test_a_notice_from_a_new_register_has_no_findings(tmp_path, trade, business) -> None:
    with new_register(tmp_path, replace(business, trade=trade)) as desk:
        for code in LANGUAGES:
            assert findings(desk, tmp_path, code, NoticeFormat.MARKDOWN) == []


@pytest.mark.parametrize("kind", list(NoticeFormat))
def test_nor_has_it_in_any_other_format(tmp_path, kind) -> None:
    with new_register(tmp_path, replace(SWEDISH, trade="shop")) as desk:
        assert findings(desk, tmp_path, "sv", kind) == []
