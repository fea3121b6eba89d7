from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel
from sqlalchemy import select

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.terms import (
    ConsentMethod,
    Decision,
    ErasureGround,
    ErasureState,
    IdentityCheck,
)
from gdprdesk.services.activities import list_activities
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.notes import add_attachment, add_note, list_attachments
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui import ask
from gdprdesk_ui.pages.erase.page import ErasePage
from gdprdesk_ui.pages.page import Breadth
from gdprdesk_ui.pages.people import PeoplePage
from gdprdesk_ui.widgets import ListRow
from tests.builders import TODAY, delivered, invoiced, order, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, opened, press, save_as


@pytest.fixture
def karin(desk):
    """Karin with a phone, a delivered order and an invoice that the law keeps."""
    ref = person(desk, phone="0701740645")
    delivered(desk, ref)
    invoiced(desk, ref)
    return ref


@pytest.fixture
def window(desk, karin, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("person", subject_ref=karin)
        made.open_page("erase", subject_ref=karin)
        yield made


def erase_page(context, qtbot, ref):
    made = ErasePage(context)
    qtbot.addWidget(made)
    made.arrive(subject_ref=ref)
    made.refresh()
    return made


def words(page) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if not one.isHidden()]


def rows(page) -> list[tuple[str, str]]:
    found = (one for one in page.findChildren(ListRow) if not one.isHidden())
    return [(one.title.text(), one.sentence.text()) for one in found]


def see(qtbot, find) -> None:
    """Wait until a part of the page is seen; the page may be built again meanwhile."""
    qtbot.waitUntil(lambda: find().isVisible())


def decide(qtbot, page) -> None:
    """Press Erase once the traces have been looked for."""
    qtbot.waitUntil(page.preview.erase_button.isEnabled)
    click(qtbot, page.preview.erase_button)


def state(desk, ref):
    return desk.ask(show_receipt, subject_ref=ref).state


def people(desk) -> list[str]:
    return [one.name for one in desk.ask(list_subjects).rows]


def test_everything_has_a_name_and_is_painted_in_every_look(
    desk, karin, context, qtbot, every_look
) -> None:
    page = erase_page(context, qtbot, karin)
    assert nameless(page) == []
    assert not page.grab().isNull()


def test_the_preview_says_what_goes_what_stays_and_what_to_do_elsewhere(window) -> None:
    page = window.page()
    assert "Erase Karin Holm" in words(page)
    assert ("2 orders", "21 Nov") in rows(page)
    assert ("1 contact detail", "21 Nov") in rows(page)
    (kept,) = [one for one in rows(page) if one[0].startswith("Invoice")]
    assert kept[1] == "The Swedish Bookkeeping Act"
    assert "31 Dec 2033" in words(page)
    assert page.preview.erase_button.accessibleName() == "Erase 3 records"
    assert "Webbhotellet" in [one[0] for one in rows(page)]
    assert QApplication.focusWidget() is page.preview.cancel_button


def test_nothing_happens_by_habit(desk, window, karin, qtbot) -> None:
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Escape)
    assert people(desk) == ["Karin Holm"]
    assert window.page().heading.title.text() == "Karin Holm"


def test_cancel_and_somebody_else_lead_away(desk, window, karin, qtbot) -> None:
    click(qtbot, window.page().preview.cancel_button)
    assert window.page().heading.title.text() == "Karin Holm"
    window.open_page("erase", subject_ref=karin)
    see(qtbot, lambda: window.page().preview.wrong_button)
    click(qtbot, window.page().preview.wrong_button)
    assert isinstance(window.page(), PeoplePage)
    with qtbot.waitSignal(window.page().search.searched):
        pass  # it looks a moment after the last key
    assert window.page().search.text() == "Karin"
    assert people(desk) == ["Karin Holm"]


def test_she_vanishes_at_once_and_the_toast_brings_her_back(desk, window, karin, qtbot) -> None:
    decide(qtbot, window.page())
    qtbot.waitUntil(lambda: isinstance(window.page(), PeoplePage))
    assert people(desk) == []
    assert state(desk, karin) is ErasureState.STAGED
    assert window.toast.words.text() == "Karin Holm is hidden and will be erased"
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: people(desk) == ["Karin Holm"])
    qtbot.waitUntil(lambda: not isinstance(window.page(), PeoplePage))
    assert window.page().heading.title.text() == "Karin Holm"


