"""Whom a breach concerns, and the customers it is processed for: told, or still to be told."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import ControllerRef
from gdprdesk.i18n import _, format_day, format_moment, format_number, ngettext
from gdprdesk.services.breach_files import export_breach_letters
from gdprdesk.services.breach_log import BreachDetail, ToldRow
from gdprdesk.services.breach_people import (
    ConcernedRow,
    leave_out,
    list_concerned,
)
from gdprdesk.services.breach_served import choose_controllers, tell_controller
from gdprdesk.services.served import list_controllers
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.box_list import BoxList
from gdprdesk_ui.dialogs.breach_people import LetterDialog, ToldForm
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.widgets import (
    Avatar,
    Button,
    Card,
    CardHeading,
    FlowLayout,
    FormField,
    IconButton,
    IconTile,
    Label,
    ListRow,
    Pill,
    clear,
    column,
    holder,
)

_SHOWN = 6


class PeopleCard(Card):
    """The people chosen, with their letters.

    Attributes:
        told_button: They have been told.
        letters_button: Saves a letter to each.
        addresses_button: Copies their e-mail addresses.
        notice_button: Shows the notice to all.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(spacing=12)
        self._context = context
        self._one: BreachDetail | None = None
        self._people: tuple[ConcernedRow, ...] = ()
        self._count = Label("", "small", "muted", keep=True)
        self._rows = column(spacing=8)
        self.told_button = Button(_("They have been told…"), icon_name="check", size="small")
        self.letters_button = Button(_("Save the letters…"), icon_name="download", size="small")
        self.addresses_button = Button(_("Copy the addresses"), icon_name="copy", size="small")
        self.notice_button = Button(_("Notice to all…"), icon_name="megaphone", size="small")
        self.told_button.clicked.connect(self._told)
        self.letters_button.clicked.connect(self._save)
        self.addresses_button.clicked.connect(self._copy)
        self.notice_button.clicked.connect(self._notice)
        buttons = holder(
            FlowLayout(
                self.told_button, self.letters_button, self.addresses_button, self.notice_button
            )
        )
        self.add(CardHeading(_("People concerned"), self._count), self._rows, buttons)

    def show_breach(self, one: BreachDetail) -> None:
        """Show whom a breach concerns."""
        self._one = one
        self.setVisible(one.must_tell or one.chosen > 0)
        clear(self._rows)
        self._people = self._context.desk.ask(list_concerned, breach_ref=one.row.ref)
        said = ngettext("{count} person", "{count} people", len(self._people))
        self._count.setText(said.format(count=format_number(len(self._people))))
        for person in self._people[:_SHOWN]:
            self._rows.addWidget(self._line(one, person))
        more = len(self._people) - _SHOWN
        if more > 0:
            words = _("and {count} more").format(count=format_number(more))
            self._rows.addWidget(Label(words, "small", "muted"))
        is_open, waits = one.row.closed_on is None, one.row.untold > 0
        self.told_button.setVisible(is_open and waits)
        self.letters_button.setVisible(waits)
        self.addresses_button.setVisible(any(person.email for person in self._people))

    def _line(self, one: BreachDetail, person: ConcernedRow) -> QWidget:
        letter = Button(_("Letter…"), "ghost", size="small")
        letter.setAccessibleDescription(person.name)
        letter.clicked.connect(lambda: self._letter(one, person))
        right: list[QWidget] = [letter]
        if person.told_on is not None:
            day = format_day(person.told_on, short=True, today=self._context.today)
            right.insert(0, Pill(_("Told {day}").format(day=day), "accent", "check"))
        elif one.row.closed_on is None:
            away = IconButton("x", _("{name} is not concerned").format(name=person.name))
            away.clicked.connect(lambda: self._leave_out(one, person))
            right.append(away)
        reach = person.email or person.phone or _("No e-mail address and no phone number")
        return ListRow(Avatar(person.name, 32), person.name, reach, *right)

    def _letter(self, one: BreachDetail, person: ConcernedRow) -> None:
        LetterDialog(self._context, one, subject_ref=person.subject_ref).open()

    def _leave_out(self, one: BreachDetail, person: ConcernedRow) -> None:
        context = self._context
        context.save(
            lambda _progress: context.desk.run(
                leave_out, breach_ref=one.row.ref, subject_refs=(person.subject_ref,)
            ),
            lambda _none: context.toast(
                _("{name} is taken off").format(name=person.name), undoable=True
            ),
        )

    def _told(self) -> None:
        if self._one is not None:
            ToldForm(self._context, self._one).open()

    def _notice(self) -> None:
        if self._one is not None:
            LetterDialog(self._context, self._one).open()

    def _copy(self) -> None:
        addresses = [person.email for person in self._people if person.email]
        QGuiApplication.clipboard().setText("; ".join(addresses))
        self._context.toast(_("Copied. Use blind copy, so that nobody sees the others"))

    def _save(self) -> None:
        if self._one is not None:
            save_report(
                self._context,
                _("Breach {number} letters").format(number=self._one.row.number),
                export_breach_letters,
                "zip",
                breach_ref=self._one.row.ref,
            )


