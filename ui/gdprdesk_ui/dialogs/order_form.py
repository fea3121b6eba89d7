"""An order: whose, what, when, and what must not be in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from gdprdesk.domain.base import CompanyRef, RecordRef, SubjectRef
from gdprdesk.domain.terms import Channel, Permission, say
from gdprdesk.domain.terms import FormField as Field
from gdprdesk.i18n import _
from gdprdesk.services.activities import show_diet_period
from gdprdesk.services.bookings import (
    BookingDetail,
    Newcomer,
    add_booking,
    list_bookings,
    show_booking,
    update_booking,
)
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.order_customer import Customer, CustomerField
from gdprdesk_ui.dialogs.order_lines import OrderLines
from gdprdesk_ui.dialogs.person_fields import hide_what_is_not_kept
from gdprdesk_ui.dialogs.wanted import Wanted, read_time, write_time
from gdprdesk_ui.widgets import Choice, FormField, TextArea, all_right, row

_WIDTH = 700


class OrderForm(FormDialog):
    """A new order, or one to be changed; then whose it is stays as it was.

    Args:
        context: The open register.
        then: Called with the order when it is saved.
        known: The order to be changed.
        subject_ref: Whose new order it is, where that is known already.
        day: For which day it is, where that is known already.
        at: At what time, where that is known already.

    Attributes:
        customer: Whose order it is.
        what: What it is about, as the baker reads it.
        lines: What it costs.
        wanted: When it is wanted.
        channel: How it came.
        note: What else is to be known.
        diet: What must not be in it: health, so it is only kept after a yes.
        agreed: The guest has said that yes.
    """

    def __init__(
        self,
        context: PageContext,
        then: Callable[[RecordRef], object],
        known: BookingDetail | None = None,
        subject_ref: SubjectRef | None = None,
        *,
        day: date | None = None,
        at: time | None = None,
    ) -> None:
        title = _("Change order {number}").format(number=known.row.number) if known else None
        super().__init__(context, title or _("New order"), verb=_("Save"), width=_WIDTH)
        self._then, self._known = then, known
        self._sees_diets = context.may(Permission.HEALTH)
        self._build()
        if known is not None:
            self.sentence.setText(known.row.who)
            self.sentence.setVisible(bool(known.row.who))
            self._customer_field.hide()
        form = f"order:{known.row.ref}" if known else "order"
        owner = known.row.subject_ref if known else subject_ref
        self._draft = DraftKeeper(context, form, self._entered, self, subject_ref=owner)
        begun = {"subject_ref": subject_ref, "day": day or "", "time": self._begins_at(at)}
        self._show(self._draft.follow(owner) or (_as_entered(known) if known else begun))
        if known is not None and known.row.is_invoiced:
            self.lines.lock()
        self._listen()
        begins_with_what = known is not None or self.customer.customer() != Customer()
        (self.what if begins_with_what else self.customer.search).setFocus()

    def _build(self) -> None:
        own = self.context.desk.ask(show_organisation)
        self.customer = CustomerField(self.context)
        self._customer_field = FormField(_("Who"), self.customer)
        self.what = QLineEdit()
        self.what.setPlaceholderText(_("As the kitchen reads it, such as “Cake for 12”"))
        self._what_field = FormField(_("What"), self.what)
        self.lines = OrderLines(own.vat_rates, self._usual_rate(own.vat_rates), own.currency)
        hint = _("The order has an invoice, so its lines stay as they are.")
        invoiced = self._known is not None and self._known.row.is_invoiced
        self._lines_field = FormField(
            _("Lines"),
            self.lines,
            check=self.lines.problem,
            hint=hint if invoiced else "",
            optional=True,
        )
        self.wanted = Wanted(self._touch)
        self.channel = Choice([(channel, say(channel)) for channel in Channel])
        channel_field = FormField(_("How it came"), self.channel)
        self.note = TextArea(lines=2)
        when = row(self.wanted, channel_field, spacing=12)
        when.setStretch(0, 1)
        when.setAlignment(channel_field, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._customer_field)
        self.body.addWidget(self._what_field)
        self.body.addWidget(self._lines_field)
        self.body.addLayout(when)
        self._build_diet()
        note_field = FormField(_("Note"), self.note, optional=True)
        beside = row(note_field, self._diet_field, spacing=12)
        beside.setAlignment(self._diet_field, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(beside)
        self.body.addWidget(self._agreed_field)
        self.context.leave_out(Permission.HEALTH, self._diet_field, self._agreed_field)
        self._hide_what_is_not_kept(note_field)

    def _hide_what_is_not_kept(self, note_field: FormField) -> None:
        """Hide what the register does not allow, unless an order from before has it."""
        row = self._known.row if self._known else None
        fields = {
            Field.ORDER_NOTE: (note_field, row and row.note),
            Field.ORDER_TIME: (self.wanted.fields[1], row and row.wanted_at),
            Field.DIET: (self._diet_field, row and row.diet),
        }
        hide_what_is_not_kept(
            self.context, {field: one for field, (one, kept) in fields.items() if not kept}
        )

    def _begins_at(self, at: time | None) -> str:
        """Return the time a new order begins with, where the register keeps such."""
        return "" if self.wanted.fields[1].isHidden() else write_time(at)

    def _build_diet(self) -> None:
        period = self.context.desk.ask(show_diet_period)
        self.diet = QLineEdit()
        self.agreed = QCheckBox(_("The guest has said yes"))
        self._diet_field = FormField(_("Special diet"), self.diet, optional=True)
        self._agreed_field = FormField(
            _("Is it all right that we keep this?"),
            self.agreed,
            check=self._diet_problem,
            hint=_("It is about health. Kept: {period}.").format(period=period),
        )
        self._agreed_field.hide()
        if not period:
            self._diet_field.hide()

    def _usual_rate(self, rates: tuple[str, ...]) -> str:
        """Return the rate of VAT that the latest order had: most orders are alike."""
        latest = self.context.desk.ask(list_bookings, limit=1).rows
        lines = self.context.desk.ask(show_booking, ref=latest[0].ref).lines if latest else ()
        return lines[-1]["rate"] if lines else rates[0]

    def _listen(self) -> None:
        self.customer.changed.connect(self._touch)
        self.customer.changed.connect(lambda: self._customer_field.show_error(None))
        for edit in (self.what, self.diet):
            edit.textEdited.connect(self._touch)
        self.what.textEdited.connect(lambda _text: self._what_field.show_error(None))
        self.lines.touched.connect(self._touch)
        self.lines.left.connect(self._lines_field.is_right)
        self.note.textChanged.connect(self._touch)
        self.channel.picked.connect(self._touch)
        self.agreed.toggled.connect(self._touch)
        self.agreed.toggled.connect(lambda _on: self._agreed_field.show_error(None))
        self.diet.textChanged.connect(self._ask_for_diet)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)
        self._ask_for_diet()

    # what stands in the form

    def _entered(self) -> dict[str, Any]:
        """Return what a draft keeps; a diet only once the guest has said yes."""
        customer = self.customer.customer()
        typed = {
            "subject_ref": customer.subject_ref,
            "company_ref": customer.company_ref,
            "newcomer": asdict(customer.newcomer) if customer.newcomer else None,
            "what": self.what.text(),
            "lines": self.lines.entered(),
            "day": self.wanted.day.edit.text(),
            "time": self.wanted.time.text(),
            "note": self.note.toPlainText(),
            "diet": self.diet.text() if self._may_keep_diet() else self._known_diet(),
        }
        return {**typed, "channel": self.channel.value().value} if any(typed.values()) else {}

    def _show(self, entered: dict[str, Any]) -> None:
        newcomer = entered.get("newcomer")
        subject_ref, company_ref = entered.get("subject_ref"), entered.get("company_ref")
        self.customer.show_customer(
            Customer(
                SubjectRef(subject_ref) if subject_ref else None,
                CompanyRef(company_ref) if company_ref else None,
                Newcomer(**newcomer) if newcomer else None,
            )
        )
        self.what.setText(entered.get("what", ""))
        self.lines.show_entries([LineEntry(**line) for line in entered.get("lines", ())])
        day = entered.get("day", "")
        if isinstance(day, date):
            self.wanted.day.set_day(day)
        else:
            self.wanted.day.edit.setText(day)
        self.wanted.time.setText(entered.get("time", ""))
        self.channel.set_value(Channel(entered.get("channel", Channel.PHONE)))
        self.note.setPlainText(entered.get("note", ""))
        self.diet.setText(entered.get("diet", ""))
        self.agreed.setChecked(self.diet.text() not in {"", self._known_diet()})

    def _touch(self, *_what: object) -> None:
        self._draft.touch()

    def _ask_for_diet(self) -> None:
        typed = self.diet.text().strip()
        self._agreed_field.setVisible(bool(typed) and typed != self._known_diet())

    # saving

    def _what_problem(self) -> str | None:
        if self.what.text().strip() or self.lines.entries():
            return None
        return _("Write what is ordered.")

    def _known_diet(self) -> str:
        return self._known.row.diet if self._known else ""

    def _may_keep_diet(self) -> bool:
        return self._agreed_field.isHidden() or self.agreed.isChecked()

    def _diet_problem(self) -> str | None:
        if self._may_keep_diet():
            return None
        return _("Ask the guest first, or empty the field. Without a yes it is not kept.")

    def _save(self) -> None:
        asked = (
            (self._customer_field, self.customer.problem()),
            (self._what_field, self._what_problem()),
        )
        for field, sentence in asked:
            field.show_error(sentence)
        wrong = [field for field, sentence in asked if sentence]
        if wrong:
            wrong[0].set_focus()
        elif self.customer.is_right() and all_right(
            (self._lines_field, *self.wanted.fields, self._agreed_field)
        ):
            self.context.save(self._writing(), self._end, self.verb_button)

    def _writing(self) -> Callable[[object], RecordRef]:
        """Read the fields now, and return what saves them on the worker thread."""
        run, known, customer = self.context.desk.run, self._known, self.customer.customer()
        said: dict[str, Any] = {
            "what": self.what.text(),
            "lines": self.lines.entries(),
            "note": self.note.toPlainText(),
            "diet": self.diet.text() if self._sees_diets else "" if known is None else None,
            "channel": self.channel.value(),
            "wanted_on": self.wanted.day.day(),
            "wanted_at": read_time(self.wanted.time.text()),
        }
        if known is None:
            return lambda _progress: run(
                add_booking,
                subject_ref=customer.subject_ref,
                company_ref=customer.company_ref,
                newcomer=customer.newcomer,
                **said,
            )

        def change(_progress: object) -> RecordRef:
            run(
                update_booking,
                ref=known.row.ref,
                no_day=said["wanted_on"] is None,
                no_time=said["wanted_at"] is None,
                **said,
            )
            return known.row.ref

        return change

    def _end(self, ref: RecordRef) -> None:
        self._draft.forget()
        self.accept()
        number = self.context.desk.ask(show_booking, ref=ref).row.number
        words = _("Order {number} is changed") if self._known else _("Order {number} is saved")
        self.context.toast(words.format(number=number), undoable=True)
        self._then(ref)


def _as_entered(known: BookingDetail) -> dict[str, Any]:
    """Return an order as it stands in the form."""
    row = known.row
    return {
        "subject_ref": row.subject_ref,
        "company_ref": known.company_ref,
        "what": row.what,
        "lines": [
            {name: line[name] for name in ("text", "quantity", "price", "rate")}
            for line in known.lines
        ],
        "day": row.wanted_on,
        "time": write_time(row.wanted_at),
        "channel": known.channel,
        "note": row.note,
        "diet": row.diet,
    }


def new_order(
    context: PageContext,
    then: Callable[[RecordRef], object],
    subject_ref: SubjectRef | None = None,
    *,
    day: date | None = None,
    at: time | None = None,
) -> OrderForm:
    """Take an order; of this person and for this day and time, as far as that is known."""
    form = OrderForm(context, then, subject_ref=subject_ref, day=day, at=at)
    form.open()
    return form


def change_order(context: PageContext, ref: RecordRef) -> OrderForm:
    """Change an order."""
    known = context.desk.ask(show_booking, ref=ref)
    form = OrderForm(context, lambda _ref: None, known)
    form.open()
    return form
