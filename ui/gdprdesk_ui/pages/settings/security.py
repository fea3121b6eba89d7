"""How one gets in: the password, what is needed beside it, and the key on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from gdprdesk.door import KEY_FILE_SUFFIX, AtHand, security_keys_work
from gdprdesk.i18n import _
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.change_keys import change_keys
from gdprdesk_ui.dialogs.change_password import change_password
from gdprdesk_ui.dialogs.factor_fields import choose_key_file
from gdprdesk_ui.dialogs.proof import ProofForm
from gdprdesk_ui.dialogs.recovery_key import new_recovery_key
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    FlowLayout,
    Label,
    Line,
    ListRow,
    Pill,
    clear,
    column,
    hide_unless,
    holder,
    row,
)


class SecurityCard(Card):
    """The password, the second factors and the key on paper. Each change asks the password first.

    Attributes:
        password_button: Changes the password.
        key_button: Makes a new recovery key.
        change_button: Writes the register anew under new keys.
        make_file_button: Makes a key file.
        use_file_button: Uses one that was made before.
        stop_file_button: Needs it no more.
        add_stick_button: Adds a security key.
        remove_buttons: Remove a security key, by its number.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("Security")), padding=20, spacing=14)
        self._context = context
        self.password_button = Button(
            _("Change password…"), icon_name="lock", on_click=lambda: change_password(context)
        )
        self.key_button = Button(
            _("New recovery key…"),
            icon_name="key-round",
            on_click=lambda: new_recovery_key(context),
        )
        self.change_button = Button(
            _("Change the keys…"), icon_name="refresh-cw", on_click=lambda: change_keys(context)
        )
        self.make_file_button = Button(_("Make a key file…"), on_click=self._make_file)
        self.use_file_button = Button(_("Use one you have…"), on_click=self._use_file)
        self.stop_file_button = Button(_("Use it no more…"), on_click=self._stop_file)
        self.add_stick_button = Button(_("Add a security key…"), on_click=self._add_stick)
        self.remove_buttons: dict[str, Button] = {}
        self._file_state = Pill(_("Needed"), "accent", "check")
        self._stick_state = Pill(_("Needed"), "accent", "check")
        self._sticks = column(spacing=8)
        self._advice = Label("", "small", "muted", wrap=True)
        mark = context.desk.access.fingerprint(context.desk.staff)
        said = _("Mark of your key: {fingerprint}").format(fingerprint=mark)
        self._mark = Label(said, "small", "muted", wrap=True)  # compared before a colleague grants
        self._build()

    def _build(self) -> None:
        lost = _("Without the password and without the printed key nobody can open the register.")
        file = _(
            "A small file on a stick that must be there to open. Whoever has seen the password "
            "cannot get in without it."
        )
        self.add(
            Label(lost, "small", "muted", wrap=True),
            FlowLayout(self.password_button, self.key_button, self.change_button),
            Line(),
            row(Label(_("Key file"), "strong"), self._file_state, None, spacing=10),
            Label(file, "small", "muted", wrap=True),
            FlowLayout(self.make_file_button, self.use_file_button, self.stop_file_button),
        )
        stick = _(
            "A stick with FIDO2 that must be plugged in and touched to open. It cannot be copied."
        )
        self._stick_part = holder(
            column(
                Line(),
                row(Label(_("Security key"), "strong"), self._stick_state, None, spacing=10),
                Label(stick, "small", "muted", wrap=True),
                self._sticks,
                self._advice,
                row(self.add_stick_button, None),
                spacing=14,
            )
        )
        hide_unless(security_keys_work(), self._stick_part)
        self.add(self._stick_part, Line(), self._mark)

    def refresh(self) -> None:
        """Show what is needed to open the register now."""
        needed = self._context.desk.own_access.factors()
        self._file_state.setVisible(needed.key_file)
        self.stop_file_button.setVisible(needed.key_file)
        self._stick_state.setVisible(bool(needed.security_keys))
        clear(self._sticks)
        self.remove_buttons = {}
        for number in needed.security_keys:
            remove = Button(_("Remove…"), "link", on_click=partial(self._remove_stick, number))
            title = _("Security key {number}").format(number=number)
            remove.setAccessibleName(_("Remove {name}").format(name=title))
            self.remove_buttons[number] = remove
            self._sticks.addWidget(ListRow("usb", title, "", remove))
        self._advice.setText(_advice(len(needed.security_keys)))

    def _make_file(self) -> None:
        context, own = self._context, self._context.desk.own_access
        suggestion = context.desk.folder.stem + KEY_FILE_SUFFIX
        kinds = [(_("Key file"), [KEY_FILE_SUFFIX.removeprefix(".")])]
        path = ask.choose_file_to_save(
            self, _("Where to keep the key file, such as on a stick"), suggestion, kinds
        )
        if path is not None:
            self._prove_for_file(
                path,
                _("Make a key file?"),
                _("Make a key file"),
                lambda password, at_hand: own.make_key_file(password, path, at_hand),
            )

    def _use_file(self) -> None:
        own, path = self._context.desk.own_access, choose_key_file(self)
        if path is not None:
            self._prove_for_file(
                path,
                _("Use this key file?"),
                _("Use it"),
                lambda password, at_hand: own.use_key_file(password, path, at_hand),
            )

    def _prove_for_file(
        self, path: Path, title: str, verb: str, do: Callable[[str, AtHand], None]
    ) -> None:
        said = _(
            "From now on the register opens only with your password and this file: {path}. Copy "
            "the file to a second stick, and keep the printed recovery key."
        ).format(path=path)
        warning = self._context.desk.own_access.weakness_of_place(path)
        self._prove(title, said, verb, do, lambda: self._remember(path), warning=warning)

    def _remember(self, path: Path) -> None:
        self._context.preferences.change(key_file=path)
        self._tell(_("The key file is needed from now on"))

    def _stop_file(self) -> None:
        self._prove(
            _("Use the key file no more?"),
            _("The register opens without it then. The file itself stays where it is."),
            _("Use it no more"),
            self._context.desk.own_access.stop_key_file,
            lambda: self._tell(_("The key file is not needed any more")),
        )

    def _add_stick(self) -> None:
        said = _("Plug it in now. Most are touched twice, when they blink.")
        if self._context.desk.own_access.factors().security_keys:
            said = _("Plug in one that you have added already; you are told when to change them.")
        self._prove(
            _("Add a security key"),
            said,
            _("Add it"),
            self._context.desk.own_access.add_security_key,
            lambda: self._tell(_("The security key opens the register")),
            asks_stick=True,
        )

    def _remove_stick(self, number: str) -> None:
        own = self._context.desk.own_access
        said = _("It opens nothing any more. Your others do.")
        if len(own.factors().security_keys) == 1:
            said = _("It is your only one: the register opens without a security key then.")
        self._prove(
            _("Remove security key {number}?").format(number=number),
            said,
            _("Remove it"),
            lambda password, at_hand: own.remove_security_key(password, number, at_hand),
            lambda: self._tell(_("The security key is removed")),
        )

    def _prove(
        self,
        title: str,
        sentence: str,
        verb: str,
        do: Callable[[str, AtHand], None],
        then: Callable[[], object],
        *,
        warning: str | None = None,
        asks_stick: bool = False,
    ) -> None:
        ProofForm(
            self._context,
            title,
            sentence,
            verb=verb,
            do=do,
            then=lambda _done: then(),
            warning=warning,
            asks_stick=asks_stick,
        ).open()

    def _tell(self, words: str) -> None:
        self.refresh()
        self._context.toast(words)


def _advice(sticks: int) -> str:
    if not sticks:
        return _("Have two, kept apart: if one is lost, the other opens.")
    if sticks == 1:
        return _("Add a second one and keep it elsewhere, or have the printed recovery key ready.")
    return _("Either of them opens the register beside the password.")
