"""That a person is to be told where data about her came from: Article 14."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _, format_day
from gdprdesk.services.files import ExportReceipt, FileFormat
from gdprdesk.services.register_files import export_source_letter
from gdprdesk.services.sources import SourceRow, list_sources
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.dialogs.source_notice import ask_told, ask_why_untold
from gdprdesk_ui.widgets import Banner, Button, clear, column


class SourceBanner(QWidget):
    """Stays until she was told, or it is written down why not.

    Attributes:
        letter_button: Saves the letter to send her.
        told_button: She was told.
        untold_button: She need not be told.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._source: SourceRow | None = None
        self._box = column(spacing=0)
        self.setLayout(self._box)
        self.hide()

    def show_person(self, ref: SubjectRef) -> None:
        """Show the nearest thing she is to be told, if there is one."""
        source = next(iter(self._context.desk.ask(list_sources, subject_ref=ref)), None)
        if source != self._source:
            clear(self._box)
            if source is not None:
                self._show(source)
        self._source = source
        self.setVisible(source is not None)

    def _show(self, source: SourceRow) -> None:
        self.letter_button = Button(
            _("Letter…"), icon_name="file-text", size="small", on_click=self._save_letter
        )
        self.told_button = Button(
            _("She was told…"), size="small", on_click=lambda: ask_told(self._context, source)
        )
        self.untold_button = Button(
            _("Need not be told…"),
            size="small",
            on_click=lambda: ask_why_untold(self._context, source),
        )
        day = format_day(source.due_on)
        said = (
            _("{source}. She was to be told by {day}.")
            if source.is_late
            else _("{source}. Tell her by {day}, and when you first write or call (Article 14).")
        )
        banner = Banner(
            "danger" if source.is_late else "warn",
            _("Tell her where you have her data from"),
            said.format(source=source.source.rstrip("."), day=day),
            [self.letter_button, self.told_button, self.untold_button],
            icon_name="megaphone",
        )
        self._box.addWidget(banner)

    def _save_letter(self) -> None:
        source, context = self._source, self._context
        if source is None:
            return
        suggestion = _("Letter to {name}.docx").format(name=source.name)
        kinds = [(_("Word"), ["docx"]), (_("PDF"), ["pdf"])]
        path = ask.choose_file_to_save(context.window, _("Save the letter"), suggestion, kinds)
        if path is None:
            return
        is_pdf = path.suffix.casefold() == ".pdf"

        def saved(receipt: ExportReceipt) -> None:
            tell_saved(context, receipt.path)

        context.save(
            lambda _progress: context.desk.run(
                export_source_letter,
                ref=source.ref,
                to=path,
                format=FileFormat.PDF if is_pdf else FileFormat.DOCX,
                overwrite=True,
            ),
            saved,
        )
