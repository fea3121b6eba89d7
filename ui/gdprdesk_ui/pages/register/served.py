"""Those one processes for, each read as a sheet: Article 30(2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from gdprdesk.domain.base import ControllerRef
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.instructions import InstructionRow, list_instructions
from gdprdesk.services.served import (
    ControllerChanges,
    ControllerRow,
    list_controllers,
    update_controller,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.controller_form import edit_controller, end_service, new_controller
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.pages.register.served_work import InstructionList, settling
from gdprdesk_ui.pages.register.sheet_parts import DOT, all_said, group, said, told
from gdprdesk_ui.pages.register.sheet_recipients import places_said
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Described,
    EmptyState,
    EntryList,
    IconTile,
    Label,
    Line,
    ListRow,
    Surface,
    column,
    holder,
    row,
    scrolling,
)


class ControllerSheet(QWidget):
    """What is done for a business, how, and since when.

    Signals:
        change_wanted: Change the row.
        end_wanted: The service has ended.
        goes_on_wanted: It has not ended after all.

    Attributes:
        change_button: Changes the row.
        end_button: Says that the service has ended, or that it goes on.
        instructions: What the business wants done.
        settling: That its data are to go back or be deleted after the end, or what was done.
    """

    change_wanted = Signal()
    end_wanted = Signal()
    goes_on_wanted = Signal()

    def __init__(
        self, context: PageContext, one: ControllerRow, instructions: Sequence[InstructionRow]
    ) -> None:
        super().__init__()
        self.instructions = InstructionList(context, one, instructions)
        self.change_button = Button(
            _("Change"), icon_name="pencil", on_click=self.change_wanted.emit
        )
        ended = one.ended_on is not None
        self.end_button = Button(
            _("It goes on after all") if ended else _("The service has ended…"),
            size="small",
            on_click=self.goes_on_wanted.emit if ended else self.end_wanted.emit,
        )
        self.settling = settling(context, one)
        wants = one.missing and one.ended_on is None
        banner = [_banner(one)] if wants else self.settling
        parts = [self._heading(one), *banner, self.instructions, *_rows(one)]
        ending = row(self.end_button, None)
        self.setLayout(column(*parts, ending, None, spacing=14, margins=(28, 22, 28, 24)))

    def _heading(self, one: ControllerRow) -> QWidget:
        words = column(
            Label(one.name, "title", wrap=True),
            Label(one.org_number, "small", "muted"),
            spacing=2,
        )
        heading = QWidget()
        line = row(IconTile("building-2", "accent", 44, 22), words, self.change_button)
        line.setSpacing(14)
        line.setStretch(1, 1)
        heading.setLayout(line)
        return heading


class ServedPane(QWidget):
    """The list of those one processes for, and the one chosen.

    Attributes:
        rows: Those that are served, and those that were.
        sheet: The one chosen; None while there is none.
        new_button: Adds one.
        empty: Shown while there is nobody.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._known: dict[ControllerRef, ControllerRow] = {}
        self.sheet: ControllerSheet | None = None
        self.rows = EntryList(_("Those we process for"))
        self.new_button = Button(_("New business"), icon_name="plus", on_click=self.add)
        self.empty = EmptyState(
            "building-2",
            _("You process for nobody yet"),
            _("Here stand the businesses whose data you handle on their instruction."),
        )
        left = Surface()
        foot = column(self.new_button, margins=(20, 12, 20, 14))
        box = column(self.rows, Line(), foot, spacing=0)
        box.setStretch(0, 1)
        left.setLayout(box)
        self._sheet_box = column(self.empty, spacing=0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(scrolling(holder(self._sheet_box), ground="surface"))
        split.setStretchFactor(1, 1)
        split.setSizes([316, 728])
        split.setChildrenCollapsible(False)
        self.setLayout(column(split, spacing=0))
        self.rows.entry_chosen.connect(lambda _entry: self._show_sheet())

    def show_again(self) -> None:
        """Read them again; the one chosen stays chosen."""
        found = self._context.desk.ask(list_controllers)
        self._known = {one.ref: one for one in found}
        now = tuple(_entry(one) for one in found if one.ended_on is None)
        before = tuple(_entry(one) for one in found if one.ended_on is not None)
        self.rows.show_sections([Section(_("Now"), now), Section(_("Ended"), before)])
        if self.rows.current() is None:
            self.rows.choose_first()
        self._show_sheet()

    def add(self) -> None:
        """Ask for a new one."""
        new_controller(self._context, self.choose)

    def change(self) -> None:
        """Change the one chosen."""
        one = self._chosen()
        if one is not None:
            edit_controller(self._context, one)

    def choose(self, ref: ControllerRef) -> None:
        """Show one of them."""
        self.show_again()
        self.rows.choose(ref)

    def _chosen(self) -> ControllerRow | None:
        entry = self.rows.current()
        return self._known.get(entry.key) if entry else None

    def _show_sheet(self) -> None:
        if self.sheet is not None:
            self._sheet_box.removeWidget(self.sheet)
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
        one = self._chosen()
        self.empty.setVisible(one is None)
        if one is None:
            return
        wanted = self._context.desk.ask(list_instructions, controller_ref=one.ref)
        self.sheet = ControllerSheet(self._context, one, wanted)
        self.sheet.change_wanted.connect(self.change)
        self.sheet.end_wanted.connect(lambda: end_service(self._context, one))
        self.sheet.goes_on_wanted.connect(lambda: self._go_on(one))
        self._sheet_box.addWidget(self.sheet)

    def _go_on(self, one: ControllerRow) -> None:
        context, changes = self._context, ControllerChanges(goes_on=True)
        context.save(
            lambda _progress: context.desk.run(
                update_controller, controller_ref=one.ref, changes=changes
            ),
            lambda _none: context.toast(
                _("{name} is served again").format(name=one.name), undoable=True
            ),
        )


def _banner(one: ControllerRow) -> Banner:
    title = ngettext("One thing is missing", "{count} things are missing", len(one.missing))
    return Banner(
        "warn",
        title.format(count=len(one.missing)),
        ". ".join(one.missing) + ".",
        icon_name="triangle-alert",
    )


def _rows(one: ControllerRow) -> list[QWidget]:
    others: list[QWidget] = [ListRow(None, other.name, other.service) for other in one.recipients]
    service = [
        Described(_("What you do for it"), *all_said(one.categories)),
        Described(_("Protection"), *all_said(one.measures)),
        Described(_("Who else takes part"), *(others or [said(_("Nobody else"))])),
        Described(_("Outside the EEA"), *places_said(one.recipients)),
    ]
    begun = one.agreement_on
    days = [
        Described(_("Agreement since"), said(_day(begun) if begun else _("Not yet"))),
        *told(_("Until"), _day(one.agreement_until) if one.agreement_until else ""),
        *told(_("Ended"), _day(one.ended_on) if one.ended_on else ""),
        *told(_("Contact"), one.contact),
        *told(_("Its data protection officer"), one.officer),
    ]
    return [*group(_("The service"), service), *group(_("Between you"), days)]


def _day(day: date) -> str:
    return format_day(day, short=True)


def _entry(one: ControllerRow) -> Entry:
    whole = not one.missing
    detail = one.missing[0] if one.missing else DOT.join(one.categories[:1])
    if one.ended_on is not None:
        whole = not one.wants_settling
        ended = _("Ended {day}") if whole else _("Ended {day}: return or delete its data")
        detail = ended.format(day=_day(one.ended_on))
    return Entry(
        one.name,
        detail,
        icon="building-2",
        end_icon=("circle-check", "accent") if whole else ("triangle-alert", "warn"),
        key=one.ref,
    )
