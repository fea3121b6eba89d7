"""The keys are changed in the window: asked first, done on the worker, then it locks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import BuiltInRole
from gdprdesk.i18n import use_language
from gdprdesk.services.new_keys import change_keys as change_in_the_core
from gdprdesk.services.today import show_today
from gdprdesk.store.vault import Vault
from gdprdesk_ui import ask
from gdprdesk_ui.pages.settings import SettingsPage
from gdprdesk_ui.pages.today.register_tasks import tasks_of_register
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person
from tests.places import files_may_grow_to
from tests.store.key_files import HERS


@pytest.fixture(autouse=True)
def _english():
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def page(context, show):
    made = SettingsPage(context)
    made.resize(1040, 900)
    made.refresh()
    return show(made)


def press(page, qtbot, answer) -> None:
    ask.next_answer(answer)
    qtbot.mouseClick(page.security.change_button, Qt.MouseButton.LeftButton)


def test_when_the_keys_are_changed_the_program_locks(page, context, desk, qtbot) -> None:
    before = desk._vault.key
    press(page, qtbot, True)
    qtbot.waitUntil(lambda: ("lock", {}) in context.window.opened, timeout=20_000)
    assert desk.is_locked
    again = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    assert again._vault.key != before
    again.lock()


def test_who_says_no_changes_nothing(page, context, desk) -> None:
    before = (desk.folder / "keys.json").read_bytes()
    ask.next_answer(None)
    page.security.change_button.click()
    assert context.operations.wait(0)
    assert (desk.folder / "keys.json").read_bytes() == before


def test_what_could_not_be_done_is_told_and_the_work_goes_on(page, context, desk, qtbot) -> None:
    with ask.hearing_errors() as said, files_may_grow_to(100_000):
        press(page, qtbot, True)
        qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "whole" in said[0] or "safe" in said[0]
    assert context.window.opened == []
    person(desk)


def test_who_does_not_keep_the_staff_has_no_such_button(desk, context, show) -> None:
    given = desk.access.invite("Åsa", BuiltInRole.ASSISTANT.value)
    desk._vault.key_file().accept("Åsa", given.code, HERS, TODAY)
    desk._vault.staff = desk._vault.key_file().find("Åsa")
    desk._permissions = None
    made = show(SettingsPage(context))
    assert not made.security.change_button.isVisible()
    assert made.security.password_button.isVisible()


def test_a_journal_key_that_waits_stands_on_the_first_page(desk, context, folder: Path) -> None:
    given = desk.access.invite("Åsa", BuiltInRole.ASSISTANT.value)
    desk._vault.key_file().accept("Åsa", given.code, HERS, TODAY)
    desk.lock()
    hers = Vault.unlock(folder, staff="Åsa", password=HERS, limits=CHEAP)
    change_in_the_core(hers, Clock())
    hers.lock()
    again = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    found = tasks_of_register(context, again.ask(show_today))
    assert found[0].title == "Change the keys once more"
    found[0].do()
    assert context.window.opened == [("settings", {})]
    again.change_keys()
    last = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    assert not last.ask(show_today).journal_key_waits
    last.lock()
