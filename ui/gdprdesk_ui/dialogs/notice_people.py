"""Whom a notice is for, to be told of its newest version."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from gdprdesk.domain.terms import Audience
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.notice import VersionRow, mark_notice_told
from gdprdesk.services.notice_people import PersonToTell, list_people_to_tell
from gdprdesk.services.paging import Page as Rows
from gdprdesk.services.paging import every_row
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.models.cells import PersonCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Button, Label, Table, row

_TABLE_HEIGHT = 300


def tell_people(
    context: PageContext, audience: Audience, version: VersionRow | None
) -> NoticePeopleDialog:
    """Show whom a notice is for; without a version there is nothing to tell of yet."""
    dialog = NoticePeopleDialog(context, audience, version)
    dialog.show()
    return dialog


class NoticePeopleDialog(FormDialog):
    """The people a notice is for, with a button that copies how to reach them.

    Attributes:
        table: Their names and e-mail addresses.
        copy_button: Copies every e-mail address, for the blind copy of a letter.
        sentence: How many there are, and how many of them have no address.
    """

    def __init__(
        self, context: PageContext, audience: Audience, version: VersionRow | None
    ) -> None:
        told = version is not None and version.told_on is not None
        waits = version is not None and not told
        super().__init__(
            context, _("Whom to tell"), verb=_("They have been told") if waits else _("Close")
        )
        self._version = version

        def fetch(*, offset: int, limit: int) -> Rows[PersonToTell]:
            return context.desk.ask(
                list_people_to_tell, audience=audience, offset=offset, limit=limit
            )

        self.people: tuple[PersonToTell, ...] = tuple(every_row(fetch))
        self.copy_button = Button(
            _("Copy the e-mail addresses"), icon_name="copy", on_click=self._copy
        )
        self.copy_button.setEnabled(any(one.email for one in self.people))
        self.copied = Label("", "small", "muted", wrap=True)
        model = PagedTableModel[PersonToTell](
            [
                Column(
                    _("Name"),
                    lambda one: one.name,
                    cell=lambda one: PersonCell(one.name, one.email or _("No e-mail address")),
                )
            ],
            lambda offset, limit: fetch(offset=offset, limit=limit),
            self,
        )
        model.reload()
        self.table = Table(model, _("People"))
        self.table.setMinimumHeight(scaled(_TABLE_HEIGHT))
        self.body.addWidget(Label(self._said(), "body", wrap=True))
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.copy_button, None))
        self.body.addWidget(self.copied)
        self.cancel_button.setVisible(waits)
        self.verb_button.clicked.connect(self._tell if waits else self.accept)

    def _said(self) -> str:
        count, without = len(self.people), sum(not one.email for one in self.people)
        said = ngettext("{count} person.", "{count} people.", count)
        parts = [said.format(count=format_number(count))]
        if without:
            lacking = ngettext(
                "{count} has no e-mail address: tell her in another way.",
                "{count} have no e-mail address: tell them in another way.",
                without,
            )
            parts.append(lacking.format(count=format_number(without)))
        if self._version is None:
            parts.append(_("Publish the notice first, so that there is something to tell."))
        elif self._version.told_on:
            day = format_day(self._version.told_on, short=True, today=self.context.today)
            parts.append(_("They were told on {day}.").format(day=day))
        return " ".join(parts)

    def _copy(self) -> None:
        emails = [one.email for one in self.people if one.email]
        QGuiApplication.clipboard().setText("; ".join(emails))
        said = ngettext(
            "{count} address is copied. Put it in the field for blind copies (bcc).",
            "{count} addresses are copied. Put them in the field for blind copies (bcc).",
            len(emails),
        )
        self.copied.setText(said.format(count=format_number(len(emails))))

    def _tell(self) -> None:
        version, desk = self._version, self.context.desk
        if version is not None:
            self.context.save(
                lambda _progress: desk.run(mark_notice_told, ref=version.ref),
                lambda _none: self._told(),
                self.verb_button,
            )

    def _told(self) -> None:
        self.context.toast(_("Written down: they have been told"), undoable=True)
        self.accept()
