"""The settings, on a real register."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gdprdesk.desk import Desk
from gdprdesk.door import Door
from gdprdesk.i18n import current_language, use_language
from gdprdesk.services.organisation import show_organisation, update_organisation
from gdprdesk_ui.dialogs.change_password import change_password
from gdprdesk_ui.dialogs.recovery_key import NewRecoveryKey, new_recovery_key
from gdprdesk_ui.main_window import MainWindow
from gdprdesk_ui.pages.page import Breadth
from gdprdesk_ui.pages.settings import SettingsPage
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.program import Program
from gdprdesk_ui.theme import Scheme, look
from tests.builders import CHEAP, PASSWORD
from tests.ui.accessibility import nameless

NEW = "four words in a row"


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


def pick(choice, value) -> None:
    """Pick a value as a user does in the list."""
    choice.set_value(value)
    choice.activated.emit(choice.currentIndex())


def test_the_look_changes_at_once(page, theme) -> None:
    pick(page.computer.text_size, 125)
    pick(page.computer.scheme, Scheme.DARK)
    page.computer.contrast.click()
    assert (theme.text_scale, theme.scheme) == (1.25, Scheme.DARK)
    assert look().high_contrast
    pick(page.computer.lock_after, 30)
    assert page.context.preferences.settings.lock_after_minutes == 30


def test_another_language_is_spoken_at_once_on_the_same_page(qapp, theme, desk, qtbot) -> None:
    program = Program(qapp, theme, Preferences(), Door(limits=CHEAP))
    program.preferences.change(language="en")
    window = program.show_desk(desk, "settings")
    settings = window.page()
    assert isinstance(settings, SettingsPage)
    pick(settings.computer.language, "nb")
    assert current_language() == "nb"
    again = program.window
    assert isinstance(again, MainWindow)
    assert again is not window
    shown = again.page()
    assert isinstance(shown, SettingsPage)
    assert shown.computer.language.value() == "nb"
    again.close()
    theme.changed.disconnect(program._keep_look)


def test_the_business_is_saved_and_shown_again(page, desk, qtbot) -> None:
    page.business.fields["phone"].setText("0470-123 45")
    page.business.year_ends_in.set_value(6)
    page.business.undo_days.set_value(7)
    page.business.answer_days.set_value(14)
    qtbot.mouseClick(page.business.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.context.window.said))
    now = desk.ask(show_organisation)
    assert (now.name, now.phone, now.year_ends_in, now.undo_hours) == (
        "Kafé Lind", "0470-123 45", 6, 168,
    )  # fmt: skip
    page.refresh()
    assert page.business.undo_days.currentText() == "7 days"
    assert page.business.answer_days.currentText() == "14 days"
    assert page.business.year_ends_in.currentText() == "June"


def test_a_long_text_is_shown_from_its_beginning(page, desk) -> None:
    desk.run(update_organisation, officer="Nobody: we are few and watch nobody, " * 5)
    page.refresh()
    assert page.business.fields["officer"].cursorPosition() == 0


def test_a_wrong_number_is_refused_and_nothing_is_saved(page, desk, qtbot) -> None:
    page.business.fields["org_number"].setText("556036-0794")
    page.business.fields["phone"].setText("1")
    qtbot.mouseClick(page.business.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.business.problem.isHidden())
    assert "check digit" in page.business.problem.text()
    assert desk.ask(show_organisation).phone == ""


def test_a_business_has_a_name(page, desk, qtbot) -> None:
    page.business.fields["name"].clear()
    qtbot.mouseClick(page.business.save_button, Qt.MouseButton.LeftButton)
    assert page.business._form["name"].sentence.text() == "Write a name."
    assert page.context.operations.wait(0)


def test_what_is_being_typed_stays_when_something_else_changes(page, qtbot) -> None:
    page.business.fields["address"].setText("Half a new addr")
    page.refresh()
    assert page.business.fields["address"].text() == "Half a new addr"


def test_the_password_is_changed(context, desk, qtbot) -> None:
    form = change_password(context)
    assert nameless(form) == []
    form.old.edit.setText(PASSWORD)
    form.new.password.edit.setText(NEW)
    form.new.again.edit.setText(NEW)
    with qtbot.waitSignal(form.accepted):
        qtbot.mouseClick(form.verb_button, Qt.MouseButton.LeftButton)
    desk.lock()
    Desk.unlock(desk.folder, password=NEW, limits=CHEAP).lock()


def test_without_the_old_password_nothing_is_changed(context, desk, qtbot) -> None:
    form = change_password(context)
    qtbot.mouseClick(form.verb_button, Qt.MouseButton.LeftButton)
    assert form._old_field.sentence.text() == "Write the password you use now."
    form.old.edit.setText("a wrong word")
    form.new.password.edit.setText(NEW)
    form.new.again.edit.setText(NEW)
    qtbot.mouseClick(form.verb_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "wrong" in form._old_field.sentence.text())
    form.reject()
    desk.lock()
    Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP).lock()


def shown_key(window: QWidget) -> NewRecoveryKey:
    return window.findChildren(NewRecoveryKey)[0]


def test_a_new_recovery_key_is_shown_once_and_must_be_on_paper(context, desk, qtbot) -> None:
    proof = new_recovery_key(context)
    proof.password.edit.setText(PASSWORD)
    proof.verb_button.click()
    qtbot.waitUntil(lambda: bool(context.window.findChildren(NewRecoveryKey)))
    form = shown_key(context.window)
    key = form.sheet.key.text()
    assert nameless(form) == []
    form.reject()
    assert form.isVisible()
    assert not form.verb_button.isEnabled()
    form.sheet.on_paper.setChecked(True)
    with qtbot.waitSignal(form.accepted):
        qtbot.mouseClick(form.verb_button, Qt.MouseButton.LeftButton)
    desk.lock()
    Desk.unlock_with_recovery_key(
        desk.folder, recovery_key=key, new_password=NEW, limits=CHEAP
    ).lock()


def test_who_does_not_know_the_password_makes_no_new_key(context, qtbot) -> None:
    proof = new_recovery_key(context)
    assert nameless(proof) == []
    proof.verb_button.click()
    assert proof._field.sentence.text() == "Write the password you use now."
    proof.password.edit.setText("a wrong word")
    proof.verb_button.click()
    qtbot.waitUntil(lambda: "wrong" in proof._field.sentence.text())
    proof.reject()
    assert context.window.findChildren(NewRecoveryKey) == []


def test_the_register_is_checked_with_a_sentence_for_each(page, qtbot) -> None:
    qtbot.mouseClick(page.file.check_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.file.result.isHidden(), timeout=20_000)
    assert page.file.result.title.text() == "The register is whole"
    assert page.file.lines.count() > 5


def test_what_is_wrong_is_said(page, desk, qtbot) -> None:
    (desk.folder / "erased.ledger").write_text("not ours\n")
    qtbot.mouseClick(page.file.check_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.file.result.isHidden(), timeout=20_000)
    assert page.file.result.title.text() == "Something is wrong with the register"


def test_it_is_named_and_painted(page, every_look) -> None:
    page.set_breadth(Breadth.NARROW)
    page.set_breadth(Breadth.FULL)
    assert nameless(page) == []
    assert not page.grab().isNull()
