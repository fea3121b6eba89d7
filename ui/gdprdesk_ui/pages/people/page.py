"""The people in the register: find one, look at her, open her page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import Permission, SubjectKind
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.paging import Page as RowPage
from gdprdesk.services.subjects import SubjectRow, list_subjects
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.import_people import import_people
from gdprdesk_ui.dialogs.person_form import new_person
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.pages.people.columns import PeopleModel, people_columns
from gdprdesk_ui.pages.people.preview import PreviewPane
from gdprdesk_ui.widgets import (
    Button,
    Chips,
    EmptyState,
    Label,
    Line,
    PageHeading,
    SearchField,
    Surface,
    Table,
    column,
    holder,
    row,
)

ALL, CUSTOMERS, CONTACTS = "all", "customers", "contacts"
SUPPLIERS, EMPLOYEES = "suppliers", "employees"
_KINDS = {
    CUSTOMERS: SubjectKind.CUSTOMER,
    CONTACTS: SubjectKind.COMPANY_CONTACT,
    SUPPLIERS: SubjectKind.SUPPLIER,
    EMPLOYEES: SubjectKind.EMPLOYEE,
}


class PeoplePage(Page):
    """A list with a search that begins at the first letter, and a look at whom is chosen.

    Attributes:
        search: What is looked for.
        chips: Which of them.
        table: The people found.
        preview: The one chosen.
        new_button: Adds a person.
        twice_button: Opens the page of who may stand there twice.
        import_button: Takes in a list.
        empty: Shown while nobody is in the register; takes a list that is dropped on it.
        no_hit: Shown when nobody was found.
    """

    scrolls = False
    changed_kinds = frozenset(
        {
            DataSubject,
            ContactDetail,
            Company,
            Consent,
            ConsentText,
            ProcessingActivity,
            Booking,
            Invoice,
            WorkingNote,
            ErasureCase,
        }
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._everyone = 0
        may_ask = context.may(list_consent_texts)
        texts = context.desk.ask(list_consent_texts) if may_ask else ()
        self.new_button = Button(_("New person"), "primary", "plus", on_click=self._new)
        self.import_button = Button(_("Import…"), icon_name="file-plus", on_click=self._import)
        self.twice_button = Button(
            _("Duplicates"),
            icon_name="users-round",
            on_click=lambda: context.open_page("duplicates"),
        )
        self._heading = PageHeading(
            context.names.people, "", [self.twice_button, self.import_button, self.new_button]
        )
        self.search = SearchField(
            context.names.either(
                _("Name, phone, e-mail, order number …"),
                _("Name, phone, e-mail, booking number …"),
            )
        )
        consents = [(text.purpose, _("{purpose} yes").format(purpose=text.name)) for text in texts]
        self.chips = Chips(
            [
                (ALL, _("All")),
                (CUSTOMERS, _("Customers")),
                (CONTACTS, _("Company contacts")),
                (SUPPLIERS, _("Suppliers")),
                (EMPLOYEES, _("Employees")),
                *consents,
            ],
            _("Which people"),
        )
        self.model = PeopleModel(people_columns(texts, context.today), self._fetch, self)
        self.table = Table(self.model, context.names.people)
        self.preview = PreviewPane(context)
        self._count = Label("", "small", "muted")
        self._build()
        self.search.searched.connect(lambda _words: self._read())
        self.search.left_down.connect(self.table.setFocus)
        self.search.returnPressed.connect(self._open_current)
        self.chips.chosen.connect(lambda _key: self._read())
        self.table.opened.connect(self._open)
        self.table.row_chosen.connect(self._look_at)

    def _build(self) -> None:
        self.add_button = Button(_("Add a person"), icon_name="plus", on_click=self._add_searched)
        self.no_hit = EmptyState("search", "", "", [self.add_button])
        self._found = QStackedWidget()
        self._found.addWidget(self.table)
        self._found.addWidget(self.no_hit)
        hint = Label(_("Enter opens  ·  Ctrl+N new person"), "small", "muted")
        foot = row(self._count, None, hint, margins=(16, 8, 16, 10))
        left = Surface()
        left.setLayout(column(self._found, Line(), foot, spacing=0))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(left)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([744, 300])
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._filters = row(self.search, self.chips, spacing=12)
        self._filters.setStretch(0, 4)
        self._filters.setStretch(1, 7)
        self._filters.setAlignment(self.search, Qt.AlignmentFlag.AlignTop)
        top = column(self._heading, self._filters, spacing=16, margins=(28, 22, 28, 16))
        inside = column(top, Line(), self._split, spacing=0)
        inside.setStretch(2, 1)
        self._list = holder(inside)
        self._states = QStackedWidget()
        self._states.addWidget(self._list)
        self._states.addWidget(self._build_empty())
        self.setLayout(column(self._states, spacing=0))
        imports = (self.import_button, self.choose_button)
        self.context.leave_out(Permission.EXPORT_ALL, *imports)

    def _build_empty(self) -> QWidget:
        self.choose_button = Button(
            _("Choose a file…"), "primary", "file-spreadsheet", on_click=self._import
        )
        self.first_button = Button(_("Add a person"), icon_name="plus", on_click=self._new)
        self.empty = EmptyState(
            "users",
            _("No people yet"),
            _(
                "Drop an Excel, CSV or vCard file here and we help you to match its columns. "
                "Nothing is saved before you have looked it through."
            )
            if self.context.may(Permission.EXPORT_ALL)
            else _("Whoever you add stands here."),
            [self.choose_button, self.first_button],
            takes_files=self.context.may(Permission.EXPORT_ALL),
        )
        self.empty.dropped.connect(self._import)
        heading = PageHeading(self.context.names.people)
        inside = column(heading, self.empty, spacing=16, margins=(28, 22, 28, 28))
        inside.setStretch(1, 1)
        return holder(inside)

    def arrive(self, *, search: str | None = None, new: bool = False) -> None:
        """Show the people found by these words; without any, the search stays as it was.

        Args:
            search: What to look for.
            new: Ask for a new person.
        """
        if search is not None:
            self.chips.choose(ALL)
            self.search.setText(search)
        if new:
            self._new()

    def refresh(self) -> None:
        self._everyone = self.context.desk.ask(list_subjects, limit=0).total
        self._states.setCurrentIndex(0 if self._everyone else 1)
        self._read(changed=True)

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        chosen = self.table.current()
        found: dict[Command, Callable[[], object]] = {
            Command.NEW: self._new,
            Command.FIND: self._find,
        }
        if chosen is not None:
            found[Command.EDIT] = lambda: self._open(chosen)
            if self.context.may(Permission.ERASE):
                found[Command.ERASE] = lambda: self._erase(chosen)
        return found

    def first_focus(self) -> QWidget | None:
        if self._everyone:
            return self.search
        imports = self.context.may(Permission.EXPORT_ALL)
        return self.choose_button if imports else self.first_button

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        self.preview.setVisible(breadth >= Breadth.FULL)
        self._look_at(self.table.current())

    def _fetch(self, offset: int, limit: int) -> RowPage[SubjectRow]:
        chip = self.chips.key()
        return self.context.desk.ask(
            list_subjects,
            search=self.search.text(),
            kind=_KINDS.get(chip),
            purpose="" if chip == ALL or chip in _KINDS else chip,
            offset=offset,
            limit=limit,
        )

    def _read(self, *, changed: bool = False) -> None:
        """Read the list again; who was chosen stays chosen if she is still in it.

        Args:
            changed: What is known of people may be another than before.
        """
        before: SubjectRow | None = self.table.current()
        self.table.mark(self.search.text())
        with QSignalBlocker(self.table):  # whoever is chosen for a moment only is not looked at
            self.model.reload()
            found = self.model.rowCount()
            if found and before is not None:
                self._choose(before)
        self._found.setCurrentIndex(0 if found else 1)
        self._say_count(found)
        if not found:
            self._say_nobody(" ".join(self.search.text().split()))
        chosen: SubjectRow | None = self.table.current()
        if changed or self.preview.ref != (chosen.ref if chosen else None):
            self._look_at(chosen)

    def _choose(self, person: SubjectRow) -> None:
        for number in range(min(self.model.rowCount(), self.model.PAGE)):
            row = self.model.row(number)
            if row is not None and row.ref == person.ref:
                self.table.selectRow(number)
                return

    def _say_count(self, found: int) -> None:
        people = ngettext("{count} person", "{count} people", self._everyone)
        said = people.format(count=format_number(self._everyone))
        if found != self._everyone:
            said = _("{found} of {people}").format(found=format_number(found), people=said)
        self._count.setText(said)

    def _say_nobody(self, words: str) -> None:
        if words:
            title = _("No hits for “{words}”").format(words=words)
            said = self.context.names.either(
                _("Look for a part of the name, a number or an order."),
                _("Look for a part of the name, a number or a booking."),
            )
            self.no_hit.set_words(title, said)
            self.add_button.setText(_("Add {name}").format(name=words))
        else:
            self.no_hit.set_words(_("Nobody here"), _("Choose All to see everybody."))
        self.add_button.setVisible(bool(words))

    def _look_at(self, row: SubjectRow | None) -> None:
        if not self.preview.isHidden():
            self.preview.show_person(row.ref if row else None)

    def _open(self, row: SubjectRow) -> None:
        self.context.open_page("person", subject_ref=row.ref)

    def _open_current(self) -> None:
        self._read()
        current = self.table.current()
        if current is not None:
            self._open(current)

    def _erase(self, row: SubjectRow) -> None:
        self.context.open_page("erase", subject_ref=row.ref)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _new(self) -> None:
        new_person(self.context)

    def _add_searched(self) -> None:
        new_person(self.context, " ".join(self.search.text().split()))

    def _import(self, path: Path | None = None) -> None:
        import_people(self.context, path)
