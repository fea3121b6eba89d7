import pytest
from PySide6.QtCore import Qt

from gdprdesk.services.paging import Page
from gdprdesk_ui.models.cells import PersonCell, PillCell, SignCell, TextCell, TwoLineCell
from gdprdesk_ui.models.entries import Entry, EntryModel, Section
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import EntryList, Table
from tests.ui.accessibility import nameless

NAMES = tuple(f"Person {number:03}" for number in range(450))

SECTIONS = [
    Section(
        "October",
        (
            Entry("Order 2210", "Fetched", icon="cake-slice", pill=("Fetched", "accent"), key=1),
            Entry("Invoice 1041", icon="receipt-text", end="31 Oct", key=2),
        ),
    ),
    Section("Nothing here", ()),
    Section("May", (Entry("Karin Holm", avatar="Karin Holm", end_icon=("eye", "warn"), key=3),)),
]


@pytest.fixture
def model(qapp):
    """450 people of whom only the pages shown are read."""
    made = PagedTableModel(
        [
            Column(
                "Name",
                lambda name: name,
                cell=lambda name: PersonCell(name, f"{name.lower()}@example.se", "Supplier"),
            ),
            Column("Day", lambda _name: "21 Nov", width=10),
            Column("Amount", lambda _name: "1 240,00", right=True, width=12),
            Column("Two", lambda name: name, cell=lambda name: TwoLineCell(name, "More")),
            Column(
                "Pill", lambda _name: "", cell=lambda _name: PillCell("Paid", "accent"), width=9
            ),
            Column(
                "Signs",
                lambda _name: "",
                cell=lambda _name: SignCell((("mail", True, "letter yes"), ("eye", False, "no"))),
                width=9,
            ),
            Column("Text", lambda _name: "", cell=lambda _name: TextCell("9", right=True), width=5),
        ],
        lambda offset, limit: Page(NAMES[offset : offset + limit], len(NAMES)),
    )
    made.reload()
    return made


@pytest.fixture
def table(model, theme, qtbot):
    made = Table(model, "People")
    qtbot.addWidget(made)
    made.resize(1000, 400)
    return made


@pytest.fixture
def entries(theme, qtbot):
    made = EntryList("History")
    qtbot.addWidget(made)
    made.show_sections(SECTIONS)
    return made


def test_the_models_keep_qts_contract(model, entries, qtmodeltester) -> None:
    qtmodeltester.check(model)
    qtmodeltester.check(entries.entries)


def test_tables_and_lists_are_painted_in_every_look(every_look, model, qtbot) -> None:
    table, rail, rows = Table(model, "People"), EntryList("H", "rail"), EntryList("R")
    table.mark("person 00")
    for entry_list in (rail, rows):
        entry_list.show_sections(SECTIONS)
        entry_list.choose(2)
    for view in (table, rail, rows):
        qtbot.addWidget(view)
        view.resize(1000, 400)
        picture = view.grab().toImage()
        assert len({picture.pixel(x, y) for x in range(0, 900, 5) for y in range(9, 390, 5)}) > 10


def test_a_search_is_marked_where_it_stands(table) -> None:
    plain = table.grab().toImage()
    table.mark("001")
    assert table.grab().toImage() != plain


def test_a_screen_reader_hears_what_is_painted(model) -> None:
    spoken = [
        model.index(1, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(7)
    ]
    assert spoken == [
        "Person 001, Supplier, person 001@example.se",
        "21 Nov",
        "1 240,00",
        "Person 001, More",
        "Paid",
        "letter yes, no",
        "9",
    ]


def test_enter_opens_the_row_and_arrows_choose_another(table, qtbot) -> None:
    table.selectRow(0)
    with qtbot.waitSignal(table.row_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args == ["Person 001"]
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["Person 001"]
    assert table.current() == "Person 001"


def test_a_table_without_rows_says_that_none_is_chosen(theme, qtbot) -> None:
    model = PagedTableModel([Column("Name", str)], lambda _offset, _limit: Page((), 0))
    table = Table(model, "People")
    qtbot.addWidget(table)
    with qtbot.waitSignal(table.row_chosen) as chosen:
        model.reload()
    assert chosen.args == [None]
    assert table.current() is None


def test_columns_grow_with_the_text_and_can_be_hidden(table, theme) -> None:
    narrow = table.columnWidth(1)
    assert narrow > ch(10)
    table.show()
    theme.use(text_scale=1.5)
    assert table.columnWidth(1) > narrow
    assert table.rowHeight(0) == 78
    table.set_columns_shown([0, 1])
    assert [table.isColumnHidden(column) for column in range(3)] == [False, False, True]


def test_tables_and_lists_have_names(table, entries) -> None:
    assert nameless(table) == []
    assert nameless(entries) == []


def test_headings_are_passed_over(entries, qtbot) -> None:
    entries.choose_first()
    assert entries.current().key == 1
    entries.move_choice(+1)
    with qtbot.waitSignal(entries.entry_chosen) as chosen:
        entries.move_choice(+1)
    assert chosen.args[0].title == "Karin Holm"
    entries.move_choice(+1)
    assert entries.current().key == 3


def test_a_chosen_entry_stays_chosen_when_the_list_is_read_again(entries) -> None:
    entries.choose(2)
    entries.show_sections(list(reversed(SECTIONS)))
    assert entries.current().key == 2
    entries.show_sections(SECTIONS[2:])
    assert entries.current() is None


def test_enter_opens_an_entry(entries, qtbot) -> None:
    entries.choose(2)
    with qtbot.waitSignal(entries.opened) as opened:
        qtbot.keyClick(entries, Qt.Key.Key_Return)
    assert opened.args[0].title == "Invoice 1041"


def test_an_entry_is_read_out_with_its_pill_and_its_day(entries) -> None:
    model = entries.entries
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Order 2210, Fetched, Fetched"
    )
    assert model.index(2, 0).data() == "Invoice 1041, 31 Oct"
    assert model.index(0, 0).data() == "October"
    assert model.index(0, 0).data(EntryModel.ENTRY) is None
