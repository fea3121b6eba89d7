from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QRadioButton, QWidget

from gdprdesk.i18n import language
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import (
    Avatar,
    Banner,
    Button,
    Card,
    CardHeading,
    Chips,
    Choice,
    ChoiceTile,
    ConsentRow,
    CountHeading,
    DateField,
    Described,
    EmptyState,
    Fact,
    FlowLayout,
    FormField,
    GroupHeading,
    Icon,
    IconButton,
    IconTile,
    Label,
    Line,
    ListRow,
    Logo,
    MoneyField,
    OpenRow,
    PageHeading,
    PasswordField,
    Pill,
    SearchField,
    StepProgress,
    Switch,
    TaskRow,
    TextArea,
    all_right,
    column,
    holder,
    required,
    row,
    scrolling,
    time_label,
)
from gdprdesk_ui.widgets.typed import read_amount, read_day, write_amount, write_day
from tests.ui.accessibility import nameless

LONG = "Karin Holm & Co <b>Bageri</b> på Norrgatan, en lång rad som inte får plats"


def gallery() -> QWidget:
    """One of every widget."""
    tiles = (
        ChoiceTile("Café", "Orders", icon_name="coffee"),
        ChoiceTile("Maria", "Owner", person="Maria Lind"),
    )
    fields = (
        FormField("Name", QLineEdit(), hint="As she writes it."),
        FormField("Day", DateField(date(2026, 11, 21)), optional=True),
        FormField("Amount", MoneyField()),
        FormField("Password", PasswordField()),
        FormField("Note", TextArea("Write …")),
        FormField("Language", Choice([("sv", "Svenska"), ("nb", "Norsk")])),
    )
    steps = StepProgress(4)
    steps.set_step(2, "about 3 minutes left")
    return holder(
        column(
            PageHeading(
                "Karin", "Customer", [Button("New", "primary", "plus"), 12],
                person="Karin Holm", back=("People", lambda: None),
            ),
            Banner("warn", "Answer by Friday", "The rest can go.", [Button("Later", size="small")]),
            Card(
                CardHeading("To do", Button("All", "link")),
                CountHeading("trash-2", "danger", "Erased", "For good", count=14),
                GroupHeading("Customers"), Line(), Line(upright=True),
                TaskRow("inbox", "A request", "By e-mail", "Do", tone="warn", deadline="4 days"),
                ListRow(Avatar("Eva Lind", 30), "Cake", "Eva", Pill("Paid", "accent", "check")),
                OpenRow(time_label("11:00"), "Buns", "Anders"),
                Fact("Telephone", "070-174 06 45"),
                Described("Basis", Pill("Contract")),
            ),
            Chips([("all", "All"), ("some", "Some")], "Show"),
            SearchField("Name, telephone …"),
            Switch("Newsletter", on=True),
            ConsentRow("mail", "Newsletter", "Yes since May", state=True),
            ConsentRow("mail", "Offers", "Not asked", state=None),
            EmptyState("users", "Nobody yet", "Drop a file", [Button("Choose…")], takes_files=True),
            row(*tiles, IconTile("sun"), Icon("sun"), Logo(), IconButton("x", "Close")),
            QCheckBox("Letter"), QRadioButton("Now"), Label(LONG), steps, *fields,
        )
    )  # fmt: skip


def test_every_widget_is_painted_in_every_look(every_look, qtbot) -> None:
    shown = scrolling(gallery())
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    picture = shown.viewport().grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, 700, 7) for y in range(0, 600, 7)}) > 10


def test_everything_that_can_have_the_focus_has_a_name(theme, qtbot) -> None:
    shown = gallery()
    qtbot.addWidget(shown)
    assert nameless(shown) == []


def test_a_control_without_a_name_is_found(theme, qtbot) -> None:
    shown = holder(column(QLineEdit()))
    qtbot.addWidget(shown)
    assert nameless(shown) == ["QLineEdit"]


def test_a_line_gives_way_and_an_amount_does_not(theme, qtbot, show) -> None:
    line, amount = Label(LONG), Label("1 240,00 kr", keep=True, tabular=True)
    shown = holder(row(line, amount))
    qtbot.addWidget(shown)
    shown.resize(200, 40)
    shown.show()
    assert shown.width() == 200
    assert amount.width() >= amount.fontMetrics().horizontalAdvance(amount.text())
    assert line.textFormat() == Qt.TextFormat.PlainText


