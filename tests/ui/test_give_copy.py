"""A copy for a person: others are looked through, it answers her request, and it is guarded."""

import csv
import io
import json

import pytest
import pyzipper

from gdprdesk.domain.terms import CaseStep, Channel, IdentityCheck, RequestKind
from gdprdesk.services.notes import add_note
from gdprdesk.services.request_handling import check_identity
from gdprdesk.services.requests import open_request, show_request
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.give_copy import GiveCopy, give_copy
from tests.builders import TODAY, delivered, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write

REASON = "It is private to her husband"


@pytest.fixture
def karin(desk):
    person(desk, "Anna Nyberg", phone="0731112233")
    ref = person(desk, phone="0701740645")
    delivered(desk, ref, note="Hämtas av Anna Nyberg, hon är sjuk")
    desk.run(add_note, subject_ref=ref, text="Ring Anna Nyberg på 073-111 22 33")
    return ref


@pytest.fixture
def request_ref(desk, karin):
    row = desk.run(
        open_request,
        kind=RequestKind.ACCESS,
        received_on=TODAY,
        channel=Channel.EMAIL,
        subject_ref=karin,
    )
    desk.run(check_identity, request_ref=row.ref, how=IdentityCheck.KNOWN_PERSON)
    return row.ref


@pytest.fixture
def window(desk, karin, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


def test_what_is_masked_is_nowhere_in_the_copy_and_stands_in_the_request(
    window, karin, request_ref, qtbot, tmp_path
) -> None:
    desk = window.context.desk
    give_copy(window.context, karin)
    form = dialog(qtbot, window, GiveCopy)
    assert nameless(form) == []
    assert form.request.value() == request_ref
    words = [one.other.words for one in form.others.decisions]
    assert words == ["Anna Nyberg", "Anna Nyberg", "073-111 22 33"]
    in_order, _in_note, number = form.others.decisions
    in_order.switch.setChecked(True)
    number.switch.setChecked(True)
    in_order.reason.clear()
    click(qtbot, form.verb_button)
    assert "has the right to know" in in_order.field.sentence.text()
    write(in_order.reason, REASON)
    write(form.given_to, "Advokat Ek")
    form.guard.protect.setChecked(True)
    click(qtbot, form.guard.suggest_button)
    password = form.guard.password.text()
    assert len(password.split("-")) == 5
    to = tmp_path / "karin.zip"
    ask.next_answer(to)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None, timeout=20_000)
    with pyzipper.AESZipFile(to) as packed:
        packed.setpassword(password.encode())
        parts = {name: packed.read(name) for name in packed.namelist()}
    (tmp_path / "copy.pdf").write_bytes(parts["copy.pdf"])
    copied = json.loads(parts["copy.json"])
    (order,), (note,) = copied["records"]["booking"], copied["records"]["working_note"]
    assert order["note"] == "Hämtas av [masked], hon är sjuk"
    assert note["text"] == "Ring Anna Nyberg på [masked]"
    tables = csv.reader(io.StringIO(parts["tables/booking.csv"].decode("utf-8-sig")), delimiter=";")
    assert order["note"] in [cell for line in tables for cell in line]
    text = read_pdf(tmp_path / "copy.pdf")
    assert order["note"] in text
    assert REASON in text
    assert "073-111" not in text
    assert copied["masked"][0]["reason"] == REASON
    case = desk.ask(show_request, request_ref=request_ref)
    last = case.steps[-1]
    assert last.what in {CaseStep.COPY, CaseStep.COPY.value}
    assert "Advokat Ek" in last.note


def test_a_file_without_a_password_is_warned_of(window, karin, qtbot) -> None:
    give_copy(window.context, karin)
    form = dialog(qtbot, window, GiveCopy)
    assert form.guard.unguarded.isVisible()
    assert not form._request_field.isVisible()
    form.guard.protect.setChecked(True)
    assert not form.guard.unguarded.isVisible()


def test_what_she_takes_along_is_only_what_she_gave(window, desk, karin, qtbot, tmp_path) -> None:
    port = desk.run(
        open_request,
        kind=RequestKind.PORT,
        received_on=TODAY,
        channel=Channel.EMAIL,
        subject_ref=karin,
    )
    desk.run(check_identity, request_ref=port.ref, how=IdentityCheck.KNOWN_PERSON)
    give_copy(window.context, karin, port.ref)
    form = dialog(qtbot, window, GiveCopy)
    assert form.portable.isChecked()
    form.kind.set_value("json")
    to = tmp_path / "karin.json"
    ask.next_answer(to)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    copied = json.loads(to.read_text("utf-8"))
    assert set(copied["records"]) == {"booking", "contact_detail"}
    assert copied["left_out"] == {"data_subject_request": 1, "working_note": 1}
