import pytest
from openpyxl import Workbook

from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.services.activities import list_activities, show_activity
from gdprdesk.services.register_import import EntryState, Take
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.register_import import ImportRegister
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened

HEADINGS = ("Behandling", "Ändamål", "Rättslig grund", "Gallring", "Skydd")


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("register")
        yield made


@pytest.fixture
def sheet(tmp_path):
    book, path = Workbook(), tmp_path / "register.xlsx"
    lines = (
        HEADINGS,
        ("Kurser", "Håller kurser i bakning", "Avtal", "24 månader", "Låst skåp"),
        ("Nyhetsbrev", "Skickar nyheter", "Samtycke", "Tills samtycket tas tillbaka", "Lösenord"),
        ("Bara ett namn", "", "", "", ""),
    )
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def began(window, qtbot, path):
    window.page().tools.import_action.trigger()
    form = dialog(qtbot, window, ImportRegister)
    ask.next_answer(path)
    click(qtbot, form.verb_button)
    return form


def looked_through(window, qtbot, path):
    form = began(window, qtbot, path)
    qtbot.waitUntil(lambda: form.columns is not None and form.columns.isVisible())
    qtbot.waitUntil(form.verb_button.isEnabled)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.review is not None and form.review.isVisible())
    qtbot.waitUntil(form.verb_button.isEnabled)
    return form


def names(desk) -> list[str]:
    return [one.name for one in desk.ask(list_activities)]


def test_a_register_is_taken_in_after_a_review_and_taken_back(desk, window, qtbot, sheet) -> None:
    before = names(desk)
    form = looked_through(window, qtbot, sheet)
    assert nameless(form) == []
    states = {one.name: one.state for one in form.review._review.rows}
    assert states["Kurser"] is EntryState.NEW
    assert states["Nyhetsbrev"] is EntryState.EXISTS
    assert EntryState.WRONG in states.values()
    assert form.verb_button.accessibleName() == "Take in 1 row"
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "1 row added")
    assert set(names(desk)) - set(before) == {"Kurser"}
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: names(desk) == before)


def test_a_row_that_is_there_is_filled_in_only_if_wanted(desk, window, qtbot, sheet) -> None:
    form = looked_through(window, qtbot, sheet)
    step = form.review
    rows = {one.name: place for place, one in enumerate(step._review.rows)}
    step.table.selectRow(rows["Nyhetsbrev"])
    assert step.take.key() == Take.SKIP.value
    click(qtbot, step.take.buttons[Take.UPDATE.value])
    assert form.verb_button.accessibleName() == "Take in 2 rows"
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "1 row added, 1 row filled in")
    ref = next(one.ref for one in desk.ask(list_activities) if one.name == "Nyhetsbrev")
    assert desk.ask(show_activity, activity_ref=ref).purpose == "Skickar nyheter"


def test_a_wrong_row_says_why_and_stays_out(window, qtbot, sheet) -> None:
    step = looked_through(window, qtbot, sheet).review
    click(qtbot, step.chips.buttons[EntryState.WRONG.value])
    assert step.model.rowCount() == 1
    step.table.selectRow(0)
    assert "nothing but a name" in step._said.text()
    assert not step.take.isVisible()


def test_columns_can_be_matched_otherwise(desk, window, qtbot, sheet) -> None:
    form = began(window, qtbot, sheet)
    qtbot.waitUntil(lambda: form.columns is not None and form.columns.isVisible())
    qtbot.waitUntil(form.verb_button.isEnabled)
    known = form.columns.fields()
    assert len(known) == len(HEADINGS)
    for choice in form.columns.choices:
        choice.set_value(RegisterField.IGNORE)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert "Say which column holds" in form.problem.title.text()
    assert form.columns.isVisible()
    click(qtbot, form.back_button)
    assert form.choose.isVisible()


def test_a_file_that_cannot_be_read_says_so(window, qtbot, tmp_path) -> None:
    broken = tmp_path / "register.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    form = began(window, qtbot, broken)
    qtbot.waitUntil(form.problem.isVisible)
    assert form.choose.isVisible()
