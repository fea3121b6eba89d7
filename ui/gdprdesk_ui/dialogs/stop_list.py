"""The stop list: how many are on it, and whether somebody is, by typing the address."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import StopReason, say
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.stop_list import (
    StopCheck,
    StopCount,
    check_stop,
    remove_stop,
    show_stop_list,
)
from gdprdesk.services.unsubscribing import refuse_letters
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Banner, Button, Card, Fact, FormField, Label, clear, column, row

_WIDTH = 560


class StopListDialog(FormDialog):
    """What the list is, how many are on it, and one field: nobody can read it or pick from it.

    Attributes:
        facts: How many are on the list, for each reason.
        value: The address or number to look for.
        found: What the list knows of it.
        remove_button: Takes it off the list.
        add_button: Puts it there, because its owner wants no letters.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Stop list"),
            _(
                "Whoever was erased does not come back with a list, and whoever said no gets no "
                "newsletter. An order she makes herself is never stopped."
            ),
            verb=_("Look it up"),
            width=_WIDTH,
        )
        self.cancel_button.setText(_("Close"))
        self.value = QLineEdit()
        self.value.setPlaceholderText(_("name@example.com or 070-123 45 67"))
        self.field = FormField(
            _("Is somebody on the list?"), self.value, hint=_("Type the address or the number.")
        )
        self.remove_button = Button(_("Take it off the list"), size="small", on_click=self._remove)
        self.add_button = Button(_("Wants no letters"), icon_name="mail-x", on_click=self._add)
        self.verbs.insertWidget(0, self.add_button)
        self.found = Banner("info", "", buttons=[self.remove_button], icon_name="ban")
        self.facts = row(spacing=24)
        self._said = Label("", "small", "muted", wrap=True)
        self.body.addWidget(
            Card(column(self.facts, self._said, spacing=10), padding=16, sunken=True)
        )
        self.body.addWidget(self.field)
        self.body.addWidget(self.found)
        self.value.textEdited.connect(self._forget)
        self.verb_button.clicked.connect(self._look)
        self._show_counts()
        self._forget()
        self.value.setFocus()

    def _show_counts(self) -> None:
        shown = self.context.desk.ask(show_stop_list)
        clear(self.facts)
        for one in shown.counts:
            self.facts.addWidget(Fact(say(one.reason), _counted(one), wrap=True), 1)
        kept = _(
            "Nobody can read the list, not even you: it holds codes of addresses and numbers. "
            "Each leaves by itself: {period}."
        ).format(period=shown.period)
        lacking = _(
            "The register has no row that says why you keep a stop list, so nothing is put on it. "
            "Add a processing for it under Register first."
        )
        self._said.setText(kept if shown.period else lacking)

    def _forget(self) -> None:
        self.found.hide()
        self.add_button.hide()

    def _look(self) -> None:
        self._forget()
        try:
            known = self.context.desk.ask(check_stop, value=self.value.text())
        except DomainError as error:
            self.field.show_error(str(error))
            return
        self.field.show_error(None)
        self._tell(known)

    def _tell(self, known: StopCheck) -> None:
        """Say what the list knows, and offer what can be done about it."""
        self.remove_button.setVisible(bool(known.found))
        self.add_button.setVisible(
            all(row.reason is not StopReason.UNSUBSCRIBED for row in known.found)
        )
        lines = [
            _("{reason}: since {day}, until {until}").format(
                reason=say(row.reason), day=format_day(row.made_on), until=format_day(row.until)
            )
            for row in known.found
        ]
        title = (
            _("{contact} is on the stop list") if lines else _("{contact} is not on the stop list")
        )
        self.found.set_words(title.format(contact=known.shown), "\n".join(lines))
        self.found.show()

    def _remove(self) -> None:
        value, desk = self.value.text(), self.context.desk
        self.context.perform(
            lambda _progress: desk.run(remove_stop, value=value),
            lambda _none: self._look_again(),
            button=self.remove_button,
            refused=self.field.show_error,
        )

    def _add(self) -> None:
        value, desk = self.value.text(), self.context.desk
        self.context.perform(
            lambda _progress: desk.run(refuse_letters, value=value),
            lambda _none: self._look_again(),
            button=self.add_button,
            refused=self.field.show_error,
        )

    def _look_again(self) -> None:
        self._show_counts()
        self._look()


def _counted(one: StopCount) -> str:
    if one.since is None or one.until is None:
        return _("Nobody")
    return _("{count}, since {day}. The last leaves after {until}.").format(
        count=format_number(one.count), day=format_day(one.since), until=format_day(one.until)
    )


def show_stop_list_dialog(context: PageContext) -> StopListDialog:
    """Show the stop list."""
    form = StopListDialog(context)
    form.open()
    return form
