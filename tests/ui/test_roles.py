"""The window of each role: what she may not see is in no page, no menu, no list and no button."""

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from gdprdesk.domain.terms import BuiltInRole, Permission
from gdprdesk.services.breach_log import list_breaches
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui.dialogs.breach_tell import BreachTold
from gdprdesk_ui.dialogs.order_form import OrderForm
from gdprdesk_ui.pages.finder import find
from tests.builders import TODAY, invoiced, order, person
from tests.roles import as_role
from tests.services.test_hidden import hidden_words, practice
from tests.ui.windows import click, dialog, opened, write

__all__ = ["practice"]

DESTINATIONS = {
    BuiltInRole.PRACTITIONER: ["today", "people", "orders", "journal", "consents", "reports"],
    BuiltInRole.ASSISTANT: ["today", "people", "orders", "consents", "reports"],
    BuiltInRole.ACCOUNTANT: ["today", "orders", "reports"],
}
# What stands in the menu for these pages alone.
ONLY = {"Register", "Clean-up", "Suppliers", "Breaches", "Requests"}


def said_in(widget: QWidget) -> str:
    """Return everything that can be read in a widget."""
    said = [widget.windowTitle(), widget.toolTip(), widget.accessibleDescription()]
    shown: list[QLabel | QAbstractButton | QLineEdit] = [
        *widget.findChildren(QLabel),
        *widget.findChildren(QAbstractButton),
        *widget.findChildren(QLineEdit),
    ]
    said += [one.text() for one in shown if one.isVisibleTo(widget)]
    for view in widget.findChildren(QAbstractItemView):
        model = view.model()
        if not view.isVisibleTo(widget) or model is None:
            continue
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        for line in range(model.rowCount()):
            for column in range(columns):
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                    said.append(str(model.index(line, column).data(role)))
    return "\n".join(said)


@pytest.mark.parametrize("given", [one for one in BuiltInRole if one is not BuiltInRole.OWNER])
def test_every_page_opens_and_says_nothing_that_is_hidden(
    practice, clock, theme, show, given
) -> None:
    (vera,) = practice.ask(list_subjects).rows
    with as_role(practice, clock, given) as desk, opened(desk, theme, show, clock) as window:
        places = [one.key for one in window._places.shown()]
        assert places == DESTINATIONS[given]
        assert not ONLY & {*window.menus.lines}
        hidden = [*hidden_words(desk.permissions)]
        for key, spec in window._specs.items():
            before = window._shown
            of_her = key in {"person", "client_journal"}
            window.open_page(key, **({"subject_ref": vera.ref} if of_her else {}))
            assert window._shown[0] == key, (spec, before)
            assert window.operations.wait()
            QApplication.processEvents()
            said = said_in(window)
            for column, one in hidden:
                assert one not in said, (key, column)
        for key in ("erase", "register", "breach", "backups", "clean_up"):
            window.open_page(key)
            assert window._shown[0] == "help"
        for column, one in hidden:
            people, _deeds, orders = find(window.context, one)
            assert (people.entries, orders.entries) == ((), ()), column


def test_the_owner_misses_nothing(desk, clock, theme, show) -> None:
    with opened(desk, theme, show, clock) as window:
        assert len(window._places.shown()) == 10
        assert {*window._specs} >= {"erase", "register", "breach", "backups", "clean_up"}
        assert window.page().order_button.isVisible()


def test_an_accountant_begins_with_invoices_and_reaches_her_list(
    desk, clock, theme, show, qtbot
) -> None:
    invoiced(desk, person(desk), paid_on=None)
    clock.move(days=45)
    with (
        as_role(desk, clock, BuiltInRole.ACCOUNTANT) as mine,
        opened(mine, theme, show, clock) as window,
    ):
        today = window.page()
        assert [one.button.text() for one in today.tasks.rows] == ["Paid…"]
        assert not any(one.isVisible() for one in (today.order_button, today.consent_button))
        assert not any(one.isVisible() for one in (today.orders, today.standing))
        assert today.commands() == {}
        window.open_page("orders")
        orders = window.page()
        assert [*orders.chips.buttons] == ["invoices"]
        assert "Karin Holm" in said_in(orders)
        assert orders.invoice_pane.person_button is None
        assert not any(one.isVisible() for one in (orders.new_button, orders.sheet_button))
        window.open_page("reports")
        assert [*window.page().choices] == ["accountant", "accountant_pack"]
        assert window.operations.wait()


def test_an_assistant_sees_no_button_that_would_be_refused(
    practice, clock, theme, show, qtbot
) -> None:
    karin = person(practice)
    with (
        as_role(practice, clock, BuiltInRole.ASSISTANT) as desk,
        opened(desk, theme, show, clock) as window,
    ):
        window.open_page("person", subject_ref=karin)
        page = window.page()
        assert page.order_button.isVisible()
        assert page.request_button.isVisible()
        for one in (page.erase_button, page.copy_button, page.files, page.history.note):
            assert not one.isVisible()
        assert [*page.history.chips.buttons] == ["all", "orders", "consents", "calls"]
        window.open_page("consents")
        assert not window.page().words_button.isVisible()
        window.open_page("people")
        assert not window.page().import_button.isVisible()


def test_an_assistant_who_changes_an_order_leaves_its_diet_alone(
    desk, clock, theme, show, qtbot
) -> None:
    ref = order(desk, person(desk), diet="Nötter", wanted_on=TODAY)
    given = [Permission.PEOPLE, Permission.ORDERS]
    with as_role(desk, clock, given) as mine, opened(mine, theme, show, clock) as window:
        window.open_page("orders", ref=ref)
        window.page().order_pane.change()
        form = dialog(qtbot, window, OrderForm)
        assert not form.diets.diet.isVisible()
        form.what.setText("Tårta")
        click(qtbot, form.verb_button)
        qtbot.waitUntil(lambda: "Tårta" in said_in(window))
        assert mine._know(lambda read: read.connection().exec_driver_sql(
            "SELECT text FROM diet_note").scalar_one()) == "Nötter"  # fmt: skip


def told(qtbot, window) -> BreachTold:
    """Tell what has happened, found by its words, and return the form that is being saved."""
    (entry,) = [one for part in find(window.context, "something") for one in part.entries]
    entry.key()
    form: BreachTold = dialog(qtbot, window, BreachTold)
    write(form.what, "Min väska blev stulen")
    click(qtbot, form.verb_button)
    return form


def test_anybody_can_tell_what_has_happened(desk, clock, theme, show, qtbot) -> None:
    with (
        as_role(desk, clock, BuiltInRole.ACCOUNTANT) as mine,
        opened(mine, theme, show, clock) as window,
    ):
        told(qtbot, window)
        qtbot.waitUntil(lambda: len(mine._know(list_breaches)) == 1)


def test_a_form_that_is_being_saved_waits_for_its_answer(desk, theme, show, clock, qtbot) -> None:
    """Escape, while it is saved: what was done comes back to a form that is still there."""
    with (
        as_role(desk, clock, BuiltInRole.ACCOUNTANT) as mine,
        opened(mine, theme, show, clock) as window,
    ):
        form = told(qtbot, window)
        form.reject()
        assert form.isVisible()
        qtbot.waitUntil(lambda: not window.findChildren(BreachTold))
        assert len(mine._know(list_breaches)) == 1
