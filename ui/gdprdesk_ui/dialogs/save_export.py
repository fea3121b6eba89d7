"""Asking where a report goes, and saving it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdprdesk.i18n import _
from gdprdesk.services.files import ExportReceipt, FileFormat
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.saved_file import tell_saved

Exporting = Callable[..., ExportReceipt]


def save_export(
    context: PageContext,
    suggestion: str,
    export: Exporting,
    *,
    wanted: FileFormat = FileFormat.PDF,
    **said: Any,
) -> None:
    """Ask where a report goes, and save it there.

    Args:
        context: The open register.
        suggestion: The name of the file, without its ending.
        export: The action that writes it.
        wanted: What it is saved as.
        said: What else the action is told.
    """
    kinds = {FileFormat.PDF: _("PDF"), FileFormat.XLSX: _("Excel")}
    name = suggestion.replace("/", "-") + f".{wanted}"
    filters = [(kinds[wanted], [wanted.value])]
    path = ask.choose_file_to_save(context.window, _("Save the report"), name, filters)
    if path is None:
        return

    def saved(receipt: ExportReceipt) -> None:
        tell_saved(context, receipt.path)

    context.save(
        lambda _progress: context.desk.run(export, to=path, format=wanted, overwrite=True, **said),
        saved,
    )
