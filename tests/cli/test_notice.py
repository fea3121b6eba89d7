"""The notice from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Gdprdesk


def test_the_notice_is_saved_for_an_audience_in_a_language(gdprdesk: Gdprdesk, cafe) -> None:
    said = gdprdesk(
        *("export", cafe, "notice", "--audience", "web", "--language", "nb"),
        *("--to", "web.html", "--json"),
    ).value
    assert (said["format"], Path(said["path"]).name) == ("html", "web.html")
    page = Path("web.html").read_text("utf-8")
    assert '<html lang="nb">' in page
    assert "Dette er til deg som besøker nettstedet vårt." in page


def test_the_format_is_that_of_the_name_unless_another_is_said(gdprdesk, cafe) -> None:
    assert gdprdesk("export", cafe, "notice", "--to", "kunder.docx", "--json").value["format"] == (
        "docx"
    )
    refused = gdprdesk("export", cafe, "notice", "--to", "kunder.docx", "--format", "pdf")
    assert (refused.code, refused.out) == (1, "")
    assert "must end in .pdf" in refused.err


def test_a_version_is_published_and_saved_by_its_ref(gdprdesk, cafe) -> None:
    ref = gdprdesk(
        *("do", cafe, "notice.publish", "--audience", "customers", "--json"),
    ).value
    gdprdesk("export", cafe, "notice", "--version", ref, "--to", "first.md")
    assert "Version 1, 21 november 2026" in Path("first.md").read_text("utf-8")
    again = gdprdesk("do", cafe, "notice.publish", "--audience", "customers")
    assert again.code == 1
    assert "says the same" in again.err


def test_an_audience_that_is_none_is_mistyped(gdprdesk, cafe) -> None:
    assert gdprdesk("export", cafe, "notice", "--audience", "dogs", "--to", "x.md").code == 2
