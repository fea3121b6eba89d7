"""Somebody who works with the register: invited, or given another role."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.permissions import JOURNAL
from gdprdesk.domain.terms import BuiltInRole, Permission, say
from gdprdesk.i18n import _
from gdprdesk.services.staff import StaffRow, link_staff, note_told
from gdprdesk.services.staff_keys import Invitation
from gdprdesk.services.staff_roles import RoleRow, list_roles
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.person_picker import PersonPicker
from gdprdesk_ui.dialogs.staff_code import show_code
from gdprdesk_ui.widgets import Banner, ChoiceTile, FormField, holder, required

_ACROSS = 3
_ICONS = {
    BuiltInRole.OWNER: "key-round",
    BuiltInRole.PRACTITIONER: "notebook-pen",
    BuiltInRole.ASSISTANT: "calendar-check",
    BuiltInRole.ACCOUNTANT: "calculator",
}


class RoleTiles(QGridLayout):
    """The roles to choose from, each with what it lets somebody see and do.

    Attributes:
        tiles: The tiles by the key of the role; only of those that may be given.
    """

    def __init__(self, roles: tuple[RoleRow, ...], chosen: str) -> None:
        super().__init__()
        self.setSpacing(10)
        self.setContentsMargins(0, 0, 0, 0)
        self.roles = {one.key: one for one in roles if one.can_give or one.key == chosen}
        self.tiles: dict[str, ChoiceTile] = {}
        for place, one in enumerate(self.roles.values()):
            self.tiles[one.key] = ChoiceTile(one.name, words_of(one), icon_name=_icon(one.key))
            self.addWidget(self.tiles[one.key], *divmod(place, _ACROSS))
            self.setColumnStretch(place % _ACROSS, 1)
        first = chosen if chosen in self.tiles else BuiltInRole.ASSISTANT.value
        if first in self.tiles:
            self.tiles[first].setChecked(True)

    def chosen(self) -> str:
        """Return the key of the role that is chosen; nothing if none may be given."""
        return next((key for key, tile in self.tiles.items() if tile.isChecked()), "")


class InviteForm(FormDialog):
    """A name and a role; then a one-time code.

    Attributes:
        name: What she is called.
        roles: What she may see and do.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Who is to work with the register?"),
            _("She gets a code, and chooses a password of her own with it."),
            verb=_("Save"),
            width=WIDE,
        )
        self.name = QLineEdit()
        self._name_field = FormField(
            _("Name"), self.name, check=required(self.name.text, _("Write a name."))
        )
        self.roles = RoleTiles(context.desk.ask(list_roles), "")
        self.body.addWidget(self._name_field)
        self.body.addWidget(FormField(_("Role"), holder(self.roles)))
        self.verb_button.clicked.connect(self._invite)
        self.name.setFocus()

    def _invite(self) -> None:
        if not self._name_field.is_right():
            return
        access, name, role = self.context.desk.access, self.name.text(), self.roles.chosen()
        self.context.save(
            lambda _progress: access.invite(name, role),
            self._show,
            self.verb_button,
            refused=self._name_field.show_error,
        )

    def _show(self, invitation: Invitation) -> None:
        self.accept()
        show_code(self.context, invitation)


class StaffForm(FormDialog):
    """What somebody may see and do, her name, and what she has been told.

    Attributes:
        name: What she is called.
        roles: What she may see and do.
        told: She was told of the log.
        page: Her own page as a person.
        fingerprint: What is compared with her before she is given the key of the journal.
    """

    def __init__(self, context: PageContext, row: StaffRow) -> None:
        super().__init__(context, row.name, row.role_name, verb=_("Save"), width=WIDE)
        self._row = row
        self.name = QLineEdit(row.name)
        self._name_field = FormField(
            _("Name"), self.name, check=required(self.name.text, _("Write a name."))
        )
        self.roles = RoleTiles(context.desk.ask(list_roles), row.role)
        self.fingerprint = Banner("info", "")
        self.told = QCheckBox(_("She has been told that what she does here is logged"))
        self.told.setChecked(row.told_on is not None)
        self.page = PersonPicker(context) if context.desk.may(Permission.PEOPLE) else None
        for part in (self._name_field, FormField(_("Role"), holder(self.roles)), self.fingerprint):
            self.body.addWidget(part)
        if self.page is not None:
            hint = _("Then what is here about her as staff is in her copy of everything.")
            own = FormField(_("Her own page"), self.page, hint=hint, optional=True)
            self.body.addWidget(own)
        self.body.addWidget(self.told)
        for tile in self.roles.tiles.values():
            tile.toggled.connect(self._show_fingerprint)
        self._show_fingerprint()
        self.verb_button.clicked.connect(self._save)
        self.name.setFocus()

    def _gives_journal(self) -> bool:
        role = self.roles.roles.get(self.roles.chosen())
        reads = role is not None and not JOURNAL.isdisjoint(role.permissions)
        read = not JOURNAL.isdisjoint(self._row.permissions) and not self._row.lacks_journal_key
        return reads and not read and self._row.left_on is None

    def _show_fingerprint(self) -> None:
        gives = self._gives_journal()
        if gives:
            said = self.context.desk.access.fingerprint(self._row.staff_id)
            self.fingerprint.set_words(
                _("She is given the key of the journal"),
                _(
                    "Mark of her key: {fingerprint}. If somebody else can get at the file, compare "
                    "it with what her own window shows under Settings."
                ).format(fingerprint=said),
            )
        self.fingerprint.setVisible(gives)

    def _save(self) -> None:
        if not self._name_field.is_right():
            return
        self.context.save(
            self._change(), self._done, self.verb_button, refused=self._name_field.show_error
        )

    def _change(self) -> Callable[[object], bool]:
        desk, row = self.context.desk, self._row
        name, role, told = self.name.text(), self.roles.chosen(), self.told.isChecked()
        page = self.page.ref if self.page is not None else None

        def change(_progress: object) -> bool:
            if name != row.name:
                desk.access.rename(row.ref, name)
            if told and row.told_on is None:
                desk.run(note_told, staff_ref=row.ref)
            if page:
                desk.run(link_staff, staff_ref=row.ref, subject_ref=SubjectRef(page))
            if role and (role != row.role or row.lacks_journal_key):
                return desk.access.set_role(row.ref, role)
            return False

        return change

    def _done(self, wants_new_keys: bool) -> None:
        self.accept()
        if wants_new_keys:
            self.context.toast(_("She may have kept the journal's key: change the keys"))
        else:
            self.context.toast(_("Saved"))


def words_of(role: RoleRow) -> str:
    """Return what a role lets somebody see and do, in a sentence."""
    if len(role.permissions) == len(Permission):
        return _("Everything, and who else may what")
    return ", ".join(say(one) for one in role.permissions)


def _icon(role: str) -> str:
    return _ICONS[BuiltInRole(role)] if role in {*BuiltInRole} else "user-cog"
