"""What is done with the readers of letters: saved, exported, compared; customers and surveys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import ContactKind, Permission
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.consent_texts import ConsentTextRow
from gdprdesk.services.existing_customers import uses_the_exception
from gdprdesk.services.files import ExportReceipt, FileFormat
from gdprdesk.services.newsletter import export_newsletter, list_readers
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.existing_customers import show_customers
from gdprdesk_ui.dialogs.newsletter_compare import compare_readers
from gdprdesk_ui.dialogs.newsletter_export import export_readers
from gdprdesk_ui.dialogs.save_guarded import save_guarded, saving_of
from gdprdesk_ui.dialogs.stop_list import show_stop_list_dialog
from gdprdesk_ui.dialogs.survey_check import check_survey_file
from gdprdesk_ui.widgets import Button, column, row


class LetterTools(QWidget):
    """The buttons of a purpose for which letters are sent; others have none.

    Attributes:
        export_button: Makes the list for the program that sends the letters.
        compare_button: Compares the list of that program with the register.
        readers_button: Saves who gets what is sent to numbers.
    """

    def __init__(self, context: PageContext, purpose: Callable[[], str]) -> None:
        super().__init__()
        self._context = context
        self._title = ""
        self._purpose = purpose
        self.compare_button = Button(
            _("Compare…"),
            icon_name="list-checks",
            size="small",
            on_click=lambda: compare_readers(context, purpose()),
        )
        self.export_button = Button(
            _("Export…"),
            icon_name="mail",
            size="small",
            on_click=lambda: export_readers(context, purpose()),
        )
        self.readers_button = Button(
            _("Save the readers…"), icon_name="mail", size="small", on_click=self._save_readers
        )
        self.setLayout(row(None, self.readers_button, self.compare_button, self.export_button))

    def show_purpose(self, text: ConsentTextRow) -> None:
        """Offer what can be done with the readers of a purpose."""
        self._title = text.name
        sends = text.is_advertising and self._context.may(Permission.EXPORT_ALL)
        self.setVisible(sends)
        if not sends:
            return
        found = self._context.desk.ask(list_readers, purpose=text.purpose)
        by_mail = found.contact is ContactKind.EMAIL
        self.export_button.setVisible(by_mail)
        self.compare_button.setVisible(by_mail)
        self.readers_button.setVisible(not by_mail)
        self.readers_button.setEnabled(text.yes > 0)

    def _save_readers(self) -> None:
        """Save who gets the letters; whoever has said no is left out, and that is said."""
        purpose = self._purpose()
        saving = saving_of(
            self._context.desk,
            self._title,
            export_newsletter,
            FileFormat.CSV,
            FileFormat.XLSX,
            purpose=purpose,
        )
        told = replace(saving, then=lambda saved: self._say_left_out(purpose, saved))
        save_guarded(self._context, told)

    def _say_left_out(self, purpose: str, saved: ExportReceipt) -> None:
        found = self._context.desk.ask(list_readers, purpose=purpose)
        left_out = found.stopped + found.unreachable
        said = ngettext(
            "{readers} saved, {count} left out", "{readers} saved, {count} left out", left_out
        )
        self._context.toast(
            said.format(readers=format_number(saved.rows), count=format_number(left_out))
        )


class MoreLetters(QWidget):
    """What stands under the purposes: letters to customers, a survey to check, the stop list.

    Attributes:
        customers_button: Shows who gets letters as an existing customer; only where the register
            has a row for that.
        survey_button: Looks whether a survey is anonymous.
        stops_button: Shows who is not to be written to, without saying who it is.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.customers_button = Button(
            _("Letters to customers…"),
            "ghost",
            "megaphone",
            on_click=lambda: show_customers(context),
        )
        self.survey_button = Button(
            _("Check a survey…"),
            "ghost",
            "file-search",
            on_click=lambda: check_survey_file(context),
        )
        self.stops_button = Button(
            _("Stop list…"), "ghost", "ban", on_click=lambda: show_stop_list_dialog(context)
        )
        buttons = (self.customers_button, self.survey_button, self.stops_button)
        lines = (row(one, None) for one in buttons)
        self.setLayout(column(*lines, spacing=2, margins=(8, 8, 8, 4)))
        if not (context.may(Permission.CONSENTS) and context.desk.ask(uses_the_exception)):
            self.customers_button.hide()
        context.leave_out(Permission.EXPORT_ALL, self.survey_button, self.customers_button)
