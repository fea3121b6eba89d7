"""A gift card: sold, looked at, used and stopped."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _, format_day, format_money
from gdprdesk.services.gift_cards import (
    GiftCardRow,
    UseRow,
    sell_gift_card,
    take_back_use,
    use_gift_card,
    void_gift_card,
)
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.person_field import PersonField
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    DateField,
    Fact,
    FormField,
    Label,
    ListRow,
    MoneyField,
    all_right,
    row,
)


class SellCardForm(KeptForm):
    """What a card is worth, its number, and until when it may be used.

    Attributes:
        number: As it stands on a printed card; empty lets the register count.
        person: Who bought it, only if she wants that to be known.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Sell a gift card"),
            _("The number is enough: whoever has the card can use it."),
            draft="gift_card",
            verb=_("Save"),
        )
        self.amount = MoneyField(context.desk.ask(show_organisation).currency)
        self.number, self.until, self.person = QLineEdit(), DateField(), PersonField(context)
        buyer = FormField(
            _("Who bought it"), self.person, hint=_("Only if she asks for it."), optional=True
        )
        self._fields = (
            FormField(_("What it is worth"), self.amount, check=self._wrong_amount),
            FormField(
                _("Number"),
                self.number,
                hint=_("As it stands on the card. Empty: the next number."),
                optional=True,
            ),
            FormField(
                _("Valid until"),
                self.until,
                check=self.until.problem,
                hint=_("Empty: without end."),
                optional=True,
            ),
            buyer,
        )
        for field in self._fields:
            self.body.addWidget(field)
        context.leave_out(Permission.PEOPLE, buyer)
        controls = {
            "amount": self.amount.edit,
            "number": self.number,
            "until": self.until,
            "person": self.person,
        }
        self.begin(controls, {})
        self.verb_button.clicked.connect(self._save)
        self.amount.edit.setFocus()

    def _wrong_amount(self) -> str | None:
        return self.amount.problem() or (None if self.amount.amount() else _("Write an amount."))

    def _save(self) -> None:
        amount = self.amount.amount()
        if not all_right(self._fields) or amount is None:
            return
        number, until, who = self.number.text(), self.until.day(), self.person.ref
        self.keep(
            lambda _progress: self.context.desk.run(
                sell_gift_card, amount=amount, number=number, valid_until=until, subject_ref=who
            ),
            lambda _ref: self.end(_("The gift card is sold")),
        )


class CardForm(FormDialog):
    """One card: what is left, what was paid with it, and what can be done with it.

    Attributes:
        amount: What is taken from it now.
        stop_button: Stops it, with the reason beside it.
        back_buttons: Put back what a use took, by the place of the use.
        problem: What was refused.
    """

    def __init__(self, context: PageContext, card: GiftCardRow) -> None:
        title = _("Gift card {number}").format(number=card.number)
        super().__init__(context, title, card.buyer, verb=_("Take from the card"))
        self._card = card
        self._currency = context.desk.ask(show_organisation).currency
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self._add_facts()
        self.back_buttons: list[Button] = []
        for place, use in enumerate(card.uses):
            self.body.addWidget(self._use_row(place, use))
        self.amount = MoneyField(self._currency)
        self.reason = QLineEdit()
        self.stop_button = Button(_("Stop the card"), "danger", "ban", on_click=self._stop)
        self._take = FormField(_("Take now"), self.amount, check=self._wrong_amount)
        self._why = FormField(
            _("Lost, or sold by mistake?"),
            self.reason,
            hint=_("Write why, and nothing can be paid with it any more."),
            optional=True,
        )
        self.body.addWidget(self._take)
        self.body.addWidget(self._why)
        self.body.addLayout(row(self.stop_button, None))
        self._take.setVisible(card.is_usable)
        self.verb_button.setVisible(card.is_usable)
        self._why.setVisible(card.left > 0)
        self.stop_button.setVisible(card.left > 0)
        if not card.is_usable:
            self.cancel_button.setText(_("Close"))
        self.verb_button.clicked.connect(self._use)
        self.amount.edit.setFocus()

    def _add_facts(self) -> None:
        card, today = self._card, self.context.today
        until = (
            format_day(card.valid_until, short=True, today=today)
            if card.valid_until
            else _("Without end")
        )
        self.body.addLayout(
            row(
                Fact(_("Left"), self._money(card.left), tabular=True),
                Fact(_("Of"), self._money(card.amount), tabular=True),
                Fact(_("Valid until"), until),
                spacing=16,
            )
        )
        if card.voided_on is not None:
            day = format_day(card.voided_on, short=True, today=today)
            self.body.addWidget(Fact(_("Stopped"), f"{day}: {card.void_reason}", wrap=True))

    def _use_row(self, place: int, use: UseRow) -> ListRow:
        named = self.context.names.either(_("Order {number}"), _("Booking {number}"))
        order = named.format(number=use.order_number) if use.order_number else ""
        back = Button(_("Put back"), "link", on_click=partial(self._put_back, place))
        back.setAccessibleDescription(self._money(use.amount))
        self.back_buttons.append(back)
        day = format_day(use.on, short=True, today=self.context.today)
        money = Label(self._money(use.amount), "small", keep=True, tabular=True)
        return ListRow("receipt-text", order or _("Used"), day, money, back)

    def _money(self, amount: Decimal) -> str:
        return format_money(amount, self._currency)

    def _wrong_amount(self) -> str | None:
        return self.amount.problem() or (None if self.amount.amount() else _("Write an amount."))

    def _use(self) -> None:
        amount, number = self.amount.amount(), self._card.number
        if self._take.is_right() and amount is not None:
            desk = self.context.desk
            self.context.save(
                lambda _progress: desk.run(use_gift_card, number=number, amount=amount),
                lambda left: self._end(_("{amount} is left").format(amount=self._money(left))),
                self.verb_button,
                self._refused,
            )

    def _put_back(self, place: int) -> None:
        desk, ref = self.context.desk, self._card.ref
        self.context.save(
            lambda _progress: desk.run(take_back_use, ref=ref, place=place),
            lambda left: self._end(_("{amount} is left").format(amount=self._money(left))),
            self.back_buttons[place],
            self._refused,
        )

    def _stop(self) -> None:
        desk, ref, reason = self.context.desk, self._card.ref, self.reason.text()
        self.context.save(
            lambda _progress: desk.run(void_gift_card, ref=ref, reason=reason),
            lambda _none: self._end(_("The gift card is stopped")),
            self.stop_button,
            self._refused,
        )

    def _refused(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self, words: str) -> None:
        self.accept()
        self.context.toast(words, undoable=True)


def sell_card(context: PageContext) -> SellCardForm:
    """Ask for a gift card that is being sold."""
    form = SellCardForm(context)
    form.open()
    return form


def open_card(context: PageContext, card: GiftCardRow) -> CardForm:
    """Show a gift card."""
    form = CardForm(context, card)
    form.open()
    return form
