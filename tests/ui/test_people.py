import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent

from gdprdesk.domain.terms import ConsentMethod, Decision, SubjectKind
from gdprdesk.services.companies import add_company, list_companies
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.notes import load_draft
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects, register_subject
from gdprdesk_ui.dialogs.company_form import CompanyForm
from gdprdesk_ui.dialogs.import_people import ImportPeople
from gdprdesk_ui.dialogs.person_form import PersonForm
from gdprdesk_ui.pages.people import PeoplePage
from gdprdesk_ui.pages.people.columns import PeopleModel
from tests.builders import order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, has_focus, opened, press, write

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NAMES = ("Karin Holm", "Anders Nyberg", "Berit Åkesson", "Lars-Erik Holmgren", "Örjan Ek")


@pytest.fixture
def filled(desk):
    """Five people: Karin with a phone, Berit says yes to the newsletter, Örjan has a company."""
    company = desk.run(add_company, name="Sjöviks Båtklubb")
    for name in _NAMES:
        known = {"phone": "070-174 06 45"} if name == "Karin Holm" else {}
        if name == "Örjan Ek":
            known = {"kind": SubjectKind.COMPANY_CONTACT, "company_ref": company}
        person(desk, name, **known)
    berit = desk.ask(list_subjects, search="berit").rows[0].ref
    newsletter = next(t for t in desk.ask(list_consent_texts) if t.purpose == "newsletter")
    desk.run(
        record_consent,
        subject_ref=berit,
        text_ref=newsletter.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.WEB_FORM,
    )
    return desk


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("people")
        yield made


def names(page: PeoplePage) -> list[str]:
    rows = (page.model.row(number) for number in range(page.model.rowCount()))
    return [row.name for row in rows if row is not None]


def searched(qtbot, page: PeoplePage, words: str) -> list[str]:
    page.search.clear()
    with qtbot.waitSignal(page.search.searched):
        write(page.search, words)
    return names(page)


def test_a_closed_window_asks_nothing_more_of_a_locked_register(
    filled, theme, show, clock, qtbot
) -> None:
    with opened(filled, theme, show, clock) as window:
        window.navigate("people")
        page = window.page()
        write(page.search, "karin")
        person(filled, "Karin Ek")  # the window hears of it only after it was closed
        window.close()
        filled.lock()
        assert not [timer for timer in window.findChildren(QTimer) if timer.isActive()]
        theme.use(text_scale=1.5)
        window.resize(1400, 900)
        qtbot.wait(1)  # what was under way arrives


def test_the_model_keeps_qts_contract(filled, context, qtbot, qtmodeltester) -> None:
    page = PeoplePage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert page.model.PAGE == PeopleModel.PAGE == 50
    qtmodeltester.check(page.model)


def test_everything_has_a_name_and_is_painted_in_every_look(
    filled, context, qtbot, every_look
) -> None:
    page = PeoplePage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert nameless(page) == []
    assert not page.grab().isNull()


def test_a_search_begins_at_the_first_letters_and_marks_them(filled, window, qtbot) -> None:
    page = window.page()
    assert names(page) == [
        "Anders Nyberg", "Berit Åkesson", "Karin Holm", "Lars-Erik Holmgren", "Örjan Ek",
    ]  # fmt: skip
    assert searched(qtbot, page, "holm") == ["Karin Holm", "Lars-Erik Holmgren"]
    assert page.table.itemDelegate().needle == "holm"
    assert page._count.text() == "2 of 5 people"
    assert searched(qtbot, page, "1740645") == ["Karin Holm"]
    press(qtbot, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page._count.text() == "5 people"


def test_the_chips_show_some_of_them(filled, window, qtbot) -> None:
    page = window.page()
    click(qtbot, page.chips.buttons["newsletter"])
    assert names(page) == ["Berit Åkesson"]
    click(qtbot, page.chips.buttons["contacts"])
    assert names(page) == ["Örjan Ek"]
    click(qtbot, page.chips.buttons["customers"])
    assert "Örjan Ek" not in names(page)
    assert page.table.model().index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole).endswith("no")


