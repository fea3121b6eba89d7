"""The text of a policy from each kind of file, and a sentence for each that has none."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import language
from gdprdesk.imports.policy_text import TEXT_LIMITS, policy_text, read_policy
from gdprdesk.imports.source import Limits
from tests.imports.builders import DATA, pack, workbook_parts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def word(path: Path, body: str, *, prologue: str = "") -> Path:
    document = f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
    return pack(path, {"word/document.xml": f"{document}</w:document>".encode()})


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(path: Path, *pages: str, seal: str = "") -> Path:
    encryption = StandardEncryption(seal) if seal else None
    canvas = Canvas(str(path), encrypt=encryption)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(72, 720 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def refused(path: Path, limits: Limits = TEXT_LIMITS) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_policy(path, limits=limits)
    assert str(caught.value).endswith("Nothing was taken in.")
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_text_in_any_encoding(tmp_path, encoding) -> None:
    text = "Vi sparar på åländska.\nBjørn får sin kopia.\n"
    (tmp_path / "policy.txt").write_bytes(text.encode(encoding))
    assert read_policy(tmp_path / "policy.txt").lstrip("\ufeff").splitlines() == text.splitlines()


def test_a_web_page_without_menu_and_programs(tmp_path) -> None:
    (tmp_path / "policy.htm").write_text(
        "<!DOCTYPE html><html><head><title>Titel</title></head><body><nav>Meny</nav>"
        "<h1>Policy</h1><script>var x = '<p>kod</p>'</script><p>Vi sparar <b>namn</b>&nbsp;&amp; "
        "mejl.<br>Ny rad.</p><ul><li>ett<li>två</ul><table><tr><th>Vad<th>Tid</tr>"
        "<tr><td><p>Order</p></td><td>7&nbsp;år</td></tr></table><h3>Slut</h3>Hej</body></html>",
        encoding="utf-8",
    )
    lines = [line for line in read_policy(tmp_path / "policy.htm").splitlines() if line]
    assert lines == [
        "# Policy",
        "Vi sparar namn & mejl.",
        "Ny rad.",
        "- ett",
        "- två",
        "| Vad | Tid |",
        "| Order | 7 år |",
        "### Slut",
        "Hej",
    ]


def test_a_word_document_without_what_was_struck_out(tmp_path) -> None:
    body = (
        paragraph("Policy", '<w:pStyle w:val="Rubrik1"/>') + "<w:p><w:r><w:t>Vi sparar </w:t></w:r>"
        "<w:del><w:r><w:delText>allt</w:delText></w:r></w:del>"
        "<w:r><w:t>namn</w:t><w:tab/><w:t>och mejl.</w:t></w:r></w:p>"
        + paragraph("ett", "<w:numPr/>")
        + f"<w:sdt><w:sdtContent>{paragraph('i en ruta')}</w:sdtContent></w:sdt>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('Order')}</w:tc>"
        f"<w:tc>{paragraph('7 år')}</w:tc></w:tr></w:tbl>" + paragraph("")
    )
    text = read_policy(word(tmp_path / "policy.docx", body))
    assert text.split("\n\n") == [
        "# Policy",
        "Vi sparar namn och mejl.",
        "- ett",
        "i en ruta",
        "| Order | 7 år |",
    ]


def test_a_pdf_page_by_page(tmp_path) -> None:
    text = read_policy(pdf(tmp_path / "policy", "Vi sparar namn.\nOch mejl.", "Sida två."))
    assert text.splitlines() == ["Vi sparar namn.", "Och mejl.", "Sida två."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "no text in the file"),
        (b"<html><body><img src=x></body></html>", "no text in the file"),
        (b"%PDF-1.7\nbroken", "PDF is damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"{\\rtf1\\ansi Namn}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "old Office format"),
        (b"PK\x03\x04" + bytes(60), "document is damaged"),
        (b"Vi sparar\x00\x01\x02 namn", "no text that can be read"),
        (b"\xff\xfeN\x00a\x00m\x00\xd8", "no text that can be read"),
        (b"uppgift " * 40_000, "too long"),
    ],
)
def test_what_is_no_policy_is_named(tmp_path, content, words) -> None:
    (tmp_path / "policy").write_bytes(content)
    assert words in refused(tmp_path / "policy")


def test_other_packed_files_are_named(tmp_path) -> None:
    assert "no Word document" in refused(pack(tmp_path / "list.docx", workbook_parts()))
    assert "password" in refused(DATA / "password.xlsx")


def test_a_sealed_document_and_a_sealed_pdf_are_named(tmp_path) -> None:
    sealed = word(tmp_path / "policy.docx", paragraph("Namn"))
    plain, marked = b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    sealed.write_bytes(sealed.read_bytes().replace(plain, marked))
    assert "protected by a password" in refused(sealed)
    assert "protected by a password" in refused(pdf(tmp_path / "p.pdf", "Namn", seal="word"))


def test_a_scanned_pdf_says_that_there_is_no_text(tmp_path) -> None:
    assert "pictures of pages" in refused(pdf(tmp_path / "scan.pdf", ""))


def test_a_pdf_without_end_is_stopped(tmp_path) -> None:
    path = pdf(tmp_path / "long.pdf", *["Vi sparar namn."] * 3)
    assert "too long" in refused(path, limits=Limits(characters=20))


def test_documents_made_to_harm_are_refused(tmp_path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY l "aaaa"><!ENTITY m "&l;&l;&l;">]>'
    path = word(tmp_path / "bomb.docx", paragraph("&m;"), prologue=bomb)
    assert "no program writes" in refused(path)
    large = word(tmp_path / "large.docx", paragraph("a" * 25 * 1024 * 1024))
    assert "far too large" in refused(large)


def test_each_limit_has_its_sentence(tmp_path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text("Vi sparar namn. " * 99, encoding="utf-8")
    assert "larger than 0 MB" in refused(path, limits=Limits(file_bytes=9))
    assert "takes too long" in refused(path, limits=Limits(seconds=0.0))
    assert "folder" in refused(tmp_path)
    assert "not there" in refused(tmp_path / "gone.txt")


def test_the_sentence_is_in_the_language_of_the_screen(tmp_path) -> None:
    (tmp_path / "policy").write_bytes(b"GIF89a")
    with language("sv"), pytest.raises(UnreadableFileError) as here:
        policy_text(tmp_path / "policy")
    with language("sv"), pytest.raises(UnreadableFileError) as from_the_process:
        read_policy(tmp_path / "policy")
    assert str(from_the_process.value) == str(here.value)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "policy"


def _mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(changed) or 1)
        if changed and chance.randrange(2):
            changed[place] = chance.randrange(256)
        else:
            del changed[place : place + chance.randint(1, 40)]
    return bytes(changed)


@settings(deadline=None, max_examples=150)
@given(chance=st.randoms(use_true_random=False))
@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_files_with_broken_bytes_give_text_or_a_sentence(fuzzed, kind, chance) -> None:
    if kind == "docx":
        word(fuzzed, paragraph("Vi sparar namn", '<w:pStyle w:val="Heading2"/>') * 3)
    elif kind == "pdf":
        pdf(fuzzed, "Vi sparar namn.", "Och mejl.")
    else:
        fuzzed.write_text("<html><p>Vi <b>sparar<td>namn</table><li>x</html>", encoding="utf-8")
    fuzzed.write_bytes(_mutated(fuzzed.read_bytes(), chance))
    with suppress(UnreadableFileError):
        assert policy_text(fuzzed).strip()
