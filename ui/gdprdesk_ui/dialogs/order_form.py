"""An order: whose, what, when, and what must not be in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.base import CompanyRef, RecordRef, SubjectRef
from gdprdesk.domain.terms import Channel, Permission, say
from gdprdesk.domain.terms import FormField as Field
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.bookings import BookingDetail, list_bookings, show_booking
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.order_taking import GuestEntry, Newcomer, add_booking, update_booking
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.order_customer import Customer, CustomerField
from gdprdesk_ui.dialogs.order_diet import DietFields
from gdprdesk_ui.dialogs.order_guests import GuestLines, GuestRow
from gdprdesk_ui.dialogs.order_lines import OrderLines
from gdprdesk_ui.dialogs.order_visit import VisitFields, visit_of
from gdprdesk_ui.dialogs.person_fields import hide_what_is_not_kept
from gdprdesk_ui.dialogs.quiet_warning import QuietStrip
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
        guests: Who comes along with a group.
        wanted: When it is wanted.
        visit: How long, with whom and where.
        channel: How it came.
        note: What else is to be known.
        diets: What must not be in it: health, so it is only kept after a yes.
        later: Whether the later ones of its series change alike.
        quiet: What is better not kept of anybody.
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
        either = context.names.either
        title = (
            either(_("Change order {number}"), _("Change booking {number}"))
            if known
            else either(_("New order"), _("New booking"))
        )
        number = known.row.number if known else ""
        super().__init__(context, title.format(number=number), verb=_("Save"), width=_WIDTH)
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
        own, known = self.context.desk.ask(show_organisation), self._known
        latest = known or self._latest()
        self.customer = CustomerField(self.context)
        self._customer_field = FormField(_("Who"), self.customer)
        self.what = QLineEdit()
        self._what_field = FormField(_("What"), self.what)
        self.lines = OrderLines(own.vat_rates, _rate_of(latest) or own.usual_vat, own.currency)
        self.guests = GuestLines()
        self.wanted = Wanted(self._touch)
        ref = known.row.ref if known else None
        row_before = latest.row if latest else None
        self.visit = VisitFields(self.context, self.wanted, self._touch, row_before, ref)
        if row_before is not None and row_before.minutes and self.visit.is_asked:
            self.visit.minutes.setText(str(row_before.minutes))
        self.channel = Choice([(channel, say(channel)) for channel in Channel])
        self.note = TextArea(lines=2)
        diet = known.row.diet if known else ""
        self.diets = DietFields(self.context, self.wanted, self._touch, diet)
        self.quiet = QuietStrip(self.context)
        self.quiet.watch(self.note)
        self.quiet.watch(self.what, goods=True)
        self._lay_out()

    def _lay_out(self) -> None:
        names, known = self.context.names, self._known
        self.what.setPlaceholderText(
            names.either(
                _("As the kitchen reads it, such as “Cake for 12”"),
                _("Such as “First visit”"),
            )
        )
        hint = _("The order has an invoice, so its lines stay as they are.")
        self._lines_field = FormField(
            _("Lines"),
            self.lines,
            check=self.lines.problem,
            hint=hint if known is not None and known.row.is_invoiced else "",
            optional=True,
        )
        channel = FormField(_("How it came"), self.channel)
        when = row(self.wanted, channel, spacing=12)
        when.setStretch(0, 1)
        when.setAlignment(channel, Qt.AlignmentFlag.AlignTop)
        note = FormField(_("Note"), self.note, optional=True)
        beside = row(note, self.diets.field, spacing=12)
        beside.setAlignment(self.diets.field, Qt.AlignmentFlag.AlignTop)
        self.later = self._series_choice()
        self._series = FormField(_("What is changed"), self.later)
        self._series.setVisible(known is not None and known.later > 0)
        for item in (
            *(self._customer_field, self._what_field, self._lines_field, self.guests),
            *(when, self.visit, beside, self.diets.agreed_field, self.quiet, self._series),
        ):
            if isinstance(item, QWidget):
                self.body.addWidget(item)
            else:
                self.body.addLayout(item)
        self.context.leave_out(Permission.HEALTH, self.diets.field, self.diets.agreed_field)
        self._hide_what_is_not_kept(note)

    def _series_choice(self) -> Choice[bool]:
        later = self._known.later if self._known else 0
        both = ngettext("This one and the later one", "This one and the {count} later ones", later)
        return Choice([(False, _("Only this one")), (True, both.format(count=later))])

    def _hide_what_is_not_kept(self, note: FormField) -> None:
        """Hide what the register does not allow, unless an order from before has it."""
        row = self._known.row if self._known else None
        fields = {
            Field.ORDER_NOTE: (note, row and row.note),
            Field.ORDER_TIME: (self.wanted.fields[1], row and row.wanted_at),
            Field.DIET: (self.diets.field, row and row.diet),
        }
        hide_what_is_not_kept(
            self.context, {field: one for field, (one, kept) in fields.items() if not kept}
        )

    def _begins_at(self, at: time | None) -> str:
        """Return the time a new order begins with, where the register keeps such."""
        return "" if self.wanted.fields[1].isHidden() else write_time(at)

    def _latest(self) -> BookingDetail | None:
        """Return the latest order: most are alike."""
        rows = self.context.desk.ask(list_bookings, limit=1).rows
        return self.context.desk.ask(show_booking, ref=rows[0].ref) if rows else None

    def _listen(self) -> None:
        self.customer.changed.connect(self._touch)
        self.customer.changed.connect(lambda: self._customer_field.show_error(None))
        self.what.textEdited.connect(self._touch)
        self.what.textEdited.connect(lambda _text: self._what_field.show_error(None))
        self.lines.touched.connect(self._touch)
        self.lines.left.connect(self._lines_field.is_right)
        self.guests.touched.connect(self._touch)
        self.guests.added.connect(self._watch_guest)
        for line in self.guests.lines:
            self._watch_guest(line)
        self.note.textChanged.connect(self._touch)
        self.channel.picked.connect(self._touch)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)
        self.diets.ask()
        self.visit.look()

    def _watch_guest(self, line: GuestRow) -> None:
        self.quiet.watch(line.text, line.note, goods=True)

    # what stands in the form

    def _entered(self) -> dict[str, Any]:
        """Return what a draft keeps; a diet only once the guest has said yes."""
        customer = self.customer.customer()
        typed = {
            "subject_ref": customer.subject_ref,
            "company_ref": customer.company_ref,
            "newcomer": asdict(customer.newcomer) if customer.newcomer else None,
            "first_name": customer.first_name,
            "what": self.what.text(),
            "lines": self.lines.entered(),
            "guests": self.guests.entered(),
            "day": self.wanted.day.edit.text(),
            "time": self.wanted.time.text(),
            "note": self.note.toPlainText(),
            "diet": self.diets.text(),
        }
        more = {"channel": self.channel.value().value, "visit": self.visit.entered()}
        return {**typed, **more} if any(typed.values()) else {}

    def _show(self, entered: dict[str, Any]) -> None:
        newcomer = entered.get("newcomer")
        subject_ref, company_ref = entered.get("subject_ref"), entered.get("company_ref")
        self.customer.show_customer(
            Customer(
                SubjectRef(subject_ref) if subject_ref else None,
                CompanyRef(company_ref) if company_ref else None,
                Newcomer(**newcomer) if newcomer else None,
                entered.get("first_name", ""),
            )
        )
        self.what.setText(entered.get("what", ""))
        self.lines.show_entries([LineEntry(**line) for line in entered.get("lines", ())])
        self.guests.show_entries([GuestEntry(**line) for line in entered.get("guests", ())])
        day = entered.get("day", "")
        if isinstance(day, date):
            self.wanted.day.set_day(day)
        else:
            self.wanted.day.edit.setText(day)
        self.wanted.time.setText(entered.get("time", ""))
        self.channel.set_value(Channel(entered.get("channel", Channel.PHONE)))
        self.note.setPlainText(entered.get("note", ""))
        self.diets.show_text(entered.get("diet", ""))
        if "visit" in entered:
            self.visit.show_entered(entered["visit"])

    def _touch(self, *_what: object) -> None:
        self._draft.touch()

    # saving

    def _what_problem(self) -> str | None:
        if self.what.text().strip() or self.lines.entries():
            return None
        return _("Write what is ordered.")

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
            (
                *(self._lines_field, *self.wanted.fields, self.visit.field),
                *(self.diets.agreed_field, self.diets.field),
            )
        ):
            self.context.save(self._writing(), self._end, self.verb_button)

    def _writing(self) -> Callable[[object], RecordRef]:
        """Read the fields now, and return what saves them on the worker thread."""
        run, known, customer = self.context.desk.run, self._known, self.customer.customer()
        said: dict[str, Any] = {
            "what": self.what.text(),
            "lines": self.lines.entries(),
            "guests": self.guests.entries(),
            **self.visit.said(),
            "note": self.note.toPlainText(),
            "diet": self.diets.diet.text() if self._sees_diets else "" if known is None else None,
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
                first_name=customer.first_name,
                **said,
            )

        later = self.later.value()

        def change(_progress: object) -> RecordRef:
            run(
                update_booking,
                ref=known.row.ref,
                no_day=said["wanted_on"] is None,
                no_time=said["wanted_at"] is None,
                later=later,
                **said,
            )
            return known.row.ref

        return change

    def _end(self, ref: RecordRef) -> None:
        self._draft.forget()
        self.accept()
        number = self.context.desk.ask(show_booking, ref=ref).row.number
        either = self.context.names.either
        words = (
            either(_("Order {number} is changed"), _("Booking {number} is changed"))
            if self._known
            else either(_("Order {number} is saved"), _("Booking {number} is saved"))
        )
        self.context.toast(words.format(number=number), undoable=True)
        self._then(ref)


def _rate_of(order: BookingDetail | None) -> str:
    return order.lines[-1]["rate"] if order and order.lines else ""


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
        "guests": [dict(guest) for guest in known.guests],
        "first_name": known.first_name,
        "visit": visit_of(row),
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