def test_one_without_hits_can_be_added_with_the_name_that_was_looked_for(
    filled, window, qtbot
) -> None:
    page = window.page()
    assert searched(qtbot, page, "zlatan") == []
    assert page.no_hit.title.text() == "No hits for “zlatan”"
    assert page.add_button.text().strip() == "Add zlatan"
    click(qtbot, page.add_button)
    assert dialog(qtbot, window, PersonForm).name.text() == "zlatan"


def test_enter_in_the_search_or_in_the_table_opens_the_person(filled, window, qtbot) -> None:
    page = window.page()
    searched(qtbot, page, "karin")
    press(qtbot, Qt.Key.Key_Return)
    assert window.page().heading.title.text() == "Karin Holm"
    press(qtbot, Qt.Key.Key_Escape)
    assert window.page() is page
    assert page.search.text() == "karin"
    press(qtbot, Qt.Key.Key_Down)
    assert has_focus(page.table)
    press(qtbot, Qt.Key.Key_Return)
    assert window.page().heading.title.text() == "Karin Holm"


def test_the_one_chosen_is_looked_at_beside_the_list(filled, window, qtbot) -> None:
    page = window.page()
    order(filled, filled.ask(list_subjects, search="anders").rows[0].ref)
    page.table.selectRow(2)
    assert page.preview.name.text() == "Karin Holm"
    click(qtbot, page.preview.open_button)
    assert window.page().heading.title.text() == "Karin Holm"


def test_the_look_beside_the_list_goes_when_there_is_no_room(filled, window, qtbot) -> None:
    page = window.page()
    assert page.preview.isVisible()
    window.resize(1024, 700)
    assert not page.preview.isVisible()
    page.table.selectRow(0)
    window.resize(1280, 800)
    assert page.preview.name.text() == "Anders Nyberg"


def test_an_empty_register_says_how_to_begin(window, qtbot) -> None:
    page = window.page()
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    assert has_focus(page.choose_button)
    click(qtbot, page.first_button)
    assert dialog(qtbot, window, PersonForm).isVisible()


def test_a_list_dropped_on_an_empty_register_is_read(window, qtbot, tmp_path) -> None:
    page = window.page()
    path = tmp_path / "kunder.csv"
    path.write_bytes("Namn;E-post\r\nKarin Holm;karin@example.se\r\n".encode("cp1252"))
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    button, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(20, 20)
    page.empty.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, carried, button, held))
    form = dialog(qtbot, window, ImportPeople)
    qtbot.waitUntil(lambda: form.columns is not None, timeout=20_000)
    form.reject()


def test_a_person_is_added_and_her_page_opens_and_undo_takes_her_away(window, qtbot) -> None:
    press(qtbot, Qt.Key.Key_N, CONTROL | SHIFT)
    form = dialog(qtbot, window, PersonForm)
    write(form.name, "Åsa  Öberg")
    write(form.phone.edit, "0701740645")
    write(form.email.edit, "Asa@Example.se")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: window._shown[0] == "person")
    assert window.page().heading.title.text() == "Åsa Öberg"
    row = window.context.desk.ask(list_subjects).rows[0]
    assert (row.name, row.phone, row.email) == ("Åsa Öberg", "070-174 06 45", "Asa@example.se")
    assert window.toast.words.text() == "Åsa Öberg is in the register now"
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: window.context.desk.ask(list_subjects).total == 0)
    qtbot.waitUntil(lambda: window._shown[0] == "people")
    assert not [one for one in window.findChildren(PersonForm) if one.isVisible()]


def test_what_is_wrong_stands_under_its_field_and_nothing_is_lost(window, qtbot) -> None:
    window.open_page("people", new=True)
    form = dialog(qtbot, window, PersonForm)
    write(form.name, "Åsa Öberg")
    write(form.phone.edit, "not a number")
    click(qtbot, form.verb_button)
    assert form.phone.sentence.text() == "Write the phone number like this: 070-174 06 45"
    assert has_focus(form.phone.edit)
    assert form.phone.edit.text() == "not a number"
    assert window.context.desk.ask(list_subjects).total == 0
    assert nameless(form) == []


