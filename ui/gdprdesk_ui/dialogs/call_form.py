"""A call or a message: who, when, what about; and an order made of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import Channel, Direction, Permission, say
from gdprdesk.i18n import _
from gdprdesk.services.calls import (
    CallRow,
    add_call,
    match_caller,
    order_from_call,
    remove_call,
    set_caller,
    update_call,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.person_field import PersonField
from gdprdesk_ui.dialogs.quiet_warning import QuietStrip
from gdprdesk_ui.dialogs.wanted import TimeField, write_time
from gdprdesk_ui.widgets import (
    Button,
    Choice,
    DateField,
    FormField,
    TextArea,
    all_right,
    row,
)

CHANNELS = (Channel.PHONE, Channel.SMS, Channel.EMAIL, Channel.MESSENGER, Channel.LETTER)
MATCH_AFTER_MS = 250
_LONGEST_CALL = 24 * 60


class CallForm(KeptForm):
    """A call or a message, new or known.

    Args:
        context: The open register.
        call: The one that is changed; nothing for a new one.
        about: Whom a new one is of, if that is known.

    Attributes:
        match_button: Whoever has the number that was typed, to be chosen by a click.
        person: Whom it was of; nobody if that is not known, or does not matter.
        order_button: Makes an order of it.
        remove_button: Takes it out of the register.
    """

    def __init__(
        self, context: PageContext, call: CallRow | None = None, about: SubjectRef | None = None
    ) -> None:
        super().__init__(
            context,
            _("Call or message"),
            _("Kept for a few months, then it leaves by itself."),
            draft=f"call:{call.ref}" if call else "call",
            verb=_("Save"),
        )
        self._call = call
        self.number, self.minutes = QLineEdit(), QLineEdit()
        self.summary = TextArea(lines=3)
        self.channel = Choice([(one, say(one)) for one in CHANNELS])
        self.direction = Choice([(one, say(one)) for one in Direction])
        self.day, self.time = DateField(), TimeField()
        self.person = PersonField(context)
        self.match_button = Button("", "link", "user", on_click=self._take_match)
        self.match_button.hide()
        self.quiet = QuietStrip(context)
        self.quiet.watch(self.summary)
        self._matches: tuple[Any, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=MATCH_AFTER_MS)
        self._soon.timeout.connect(self.match)
        self._fields = self._build()
        self._add_verbs()
        self.begin(self._named(), self._known(about))
        self.number.textChanged.connect(lambda _text: self._soon.start())
        self.verb_button.clicked.connect(self._save)
        self.number.setFocus()

    def match(self) -> None:
        """Offer whoever has the number that was typed."""
        may = self.context.may(match_caller) and self.person.ref is None
        typed = self.number.text()
        self._matches = self.context.desk.ask(match_caller, number=typed) if may else ()
        self.match_button.setVisible(bool(self._matches))
        if self._matches:
            said = _("It was {name}").format(name=self._matches[0].name)
            self.match_button.setText(said)

    def _build(self) -> tuple[FormField, ...]:
        number = FormField(
            _("Number or address"),
            self.number,
            hint=_("Empty for a hidden number."),
            optional=True,
        )
        about = FormField(_("What it was about"), self.summary, optional=True)
        day = FormField(_("Day"), self.day, check=self._wrong_day)
        at = FormField(_("Time"), self.time, check=self.time.problem, optional=True)
        minutes = FormField(_("Minutes"), self.minutes, check=self._wrong_minutes, optional=True)
        who = FormField(
            _("Whom it was of"), self.person, hint=_("Nobody, if you do not know."), optional=True
        )
        channel = FormField(_("How"), self.channel)
        direction = FormField(_("Who got in touch"), self.direction)
        self.body.addWidget(number)
        self.body.addLayout(row(self.match_button, None))
        self.body.addWidget(about)
        self.body.addWidget(self.quiet)
        self.body.addWidget(who)
        self.body.addLayout(row(channel, direction, spacing=12))
        self.body.addLayout(row(day, at, minutes, spacing=12))
        self.context.leave_out(Permission.PEOPLE, who)
        return number, about, day, at, minutes, who

    def _add_verbs(self) -> None:
        self.order_button = Button(
            _("Make an order of it"), icon_name="cake-slice", on_click=self._make_order
        )
        self.remove_button = Button(_("Remove"), "danger", "trash-2", on_click=self._remove)
        if self._call is not None:
            self.verbs.insertWidget(0, self.remove_button)
            if self._call.booking_ref is None:
                self.body.addLayout(row(self.order_button, None))

    def _named(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "summary": self.summary,
            "channel": self.channel,
            "direction": self.direction,
            "day": self.day,
            "time": self.time,
            "minutes": self.minutes,
            "person": self.person,
        }

    def _known(self, about: SubjectRef | None) -> dict[str, Any]:
        call = self._call
        if call is None:
            now = self.context.today.isoformat()
            return {"day": now, "channel": Channel.PHONE, "person": about or ""}
        return {
            "number": call.number,
            "summary": call.summary,
            "channel": call.channel,
            "direction": call.direction,
            "day": call.on.isoformat(),
            "time": write_time(call.at),
            "minutes": "" if call.minutes is None else str(call.minutes),
            "person": call.subject_ref or "",
        }

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Choose a day.")
        return _("This day has not come yet.") if day > self.context.today else None

    def _wrong_minutes(self) -> str | None:
        typed = self.minutes.text().strip()
        if not typed or (typed.isdecimal() and int(typed) <= _LONGEST_CALL):
            return None
        return _("Write the minutes as a number, such as 5.")

    def _take_match(self) -> None:
        self.person.show_entered(self._matches[0].ref)
        self.match_button.hide()

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        minutes = self.minutes.text().strip()
        said: dict[str, Any] = {
            "number": self.number.text(),
            "summary": text_of(self.summary),
            "channel": Channel(self.channel.value()),
            "direction": Direction(self.direction.value()),
            "called_on": self.day.day(),
            "called_at": self.time.time(),
            "minutes": int(minutes) if minutes else None,
        }
        self.keep(partial(self._write, said, self.person.ref), lambda _ref: self.end(_("Saved")))

    def _write(self, said: dict[str, Any], who: SubjectRef | None, _progress: object) -> None:
        desk, call = self.context.desk, self._call
        if call is None:
            desk.run(add_call, subject_ref=who, **said)
            return
        desk.run(update_call, ref=call.ref, **said)
        if who != call.subject_ref:
            desk.run(set_caller, ref=call.ref, subject_ref=who)

    def _make_order(self) -> None:
        if self._call is not None:
            desk, ref = self.context.desk, self._call.ref
            self.keep(lambda _progress: desk.run(order_from_call, ref=ref), self._show_order)

    def _show_order(self, order: RecordRef) -> None:
        self.end(_("It is an order now"))
        self.context.open_page("orders", show="all", ref=order)

    def _remove(self) -> None:
        if self._call is not None:
            desk, ref = self.context.desk, self._call.ref
            self.keep(
                lambda _progress: desk.run(remove_call, ref=ref),
                lambda _none: self.end(_("The call is removed")),
            )


def log_call(context: PageContext, about: SubjectRef | None = None) -> CallForm:
    """Ask for a call or a message that has just come."""
    form = CallForm(context, about=about)
    form.open()
    return form


def change_call(context: PageContext, call: CallRow) -> CallForm:
    """Show a call or a message, to be changed or made an order of."""
    form = CallForm(context, call)
    form.open()
    return form
