import pytest

from gdprdesk.domain.columns import Field
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.import_mappings import list_mappings
from gdprdesk.services.notes import add_note
from gdprdesk.services.people_review import Choice as Fate
from gdprdesk.services.persons import show_subject
from gdprdesk.services.stop_list import check_stop
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.import_batches import ImportBatches
from gdprdesk_ui.dialogs.import_columns import ColumnsStep
from gdprdesk_ui.dialogs.import_people import ImportPeople, import_people
from gdprdesk_ui.dialogs.vouchers import VouchersNaming
from gdprdesk_ui.widgets import Label
from tests import lists
from tests.builders import person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened

_ROWS = (
    "Namn;E-post;Telefon;Ort;Personnr",
    "Åsa Öberg;asa@example.se;070-111 22 33;Lund;",
    "Bo Ek;bo@example.se;;;",
    "Karin Holm;karin@example.se;070-999 88 77;;",
    "Knut Holm;karin@example.se;;;",
    "Fel Adress;inte en adress;;;",
)


@pytest.fixture
def karin(desk):
    return person(desk, "Karin Holm", email="karin@example.se")


@pytest.fixture
def window(desk, karin, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("people")
        yield made


@pytest.fixture
def form(window, qtbot, tmp_path):
    """The list of six rows is read; its columns are to be matched."""
    path = tmp_path / "kunder.csv"
    path.write_bytes("\r\n".join(_ROWS).encode("cp1252"))
    click(qtbot, window.page().import_button)
    made = dialog(qtbot, window, ImportPeople)
    ask.next_answer(path)
    click(qtbot, made.verb_button)
    qtbot.waitUntil(lambda: made.columns is not None, timeout=20_000)
    return made


def reviewed(qtbot, form):
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.review is not None, timeout=20_000)
    return form.review


def test_columns_are_guessed_and_one_field_is_given_once(form) -> None:
    assert form.columns.fields() == (
        Field.NAME, Field.EMAIL, Field.PHONE, Field.CITY, Field.IDENTITY_NUMBER,
    )  # fmt: skip
    assert nameless(form) == []
    city = form.columns.choices[3]
    city.set_value(Field.NAME)
    city.activated.emit(city.currentIndex())
    assert form.columns.fields()[0] is Field.IGNORE


def test_without_names_it_says_what_is_missing_and_saves_nothing(form, desk, qtbot) -> None:
    form.columns.choices[0].set_value(Field.IGNORE)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert form.problem.title.text() == "Say which column holds the names. Nothing was saved."
    assert desk.ask(list_subjects).total == 1


def test_every_row_is_looked_through_and_saved_with_undo(form, window, desk, karin, qtbot) -> None:
    review = reviewed(qtbot, form)
    assert [button.text() for button in review.chips.buttons.values()] == [
        "All 5", "New 2", "Possible duplicates 2", "Cannot be taken in 1",
    ]  # fmt: skip
    assert nameless(form) == []
    click(qtbot, review.chips.buttons["wrong"])
    assert review._said.text() == (
        "Row 6: Fel Adress. Write the e-mail address like this: name@example.com"
    )
    assert not review.fate.isVisible()
    assert form.verb_button.text().strip() == "Save 4 people"
    click(qtbot, review.chips.buttons["duplicate"])
    assert review.fate.key() == Fate.MERGE.value
    review.table.selectRow(1)
    assert review.fate.key() == Fate.ADD.value
    click(qtbot, review.fate.buttons[Fate.SKIP.value])
    assert form.verb_button.text().strip() == "Save 3 people"
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_subjects).total == 3)
    found = {one.value for one in desk.ask(show_subject, subject_ref=karin).contacts}
    assert found == {"karin@example.se", "070-999 88 77"}
    qtbot.waitUntil(window.toast.isVisible)
    assert window.toast.words.text() == "2 people added, 1 person got more"
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: desk.ask(list_subjects).total == 1)


def test_all_possible_duplicates_are_decided_together(form, desk, qtbot) -> None:
    review = reviewed(qtbot, form)
    review.bulk.set_value(Fate.SKIP)
    review.bulk.activated.emit(review.bulk.currentIndex())
    assert form.verb_button.text().strip() == "Save 2 people"
    review.bulk.set_value(None)
    review.bulk.activated.emit(review.bulk.currentIndex())
    assert form.verb_button.text().strip() == "Save 4 people"
    form.reject()
    assert desk.ask(list_subjects).total == 1


def test_a_file_that_is_no_list_is_explained_and_another_can_be_chosen(
    window, qtbot, tmp_path
) -> None:
    path = tmp_path / "tom.csv"
    path.touch()
    click(qtbot, window.page().import_button)
    form = dialog(qtbot, window, ImportPeople)
    form.read(path)
    qtbot.waitUntil(form.problem.isVisible)
    assert form.problem.title.text().startswith("The file is empty.")
    assert form.choose.isVisible()
    assert form.verb_button.isEnabled()


def test_back_leads_to_the_columns_and_the_file(form, qtbot) -> None:
    reviewed(qtbot, form)
    click(qtbot, form.back_button)
    assert form.columns.isVisible()
    click(qtbot, form.back_button)
    assert form.choose.isVisible()
    assert not form.back_button.isVisible()


def test_the_reading_stops_when_the_form_is_left(window, desk, qtbot, tmp_path) -> None:
    path = tmp_path / "stor.csv"
    path.write_bytes(b"Namn;E-post\r\n" + b"Bo Ek;bo@example.se\r\n" * 90_000)
    click(qtbot, window.page().import_button)
    form = dialog(qtbot, window, ImportPeople)
    form.read(path)
    form.reject()
    assert window.operations.wait(10_000)
    assert desk.ask(list_subjects).total == 1


