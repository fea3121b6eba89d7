"""A person's copy is taken in by the window: chosen like a list, looked at, then saved."""

import pytest

from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui.dialogs.import_copy import ImportCopy
from gdprdesk_ui.dialogs.import_people import import_people
from tests.builders import person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write

SEALED = "a very long password"


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


@pytest.fixture
def copy(desk, tmp_path):
    """A sealed copy of somebody who was erased since."""
    ref = person(desk, "Vera Ek", email="vera@example.com")
    file = tmp_path / "copy.zip"
    desk.run(export_person, subject_ref=ref, to=file, password=SEALED)
    desk.run(erase_subject, subject_ref=ref)
    return file


def test_who_was_erased_comes_back_only_when_she_has_asked(window, desk, copy, qtbot) -> None:
    import_people(window.context, copy)
    form = dialog(qtbot, window, ImportCopy)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert "has a password" in form.problem.title.text()
    write(form.password.edit, SEALED)
    click(qtbot, form.verb_button)
    assert form.found.itemAt(0).widget().text() == "Vera Ek"
    assert not form.verb_button.isEnabled()
    assert form.problem.isVisible()
    form.again.setChecked(True)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: window._shown[0] == "person")
    assert [row.name for row in desk.ask(list_subjects).rows] == ["Vera Ek"]


def test_who_is_here_is_said(window, desk, tmp_path, qtbot) -> None:
    ref = person(desk)
    desk.run(export_person, subject_ref=ref, to=tmp_path / "copy.json")
    import_people(window.context, tmp_path / "copy.json")
    form = dialog(qtbot, window, ImportCopy)
    assert "in the register already" in form.problem.title.text()
