"""A document to a file: one module for each format, all with one interface.

The modules are imported when a document is first written, since their libraries are heavy.
"""

from __future__ import annotations

from gdprdesk.exports.document import Document, Format
from gdprdesk.i18n import N_

__all__ = [
    "CSV",
    "DOCX",
    "FORMATS",
    "HTML",
    "JSON_TABLE",
    "MARKDOWN",
    "PDF",
    "XLSX",
    "Document",
    "Format",
]


def _pdf(document: Document) -> bytes:
    from gdprdesk.exports import pdf  # noqa: PLC0415

    return pdf.render(document)


def _xlsx(document: Document) -> bytes:
    from gdprdesk.exports import xlsx  # noqa: PLC0415

    return xlsx.render(document)


def _csv(document: Document) -> bytes:
    from gdprdesk.exports import csv_file  # noqa: PLC0415

    return csv_file.render(document)


def _json(document: Document) -> bytes:
    from gdprdesk.exports import json_file  # noqa: PLC0415

    return json_file.render(document)


def _docx(document: Document) -> bytes:
    from gdprdesk.exports import docx_file  # noqa: PLC0415

    return docx_file.render(document)


def _html(document: Document) -> bytes:
    from gdprdesk.exports import html_file  # noqa: PLC0415

    return html_file.render(document)


def _markdown(document: Document) -> bytes:
    from gdprdesk.exports import markdown  # noqa: PLC0415

    return markdown.render(document)


PDF = Format("pdf", ".pdf", N_("PDF, to read and print"), _pdf)
XLSX = Format("xlsx", ".xlsx", N_("Excel workbook"), _xlsx)
CSV = Format("csv", ".csv", N_("Text table (CSV)"), _csv)
JSON_TABLE = Format("json", ".json", N_("Data for other programs (JSON)"), _json)
DOCX = Format("docx", ".docx", N_("Word document"), _docx)
HTML = Format("html", ".html", N_("Web page (HTML)"), _html)
MARKDOWN = Format("md", ".md", N_("Text with marks (Markdown)"), _markdown)

FORMATS = (PDF, XLSX, CSV, JSON_TABLE, DOCX, HTML, MARKDOWN)