def test_somebody_known_is_recognised_while_typing(filled, window, qtbot) -> None:
    window.open_page("people", new=True)
    form = dialog(qtbot, window, PersonForm)
    write(form.name, "Karin Ek")
    write(form.phone.edit, "+46 70 174 06 45")
    qtbot.waitUntil(form.warning.isVisible)
    assert form.warning.title.text() == "Karin Holm is in the register already"
    assert form.warning.sentence.text() == "The same: 070-174 06 45"
    click(qtbot, form.open_button)
    assert window.page().heading.title.text() == "Karin Holm"


def test_a_half_filled_form_comes_back_until_it_is_left(window, qtbot) -> None:
    window.open_page("people", new=True)
    form = dialog(qtbot, window, PersonForm)
    write(form.name, "Åsa")
    desk = window.context.desk
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="person").get("name") == "Åsa")
    form.hide()  # as when the window is locked
    window.open_page("people", new=True)
    again = dialog(qtbot, window, PersonForm)
    assert again.name.text() == "Åsa"
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.ask(load_draft, form="person") == {})


def test_a_contact_at_a_new_company_is_added_in_one_go(window, qtbot) -> None:
    window.open_page("people", new=True)
    form = dialog(qtbot, window, PersonForm)
    write(form.name, "Örjan Ek")
    assert not form.company.isVisible()
    form.kind.set_value(SubjectKind.COMPANY_CONTACT)
    form.kind.activated.emit(form.kind.currentIndex())
    click(qtbot, form.company.new_button)
    company = dialog(qtbot, window, CompanyForm)
    write(company.name, "Sjöviks Båtklubb")
    write(company.org_number, "556036-0794")
    click(qtbot, company.verb_button)
    assert "check digit" in company._fields[1].sentence.text()
    company.org_number.setText("556036-0793")
    click(qtbot, company.verb_button)
    qtbot.waitUntil(lambda: bool(form.company.ref()))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: window._shown[0] == "person")
    desk = window.context.desk
    assert desk.ask(list_companies)[0].contacts == 1
    found = desk.ask(list_subjects).rows[0]
    assert found.company == "Sjöviks Båtklubb"


def test_search_or_do_finds_people_orders_and_deeds(filled, window, qtbot) -> None:
    karin = filled.ask(list_subjects, search="karin").rows[0].ref
    order(filled, karin, what="Smörgåstårta, 20 bitar")
    window.search()
    palette = window.palette_overlay
    with qtbot.waitSignal(palette.field.searched):
        write(palette.field, "karin")
    model = palette.results.entries
    lines = [model.data(model.index(line)) for line in range(model.rowCount())]
    assert lines[:5] == [
        "People",
        "Karin Holm, 070-174 06 45",
        "Do",
        "New order for Karin Holm",
        "Give Karin Holm a copy of everything…",
    ]
    assert any(line.startswith("1001  Smörgåstårta, 20 bitar, Karin Holm") for line in lines)
    press(qtbot, Qt.Key.Key_Return)
    assert window.page().heading.title.text() == "Karin Holm"


def test_what_is_found_nowhere_can_be_added_from_search_or_do(window, qtbot) -> None:
    window.search()
    palette = window.palette_overlay
    with qtbot.waitSignal(palette.field.searched):
        write(palette.field, "zlatan")
    press(qtbot, Qt.Key.Key_Return)
    assert dialog(qtbot, window, PersonForm).name.text() == "zlatan"


def test_a_person_registered_elsewhere_appears_at_once(filled, window, qtbot) -> None:
    ref = filled.run(register_subject, name="Ada Berg")
    qtbot.waitUntil(lambda: names(window.page())[0] == "Ada Berg")
    assert filled.ask(show_subject, subject_ref=ref).place == 1
