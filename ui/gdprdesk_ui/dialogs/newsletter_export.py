"""The list of readers for the program that sends the letters: how many, and what to know first."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.newsletter_export import (
    MailingPreview,
    MailingReceipt,
    export_mailing,
    preview_mailing,
    usual_tool,
)
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.saved_file import SavedFile
from gdprdesk_ui.widgets import Banner, Card, Choice, FormField, Label, clear, column

_WIDTH = 600


class ExportReaders(FormDialog):
    """Which program, how many are on the list, and what the register says of the program.

    Attributes:
        tool: The program that sends the letters.
        counts: How many say yes, and how many have taken it back since the last list.
        left_out: Who is not on it, and why.
        warnings: What to know before it leaves the house.
        saved: The file that was written; None before.
    """

    def __init__(self, context: PageContext, purpose: str) -> None:
        super().__init__(
            context,
            _("Export the readers"),
            _("Only who says yes is on the list, with address and name and nothing else."),
            verb=_("Save…"),
            width=_WIDTH,
        )
        self._purpose = purpose
        self.saved: SavedFile | None = None
        self.tool = Choice([(one, one.label) for one in MailingTool])
        self.tool.set_value(context.desk.ask(usual_tool, purpose=purpose))
        self.counts = Label("", "heading", wrap=True)
        self.left_out = Label("", "small", "muted", wrap=True)
        self.warnings = column(spacing=10)
        self.body.addWidget(FormField(_("Which program sends the letters?"), self.tool))
        self.body.addWidget(
            Card(column(self.counts, self.left_out, spacing=8), padding=16, sunken=True)
        )
        self.body.addLayout(self.warnings)
        self.tool.picked.connect(lambda _tool: self._show())
        self.verb_button.clicked.connect(self._save)
        self._show()

    def _show(self) -> None:
        found = self.context.desk.ask(
            preview_mailing, tool=self.tool.value(), purpose=self._purpose
        )
        self._found = found
        self.counts.setText(_said_yes(found))
        self.left_out.setText(_left_out(found))
        clear(self.warnings)
        for one in found.warnings:
            self.warnings.addWidget(Banner("warn", one, icon_name="triangle-alert"))
        self.verb_button.setEnabled(found.readers + found.left > 0)

    def _save(self) -> None:
        if self.saved is not None:
            self.accept()
            return
        tool, purpose, desk = self.tool.value(), self._purpose, self.context.desk
        suffix = tool.suffix.removeprefix(".")
        name = f"{self._found.title} {tool.label}{tool.suffix}".replace("/", "-")
        kind = _("Excel workbook") if suffix == "xlsx" else _("CSV")
        path = ask.choose_file_to_save(self, _("Save the readers"), name, [(kind, [suffix])])
        if path is not None:
            self.context.save(
                lambda _progress: desk.run(
                    export_mailing, tool=tool, to=Path(path), purpose=purpose, overwrite=True
                ),
                self._tell,
                self.verb_button,
            )

    def _tell(self, receipt: MailingReceipt) -> None:
        """Say where the files are and what to do with them, in the same dialog."""
        clear(self.body)
        tool = self.tool.value()
        said = [tool.how_to_import, _("It is written down under Data handed out.")]
        if receipt.left_path is None:
            said.insert(1, _("There is no second file this time: nobody has left."))
        else:
            beside = _("Those who get no letters any more are in “{name}” beside it.")
            said.insert(0, beside.format(name=receipt.left_path.name))
        self.saved = SavedFile(receipt.path, " ".join(said))
        self.body.addWidget(self.saved)
        self.body.addStretch()
        self.cancel_button.hide()
        self.verb_button.setText(_("Done"))
        self.verb_button.setFocus()


def _said_yes(found: MailingPreview) -> str:
    yes = ngettext(
        "{count} of {people} has said yes", "{count} of {people} have said yes", found.readers
    ).format(count=format_number(found.readers), people=format_number(found.people))
    if found.last_on is None:
        left = ngettext("{count} has taken it back", "{count} have taken it back", found.left)
    else:
        left = ngettext(
            "{count} gets it no more since last time",
            "{count} get it no more since last time",
            found.left,
        )
    return f"{yes}; {left.format(count=format_number(found.left))}."


def _left_out(found: MailingPreview) -> str:
    parts = []
    if found.last_on is not None:
        last = _("The last list for {tool} was made on {day}.")
        parts.append(last.format(tool=found.tool.label, day=format_day(found.last_on)))
    pending = ngettext(
        "{count} has signed up and not confirmed yet, and is not on it.",
        "{count} have signed up and not confirmed yet, and are not on it.",
        found.pending,
    )
    unreachable = ngettext(
        "{count} says yes, but has no e-mail address here.",
        "{count} say yes, but have no e-mail address here.",
        found.unreachable,
    )
    stopped = ngettext(
        "{count} says yes, but may get no letters now.",
        "{count} say yes, but may get no letters now.",
        found.stopped,
    )
    counted = ((found.pending, pending), (found.unreachable, unreachable), (found.stopped, stopped))
    parts += [said.format(count=format_number(count)) for count, said in counted if count]
    return " ".join(parts)


def export_readers(context: PageContext, purpose: str) -> ExportReaders:
    """Export who gets the letters of a purpose."""
    form = ExportReaders(context, purpose)
    form.open()
    return form