FILES = {
    "xlsx": lambda place: lists.workbook(
        place / "a.xlsx", ("Karin Holm", "KARIN@example.se", ""), ("Bo Ek", "bo@example.se", "")
    ),
    "mailchimp": lambda place: lists.mailchimp(
        place / "a.csv",
        lists.SUBSCRIBED,
        {"Email Address": "karin@example.se", "First Name": "Karin", "Last Name": "Holm"},
        {"Email Address": "bo@example.se"},
    ),
    "vcard": lambda place: lists.address_book(
        place / "a.vcf", ("Karin Holm", "karin@example.se", ""), ("Bo", "bo@example.se", "")
    ),
}


@pytest.fixture(params=FILES)
def a_list(request, tmp_path):
    return FILES[request.param](tmp_path)


def test_whoever_was_erased_is_a_group_of_its_own_with_the_reason(
    window, desk, karin, qtbot, a_list
) -> None:
    desk.run(erase_subject, subject_ref=karin)
    form = import_people(window.page().context, a_list)
    qtbot.waitUntil(lambda: form.columns is not None, timeout=20_000)
    review = reviewed(qtbot, form)
    assert [button.text() for button in review.chips.buttons.values()] == [
        "All 2", "New 1", "Left out 1",
    ]  # fmt: skip
    click(qtbot, review.chips.buttons["stopped"])
    assert review._said.text().endswith(
        "Left out: erased at her own request on 21 November 2026. She can still order herself."
    )
    assert not review.fate.isVisible()
    assert nameless(form) == []
    assert form.verb_button.text().strip() == "Save 1 person"
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_subjects).total == 1)
    assert desk.ask(list_subjects, search="karin").total == 0


def test_a_list_of_those_who_want_no_letters_stops_letters_and_adds_nobody(
    window, desk, qtbot, tmp_path
) -> None:
    gone = {"Email Address": "asa@example.se", "UNSUB_TIME": "2026-03-03 10:11:12"}
    path = lists.mailchimp(tmp_path / "u.csv", lists.UNSUBSCRIBED, gone)
    form = import_people(window.page().context, path)
    qtbot.waitUntil(lambda: form.columns is not None, timeout=20_000)
    review = reviewed(qtbot, form)
    assert "No more letters 1" in [button.text() for button in review.chips.buttons.values()]
    assert form.verb_button.text().strip() == "Stop letters to 1"
    click(qtbot, form.verb_button)
    qtbot.waitUntil(window.toast.isVisible)
    assert window.toast.words.text() == "0 people added, 1 without letters"
    assert desk.ask(check_stop, value="asa@example.se").found
    assert desk.ask(list_subjects).total == 1


def test_a_matching_is_remembered_offered_again_and_forgotten(form, window, desk, qtbot) -> None:
    bar = form.columns.matching
    assert not bar.said.isVisible()
    form.columns.choices[3].set_value(Field.NOTE)
    click(qtbot, bar.keep_button)
    qtbot.waitUntil(bar.problem.isVisible)
    bar.name.setText("Kassan")
    click(qtbot, bar.keep_button)
    qtbot.waitUntil(lambda: bool(desk.ask(list_mappings)))
    qtbot.waitUntil(bar.forget_button.isVisible)
    form.reject()
    again = ColumnsStep(window.page().context, form._grid, lambda: None)
    qtbot.addWidget(again)
    assert again.fields()[3] is Field.NOTE
    assert again.matching.said.title.text() == "Matched as last time: Kassan."
    again.matching._forget()
    qtbot.waitUntil(lambda: not desk.ask(list_mappings))


def test_a_whole_import_is_taken_back_from_the_list_of_them(form, window, desk, qtbot) -> None:
    reviewed(qtbot, form)
    with qtbot.waitSignal(form.finished):
        click(qtbot, form.verb_button)
    assert desk.ask(list_subjects).total == 4
    asa = desk.ask(list_subjects, search="Åsa").rows[0]
    desk.run(add_note, subject_ref=asa.ref, text="Ringde")
    click(qtbot, window.page().import_button)
    made = dialog(qtbot, window, ImportPeople)
    click(qtbot, made.earlier_button)
    listed = dialog(qtbot, window, ImportBatches)
    assert nameless(listed) == []
    assert not listed.verb_button.isEnabled()
    (look,) = listed.buttons
    click(qtbot, look)
    words = [one.text() for one in listed.findChildren(Label)]
    assert any(one.startswith("Åsa Öberg: New note") for one in words)
    assert not any(one.startswith("0 ") for one in words)
    click(qtbot, listed.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_subjects).total == 2)
    qtbot.waitUntil(window.toast.isVisible)


def test_a_bookkeeping_file_shows_who_is_named(window, karin, qtbot, tmp_path) -> None:
    path = tmp_path / "2026.se"
    path.write_bytes(
        '#FLAGGA 0\r\n#SIETYP 4\r\n#VER A 7 20260105 "Tårta K. Holm"\r\n'.encode("cp437")
    )
    import_people(window.page().context, path)
    shown = dialog(qtbot, window, VouchersNaming)
    assert nameless(shown) == []
    assert shown.model.rowCount() == 1
    shown.table.opened.emit(shown._found[0])
    qtbot.waitUntil(lambda: not shown.isVisible())


def test_a_calendar_is_looked_through_as_bookings(window, karin, qtbot, tmp_path) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1"]
    lines += ["DTSTART:20261201T080000Z", "SUMMARY:Samtal", "END:VEVENT", "END:VCALENDAR"]
    path = tmp_path / "b.ics"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    form = import_people(window.page().context, path)
    qtbot.waitUntil(lambda: form.columns is not None, timeout=20_000)
    reviewed(qtbot, form)
    assert form.verb_button.text().strip() == "Save 1 booking"
