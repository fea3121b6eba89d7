"""The page with the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.page import Breadth, Page
from gdprdesk_ui.pages.settings.bookkeeping import BookkeepingCard
from gdprdesk_ui.pages.settings.business import BusinessCard
from gdprdesk_ui.pages.settings.computer import ComputerCard
from gdprdesk_ui.pages.settings.patient_law import PatientLawCard
from gdprdesk_ui.pages.settings.register import AboutCard, EndingCard, FileCard, UsersCard
from gdprdesk_ui.pages.settings.security import SecurityCard
from gdprdesk_ui.pages.settings.working_day import WorkingDayCard
from gdprdesk_ui.widgets import PageHeading, column, row


class SettingsPage(Page):
    """Two columns of cards; one where there is little room.

    Attributes:
        business: What the register says about the business.
        patient_law: Whether the law on patients' records applies; where journals are kept.
        bookkeeping: The accounts that the accountant's pack books on.
        working_day: Rooms, and words that nobody is to write of people.
        computer: What is chosen for this computer.
        users: Who works with the register.
        security: The password, what is needed beside it, and the key on paper.
        file: Where the register is, and whether it is whole.
        ending: What is done when the business ends.
    """

    changed_kinds = frozenset({Organisation})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.computer, self.business = ComputerCard(context), BusinessCard(context)
        self.security, self.file = SecurityCard(context), FileCard(context)
        self.users, self.patient_law = UsersCard(context), PatientLawCard(context)
        self.working_day = WorkingDayCard(context)
        self.bookkeeping = BookkeepingCard(context)
        left = column(
            *(self.business, self.working_day, self.bookkeeping),
            *(self.patient_law, self.security),
            None,
            spacing=16,
        )
        self.ending = EndingCard(context)
        right = column(
            *(self.users, self.computer, self.file, self.ending, AboutCard(context)),
            None,
            spacing=16,
        )
        self._sides = row(left, right, spacing=16)
        self._sides.setStretch(0, 3)
        self._sides.setStretch(1, 2)
        self.setLayout(
            column(
                PageHeading(_("Settings")), self._sides, None, spacing=18,
                margins=(32, 26, 32, 26),
            )
        )  # fmt: skip

        self.bookkeeping.setVisible(context.desk.ask(show_organisation).country == "SE")
        context.leave_out(Permission.REGISTER, self.business, self.working_day, self.ending)
        keys = (self.security.key_button, self.security.change_button)
        context.leave_out(Permission.INVOICES, self.bookkeeping)
        context.leave_out(Permission.STAFF, *keys, self.users)
        context.leave_out(Permission.BACKUPS, self.file.check_button, self.file.backups_button)

    def refresh(self) -> None:
        self.computer.refresh()
        self.business.refresh()
        self.working_day.refresh()
        self.security.refresh()
        self.patient_law.refresh()
        self.bookkeeping.refresh()

    def first_focus(self) -> QWidget | None:
        return self.business.fields["name"]

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        narrow = breadth is Breadth.NARROW
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
