"""What a person sees in a PDF, as one line of text."""

from __future__ import annotations

from pathlib import Path

from pypdfium2 import PdfDocument


def read_pdf(file: Path | bytes) -> str:
    document = PdfDocument(file)
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    return " ".join(" ".join(pages).split())