def test_at_once_is_asked_once_more_and_then_proved(desk, window, karin, qtbot) -> None:
    click(qtbot, window.page().preview.at_once)
    ask.next_answer(False)
    decide(qtbot, window.page())
    assert people(desk) == ["Karin Holm"]
    ask.next_answer(True)
    decide(qtbot, window.page())
    qtbot.waitUntil(lambda: window.page().receipt is not None)
    qtbot.waitUntil(lambda: "not done yet" not in words(window.page()))
    page = window.page()
    assert state(desk, karin) is ErasureState.HELD
    assert people(desk) == []
    assert "Karin Holm" not in " ".join(words(page))
    assert [one[0] for one in rows(page)[:4]] == [
        "Asked for",
        "Taken out of the register",
        "Written in the ledger of the erased",
        "Every page of the file cleaned",
    ]
    assert ("1 invoice", "The Swedish Bookkeeping Act") in rows(page)
    assert nameless(page) == []


def test_the_receipt_of_what_waits_can_undo_or_go_on(desk, window, karin, qtbot) -> None:
    decide(qtbot, window.page())
    qtbot.waitUntil(lambda: isinstance(window.page(), PeoplePage))
    window.open_page("erase", subject_ref=karin)
    page = window.page()
    see(qtbot, lambda: page.receipt.undo_button)
    assert "Will be erased" in words(page)
    assert not page.receipt.save_button.isVisible()
    ask.next_answer(False)
    click(qtbot, page.receipt.carry_out_button)
    assert state(desk, karin) is ErasureState.STAGED
    ask.next_answer(True)
    click(qtbot, page.receipt.carry_out_button)
    qtbot.waitUntil(lambda: state(desk, karin) is ErasureState.HELD)
    see(qtbot, lambda: page.receipt.save_button)


def test_what_is_done_elsewhere_is_ticked_off(desk, window, karin, qtbot, tmp_path) -> None:
    click(qtbot, window.page().preview.at_once)
    ask.next_answer(True)
    decide(qtbot, window.page())
    qtbot.waitUntil(lambda: window.page().receipt is not None)
    page = window.page()
    qtbot.waitUntil(lambda: "not done yet" not in words(page))
    see(qtbot, lambda: page.receipt.ticks["Webbhotellet"])
    click(qtbot, page.receipt.ticks["Webbhotellet"])
    qtbot.waitUntil(lambda: ("Webbhotellet", "Done 21 Nov 2026") in rows(page))
    see(qtbot, lambda: page.receipt.save_button)
    assert not page.receipt.ticks["Webbhotellet"].isEnabled()
    to = tmp_path / "receipt.pdf"
    click(qtbot, page.receipt.save_button)
    save_as(qtbot, window, to)
    qtbot.waitUntil(window.toast.isVisible)
    said = read_pdf(to)
    assert "Karin" not in said
    assert "Webbhotellet" in said


def test_what_to_look_for_elsewhere_is_copied(desk, window, karin, qtbot) -> None:
    copies = [
        one for one in window.page().findChildren(ListRow) if one.title.text() == "Webbhotellet"
    ]
    button = copies[0].findChild(type(window.page().preview.cancel_button))
    qtbot.waitUntil(button.isVisible)
    click(qtbot, button)
    assert button.accessibleName() == f"Copy “{QApplication.clipboard().text()}”"
    assert QApplication.clipboard().text()


def test_a_running_order_keeps_the_name_until_it_is_over(desk, theme, show, clock) -> None:
    elif_ = person(desk, "Elif Demir", phone="0701112233")
    order(desk, elif_, wanted_on=TODAY + timedelta(days=3))
    with opened(desk, theme, show, clock) as window:
        window.open_page("erase", subject_ref=elif_)
        said = words(window.page())
        assert any(
            one.startswith("An order is not finished or not paid, or a request") for one in said
        )
        assert "until that is over" in said
        assert "It is erased by itself as soon as it is no longer needed." in said


def test_without_time_to_undo_there_is_only_at_once(desk, karin, theme, show, clock) -> None:
    desk.run(update_organisation, undo_hours=0)
    with opened(desk, theme, show, clock) as window:
        window.open_page("erase", subject_ref=karin)
        preview = window.page().preview
        assert preview.at_once.isChecked()
        assert preview.later.isHidden()