class ServedCard(Card):
    """The businesses served whose data it concerns: each is told without delay, Article 33(2).

    Attributes:
        choose_button: Says which of them it concerns.
        told_buttons: It was told just now, by customer.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(spacing=12)
        self._context = context
        self._one: BreachDetail | None = None
        self._rows = column(spacing=8)
        self.choose_button = Button(_("Choose…"), "link", on_click=self._choose)
        self.told_buttons: dict[ControllerRef, Button] = {}
        heading = CardHeading(_("Customers you process data for"), self.choose_button)
        self.add(heading, self._rows)

    def show_breach(self, one: BreachDetail) -> None:
        """Show whose data it concerns of those that are served."""
        self._one = one
        self.setVisible(bool(one.controllers or self._context.desk.ask(list_controllers)))
        self.choose_button.setVisible(one.row.closed_on is None)
        clear(self._rows)
        self.told_buttons = {}
        for told in one.controllers:
            self._rows.addWidget(self._line(one, told))
        if not one.controllers:
            said = _("Does it concern their data? Then each of them is told without delay.")
            self._rows.addWidget(Label(said, "small", "muted", wrap=True))

    def _line(self, one: BreachDetail, told: ToldRow) -> QWidget:
        letter = Button(_("Letter…"), "ghost", size="small")
        letter.setAccessibleDescription(told.controller.name)
        letter.clicked.connect(
            lambda: LetterDialog(self._context, one, served=told.controller).open()
        )
        right: list[QWidget] = [letter]
        if told.told_at is not None:
            words = _("Told {day}").format(day=format_moment(told.told_at))
            right.insert(0, Pill(words, "accent", "check"))
        elif one.row.closed_on is None:
            button = Button(_("Told now"), size="small")
            button.setAccessibleDescription(told.controller.name)
            button.clicked.connect(partial(self._told, one, told, button))
            self.told_buttons[told.controller.ref] = button
            right.append(button)
        tile = IconTile("building-2", "neutral", 32, 16)
        return ListRow(tile, told.controller.name, told.controller.contact, *right)

    def _told(self, one: BreachDetail, told: ToldRow, button: Button, _on: bool = False) -> None:
        context = self._context
        context.save(
            lambda _progress: context.desk.run(
                tell_controller, breach_ref=one.row.ref, controller_ref=told.controller.ref
            ),
            lambda _none: context.toast(
                _("{name} is told").format(name=told.controller.name), undoable=True
            ),
            button,
        )

    def _choose(self) -> None:
        if self._one is not None:
            ChooseServed(self._context, self._one).open()


class ChooseServed(FormDialog):
    """Which of the businesses served it concerns.

    Attributes:
        served: A box for each.
    """

    def __init__(self, context: PageContext, one: BreachDetail) -> None:
        super().__init__(
            context,
            _("Whose data does it concern?"),
            _("You tell each of them without delay: Article 33(2)."),
            verb=_("Save"),
        )
        self._one = one
        known = context.desk.ask(list_controllers)
        chosen = [told.controller.ref for told in one.controllers]
        self.served = BoxList([(row.ref, row.name) for row in known], chosen)
        self.body.addWidget(FormField(_("Customers"), self.served))
        self.verb_button.clicked.connect(self._save)
        self.served.setFocus()

    def _save(self) -> None:
        desk, ref, refs = self.context.desk, self._one.row.ref, self.served.ticked()
        self.context.save(
            lambda _progress: desk.run(choose_controllers, breach_ref=ref, controller_refs=refs),
            lambda _none: self.accept(),
            self.verb_button,
        )
