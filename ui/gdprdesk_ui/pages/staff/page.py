"""The users of the register and the roles there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import RoleRef
from gdprdesk.domain.permissions import Role
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.staff import StaffRow, list_staff
from gdprdesk.services.staff_roles import RoleRow, list_roles, remove_role
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.role_form import RoleForm
from gdprdesk_ui.dialogs.staff_code import show_code
from gdprdesk_ui.dialogs.staff_form import InviteForm, StaffForm, words_of
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import (
    Avatar,
    Button,
    Card,
    CardHeading,
    ListRow,
    PageHeading,
    Pill,
    clear,
    column,
    row,
)

_BETWEEN = "  \N{MIDDLE DOT}  "


class StaffLine(QWidget):
    """Somebody who works here: her role, since when, what she needs, and what can be done.

    Attributes:
        change_button: Gives her another role; None for whoever has left.
        view_button: Shows the register as she sees it; None for oneself and who has left.
        code_button: Makes a new one-time code; None for oneself and who has left.
        remove_button: Ends her access; None for oneself and who has left.
        leaving_button: Opens what is to be seen to since she left; None if nothing is.
    """

    def __init__(self, page: StaffPage, member: StaffRow) -> None:
        super().__init__()
        self.change_button = self.view_button = self.code_button = None
        self.remove_button = self.leaving_button = None
        is_me = member.staff_id == page.context.desk.staff
        buttons: list[Button] = []
        if member.left_on is None:
            self.change_button = Button(
                _("Change…"), size="small", on_click=partial(page.change, member)
            )
            buttons.append(self.change_button)
        elif member.to_see_to:
            self.leaving_button = Button(
                _("See to it"), size="small", on_click=partial(page.open_leaving, member)
            )
            buttons.append(self.leaving_button)
        if member.left_on is None and not is_me:
            self.view_button = Button(
                _("See as {name}").format(name=member.name), "link",
                on_click=partial(page.look_as, member.role, member.name),
            )  # fmt: skip
            self.code_button = Button(_("New code…"), "link", on_click=partial(page.renew, member))
            self.remove_button = Button(
                _("Remove…"), "danger", size="small", on_click=partial(page.remove, member)
            )
            buttons = [self.view_button, self.code_button, *buttons, self.remove_button]
        for button in buttons:
            button.setAccessibleDescription(member.name)
        line = ListRow(
            Avatar(member.name, 34),
            _("{name} (you)").format(name=member.name) if is_me else member.name,
            _state(page.context, member),
            *_pills(page.context, member),
            *buttons,
            strong=True,
        )
        self.setLayout(row(line, spacing=0))


class RoleLine(QWidget):
    """A role: what it lets somebody see and do, and how many have it.

    Attributes:
        view_button: Shows the register as anybody with it sees it.
        change_button: Changes it; None for those of every register.
        remove_button: Takes it away; None for those of every register.
    """

    def __init__(self, page: StaffPage, role: RoleRow) -> None:
        super().__init__()
        self.view_button = Button(_("See as"), "link", on_click=partial(page.look_as, role.key, ""))
        self.change_button = self.remove_button = None
        buttons = [self.view_button]
        if role.is_own:
            self.change_button = Button(
                _("Change…"), size="small", on_click=lambda: RoleForm(page.context, role).open()
            )
            self.remove_button = Button(
                _("Remove"), size="small", on_click=partial(page.remove_role, role)
            )
            buttons += [self.change_button, self.remove_button]
        for button in buttons:
            button.setAccessibleDescription(role.name)
        people = ngettext("{count} person", "{count} people", role.people)
        said = Pill(people.format(count=format_number(role.people)), "neutral")
        line = ListRow(
            "user-cog", role.name, words_of(role), said, *buttons, strong=True, wrap=True
        )
        self.setLayout(row(line, spacing=0))


class StaffPage(Page):
    """Everybody who may open the register, and what for.

    Attributes:
        add_button: Invites somebody.
        role_button: Makes a new role.
        lines: A line for each of them, by ref.
        roles: A line for each role, by key.
    """

    changed_kinds = frozenset({StaffMember, Role})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lines: dict[str, StaffLine] = {}
        self.roles: dict[str, RoleLine] = {}
        self.add_button = Button(_("Add…"), "primary", "user-plus", on_click=self._add)
        self.role_button = Button(
            _("New role…"), size="small", on_click=lambda: RoleForm(context).open()
        )
        heading = PageHeading(
            _("Users"),
            _("Each has a password of her own, and sees only what her role lets her."),
            [self.add_button],
            back=(_("Settings"), lambda: context.open_page("settings")),
        )
        self._people, self._roles = column(spacing=14), column(spacing=14)
        self.setLayout(
            column(
                heading,
                Card(CardHeading(_("Who works with the register")), self._people, spacing=14),
                Card(CardHeading(_("Roles"), self.role_button), self._roles, spacing=14),
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    def refresh(self) -> None:
        staff, roles = self.context.desk.ask(list_staff), self.context.desk.ask(list_roles)
        clear(self._people)
        clear(self._roles)
        self.lines = {one.ref: StaffLine(self, one) for one in staff}
        self.roles = {one.key: RoleLine(self, one) for one in roles}
        for line in self.lines.values():
            self._people.addWidget(line)
        for shown in self.roles.values():
            self._roles.addWidget(shown)

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.NEW: self._add}

    def first_focus(self) -> QWidget:
        return self.add_button

    def change(self, member: StaffRow) -> None:
        """Give somebody another role or name."""
        StaffForm(self.context, member).open()

    def look_as(self, role: str, name: str) -> None:
        """Show the register as somebody sees it."""
        self.context.desk.look_as(role, name)

    def open_leaving(self, member: StaffRow) -> None:
        """Show what is to be seen to since somebody left."""
        self.context.open_page("leaving", staff_ref=member.ref)

    def renew(self, member: StaffRow) -> None:
        """Make a new one-time code, after asking: the password before opens nothing then."""
        wanted = member.invited_until is not None or ask.confirm_irreversible(
            self.context.window,
            _("Make a new code for {name}?").format(name=member.name),
            _("Her password opens nothing from now on. She chooses a new one with the code."),
            _("Make a new code"),
        )
        if wanted:
            self.context.perform(
                lambda _progress: self.context.desk.access.renew(member.ref),
                lambda invitation: show_code(self.context, invitation),
                doing=_("Making a new code …"),
            )

    def remove(self, member: StaffRow) -> None:
        """End what somebody may do here, after asking."""
        is_invited = member.joined_on is None
        wanted = ask.confirm_irreversible(
            self.context.window,
            _("Remove {name}?").format(name=member.name),
            _("Her code opens nothing from now on.")
            if is_invited
            else _(
                "She cannot open the register from now on. You get a list of what else to see to: "
                "keys, phone, accounts."
            ),
            _("Remove {name}").format(name=member.name),
        )
        if wanted:
            self.context.perform(
                lambda _progress: self.context.desk.access.remove(member.ref),
                lambda _none: None if is_invited else self.open_leaving(member),
                doing=_("Saving …"),
            )

    def remove_role(self, role: RoleRow) -> None:
        """Take away a role that nobody has."""
        self.context.save(
            lambda _progress: self.context.desk.run(remove_role, role_ref=RoleRef(role.key)),
            lambda _none: self.context.toast(_("The role is gone")),
        )

    def _add(self) -> None:
        InviteForm(self.context).open()


def _state(context: PageContext, member: StaffRow) -> str:
    parts = [member.role_name]
    if member.left_on is not None:
        parts.append(_("left {day}").format(day=_day(context, member.left_on)))
    elif member.joined_on is not None:
        parts.append(_("since {day}").format(day=_day(context, member.joined_on)))
    parts += [say(one) for one in member.factors]
    if member.told_on is not None:
        parts.append(_("told of the log {day}").format(day=_day(context, member.told_on)))
    return _BETWEEN.join(parts)


def _pills(context: PageContext, member: StaffRow) -> list[Pill]:
    if member.left_on is not None:
        return []
    if member.invited_until is not None:
        is_over = member.invited_until < context.today
        said = _("The code ran out {day}") if is_over else _("Invited until {day}")
        words = said.format(day=_day(context, member.invited_until))
        return [Pill(words, "danger" if is_over else "info")]
    if member.lacks_journal_key:
        return [Pill(_("Lacks the key of the journal"), "warn")]
    return [] if member.permissions else [Pill(_("Sees nothing yet"), "warn")]


def _day(context: PageContext, day: object) -> str:
    return format_day(day, short=True, today=context.today)  # type: ignore[arg-type]
