"""Qt's own words are in the language of the program, as the widgets show them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDialogButtonBox,
    QFileDialog,  # noqa: TID251  # the very window whose words are read here
    QLabel,
    QLineEdit,
    QToolButton,
    QTreeView,
)

from gdprdesk.i18n import use_language
from gdprdesk_ui.qt_translator import QT_WORDS, QtTranslator, translate_qt

Button = QDialogButtonBox.StandardButton


@pytest.fixture
def speak(qapp) -> Iterator[object]:
    """Let the program speak a language, and English again after the test."""

    def speak(code: str) -> None:
        use_language(code)
        translate_qt(qapp)

    yield speak
    speak("en")


def _plain(text: str) -> str:
    return text.replace("&", "").partition("\t")[0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sv", ["Spara", "Avbryt", "Ja", "Nej", "Kasta", "Öppna"]),
        ("nb", ["Lagre", "Avbryt", "Ja", "Nei", "Forkast", "Åpne"]),
        ("en", ["Save", "Cancel", "Yes", "No", "Discard", "Open"]),
    ],
)
def test_buttons(speak, qtbot, code, words) -> None:
    speak(code)
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    kinds = (Button.Save, Button.Cancel, Button.Yes, Button.No, Button.Discard, Button.Open)
    assert [_plain(box.addButton(kind).text()) for kind in kinds] == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sv", ["Ångra", "Gör om", "Klipp ut", "Kopiera", "Klistra in", "Ta bort", "Markera allt"]),
        ("nb", ["Angre", "Gjør om", "Klipp ut", "Kopier", "Lim inn", "Fjern", "Merk alt"]),
    ],
)
def test_menu_of_a_text_field(speak, qtbot, code, words) -> None:
    speak(code)
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert [_plain(one.text()) for one in menu.actions() if not one.isSeparator()] == words
    menu.deleteLater()


@pytest.mark.parametrize("code", ["sv", "nb"])
def test_file_window_holds_no_english(speak, qtbot, code, tmp_path) -> None:
    speak(code)
    window = QFileDialog(None, "", str(tmp_path))
    window.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(window)
    window.show()
    english = {_plain(word) for word in QT_WORDS} - {"OK", "Type"}
    shown = {_plain(label.text()) for label in window.findChildren(QLabel)}
    shown |= {_plain(button.toolTip()) for button in window.findChildren(QToolButton)}
    columns = next(iter(window.findChildren(QTreeView))).model()
    for column in range(columns.columnCount()):
        shown.add(columns.headerData(column, Qt.Orientation.Horizontal))
    assert {"sv": "Ändrad", "nb": "Endret"}[code] in shown
    assert len(shown) > 10
    assert not shown & english


@pytest.mark.parametrize(("code", "month", "day"), [("sv", "mars", "tis"), ("nb", "mars", "tir")])
def test_calendar_and_numbers(speak, qtbot, code, month, day) -> None:
    speak(code)
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    tuesday = QDate(2026, 3, 3)
    assert calendar.locale().toString(tuesday, "MMMM") == month
    assert calendar.locale().toString(tuesday, "ddd").rstrip(".") == day
    assert QLocale().decimalPoint() == ","


def test_words_the_catalogue_lacks_come_from_qt_itself(speak) -> None:
    """Only Swedish has a file of Qt's own; elsewhere such a word stays as it is, never blank."""
    speak("sv")
    assert QApplication.translate("QColorDialog", "Select Color") == "Välj färg"
    speak("nb")
    assert QApplication.translate("QColorDialog", "Select Color") == "Select Color"
    assert QApplication.translate("QShortcut", "Ctrl") == "Ctrl"


def test_a_change_of_language_leaves_one_translator_and_no_swedish(speak, qapp) -> None:
    speak("sv")
    speak("nb")
    assert QApplication.translate("QPlatformTheme", "Save") == "Lagre"
    assert QApplication.translate("QColorDialog", "Select Color") == "Select Color"
    assert len(qapp.findChildren(QtTranslator)) == 1


def test_scroll_bar_menu(speak) -> None:
    speak("nb")
    assert QApplication.translate("QScrollBar", "Scroll here") == "Rull hit"