def test_text_and_signs_grow_with_the_text_size(theme, qtbot, show) -> None:
    label, pill, avatar = Label("Word"), Pill("Paid", "accent", "check"), Avatar("Karin Holm", 40)
    show(holder(row(label, pill, avatar, None)))
    before = label.height(), pill.width()
    theme.use(text_scale=1.5)
    qtbot.waitUntil(lambda: avatar.size() == QSize(60, 60))
    assert label.height() > before[0]
    assert pill.height() == 36
    assert pill.width() > before[1]


def test_an_ampersand_in_a_name_stays_one(theme, qtbot) -> None:
    button = Button("Bil & Båt")
    qtbot.addWidget(button)
    assert button.text() == "Bil && Båt"
    assert button.accessibleName() == "Bil & Båt"


def test_a_busy_button_keeps_its_width_and_comes_back(theme, qtbot, show) -> None:
    button = Button("Save everything now", "primary")
    show(button)
    width = button.width()
    button.set_busy("Saving …")
    assert not button.isEnabled()
    assert button.text() == "Save everything now"
    qtbot.waitUntil(lambda: button.text() == "Saving …")
    assert button.width() == width
    button.set_busy(None)
    assert button.isEnabled()
    assert button.text() == "Save everything now"


def test_arrow_keys_move_the_choice_of_a_filter(theme, qtbot, show) -> None:
    chips = Chips([("all", "All"), ("some", "Some")], "Show")
    show(chips)
    chips.buttons["all"].setFocus()
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.keyClick(chips.buttons["all"], Qt.Key.Key_Right)
    assert chosen.args == ["some"]
    assert chips.key() == "some"


def test_filters_that_do_not_fit_go_to_the_next_line(theme, qtbot) -> None:
    buttons = [Button(f"Filter number {number}") for number in range(6)]
    flow = FlowLayout(*buttons)
    shown = holder(flow)
    qtbot.addWidget(shown)
    assert flow.heightForWidth(2000) == buttons[0].sizeHint().height()
    assert flow.heightForWidth(buttons[0].sizeHint().width() + 1) == (
        6 * buttons[0].sizeHint().height() + 5 * 6
    )


def test_searching_waits_for_a_pause_and_escape_clears_at_once(theme, qtbot) -> None:
    field = SearchField("Name")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.searched) as searched:
        qtbot.keyClicks(field, "holm")
    assert searched.args == ["holm"]
    with qtbot.waitSignal(field.searched) as searched:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert searched.args == [""]
    with qtbot.waitSignal(field.left_down):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_a_field_says_what_is_wrong_when_it_is_left_and_keeps_what_was_typed(
    theme, qtbot, show
) -> None:
    edit, other = QLineEdit(), QLineEdit()
    name = FormField("Name", edit, check=required(edit.text, "Write a name."), hint="In full.")
    show(holder(column(name, other)))
    edit.setFocus()
    qtbot.keyClicks(edit, " ")
    assert name.sentence.text() == ""
    other.setFocus()
    assert name.sentence.text() == "Write a name."
    assert edit.text() == " "
    assert edit.accessibleDescription() == "Write a name."
    assert edit.property("error") == "true"
    edit.setText("Karin")
    assert name.is_right()
    assert edit.accessibleDescription() == "In full."


def test_the_cursor_goes_to_the_first_wrong_field(theme, qtbot, show) -> None:
    edits = QLineEdit("Karin"), QLineEdit(), QLineEdit()
    fields = [FormField("F", edit, check=required(edit.text, "Write it.")) for edit in edits]
    show(holder(column(*fields)))
    assert not all_right(fields)
    assert QApplication.focusWidget() is edits[1]


