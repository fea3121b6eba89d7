"""The users of the register in the window: added, given a role, looked at, and let go."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import BuiltInRole, Permission
from gdprdesk.services.staff import list_staff
from gdprdesk.services.staff_leaving import list_leaving
from gdprdesk.services.staff_roles import list_roles
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.leaving_step import LeavingStepForm
from gdprdesk_ui.dialogs.role_form import RoleForm
from gdprdesk_ui.dialogs.staff_code import CodeDialog
from gdprdesk_ui.dialogs.staff_form import InviteForm, StaffForm
from gdprdesk_ui.pages.staff import LeavingPage, StaffPage
from tests.builders import CHEAP, PASSWORD, TODAY, Clock
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, write

PETRAS = "five words that petra chose"
ASSISTANT = BuiltInRole.ASSISTANT.value
PRACTITIONER = BuiltInRole.PRACTITIONER.value


@pytest.fixture
def petra(desk, clock):
    """The ref of an assistant who has chosen her password; the owner has the register open."""
    given = desk.access.invite("Petra", ASSISTANT)
    folder = desk.folder
    desk.lock()
    Desk.accept(
        folder, staff="Petra", code=given.code, new_password=PETRAS, limits=CHEAP, clock=clock
    ).lock()
    return given.staff_ref


@pytest.fixture
def again(desk, petra, clock):
    """The register with Petra in it, opened by the owner."""
    made = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    yield made
    made.lock()


@pytest.fixture
def window(again, theme, show, clock):
    with opened(again, theme, show, clock) as made:
        made.open_page("settings")
        made.page().users.users_button.click()
        assert isinstance(made.page(), StaffPage)
        yield made


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def row(desk, name):
    return next(one for one in desk.ask(list_staff) if one.name == name)


def test_somebody_is_added_with_a_code_that_is_printed(again, window, qtbot, tmp_path) -> None:
    page = window.page()
    assert nameless(page) == []
    assert page.first_focus() is page.add_button
    click(qtbot, page.add_button)
    form = dialog(qtbot, window, InviteForm)
    assert nameless(form) == []
    write(form.name, "petra")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Somebody called petra works" in said(form))
    form.name.clear()
    write(form.name, "Åsa Ek")
    form.roles.tiles[PRACTITIONER].click()
    click(qtbot, form.verb_button)
    shown = dialog(qtbot, window, CodeDialog)
    assert nameless(shown) == []
    code = shown.code.text().replace("\n", "")
    to = tmp_path / "asa.pdf"
    ask.next_answer(to)
    click(qtbot, shown.save_button)
    qtbot.waitUntil(lambda: "asa.pdf" in shown.said.text())
    assert code in read_pdf(to).replace("\n", "")
    shown.told.click()
    click(qtbot, shown.verb_button)
    qtbot.waitUntil(lambda: row(again, "Åsa Ek").told_on == TODAY)
    assert row(again, "Åsa Ek").role == PRACTITIONER
    assert "Invited until" in said(page.lines[row(again, "Åsa Ek").ref])


def test_a_role_is_changed_after_the_keys_were_compared(again, window, petra, qtbot) -> None:
    click_once_shown(qtbot, lambda: window.page().lines[petra].change_button)
    form = dialog(qtbot, window, StaffForm)
    assert nameless(form) == []
    assert not form.fingerprint.isVisible()
    form.roles.tiles[PRACTITIONER].click()
    assert again.access.fingerprint(row(again, "Petra").staff_id) in said(form.fingerprint)
    form.name.clear()
    write(form.name, "Petra Ek")
    form.told.click()
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: row(again, "Petra Ek").role == PRACTITIONER)
    now = row(again, "Petra Ek")
    assert (now.lacks_journal_key, now.told_on) == (False, TODAY)
    qtbot.waitUntil(lambda: "Petra Ek" in said(window.page()))


def test_the_last_owner_is_told_that_she_stays(again, window, qtbot) -> None:
    own = row(again, "Maja Lind").ref
    line = window.page().lines[own]
    assert (line.remove_button, line.view_button, line.code_button) == (None, None, None)
    click(qtbot, line.change_button)
    form = dialog(qtbot, window, StaffForm)
    form.roles.tiles[ASSISTANT].click()
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "last owner" in said(form))
    assert row(again, "Maja Lind").role == BuiltInRole.OWNER


def test_an_own_role_is_made_of_boxes_changed_and_taken_away(again, window, qtbot) -> None:
    click(qtbot, window.page().role_button)
    form = dialog(qtbot, window, RoleForm)
    assert nameless(form) == []
    write(form.name, "Kassa")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "could see nothing" in said(form))
    form.permissions.boxes[Permission.ORDERS].click()
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(again.ask(list_roles)) == len(BuiltInRole) + 1)
    key = again.ask(list_roles)[-1].key
    qtbot.waitUntil(lambda: key in window.page().roles)
    assert "Orders and bookings" in said(window.page().roles[key])
    click_once_shown(qtbot, lambda: window.page().roles[key].change_button)
    form = dialog(qtbot, window, RoleForm)
    form.permissions.boxes[Permission.PEOPLE].click()
    click(qtbot, form.verb_button)
    both = (Permission.PEOPLE, Permission.ORDERS)
    qtbot.waitUntil(lambda: again.ask(list_roles)[-1].permissions == both)
    click_once_shown(qtbot, lambda: window.page().roles[key].remove_button)
    qtbot.waitUntil(lambda: key not in window.page().roles)


def test_whoever_is_removed_leaves_a_list_that_stands_on_today(again, window, petra, qtbot) -> None:
    ask.next_answer(False)
    click_once_shown(qtbot, lambda: window.page().lines[petra].remove_button)
    assert row(again, "Petra").left_on is None
    ask.next_answer(True)
    click_once_shown(qtbot, lambda: window.page().lines[petra].remove_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), LeavingPage))
    page = window.page()
    assert nameless(page) == []
    assert page.progress.value() == 1
    click_once_shown(qtbot, lambda: page.lines["phone"].done_button)
    form = dialog(qtbot, window, LeavingStepForm)
    write(form.note, "iPhone 12")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.progress.value() == 2)
    assert "iPhone 12" in said(page.lines["phone"])
    click_once_shown(qtbot, lambda: page.lines["phone"].undo_button)
    qtbot.waitUntil(lambda: page.progress.value() == 1)
    (left,) = again.ask(list_leaving)
    window.navigate("today")
    task = next(one for one in window.page().tasks.rows if "Petra has left" in said(one))
    assert f"{len(left.rows) - 1} things left to see to" in said(task)
    click(qtbot, task.button)
    assert isinstance(window.page(), LeavingPage)


def test_a_forgotten_password_gets_a_new_code_after_a_question(again, window, petra, qtbot) -> None:
    ask.next_answer(False)
    click_once_shown(qtbot, lambda: window.page().lines[petra].code_button)
    ask.next_answer(True)
    click_once_shown(qtbot, lambda: window.page().lines[petra].code_button)
    shown = dialog(qtbot, window, CodeDialog)
    assert len(shown.code.text().replace("-", "").strip()) == len("AAAABBBBCCCCDDDDEEEEFFFF") + 1
    click(qtbot, shown.verb_button)
    assert row(again, "Petra").told_on is None


def test_the_register_is_seen_as_somebody_else_until_one_goes_back(
    again, window, petra, show, qtbot
) -> None:
    assert window.own_view is None
    with qtbot.waitSignal(window.view_changed):
        click_once_shown(qtbot, lambda: window.page().lines[petra].view_button)
    window.close()
    with opened(again, window.context.theme, show, Clock()) as hers:
        assert "You see this as Petra (Assistant)" in said(hers)
        assert Permission.STAFF not in again.permissions
        assert nameless(hers.page()) == []
        with qtbot.waitSignal(hers.view_changed):
            click(qtbot, hers.own_view)
    assert again.seen_as is None
    assert Permission.STAFF in again.permissions


def test_every_look(every_look, context, show) -> None:
    page = show(StaffPage(context))
    page.refresh()
    page.grab()
