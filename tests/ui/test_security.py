"""Second factors in the window, with security keys made of software."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import BuiltInRole
from gdprdesk.door import AtHand, Door
from gdprdesk.settings import Settings
from gdprdesk_ui import ask
from gdprdesk_ui.clipboard import guarded_clipboard
from gdprdesk_ui.dialogs.proof import ProofForm
from gdprdesk_ui.pages.settings.security import SecurityCard
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.start.accept import AcceptPage
from gdprdesk_ui.start.window import StartWindow
from tests.builders import CHEAP, PASSWORD
from tests.fake_stick import FakeStick
from tests.security_keys import Hand, plugged_in
from tests.ui.accessibility import nameless
from tests.ui.windows import click, has_focus

NEW = "four words in a row"


@pytest.fixture
def card(context, show):
    made = SecurityCard(context)
    made.resize(560, 620)
    made.refresh()
    return show(made)


@pytest.fixture
def start(theme, show):
    opened: list[Desk] = []

    def made(settings: Settings | None = None) -> StartWindow:
        window = StartWindow(Door(limits=CHEAP), Preferences(settings or Settings()))
        window.opened.connect(opened.append)
        shown: StartWindow = show(window)
        return shown

    yield made
    for desk in opened:
        desk.lock()


def proof(context) -> ProofForm[Any]:
    forms = [one for one in context.window.findChildren(ProofForm) if one.isVisible()]
    form: ProofForm[Any] = forms[-1]
    return form


def prove(qtbot, context, password: str = PASSWORD) -> ProofForm[Any]:
    form = proof(context)
    assert nameless(form) == []
    form.password.edit.setText(password)
    form.verb_button.click()
    return form


def try_password(qtbot, page) -> None:
    page.password.clear()
    qtbot.keyClicks(page.password.edit, PASSWORD)
    qtbot.keyClick(page.password.edit, Qt.Key.Key_Return)


def test_a_key_file_is_made_with_a_warning_and_opens(card, context, start, tmp_path, qtbot) -> None:
    path = context.desk.folder.parent / "mine.gdprdesk-key"
    ask.next_answer(path)
    click(qtbot, card.make_file_button)
    form = proof(context)
    assert "beside the register" in form.warning.sentence.text()
    prove(qtbot, context, "a wrong word")
    qtbot.waitUntil(lambda: "wrong" in form._field.sentence.text())
    assert not path.exists()
    prove(qtbot, context)
    qtbot.waitUntil(lambda: context.window.said == ["The key file is needed from now on"])
    assert context.preferences.settings.key_file == path
    assert not card.stop_file_button.isHidden()
    context.desk.lock()

    window = start()
    page = window.show_unlock(context.desk.folder)
    try_password(qtbot, page)
    qtbot.waitUntil(page.unlock_button.isEnabled)
    assert "Your key file is needed" in page.factors._field.sentence.text()
    assert page.forgotten_button.text() == "Lost your password or key?"
    gone = tmp_path / "gone.gdprdesk-key"
    ask.next_answer(gone)
    click(qtbot, page.factors.choose_button)
    try_password(qtbot, page)
    qtbot.waitUntil(lambda: "cannot be read" in page.factors._field.sentence.text())
    qtbot.waitUntil(page.unlock_button.isEnabled)
    ask.next_answer(path)
    click(qtbot, page.factors.choose_button)
    with qtbot.waitSignal(window.opened):
        try_password(qtbot, page)
    assert window._preferences.settings.key_file == path


def test_the_key_file_is_needed_no_more(card, context, tmp_path, qtbot) -> None:
    path = tmp_path / "mine.gdprdesk-key"
    context.desk.own_access.make_key_file(PASSWORD, path)
    context.preferences.change(key_file=path)
    card.refresh()
    click(qtbot, card.stop_file_button)
    prove(qtbot, context)
    qtbot.waitUntil(lambda: bool(context.window.said))
    assert not context.desk.own_access.factors().kinds
    ask.next_answer(path)
    click(qtbot, card.use_file_button)
    prove(qtbot, context)
    qtbot.waitUntil(lambda: len(context.window.said) == 2)
    assert context.desk.own_access.factors().key_file


def test_two_security_keys_are_added_and_one_removed(card, context, qtbot) -> None:
    first, second = FakeStick(), FakeStick(pin="1234")
    with plugged_in(first):
        click(qtbot, card.add_stick_button)
        prove(qtbot, context)
        qtbot.waitUntil(lambda: len(context.window.said) == 1)
    assert [*card.remove_buttons] == ["1"]
    assert "second one" in card._advice.text()
    with plugged_in(first) as port:
        click(qtbot, card.add_stick_button)
        form = prove(qtbot, context)
        prompt = form.factors.prompt
        qtbot.waitUntil(lambda: "plug in the new one" in prompt.words.text())
        port.take(second)
        click(qtbot, prompt.go_button)
        qtbot.waitUntil(prompt.pin.isVisible)
        qtbot.keyClicks(prompt.pin.edit, "1234")
        qtbot.keyClick(prompt.pin.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not prompt.pin.isVisible())
        qtbot.waitUntil(prompt.pin.isVisible)
        qtbot.keyClicks(prompt.pin.edit, "1234")
        click(qtbot, prompt.go_button)
        qtbot.waitUntil(lambda: len(context.window.said) == 2)
    assert [*card.remove_buttons] == ["1", "2"]
    with plugged_in(first):
        click(qtbot, card.remove_buttons["2"])
        prove(qtbot, context)
        qtbot.waitUntil(lambda: len(context.window.said) == 3)
    assert context.desk.own_access.factors().security_keys == ("1",)


def test_a_security_key_opens_and_who_has_none_is_told(context, start, qtbot) -> None:
    mine, other = FakeStick(), FakeStick()
    with plugged_in(mine):
        context.desk.own_access.add_security_key(PASSWORD, AtHand(asking=Hand()))
    context.desk.lock()
    window = start()
    page = window.show_unlock(context.desk.folder)
    assert page.factors.choose_button.isHidden() or not page.factors.choose_button.isVisible()
    with plugged_in(other):
        try_password(qtbot, page)
        said = page.factors.prompt.problem
        qtbot.waitUntil(lambda: "none of your security keys" in said.text())
        qtbot.waitUntil(page.unlock_button.isEnabled)
    with plugged_in(mine), qtbot.waitSignal(window.opened):
        try_password(qtbot, page)


def test_who_stops_waiting_for_the_pin_can_try_again(context, start, qtbot) -> None:
    mine = FakeStick(pin="1234")
    with plugged_in(mine):
        context.desk.own_access.add_security_key(
            PASSWORD, AtHand(asking=Hand(pins=["1234", "1234"]))
        )
        context.desk.lock()
        window = start()
        page = window.show_unlock(context.desk.folder)
        prompt = page.factors.prompt
        try_password(qtbot, page)
        qtbot.waitUntil(prompt.pin.isVisible)
        assert nameless(page) == []
        click(qtbot, prompt.go_button)
        assert "Write the PIN" in prompt._pin_field.sentence.text()
        click(qtbot, prompt.stop_button)
        qtbot.waitUntil(page.unlock_button.isEnabled)
        assert not prompt.pin.isVisible()
        assert prompt.problem.text() == ""
        try_password(qtbot, page)
        qtbot.waitUntil(prompt.pin.isVisible)
        window.close()  # while it waits: nothing hangs
        assert window.operations.wait(0)


def test_who_is_invited_chooses_a_password_with_her_code(context, start, qtbot) -> None:
    invited = context.desk.access.invite("Petra Ek", BuiltInRole.ASSISTANT)
    folder = context.desk.folder
    context.desk.lock()
    window = start()
    page = window.show_unlock(folder)
    petra = next(one for one, tile in page.tiles.items() if "Petra" in tile.accessibleName())
    assert "Invited" in page.tiles[petra].accessibleName()
    qtbot.mouseClick(page.tiles[petra], Qt.MouseButton.LeftButton)
    assert not page.password.isVisible()
    assert nameless(page) == []
    click(qtbot, page.accept_button)
    first = window.page()
    assert isinstance(first, AcceptPage)
    assert nameless(first) == []
    click(qtbot, first.open_button)
    assert first._code_field.sentence.text() == "Write the code you were told."
    click(qtbot, first.new.suggest_button)
    password = first.new.text()
    assert password.count("-") == 4
    assert has_focus(first.new.password.edit)
    first.new.password.edit.selectAll()
    qtbot.keyClick(first.new.password.edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert guarded_clipboard()._text == password
    guarded_clipboard().forget()
    first.code.setText("ABCD-EFGH")
    click(qtbot, first.open_button)
    qtbot.waitUntil(lambda: bool(first._code_field.sentence.text()))
    qtbot.waitUntil(first.open_button.isEnabled)
    first.code.setText(invited.code)
    with qtbot.waitSignal(window.opened) as opened:
        click(qtbot, first.open_button)
    opened.args[0].lock()
    Desk.unlock(folder, staff="Petra Ek", password=password, limits=CHEAP).lock()


def test_whoever_locked_is_chosen_already(context, start, qtbot) -> None:
    invited = context.desk.access.invite("Petra Ek", BuiltInRole.ASSISTANT)
    folder = context.desk.folder
    context.desk.lock()
    petra = Desk.accept(folder, staff="Petra Ek", code=invited.code, new_password=NEW, limits=CHEAP)
    who = petra.staff
    petra.lock()
    page = start().show_unlock(folder, staff=who)
    assert page.chosen_staff() == who
    assert start().show_unlock(folder, staff="nobody").chosen_staff() == "owner"
