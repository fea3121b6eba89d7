"""The text of a Word document: only its one part with the text is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from gdprdesk.i18n import _
from gdprdesk.imports.policy_refusals import not_a_policy
from gdprdesk.imports.source import refusal

_TEXT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|rubrik|overskrift|title|otsikko)\D*([1-6])?", re.IGNORECASE)
_ENCRYPTED = 0x1
_MOST_BYTES = 20 * 1024 * 1024  # a page of text is some ten thousand
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,  # a way of packing that no word processor uses
    EOFError,
    OSError,
    ValueError,
    ParseError,
)


def text_of_word(content: bytes) -> str:
    """Return the text of a .docx as it stands, without what was struck out in a revision.

    Raises:
        UnreadableFileError: It is another kind of packed file, damaged, sealed or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            part = _part(packed)
            root = fromstring(packed.read(part), forbid_dtd=True)
    except DefusedXmlException as error:
        raise not_a_policy(_("The document holds parts that no program writes.")) from error
    except _BROKEN as error:
        raise not_a_policy(_("The document is damaged.")) from error
    return "\n\n".join(_lines(root))


def _part(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    names = packed.NameToInfo
    if _TEXT not in names:
        raise not_a_policy(_("This is a packed file, but no Word document."))
    part = names[_TEXT]
    if part.flag_bits & _ENCRYPTED:
        raise not_a_policy(_("The document is protected by a password."))
    if part.file_size > _MOST_BYTES:
        raise refusal(_("The document would become far too large when it is unpacked."))
    return part


def _lines(root: Any) -> Iterator[str]:
    body = root.find(f"{_W}body")
    for block in body if body is not None else ():
        yield from _block(block)


def _block(block: Any) -> Iterator[str]:
    if block.tag == f"{_W}p":
        said = _words(block)
        if said:
            yield _mark(block) + said
    elif block.tag == f"{_W}tbl":
        for row in block.iter(f"{_W}tr"):
            cells = (" ".join(_words(p) for p in c.iter(f"{_W}p")) for c in row.iter(f"{_W}tc"))
            yield f"| {' | '.join(cells)} |"
    else:  # content controls and the like hold blocks of their own
        for inner in block:
            yield from _block(inner)


def _words(paragraph: Any) -> str:
    parts = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}noBreakHyphen": "-"}
    said = (
        one.text or "" if one.tag == f"{_W}t" else parts.get(one.tag, "")
        for one in paragraph.iter()
    )
    return "".join(said).strip()


def _mark(paragraph: Any) -> str:
    """Return what stands before a heading or a line of a list in Markdown."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    heading = _HEADING.match(style.get(f"{_W}val", "") if style is not None else "")
    if heading:
        return "#" * int(heading[1] or 1) + " "
    return "- " if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else ""
