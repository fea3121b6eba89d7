"""Who gets letters as an existing customer: a list of its own, apart from every yes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.existing_customers import (
    CustomerRow,
    add_existing_customer,
    export_existing_customers,
    list_existing_customers,
    opt_out,
)
from gdprdesk.services.newsletter_export import MailingReceipt
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.person_picker import PersonPicker
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Choice,
    DateField,
    EmptyState,
    EntryList,
    FormField,
    all_right,
    required,
    row,
)

_WIDTH, _LIST_HEIGHT = 640, 200


class CustomersDialog(FormDialog):
    """Who bought and may get letters about the like, and who has said no.

    Attributes:
        customers: One line each: what she bought, and whether she gets letters.
        tool: The program that sends the letters.
        add_button: Writes down that somebody bought and was told.
        no_button: Writes down that the one chosen wants no letters.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Letters to existing customers"),
            _(
                "No consent, but an exception: whoever bought and was told then that she can say "
                "no may get letters about your own similar goods. Each letter says how to stop."
            ),
            verb=_("Export…"),
            width=_WIDTH,
        )
        self.cancel_button.setText(_("Close"))
        self.customers = EntryList(_("Existing customers"), "rows")
        self.customers.setMinimumHeight(scaled(_LIST_HEIGHT))
        self.nobody = EmptyState(
            "megaphone",
            _("Nobody yet"),
            _("Add who bought, and was told then that she can say no."),
        )
        self.tool = Choice([(one, one.label) for one in MailingTool])
        self.tool.setAccessibleName(_("Which program sends the letters?"))
        self.add_button = Button(_("Add…"), icon_name="plus", on_click=self._add)
        self.no_button = Button(_("Wants no letters"), icon_name="mail-x", on_click=self._say_no)
        self.body.addWidget(self.customers, 1)
        self.body.addWidget(self.nobody)
        self.body.addLayout(row(self.add_button, self.no_button, None, self.tool, spacing=8))
        self.customers.entry_chosen.connect(lambda _entry: self._choose())
        self.verb_button.clicked.connect(self._export)
        self._read()

    def _read(self) -> None:
        self._rows = {one.ref: one for one in self.context.desk.ask(list_existing_customers)}
        self.customers.show_sections([Section("", tuple(map(_entry, self._rows.values())))])
        self.customers.setVisible(bool(self._rows))
        self.nobody.setVisible(not self._rows)
        self.verb_button.setEnabled(any(one.reached for one in self._rows.values()))
        self._choose()

    def _chosen(self) -> CustomerRow | None:
        entry = self.customers.current()
        return self._rows.get(entry.key) if entry else None

    def _choose(self) -> None:
        one = self._chosen()
        self.no_button.setEnabled(one is not None and one.opted_out_on is None)

    def _add(self) -> None:
        AddCustomer(self.context, self._read).open()

    def _say_no(self) -> None:
        one, desk = self._chosen(), self.context.desk
        if one is not None:
            said = _("{name} gets no letters").format(name=one.name)
            self.context.perform(
                lambda _progress: desk.run(opt_out, ref=one.ref),
                lambda _none: self._tell(said),
                button=self.no_button,
            )

    def _tell(self, said: str) -> None:
        self._read()
        self.context.toast(said, undoable=True)

    def _export(self) -> None:
        tool, desk = self.tool.value(), self.context.desk
        suffix = tool.suffix.removeprefix(".")
        kind = _("Excel workbook") if suffix == "xlsx" else _("CSV")
        name = _("Customers") + f" {tool.label}{tool.suffix}"
        path = ask.choose_file_to_save(self, _("Save the list"), name, [(kind, [suffix])])
        if path is not None:
            self.context.save(
                lambda _progress: desk.run(
                    export_existing_customers, tool=tool, to=path, overwrite=True
                ),
                self._saved,
                self.verb_button,
            )

    def _saved(self, receipt: MailingReceipt) -> None:
        said = ngettext("{count} customer saved", "{count} customers saved", receipt.readers)
        self.context.toast(said.format(count=receipt.readers))


class AddCustomer(FormDialog):
    """Who bought what and when, and when she was told that she can say no.

    Attributes:
        person: Who.
        bought: What.
        bought_on: When.
        told_on: When she was told; at the latest that day.
    """

    def __init__(self, context: PageContext, then: Callable[[], object]) -> None:
        super().__init__(context, _("Add an existing customer"), verb=_("Save"))
        self._then = then
        self.person = PersonPicker(context)
        self.bought = QLineEdit()
        self.bought_on = DateField(context.today)
        self.told_on = DateField(context.today)
        self.problem = Banner("danger", "")
        self.problem.hide()
        told = _("At the latest when she bought: in the form, on the receipt, or by what you said.")
        self._fields = [
            FormField(_("Who?"), self.person),
            FormField(
                _("What did she buy?"),
                self.bought,
                check=required(self.bought.text, _("Write what she bought.")),
            ),
            FormField(_("Bought on"), self.bought_on, check=self.bought_on.problem),
            FormField(
                _("Told that she can say no"), self.told_on, check=self.told_on.problem, hint=told
            ),
        ]
        for one in (self.problem, *self._fields):
            self.body.addWidget(one)
        self.verb_button.clicked.connect(self._save)
        self.person.setFocus()

    def _save(self) -> None:
        who, bought, told = self.person.ref, self.bought_on.day(), self.told_on.day()
        if not all_right(self._fields):
            return
        if who is None or bought is None or told is None:
            self._refuse(_("Choose who it is, and write both days."))
            return
        desk, what = self.context.desk, self.bought.text()
        self.context.save(
            lambda _progress: desk.run(
                add_existing_customer,
                subject_ref=who,
                bought=what,
                bought_on=bought,
                told_on=told,
            ),
            lambda _ref: self._end(),
            self.verb_button,
            refused=self._refuse,
        )

    def _refuse(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self) -> None:
        self.accept()
        self._then()
        self.context.toast(_("The customer is added"), undoable=True)


def _entry(one: CustomerRow) -> Entry:
    day = format_day(one.bought_on, short=True)
    said = _("{what}, {day}. Told on {told}.").format(
        what=one.bought, day=day, told=format_day(one.told_on, short=True)
    )
    if one.opted_out_on is not None:
        pill = _("Said no")
    else:
        pill = _("Gets letters") if one.reached else _("Gets none")
    tone: Tone = "accent" if one.reached else "neutral"
    return Entry(one.name, said, avatar=one.name, pill=(pill, tone), key=one.ref)


def show_customers(context: PageContext) -> CustomersDialog:
    """Show who gets letters as an existing customer."""
    form = CustomersDialog(context)
    form.open()
    return form
