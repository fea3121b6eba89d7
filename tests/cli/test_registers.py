"""Making registers, real and example ones; their passwords and their printed keys."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pypdfium2
import pytest

from gdprdesk.cli.demo import DEMO_PASSWORD
from gdprdesk.services.templates import TRADES
from gdprdesk.settings import Settings
from tests.builders import PASSWORD
from tests.cli.conftest import PEOPLE
from tests.cli.test_refusals import program

NEW = ("new", "a.gdprdesk", "--name", "Kafé Åsen", "--country", "NO", "--language", "nb")


def test_a_new_register_has_a_recovery_key_and_a_filled_record_of_processing(gdprdesk) -> None:
    answer = gdprdesk(*NEW, "--org-number", "923 609 016", "--json").value
    assert answer["path"] == str(Path("a.gdprdesk").resolve())
    assert len(answer["recovery_key"].split("-")) == 8
    assert gdprdesk("activities", "a.gdprdesk", "--json").value["total"] > 5
    known = gdprdesk("do", "a.gdprdesk", "organisation.show", "--json").value
    assert (known["name"], known["country"], known["language"]) == ("Kafé Åsen", "NO", "nb")
    assert known["currency"] == "NOK"


KNOWN = (
    *("--org-number", "923609016", "--address", "Torget 1"),
    *("--contact", "Maja Lind", "--email", "maja@example.com"),
)


@pytest.mark.parametrize("trade", TRADES)
def test_a_register_of_each_trade_lacks_nothing_but_agreements(gdprdesk, trade) -> None:
    assert gdprdesk(*NEW, "--trade", trade, *KNOWN, "--json").value["missing"] == []
    answer = gdprdesk("activities", "a.gdprdesk", "--json").value
    assert answer["total"] > 12
    assert not any(one["missing"] for one in answer["rows"])
    gdprdesk("export", "a.gdprdesk", "register", "--to", "register.pdf", "--json")
    assert len(pypdfium2.PdfDocument("register.pdf")) > 1


def test_what_a_business_has_besides_is_said_or_taken_away(gdprdesk) -> None:
    given = ("--extra", "cameras", "--without", "newsletter", "--without", "photos", "--json")
    assert gdprdesk(*NEW, *given).code == 0
    names = {one["name"] for one in gdprdesk("activities", "a.gdprdesk", "--json").value["rows"]}
    assert "Kameraovervåking" in names
    assert "Nyhetsbrev" not in names
    assert "no such extra" in gdprdesk(*NEW[:1], "b.gdprdesk", *NEW[2:], "--extra", "shop").err


def test_what_is_not_said_of_the_business_is_told_and_hinders_nothing(gdprdesk) -> None:
    said = gdprdesk(*NEW)
    assert said.code == 0
    assert "The address of the business is missing" in said.out


def test_people_are_told_the_key_and_what_it_is_for(gdprdesk) -> None:
    said = gdprdesk(*NEW)
    assert said.code == 0
    assert "Recovery key: " in said.out
    assert "lock it away" in said.out


def test_a_new_password(gdprdesk, cafe, monkeypatch) -> None:
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", "quite another word")
    assert gdprdesk("password", cafe, "--json").value == {"changed": True}
    assert gdprdesk("people", cafe).code == 1
    monkeypatch.setenv("GDPRDESK_PASSWORD", "quite another word")
    assert gdprdesk("people", cafe, "--json").value["total"] == PEOPLE


def test_a_forgotten_password_is_replaced_with_the_printed_key(gdprdesk, monkeypatch) -> None:
    key = gdprdesk(*NEW, "--json").value["recovery_key"]
    monkeypatch.delenv("GDPRDESK_PASSWORD")
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", "quite another word")
    monkeypatch.setenv("GDPRDESK_RECOVERY_KEY", key.lower().replace("-", " "))
    assert gdprdesk("password", "a.gdprdesk", "--recovery", "--json").code == 0
    monkeypatch.setenv("GDPRDESK_PASSWORD", "quite another word")
    assert gdprdesk("people", "a.gdprdesk").code == 0
    monkeypatch.setenv("GDPRDESK_RECOVERY_KEY", "AAAA-BBBB")
    assert "typing fault" in gdprdesk("password", "a.gdprdesk", "--recovery").err


def test_a_new_recovery_key_is_printed_and_the_old_one_opens_nothing(gdprdesk, monkeypatch) -> None:
    old = gdprdesk(*NEW, "--json").value["recovery_key"]
    answer = gdprdesk("recovery-key", "a.gdprdesk", "--to", "key.pdf", "--json").value
    assert answer == {"path": str(Path("key.pdf").resolve())}
    sheet = pypdfium2.PdfDocument("key.pdf")[0].get_textpage().get_text_range()
    new = next(word for word in sheet.split() if word.count("-") == 7)
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", "quite another word")
    for key, code in ((old, 1), (new, 0)):
        monkeypatch.setenv("GDPRDESK_RECOVERY_KEY", key)
        assert gdprdesk("password", "a.gdprdesk", "--recovery").code == code


def test_the_keys_are_changed_and_every_password_opens_as_before(gdprdesk, monkeypatch) -> None:
    gdprdesk(*NEW)
    before = json.loads(Path("a.gdprdesk/keys.json").read_text())["slots"]["owner"]["grants"]
    said = gdprdesk("change-keys", "a.gdprdesk", "--json")
    assert (said.code, said.value) == (0, {"changed": True, "journal": True})
    after = json.loads(Path("a.gdprdesk/keys.json").read_text())["slots"]["owner"]["grants"]
    assert set(before.values()).isdisjoint(after.values())
    assert gdprdesk("check", "a.gdprdesk").code == 0
    monkeypatch.setenv("GDPRDESK_PASSWORD", "not the password")
    assert "wrong" in gdprdesk("change-keys", "a.gdprdesk").err


@pytest.mark.parametrize("target", ["key.txt", "no/folder/key.pdf", "taken.pdf"])
def test_a_key_that_cannot_be_printed_leaves_the_old_one(gdprdesk, monkeypatch, target) -> None:
    key = gdprdesk(*NEW, "--json").value["recovery_key"]
    Path("taken.pdf").write_text("mine")
    said = gdprdesk("recovery-key", "a.gdprdesk", "--to", target)
    assert (said.code, said.out) == (1, "")
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", PASSWORD)
    monkeypatch.setenv("GDPRDESK_RECOVERY_KEY", key)
    assert gdprdesk("password", "a.gdprdesk", "--recovery").code == 0


@pytest.mark.parametrize(
    ("trade", "country", "language"), [("cafe", "SE", "sv"), ("dealer", "NO", "nb")]
)
def test_an_example_of_a_trade_and_country(gdprdesk, monkeypatch, trade, country, language) -> None:
    monkeypatch.delenv("GDPRDESK_PASSWORD")
    command = ("demo", "--no-window", "--people", 12, "--to", "a.gdprdesk")
    said = gdprdesk(*command, "--trade", trade, "--country", country, "--json")
    assert said.value == {"path": str(Path("a.gdprdesk").resolve()), "people": 12}
    assert DEMO_PASSWORD in said.err
    monkeypatch.setenv("GDPRDESK_PASSWORD", DEMO_PASSWORD)
    known = gdprdesk("do", "a.gdprdesk", "organisation.show", "--json").value
    assert (known["trade"], known["country"], known["language"]) == (trade, country, language)
    assert gdprdesk("people", "a.gdprdesk", "--json").value["total"] == 12
    assert gdprdesk("check", "a.gdprdesk", "--json").value["ok"]


def test_an_example_without_a_place_takes_the_first_free_name(gdprdesk) -> None:
    for name in ("example.gdprdesk", "example-2.gdprdesk"):
        answer = gdprdesk("demo", "--no-window", "--people", 1, "--json").value
        assert Path(answer["path"]).name == name


def test_the_window_opens_on_the_example(gdprdesk, monkeypatch) -> None:
    opened = []

    def window(register, password):
        opened.append((register, password))
        return 0

    command = ("demo", "--people", 1, "--to", "a.gdprdesk")
    assert gdprdesk(*command, open_window=window).code == 0
    assert opened == [(Path("a.gdprdesk"), PASSWORD)]
    only_made = ("demo", "--people", 1, "--to", "b.gdprdesk", "--no-window")
    assert gdprdesk(*only_made, open_window=window).code == 0
    assert len(opened) == 1


def test_the_language_is_that_of_the_settings_else_of_the_computer(gdprdesk, monkeypatch) -> None:
    shown = {
        language: gdprdesk("people", "--help", settings=Settings(language=language)).out
        for language in ("sv", "nb", "en")
    }
    for named, language in (("sv_SE.UTF-8", "sv"), ("no_NO", "nb"), ("C", "en"), ("fr_FR", "en")):
        monkeypatch.setenv("LC_ALL", named)
        assert gdprdesk("people", "--help", settings=Settings()).out == shown[language]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_a_password_typed_on_the_terminal_is_not_shown(tmp_path, monkeypatch) -> None:
    import pty  # noqa: PLC0415

    monkeypatch.delenv("GDPRDESK_PASSWORD")
    here, there = pty.openpty()
    command = ("new", "a.gdprdesk", "--name", "Kafé", "--country", "SE", "--json")
    running = program(*command, stdin=there, stdout=there, stderr=there, start_new_session=True)
    os.close(there)
    shown = b""
    for question in (b"New password: ", b"once more: "):
        while question not in shown:
            shown += os.read(here, 1024)
        os.write(here, b"correct horse battery\n")
        shown = shown.replace(question, b"")
    while b"recovery_key" not in shown or not shown.endswith(b"\n"):
        shown += os.read(here, 1024)
    assert running.wait() == 0
    os.close(here)
    assert b"correct horse" not in shown
    line = shown[shown.index(b"{") : shown.rindex(b"}") + 1]
    assert json.loads(line)["path"] == str(tmp_path / "a.gdprdesk")
