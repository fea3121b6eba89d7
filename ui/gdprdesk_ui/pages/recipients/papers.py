"""What is done with the papers of a recipient: the agreement, its review, what was seen."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.i18n import _
from gdprdesk.services.agreements import add_agreement, remove_agreement, review_recipient
from gdprdesk.services.files import (
    ExportReceipt,
    FileFormat,
    export_agreement,
    export_agreement_file,
)
from gdprdesk.services.recipients import RecipientRow, remove_recipient
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.evidence_form import see_something
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.pages.recipients.sheet import RecipientSheet


class Papers:
    """Does what the buttons of a sheet ask for."""

    def __init__(self, context: PageContext) -> None:
        self._context = context

    def serve(self, sheet: RecipientSheet, one: RecipientRow) -> None:
        """Answer the buttons of the sheet of a recipient."""
        sheet.file_wanted.connect(lambda: self._put_in(one))
        sheet.without_file_wanted.connect(lambda: self._take_out(one))
        sheet.copy_wanted.connect(lambda: self._save_copy(one))
        sheet.agreement_wanted.connect(lambda: self._write(one))
        sheet.review_wanted.connect(lambda: self._reviewed(one))
        sheet.evidence_wanted.connect(lambda: see_something(self._context, one))
        sheet.remove_wanted.connect(lambda: self._remove(one))

    def _put_in(self, one: RecipientRow) -> None:
        context = self._context
        kinds = [
            (_("Agreements"), ["pdf", "docx", "odt", "jpg", "png"]),
            (_("All files"), ["*"]),
        ]
        path = ask.choose_file_to_open(context.window, _("The signed agreement"), kinds)
        if path is not None:
            context.save(
                lambda _progress: context.desk.run(add_agreement, recipient_ref=one.ref, path=path),
                lambda _none: context.toast(_("The agreement is kept here now"), undoable=True),
            )

    def _take_out(self, one: RecipientRow) -> None:
        context = self._context
        context.save(
            lambda _progress: context.desk.run(remove_agreement, recipient_ref=one.ref),
            lambda _none: context.toast(
                _("The file of the agreement is taken out"), undoable=True, deletion=True
            ),
        )

    def _save_copy(self, one: RecipientRow) -> None:
        context = self._context
        ending = Path(one.agreement_name).suffix.removeprefix(".") or "*"
        path = ask.choose_file_to_save(
            context.window, _("Save a copy"), one.agreement_name, [(_("Agreement"), [ending])]
        )
        if path is not None:
            context.save(
                lambda _progress: context.desk.run(
                    export_agreement_file, recipient_ref=one.ref, to=path, overwrite=True
                ),
                self._saved,
            )

    def _write(self, one: RecipientRow) -> None:
        context = self._context
        path = ask.choose_file_to_save(
            context.window,
            _("Save the agreement to sign"),
            _("Processor agreement {name}").format(name=one.name).replace("/", "-") + ".docx",
            [(_("Word document"), ["docx"]), (_("PDF"), ["pdf"])],
        )
        if path is not None:
            is_pdf = path.suffix.casefold() == ".pdf"
            wanted = FileFormat.PDF if is_pdf else FileFormat.DOCX
            context.save(
                lambda _progress: context.desk.run(
                    export_agreement,
                    recipient_ref=one.ref,
                    to=path,
                    format=wanted,
                    overwrite=True,
                ),
                self._saved,
            )

    def _reviewed(self, one: RecipientRow) -> None:
        context = self._context
        context.save(
            lambda _progress: context.desk.run(review_recipient, recipient_ref=one.ref),
            lambda _none: context.toast(_("Looked through today"), undoable=True),
        )

    def _remove(self, one: RecipientRow) -> None:
        context = self._context
        words = _("{name} is removed").format(name=one.name)
        context.save(
            lambda _progress: context.desk.run(remove_recipient, recipient_ref=one.ref),
            lambda _none: context.toast(words, undoable=True, deletion=True),
        )

    def _saved(self, saved: ExportReceipt) -> None:
        tell_saved(self._context, saved.path)
