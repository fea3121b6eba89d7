import pytest

from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.served import ControllerChanges, add_controller, update_controller
from gdprdesk.services.snapshots import list_snapshots, take_snapshot
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.snapshot_compare import CompareForm
from gdprdesk_ui.dialogs.snapshot_new import SnapshotForm
from tests.builders import TODAY
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("register")
        yield made


def renamed(desk, purpose: str) -> None:
    row = desk.ask(list_activities)[0].ref
    desk.run(update_activity, activity_ref=row, changes=ActivityChanges(purpose=purpose))


def test_the_register_is_frozen_with_a_name(desk, window, qtbot) -> None:
    window.page().tools.freeze_action.trigger()
    form = dialog(qtbot, window, SnapshotForm)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert form._field.sentence.text().startswith("Write why you freeze it")
    write(form.name, "Årlig genomgång")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "The register is frozen")
    (one,) = desk.ask(list_snapshots)
    assert (one.name, one.taken_on, one.intact) == ("Årlig genomgång", TODAY, True)


def test_without_a_frozen_day_there_is_one_to_begin_with(desk, window, qtbot) -> None:
    window.page().tools.compare_action.trigger()
    form = dialog(qtbot, window, CompareForm)
    assert nameless(form) == []
    assert form.empty.isVisible()
    assert not form.verb_button.isEnabled()
    click(qtbot, form.freeze_button)
    name = dialog(qtbot, window, SnapshotForm)
    write(name.name, "Start")
    click(qtbot, name.verb_button)
    qtbot.waitUntil(form.older.isVisible)
    assert form.older.currentText() == "21 Nov 2026: Start"
    assert form._summary.text() == "Nothing changed in between."


def test_changed_words_are_told_by_sign_line_and_colour(desk, window, qtbot) -> None:
    renamed(desk, "Ta emot beställningar")
    desk.run(take_snapshot, name="Före")
    renamed(desk, "Ta emot & baka beställningar")
    desk.run(take_snapshot, name="Efter")
    renamed(desk, "Ta betalt")
    window.page().tools.compare_action.trigger()
    form = dialog(qtbot, window, CompareForm)
    assert [form.older.itemText(place) for place in range(2)] == [
        "21 Nov 2026: Efter",
        "21 Nov 2026: Före",
    ]
    assert form.newer.count() == 1
    form.older.set_value(form._snapshots[1].ref)
    form.older.picked.emit(form.older.value())
    form.newer.set_value(form._snapshots[0].ref)
    form.newer.picked.emit(form.newer.value())
    assert nameless(form) == []
    (card,) = form.cards
    (text,) = card.texts
    assert text.accessibleName() == "Ta emot added: & baka beställningar"
    assert "+&amp; baka</span>" in text.text()
    assert "underline" in text.text()
    assert form._summary.text() == "1 row changed"


def test_what_changed_and_the_older_day_are_saved(desk, window, qtbot, tmp_path) -> None:
    desk.run(take_snapshot, name="Före")
    renamed(desk, "Ta betalt på plats")
    window.page().tools.compare_action.trigger()
    form = dialog(qtbot, window, CompareForm)
    changes, day = tmp_path / "ändringar.pdf", tmp_path / "dag.pdf"
    ask.next_answer(changes)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: changes.exists() and form.verb_button.isEnabled())
    assert "på plats" in read_pdf(changes)
    ask.next_answer(day)
    click(qtbot, form.save_older_button)
    qtbot.waitUntil(lambda: day.exists() and form.save_older_button.isEnabled())
    assert "Före" in read_pdf(day)


def test_what_is_done_for_others_is_frozen_too(desk, window, qtbot) -> None:
    salon = ControllerChanges(name="Salong Klipp", categories=("Bokningar",))
    one = desk.run(add_controller, changes=salon)
    desk.run(take_snapshot, name="Före")
    changes = ControllerChanges(categories=("Bokningar", "Påminnelser"))
    desk.run(update_controller, controller_ref=one, changes=changes)
    window.page().tools.compare_action.trigger()
    form = dialog(qtbot, window, CompareForm)
    (card,) = form.cards
    assert [text.accessibleName() for text in card.texts] == ["Bokningar added: Påminnelser"]