def test_little_room_puts_the_decision_under_the_lists(desk, karin, context, qtbot) -> None:
    page = erase_page(context, qtbot, karin)
    page.set_breadth(Breadth.NARROW)
    assert page.preview._sheet.direction() == QBoxLayout.Direction.TopToBottom
    page.refresh()
    assert page.preview._sheet.direction() == QBoxLayout.Direction.TopToBottom
    page.set_breadth(Breadth.FULL)
    assert page.preview._sheet.direction() == QBoxLayout.Direction.LeftToRight


def test_somebody_who_is_gone_cannot_be_erased(desk, window, karin) -> None:
    before = window.page()
    window.open_page("erase", subject_ref="gone")
    assert window.page() is before
    assert window.toast.words.text() == "This person is not in the register any more."


def test_what_names_her_elsewhere_is_ticked_where_it_is_sure(
    desk, karin, *, theme, show, clock, qtbot
) -> None:
    anders = person(desk, "Anders Berg")
    desk.run(add_note, subject_ref=anders, text="Karin Holm ringde. Carin Holm också.")
    invoiced(desk, anders, buyer_address="c/o Karin Holm")
    with opened(desk, theme, show, clock) as window:
        window.open_page("erase", subject_ref=karin)
        page = window.page()
        assert not page.preview.erase_button.isEnabled()
        qtbot.waitUntil(lambda: page.preview.traces.searched)
        boxes = page.preview.traces.ticks
        assert [ref.rpartition(":")[2] for ref in boxes] == ["sure", "perhaps"]
        assert [box.isChecked() for box in boxes.values()] == [True, False]
        invoice = "Anders Berg: Invoice, Buyer's address"
        qtbot.waitUntil(lambda: invoice in [one[0] for one in rows(page)])
        assert nameless(page) == []
        click(qtbot, list(boxes.values())[1])
        page.preview.ground.set_value(ErasureGround.OBJECTED)
        page.preview.checked.set_value(IdentityCheck.KNOWN_PERSON)
        decide(qtbot, page)
        qtbot.waitUntil(lambda: isinstance(window.page(), PeoplePage))
    receipt = desk.ask(show_receipt, subject_ref=karin)
    assert (receipt.found, receipt.to_mask) == (3, 2)
    assert (receipt.ground, receipt.checked) == (
        ErasureGround.OBJECTED,
        IdentityCheck.KNOWN_PERSON,
    )


def test_somebody_of_the_same_name_is_one_click_away(
    desk, karin, *, theme, show, clock, qtbot
) -> None:
    other = person(desk, "Karin Holm", email="annan@example.se")
    with opened(desk, theme, show, clock) as window:
        window.open_page("erase", subject_ref=karin)
        page = window.page()
        assert ("There is another Karin Holm", "annan@example.se") in rows(page)
        page.preview.wrong_person.emit(other)
        assert window.page().heading.title.text() == "Karin Holm"
        assert "annan@example.se" in words(window.page())
        assert window.operations.wait()


def test_only_what_rests_on_a_consent_taken_back_can_be_erased(
    desk, karin, *, theme, show, clock, qtbot, tmp_path
) -> None:
    text = desk.ask(list_consent_texts)[0]
    desk.run(
        record_consent,
        subject_ref=karin,
        text_ref=text.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.ORALLY,
    )
    photo = tmp_path / "karin.jpg"
    photo.write_bytes(b"a photo")
    kept_for = next(row.ref for row in desk.ask(list_activities) if row.name == activity_of(desk))
    desk.run(add_attachment, subject_ref=karin, path=photo, activity_ref=kept_for)
    desk.run(withdraw_consent, subject_ref=karin, purpose=text.purpose)
    with opened(desk, theme, show, clock) as window:
        window.open_page("erase", subject_ref=karin)
        ask.next_answer(True)
        window.page().preview.consent_alone.emit(text.purpose)
        qtbot.waitUntil(window.toast.isVisible)
        assert window.toast.words.text() == "1 record is erased"
        assert window.operations.wait()
    assert desk.ask(list_attachments, subject_ref=karin) == ()
    assert people(desk) == ["Karin Holm"]


def activity_of(desk) -> str:
    """Return the name of the activity that the first words of consent are for."""
    asked = select(ProcessingActivity.name).join(
        ConsentText, ConsentText.activity_id == ProcessingActivity.id
    )
    text = desk.ask(list_consent_texts)[0]
    name: str = desk.ask(lambda read: read.scalars(asked.where(ConsentText.ref == text.ref)).one())
    return name
