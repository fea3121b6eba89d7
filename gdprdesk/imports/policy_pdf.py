"""The text of a PDF."""

from __future__ import annotations

import pypdfium2

from gdprdesk.i18n import _
from gdprdesk.imports.policy_refusals import not_a_policy, too_long
from gdprdesk.imports.source import Limits, refusal

_PASSWORD = "password"  # noqa: S105  (what the library says when one is asked for)


def text_of_pdf(content: bytes, limits: Limits) -> str:
    """Return the text of every page.

    Raises:
        UnreadableFileError: It is damaged, sealed, too long, or pictures of paper without text.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if _PASSWORD in str(error).casefold():
            raise not_a_policy(_("The PDF is protected by a password.")) from error
        raise not_a_policy(_("The PDF is damaged.")) from error
    pages: list[str] = []
    try:
        for page in document:
            pages.append(page.get_textpage().get_text_bounded())
            if sum(map(len, pages)) > limits.characters:
                raise too_long()
    except pypdfium2.PdfiumError as error:
        raise not_a_policy(_("The PDF is damaged.")) from error
    finally:
        document.close()
    if not "".join(pages).strip():
        raise refusal(
            _("The PDF holds pictures of pages, and no text that can be read."),
            _("Copy the text from where it was written, and paste it here."),
        )
    return "\n".join(pages)
