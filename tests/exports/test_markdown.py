from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gdprdesk.exports import MARKDOWN
from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import Column, Document, Fields, Paragraph, Points, Table
from tests.exports.samples import HOSTILE, document, notice, sales, saying, words

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "\\`*_{}[]()<>#+-.!|~&:=\"'$^@/ 19\n\tab"
OURS = {"text", "hardbreak", "strong_open", "strong_close"}


def _read(report: Document) -> list[Token]:
    return READER.parse(MARKDOWN.render(report).decode("utf-8"))


def _inline(tokens: list[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or ())


def _said(tokens: list[Token], within: str) -> list[str]:
    """Return the texts of the elements of a kind, a line break as such."""
    return [
        "".join("\n" if one.type == "hardbreak" else one.content for one in after.children or ())
        for before, after in pairwise(tokens)
        if before.tag == within and before.nesting == 1 and after.type == "inline"
    ]


def _structure(tokens: list[Token]) -> list[str]:
    """Return what the text is made of, but for paragraphs: an empty line parts those."""
    own = {"paragraph_open", "paragraph_close", "inline"}
    return [token.type for token in tokens if token.type not in own]


def test_a_notice_has_headings_points_and_tables():
    tokens = _read(notice())
    assert _said(tokens, "h1") == ["How we treat your data"]
    assert _said(tokens, "h2") == ["In short", "Why and how long", "Cookies", "More"]
    assert _said(tokens, "h3") == ["Orders", "Newsletter", "1  Beställningar", "2  Nyhetsbrev"]
    assert _said(tokens, "th") == ["Paid on", "Sold *", "Gross (SEK)", "Pieces"]
    assert _said(tokens, "td")[-2] == "2,482.00"
    said = _said(tokens, "p")
    for text in ("We keep little.", "Copy", "Erase\nat once", "Kept: Six months"):
        assert text in said
    assert said[-1].split("\n")[0] == "* The law asks for this."
    assert said[-1].endswith("Anchor 4f2a")


def test_numbers_lie_to_the_right_and_sums_are_strong():
    tokens = _read(document(sales(1)))
    heads = [token for token in tokens if token.type == "th_open"]
    assert [one.attrs.get("style") for one in heads] == [None, None, *["text-align:right"] * 2]
    assert [one.type for one in _inline(tokens)].count("strong_open") == 2


def test_empty_lines_part_paragraphs_and_nothing_else():
    table = Table([Column("A")], [["one\n\ntwo"]])
    parts = (Paragraph("one\n\n \ntwo\nthree"), Points(["one\n\ntwo"]), Fields([("l", "a\n\nb")]))
    tokens = _read(document(*parts, table))
    assert _said(tokens, "p")[1:5] == ["one", "two\nthree", "one\ntwo", "l: a\nb"]
    assert _said(tokens, "td") == ["one  two"]


@given(st.text(st.characters(), max_size=40) | st.text(st.sampled_from(SIGNS), max_size=14))
@example("1. one\n2) two\n- three\n+ four")
@example("---\n===\n```\n    code\n\tcode")
@example("[a](http://127.0.0.1) ![b](x.png) <http://127.0.0.1>\n[c]: http://127.0.0.1")
@example("<!-- hidden")
@example("<script")
@example("one\n===\ntwo\n---\n1) three")
@example("| a |\n| - |\n:-")
@example("<script>alert(1)</script> &lt; # # ~~gone~~ \\")
def test_no_text_becomes_markup(text: str):
    tokens = _read(saying(text))
    assert {one.type for one in _inline(tokens)} <= OURS
    assert not any(one.type in {"html_block", "fence", "code_block"} for one in tokens)
    if not clean(text).strip():
        return
    assert _structure(tokens) == _structure(_read(saying("x")))
    if "\n" not in clean(text).strip():
        assert all(words(said) == words(clean(text)) for said in _said(tokens, "h1"))
        assert all(words(said) == words(clean(text)) for said in _said(tokens, "p")[:4])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_only_text(text: str):
    tokens = _read(saying(text))
    assert {one.type for one in _inline(tokens)} <= OURS
    assert {words(said) for said in _said(tokens, "h2")} == {words(clean(text))}


def test_an_address_stays_text_for_readers_that_link_what_looks_like_one():
    said = MARKDOWN.render(document(Paragraph("https://a.example, www.b.example"))).decode()
    assert r"https\://a.example, www\.b.example" in said