def test_the_eye_shows_the_password_and_clearing_hides_it_again(theme, qtbot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    qtbot.keyClicks(field.edit, "kardemumma")
    qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert field.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert field.eye.accessibleName() == "Hide the password"
    field.clear()
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password
    assert field.text() == ""


def test_caps_lock_is_noticed_by_what_it_does(theme, qtbot) -> None:
    field = PasswordField()
    qtbot.addWidget(field)
    qtbot.keyClick(field.edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert field.caps_note.isHidden()
    qtbot.keyClick(field.edit, "A")  # a capital letter without Shift
    assert not field.caps_note.isHidden()
    qtbot.keyClick(field.edit, "a")
    assert field.caps_note.isHidden()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("20261121", date(2026, 11, 21)),
        ("21.11.2026", date(2026, 11, 21)),
        ("1/2/2026", date(2026, 2, 1)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("2026-02-29", None),
        ("21/11", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day) -> None:
    assert read_day(typed) == day


@pytest.mark.parametrize(
    ("code", "written"), [("sv", "2026-12-31"), ("nb", "31.12.2026"), ("en", "31/12/2026")]
)
def test_a_day_is_written_as_the_language_writes_it(code, written) -> None:
    with language(code):
        assert write_day(date(2026, 12, 31)) == written
        assert read_day(written) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1240", "1240.00"),
        ("1 240,5", "1240.50"),
        ("1\N{NO-BREAK SPACE}240,50 kr", "1240.50"),
        ("1240.5", "1240.50"),
        ("1.240,50", "1240.50"),
        ("1,240.50", "1240.50"),
        ("-20", "-20.00"),
        ("1,5,0", None),
        ("12,345", "12345.00"),
        ("1,2345", None),
        ("many", None),
        ("", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount) -> None:
    assert read_amount(typed) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("code", ["sv", "nb", "en"])
def test_an_amount_that_was_written_can_be_read(code) -> None:
    with language(code):
        assert read_amount(write_amount(Decimal("1234567.89"))) == Decimal("1234567.89")


def test_a_day_is_tidied_and_a_wrong_one_is_explained(theme, qtbot) -> None:
    field = DateField()
    qtbot.addWidget(field)
    assert field.day() is None
    assert field.problem() is None
    qtbot.keyClicks(field.edit, "2026-3-9")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text() == "09/03/2026"
    field.edit.setText("soon")
    assert field.problem() == "Write the day like this: 31/12/2026"


def test_a_day_can_be_picked_in_the_calendar(theme, qtbot, show) -> None:
    field = DateField(date(2026, 11, 21))
    show(field)
    qtbot.mouseClick(field.button, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    calendar = popup.findChild(QWidget, "qt_calendar_calendarview")
    qtbot.keyClick(calendar, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert field.day() == date(2026, 11, 22)


def test_an_amount_is_tidied_when_it_is_left(theme, qtbot) -> None:
    field = MoneyField()
    qtbot.addWidget(field)
    qtbot.keyClicks(field.edit, "1240,5")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text() == "1,240.50"
    assert field.amount() == Decimal("1240.50")
    field.edit.setText("many")
    assert field.problem() == "Write the amount like this: 1,240.50"


def test_a_consent_shows_what_is_kept_not_what_was_clicked(theme, qtbot, show) -> None:
    consent = ConsentRow("mail", "Newsletter", "Yes since May", state=True)
    show(consent)
    with qtbot.waitSignal(consent.withdrawn):
        qtbot.keyClick(consent.switch, Qt.Key.Key_Space)
    assert consent.switch.isChecked()
    consent.set_state(None, "Not asked")
    assert consent.switch.isHidden()
    with qtbot.waitSignal(consent.asked):
        qtbot.mouseClick(consent.ask_button, Qt.MouseButton.LeftButton)


def test_a_file_can_be_dropped_on_an_empty_page(theme, qtbot, tmp_path) -> None:
    file = tmp_path / "kunder.csv"
    page = EmptyState("users", "Nobody yet", "Drop a file", takes_files=True)
    qtbot.addWidget(page)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(page.dropped) as dropped:
        page.dropEvent(drop)
    assert dropped.args == [Path(file)]


def test_the_wheel_does_not_turn_a_choice_by_accident(theme, qtbot) -> None:
    choice = Choice([("sv", "Svenska"), ("nb", "Norsk")])
    qtbot.addWidget(choice)
    choice.set_value("nb")
    assert choice.value() == "nb"
    with qtbot.waitSignal(choice.picked) as picked:
        qtbot.keyClick(choice, Qt.Key.Key_Up)
    assert picked.args == ["sv"]


def test_a_choice_of_tiles_is_moved_by_arrow_keys(theme, qtbot, show) -> None:
    tiles = [ChoiceTile(name, "", icon_name="coffee") for name in ("Café", "Therapy")]
    show(holder(row(*tiles)))
    tiles[0].setChecked(True)
    tiles[0].setFocus()
    qtbot.keyClick(tiles[0], Qt.Key.Key_Right)
    assert tiles[1].isChecked()
    assert not tiles[0].isChecked()


def test_widths_in_digits_are_wide_enough(theme, qtbot) -> None:
    label = time_label("11:00")
    qtbot.addWidget(label)
    assert label.width() == ch(6)
    assert label.fontMetrics().horizontalAdvance("11:00") <= label.width()
