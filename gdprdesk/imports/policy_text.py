"""A policy as text from a text file, a web page, a Word document or a PDF.

Headings come out as in Markdown, lines of lists begin with a dash and the cells of a table stand
between bars, so that whoever reads the text can tell them apart.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from gdprdesk.i18n import N_, _
from gdprdesk.imports.apart import Advice, read_apart
from gdprdesk.imports.child import send
from gdprdesk.imports.encoding import find_encoding
from gdprdesk.imports.policy_refusals import PASTE, not_a_policy, too_long
from gdprdesk.imports.source import Limits, refusal
from gdprdesk.jobs import SILENT, Progress

TEXT_LIMITS = Limits(file_bytes=20 * 1024 * 1024, characters=200_000, seconds=60)
_OF_A_POLICY = Advice(
    choose=N_("Choose the policy itself."),
    divide=PASTE,
    slow=(N_("The file takes too long to read."), PASTE),
    died=(
        N_("The file is damaged, or needs more memory than this computer can give."),
        PASTE,
    ),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"\x89PNG", N_("This is a picture, where no text can be read.")),
    (b"\xff\xd8\xff", N_("This is a picture, where no text can be read.")),
    (b"GIF8", N_("This is a picture, where no text can be read.")),
    (b"{\\rtf", N_("This is a document in the format called RTF.")),
)
_BINARY = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_HTML = ("<!doctype html", "<html", "<head", "<body", "<main", "<article", "<div", "<p>", "<h1")


def read_policy(path: Path, *, limits: Limits = TEXT_LIMITS, progress: Progress = SILENT) -> str:
    """Return the text of a policy, whatever the name of its file says.

    Args:
        path: The file the user chose: text, Markdown, HTML, .docx or PDF.
        limits: How large it may be.
        progress: Asked ten times a second whether to go on.

    Raises:
        UnreadableFileError: Why the file cannot be read, and what to do, in a sentence.
        Cancelled: The user stopped it.
    """
    text: str = read_apart(
        read_and_send_text, path, limits=limits, progress=progress, advice=_OF_A_POLICY
    )
    return text


def read_and_send_text(connection: Connection, path: str, limits: Limits, language: str) -> None:
    """Read a policy and send it, or the sentence that refuses it, through the pipe."""
    send(connection, lambda _progress: policy_text(Path(path), limits), limits, language)


def policy_text(path: Path, limits: Limits = TEXT_LIMITS) -> str:
    """Return the text of a policy, read here and now.

    Raises:
        UnreadableFileError: The file cannot be read or goes beyond a limit.
    """
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        from gdprdesk.imports.policy_pdf import text_of_pdf  # noqa: PLC0415

        text = text_of_pdf(content, limits)
    elif content.startswith(b"PK"):
        from gdprdesk.imports.policy_word import text_of_word  # noqa: PLC0415

        text = text_of_word(content)
    else:
        text = _text_of(content)
    if not text.strip():
        raise refusal(_("There is no text in the file."))
    if len(text) > limits.characters:
        raise too_long()
    return text


def _text_of(content: bytes) -> str:
    """Return text and web pages; nothing else says what it is by its letters."""
    for mark, sentence in _OTHERS:
        if content.startswith(mark):
            raise not_a_policy(_(sentence))
    if content.startswith(_OLE):
        raise not_a_policy(
            _("This is a document in the old Office format (.doc), or protected by a password.")
        )
    encoding = find_encoding(content)
    if "16" not in encoding and _BINARY & set(content):
        raise not_a_policy(_("This file is no text that can be read."))
    try:
        text = content.decode(encoding, errors="strict" if "16" in encoding else "replace")
    except UnicodeDecodeError as error:
        raise not_a_policy(_("This file is no text that can be read.")) from error
    if text.lstrip("\ufeff \t\r\n").casefold().startswith(("<?xml", "<!--", *_HTML)):
        from gdprdesk.imports.policy_html import text_of_html  # noqa: PLC0415

        return text_of_html(text)
    return text
