"""What is chosen for this computer: how the window speaks and looks, and what it hides when."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from gdprdesk.i18n import LANGUAGE_NAMES, _, current_language, ngettext
from gdprdesk.settings import TEXT_SIZES, Settings
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.screen_guard import CAN_HIDE
from gdprdesk_ui.theme import Scheme, look
from gdprdesk_ui.widgets import (
    Card,
    CardHeading,
    Choice,
    FormField,
    Label,
    Switch,
    column,
    hide_unless,
    row,
)

LOCK_MINUTES = (1, 2, 5, 10, 15, 30, 60)


class ComputerCard(Card):
    """Each choice applies at once.

    Attributes:
        language: What the window speaks.
        text_size: In percent.
        scheme: Light, dark, or as the computer.
        contrast: Stronger edges.
        lock_after: Minutes.
        lock_counter: Lock when a customer gives the computer back.
        unshared: Leave journals out of a shared screen; not there where the system cannot.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("This computer")), padding=20, spacing=16)
        self._context = context
        preferences, theme = context.preferences, context.theme
        self.language = Choice(LANGUAGE_NAMES)
        sizes: list[tuple[int, str]] = [(size, f"{size} %") for size in TEXT_SIZES]
        self.text_size = Choice(sizes)
        self.scheme = Choice(
            [
                (Scheme.SYSTEM, _("As the computer")),
                (Scheme.LIGHT, _("Light")),
                (Scheme.DARK, _("Dark")),
            ]
        )
        self.contrast = Switch(_("High contrast"))
        self.unshared = Switch(_("Hide from screen sharing"))
        hide_unless(CAN_HIDE, self.unshared)
        chosen = preferences.settings.lock_after_minutes
        offered: set[int] = {*LOCK_MINUTES, *([chosen] if chosen else [])}
        minutes = sorted(offered)
        self.lock_after = Choice([(count, _minutes(count)) for count in minutes])
        self.lock_counter = Switch(_("Lock after the counter"))
        self.language.picked.connect(lambda code: preferences.change(language=code))
        self.text_size.picked.connect(lambda size: theme.use(text_scale=size / 100))
        self.scheme.picked.connect(lambda scheme: theme.use(scheme=scheme))
        self.contrast.toggled.connect(lambda on: theme.use(high_contrast=on))
        self.lock_after.picked.connect(lambda count: preferences.change(lock_after_minutes=count))
        self.lock_counter.toggled.connect(lambda on: preferences.change(lock_after_counter=on))
        self.unshared.toggled.connect(lambda on: preferences.change(hide_from_sharing=on))
        self._build()

    def _build(self) -> None:
        language_hint = _("Applies at once. What the register says stays in its own language.")
        lock_hint = _(
            "When nobody has touched keyboard or mouse. It also locks when the computer sleeps or"
            " locks its own screen. Ctrl+L locks at once."
        )
        contrast = _switched(
            self.contrast, _("High contrast"), _("Stronger lines around everything")
        )
        hide = _switched(self.unshared, _("Hide from screen sharing"), _hide_hint())
        counter = _switched(
            self.lock_counter,
            _("Lock after the counter"),
            _("Once a customer has answered on this screen, the password is asked for."),
        )
        looks = row(
            FormField(_("Text size"), self.text_size), FormField(_("Appearance"), self.scheme),
            spacing=20,
        )  # fmt: skip
        self.add(
            FormField(_("Language"), self.language, hint=language_hint),
            looks,
            contrast,
            FormField(_("Lock after"), self.lock_after, hint=lock_hint),
            counter,
            hide,
        )

    def refresh(self) -> None:
        """Show what is chosen now."""
        settings: Settings = self._context.preferences.settings
        self.language.set_value(current_language())
        self.text_size.set_value(round(self._context.theme.text_scale * 100))
        self.scheme.set_value(self._context.theme.scheme)
        _show(self.contrast, on=look().high_contrast)
        _show(self.lock_counter, on=settings.lock_after_counter)
        _show(self.unshared, on=settings.hide_from_sharing)
        if settings.lock_after_minutes:
            self.lock_after.set_value(settings.lock_after_minutes)


def _switched(switch: Switch, title: str, sentence: str) -> QHBoxLayout:
    """Return a switch with what it does at its left."""
    words = column(Label(title, "strong"), Label(sentence, "small", "muted", wrap=True), spacing=2)
    made = row(words, switch, spacing=16)
    made.setStretch(0, 1)
    return made


def _show(switch: Switch, *, on: bool) -> None:
    """Let a switch show what is chosen, which is not to choose it."""
    switch.blockSignals(True)  # noqa: FBT003
    switch.setChecked(on)
    switch.blockSignals(False)  # noqa: FBT003


def _hide_hint() -> str:
    if CAN_HIDE:
        return _("Whoever you share the screen with sees no journal. You see it as always.")
    return _(
        "Linux does not let a program hide itself. Share one other window instead of the whole"
        " screen."
    )


def _minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)
