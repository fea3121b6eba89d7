"""Documents as one page for a browser: nothing to fetch, nothing that runs.

Every text is escaped, styles are inside, and the page itself forbids the browser to load anything,
so that it can be put on a web site, sent, or opened from a disk as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import (
    Block,
    Document,
    Fields,
    Kind,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.exports.wording import (
    card_lines,
    card_title,
    foot,
    nothing_to_list,
    shown_rows,
    titles,
    total_lines,
)
from gdprdesk.i18n import language

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1D2320;
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: MEASURE; margin: 0 auto; padding: 2rem 1.25rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 .5em; overflow-wrap: anywhere; }
h1 { font-size: 1.8em; margin-top: 0; }
h2 { font-size: 1.3em; }
h3 { font-size: 1.08em; margin-top: 1.6em; }
h4 { font-size: 1em; color: #1B6A50; }
p, li, dt, dd, th, td { white-space: pre-line; overflow-wrap: break-word; }
p, ul, dl, table { margin: .6em 0; }
ul { padding-left: 1.3em; }
li { margin: .25em 0; }
dl { display: grid; grid-template-columns: fit-content(14em) 1fr; gap: .35em 1.25em; }
dt { color: #5A625C; }
dd { margin: 0; min-width: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .45em .9em .45em 0;
  border-bottom: 1px solid #E3DFD6; font-weight: 400; }
thead th { font-weight: 600; color: #5A625C; border-bottom: 2px solid #1D2320; }
tfoot th, tfoot td { font-weight: 600; border-top: 2px solid #1D2320; }
.figure { text-align: right; font-variant-numeric: tabular-nums; }
.muted, footer { color: #5A625C; font-size: .92em; }
.code { font-size: 1.5em; font-weight: 600; letter-spacing: .12em; overflow-wrap: anywhere; }
footer { margin-top: 3rem; border-top: 1px solid #E3DFD6; }
@media screen and (max-width: 40rem) {
  dl, tr, th, td { display: block; }
  dd { margin-bottom: .7em; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr, tfoot tr { border-bottom: 1px solid #E3DFD6; padding: .5em 0; }
  tbody th, tbody td, tfoot th, tfoot td { border: 0; padding: .15em 0; text-align: left; }
  tbody th { font-weight: 600; }
  tbody .figure, tfoot .figure { text-align: left; }
  td:empty { display: none; }
  td[data-label]::before { content: attr(data-label) ": "; color: #5A625C; }
}
@media print {
  @page { size: PAPER; margin: 18mm; }
  body { font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  h1, h2, h3, h4 { break-after: avoid; }
  tr, li, dt, dd { break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
}
"""
_NUMBERS = (Kind.MONEY, Kind.NUMBER)


def render(document: Document) -> bytes:
    """Return the document as a page, in the language it is written in."""
    with language(document.language):
        return "\n".join(_page(document)).encode("utf-8")


def _page(document: Document) -> Iterator[str]:
    paper, measure = ("A4 landscape", "72rem") if document.landscape else ("A4", "46rem")
    yield "<!DOCTYPE html>"
    yield f'<html lang="{_safe(document.language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    allowed = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="format-detection" content="telephone=no">'
    yield f'<meta name="author" content="{_safe(document.organisation or document.subtitle)}">'
    yield f"<title>{_safe(document.title)}</title>"
    yield f"<style>{_STYLE.replace('PAPER', paper).replace('MEASURE', measure)}</style>"
    yield "</head>"
    yield "<body><main>"
    yield f"<h1>{_safe(document.title)}</h1>"
    if document.subtitle:
        yield f'<p class="muted">{_safe(document.subtitle)}</p>'
    for section in document.sections:
        yield from _section(section, document.currency)
    yield "<footer>"
    yield from (f"<p>{_safe(line)}</p>" for line in foot(document))
    yield "</footer>"
    yield "</main></body>"
    yield "</html>\n"


def _section(section: Section, currency: str) -> Iterator[str]:
    level = section.level + 1
    yield "<section>"
    if section.heading:
        yield f"<h{level}>{_safe(section.heading)}</h{level}>"
    for block in section.blocks:
        yield from _block(block, currency, level + 1)
    yield "</section>"


def _block(block: Block, currency: str, level: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _paragraph(block)
    elif isinstance(block, Points):
        yield from _enclosed("ul", (f"<li>{_safe(item)}</li>" for item in block.items))
    elif isinstance(block, Fields):
        yield from _labelled(block.lines)
    elif not block.rows:
        yield f'<p class="muted">{_safe(nothing_to_list())}</p>'
    elif block.cards:
        yield from _cards(block, currency, level)
    else:
        yield from _table(block, currency)


def _paragraph(paragraph: Paragraph) -> str:
    text = _safe(paragraph.text)
    if paragraph.code:
        return f'<p class="code">{text}</p>'
    if paragraph.strong:
        return f"<p><strong>{text}</strong></p>"
    return f'<p class="muted">{text}</p>' if paragraph.muted else f"<p>{text}</p>"


def _labelled(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    pairs = (f"<dt>{_safe(label)}</dt><dd>{_safe(text)}</dd>" for label, text in lines)
    yield from _enclosed("dl", pairs)


def _cards(table: Table, currency: str, level: int) -> Iterator[str]:
    for number, row in enumerate(table.rows, start=1):
        yield f"<h{level}>{_safe(card_title(number, table, currency))}</h{level}>"
        yield from _labelled(card_lines(table.columns[1:], row[1:], currency))
    yield from _labelled(total_lines(table, currency))


def _table(table: Table, currency: str) -> Iterator[str]:
    heads = titles(table, currency)
    sides = [' class="figure"' if one.kind in _NUMBERS else "" for one in table.columns]
    head = "".join(
        f'<th scope="col"{side}>{_safe(text)}</th>' for text, side in zip(heads, sides, strict=True)
    )
    rows = [_row(row, heads, sides) for row in shown_rows(table)]
    yield "<table>"
    yield f"<thead><tr>{head}</tr></thead>"
    yield from _enclosed("tbody", rows[: len(table.rows)])
    yield from _enclosed("tfoot", rows[len(table.rows) :])
    yield "</table>"


def _row(cells: Sequence[str], heads: Sequence[str], sides: Sequence[str]) -> str:
    """Return a row. Its first cell names it; on a phone the others say what column they are of."""
    first = f'<th scope="row"{sides[0]}>{_safe(cells[0])}</th>'
    rest = (
        f'<td{side} data-label="{_safe(head)}">{_safe(cell)}</td>'
        for cell, head, side in zip(cells[1:], heads[1:], sides[1:], strict=True)
    )
    return f"<tr>{first}{''.join(rest)}</tr>"


def _enclosed(tag: str, inner: Sequence[str] | Iterator[str]) -> Iterator[str]:
    """Yield an element with its parts, or nothing if it has none."""
    parts = list(inner)
    if parts:
        yield f"<{tag}>"
        yield from parts
        yield f"</{tag}>"


def _safe(text: str) -> str:
    return escape(clean(text))
