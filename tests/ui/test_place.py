"""After unlocking she is where she was: the page, the form with its draft, and the field."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Channel, RequestKind
from gdprdesk.door import Door
from gdprdesk.services.activities import list_activities
from gdprdesk.services.backup_places import add_backup_place
from gdprdesk.services.calls import add_call
from gdprdesk.services.clips import keep_clip
from gdprdesk.services.closing import show_closing
from gdprdesk.services.companies import add_company
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.instructions import take_instruction
from gdprdesk.services.notes import add_note
from gdprdesk.services.onboarding import Business
from gdprdesk.services.papers import PaperChanges, add_paper
from gdprdesk.services.persons import show_subject
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.requests import open_request
from gdprdesk.services.served import ControllerChanges, add_controller
from gdprdesk_ui import reopening
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.note import NoteForm, edit_note
from gdprdesk_ui.dialogs.order_form import change_order
from gdprdesk_ui.dialogs.person_form import PersonForm, new_person
from gdprdesk_ui.main_window import MainWindow
from gdprdesk_ui.place import Place, place_in, return_to
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.program import Program
from gdprdesk_ui.reopening import reopen
from tests.breaches import told
from tests.builders import CHEAP, PASSWORD, TODAY, order, person
from tests.ui.windows import dialog, has_focus, opened

ROOT = Path(__file__).resolve().parents[2]
INLINE = {"note", "contacts", "clean_up"}
"""What is written in a page itself, which shows its draft when it opens."""


@pytest.fixture
def desk(folder, clock):
    """The register of a cafe with cameras."""
    business = Business(name="Kafé Lind", extras=("cameras",))
    made, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield made
    made.lock()


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


@pytest.fixture
def start(qapp, theme):
    """Start the program as the process does that takes the place of a locked one."""
    made = []

    def started(arguments=None) -> tuple[Program, list[list[str]]]:
        replaced: list[list[str]] = []
        door = Door(limits=CHEAP)
        program = Program(
            qapp, theme, Preferences(), door, lambda given: replaced.append(list(given))
        )
        made.append(program)
        if arguments is not None:
            locked, reason, folder, flag, place = arguments
            assert (locked, flag) == ("--locked", "--place")
            program.start(Path(folder), reason, place=place)
        return program, replaced

    yield started
    for program in made:
        theme.changed.disconnect(program._keep_look)
        if program.window is not None:
            program.window.close()


def read(written: str) -> Place:
    place = Place.read(written)
    assert place is not None
    return place


def unlocked(program, qtbot) -> MainWindow:
    page = program.window.page()
    page.password.edit.setText(PASSWORD)
    page.unlock()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))
    window: MainWindow = program.window
    return window


def test_a_half_written_form_is_open_again_with_the_cursor_where_it_was(start, desk, qtbot) -> None:
    program, replaced = start()
    window = program.show_desk(desk)
    window.open_page("people")
    form = new_person(window.context)
    form.name.setText("Karin Holm")
    form._touch()
    form.phone.edit.setText("070-174 06 05")
    form.phone.edit.setFocus()
    form.phone.edit.setCursorPosition(4)
    window.lock()
    (arguments,) = replaced
    assert not re.search("Karin|070", " ".join(arguments))
    again, _none = start(arguments)
    window = unlocked(again, qtbot)
    form = dialog(qtbot, window, PersonForm)
    assert window.place()[0] == "people"
    assert (form.name.text(), form.phone.edit.text()) == ("Karin Holm", "070-174 06 05")
    qtbot.waitUntil(lambda: has_focus(form.phone.edit))
    assert form.phone.edit.cursorPosition() == 4
    form.reject()


def test_a_person_is_shown_again_and_what_was_searched_is_not_told(start, desk, qtbot) -> None:
    karin = person(desk, "Karin Holm")
    program, replaced = start()
    window = program.show_desk(desk)
    window.open_page("people", search="Karin")
    assert place_in(window).shown == {}
    window.open_page("person", subject_ref=karin)
    window.lock()
    assert "Karin" not in " ".join(replaced[0])
    again, _none = start(replaced[0])
    assert unlocked(again, qtbot).place() == ("person", {"subject_ref": karin})


def test_a_note_is_open_again_at_the_same_letter(window, desk, qtbot) -> None:
    karin = person(desk)
    desk.run(add_note, subject_ref=karin, text="Ringer efter klockan tre.")
    window.open_page("person", subject_ref=karin)
    (row,) = (
        row
        for row in desk.ask(show_subject, subject_ref=karin).history
        if row.kind == "working_note"
    )
    form = edit_note(window.context, karin, row)
    cursor = form.text.textCursor()
    cursor.setPosition(7)
    form.text.setTextCursor(cursor)
    place = read(place_in(window).written())
    form.reject()
    window.navigate("today")
    return_to(window, place)
    form = dialog(qtbot, window, NoteForm)
    assert form.text.toPlainText() == "Ringer efter klockan tre."
    assert form.text.textCursor().position() == 7
    assert window.place() == ("person", {"subject_ref": karin})


def test_a_field_of_a_page_has_the_cursor_again(window, desk, qtbot) -> None:
    window.open_page("people")
    window.page().search.setFocus()
    place = place_in(window)
    window.navigate("today")
    return_to(window, place)
    qtbot.waitUntil(lambda: has_focus(window.page().search))


def test_nobody_else_is_led_there(window, desk) -> None:
    window.open_page("person", subject_ref=person(desk))
    mine = json.loads(place_in(window).written())
    assert mine["staff"] == desk.staff == "owner"
    window.navigate("today")
    return_to(window, read(json.dumps({**mine, "staff": "another"})))
    assert window.place() == ("today", {})


def test_what_is_gone_meanwhile_leads_to_the_first_page(window, desk) -> None:
    karin = person(desk)
    window.open_page("person", subject_ref=karin)
    change_order(window.context, order(desk, karin))
    place = place_in(window)
    for form in window.findChildren(FormDialog):
        form.reject()
    window.navigate("today")
    desk.undo()
    desk.undo()
    return_to(window, place)
    assert window.place() == ("today", {})
    assert not any(one.isVisible() for one in window.findChildren(FormDialog))
    return_to(window, Place(desk.staff, "no_such_page"))
    assert window.place() == ("today", {})


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_what_is_no_place_is_none(written) -> None:
    assert Place.read(written) is None


@pytest.mark.parametrize(
    "wrong", [{"page": 1}, {"shown": ["x"]}, {"shown": {"ref": 1}}, {"at": {"number": -1}},
              {"at": {"kind": "x", "number": "1", "cursor": 0}}, {"more": ""}],
)  # fmt: skip
def test_a_place_with_a_part_of_another_kind_is_none(wrong) -> None:
    good = Place("owner", "people").written()
    assert Place.read(good) == Place("owner", "people")
    assert Place.read(json.dumps({**json.loads(good), **wrong})) is None


# every form with a draft


def drafts_in_the_program() -> set[tuple[str, bool]]:
    """Return the kind of every draft, and whether it is about something that is there."""
    named = re.compile(r'(?:\bdraft=|\bform = |DraftKeeper\(context, |\bstep=)f?"([^"]+)"')
    also = re.compile(r'else "([a-z_]+)"')
    found = set()
    for path in (ROOT / "ui/gdprdesk_ui").rglob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            names = named.findall(line)
            if names and (named.search(line) or also.search(line)):
                names += also.findall(line)
            for name in names:
                if "step=" in line:
                    found.add(("request", True))
                else:
                    kind, mark, _ref = name.partition(":" if ":" in name else ".")
                    found.add((kind, bool(mark)))
    return found


def test_every_form_with_a_draft_can_be_opened_again() -> None:
    drafts = drafts_in_the_program()
    assert ("order", True) in drafts
    assert ("order", False) in drafts
    assert ("instruction_done", True) in drafts
    missing = {
        (kind, known)
        for kind, known in drafts
        if kind not in (reopening._KNOWN if known else reopening._NEW)
    }
    assert missing == {(kind, False) for kind in INLINE}


@pytest.mark.parametrize("kind", sorted(reopening._NEW))
def test_a_form_for_something_new_is_opened_again(window, kind, tmp_path) -> None:
    reopen(window.context, kind, None)
    (form,) = window.findChildren(FormDialog)
    assert form.isVisible()
    assert form.findChild(DraftKeeper).form == kind


def _of_the_template(desk) -> dict[str, str]:
    text = desk.ask(list_consent_texts)[0]
    step = desk.ask(show_closing).groups[0].rows[0]
    activity = desk.ask(list_activities)[0].ref
    recipient = desk.ask(list_recipients)[0].ref
    return {
        "activity": activity,
        "assessment": activity,
        "screening": activity,
        "recipient": recipient,
        "evidence": recipient,
        "consent_words": f"{text.purpose}:{text.language}",
        "closing": step.key,
    }


def _made(desk, place: Path) -> dict[str, str]:
    paper = desk.run(
        add_paper, changes=PaperChanges(place="Skåpet", box="Låda 3", what="Beställningar")
    )
    clip = desk.run(
        keep_clip, camera="Port 2", from_at="2026-11-20 18:40", to_at="2026-11-20 18:55",
        why="Inbrott", release_on=TODAY,
    )  # fmt: skip
    salon = desk.run(add_controller, changes=ControllerChanges(name="Salong Klipp"))
    asked = desk.run(
        take_instruction, controller_ref=salon, kind=RequestKind.ACCESS, scope="Anna Ek"
    )
    place.mkdir()
    return {
        "paper": paper, "shred": paper, "clip_until": clip, "disclosure": clip,
        "served": salon, "served_end": salon, "settle": salon, "instruction": salon,
        "instruction_done": asked,
        "company": desk.run(add_company, name="Bageriet AB"),
        "call": desk.run(add_call, number="0701740645", summary="Frågar om tårtan"),
        "backup": desk.run(add_backup_place, folder=place),
    }  # fmt: skip


def test_every_form_about_what_is_there_is_opened_again(window, desk, tmp_path) -> None:
    invoiceable, karin = order(desk, person(desk)), person(desk, "Karin Holm")
    note = desk.run(add_note, subject_ref=karin, text="Ringer efter tre.")
    asked = desk.run(
        open_request, kind=RequestKind.RESTRICT, received_on=TODAY, channel=Channel.PHONE,
        subject_ref=karin,
    )  # fmt: skip
    breach = told(desk)
    abouts = {**_of_the_template(desk), **_made(desk, tmp_path / "stick"), "note": note,
              "order": invoiceable, "invoice": invoiceable}  # fmt: skip
    drafts = [f"{kind}:{about}" for kind, about in abouts.items()]
    steps = ("what", "data", "risk", "report", "unreported", "told", "notice", "untold")
    drafts += [f"breach:{breach}:{step}" for step in steps]
    cases = ("identity", "doubt", "authority", "extension", "decision", "answer", "remark",
             "correction", "restriction", "objection", "weighing")  # fmt: skip
    drafts += ["request.new", *(f"request.{step}.{asked.number}" for step in cases)]
    drafts += [f"journal_decision:{karin}", f"guardian:{karin}"]
    assert {draft.partition(":" if ":" in draft else ".")[0] for draft in drafts} == {
        *reopening._KNOWN
    } - {"leaving", "media_person", "media_published"}  # looked at where such are known
    for draft in drafts:
        reopen(window.context, draft, karin)
        (form,) = (one for one in window.findChildren(FormDialog) if one.isVisible())
        assert form.findChild(DraftKeeper).form == draft
        form.reject()


def test_a_form_whose_order_is_gone_is_not_opened(window) -> None:
    for kind in reopening._KNOWN:
        reopen(window.context, f"{kind}:zzz", None)
        reopen(window.context, f"{kind}:zzz:zzz", None)
    reopen(window.context, "no_such_form", None)
    assert not [one for one in window.findChildren(FormDialog) if one.isVisible()]
