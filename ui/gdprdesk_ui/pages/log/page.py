"""The log of the register: who did and read what, about whom, when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.audit import AuditEntry, LogSample
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Permission, say
from gdprdesk.i18n import _, format_moment, format_number, ngettext
from gdprdesk.services.checking import CheckReport
from gdprdesk.services.log_files import export_log
from gdprdesk.services.log_listing import LogRow, list_log
from gdprdesk.services.staff import list_staff
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.read_log_form import show_read_log
from gdprdesk_ui.dialogs.save_guarded import SHEET_FIRST, save_report
from gdprdesk_ui.models.cells import TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.pages.log.anchor import check_paper
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Chips,
    Choice,
    Line,
    PageHeading,
    Table,
    column,
    holder,
    row,
)

ALL, READINGS, EXPORTS, ERASURES, ACCESS = "all", "readings", "exports", "erasures", "access"
_BEGINS = {EXPORTS: "export.", ERASURES: "erasure.", ACCESS: "staff."}
_WEEK, _MONTH, _YEAR = 7, 31, 366


class LogPage(Page):
    """The lines of the log, the latest first. It names whom and what, and says no text.

    Attributes:
        kind: Which lines are shown.
        staff: Of whom.
        period: How far back.
        table: The lines.
        person_button: Shows only what is about the person of the chosen line.
        extract_button: Who has read about her, to be handed out.
        paper_button: Compares an old paper.
        check_button: Follows the log from its first line.
        export_button: Saves what is shown.
        result: What was found in the log.
    """

    scrolls: ClassVar[bool] = False
    changed_kinds = frozenset({AuditEntry, LogSample})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._about: tuple[SubjectRef, str] | None = None
        self.paper_button = Button(
            _("Check an old paper…"), icon_name="file-check", on_click=lambda: check_paper(context)
        )
        self.check_button = Button(
            _("Check the log"), icon_name="shield-check", on_click=self._check
        )
        self.export_button = Button(_("Save the list…"), icon_name="download", on_click=self._save)
        self.kind = Chips(
            [
                (ALL, _("All")),
                (READINGS, _("Readings")),
                (EXPORTS, _("Exports")),
                (ERASURES, _("Erasures")),
                (ACCESS, _("Access")),
            ],
            _("Show"),
        )
        self.staff: Choice[str | None] = Choice([(None, _("Everybody"))])
        self.staff.setAccessibleName(_("Who did it"))
        self.period: Choice[int | None] = Choice(
            [
                (None, _("Any time")),
                (_WEEK, _("The last week")),
                (_MONTH, _("The last month")),
                (_YEAR, _("The last year")),
            ]
        )
        self.period.setAccessibleName(_("When"))
        self.person_button = Button(_("This person"), icon_name="user", on_click=self._only_her)
        self.extract_button = Button(
            _("Who has read about her…"), icon_name="file-text", on_click=self._extract
        )
        self.model = PagedTableModel[LogRow](self._columns(), self._fetch, self)
        self.table = Table(self.model, _("Log"))
        self.result = Banner("accent", "")
        self.result.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.heading = PageHeading(
            _("Log"),
            " ",
            [self.paper_button, self.check_button, self.export_button],
            back=(_("Settings"), lambda: self.context.open_page("settings")),
        )
        tools = row(self.kind, None, self.staff, self.period, margins=(28, 0, 28, 8))
        about = row(self.person_button, self.extract_button, None, margins=(28, 0, 28, 12))
        box = column(
            row(self.heading, margins=(28, 16, 28, 12)),
            holder(row(self.result, margins=(28, 0, 28, 12))),
            tools,
            about,
            Line(),
            self.table,
            spacing=0,
        )
        box.setStretch(box.count() - 1, 1)
        self.setLayout(box)
        leave_out = self.context.leave_out
        leave_out(Permission.REGISTER, self.paper_button, self.extract_button)
        leave_out(Permission.BACKUPS, self.check_button)

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda _key: self._show_rows())
        self.staff.picked.connect(lambda _who: self._show_rows())
        self.period.picked.connect(lambda _days: self._show_rows())
        self.table.row_chosen.connect(lambda _row: self._offer())
        self.table.opened.connect(self._open)

    def arrive(self, *, subject_ref: SubjectRef | None = None, name: str = "") -> None:
        """Show the log, or what is about one person.

        Args:
            subject_ref: Who.
            name: What she is called.
        """
        self._about = (subject_ref, name) if subject_ref is not None else None

    def refresh(self) -> None:
        known = self.staff.value()
        rows = self.context.desk.ask(list_staff)
        self.staff.set_choices(
            [(None, _("Everybody")), *((one.staff_id, one.name) for one in rows)]
        )
        self.staff.set_value(known)
        total = self.context.desk.ask(list_log, limit=0).total
        self.heading.set_words(
            _("Log"),
            ngettext(
                "{count} line. Each is tied to the one before it.",
                "{count} lines. Each is tied to the one before it.",
                total,
            ).format(count=format_number(total)),
        )
        self._show_rows()

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.EXPORT: self._save}

    def first_focus(self) -> QWidget | None:
        return self.table

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        shown = {Breadth.FULL: [0, 1, 2, 3, 4], Breadth.COMPACT: [1, 2, 3, 4]}
        self.table.set_columns_shown(shown.get(breadth, [1, 2, 3]))

    def _columns(self) -> list[Column[LogRow]]:
        return [
            Column(
                _("Line"),
                lambda one: str(one.number),
                cell=lambda one: TextCell(str(one.number), "muted", tabular=True),
                width=8,
            ),
            Column(
                _("When"),
                lambda one: format_moment(one.at),
                cell=lambda one: TextCell(format_moment(one.at), "muted", tabular=True),
                width=19,
            ),
            Column(
                _("Who"),
                lambda one: one.staff,
                cell=lambda one: TextCell(one.staff),
                width=17,
            ),
            Column(
                _("What was done"),
                lambda one: one.label,
                cell=lambda one: TwoLineCell(one.label, _why(one)),
            ),
            Column(_("About"), _people, cell=lambda one: TextCell(_people(one)), width=22),
        ]

    def _wanted(self) -> dict[str, Any]:
        days, key = self.period.value(), self.kind.key()
        return {
            "since": self.context.today - timedelta(days=days) if days else None,
            "staff": self.staff.value(),
            "subject_ref": self._about[0] if self._about else None,
            "readings_only": key == READINGS,
        }

    def _fetch(self, offset: int, limit: int) -> Any:
        return self.context.desk.ask(
            list_log,
            action=_BEGINS.get(self.kind.key()),
            offset=offset,
            limit=limit,
            **self._wanted(),
        )

    def _show_rows(self) -> None:
        self.model.reload()
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done with whoever the chosen line is about."""
        known = self._about or self._chosen()
        self.extract_button.setEnabled(known is not None)
        self.person_button.setEnabled(known is not None)
        self.person_button.setText(
            _("Show everybody") if self._about is not None else _("This person")
        )

    def _chosen(self) -> tuple[SubjectRef, str] | None:
        one: LogRow | None = self.table.current()
        return one.people[0] if one is not None and one.people else None

    def _only_her(self) -> None:
        self._about = None if self._about is not None else self._chosen()
        self._show_rows()

    def _open(self, one: LogRow) -> None:
        if one.people and self.context.may(Permission.PEOPLE):
            self.context.open_page("person", subject_ref=one.people[0][0])

    def _extract(self) -> None:
        known = self._about or self._chosen()
        if known is not None:
            show_read_log(self.context, *known)

    def _save(self) -> None:
        save_report(self.context, _("Log"), export_log, *SHEET_FIRST, **self._wanted())

    def _check(self) -> None:
        self.context.perform(
            self.context.desk.check, self._tell, doing=_("Checking …"), button=self.check_button
        )

    def _tell(self, report: CheckReport) -> None:
        found = [one for one in report.checks if one.name.startswith("audit")]
        whole = all(one.ok for one in found)
        self.result.setProperty("tone", "accent" if whole else "danger")
        self.result.style().polish(self.result)
        moment = format_moment(self.context.desk.now)
        said = _("The log is whole, checked {moment}") if whole else _("The log does not fit")
        bad = " ".join(one.sentence for one in found if not one.ok)
        self.result.set_words(said.format(moment=moment), bad)
        self.result.show()


def _people(one: LogRow) -> str:
    return ", ".join(name for _ref, name in one.people if name)


def _why(one: LogRow) -> str:
    """Return why something was read, or what a file was for and what it is called."""
    why = one.reason or one.purpose
    return ": ".join(part for part in (say(why) if why else "", one.file_name or "") if part)
