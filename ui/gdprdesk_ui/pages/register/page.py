"""The record of processing: the list of purposes, and the one chosen as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QSplitter, QWidget

from gdprdesk.domain.activities import ActivityRecipient, ProcessingActivity
from gdprdesk.domain.assessments import ImpactScreening, LegitimateInterestAssessment
from gdprdesk.domain.base import ActivityRef, ControllerRef
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.requests import Instruction
from gdprdesk.domain.served import ControllerServed, ServedRecipient
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _
from gdprdesk.services.activities import (
    ActivityRow,
    list_activities,
    review_activity,
    show_activity,
)
from gdprdesk.services.files import (
    export_processor_register,
    export_register,
)
from gdprdesk.services.recipients import RecipientRow
from gdprdesk.services.served import list_controllers, show_served_defaults
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.activity_form import edit_activity
from gdprdesk_ui.dialogs.activity_new import GROUPS, new_activity
from gdprdesk_ui.dialogs.assessment import weigh
from gdprdesk_ui.dialogs.recipient_form import edit_recipient
from gdprdesk_ui.dialogs.save_guarded import SHEET_FIRST, save_report
from gdprdesk_ui.dialogs.screening import judge
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.pages.register.served import ServedPane
from gdprdesk_ui.pages.register.sheet import ActivitySheet
from gdprdesk_ui.pages.register.tools import RegisterTools
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import (
    Button,
    Chips,
    EntryList,
    Label,
    Line,
    PageHeading,
    Surface,
    clear,
    column,
    holder,
    row,
    scrolling,
)

OWN, SERVED = "own", "served"
_SCROLL_BAR = 14


class RegisterPage(Page):
    """Which data, why, how long and who else, for each purpose.

    Attributes:
        rows: The purposes under their headings.
        sheet: The one chosen; None while there is none.
        progress: How many of them lack nothing.
        new_button: Adds a purpose.
        excel_button: Saves the register as a workbook.
        print_button: Goes to the register as it is printed.
        notice_button: Goes to the privacy notice that is written from the register.
        tools: What is done with the whole register now and then.
        tabs: Its own register, or those it processes for; hidden where nobody is served.
        served: Those it processes for.
    """

    scrolls = False
    changed_kinds = frozenset(
        {
            ProcessingActivity,
            Recipient,
            ActivityRecipient,
            LegitimateInterestAssessment,
            ImpactScreening,
            ControllerServed,
            ServedRecipient,
            Instruction,
        }
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet: ActivitySheet | None = None
        self.excel_button = Button(
            _("Excel"), icon_name="file-spreadsheet", on_click=self._save_excel
        )
        self.print_button = Button(_("Print…"), "primary", "printer", on_click=self._print)
        self.notice_button = Button(
            _("Privacy notice"),
            icon_name="megaphone",
            on_click=lambda: context.open_page("notice"),
        )
        self.new_button = Button(_("New processing"), icon_name="plus", on_click=self._new)
        self.tools = RegisterTools(context, lambda: self.tabs.choose(SERVED))
        self.tabs = Chips([(OWN, _("Our own")), (SERVED, _("Those we process for"))], _("Show"))
        self.served = ServedPane(context)
        self.rows = EntryList(_("Record of processing"))
        self._whole = Label("", "strong")
        self.progress = QProgressBar(textVisible=False)
        self._build()
        self.rows.entry_chosen.connect(lambda _entry: self._show_sheet())
        self.tabs.chosen.connect(self._show_tab)

    def _build(self) -> None:
        heading = PageHeading(
            _("Record of processing"),
            _("Which personal data you have, why, how long and who sees them (Article 30)"),
            [self.tools, self.notice_button, self.excel_button, self.print_button],
        )
        foot = column(self._whole, self.progress, self.new_button, margins=(20, 12, 20, 14))
        left = Surface()
        box = column(self.rows, Line(), foot, spacing=0)
        box.setStretch(0, 1)
        left.setLayout(box)
        self._sheet_box = column(spacing=0)
        self._area = scrolling(holder(self._sheet_box), ground="surface")
        self._own = QSplitter(Qt.Orientation.Horizontal)
        self._own.addWidget(left)
        self._own.addWidget(self._area)
        self._own.setStretchFactor(1, 1)
        self._own.setSizes([316, 728])
        self._own.setChildrenCollapsible(False)
        self._tabs = holder(row(self.tabs, None, margins=(28, 0, 28, 14)))
        self._tabs.hide()
        self.served.hide()
        whole = column(
            row(heading, margins=(28, 22, 28, 16)),
            self._tabs,
            Line(),
            self._own,
            self.served,
            spacing=0,
        )
        whole.setStretch(3, 1)
        whole.setStretch(4, 1)
        self.setLayout(whole)

    def arrive(
        self,
        *,
        activity_ref: ActivityRef | None = None,
        controller_ref: ControllerRef | None = None,
        tab: str = "",
    ) -> None:
        """Show a purpose, a business served, or a tab; without them everything stays as it was."""
        if tab in (OWN, SERVED):
            self.tabs.choose(tab)
        if controller_ref is not None:
            self.tabs.choose(SERVED)
            self.served.choose(controller_ref)
        if activity_ref is not None:
            self.tabs.choose(OWN)
            self._read()
            self.rows.choose(activity_ref)

    def refresh(self) -> None:
        self._read()
        if self.rows.current() is None:
            self.rows.choose_first()
        self._show_sheet()
        self._show_tab(self.tabs.key())

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        found: dict[Command, Callable[[], object]] = {
            Command.NEW: self._new,
            Command.PRINT: self._print,
            Command.EXPORT: self._save_excel,
        }
        if self._is_served():
            return {**found, Command.NEW: self.served.add, Command.EDIT: self.served.change}
        if self.rows.current() is not None:
            found[Command.EDIT] = self._change
        return found

    def first_focus(self) -> QWidget | None:
        return self.served.rows if self._is_served() else self.rows

    def _is_served(self) -> bool:
        return self.tabs.key() == SERVED

    def _show_tab(self, key: str) -> None:
        """Show its own register, or those it processes for; the tabs once there are any."""
        desk = self.context.desk
        serves = bool(desk.ask(list_controllers) or desk.ask(show_served_defaults).categories)
        self._tabs.setVisible(serves or key == SERVED)
        self.tools.served_action.setVisible(not serves)
        self._own.setVisible(key == OWN)
        self.served.setVisible(key == SERVED)
        if key == SERVED:
            self.served.show_again()

    def _read(self) -> None:
        known = self.context.desk.ask(list_activities)
        headings = [*GROUPS, *sorted({one.group for one in known} - set(GROUPS))]
        self.rows.show_sections(
            [
                Section(
                    _(GROUPS.get(group, group)),
                    tuple(_entry(one) for one in known if one.group == group),
                )
                for group in headings
            ]
        )
        whole = sum(not one.lacks for one in known)
        said = _("{whole} of {count} complete").format(whole=whole, count=len(known))
        self._whole.setText(said)
        self.progress.setRange(0, max(1, len(known)))
        self.progress.setValue(whole)
        self.progress.setAccessibleName(said)

    def _ref(self) -> ActivityRef | None:
        chosen = self.rows.current()
        return chosen.key if chosen else None

    def _show_sheet(self) -> None:
        ref = self._ref()
        if self.sheet is not None:
            clear(self._sheet_box)
            self.sheet = None
        if ref is None:
            return
        activity = self.context.desk.ask(show_activity, activity_ref=ref)
        self.sheet = ActivitySheet(activity, self.context.today)
        self.sheet.change_wanted.connect(self._change)
        self.sheet.review_wanted.connect(self._review)
        self.sheet.weighing_wanted.connect(lambda: weigh(self.context, activity))
        self.sheet.judging_wanted.connect(lambda: judge(self.context, activity))
        self.sheet.recipient_wanted.connect(self._edit_recipient)
        self._sheet_box.addWidget(self.sheet)
        self._area.setMinimumWidth(self.sheet.minimumSizeHint().width() + scaled(_SCROLL_BAR))
        self._area.verticalScrollBar().setValue(0)

    def _new(self) -> None:
        new_activity(self.context, lambda ref: self.context.open_page("register", activity_ref=ref))

    def _change(self) -> None:
        ref = self._ref()
        if ref is not None:
            edit_activity(self.context, ref)

    def _review(self) -> None:
        ref, desk = self._ref(), self.context.desk
        if ref is not None:
            self.context.perform(
                lambda _progress: desk.run(review_activity, activity_ref=ref),
                lambda _none: self.context.toast(_("Looked through today"), undoable=True),
            )

    def _edit_recipient(self, recipient: RecipientRow) -> None:
        edit_recipient(self.context, recipient)

    def _print(self) -> None:
        report = "processor_register" if self._is_served() else "register"
        self.context.open_page("reports", report=report)

    def _save_excel(self) -> None:
        served = self._is_served()
        save_report(
            self.context,
            _("Those we process for") if served else _("Record of processing"),
            export_processor_register if served else export_register,
            *SHEET_FIRST,
            button=self.excel_button,
        )


def _entry(one: ActivityRow) -> Entry:
    whole = not one.lacks
    return Entry(
        one.name,
        say(one.legal_basis) if whole else one.lacks[0],
        icon=one.icon,
        end_icon=("circle-check", "accent") if whole else ("triangle-alert", "warn"),
        key=one.ref,
    )
