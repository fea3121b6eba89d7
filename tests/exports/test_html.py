from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdprdesk.exports import HTML
from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import Document, Paragraph
from tests.exports.samples import HOSTILE, document, notice, saying, words

VOID = {"meta"}
OURS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer"),
    *("h1", "h2", "h3", "h4", "p", "strong", "ul", "li", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td"),
}


class Read(HTMLParser):
    """A page as a browser would read it: elements, what they say, and what is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []
        self.strange: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            self.said.append((self._open[-1], data))

    def handle_comment(self, data):
        self.strange.append(data)

    def handle_pi(self, data):
        self.strange.append(data)

    def of(self, tag: str) -> list[str]:
        return [text for inside, text in self.said if inside == tag]


def _read(report: Document) -> Read:
    return Read(HTML.render(report).decode("utf-8"))


def test_a_notice_is_a_page_with_headings_points_and_tables():
    page = _read(notice())
    assert page.of("title") == page.of("h1") == ["How we treat your data"]
    assert page.of("h2") == ["In short", "Why and how long", "Cookies", "More"]
    assert page.of("h3") == ["Orders", "Newsletter", "1  Beställningar", "2  Nyhetsbrev"]
    assert page.of("li") == ["Copy", "Erase\nat once", "Åsa"]
    assert page.of("strong") == ["Only if you said yes."]
    assert page.of("dt")[:3] == ["Kept", "Purpose *", "Outside"]
    assert page.of("dd")[0] == "Six months"
    assert "There is nothing to list here." in page.of("p")


def test_a_table_tells_what_its_cells_belong_to():
    page = _read(notice())
    heads = [attributes for tag, attributes in page.elements if tag == "th"]
    assert [one["scope"] for one in heads] == [*["col"] * 4, "row", "row", "row"]
    assert page.of("th")[:4] == ["Paid on", "Sold *", "Gross (SEK)", "Pieces"]
    cells = [attributes for tag, attributes in page.elements if tag == "td"]
    assert [one["data-label"] for one in cells[:3]] == ["Sold *", "Gross (SEK)", "Pieces"]
    assert "2,482.00" in page.of("td")
    assert [tag for tag, _all in page.elements].count("tfoot") == 1


@pytest.mark.parametrize("code", ["sv", "nb", "en"])
def test_it_says_its_language_its_owner_and_when_it_was_made(code: str):
    page = _read(notice(code))
    assert page.elements[0] == ("html", {"lang": code})
    named = {one.get("name"): one.get("content") for tag, one in page.elements if tag == "meta"}
    assert named["author"] == "Kafé Lind AB"
    assert "width=device-width" in str(named["viewport"])
    foot = page.of("p")[-3:]
    assert foot[0].startswith("* ")
    assert "2026" in foot[1]
    assert foot[2] == "Anchor 4f2a"


def test_the_page_fetches_nothing_and_runs_nothing():
    for report in (notice(), document(*[Paragraph(text) for text in HOSTILE])):
        page = _read(report)
        assert {tag for tag, _all in page.elements} <= OURS
        assert not page.strange
        (style,) = page.of("style")
        assert not any(word in style for word in ("url", "@import", "http"))
        policy = [one for _tag, one in page.elements if one.get("http-equiv")]
        assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_the_paper_follows_the_document():
    assert "size: A4;" in _read(notice()).of("style")[0]
    assert "size: A4 landscape;" in _read(notice(landscape=True)).of("style")[0]


@given(st.text(st.characters(), min_size=1, max_size=40))
@example("</style><script>alert(1)</script>")
@example('" onmouseover="alert(1)')
@example("<!-- ]]> &lt;b&gt; &#60;")
@example("half \ud83d and nul \x00")
def test_no_text_becomes_markup(text: str):
    page, plain = _read(saying(text)), _read(saying("x"))
    if clean(text).strip():
        assert [tag for tag, _all in page.elements] == [tag for tag, _all in plain.elements]
    assert {name for _tag, all_ in page.elements for name in all_} == {
        name for _tag, all_ in plain.elements for name in all_
    }
    assert all(words(said) == words(clean(text)) for said in [*page.of("li"), *page.of("h1")])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_only_text(text: str):
    page = _read(saying(text))
    assert {tag for tag, _all in page.elements} <= OURS
    assert page.of("li") == [clean(text)] * 2
