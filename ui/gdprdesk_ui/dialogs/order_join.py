"""On whose page an order of nobody is put, because she wants it there."""

from __future__ import annotations

from gdprdesk.i18n import _
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.order_changes import join_person
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.order_customer import Customer, CustomerField
from gdprdesk_ui.widgets import FormField


class JoinForm(FormDialog):
    """Whose it is: somebody known, or somebody new. Nobody is guessed.

    Attributes:
        customer: Who.
    """

    def __init__(self, context: PageContext, order: BookingRow) -> None:
        super().__init__(
            context,
            _("Put it on her page"),
            _("Only if she wants it. Then it is kept as long as what else she orders."),
            verb=_("Put it there"),
        )
        self._order = order
        self.customer = CustomerField(context, only_people=True)
        self._field = FormField(_("Who"), self.customer)
        self.body.addWidget(self._field)
        self.customer.changed.connect(lambda: self._field.show_error(None))
        self.verb_button.clicked.connect(self._save)
        self.customer.setFocus()

    def _save(self) -> None:
        customer = self.customer.customer()
        if customer == Customer():
            self._field.show_error(_("Choose somebody from the list."))
            self._field.set_focus()
        elif self.customer.is_right():
            ref, desk = self._order.ref, self.context.desk
            self.context.save(
                lambda _progress: desk.run(
                    join_person,
                    ref=ref,
                    subject_ref=customer.subject_ref,
                    newcomer=customer.newcomer,
                ),
                lambda _none: self._end(),
                self.verb_button,
            )

    def _end(self) -> None:
        self.accept()
        said = self.context.names.either(
            _("Order {number} is on her page"), _("Booking {number} is on her page")
        )
        self.context.toast(said.format(number=self._order.number), undoable=True)


def join_order(context: PageContext, order: BookingRow) -> JoinForm:
    """Ask whose an order of nobody is."""
    form = JoinForm(context, order)
    form.open()
    return form
