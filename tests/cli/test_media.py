"""Pictures and references on the command line."""

from __future__ import annotations

import json

import pytest

from tests.photos import TELLING, photo_file


def test_a_picture_is_taken_in_published_taken_down_and_saved(
    gdprdesk, cafe, somebody, tmp_path
) -> None:
    given = ("--person", somebody, "--title", "Ett kalas")
    file = photo_file(tmp_path)
    ref = gdprdesk("media", cafe, "add", str(file), *given, "--json").value["ref"]
    (row,) = [one for one in listed(gdprdesk, cafe) if one["ref"] == ref]
    assert (row["title"], row["kind"], row["allowed"]) == ("Ett kalas", "photo", [])
    refused = gdprdesk("media", cafe, "publish", ref, "--place", "Instagram")
    assert refused.code == 1
    assert "There is no yes to Instagram" in refused.err
    texts = gdprdesk("do", cafe, "consent_text.list", "--json").value
    text = next(one for one in texts["rows"] if one["purpose"] == "photo")
    said = ("--text-ref", text["ref"], "--method", "orally", "--channels", "Instagram")
    agreed = ("consent.record", "--subject-ref", somebody, *said)
    assert gdprdesk("do", cafe, *agreed, "--decision", "given").code == 0
    link = ("--place", "Instagram", "--link", "https://instagram.example/p/1")
    assert gdprdesk("media", cafe, "publish", ref, *link).code == 0
    saved = tmp_path / "ut.jpg"
    place = ("--place", "Instagram", "--to", str(saved))
    assert gdprdesk("media", cafe, "export", ref, *place).code == 0
    assert TELLING.encode() not in saved.read_bytes()
    placeless = gdprdesk("media", cafe, "export", ref, "--to", str(tmp_path / "b.jpg"))
    assert placeless.code == 1
    assert "where it is to be shown: Instagram." in placeless.err
    assert gdprdesk("do", cafe, *agreed, "--decision", "withdrawn").code == 0
    change = ("media", cafe, "export", ref, "--to", str(tmp_path / "b.jpg"))
    nowhere = gdprdesk(*change)
    assert "may be shown nowhere just now" in nowhere.err
    assert not (tmp_path / "b.jpg").exists()
    assert gdprdesk(*change, "--to-change").code == 0
    assert (tmp_path / "b.jpg").exists()
    waiting = gdprdesk("media", cafe, "take-down", "--json").value["rows"]
    (mine,) = [one for one in waiting if one["ref"] == ref]
    assert (mine["reason"], mine["number"]) == ("no_consent", 0)
    assert gdprdesk("media", cafe, "export", ref, *place, "--force").code == 1
    paper = tmp_path / "lista.pdf"
    assert gdprdesk("media", cafe, "export", "--to", str(paper)).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    done = gdprdesk("media", cafe, "take-down", ref, "--number", "0", "--json").value["rows"]
    assert ref not in [one["ref"] for one in done]
    assert "Ett kalas" in gdprdesk("media", cafe, "--show", "not_shown").out


def listed(gdprdesk, cafe) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = gdprdesk("media", cafe, "--json").value["rows"]
    json.dumps(rows)
    return rows


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("add",), "Choose a picture"),
        (("add", "nowhere.jpg"), "not there any more"),
        (("publish",), "Say which picture"),
        (("publish", "nothing"), "not in the register"),
        (("export", "nothing"), "--to"),
    ],
)
def test_what_cannot_be_is_said_on_standard_error(gdprdesk, cafe, typed, says) -> None:
    said = gdprdesk("media", cafe, *typed)
    assert (said.code, said.out) == (1, "")
    assert says in said.err
